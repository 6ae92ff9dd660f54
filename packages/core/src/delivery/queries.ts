import type { Prisma } from "@bandwise/db/client";
import { defineQuery } from "../kernel/define.ts";
import { notFound } from "../kernel/errors.ts";
import { skipTake } from "../kernel/page.ts";
import { requirePerson } from "../kernel/policy.ts";
import { ageAt, checkInOpensSeconds, deadlineOf, extraTimeSeconds, sectionPlan, sweepGraceMs } from "./rules.ts";
import {
  attemptInput,
  blueprint,
  browseSittingsInput,
  listAttemptsInput,
  listSittingsInput,
  nothing,
  recordingInput,
  sittingInput,
} from "./schema.ts";
import { managedSittings, ownAttempts, watchedAttempts } from "./scope.ts";

const centreSelect = { id: true, name: true, timeZone: true, address: true } as const;
const programmeSelect = { id: true, name: true, title: true, blueprint: true } as const;
const sittingFields = {
  id: true,
  startsAt: true,
  endsAt: true,
  capacity: true,
  bookBefore: true,
  changeBefore: true,
  cancelledAt: true,
  centre: { select: centreSelect },
} as const;

function planOf(stored: unknown) {
  const { sections, title } = blueprint.parse(stored);
  return {
    title,
    sections: sections.map((section) => ({ skill: section.skill, ...sectionPlan(section) })),
  };
}

/** Places taken per sitting: everything but the cancelled ones. */
const takenCount = {
  select: { attempts: { where: { status: { not: "cancelled" } } } },
} satisfies Prisma.SittingCountOutputTypeDefaultArgs;

// ── The candidate's own ────────────────────────────────────────────────────────────────────────────────────────────

export const listMyAttempts = defineQuery({
  name: "listMyAttempts",
  permission: "booking:own",
  input: nothing,
  run: async (context) => {
    const { personId } = requirePerson(context.viewer);
    const rows = await context.db.attempt.findMany({
      where: { candidateId: personId },
      orderBy: [{ sitting: { startsAt: "desc" } }, { id: "desc" }],
      take: 50,
      select: {
        id: true,
        reference: true,
        status: true,
        submittedAt: true,
        endReason: true,
        sitting: { select: { ...sittingFields, programme: { select: programmeSelect } } },
      },
    });
    return rows.map(({ sitting: { programme, ...sitting }, ...row }) => ({
      ...row,
      sitting,
      plan: planOf(programme.blueprint),
    }));
  },
});

export const browseSittings = defineQuery({
  name: "browseSittings",
  permission: "sitting:browse",
  input: browseSittingsInput,
  run: async (context, input) => {
    const { personId } = requirePerson(context.viewer);
    const now = context.clock.now();
    const where: Prisma.SittingWhereInput = { cancelledAt: null, bookBefore: { gt: now }, endsAt: { gt: now } };
    const [rows, total] = await Promise.all([
      context.db.sitting.findMany({
        where,
        orderBy: [{ startsAt: "asc" }, { id: "asc" }],
        ...skipTake(input),
        select: {
          ...sittingFields,
          programme: { select: programmeSelect },
          _count: takenCount,
          attempts: {
            where: { candidateId: personId, status: { notIn: ["cancelled", "voided"] } },
            select: { id: true },
            take: 1,
          },
        },
      }),
      context.db.sitting.count({ where }),
    ]);
    return {
      rows: rows.map(({ _count, attempts, programme, capacity, ...row }) => ({
        ...row,
        plan: planOf(programme.blueprint),
        placesLeft: Math.max(0, capacity - _count.attempts),
        mine: attempts.length > 0,
      })),
      total,
      page: input.page,
      pageSize: input.pageSize,
    };
  },
});

/** What lobby and receipt show of one's own attempt. */
export const getMyAttempt = defineQuery({
  name: "getMyAttempt",
  permission: "booking:own",
  input: attemptInput,
  run: async (context, { attemptId }) => {
    const row = await context.db.attempt.findFirst({
      where: { AND: [{ id: attemptId }, ownAttempts(context.viewer)] },
      select: {
        id: true,
        reference: true,
        status: true,
        extraTimePercent: true,
        checkedInAt: true,
        startedAt: true,
        submittedAt: true,
        submittedBy: true,
        receipt: true,
        endReason: true,
        candidate: {
          select: {
            name: true,
            dateOfBirth: true,
            accommodations: { where: { endedAt: null }, select: { extraTimePercent: true } },
          },
        },
        sitting: { select: { ...sittingFields, programme: { select: programmeSelect } } },
        items: { select: { skill: true, response: { select: { value: true } } } },
      },
    });
    if (!row) throw notFound("This attempt");
    const now = context.clock.now();
    const { programme, ...sitting } = row.sitting;
    const { dateOfBirth, accommodations, name } = row.candidate;
    const extraTimePercent =
      row.status === "booked"
        ? Math.max(0, ...accommodations.map((entry) => entry.extraTimePercent))
        : row.extraTimePercent;
    const plan = planOf(programme.blueprint);
    return {
      id: row.id,
      reference: row.reference,
      status: row.status,
      checkedInAt: row.checkedInAt,
      startedAt: row.startedAt,
      submittedAt: row.submittedAt,
      submittedBy: row.submittedBy,
      receipt: row.receipt,
      endReason: row.endReason,
      candidateName: name,
      extraTimePercent,
      sitting,
      plan: {
        ...plan,
        sections: plan.sections.map((section) => ({
          ...section,
          seconds: section.seconds + extraTimeSeconds(section.seconds, extraTimePercent),
          answered: row.items.filter((item) => item.skill === section.skill && item.response?.value != null).length,
        })),
      },
      guardianAge: context.settings.guardianAge,
      age: dateOfBirth ? ageAt(dateOfBirth.getTime(), now.getTime()) : null,
      checkInOpensAt: new Date(sitting.startsAt.getTime() - checkInOpensSeconds * 1000),
      now,
    };
  },
});
export type MyAttempt = Awaited<ReturnType<typeof getMyAttempt>>;

