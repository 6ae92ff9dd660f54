import { requestApproval } from "../audit/steps.ts";
import { blueprint } from "../delivery/schema.ts";
import { defineCommand } from "../kernel/define.ts";
import { conflict, notFound } from "../kernel/errors.ts";
import { requirePerson } from "../kernel/policy.ts";
import { lockAttemptRow } from "../marking/steps.ts";
import { mailJob } from "../people/schema.ts";
import { daysAfter, refuseAppeal, refuseStart, sameOutcome, standardAppeals } from "./appeal-rules.ts";
import {
  appealInput,
  appealSkills,
  askForRemarkInput,
  declineAppealInput,
  finishRemarkJob,
  replaceResultInput,
  settleFeeInput,
} from "./appeal-schema.ts";
import { cameOf, lockAppeal, makeRemarks, marked, moveAppeal, remarkedInputs } from "./appeal-steps.ts";
import { resultInputs } from "./schema.ts";
import { storeProvisionalResult } from "./steps.ts";

/** A candidate asks that skills of her released result be marked anew by a senior examiner who has not marked them. */
export const askForRemark = defineCommand({
  name: "askForRemark",
  permission: "result:own",
  input: askForRemarkInput,
  run: async (context, { resultId, skills, reason }) => {
    const { tx, now, ids } = context;
    const { personId } = requirePerson(context.viewer);
    const result = await tx.result.findFirst({
      where: { id: resultId, attempt: { candidateId: personId } },
      select: {
        status: true,
        releasedAt: true,
        appeals: { select: { status: true } },
        attempt: {
          select: {
            sitting: { select: { programme: { select: { blueprint: true } } } },
            scripts: { where: marked, select: { skill: true } },
          },
        },
      },
    });
    if (!result || result.releasedAt === null) throw notFound("The result");
    const terms = blueprint.parse(result.attempt.sitting.programme.blueprint).appeals ?? standardAppeals;
    const refusal = refuseAppeal(
      {
        ...result,
        fromAppeal: (await cameOf(tx, resultId))?.final ?? false,
        appeals: result.appeals.map(({ status }) => status),
        rated: [...new Set(result.attempt.scripts.map(({ skill }) => skill))],
      },
      skills,
      terms,
      now,
    );
    if (refusal !== null) throw conflict(refusal);
    const id = ids.uuid();
    const dueAt = daysAfter(now, terms.answerWithinDays);
    await tx.appeal.create({
      data: { id, resultId, skills, reason, fee: terms.fee ? "due" : "none", askedAt: now, dueAt },
    });
    context.audit({ subjectType: "appeal", subjectId: id, detail: { resultId, skills, to: "asked" } });
    context.enqueue(mailJob, { kind: "appeal-received", personId, subjectId: id });
    return { appealId: id, dueAt };
  },
});

/** The candidate takes it back, until marking begins. */
export const withdrawAppeal = defineCommand({
  name: "withdrawAppeal",
  permission: "result:own",
  input: appealInput,
  run: async (context, { appealId }) => {
    const { personId } = requirePerson(context.viewer);
    const appeal = await context.tx.appeal.findFirst({
      where: { id: appealId, result: { attempt: { candidateId: personId } } },
      select: { id: true, status: true, version: true },
    });
    if (!appeal) throw notFound("The appeal");
    await moveAppeal(context, appeal, "withdraw", { closedAt: context.now });
    return {};
  },
});

/** An admin notes that the fee was paid, or lets it go. */
export const settleAppealFee = defineCommand({
  name: "settleAppealFee",
  permission: "appeal:manage",
  input: settleFeeInput,
  run: async (context, { appealId, fee }) => {
    const { tx, now, viewer } = context;
    const appeal = await lockAppeal(context, appealId);
    if (appeal.fee !== "due" || appeal.status !== "asked") throw conflict("No fee is due.");
    await tx.appeal.update({
      where: { id: appealId },
      data: { fee, feeById: requirePerson(viewer).personId, feeAt: now, version: { increment: 1 } },
    });
    context.audit({ subjectType: "appeal", subjectId: appealId, detail: { fee } });
    return {};
  },
});

