import { z } from "zod";
import type { JobSpec } from "../kernel/jobs.ts";
import { pageInput } from "../kernel/page.ts";

const band = z.string().regex(/^\d{1,2}\.\d\d$/);
const date = z.iso.date();

const common = {
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
};

/** Of an examination in four skills. */
const bandFacts = z.strictObject({
  format: z.literal(1),
  ...common,
  overall: z.strictObject({ band, cefr: z.string(), group: z.string(), meaning: z.string() }),
  sections: z.array(
    z.strictObject({ skill: z.enum(["reading", "listening", "writing", "speaking"]), band, cefr: z.string() }),
  ),
});

const score = z.string().regex(/^\d{1,3}(\.\d{1,2})?$/);
/** Of an examination in a single skill: scores as its scheme writes them, a level only where the scheme has levels. */
const scoreFacts = z.strictObject({
  format: z.literal(2),
  ...common,
  overall: z.strictObject({ score, cefr: z.string().nullable(), group: z.string().nullable(), meaning: z.string() }),
  parts: z.array(z.strictObject({ id: z.string(), title: z.string(), score })),
  /** The figures between the parts and the overall score, by name. */
  steps: z.array(z.strictObject({ name: z.string(), value: z.string().regex(/^\d{1,3}(\.\d{1,3})?$/) })),
  /** Sentences that belong on the document. */
  notes: z.array(z.string()),
});

/** What a certificate says, frozen when it is issued; the hash of exactly this is its seal. */
export const certificateFacts = z.discriminatedUnion("format", [bandFacts, scoreFacts]);
export type CertificateFacts = z.infer<typeof certificateFacts>;

export const certificateStatuses = ["valid", "expired", "revoked", "superseded"] as const;
export type CertificateStatus = (typeof certificateStatuses)[number];

export const resultIdInput = z.object({ resultId: z.uuid() });
export const certificateIdInput = z.object({ certificateId: z.uuid() });
/** Whatever somebody typed, scanned or pasted. */
export const verificationInput = z.object({ code: z.string().max(300) });
export const statusOnlyInput = z.object({ certificateId: z.uuid(), statusOnly: z.boolean() });
export const nameOnBadgeInput = z.object({ certificateId: z.uuid(), named: z.boolean() });
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
  /** Of the facts that were drawn. */
  factsHash: z.string().length(64),
});
export const certificateFilter = pageInput.extend({
  search: z.string().trim().max(100).catch(""),
  status: z.enum([...certificateStatuses, "all"]).catch("all"),
});

export const badgeInput = z.object({ certificateId: z.uuid(), form: z.enum(["json", "jwt"]) });
export const statusListInput = z.object({ list: z.int().min(1).max(1_000_000) });
/** A file that somebody received: the PDF, the badge as JSON, or as JWT. */
export const certificateFileInput = z.object({
  file: z
    .custom<Uint8Array>((file) => file instanceof Uint8Array, "is missing")
    .refine((file) => file.byteLength > 0, "the file is empty")
    .refine((file) => file.byteLength <= 2 * 1024 * 1024, "is larger than 2 MB"),
  /** As the checker knows the holder. */
  name: z.string().max(200).optional(),
});

/** Where a public status list lies on this site. */
export function statusListPath(list: number): string {
  return `/credentials/status/${list}`;
}

/** The number of one of our status lists; null for any other address. */
export function statusListOf(url: string, publicUrl: string): number | null {
  const match = url.startsWith(publicUrl)
    ? /^\/credentials\/status\/([1-9]\d{0,5})$/.exec(url.slice(publicUrl.length))
    : null;
  return match ? Number(match[1]) : null;
}

export const sharePurposes = ["university", "employer", "visa", "personal"] as const;
export type SharePurpose = (typeof sharePurposes)[number];
/** `overall`, or the id of one of the certificate's parts. */
export type SharedScore = string;

export const shareLinkInput = z.object({
  certificateId: z.uuid(),
  purpose: z.enum(sharePurposes),
  recipient: z
    .string()
    .trim()
    .min(1, "is missing")
    .max(120, "is too long")
    .regex(/^\P{Cc}*$/u, "may not hold control characters"),
  /** Told when the certificate is revoked or replaced. */
  recipientEmail: z
    .string()
    .trim()
    .toLowerCase()
    .max(254, "is too long")
    .pipe(z.union([z.literal(""), z.email("is not an e-mail address")]))
    .default(""),
  scores: z
    .array(z.string().regex(/^[a-zA-Z-]{1,40}$/, "are unknown"))
    .min(1, "are missing")
    .transform((scores) => [...new Set(scores)]),
  days: z.coerce.number().int().min(1, "must be at least one day").max(730, "must be at most two years"),
});
export const shareLinkIdInput = z.object({ linkId: z.uuid() });
export const shareTokenInput = z.object({ token: z.string().max(100) });

/** Tells the recipients of share links that the certificate no longer stands. */
export const tellRecipientsJob: JobSpec<{ certificateId: string; forget?: boolean | undefined }> = {
  name: "certificates.tell-recipients",
  // `forget`: the holder is being erased, and the addresses are needed this once more.
  payload: z.strictObject({ certificateId: z.uuid(), forget: z.boolean().optional() }),
  retryLimit: 20,
  expireInSeconds: 40,
};

/** Asked for by `issueCertificate`: signs the badge, draws the document and stores it. */
export const renderPdfJob: JobSpec<{ certificateId: string }> = {
  name: "certificates.render-pdf",
  payload: z.strictObject({ certificateId: z.uuid() }),
  retryLimit: 20,
  expireInSeconds: 40,
};
