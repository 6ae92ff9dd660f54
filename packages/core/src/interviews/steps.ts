import type { SqlTransaction } from "@bandwise/db/client";
import { closeSection, handIn, type LockedAttempt, loadSections, lockAttempt } from "../delivery/steps.ts";
import type { CommandContext } from "../kernel/context.ts";
import { notFound } from "../kernel/errors.ts";
import { requirePerson } from "../kernel/policy.ts";
import type { Bands } from "./ledger.ts";
import { coolingOffSecondsDefault } from "./rules.ts";
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

/** It is over and marked: the attempt is handed in, and for a while the marks may still be changed. */
export async function markInterview(
  context: CommandContext<SqlTransaction>,
  attempt: LockedAttempt,
  marks: { readonly bands: Bands; readonly comment: string },
  by: "examiner" | "time",
): Promise<Date> {
  const { tx, now } = context;
  for (const section of await loadSections(tx, attempt.id)) {
    if (section.status === "open") await closeSection(context, attempt.id, section, by);
  }
  await handIn(context, attempt, by);
  const seconds = attempt.blueprint.interview?.coolingOffSeconds ?? coolingOffSecondsDefault;
  const amendableUntil = new Date(now.getTime() + seconds * 1000);
  await tx.$executeRaw`
    update interview set status = 'cooling_off', scores = ${JSON.stringify(marks.bands)}::jsonb, comment = ${marks.comment},
      finished_at = ${now}::timestamptz, amendable_until = ${amendableUntil}::timestamptz
    where attempt_id = ${attempt.id}::uuid`;
  return amendableUntil;
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
