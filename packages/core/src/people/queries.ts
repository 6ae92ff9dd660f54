import type { Prisma } from "@bandwise/db/client";
import { z } from "zod";
import { defineQuery } from "../kernel/define.ts";
import { notFound } from "../kernel/errors.ts";
import { sha256 } from "../kernel/hash.ts";
import { type Page, pageInput, skipTake } from "../kernel/page.ts";
import { type Role, requirePerson } from "../kernel/policy.ts";
import type { BookingFacts } from "./mail-texts.ts";
import { listMails, type StoredMail } from "./mailbox.ts";
import { passwordProof, verifyPassword } from "./passwords.ts";
import { decideSignIn, isLinkUsable, limitingCentres, owesSecondFactor, type SignInDecision } from "./rules.ts";
import {
  checkPasswordInput,
  listInvitationsInput,
  listPeopleInput,
  personIdInput,
  type SignedInPerson,
  sessionInput,
  tokenInput,
} from "./schema.ts";
import { visiblePeople } from "./scope.ts";

interface SessionRow {
  id: string;
  name: string;
  email: string;
  time_zone: string;
  totp_enabled: boolean;
  grants: { role: Role; centreId: string | null }[];
}

/**
 * The person behind a session's claim, or null when the session no longer counts. Runs on every request: one statement
 * by primary key, roles included, written by hand because Prisma would make it two.
 */
export const findSession = defineQuery({
  name: "findSession",
  permission: "session:read",
  input: sessionInput,
  run: async (context, { personId, sessionVersion }): Promise<SignedInPerson | null> => {
    const [row] = await context.db.$queryRaw<SessionRow[]>`
      select p.id, p.name, p.email, p.time_zone, p.totp_enabled_at is not null as totp_enabled,
             coalesce((select json_agg(json_build_object('role', g.role, 'centreId', g.centre_id))
                         from role_grant g where g.person_id = p.id), '[]') as grants
        from person p
       where p.id = ${personId}::uuid and p.session_version = ${sessionVersion} and p.status = 'active'`;
    if (!row) return null;
    const roles = [...new Set(row.grants.map((grant) => grant.role))];
    const totpEnabled = row.totp_enabled;
    return {
      id: row.id,
      name: row.name,
      email: row.email,
      timeZone: row.time_zone,
      roles,
      centreIds: limitingCentres(row.grants),
      totpEnabled,
      secondFactorDue: owesSecondFactor({ roles, totpEnabled }, context.settings.demo),
    };
  },
});

export type PasswordCheck =
  | { readonly outcome: "wrong" }
  | { readonly outcome: SignInDecision; readonly personId: string; readonly proof: string };

/**
 * Whether this is the account's password. A query, so that no transaction waits while hashing does; `signIn` takes the
 * proof. An unknown address costs the same time and gives the same answer as a wrong password.
 */
export const checkPassword = defineQuery({
  name: "checkPassword",
  permission: "account:open",
  input: checkPasswordInput,
  run: async (context, input): Promise<PasswordCheck> => {
    const person = await context.db.person.findUnique({
      where: { email: input.email.trim().toLowerCase() },
      select: { id: true, passwordHash: true, status: true, emailVerifiedAt: true, totpEnabledAt: true },
    });
    const right = await verifyPassword(person?.passwordHash ?? null, input.password);
    if (!right || !person?.passwordHash) return { outcome: "wrong" };
    return { outcome: decideSignIn(person), personId: person.id, proof: passwordProof(person.passwordHash) };
  },
});

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

const listedPerson = {
  id: true,
  name: true,
  email: true,
  status: true,
  emailVerifiedAt: true,
  totpEnabledAt: true,
  createdAt: true,
  roles: { select: { role: true, centreId: true, centre: { select: { name: true } } }, orderBy: { role: "asc" } },
} satisfies Prisma.PersonSelect;
export type ListedPerson = Prisma.PersonGetPayload<{ select: typeof listedPerson }>;

export const listPeople = defineQuery({
  name: "listPeople",
  permission: "person:manage",
  input: listPeopleInput,
  run: async (context, input): Promise<Page<ListedPerson>> => {
    const where: Prisma.PersonWhereInput = {
      AND: [
        visiblePeople(context.viewer),
        input.search === ""
          ? {}
          : {
              OR: [
                { name: { contains: input.search, mode: "insensitive" } },
                { email: { contains: input.search, mode: "insensitive" } },
              ],
            },
        input.role === undefined ? {} : { roles: { some: { role: input.role } } },
        // Erased people are pseudonyms: listed only when asked for.
        { status: input.status ?? { not: "erased" } },
      ],
    };
    const [rows, total] = await Promise.all([
      context.db.person.findMany({
        where,
        select: listedPerson,
        orderBy: [{ name: "asc" }, { id: "asc" }],
        ...skipTake(input),
      }),
      context.db.person.count({ where }),
    ]);
    return { rows, total, page: input.page, pageSize: input.pageSize };
  },
});

