import type { Prisma } from "@bandwise/db/client";
import { defineQuery } from "../kernel/define.ts";
import { notFound } from "../kernel/errors.ts";
import { skipTake } from "../kernel/page.ts";
import { requirePerson } from "../kernel/policy.ts";
import { deadlineOf } from "./rules.ts";
import { attemptInput, listAttemptsInput, listSittingsInput, nothing, sittingInput } from "./schema.ts";
import { managedSittings, watchedAttempts } from "./scope.ts";
import { centreSelect, sittingFields, takenCount } from "./sitting-select.ts";

export const listSittings = defineQuery({
  name: "listSittings",
  permission: "attempt:watch",
  input: listSittingsInput,
  run: async (context, input) => {
    const now = context.clock.now();
    const where: Prisma.SittingWhereInput = {
      AND: [
        managedSittings(context.viewer),
        // Interviews have a calendar of their own.
        { interview: { is: null } },
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
        formSet: { select: { id: true, name: true } },
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
            fixedForm: { select: { label: true } },
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
    const [centres, programmes, formSets] = await Promise.all([
      context.db.centre.findMany({
        where: centreIds.length > 0 ? { id: { in: [...centreIds] } } : {},
        orderBy: { name: "asc" },
        select: centreSelect,
      }),
      context.db.programme.findMany({
        orderBy: [{ name: "asc" }, { version: "desc" }],
        select: { id: true, name: true, version: true, title: true },
      }),
      context.db.formSet.findMany({
        where: { publishedAt: { not: null }, retiredAt: null },
        orderBy: { publishedAt: "desc" },
        select: { id: true, name: true, programmeId: true },
      }),
    ]);
    return { centres, programmes, formSets };
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
