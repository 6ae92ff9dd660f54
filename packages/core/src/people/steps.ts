import { Prisma } from "@bandwise/db/client";
import type { ApprovedRequest } from "../audit/steps.ts";
import { requestApproval } from "../audit/steps.ts";
import { tellRecipientsJob } from "../certificates/schema.ts";
import { examinerLeftJob } from "../interviews/schema.ts";
import type { CommandContext } from "../kernel/context.ts";
import { AppError, conflict, notFound } from "../kernel/errors.ts";
import { sha256 } from "../kernel/hash.ts";
import { holdsInterviews } from "../kernel/policy.ts";
import { practiceFolder, recordingFolder } from "../kernel/storage-keys.ts";
import { expiryOf, linkMinutes, refuseLosingAccess, withoutTexts } from "./rules.ts";
import { eraseFilesJob, requestErasureInput } from "./schema.ts";

/** Serialises every change that could take the last admin away: counting and changing must not interleave. */
export async function lockAdmins(context: CommandContext): Promise<void> {
  await context.tx.$executeRaw`select pg_advisory_xact_lock(4210562)`;
}

export function countOtherActiveAdmins(context: CommandContext, personId: string): Promise<number> {
  return context.tx.person.count({
    where: { id: { not: personId }, status: "active", roles: { some: { role: "admin" } } },
  });
}

/** Makes a single-use link; what was sent before for the same purpose no longer works. */
export async function createAccountLink(
  context: CommandContext,
  personId: string,
  kind: "verify_email" | "reset_password",
): Promise<string> {
  const secret = context.ids.secret();
  await context.tx.accountToken.updateMany({
    where: { personId, kind, usedAt: null },
    data: { usedAt: context.now },
  });
  const minutes = kind === "verify_email" ? linkMinutes.verifyEmail : linkMinutes.resetPassword;
  await context.tx.accountToken.create({
    data: {
      id: context.ids.uuid(),
      personId,
      kind,
      tokenHash: sha256(secret),
      createdAt: context.now,
      expiresAt: expiryOf(context.now, minutes),
    },
  });
  return secret;
}

/** Uses a link up, or refuses: unknown, used and expired are told apart nowhere. */
export async function consumeAccountLink(
  context: CommandContext,
  secret: string,
  kind: "verify_email" | "reset_password",
): Promise<string> {
  const refused = new AppError("INVALID", "This link has expired or was already used. Ask for a new one.");
  const link = await context.tx.accountToken.findUnique({
    where: { tokenHash: sha256(secret) },
    select: { id: true, kind: true, personId: true },
  });
  if (link?.kind !== kind) throw refused;
  const { count } = await context.tx.accountToken.updateMany({
    where: { id: link.id, usedAt: null, expiresAt: { gt: context.now } },
    data: { usedAt: context.now },
  });
  if (count === 0) throw refused;
  return link.personId;
}

/** First of the two admins who decide about an erasure: the request goes on to the second. */
export async function forwardErasure(context: CommandContext, request: ApprovedRequest): Promise<void> {
  await requestApproval(context, {
    kind: "person:erase",
    subjectType: "person",
    subjectId: request.subjectId,
    payload: { certificates: requestErasureInput.shape.certificates.parse(payloadOf(request).certificates) },
    reason: request.reason,
  });
}

function payloadOf(request: ApprovedRequest): Record<string, unknown> {
  return typeof request.payload === "object" && request.payload !== null
    ? (request.payload as Record<string, unknown>)
    : {};
}

export async function allowPurging(context: CommandContext): Promise<void> {
  await context.tx.$executeRaw`select set_config('bandwise.purging', 'on', true)`;
}

/** Attempts whose outcome still needs the person's own words. */
const unfinished = ["checked_in", "in_progress", "submitted", "marking", "marked"] as const;

/**
 * Takes a person's data out of every table; what stays is a pseudonym with results, hashes and audit ids. Files go
 * by a job after the commit. Certificates are revoked and lose the name, or stay whole, as the person chose.
 */