/** An admin sends the responses to be marked anew. From here on nobody takes it back. */
export const startRemark = defineCommand({
  name: "startRemark",
  permission: "appeal:manage",
  input: appealInput,
  run: async (context, { appealId }): Promise<{ scripts: number }> => {
    const appeal = await lockAppeal(context, appealId);
    const refusal = refuseStart(appeal);
    if (refusal !== null) throw conflict(refusal);
    if (appeal.result.status !== "released") throw conflict("This result no longer stands.");
    await moveAppeal(context, appeal, "start", { startedAt: context.now });
    const scripts = await makeRemarks(context, appeal);
    if (scripts === 0) throw conflict("There is nothing that could be marked anew.");
    return { scripts };
  },
});

/** An admin declines, with the reason that the candidate reads. She may ask again. */
export const declineAppeal = defineCommand({
  name: "declineAppeal",
  permission: "appeal:manage",
  input: declineAppealInput,
  run: async (context, { appealId, note }) => {
    const appeal = await lockAppeal(context, appealId);
    await moveAppeal(context, appeal, "decline", { closedAt: context.now, note });
    context.enqueue(mailJob, {
      kind: "appeal-declined",
      personId: appeal.result.attempt.candidateId,
      subjectId: appealId,
    });
    return {};
  },
});

/**
 * After each re-mark; the last one works the result out anew from the new marks and the rest as it was frozen. Where that says
 * the same, the old result stands and the candidate is told; else the new one waits for two admins. Runs again without effect.
 */
export const finishRemark = defineCommand({
  name: "finishRemark",
  permission: "result:score",
  input: finishRemarkJob.payload,
  run: async (context, { scriptId }): Promise<{ status: string }> => {
    const { tx, now } = context;
    const script = await tx.script.findUnique({ where: { id: scriptId }, select: { appealId: true } });
    if (!script?.appealId) throw notFound("The re-mark");
    const { appealId } = script;
    const appeal = await lockAppeal(context, appealId);
    const open = await tx.script.count({
      where: { appealId, status: { notIn: ["settled", "cannot_be_marked"] } },
    });
    if (appeal.status !== "marking" || open > 0) {
      context.audit({ subjectType: "appeal", subjectId: appealId, detail: { unchanged: true, open } });
      return { status: appeal.status };
    }
    const { attemptId, attempt } = appeal.result;
    await lockAttemptRow(tx, attemptId);
    const before = await tx.result.findUniqueOrThrow({
      where: { id: appeal.resultId },
      select: { inputs: true, output: true, overallHundredths: true, cefr: true },
    });
    const inputs = await remarkedInputs(context, appealId, resultInputs.parse(before.inputs));
    const after = await storeProvisionalResult(context, attemptId, inputs);
    if (sameOutcome(before, after)) {
      // Kept as it was worked out, so that the confirmation can be looked into; nobody was ever given it.
      await tx.result.update({ where: { id: after.id }, data: { status: "superseded", supersededAt: now } });
      await moveAppeal(context, appeal, "confirm", { closedAt: now, newResultId: after.id });
      context.enqueue(mailJob, { kind: "appeal-unchanged", personId: attempt.candidateId, subjectId: appealId });
      return { status: "unchanged" };
    }
    await moveAppeal(context, appeal, "find", { newResultId: after.id });
    return { status: "marked" };
  },
});

/** First of two admins: asks that the result the new marks make replace the released one. */
export const requestReplacement = defineCommand({
  name: "requestReplacement",
  permission: "appeal:manage",
  input: replaceResultInput,
  run: async (context, { appealId, reason }) => {
    const appeal = await lockAppeal(context, appealId);
    if (appeal.status !== "marked") throw conflict("There is no other result to release.");
    return requestApproval(context, {
      kind: "result:replace",
      subjectType: "appeal",
      subjectId: appealId,
      payload: { skills: appeal.skills.filter((skill) => appealSkills.some((known) => known === skill)).join(", ") },
      reason,
    });
  },
});
