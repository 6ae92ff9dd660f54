import type { CommandContext } from "../kernel/context.ts";
import { computeResultJob } from "../results/schema.ts";
import { isAnswered, liveOnly } from "./rules.ts";
import { askForSecondMarks } from "./settle-steps.ts";

/**
 * Taken first by whoever writes rows that point to an attempt and then moves the attempt on: such rows hold a shared lock
 * on it, and two that want to raise theirs would wait for each other for ever.
 */
export async function lockAttemptRow(tx: CommandContext["tx"], attemptId: string): Promise<void> {
  await tx.$queryRaw`select 1 from attempt where id = ${attemptId}::uuid for update`;
}

/**
 * Moves an attempt on when nothing about it is left to mark: every script settled and both objective sections scored.
 * Asked after each settled script and after objective scoring, whichever comes last.
 */
export async function finishMarkingIfDone(context: CommandContext, attemptId: string): Promise<boolean> {
  const { tx, now } = context;
  // The row lock makes the last two scripts, settled at the same moment, wait for each other: one of them sees both.
  const [attempt] = await tx.$queryRaw<
    { status: string; version: number; open: number; scored: number; objective: number }[]
  >`
    select a.status::text as status, a.version,
           (select count(*)::int from script s where s.attempt_id = a.id and s.status <> 'settled') as open,
           (select count(*)::int from section_score c where c.attempt_id = a.id) as scored,
           (select count(*)::int from attempt_section t where t.attempt_id = a.id and t.skill in ('reading', 'listening')) as objective
    from attempt a where a.id = ${attemptId}::uuid for update of a`;
  if (attempt?.status !== "marking" || attempt.open > 0 || attempt.scored < attempt.objective) return false;
  if ((await askForSecondMarks(context, attemptId)) > 0) return false;
  await tx.attempt.update({
    where: { id: attemptId },
    data: { status: "marked", version: { increment: 1 }, markedAt: now },
  });
  context.audit({
    subjectType: "attempt",
    subjectId: attemptId,
    action: "attempt.marked",
    detail: { from: "marking", to: "marked" },
  });
  context.enqueue(computeResultJob, { attemptId });
  return true;
}

/** An attempt that was marked waits for marks again; what was worked out from the old ones no longer stands. */
export async function backToMarking(
  { tx, now }: CommandContext,
  attempt: { readonly id: string; readonly status: string },
): Promise<void> {
  if (attempt.status !== "marked") return;
  await tx.attempt.update({
    where: { id: attempt.id },
    data: { status: "marking", version: { increment: 1 }, markedAt: null },
  });
  await tx.result.updateMany({
    where: { attemptId: attempt.id, status: "provisional" },
    data: { status: "superseded", supersededAt: now },
  });
}

/**
 * Puts responses that settled as never given back in the queue where something made in time has arrived since, and the attempt
 * back into marking with them. @returns how many there were.
 */
export async function reopenAnsweredLate(
  context: CommandContext,
  attempt: { readonly id: string; readonly status: string },
): Promise<number> {
  const { tx, now } = context;
  const unrated = await tx.script.findMany({
    where: { attemptId: attempt.id, status: "settled", ratings: { none: { status: "final" } } },
    select: {
      id: true,
      skill: true,
      attemptItem: { select: { response: { select: { value: true } }, recordings: { select: { status: true } } } },
    },
  });
  const late = unrated.filter(({ skill, attemptItem }) => {
    const { response, recordings } = liveOnly(attemptItem);
    return isAnswered({ skill, value: response?.value, recordings });
  });
  if (late.length === 0) return 0;
  await tx.script.updateMany({
    where: { id: { in: late.map(({ id }) => id) } },
    data: { status: "waiting", version: { increment: 1 }, waitingSince: now, settledAt: null },
  });
  await backToMarking(context, attempt);
  context.audit({
    subjectType: "attempt",
    subjectId: attempt.id,
    action: "reopenAnsweredLate",
    detail: { from: attempt.status, to: "marking", scripts: late.length },
  });
  return late.length;
}