export async function erasePerson(context: CommandContext, request: ApprovedRequest): Promise<void> {
  const { tx, now } = context;
  const personId = request.subjectId;
  const certificates = requestErasureInput.shape.certificates.parse(payloadOf(request).certificates);
  await lockAdmins(context);
  const person = await tx.person.findFirst({
    where: { id: personId, status: { not: "erased" } },
    select: { name: true, email: true, dateOfBirth: true, roles: { select: { role: true } } },
  });
  if (!person) throw notFound("The person");
  const refusal = refuseLosingAccess({
    isAdmin: person.roles.some((grant) => grant.role === "admin"),
    isSelf: false,
    otherActiveAdmins: await countOtherActiveAdmins(context, personId),
  });
  if (refusal !== null) throw new AppError("CONFLICT", refusal);
  if ((await tx.attempt.count({ where: { candidateId: personId, status: { in: [...unfinished] } } })) > 0) {
    throw conflict("An attempt of this person is not released yet. Release or void it first.");
  }

  // The ledgers refuse deletion unless it is said, for this transaction alone, that data are being purged.
  await allowPurging(context);
  const voices = await eraseResponses(context, personId);
  const storageKeys = [
    ...voices.storageKeys,
    ...(certificates === "revoke" ? await eraseCertificates(context, personId, person) : []),
  ];
  await tx.attempt.updateMany({
    where: { candidateId: personId, status: "booked" },
    data: { status: "cancelled", endReason: "erased", version: { increment: 1 } },
  });
  await tx.attempt.updateMany({ where: { candidateId: personId }, data: { examTokenHash: null, reviewReason: null } });
  await tx.attempt.updateMany({
    where: { candidateId: personId, endReason: { not: null } },
    data: { endReason: "erased" },
  });
  if (holdsInterviews(person.roles)) context.enqueue(examinerLeftJob, { personId });
  await tx.roleGrant.deleteMany({ where: { personId } });
  await tx.accountToken.deleteMany({ where: { personId } });
  await tx.consent.updateMany({ where: { personId }, data: { guardianName: null } });
  await tx.accommodation.updateMany({ where: { personId }, data: { reason: "" } });
  await eraseReasons(context, personId);
  await tx.markingHold.updateMany({
    where: { personId },
    data: { appeal: null, note: null, sentBackBecause: null },
  });
  if (person.email !== null) {
    await tx.invitation.deleteMany({ where: { email: person.email } });
  }
  await tx.person.update({
    where: { id: personId },
    data: {
      email: null,
      name: "Erased person",
      passwordHash: null,
      emailVerifiedAt: null,
      dateOfBirth: null,
      firstLanguage: null,
      school: null,
      totpSecret: null,
      totpEnabledAt: null,
      totpLastStep: null,
      recoveryHashes: [],
      timeZone: "UTC",
      status: "erased",
      erasedAt: now,
      sessionVersion: { increment: 1 },
    },
  });
  context.audit({
    subjectType: "person",
    subjectId: personId,
    action: "erasePerson",
    detail: { certificates, files: storageKeys.length },
  });
  context.enqueue(eraseFilesJob, {
    personId,
    emailHash: person.email === null ? null : sha256(person.email),
    storageKeys,
    folders: voices.folders,
  });
}

/** Texts and voices are personal; choices, credits and hashes are not. Returns the files and folders that held voices. */
async function eraseResponses(
  context: CommandContext,
  personId: string,
): Promise<{ storageKeys: string[]; folders: string[] }> {
  const { tx, now } = context;
  const own = { candidateId: personId, skill: { in: ["writing", "speaking"] as ("writing" | "speaking")[] } };
  const recordings = await tx.recording.findMany({
    where: { attemptItem: own, purgedAt: null },
    select: {
      id: true,
      storageKey: true,
      chunks: { select: { storageKey: true } },
      attemptItem: { select: { attemptId: true } },
    },
  });
  await tx.recording.updateMany({
    where: { id: { in: recordings.map((recording) => recording.id) } },
    data: { purgedAt: now, storageKey: null, peaks: [] },
  });
  await tx.practiceTake.deleteMany({ where: { personId } });
  await tx.practiceGoal.deleteMany({ where: { personId } });
  await eraseTexts(context, own);
  await tx.rating.updateMany({
    where: {
      script: { OR: [{ attempt: { candidateId: personId } }, { remarkOf: { attempt: { candidateId: personId } } }] },
    },
    data: { comment: "", annotations: [] },
  });
  await tx.interviewEntry.deleteMany({ where: { interview: { attempt: { candidateId: personId } } } });
  await tx.interview.updateMany({
    where: { attempt: { candidateId: personId } },
    data: { comment: "", cardCodeHash: null },
  });
  await eraseHeard(context, { candidateId: personId });
  await tx.appeal.updateMany({
    where: { result: { attempt: { candidateId: personId } } },
    data: { reason: "", note: "" },
  });
  return {
    storageKeys: recordings.flatMap((recording) => [
      ...(recording.storageKey === null ? [] : [recording.storageKey]),
      ...recording.chunks.map((chunk) => chunk.storageKey),
    ]),
    folders: [
      ...recordings.map(({ id, attemptItem }) => recordingFolder(attemptItem.attemptId, id)),
      practiceFolder(personId),
    ],
  };
}

