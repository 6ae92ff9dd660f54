import { z } from "zod";
import type { CommandContext } from "../kernel/context.ts";
import { conflict } from "../kernel/errors.ts";
import { machineRatingJob } from "./machine-schema.ts";
import { asksMachine, marksAtFirst, policyFor } from "./policy-rules.ts";
import { storedPolicies } from "./policy-steps.ts";
import { isAnswered } from "./rules.ts";
import { statusAtFirst } from "./speech-rules.ts";
import { lockAttemptRow } from "./steps.ts";

/** While a recording is still being joined and checked, the attempt's scripts wait this long for it. */
export const recordingRetrySeconds = 5;

interface MadeScript {
  readonly id: string;
  readonly attemptItemId: string;
  readonly status: "waiting" | "settled" | "with_machine";
}

/**
 * Makes the scripts of a submitted attempt, which is being marked from then on. A response that was never given settles at
 * once, without a marker: there is nothing to judge.
 *
 * @param judgedLive the item of an interview: its examiner has heard it, whether or not there is a recording.
 */
export async function makeScripts(
  context: CommandContext,
  attemptId: string,
  judgedLive?: string,
): Promise<readonly MadeScript[] | "not-submitted" | "waiting-for-recordings"> {
  const { tx, now, ids } = context;
  await lockAttemptRow(tx, attemptId);
  const attempt = await tx.attempt.findUnique({
    where: { id: attemptId },
    select: {
      status: true,
      version: true,
      submittedAt: true,
      sitting: { select: { programme: { select: { name: true, blueprint: true } } } },
      items: {
        where: { skill: { in: ["writing", "speaking"] }, scored: true },
        orderBy: [{ skill: "asc" }, { position: "asc" }],
        select: {
          id: true,
          skill: true,
          level: true,
          response: { select: { value: true } },
          recordings: { select: { status: true } },
        },
      },
    },
  });
  if (attempt?.status !== "submitted") return "not-submitted";
  // An upload that is still on its way, or has just been left off, is joined within minutes: nothing settles before.
  const unheard = ["recording", "complete"];
  if (attempt.items.some((item) => item.recordings.some((recording) => unheard.includes(recording.status)))) {
    return "waiting-for-recordings";
  }
  const moved = await tx.attempt.updateMany({
    where: { id: attemptId, version: attempt.version },
    data: { status: "marking", version: { increment: 1 } },
  });
  if (moved.count === 0) throw conflict();
  const { name: programme, blueprint } = attempt.sitting.programme;
  const { scheme } = z.object({ scheme: z.string() }).parse(blueprint);
  const stored = await storedPolicies(tx, programme);
  let unheardTwice = false;
  const scripts = attempt.items.flatMap((item) => {
    const { skill } = item;
    if (skill !== "writing" && skill !== "speaking") return [];
    const heard = isAnswered({ ...item, value: item.response?.value });
    const answered = heard || item.id === judgedLive;
    const status = answered ? statusAtFirst(scheme) : ("settled" as const);
    const id = ids.uuid();
    const policy = policyFor(stored, { programme, scheme, skill, level: item.level });
    const due = marksAtFirst(policy.data, id);
    // Where nothing was recorded there is nothing that a second examiner could listen to.
    const first = heard || !answered ? due : { marks: 1, reason: null };
    unheardTwice ||= due.marks > first.marks;
    return {
      id,
      policy,
      needsQualification: policy.data.qualification,
      ratingsNeeded: first.marks,
      secondReason: first.reason,
      code: ids.code(2),
      attemptId,
      attemptItemId: item.id,
      skill: item.skill,
      level: item.level,
      // A machine has its time from now on, however long the sound was on its way.
      waitingSince: status === "with_machine" ? now : (attempt.submittedAt ?? now),
      status,
      ...(!answered && { settledAt: now }),
    };
  });
  await tx.script.createMany({ data: scripts });
  if (unheardTwice) {
    await tx.attempt.updateMany({
      where: { id: attemptId, reviewReason: null },
      data: { reviewReason: "Two marks were due, and nothing of the interview was recorded." },
    });
  }
  for (const { id, skill, policy, ...rest } of scripts) {
    if (asksMachine(policy, skill) && !("settledAt" in rest)) context.enqueue(machineRatingJob, { scriptId: id });
  }
  context.audit({
    subjectType: "attempt",
    subjectId: attemptId,
    detail: { from: "submitted", to: "marking", scripts: scripts.length },
  });
  return scripts;
}
