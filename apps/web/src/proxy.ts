import { type NextRequest, NextResponse } from "next/server";
import { contentSecurityPolicy } from "./ui/content-security-policy.ts";

// Writes the headers of pages, nothing else. Who may see what is decided by the commands and queries of core: a page
// must be safe when this file does not run at all.
export function proxy(request: NextRequest) {
  const nonce = Buffer.from(crypto.getRandomValues(new Uint8Array(16))).toString("base64");
  const secure = process.env.PUBLIC_URL?.startsWith("https://") ?? false;
  const policy = contentSecurityPolicy({ nonce, secure, development: process.env.NODE_ENV === "development" });

  // Next reads the nonce for its own scripts from the request's copy of the policy.
  const headers = new Headers(request.headers);
  headers.set("x-nonce", nonce);
  // Server components are not told which page they are on; the sign-in needs it to lead back.
  headers.set("x-path", request.nextUrl.pathname + request.nextUrl.search);
  headers.set("content-security-policy", policy);

  const response = NextResponse.next({ request: { headers } });
  response.headers.set("Content-Security-Policy", policy);
  if (secure) response.headers.set("Strict-Transport-Security", "max-age=63072000; includeSubDomains");
  return response;
}

// Route handlers (saves, uploads) stay out: their policy is fixed in next.config.ts, they must be fast, and a proxy
// would buffer each recording's body. Prefetches get no document, so they need no nonce of their own.
export const config = {
  matcher: [
    {
      source: "/((?!api/|_next/static|_next/image|favicon.ico|icon.svg).*)",
      missing: [
        { type: "header", key: "next-router-prefetch" },
        { type: "header", key: "purpose", value: "prefetch" },
      ],
    },
  ],
};