// ── Staff ──────────────────────────────────────────────────────────────────────────────────────────────────────────

export const listSittings = defineQuery({
  name: "listSittings",
  permission: "attempt:watch",
  input: listSittingsInput,
  run: async (context, input) => {
    const now = context.clock.now();
    const where: Prisma.SittingWhereInput = {
      AND: [
        managedSittings(context.viewer),
        input.centreId ? { centreId: input.centreId } : {},
        input.when === "coming" ? { endsAt: { gte: now } } : input.when === "past" ? { endsAt: { lt: now } } : {},
      ],
    };
    const [rows, total] = await Promise.all([
      context.db.sitting.findMany({
        where,
        orderBy: [{ startsAt: input.when === "coming" ? "asc" : "desc" }, { id: "asc" }],
        ...skipTake(input),
        select: { ...sittingFields, programme: { select: { name: true, title: true } }, _count: takenCount },
      }),
      context.db.sitting.count({ where }),
    ]);
    const sittings = rows.map(({ _count, ...row }) => ({ ...row, taken: _count.attempts }));
    return { rows: sittings, total, page: input.page, pageSize: input.pageSize };
  },
});

export const getSitting = defineQuery({
  name: "getSitting",
  permission: "attempt:watch",
  input: sittingInput,
  run: async (context, { sittingId }) => {
    const row = await context.db.sitting.findFirst({
      where: { AND: [{ id: sittingId }, managedSittings(context.viewer)] },
      select: {
        ...sittingFields,
        cancelReason: true,
        programme: { select: { id: true, name: true, title: true } },
        _count: takenCount,
        attempts: {
          orderBy: [{ candidate: { name: "asc" } }, { id: "asc" }],
          take: 500,
          select: {
            id: true,
            reference: true,
            status: true,
            bookedAt: true,
            extraTimePercent: true,
            candidate: {
              select: {
                id: true,
                name: true,
                accommodations: { where: { endedAt: null }, select: { extraTimePercent: true } },
              },
            },
          },
        },
      },
    });
    if (!row) throw notFound("This sitting");
    const { _count, ...sitting } = row;
    return { ...sitting, taken: _count.attempts };
  },
});

/** What the form for a new sitting offers. */
export const getSittingChoices = defineQuery({
  name: "getSittingChoices",
  permission: "sitting:manage",
  input: nothing,
  run: async (context) => {
    const { centreIds } = requirePerson(context.viewer);
    const [centres, programmes] = await Promise.all([
      context.db.centre.findMany({
        where: centreIds.length > 0 ? { id: { in: [...centreIds] } } : {},
        orderBy: { name: "asc" },
        select: centreSelect,
      }),
      context.db.programme.findMany({
        orderBy: [{ name: "asc" }, { version: "desc" }],
        select: { id: true, name: true, version: true, title: true },
      }),
    ]);
    return { centres, programmes };
  },
});

export const listAttempts = defineQuery({
  name: "listAttempts",
  permission: "attempt:watch",
  input: listAttemptsInput,
  run: async (context, input) => {
    const where: Prisma.AttemptWhereInput = {
      AND: [
        watchedAttempts(context.viewer),
        input.state ? { status: input.state } : {},
        input.sittingId ? { sittingId: input.sittingId } : {},
        input.centreId ? { sitting: { centreId: input.centreId } } : {},
        input.search
          ? {
              OR: [
                { reference: { startsWith: input.search.toUpperCase() } },
                { candidate: { name: { contains: input.search, mode: "insensitive" } } },
              ],
            }
          : {},
        input.attention
          ? {
              OR: [
                { reviewReason: { not: null } },
                { items: { some: { recordings: { some: { status: "failed" } } } } },
              ],
            }
          : {},
      ],
    };
    const [rows, total] = await Promise.all([
      context.db.attempt.findMany({
        where,
        orderBy: [{ bookedAt: "desc" }, { id: "desc" }],
        ...skipTake(input),
        select: {
          id: true,
          reference: true,
          status: true,
          bookedAt: true,
          startedAt: true,
          submittedAt: true,
          reviewReason: true,
          candidate: { select: { name: true } },
          sitting: {
            select: {
              id: true,
              startsAt: true,
              centre: { select: centreSelect },
              programme: { select: { title: true } },
            },
          },
          sections: { orderBy: { position: "asc" }, select: { skill: true, status: true } },
          scripts: { select: { status: true } },
        },
      }),
      context.db.attempt.count({ where }),
    ]);
    return { rows, total, page: input.page, pageSize: input.pageSize };
  },
});

