import type { Prisma } from "@bandwise/db/client";
import { defineQuery } from "../kernel/define.ts";
import { notFound } from "../kernel/errors.ts";
import { skipTake } from "../kernel/page.ts";
import { requirePerson } from "../kernel/policy.ts";
import { hasModel } from "./hearing.ts";
import { ageAt, checkInOpensSeconds, extraTimeSeconds } from "./rules.ts";
import { attemptInput, browseSittingsInput, nothing } from "./schema.ts";
import { ownAttempts } from "./scope.ts";
import { planOf, programmeSelect, sittingFields, takenCount } from "./sitting-select.ts";

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
        sitting: {
          select: {
            ...sittingFields,
            programme: { select: programmeSelect },
            interview: { select: { sittingId: true } },
          },
        },
      },
    });
    return rows.map(({ sitting: { programme, interview, ...sitting }, ...row }) => ({
      ...row,
      sitting,
      /** Held by an examiner at a fixed time, not sat alone. */
      interview: interview !== null,
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
    const where: Prisma.SittingWhereInput = {
      cancelledAt: null,
      bookBefore: { gt: now },
      endsAt: { gt: now },
      // Interviews are booked by day and time.
      interview: { is: null },
    };
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
        sitting: {
          select: {
            ...sittingFields,
            programme: { select: programmeSelect },
            interview: { select: { sittingId: true } },
          },
        },
        items: { select: { skill: true, response: { select: { value: true } } } },
      },
    });
    if (!row) throw notFound("This attempt");
    const now = context.clock.now();
    const { programme, interview, ...sitting } = row.sitting;
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
      interview: interview !== null,
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
      /** The host of the language model that is the partner of this exam's conversations; null: there is none. */
      partnerHost: hasModel(context, programme.name) ? new URL(context.settings.partner?.url ?? "").host : null,
      age: dateOfBirth ? ageAt(dateOfBirth.getTime(), now.getTime()) : null,
      checkInOpensAt: new Date(sitting.startsAt.getTime() - checkInOpensSeconds * 1000),
      now,
    };
  },
});

export type MyAttempt = Awaited<ReturnType<typeof getMyAttempt>>;
