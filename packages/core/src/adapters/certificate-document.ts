import { viewOf } from "../certificates/rules.ts";
import type { CertificateFacts } from "../certificates/schema.ts";

/** Draws a certificate and puts its badge inside. The drawing code and its fonts load when the first one is due: the site never needs them. */
export async function makeCertificatePdf(
  facts: CertificateFacts,
  verifyUrl: string,
  badge: string | null,
): Promise<{ content: Uint8Array; unprintable: number }> {
  const { renderCertificate, unprintable } = await import("@bandwise/credentials/certificate-pdf");
  return {
    content: await renderCertificate({ ...facts, ...viewOf(facts) }, { verifyUrl, badge }),
    unprintable: (await unprintable(facts.name)).length,
  };
}
