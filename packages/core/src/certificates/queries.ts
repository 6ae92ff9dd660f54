import type { Prisma } from "@bandwise/db/client";
import { z } from "zod";
import type { Context } from "../kernel/context.ts";
import { defineQuery } from "../kernel/define.ts";
import { AppError, notFound } from "../kernel/errors.ts";
import { contentHash, sha256 } from "../kernel/hash.ts";
import { type Page, skipTake } from "../kernel/page.ts";
import { requirePerson } from "../kernel/policy.ts";
import { type CertificateView, certificateStatus, normaliseCode, viewOf } from "./rules.ts";
import {
  type CertificateFacts,
  type CertificateStatus,
  certificateFacts,
  certificateFilter,
  certificateIdInput,
} from "./schema.ts";
import { visibleCertificates } from "./scope.ts";

const summary = {
  id: true,
  code: true,
  status: true,
  facts: true,
  issuedAt: true,
  validUntil: true,
  statusOnly: true,
  pdfKey: true,
  badge: { select: { embedded: true } },
  namedBadges: { where: { withdrawnAt: null }, select: { credentialId: true } },
  revokedAt: true,
  revokedReason: true,
} satisfies Prisma.CertificateSelect;

type SummaryRow = Prisma.CertificateGetPayload<{ select: typeof summary }>;

/** A certificate as its holder and admins see it. */
export interface CertificateSummary {
  readonly id: string;
  readonly code: string;
  readonly status: CertificateStatus;
  readonly name: string;
  readonly examination: string;
  readonly view: CertificateView;
  readonly testedOn: string;
  readonly issuedAt: Date;
  readonly validUntil: Date;
  readonly statusOnly: boolean;
  /** The document is drawn by the worker, a few seconds after the certificate is issued. */
  readonly pdfReady: boolean;
  readonly badgeReady: boolean;
  /** The badge carries the name in plain words: the holder consents. */
  readonly nameOnBadge: boolean;
  readonly revokedAt: Date | null;
  readonly revokedReason: string | null;
}

/** Facts of an erased holder have lost the name and keep their shape. */
function toSummary({ facts: stored, pdfKey, badge, namedBadges, ...row }: SummaryRow, now: Date): CertificateSummary {
  const facts = certificateFacts.parse(stored);
  return {
    ...row,
    status: certificateStatus(row, now),
    name: facts.name,
    examination: facts.examination,
    view: viewOf(facts),
    testedOn: facts.testedOn,
    pdfReady: pdfKey !== null,
    badgeReady: badge !== null && badge.embedded !== null,
    nameOnBadge: namedBadges.length > 0,
  };
}

export const listMyCertificates = defineQuery({
  name: "listMyCertificates",
  permission: "certificate:own",
  input: z.object({}),
  run: async ({ db, clock, viewer }): Promise<CertificateSummary[]> => {
    const rows = await db.certificate.findMany({
      where: { candidateId: requirePerson(viewer).personId },
      orderBy: [{ issuedAt: "desc" }, { id: "desc" }],
      take: 50,
      select: summary,
    });
    return rows.map((row) => toSummary(row, clock.now()));
  },
});

async function findVisible({ db, viewer }: Context, certificateId: string) {
  const row = await db.certificate.findFirst({
    where: { AND: [{ id: certificateId }, visibleCertificates(viewer)] },
    include: {
      badge: { select: { embedded: true } },
      namedBadges: { where: { withdrawnAt: null }, select: { credentialId: true } },
    },
  });
  if (!row) throw notFound("The certificate");
  return row;
}

export const getMyCertificate = defineQuery({
  name: "getMyCertificate",
  permission: "certificate:own",
  input: certificateIdInput,
  run: async (context, { certificateId }) => {
    const row = await findVisible(context, certificateId);
    if (row.candidateId !== requirePerson(context.viewer).personId) throw notFound("The certificate");
    return { ...toSummary(row, context.clock.now()), facts: certificateFacts.parse(row.facts) };
  },
});

/** The document itself, for its holder and for admins. Bytes that are not those the worker stored are never given out. */
export const getCertificatePdf = defineQuery({
  name: "getCertificatePdf",
  permission: "account:own",
  input: certificateIdInput,
  run: async (context, { certificateId }) => {
    const row = await findVisible(context, certificateId);
    if (row.pdfKey === null) {
      throw new AppError("CONFLICT", "The document is still being made. Try again in a minute.");
    }
    const content = await context.storage.get(row.pdfKey);
    if (sha256(content) !== row.pdfSha256) throw new Error(`the stored document of certificate ${row.id} is damaged`);
    return { content, fileName: `certificate-${row.code}.pdf` };
  },
});

