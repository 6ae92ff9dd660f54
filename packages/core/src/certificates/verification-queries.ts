import type { Prisma } from "@bandwise/db/client";
import type { Context } from "../kernel/context.ts";
import { defineQuery } from "../kernel/define.ts";
import { contentHash } from "../kernel/hash.ts";
import { badgeIsIntact } from "./badge-queries.ts";
import { certificateStatus, isCode, normaliseCode } from "./rules.ts";
import { type CertificateFacts, certificateFacts, verificationInput } from "./schema.ts";

/** The answer to whoever holds a code. It shows at most what the certificate itself shows. */
export type Verification =
  | { readonly kind: "unknown"; readonly code: string; readonly checkedAt: Date }
  /** The stored facts no longer match their seal: nothing of them is shown. */
  | { readonly kind: "damaged"; readonly code: string; readonly checkedAt: Date }
  | {
      readonly kind: "valid" | "expired";
      readonly code: string;
      readonly checkedAt: Date;
      readonly validUntil: Date;
      readonly awardingBody: string;
      /** Null: the holder lets the page show the status alone. */
      readonly facts: CertificateFacts | null;
      /** SHA-256 of the document as issued, for whoever holds the file; null while it is being made. */
      readonly documentHash: string | null;
    }
  | {
      readonly kind: "revoked";
      readonly code: string;
      readonly checkedAt: Date;
      readonly revokedAt: Date;
      readonly reason: string;
    }
  | {
      readonly kind: "superseded";
      readonly code: string;
      readonly checkedAt: Date;
      readonly replacedAt: Date;
      /** The last group of the newer code: enough to recognise it, too little to look it up. */
      readonly replacementEndsIn: string;
      readonly holder: string | null;
    };

type VerifiedRow = Prisma.CertificateGetPayload<{
  include: { badge: { select: { credentialId: true; embedded: true; jwt: true } } };
}>;

/** Open to everyone: status and facts of the certificate with this code. An unknown code is an answer, not an error. */
export const getVerification = defineQuery({
  name: "getVerification",
  permission: "certificate:verify",
  input: verificationInput,
  run: async (context, input): Promise<Verification> => {
    const code = normaliseCode(input.code);
    const row = isCode(code)
      ? await context.db.certificate.findUnique({
          where: { code },
          include: { badge: { select: { credentialId: true, embedded: true, jwt: true } } },
        })
      : null;
    return row ? verificationOf(context, row) : { kind: "unknown", code, checkedAt: context.clock.now() };
  },
});

/** How a certificate stands and what of it is shown, the stored facts and the badge checked against their seals. */
export async function verificationOf(
  context: Pick<Context, "db" | "clock" | "memory" | "log">,
  row: VerifiedRow,
): Promise<Verification> {
  const { db, clock, log } = context;
  const checkedAt = clock.now();
  const { code } = row;
  const status = certificateStatus(row, checkedAt);
  const sealed = contentHash(row.facts) === row.factsHash;
  if (status === "revoked") {
    const revokedAt = row.revokedAt ?? row.issuedAt;
    return { kind: status, code, checkedAt, revokedAt, reason: row.revokedReason ?? "" };
  }
  if (status === "superseded") {
    const newer = row.supersededById
      ? await db.certificate.findUnique({ where: { id: row.supersededById }, select: { code: true, issuedAt: true } })
      : null;
    return {
      kind: status,
      code,
      checkedAt,
      replacedAt: newer?.issuedAt ?? row.issuedAt,
      replacementEndsIn: newer?.code.slice(-4) ?? "",
      holder: sealed && !row.statusOnly ? certificateFacts.parse(row.facts).name : null,
    };
  }
  if (!sealed || !(await badgeIsIntact(context, row))) {
    log.error({ certificateId: row.id, sealed }, "a certificate's stored facts or badge do not match their seal");
    return { kind: "damaged", code, checkedAt };
  }
  const facts = certificateFacts.parse(row.facts);
  return {
    kind: status,
    code,
    checkedAt,
    validUntil: row.validUntil,
    awardingBody: facts.awardingBody,
    facts: row.statusOnly ? null : facts,
    documentHash: row.pdfSha256,
  };
}
