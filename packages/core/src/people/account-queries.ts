import { z } from "zod";
import { defineQuery } from "../kernel/define.ts";
import { notFound } from "../kernel/errors.ts";
import { sha256 } from "../kernel/hash.ts";
import { type Role, requirePerson } from "../kernel/policy.ts";
import { keptBesideAttempts } from "./kept-data.ts";
import { isLinkUsable } from "./rules.ts";
import { tokenInput } from "./schema.ts";

export type LinkFacts = { readonly usable: false } | { readonly usable: true; readonly email: string };

/** What the page behind a mailed link shows before anything is done: opening a link uses nothing up. */
export const readAccountLink = defineQuery({
  name: "readAccountLink",
  permission: "account:open",
  input: tokenInput.extend({ kind: z.enum(["verify_email", "reset_password"]) }),
  run: async (context, { token, kind }): Promise<LinkFacts> => {
    const link = await context.db.accountToken.findUnique({
      where: { tokenHash: sha256(token) },
      select: { kind: true, expiresAt: true, usedAt: true, person: { select: { email: true } } },
    });
    if (link?.kind !== kind || !isLinkUsable(link, context.clock.now()) || link.person.email === null) {
      return { usable: false };
    }
    return { usable: true, email: link.person.email };
  },
});

export type InvitationFacts =
  | { readonly usable: false }
  | { readonly usable: true; readonly email: string; readonly name: string; readonly roles: readonly Role[] };

export const readInvitation = defineQuery({
  name: "readInvitation",
  permission: "account:open",
  input: tokenInput,
  run: async (context, { token }): Promise<InvitationFacts> => {
    const found = await context.db.invitation.findUnique({ where: { tokenHash: sha256(token) } });
    const usable =
      found && found.acceptedAt === null && found.withdrawnAt === null && context.clock.now() < found.expiresAt;
    return usable ? { usable, email: found.email, name: found.name, roles: found.roles } : { usable: false };
  },
});

/** The viewer's own account, for the account page. */
export const getOwnAccount = defineQuery({
  name: "getOwnAccount",
  permission: "account:own",
  input: z.object({}),
  run: async (context) => {
    const { personId } = requirePerson(context.viewer);
    const [account, erasure] = await Promise.all([
      context.db.person.findUnique({
        where: { id: personId },
        select: {
          name: true,
          email: true,
          timeZone: true,
          dateOfBirth: true,
          firstLanguage: true,
          school: true,
          totpSecret: true,
          totpEnabledAt: true,
          recoveryHashes: true,
          accommodations: { where: { endedAt: null }, select: { extraTimePercent: true, createdAt: true } },
        },
      }),
      context.db.approval.findFirst({
        where: { subjectType: "person", subjectId: personId, status: "open" },
        select: { id: true, kind: true, requestedAt: true, requestedById: true },
      }),
    ]);
    if (!account) throw notFound("The account");
    const { totpSecret, recoveryHashes, ...rest } = account;
    return {
      ...rest,
      totpPending: totpSecret !== null && account.totpEnabledAt === null,
      recoveryCodesLeft: recoveryHashes.length,
      erasure,
    };
  },
});

/**
 * Everything kept about the viewer, as plain data. Keys and rationales of items are the bank's, not the person's, and stay
 * out; recordings are named with the path that gives the sound.
 */
