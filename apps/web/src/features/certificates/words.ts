import type { CertificateSummary } from "@bandwise/core/certificates/queries";
import type { CertificateView } from "@bandwise/core/certificates/rules";
import { formatDate } from "@/ui/format.ts";

/** “2 March 2026” from the calendar day `2026-03-02` of a certificate. */
export function dayWords(day: string): string {
  return formatDate(new Date(`${day}T00:00:00Z`), "UTC");
}

/** “Band 6.50, C1”, “Band 6.5”, “Score 66.88, C1”. */
export function scoreWords({ scale, overall }: Pick<CertificateView, "scale" | "overall">): string {
  return `${scale.noun} ${overall.score}${overall.cefr === null ? "" : `, ${overall.cefr}`}`;
}

export const purposeTitles = {
  university: "University admission",
  employer: "Employment",
  visa: "Visa",
  personal: "Personal",
} as const;

/** The address people see, without the protocol. */
export function bareAddress(url: string): string {
  return url.replace(/^https?:\/\//, "");
}

/** Whether a certificate still counts, in a few words for a list. */
export function validityWords({ status, validUntil }: Pick<CertificateSummary, "status" | "validUntil">): string {
  const until = formatDate(validUntil, "UTC");
  if (status === "valid") return `Valid until ${until}`;
  if (status === "expired") return `Expired on ${until}`;
  return status === "revoked" ? "Revoked" : "Replaced by a newer one";
}