/**
 * One attempt for staff: sections with their time ledgers, and the answer ledger summed per item, never the answers, nor
 * the codes of its scripts: invigilators see this, and some of them mark.
 */
export const getAttemptDetail = defineQuery({
  name: "getAttemptDetail",
  permission: "attempt:watch",
  input: attemptInput,
  run: async (context, { attemptId }) => {
    const row = await context.db.attempt.findFirst({
      where: { AND: [{ id: attemptId }, watchedAttempts(context.viewer)] },
      select: {
        id: true,
        reference: true,
        status: true,
        writerEpoch: true,
        extraTimePercent: true,
        bookedAt: true,
        checkedInAt: true,
        startedAt: true,
        submittedAt: true,
        submittedBy: true,
        receipt: true,
        markedAt: true,
        releasedAt: true,
        endReason: true,
        reviewReason: true,
        candidate: { select: { id: true, name: true } },
        sitting: { select: { ...sittingFields, programme: { select: { title: true, name: true } } } },
        consents: { select: { kind: true, noticeVersion: true, givenAt: true }, orderBy: { givenAt: "asc" } },
        sections: {
          orderBy: { position: "asc" },
          select: {
            id: true,
            skill: true,
            position: true,
            status: true,
            openedAt: true,
            closedAt: true,
            closedBy: true,
            time: {
              orderBy: { createdAt: "asc" },
              select: { id: true, kind: true, seconds: true, reason: true, byId: true, createdAt: true },
            },
          },
        },
        items: {
          orderBy: [{ skill: "asc" }, { position: "asc" }],
          select: {
            id: true,
            skill: true,
            position: true,
            level: true,
            subSkill: true,
            item: { select: { slug: true } },
            itemVersion: { select: { version: true } },
            anchor: true,
            response: { select: { madeAt: true } },
            recordings: {
              orderBy: { take: "asc" },
              select: { id: true, take: true, status: true, durationSeconds: true, bytes: true, failure: true },
            },
          },
        },
      },
    });
    if (!row) throw notFound("This attempt");
    const ledger = await context.db.answerEntry.groupBy({
      by: ["attemptItemId", "standing"],
      where: { attemptId },
      _count: { _all: true },
      _max: { receivedAt: true },
    });
    return {
      ...row,
      sections: row.sections.map((section) => ({
        ...section,
        deadline: section.openedAt
          ? new Date(
              deadlineOf(
                section.openedAt.getTime(),
                section.time.map((entry) => entry.seconds),
              ),
            )
          : null,
      })),
      items: row.items.map((item) => ({
        ...item,
        ledger: ledger
          .filter((entry) => entry.attemptItemId === item.id)
          .map((entry) => ({ standing: entry.standing, entries: entry._count._all, last: entry._max.receivedAt })),
      })),
      now: context.clock.now(),
    };
  },
});

// ── For the worker ─────────────────────────────────────────────────────────────────────────────────────────────────

/** Attempts whose clock has made something due: the exact decision is taken again under the lock. */
export const listDueAttempts = defineQuery({
  name: "listDueAttempts",
  permission: "attempt:sweep",
  input: nothing,
  run: async (context) => {
    const now = context.clock.now();
    const rows = await context.db.$queryRaw<{ id: string }[]>`
      select a.id from attempt a
      where a.status = 'in_progress' and not exists (
        select 1 from attempt_section s
        where s.attempt_id = a.id and s.status = 'open'
          and s.opened_at + make_interval(secs =>
            (select coalesce(sum(t.seconds), 0) from section_time_entry t where t.section_id = s.id) + ${sweepGraceMs / 1000}::float8)
            >= ${now})
      order by a.id limit 500`;
    return rows.map((row) => row.id);
  },
});

export const recordingToProcess = defineQuery({
  name: "recordingToProcess",
  permission: "attempt:sweep",
  input: recordingInput,
  run: async (context, { recordingId }) => {
    const recording = await context.db.recording.findUnique({
      where: { id: recordingId },
      select: {
        status: true,
        chunkCount: true,
        attemptItem: { select: { attemptId: true } },
        chunks: { orderBy: { index: "asc" }, select: { index: true, sha256: true, bytes: true, storageKey: true } },
      },
    });
    if (recording?.status !== "complete" || recording.chunkCount === null) return null;
    const { chunkCount, chunks, attemptItem } = recording;
    return { chunkCount, attemptId: attemptItem.attemptId, chunks: chunks.slice(0, chunkCount) };
  },
});
