import type { CertificateSummary } from "@bandwise/core/certificates/queries";
import { formatDate } from "@/ui/format.ts";

/** “2 March 2026” from the calendar day `2026-03-02` of a certificate. */
export function dayWords(day: string): string {
  return formatDate(new Date(`${day}T00:00:00Z`), "UTC");
}

export const skillTitles = {
  reading: "Reading",
  listening: "Listening",
  writing: "Writing",
  speaking: "Speaking",
} as const;

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
