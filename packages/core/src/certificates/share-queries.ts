import { z } from "zod";
import { defineQuery } from "../kernel/define.ts";
import { requirePerson } from "../kernel/policy.ts";
import { type CertificateView, viewOf } from "./rules.ts";
import {
  type CertificateFacts,
  certificateIdInput,
  type SharedScore,
  type SharePurpose,
  shareTokenInput,
} from "./schema.ts";
import { type Verification, verificationOf } from "./verification-queries.ts";

export interface HeldShareLink {
  readonly id: string;
  readonly token: string;
  readonly purpose: SharePurpose;
  readonly recipient: string;
  readonly scores: readonly SharedScore[];
  readonly createdAt: Date;
  readonly expiresAt: Date;
  readonly withdrawnAt: Date | null;
  readonly open: boolean;
  readonly views: number;
  readonly lastViewedAt: Date | null;
}

/** The links of a certificate as its holder sees them, newest first. */
export const listShareLinks = defineQuery({
  name: "listShareLinks",
  permission: "certificate:own",
  input: certificateIdInput,
  run: async ({ db, clock, viewer }, { certificateId }): Promise<HeldShareLink[]> => {
    const rows = await db.shareLink.findMany({
      where: { certificateId, certificate: { candidateId: requirePerson(viewer).personId } },
      orderBy: [{ createdAt: "desc" }, { id: "desc" }],
      take: 100,
      include: { _count: { select: { views: true } }, views: { orderBy: { at: "desc" }, take: 1 } },
    });
    return rows.map((row) => ({
      id: row.id,
      token: row.token,
      purpose: row.purpose,
      recipient: row.recipient,
      scores: row.scores,
      createdAt: row.createdAt,
      expiresAt: row.expiresAt,
      withdrawnAt: row.withdrawnAt,
      open: row.withdrawnAt === null && row.expiresAt > clock.now(),
      views: row._count.views,
      lastViewedAt: row.views[0]?.at ?? null,
    }));
  },
});

/** What a share link shows: how the certificate stands, and of its facts what the holder chose for this recipient. */
export type SharedCertificate =
  | { readonly kind: "unknown" }
  | { readonly kind: "ended"; readonly withdrawn: boolean; readonly endedAt: Date }
  | {
      readonly kind: "shown";
      readonly purpose: SharePurpose;
      readonly recipient: string;
      readonly expiresAt: Date;
      /** Without the printed code and the document's hash: the link gives no way to what it does not show. */
      readonly verification: Verification;
      readonly shown: {
        readonly name: string;
        readonly examination: string;
        readonly testedOn: string;
        readonly issuedOn: string;
        readonly validUntil: string;
        readonly scale: CertificateView["scale"];
        readonly overall: CertificateView["overall"] | null;
        readonly parts: CertificateView["parts"];
        readonly notes: CertificateView["notes"];
      } | null;
    };

export const getSharedCertificate = defineQuery({
  name: "getSharedCertificate",
  permission: "certificate:verify",
  input: shareTokenInput,
  run: async (context, { token }): Promise<SharedCertificate> => {
    const link = await context.db.shareLink.findUnique({
      where: { token },
      include: { certificate: { include: { badge: { select: { credentialId: true, embedded: true, jwt: true } } } } },
    });
    if (!link) return { kind: "unknown" };
    if (link.withdrawnAt !== null) return { kind: "ended", withdrawn: true, endedAt: link.withdrawnAt };
    if (link.expiresAt <= context.clock.now()) return { kind: "ended", withdrawn: false, endedAt: link.expiresAt };
    // The link is its own choice of what to show: the switch for the printed code does not reach it.
    const full = await verificationOf(context, { ...link.certificate, statusOnly: false });
    const facts = full.kind === "valid" || full.kind === "expired" ? full.facts : null;
    const scores = new Set(link.scores);
    return {
      kind: "shown",
      purpose: link.purpose,
      recipient: link.recipient,
      expiresAt: link.expiresAt,
      verification: {
        ...full,
        code: "",
        ...("facts" in full && { facts: null, documentHash: null }),
        ...("replacementEndsIn" in full && { replacementEndsIn: "" }),
      } as Verification,
      shown: facts && {
        name: facts.name,
        examination: facts.examination,
        testedOn: facts.testedOn,
        issuedOn: facts.issuedOn,
        validUntil: facts.validUntil,
        ...shownOf(facts, scores),
      },
    };
  },
});

/** The scores that the holder chose. Sentences about how they came about belong to the overall score. */
function shownOf(facts: CertificateFacts, scores: ReadonlySet<string>) {
  const { scale, overall, parts, notes } = viewOf(facts);
  const all = scores.has("overall");
  return {
    scale,
    overall: all ? overall : null,
    parts: parts.filter(({ id }) => scores.has(id)),
    notes: all ? notes : [],
  };
}

/** Addresses to tell that a certificate no longer stands: of every link that was not withdrawn, ended or not. */
export const findRecipients = defineQuery({
  name: "findRecipients",
  permission: "certificate:issue",
  input: certificateIdInput,
  run: async ({ db }, { certificateId }) => {
    const row = await db.certificate.findUnique({
      where: { id: certificateId },
      select: {
        status: true,
        facts: true,
        shareLinks: {
          where: { withdrawnAt: null, recipientEmail: { not: null } },
          select: { recipientEmail: true },
        },
      },
    });
    if (!row || row.status === "valid") return null;
    return {
      status: row.status,
      // Of an erased holder the other facts are not what they were.
      awardingBody: z.object({ awardingBody: z.string() }).parse(row.facts).awardingBody,
      addresses: [...new Set(row.shareLinks.flatMap(({ recipientEmail }) => recipientEmail ?? []))],
    };
  },
});
