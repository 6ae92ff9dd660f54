import type { CertificateFacts } from "../certificates/schema.ts";

/** Draws a certificate. The drawing code and its fonts load when the first one is due: the site never needs them. */
export async function makeCertificatePdf(
  facts: CertificateFacts,
  verifyUrl: string,
): Promise<{ content: Uint8Array; unprintable: number }> {
  const { renderCertificate, unprintable } = await import("@bandwise/credentials/certificate-pdf");
  return { content: await renderCertificate(facts, { verifyUrl }), unprintable: unprintable(facts.name).length };
}