export const getPerson = defineQuery({
  name: "getPerson",
  permission: "person:manage",
  input: personIdInput,
  run: async (context, { personId }) => {
    const person = await context.db.person.findFirst({
      where: { AND: [{ id: personId }, visiblePeople(context.viewer)] },
      select: {
        ...listedPerson,
        timeZone: true,
        dateOfBirth: true,
        suspendedAt: true,
        accommodations: {
          select: { id: true, extraTimePercent: true, reason: true, createdAt: true, endedAt: true },
          orderBy: { createdAt: "desc" },
        },
        attempts: {
          select: { id: true, reference: true, status: true, bookedAt: true },
          orderBy: { bookedAt: "desc" },
          take: 20,
        },
      },
    });
    if (!person) throw notFound("The person");
    return person;
  },
});

export const listInvitations = defineQuery({
  name: "listInvitations",
  permission: "person:manage",
  input: listInvitationsInput,
  run: async (context, input) => {
    const where: Prisma.InvitationWhereInput = { acceptedAt: null, withdrawnAt: null };
    const [rows, total] = await Promise.all([
      context.db.invitation.findMany({
        where,
        select: { id: true, email: true, name: true, roles: true, createdAt: true, expiresAt: true },
        orderBy: [{ createdAt: "desc" }, { id: "desc" }],
        ...skipTake(input),
      }),
      context.db.invitation.count({ where }),
    ]);
    const now = context.clock.now();
    return {
      rows: rows.map((row) => ({ ...row, expired: row.expiresAt <= now })),
      total,
      page: input.page,
      pageSize: input.pageSize,
    };
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

/** Centres a person can choose from in forms. */
export const listCentreOptions = defineQuery({
  name: "listCentreOptions",
  permission: "staff:home",
  input: z.object({}),
  run: (context) =>
    context.db.centre.findMany({
      select: { id: true, name: true, timeZone: true },
      orderBy: { name: "asc" },
      take: 500,
    }),
});

export const listCentres = defineQuery({
  name: "listCentres",
  permission: "centre:manage",
  input: pageInput,
  run: async (context, input) => {
    const [rows, total] = await Promise.all([
      context.db.centre.findMany({
        select: {
          id: true,
          name: true,
          timeZone: true,
          address: true,
          _count: { select: { sittings: true, staff: true } },
        },
        orderBy: { name: "asc" },
        ...skipTake(input),
      }),
      context.db.centre.count(),
    ]);
    return { rows, total, page: input.page, pageSize: input.pageSize };
  },
});

/** What the development mailbox holds. Everywhere but on the demo (embedded database, loopback) there is no such thing. */
export const listMailbox = defineQuery({
  name: "listMailbox",
  permission: "account:open",
  input: pageInput,
  run: async (context, input): Promise<Page<StoredMail>> => {
    if (!context.settings.demo || context.settings.smtpUrl !== null) throw notFound("The mailbox");
    return {
      ...(await listMails(context.settings.dataDir, skipTake(input))),
      page: input.page,
      pageSize: input.pageSize,
    };
  },
});

/** Whom a mail goes to; null once erased or suspended. */
export const findRecipient = defineQuery({
  name: "findRecipient",
  permission: "mail:prepare",
  input: personIdInput,
  run: async (context, { personId }): Promise<{ email: string; name: string } | null> => {
    const person = await context.db.person.findFirst({
      where: { id: personId, status: "active" },
      select: { email: true, name: true },
    });
    return person?.email ? { email: person.email, name: person.name } : null;
  },
});

export const findBookingFacts = defineQuery({
  name: "findBookingFacts",
  permission: "mail:prepare",
  input: z.object({ attemptId: z.uuid() }),
  run: async (context, { attemptId }): Promise<BookingFacts | null> => {
    const attempt = await context.db.attempt.findUnique({
      where: { id: attemptId },
      select: {
        reference: true,
        sitting: {
          select: {
            startsAt: true,
            endsAt: true,
            changeBefore: true,
            centre: { select: { name: true, address: true, timeZone: true } },
            programme: { select: { title: true } },
          },
        },
      },
    });
    if (!attempt) return null;
    const { centre, programme, startsAt, endsAt, changeBefore } = attempt.sitting;
    return {
      reference: attempt.reference,
      programme: programme.title,
      centre: centre.name,
      address: centre.address,
      timeZone: centre.timeZone,
      startsAt,
      endsAt,
      changeBefore,
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
    const [person, invitations, attempts, certificates, ratings, audit] = await Promise.all([
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
        select: { code: true, status: true, facts: true, issuedAt: true, validUntil: true, statusOnly: true },
      }),
      context.db.rating.count({ where: { raterId: personId, status: "final" } }),
      context.db.auditEntry.findMany({
        where: { actorId: personId },
        select: { at: true, action: true, subjectType: true, subjectId: true },
        orderBy: { id: "asc" },
        take: 50_000,
      }),
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
