"use client";

import { useState } from "react";

/**
 * Where react-aria finds the nonce for the style sheets it adds. It stays that of the document: going on to another page
 * without a reload brings the nonce of another request, and the document's policy knows only its own.
 */
export function CspNonce({ nonce }: { nonce: string }) {
  const [own] = useState(nonce);
  return <meta property="csp-nonce" nonce={own} suppressHydrationWarning />;
}
