import type { CommandContext } from "../kernel/context.ts";
import { computeResultJob } from "../results/schema.ts";

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
