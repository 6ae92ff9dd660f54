import { Prisma } from "@bandwise/db/client";
import { blueprint } from "../delivery/schema.ts";
import type { CommandContext } from "../kernel/context.ts";
import { AppError, conflict, notFound } from "../kernel/errors.ts";
import { mailJob } from "../people/schema.ts";
import { automaticObstacle } from "./release-rules.ts";
import { releaseObstacle } from "./rules.ts";
import { issueCertificateJob } from "./schema.ts";

/** What `releaseAttempt` asks of an attempt. */
export const releasable = {
  id: true,
  reference: true,
  status: true,
  version: true,
  reviewReason: true,
  candidateId: true,
  results: { where: { status: "provisional" }, select: { id: true, status: true } },
} as const satisfies Prisma.AttemptSelect;

type ReleasableAttempt = Prisma.AttemptGetPayload<{ select: typeof releasable }>;

/**
 * Releases an attempt's provisional result and asks for its certificate and mail. Never twice: the attempt's status and
 * version are part of the write.
 *
 * @param releasedById null: by the programme's rule
 * @throws CONFLICT saying why it cannot be released
 */
export async function releaseAttempt(
  context: CommandContext,
  attempt: ReleasableAttempt,
  releasedById: string | null,
): Promise<void> {
  const { tx, now } = context;
  const result = attempt.results[0];
  const obstacle = releaseObstacle({ ...attempt, resultStatus: result?.status ?? null });
  if (obstacle !== null || !result) {
    throw new AppError("CONFLICT", `${attempt.reference} cannot be released. ${obstacle ?? ""} Nothing was released.`);
  }
  const moved = await tx.attempt.updateMany({
    // A late answer may ask for a review between our reading and this line.
    where: { id: attempt.id, status: "marked", version: attempt.version, reviewReason: null },
    data: { status: "released", version: { increment: 1 }, releasedAt: now },
  });
  if (moved.count === 0) throw conflict();
  await tx.result.update({
    where: { id: result.id },
    data: { status: "released", releasedAt: now, releasedById },
  });
  context.audit({
    subjectType: "result",
    subjectId: result.id,
    ...(releasedById === null && { action: "result.released-by-rule" }),
    detail: {
      attemptId: attempt.id,
      to: "released",
      ...(releasedById === null && { rule: "automatic: all marks final, nothing in doubt" }),
    },
  });
  context.enqueue(issueCertificateJob, { resultId: result.id });
  context.enqueue(mailJob, { kind: "result", personId: attempt.candidateId, subjectId: result.id });
}

/**
 * Releases the attempt where its programme says that results release themselves and nothing is in doubt. The attempt's row
 * is locked by the caller: an admin who presses at the same time waits, and finds it released.
 *
 * @returns what it was: released, or why not
 */
export async function releaseByRule(context: CommandContext, attemptId: string): Promise<"released" | string> {
  const { tx } = context;
  const attempt = await tx.attempt.findUnique({
    where: { id: attemptId },
    select: { ...releasable, sitting: { select: { programme: { select: { blueprint: true } } } } },
  });
  if (!attempt) throw notFound("The attempt");
  const { sitting, ...rest } = attempt;
  const rule = blueprint.parse(sitting.programme.blueprint).release ?? "by-admin";
  const obstacle = automaticObstacle({
    ...rest,
    resultStatus: rest.results[0]?.status ?? null,
    rule,
    marksInDoubt: rule === "automatic" ? (await marksInDoubt(tx, [attemptId])).length : 0,
  });
  if (obstacle !== null) return obstacle;
  await releaseAttempt(context, rest, null);
  return "released";
}

/**
 * Of these attempts those that rest on marks given since the last good seed of an examiner whose queue stands still, or who has to
 * qualify again while nobody has sent them back.
 */
export async function marksInDoubt(
  db: Pick<CommandContext["tx"], "$queryRaw">,
  attemptIds: readonly string[],
): Promise<readonly string[]> {
  if (attemptIds.length === 0) return [];
  const rows = await db.$queryRaw<{ id: string }[]>`
    select distinct s.attempt_id as id from script s
    join rating r on r.script_id = s.id and r.status = 'final' and r.role = 'mark'
    join marking_hold h on h.person_id = r.rater_id and h.skill = s.skill and r.final_at <= h.opened_at
      and (h.decided_at is null or h.verdict = 'requalify' and h.sent_back_at is null)
    where s.attempt_id in (${Prisma.join(attemptIds.map((id) => Prisma.sql`${id}::uuid`))})
      and r.final_at > h.good_until
      and (s.outcome is null or s.outcome->'counting' ? r.id::text)`;
  return rows.map(({ id }) => id);
}
