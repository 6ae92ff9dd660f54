import { type Prisma, Prisma as sql, type Transaction } from "@bandwise/db/client";
import { allotForm, markPresented } from "../bank/steps.ts";
import type { CommandContext } from "../kernel/context.ts";
import { conflict, notFound } from "../kernel/errors.ts";
import { createScriptsJob } from "../marking/schema.ts";
import { scoreObjectiveJob } from "../results/schema.ts";
import { type AttemptState, deadlineOf, extraTimeSeconds, type SittingFacts } from "./rules.ts";
import { type Blueprint, blueprint } from "./schema.ts";

/** An attempt as commands see it: locked, so that what they decide still holds when they write. */
export interface LockedAttempt {
  readonly id: string;
  readonly reference: string;
  readonly candidateId: string;
  readonly sittingId: string;
  readonly status: AttemptState;
  readonly version: number;
  readonly writerEpoch: number;
  readonly writerClientId: string | null;
  readonly extraTimePercent: number;
  readonly receipt: string | null;
  readonly submittedAt: Date | null;
  readonly sitting: SittingFacts & { readonly centreId: string };
  readonly blueprint: Blueprint;
}

/**
 * Loads an attempt through the caller's scope and locks its row: the attempt is the mutex of everything that happens in
 * it. Saves hold it shared, so they never wait for each other.
 */
export async function lockAttempt(
  tx: Transaction,
  where: Prisma.AttemptWhereInput,
  attemptId: string,
): Promise<LockedAttempt> {
  await tx.$queryRaw`select 1 from attempt where id = ${attemptId}::uuid for no key update`;
  const row = await tx.attempt.findFirst({
    where: { AND: [{ id: attemptId }, where] },
    select: {
      id: true,
      reference: true,
      candidateId: true,
      sittingId: true,
      status: true,
      version: true,
      writerEpoch: true,
      writerClientId: true,
      extraTimePercent: true,
      receipt: true,
      submittedAt: true,
      sitting: { select: { ...sittingSelect, programme: { select: { blueprint: true } } } },
    },
  });
  if (!row) throw notFound("This attempt");
  return {
    ...row,
    sitting: { ...sittingFacts(row.sitting), centreId: row.sitting.centreId },
    blueprint: blueprint.parse(row.sitting.programme.blueprint),
  };
}

export const sittingSelect = {
  id: true,
  centreId: true,
  startsAt: true,
  endsAt: true,
  capacity: true,
  bookBefore: true,
  changeBefore: true,
  cancelledAt: true,
} as const;

export function sittingFacts(row: {
  startsAt: Date;
  endsAt: Date;
  capacity: number;
  bookBefore: Date;
  changeBefore: Date;
  cancelledAt: Date | null;
}): SittingFacts {
  return {
    startsAt: row.startsAt.getTime(),
    endsAt: row.endsAt.getTime(),
    bookBefore: row.bookBefore.getTime(),
    changeBefore: row.changeBefore.getTime(),
    capacity: row.capacity,
    cancelled: row.cancelledAt !== null,
  };
}

/** Locks sittings in the order of their ids, so that two moves in opposite directions cannot deadlock. */
export async function lockSittings(tx: Transaction, sittingIds: readonly string[]): Promise<void> {
  await tx.$queryRaw`
    select 1 from sitting where id in (${sql.join([...sittingIds].map((id) => sql.sql`${id}::uuid`))})
    order by id for no key update`;
}

/** Places taken: every attempt but the cancelled ones. */
export function countTaken(tx: Transaction, sittingId: string): Promise<number> {
  return tx.attempt.count({ where: { sittingId, status: { not: "cancelled" } } });
}

/** Moves an attempt on if nobody moved it since it was read. */
export async function moveAttempt(
  context: CommandContext,
  attempt: Pick<LockedAttempt, "id" | "status" | "version">,
  to: AttemptState,
  data: Prisma.AttemptUpdateManyMutationInput = {},
): Promise<void> {
  const { count } = await context.tx.attempt.updateMany({
    where: { id: attempt.id, status: attempt.status, version: attempt.version },
    data: { ...data, status: to, version: { increment: 1 } },
  });
  if (count !== 1) throw conflict();
  context.audit({ subjectType: "attempt", subjectId: attempt.id, detail: { from: attempt.status, to } });
}

