import { z } from "zod";
import type { JobSpec } from "../kernel/jobs.ts";
import { pageInput } from "../kernel/page.ts";

const band = z.string().regex(/^\d{1,2}\.\d\d$/);
const date = z.iso.date();

/** What a certificate says, frozen when it is issued; the hash of exactly this is its seal. */
export const certificateFacts = z.strictObject({
  format: z.literal(1),
  code: z.string(),
  name: z.string(),
  awardingBody: z.string(),
  examination: z.string(),
  schemeId: z.string(),
  schemeVersion: z.string(),
  schemeHash: z.string(),
  /** The calendar day at the centre. */
  testedOn: date,
  /** Calendar days, UTC. */
  issuedOn: date,
  validUntil: date,
  overall: z.strictObject({ band, cefr: z.string(), group: z.string(), meaning: z.string() }),
  sections: z.array(
    z.strictObject({ skill: z.enum(["reading", "listening", "writing", "speaking"]), band, cefr: z.string() }),
  ),
});
export type CertificateFacts = z.infer<typeof certificateFacts>;

export const certificateStatuses = ["valid", "expired", "revoked", "superseded"] as const;
export type CertificateStatus = (typeof certificateStatuses)[number];

export const resultIdInput = z.object({ resultId: z.uuid() });
export const certificateIdInput = z.object({ certificateId: z.uuid() });
/** Whatever somebody typed, scanned or pasted. */
export const verificationInput = z.object({ code: z.string().max(300) });
export const statusOnlyInput = z.object({ certificateId: z.uuid(), statusOnly: z.boolean() });
export const revocationInput = z.object({
  certificateId: z.uuid(),
  /** Stands on the public page. */
  reason: z.string().trim().min(10, "needs at least 10 characters").max(300, "is too long"),
});
export const storePdfInput = z.object({
  certificateId: z.uuid(),
  pdfKey: z.string().min(1),
  sha256: z.string().length(64),
  /** Characters of the name that the document's fonts do not hold. */
  unprintable: z.int().min(0),
});
export const certificateFilter = pageInput.extend({
  search: z.string().trim().max(100).catch(""),
  status: z.enum([...certificateStatuses, "all"]).catch("all"),
});

/** Asked for by `issueCertificate`: draws the document and stores it. */
export const renderPdfJob: JobSpec<{ certificateId: string }> = {
  name: "certificates.render-pdf",
  payload: z.strictObject({ certificateId: z.uuid() }),
  retryLimit: 20,
  expireInSeconds: 40,
};