export const exportMyData = defineQuery({
  name: "exportMyData",
  permission: "data:own",
  input: z.object({}),
  run: async (context) => {
    const { personId } = requirePerson(context.viewer);
    const [person, invitations, attempts, certificates, ratings, audit, beside] = await Promise.all([
      context.db.person.findUnique({
        where: { id: personId },
        select: {
          id: true,
          email: true,
          name: true,
          emailVerifiedAt: true,
          status: true,
          timeZone: true,
          dateOfBirth: true,
          firstLanguage: true,
          school: true,
          totpEnabledAt: true,
          createdAt: true,
          roles: { select: { role: true, centreId: true, grantedAt: true } },
          accommodations: { select: { extraTimePercent: true, reason: true, createdAt: true, endedAt: true } },
          consents: {
            select: { kind: true, noticeVersion: true, guardianName: true, givenAt: true, attemptId: true },
          },
        },
      }),
      context.db.person.findUnique({ where: { id: personId }, select: { email: true } }).then((own) =>
        own?.email
          ? context.db.invitation.findMany({
              where: { email: own.email },
              select: { roles: true, createdAt: true, acceptedAt: true },
            })
          : [],
      ),
      context.db.attempt.findMany({
        where: { candidateId: personId },
        select: {
          id: true,
          reference: true,
          status: true,
          bookedAt: true,
          checkedInAt: true,
          startedAt: true,
          submittedAt: true,
          releasedAt: true,
          receipt: true,
          extraTimePercent: true,
          sitting: {
            select: {
              startsAt: true,
              centre: { select: { name: true } },
              programme: { select: { title: true, version: true } },
            },
          },
          items: {
            select: {
              skill: true,
              position: true,
              level: true,
              subSkill: true,
              response: { select: { value: true, madeAt: true } },
              answers: {
                select: { value: true, madeAt: true, receivedAt: true, standing: true },
                orderBy: { id: "asc" },
              },
              replies: { select: { turn: true, rule: true, words: true, saidAt: true }, orderBy: { turn: "asc" } },
              recordings: {
                select: { id: true, take: true, status: true, durationSeconds: true, startedAt: true, purgedAt: true },
              },
            },
            orderBy: [{ skill: "asc" }, { position: "asc" }],
          },
          results: {
            where: { status: { in: ["released", "superseded"] } },
            select: {
              version: true,
              status: true,
              overallHundredths: true,
              cefr: true,
              releasedAt: true,
              output: true,
            },
          },
        },
        orderBy: { bookedAt: "asc" },
      }),
      context.db.certificate.findMany({
        where: { candidateId: personId },
        select: {
          code: true,
          status: true,
          facts: true,
          issuedAt: true,
          validUntil: true,
          statusOnly: true,
          badge: { select: { embedded: true, jwt: true } },
          namedBadges: { select: { embedded: true, jwt: true, createdAt: true, withdrawnAt: true } },
          shareLinks: {
            select: {
              purpose: true,
              recipient: true,
              recipientEmail: true,
              scores: true,
              createdAt: true,
              expiresAt: true,
              withdrawnAt: true,
              views: { select: { at: true } },
            },
          },
        },
      }),
      context.db.rating.count({ where: { raterId: personId, status: "final" } }),
      context.db.auditEntry.findMany({
        where: { actorId: personId },
        select: { at: true, action: true, subjectType: true, subjectId: true },
        orderBy: { id: "asc" },
        take: 50_000,
      }),
      keptBesideAttempts(context.db, personId),
    ]);
    if (!person) throw notFound("The account");
    return {
      madeAt: context.clock.now(),
      person,
      invitations,
      attempts: attempts.map((attempt) => ({
        ...attempt,
        items: attempt.items.map((item) => ({
          ...item,
          recordings: item.recordings.map((recording) => ({
            ...recording,
            sound: recording.purgedAt === null ? `/api/account/recordings/${recording.id}` : null,
          })),
        })),
      })),
      certificates,
      ...beside,
      finalRatingsGiven: ratings,
      actions: audit,
    };
  },
});

/** The files of one of the viewer's own recordings, in playing order. */
export const findOwnRecording = defineQuery({
  name: "findOwnRecording",
  permission: "data:own",
  input: z.object({ recordingId: z.uuid() }),
  run: async (context, { recordingId }): Promise<{ mimeType: string; storageKeys: readonly string[] }> => {
    const { personId } = requirePerson(context.viewer);
    const recording = await context.db.recording.findFirst({
      where: { id: recordingId, purgedAt: null, attemptItem: { candidateId: personId } },
      select: { mimeType: true, storageKey: true, chunks: { select: { storageKey: true }, orderBy: { index: "asc" } } },
    });
    if (!recording) throw notFound("The recording");
    const storageKeys =
      recording.storageKey === null ? recording.chunks.map((chunk) => chunk.storageKey) : [recording.storageKey];
    return { mimeType: recording.mimeType, storageKeys };
  },
});
