import { defineCommand } from "../kernel/define.ts";
import { AppError, conflict, notFound } from "../kernel/errors.ts";
import { requirePerson } from "../kernel/policy.ts";
import { finishMarkingIfDone, lockAttemptRow, reopenAnsweredLate } from "../marking/steps.ts";
import { releasable, releaseAttempt, releaseByRule } from "./release-steps.ts";
import { attemptInput, computeResultJob, releaseResultsInput } from "./schema.ts";
import { makeProvisionalResult, scoreObjectiveSections } from "./steps.ts";

/** Scores reading and listening of a submitted attempt. Runs again without other effect than a fresh score. */
export const scoreObjective = defineCommand({
  name: "scoreObjective",
  permission: "result:score",
  input: attemptInput,
  run: async (context, { attemptId }) => {
    await lockAttemptRow(context.tx, attemptId);
    const attempt = await context.tx.attempt.findUnique({ where: { id: attemptId }, select: { status: true } });
    if (!attempt) throw notFound("The attempt");
    const open = ["submitted", "marking"].includes(attempt.status);
    if (open) {
      await scoreObjectiveSections(context, attemptId);
      await finishMarkingIfDone(context, attemptId);
    }
    context.audit({ subjectType: "attempt", subjectId: attemptId, detail: { scored: open } });
    return { scored: open };
  },
});

/**
 * Makes the provisional result of a fully marked attempt; a second call finds it there. Where the programme says so and
 * nothing is in doubt, it is released at once.
 */
export const computeResult = defineCommand({
  name: "computeResult",
  permission: "result:score",
  input: attemptInput,
  run: async (context, { attemptId }) => {
    const { tx } = context;
    // Locked, so that two runs of the same job cannot both find nothing.
    const [attempt] = await tx.$queryRaw<{ status: string }[]>`
      select status::text as status from attempt where id = ${attemptId}::uuid for update`;
    const existing = await tx.result.findFirst({
      where: { attemptId, status: { not: "superseded" } },
      select: { id: true },
    });
    const due = attempt?.status === "marked" && !existing;
    // Answers that arrived in time while the last script was being marked may not have been scored yet.
    if (due) await scoreObjectiveSections(context, attemptId);
    const resultId = due ? await makeProvisionalResult(context, attemptId) : (existing?.id ?? null);
    context.audit({ subjectType: "attempt", subjectId: attemptId, detail: { resultId, made: due } });
    if (attempt?.status === "marked") await releaseByRule(context, attemptId);
    return { resultId };
  },
});

/**
 * Releases results: all of those named or none. Never twice: the attempt's status is part of the write.
 *
 * @throws CONFLICT naming the first attempt that cannot be released and why.
 */
export const releaseResults = defineCommand({
  name: "releaseResults",
  permission: "result:release",
  input: releaseResultsInput,
  run: async (context, { attemptIds }) => {
    const { personId } = requirePerson(context.viewer);
    const attempts = await context.tx.attempt.findMany({
      where: { id: { in: attemptIds } },
      orderBy: { id: "asc" },
      select: releasable,
    });
    if (attempts.length !== new Set(attemptIds).size) throw notFound("One of the attempts");
    for (const attempt of attempts) await releaseAttempt(context, attempt, personId);
    return { released: attempts.length };
  },
});

/** Closes an admin's review of answers that came after scoring: the attempt is scored anew and may be released; what nobody has marked goes to marking first. */
export const resolveReview = defineCommand({
  name: "resolveReview",
  permission: "attempt:manage",
  input: attemptInput,
  run: async (context, { attemptId }) => {
    const { tx } = context;
    const attempt = await tx.attempt.findUnique({
      where: { id: attemptId },
      select: { status: true, version: true, reviewReason: true },
    });
    if (!attempt) throw notFound("The attempt");
    if (attempt.reviewReason === null) throw new AppError("CONFLICT", "This attempt waits for no review.");
    if (attempt.status === "released") throw new AppError("CONFLICT", "This attempt has been released already.");
    const cleared = await tx.attempt.updateMany({
      where: { id: attemptId, version: attempt.version },
      data: { reviewReason: null, version: { increment: 1 } },
    });
    if (cleared.count === 0) throw conflict();
    await scoreObjectiveSections(context, attemptId);
    const marking = attempt.status === "marked" || attempt.status === "marking";
    const reopened = marking ? await reopenAnsweredLate(context, { id: attemptId, status: attempt.status }) : 0;
    const resultId =
      attempt.status === "marked" && reopened === 0 ? await makeProvisionalResult(context, attemptId) : null;
    context.audit({ subjectType: "attempt", subjectId: attemptId, detail: { reviewed: true, resultId, reopened } });
    // Released by the rule, not by the one who closed the review: another transaction, as after the last mark.
    if (resultId !== null) context.enqueue(computeResultJob, { attemptId });
    return { resultId };
  },
});
