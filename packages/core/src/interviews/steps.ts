import type { SqlTransaction } from "@bandwise/db/client";
import { type LockedAttempt, lockAttempt } from "../delivery/steps.ts";
import type { CommandContext } from "../kernel/context.ts";
import { notFound } from "../kernel/errors.ts";
import { requirePerson } from "../kernel/policy.ts";
import { concludeInterviewJob } from "./schema.ts";

/** The attempt, locked, if this examiner is the one who is to hold its interview. */
export async function lockHeld(context: CommandContext<SqlTransaction>, attemptId: string): Promise<LockedAttempt> {
  const { personId } = requirePerson(context.viewer);
  const attempt = await lockAttempt(context.tx, () => true, attemptId);
  if (attempt.sitting.examinerId !== personId) throw notFound("This interview");
  return attempt;
}

/** The session, locked, if this examiner opened it. */
export async function lockInterview({ tx, viewer }: CommandContext, attemptId: string) {
  const { personId } = requirePerson(viewer);
  await tx.$queryRaw`select 1 from interview where attempt_id = ${attemptId}::uuid for update`;
  const interview = await tx.interview.findFirst({ where: { attemptId, examinerId: personId } });
  if (!interview) throw notFound("This interview");
  return interview;
}

/** Its marks stand: what follows waits for its sound. */
export async function closeInterview(
  context: CommandContext,
  attemptId: string,
  by: "examiner" | "time",
): Promise<void> {
  await context.tx.interview.update({
    where: { attemptId },
    data: { status: "final", finalAt: context.now, finalBy: by, cardCodeHash: null },
  });
  context.audit({ subjectType: "attempt", subjectId: attemptId, action: "interviewFinal", detail: { by } });
  context.enqueue(concludeInterviewJob, { attemptId });
}