/** Takes the words out of responses and their ledger, leaving the hash of what counted. Needs `allowPurging`. */
export async function eraseTexts(context: CommandContext, items: Prisma.AttemptItemWhereInput): Promise<void> {
  const { tx } = context;
  const responses = await tx.response.findMany({
    where: { attemptItem: items },
    select: { attemptItemId: true, entryId: true },
  });
  const entries = await tx.answerEntry.findMany({
    where: { id: { in: responses.map((response) => response.entryId) } },
    select: { id: true, hash: true },
  });
  const hashes = new Map(entries.map((entry) => [entry.id, entry.hash]));
  for (const { attemptItemId, entryId } of responses) {
    await tx.response.update({
      where: { attemptItemId },
      data: { value: { erased: true, hash: hashes.get(entryId) ?? null } },
    });
  }
  await tx.answerEntry.deleteMany({ where: { attemptItem: items } });
}

/** What a machine heard, noticed and asked back repeats the answer's words; its scores do not. Needs `allowPurging`. */
export async function eraseHeard({ tx }: CommandContext, items: Prisma.AttemptItemWhereInput): Promise<void> {
  await tx.machineRating.updateMany({
    where: { script: { attemptItem: items } },
    data: { transcript: Prisma.DbNull, evidence: [] },
  });
  await tx.partnerReply.deleteMany({ where: { attemptItem: items } });
}

/**
 * Why two admins were asked about the person, or about something of theirs, and why time was granted, in an admin's own words.
 * Needs `allowPurging`: the ledger of time can be written anew, never changed.
 */
async function eraseReasons({ tx }: CommandContext, personId: string): Promise<void> {
  const grants = await tx.sectionTimeEntry.findMany({
    where: { kind: "grant", section: { attempt: { candidateId: personId } } },
  });
  await tx.sectionTimeEntry.deleteMany({ where: { id: { in: grants.map((entry) => entry.id) } } });
  await tx.sectionTimeEntry.createMany({ data: grants.map((entry) => ({ ...entry, reason: "erased" })) });
  const id = { select: { id: true } } as const;
  const attempts = await tx.attempt.findMany({
    where: { candidateId: personId },
    select: { id: true, results: { select: { id: true, certificates: id, appeals: id } } },
  });
  await tx.script.updateMany({ where: { attempt: { candidateId: personId } }, data: { reopenedBecause: null } });
  const subjects = attempts.flatMap(({ id: attemptId, results }) => [
    attemptId,
    ...results.flatMap((result) => [result.id, ...[...result.certificates, ...result.appeals].map((row) => row.id)]),
  ]);
  await tx.approval.updateMany({ where: { subjectId: { in: [personId, ...subjects] } }, data: { reason: "" } });
}

async function eraseCertificates(
  context: CommandContext,
  personId: string,
  person: { name: string; dateOfBirth: Date | null },
): Promise<string[]> {
  const { tx, now } = context;
  const held = await tx.certificate.findMany({
    where: { candidateId: personId },
    select: { id: true, status: true, facts: true, pdfKey: true, revokedAt: true, revokedReason: true },
  });
  const theirs = { certificate: { candidateId: personId } };
  // The badge's hashes could be tried against names; its place in the status list stays, so that it reads as revoked.
  await tx.badge.updateMany({ where: theirs, data: { embedded: null, jwt: null } });
  await tx.namedBadge.updateMany({ where: theirs, data: { embedded: null, jwt: null, withdrawnAt: now } });
  // The names go now, the addresses when the last word has been sent to them.
  await tx.shareLink.updateMany({ where: theirs, data: { recipient: "" } });
  const birth = person.dateOfBirth?.toISOString() ?? "";
  for (const certificate of held) {
    // The name that stands there may be an older one than the account's.
    const { name } = certificate.facts as { readonly name?: unknown };
    const texts = [person.name, typeof name === "string" ? name : "", birth, birth.slice(0, 10)];
    const wasValid = certificate.status === "valid";
    await tx.certificate.update({
      where: { id: certificate.id },
      data: {
        facts: withoutTexts(
          certificate.facts,
          texts.filter((text) => text !== ""),
        ) as object,
        pdfKey: null,
        pdfSha256: null,
        version: { increment: 1 },
        ...(wasValid && { status: "revoked", revokedAt: now, revokedReason: "Withdrawn at the holder's request." }),
      },
    });
    if (wasValid) {
      context.audit({ subjectType: "certificate", subjectId: certificate.id, action: "revokeCertificate" });
    }
    // Who had a certificate that stood is told of its end; of the others' end they have been told.
    if (wasValid) context.enqueue(tellRecipientsJob, { certificateId: certificate.id, forget: true });
    else await tx.shareLink.updateMany({ where: { certificateId: certificate.id }, data: { recipientEmail: null } });
  }
  return held.flatMap((certificate) => certificate.pdfKey ?? []);
}
