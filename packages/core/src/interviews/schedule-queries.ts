import { isAcquainted } from "../delivery/slot-steps.ts";
import { defineQuery } from "../kernel/define.ts";
import { can, examinerRoles, requirePerson } from "../kernel/policy.ts";
import { browseTimesInput, listSlotsInput, nothing } from "./schema.ts";
import { isInterviewProgramme, manageableSlots } from "./scope.ts";

const centreSelect = { id: true, name: true, timeZone: true, address: true } as const;

/** The slots of a stretch of time: all of them for an admin, her own for an examiner. */
export const listInterviewSlots = defineQuery({
  name: "listInterviewSlots",
  permission: "interview:schedule",
  input: listSlotsInput,
  run: async ({ db, viewer }, { from, until, examinerId }) => {
    const rows = await db.interviewSlot.findMany({
      where: {
        AND: [manageableSlots(viewer), examinerId === undefined ? {} : { examinerId }],
        sitting: { startsAt: { gte: from, lt: until }, cancelledAt: null },
      },
      orderBy: [{ sitting: { startsAt: "asc" } }, { sittingId: "asc" }],
      take: 1000,
      select: {
        sittingId: true,
        examiner: { select: { id: true, name: true } },
        sitting: {
          select: {
            startsAt: true,
            endsAt: true,
            bookBefore: true,
            changeBefore: true,
            centre: { select: centreSelect },
            programme: { select: { title: true } },
            attempts: {
              where: { status: { notIn: ["cancelled", "voided"] } },
              select: { id: true, status: true, candidate: { select: { name: true } } },
              take: 1,
            },
          },
        },
      },
    });
    return rows.map(({ sitting: { attempts, ...sitting }, ...row }) => {
      const [attempt] = attempts;
      return {
        ...row,
        ...sitting,
        booking: attempt
          ? { attemptId: attempt.id, status: attempt.status, candidateName: attempt.candidate.name }
          : null,
      };
    });
  },
});
export type InterviewSlotRow = Awaited<ReturnType<typeof listInterviewSlots>>[number];

/** What the form for new slots offers. */
export const getSlotChoices = defineQuery({
  name: "getSlotChoices",
  permission: "interview:schedule",
  input: nothing,
  run: async ({ db, viewer }) => {
    const { personId, centreIds } = requirePerson(viewer);
    const [centres, programmes, examiners] = await Promise.all([
      db.centre.findMany({
        where: centreIds.length > 0 ? { id: { in: [...centreIds] } } : {},
        orderBy: { name: "asc" },
        select: centreSelect,
      }),
      db.programme.findMany({
        orderBy: [{ name: "asc" }, { version: "desc" }],
        select: { id: true, name: true, version: true, title: true, blueprint: true },
      }),
      db.person.findMany({
        where: {
          status: "active",
          roles: { some: { role: { in: [...examinerRoles] } } },
          ...(!can(viewer, "interview:reassign") && { id: personId }),
        },
        orderBy: [{ name: "asc" }, { id: "asc" }],
        select: { id: true, name: true },
      }),
    ]);
    return {
      centres,
      programmes: programmes.flatMap(({ blueprint, ...programme }) =>
        isInterviewProgramme(blueprint) ? [programme] : [],
      ),
      examiners,
    };
  },
});

/**
 * The times a candidate may book, each once however many examiners are free then. Who the examiner is she learns when they
 * meet.
 */
export const browseInterviewTimes = defineQuery({
  name: "browseInterviewTimes",
  permission: "sitting:browse",
  input: browseTimesInput,
  run: async ({ db, viewer, clock }, { exceptAttemptId }) => {
    const { personId } = requirePerson(viewer);
    const now = clock.now();
    const me = await db.person.findUniqueOrThrow({
      where: { id: personId },
      select: { id: true, school: true, timeZone: true },
    });
    const [mine, moving, rows] = await Promise.all([
      db.attempt.findMany({
        where: {
          candidateId: personId,
          status: { in: ["booked", "checked_in", "in_progress"] },
          sitting: { interview: { isNot: null } },
          ...(exceptAttemptId !== undefined && { id: { not: exceptAttemptId } }),
        },
        select: { sitting: { select: { startsAt: true, endsAt: true } } },
      }),
      exceptAttemptId === undefined
        ? null
        : db.attempt.findFirst({
            where: { id: exceptAttemptId, candidateId: personId },
            select: { sittingId: true, sitting: { select: { programmeId: true } } },
          }),
      db.sitting.findMany({
        where: {
          interview: { examiner: { status: "active" } },
          cancelledAt: null,
          bookBefore: { gt: now },
          attempts: { none: { status: { not: "cancelled" } } },
        },
        orderBy: [{ startsAt: "asc" }, { id: "asc" }],
        take: 2000,
        select: {
          id: true,
          startsAt: true,
          endsAt: true,
          bookBefore: true,
          changeBefore: true,
          centre: { select: centreSelect },
          programme: { select: { id: true, title: true } },
          interview: { select: { examiner: { select: { id: true, school: true } } } },
        },
      }),
    ]);
    const seen = new Set<string>();
    const times = rows.flatMap(({ interview, ...row }) => {
      if (!interview || isAcquainted(interview.examiner, me)) return [];
      if (moving && row.programme.id !== moving.sitting.programmeId) return [];
      if (mine.some(({ sitting }) => sitting.startsAt < row.endsAt && row.startsAt < sitting.endsAt)) return [];
      const place = `${row.startsAt.getTime()} ${row.centre.id} ${row.programme.id} ${row.endsAt.getTime()}`;
      if (seen.has(place)) return [];
      seen.add(place);
      return [row];
    });
    return { times, timeZone: me.timeZone };
  },
});
export type InterviewTime = Awaited<ReturnType<typeof browseInterviewTimes>>["times"][number];
