import { Prisma } from "@bandwise/db/client";
import type { CommandContext } from "../kernel/context.ts";
import { computeResultJob } from "../results/schema.ts";
import { schemeOf } from "./policy-rules.ts";
import { scriptOutcome } from "./policy-schema.ts";
import { answerId, answerSelect, isAnswered, isOutdated, judgedBy, liveOnly } from "./rules.ts";
import { askForSecondMarks } from "./settle-steps.ts";
import { statusAtFirst } from "./speech-rules.ts";
import { rateSpeechJob } from "./speech-schema.ts";

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

/** Of an answer that another one has replaced: whoever judges first judges anew, a machine too. */
export function judgedAnew(context: Pick<CommandContext, "now" | "enqueue">, script: { id: string; policy: unknown }) {
  const status = statusAtFirst(schemeOf(script.policy));
  if (status === "with_machine") context.enqueue(rateSpeechJob, { scriptId: script.id, tries: 0 });
  return { status, criteria: [], waitingSince: context.now, settledAt: null, outcome: Prisma.DbNull };
}

/**
 * Puts responses back to be judged that settled as never given, or by a machine on another answer, where something made in time
 * has arrived since, and the attempt back into marking with them. @returns how many there were.
 */
export async function reopenAnsweredLate(
  context: CommandContext,
  attempt: { readonly id: string; readonly status: string },
): Promise<number> {
  const { tx } = context;
  const unrated = await tx.script.findMany({
    where: { attemptId: attempt.id, status: "settled", ratings: { none: { status: "final" } } },
    select: {
      id: true,
      skill: true,
      policy: true,
      outcome: true,
      attemptItem: { select: answerSelect },
      machineRatings: { select: { id: true, entryId: true, recordingId: true } },
    },
  });
  const late = unrated.filter(({ skill, attemptItem, outcome, machineRatings }) => {
    const item = liveOnly(attemptItem);
    if (!isAnswered({ skill, value: item.response?.value, recordings: item.recordings })) return false;
    const by = scriptOutcome.safeParse(outcome).data?.machine;
    const machine = machineRatings.find(({ id }) => id === by);
    return machine === undefined || isOutdated(skill, judgedBy(machine), answerId({ skill, ...item }));
  });
  if (late.length === 0) return 0;
  for (const script of late) {
    await tx.script.update({
      where: { id: script.id },
      data: { ...judgedAnew(context, script), version: { increment: 1 } },
    });
  }
  await backToMarking(context, attempt);
  context.audit({
    subjectType: "attempt",
    subjectId: attempt.id,
    action: "reopenAnsweredLate",
    detail: { from: attempt.status, to: "marking", scripts: late.length },
  });
  return late.length;
}