export interface SectionRow {
  readonly id: string;
  readonly skill: "reading" | "listening" | "writing" | "speaking";
  readonly position: number;
  readonly status: "not_open" | "open" | "closed";
  readonly openedAt: number | null;
  readonly closedAt: number | null;
  readonly closedBy: string | null;
  readonly seconds: number;
  readonly deadline: number | null;
}

export async function loadSections(tx: Transaction, attemptId: string): Promise<SectionRow[]> {
  const rows = await tx.attemptSection.findMany({
    where: { attemptId },
    orderBy: { position: "asc" },
    select: {
      id: true,
      skill: true,
      position: true,
      status: true,
      openedAt: true,
      closedAt: true,
      closedBy: true,
      time: { select: { seconds: true } },
    },
  });
  return rows.map(({ time, openedAt, closedAt, ...row }) => {
    const granted = time.map((entry) => entry.seconds);
    return {
      ...row,
      openedAt: openedAt?.getTime() ?? null,
      closedAt: closedAt?.getTime() ?? null,
      seconds: granted.reduce((sum, seconds) => sum + seconds, 0),
      deadline: openedAt ? deadlineOf(openedAt.getTime(), granted) : null,
    };
  });
}

/** Allots the form and lays out the sections with their time ledgers; the first one opens at once. */
export async function layOutAttempt(context: CommandContext, attempt: LockedAttempt): Promise<void> {
  const { tx, ids, now } = context;
  const { sections } = attempt.blueprint;
  await allotForm(context, { attemptId: attempt.id, candidateId: attempt.candidateId, sections });
  const rows = sections.map((section, index) => ({ section, id: ids.uuid(), position: index + 1 }));
  await tx.attemptSection.createMany({
    data: rows.map(({ section, id, position }) => ({
      id,
      attemptId: attempt.id,
      skill: section.skill,
      position,
      ...(position === 1 && { status: "open" as const, openedAt: now }),
    })),
  });
  await tx.sectionTimeEntry.createMany({
    data: rows.flatMap(({ section, id }) => {
      const extra = extraTimeSeconds(section.seconds, attempt.extraTimePercent);
      const entry = (kind: "base" | "extra_time", seconds: number, reason: string) => ({
        id: ids.uuid(),
        sectionId: id,
        kind,
        seconds,
        reason,
        createdAt: now,
      });
      return [
        entry("base", section.seconds, "programme"),
        ...(extra > 0 ? [entry("extra_time", extra, `accommodation of ${attempt.extraTimePercent} %`)] : []),
      ];
    }),
  });
  const [first] = sections;
  if (first) await markPresented(context, attempt.id, first.skill);
}

export async function openSection(context: CommandContext, attemptId: string, section: SectionRow): Promise<void> {
  const { count } = await context.tx.attemptSection.updateMany({
    where: { id: section.id, status: "not_open" },
    data: { status: "open", openedAt: context.now },
  });
  if (count !== 1) throw conflict();
  await markPresented(context, attemptId, section.skill);
  context.audit({
    subjectType: "attempt",
    subjectId: attemptId,
    action: "openSection",
    detail: { section: section.skill, position: section.position },
  });
}

export async function closeSection(
  context: CommandContext,
  attemptId: string,
  section: SectionRow,
  by: "candidate" | "time",
): Promise<void> {
  const { count } = await context.tx.attemptSection.updateMany({
    where: { id: section.id, status: "open" },
    data: { status: "closed", closedAt: context.now, closedBy: by },
  });
  if (count !== 1) throw conflict();
  context.audit({
    subjectType: "attempt",
    subjectId: attemptId,
    action: "closeSection",
    detail: { section: section.skill, position: section.position, by },
  });
}

/** The end of the candidate's part: a receipt, and scoring and marking set going. */
export async function finishAttempt(
  context: CommandContext,
  attempt: LockedAttempt,
  by: "candidate" | "time",
): Promise<string> {
  const receipt = context.ids.code(3);
  await moveAttempt(context, attempt, "submitted", { submittedAt: context.now, submittedBy: by, receipt });
  context.enqueue(scoreObjectiveJob, { attemptId: attempt.id });
  context.enqueue(createScriptsJob, { attemptId: attempt.id });
  return receipt;
}