/** What the worker draws from; null when there is no such certificate. */
export const findFactsToPrint = defineQuery({
  name: "findFactsToPrint",
  permission: "certificate:issue",
  input: certificateIdInput,
  run: async ({ db }, { certificateId }): Promise<CertificateFacts | null> => {
    const row = await db.certificate.findUnique({
      where: { id: certificateId },
      select: { facts: true, factsHash: true },
    });
    if (!row) return null;
    if (contentHash(row.facts) !== row.factsHash)
      throw new Error(`the facts of ${certificateId} do not match their hash`);
    return certificateFacts.parse(row.facts);
  },
});

/** For admins: searched by name, code or attempt, filtered by how a certificate stands now. */
export const listCertificates = defineQuery({
  name: "listCertificates",
  permission: "certificate:manage",
  input: certificateFilter,
  run: async ({ db, clock }, input) => {
    const now = clock.now();
    const standing: Record<(typeof input)["status"], Prisma.CertificateWhereInput> = {
      all: {},
      valid: { status: "valid", validUntil: { gte: now } },
      expired: { status: "valid", validUntil: { lt: now } },
      revoked: { status: "revoked" },
      superseded: { status: "superseded" },
    };
    const { search } = input;
    const where: Prisma.CertificateWhereInput = {
      AND: [
        standing[input.status],
        search === ""
          ? {}
          : {
              OR: [
                { code: { startsWith: normaliseCode(search) || search } },
                { facts: { path: ["name"], string_contains: search, mode: "insensitive" } },
                { result: { attempt: { reference: search.toUpperCase() } } },
              ],
            },
      ],
    };
    const [total, rows] = await Promise.all([
      db.certificate.count({ where }),
      db.certificate.findMany({
        where,
        orderBy: [{ issuedAt: "desc" }, { id: "desc" }],
        ...skipTake(input),
        select: { ...summary, factsHash: true },
      }),
    ]);
    const asked = await db.approval.findMany({
      where: { kind: "certificate:revoke", status: "open", subjectId: { in: rows.map((row) => row.id) } },
      select: { subjectId: true },
    });
    const pending = new Set(asked.map((approval) => approval.subjectId));
    return {
      rows: rows.map(({ factsHash, ...row }) => ({
        ...toSummary(row, now),
        revocationAsked: pending.has(row.id),
        intact: contentHash(row.facts) === factsHash,
      })),
      total,
      page: input.page,
      pageSize: input.pageSize,
    } satisfies Page<CertificateSummary & { revocationAsked: boolean; intact: boolean }>;
  },
});

/** One certificate with everything an admin decides by. */
export const getCertificate = defineQuery({
  name: "getCertificate",
  permission: "certificate:manage",
  input: certificateIdInput,
  run: async ({ db, clock, viewer }, { certificateId }) => {
    const row = await db.certificate.findFirst({
      where: { AND: [{ id: certificateId }, visibleCertificates(viewer)] },
      include: {
        badge: { select: { embedded: true } },
        namedBadges: { where: { withdrawnAt: null }, select: { credentialId: true } },
        result: { select: { id: true, version: true, attempt: { select: { id: true, reference: true } } } },
      },
    });
    if (!row) throw notFound("The certificate");
    const [newer, asked] = await Promise.all([
      row.supersededById
        ? db.certificate.findUnique({ where: { id: row.supersededById }, select: { id: true, code: true } })
        : null,
      db.approval.findMany({
        where: { kind: { in: ["certificate:revoke", "certificate:reissue"] }, status: "open", subjectId: row.id },
        select: { id: true, kind: true, reason: true, requestedAt: true, requestedById: true },
      }),
    ]);
    const askers = await db.person.findMany({
      where: { id: { in: asked.map((approval) => approval.requestedById) } },
      select: { id: true, name: true },
    });
    const openRequest = (kind: string) => {
      const approval = asked.find((candidate) => candidate.kind === kind);
      if (!approval) return null;
      const name = askers.find((person) => person.id === approval.requestedById)?.name ?? "Unknown";
      return { ...approval, requestedByName: name };
    };
    return {
      ...toSummary(row, clock.now()),
      facts: certificateFacts.parse(row.facts),
      factsHash: row.factsHash,
      intact: contentHash(row.facts) === row.factsHash,
      pdfSha256: row.pdfSha256,
      candidateId: row.candidateId,
      attempt: row.result.attempt,
      result: { id: row.result.id, version: row.result.version },
      supersededBy: newer,
      revocation: openRequest("certificate:revoke"),
      reissue: openRequest("certificate:reissue"),
    };
  },
});
