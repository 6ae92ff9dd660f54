import { Prisma } from "@bandwise/db/client";
import { z } from "zod";
import type { CommandContext } from "../kernel/context.ts";
import { defineCommand } from "../kernel/define.ts";
import { AppError, conflict, notFound } from "../kernel/errors.ts";
import { requirePerson } from "../kernel/policy.ts";
import { finishRemarkJob } from "../results/appeal-schema.ts";
import {
  chooseLive,
  giveBenchmark,
  giveSeed,
  grantLease,
  isQualified,
  lease,
  requireNoHold,
  seedInHand,
} from "./allotment-steps.ts";
import { schemeOf } from "./policy-rules.ts";
import { findSubmitted, judgedAnswer, requireLease, writeRating } from "./rating-steps.ts";
import { answerId, answerSelect, isOutdated, judgedBy, leaseEnd, liveOnly, reopenObstacle } from "./rules.ts";
import {
  createScriptsJob,
  heldScriptInput,
  reopenScriptInput,
  retakeScriptInput,
  saveDraftInput,
  skillInput,
  submitRatingInput,
  takeScriptInput,
} from "./schema.ts";
import { notRatedBy, withoutConflict } from "./scope.ts";
import { makeScripts, recordingRetrySeconds } from "./script-steps.ts";
import { settleBenchmark, settleLive, settleRemark, settleSeed } from "./settle-steps.ts";
import { statusAtFirst } from "./speech-rules.ts";
import { rateSpeechJob } from "./speech-schema.ts";
import { backToMarking, finishMarkingIfDone, judgedAnew, lockAttemptRow } from "./steps.ts";

/**
 * Makes a script of every writing and speaking response of a submitted attempt. A response that was never given settles
 * at once, without a marker: there is nothing to judge. Runs again without effect.
 */
export const createScripts = defineCommand({
  name: "createScripts",
  permission: "marking:sweep",
  input: z.object({ attemptId: z.uuid() }),
  run: async (context, { attemptId }) => {
    const made = await makeScripts(context, attemptId);
    if (made === "not-submitted") {
      context.audit({ subjectType: "attempt", subjectId: attemptId, detail: { unchanged: true } });
      return { created: 0 };
    }
    if (made === "waiting-for-recordings") {
      context.audit({ subjectType: "attempt", subjectId: attemptId, detail: { waitingForRecordings: true } });
      context.enqueue(createScriptsJob, { attemptId }, { startAfterSeconds: recordingRetrySeconds });
      return { created: 0 };
    }
    for (const { id, status } of made) {
      if (status === "with_machine") context.enqueue(rateSpeechJob, { scriptId: id, tries: 0 });
    }
    await finishMarkingIfDone(context, attemptId);
    return { created: made.length };
  },
});

/**
 * Hands the examiner the script she holds already, or else another: a live one, or a hidden seed in its place. `beside` one
 * in hand, the one after it, so that her page has it ready.
 */
export const takeScript = defineCommand({
  name: "takeScript",
  permission: "script:mark",
  input: takeScriptInput,
  run: async (context, { skill, beside }): Promise<{ code: string } | null> => {
    const { personId } = requirePerson(context.viewer);
    const asked = { personId, skill, beside };
    await requireNoHold(context, asked);
    const seed = await seedInHand(context, asked);
    if (seed) return lease(context, seed, { personId, skill });
    const live = await chooseLive(context, asked);
    if (!live) {
      context.audit({ subjectType: "person", subjectId: personId, detail: { queueEmpty: true, skill } });
      return null;
    }
    const instead = live.inHand ? null : await giveSeed(context, asked, live.policy);
    return instead ?? lease(context, live, { personId, skill });
  },
});

/** The next script whose first marks lie too far apart, for a senior examiner who gave neither of them. */
export const takeAdjudication = defineCommand({
  name: "takeAdjudication",
  permission: "script:adjudicate",
  input: skillInput,
  run: async (context, { skill }): Promise<{ code: string } | null> => {
    const { tx, now, viewer } = context;
    const { personId } = requirePerson(viewer);
    const [script] = await tx.$queryRaw<{ id: string; code: string }[]>`
      select s.id, s.code from script s
      where s.adjudicating and s.skill = ${skill}::skill
        and (s.status = 'adjudication' or (s.status = 'leased' and (s.lease_holder_id = ${personId}::uuid or s.lease_expires_at < ${now})))
        and ${notRatedBy(personId)} and ${withoutConflict(personId)}
      order by (s.lease_holder_id = ${personId}::uuid) desc nulls last, s.waiting_since, s.id
      limit 1
      for update of s skip locked`;
    if (!script) {
      context.audit({ subjectType: "person", subjectId: personId, detail: { queueEmpty: true, skill } });
      return null;
    }
    return lease(context, script, { personId, skill, role: "adjudication" });
  },
});

/** The next training or qualification script of the examiner's round. */
export const takeBenchmark = defineCommand({
  name: "takeBenchmark",
  permission: "script:mark",
  input: takeScriptInput,
  run: async (context, { skill, beside }): Promise<{ code: string } | null> => {
    const { personId } = requirePerson(context.viewer);
    const asked = { personId, skill, beside };
    if (await isQualified(context, asked)) throw conflict("You are qualified for this skill.");
    const taken = await giveBenchmark(context, asked);
    if (!taken) context.audit({ subjectType: "person", subjectId: personId, detail: { queueEmpty: true, skill } });
    return taken;
  },
});

/**
 * Takes up again a script that went back to the queue while its page was silent, if nobody else has it. Only who has
 * begun it may: this is no way to choose what to mark.
 */
export const retakeScript = defineCommand({
  name: "retakeScript",
  permission: "script:mark",
  input: retakeScriptInput,
  run: async (context, { code }): Promise<{ leaseToken: string; until: Date }> => {
    const { tx, now, viewer } = context;
    const { personId } = requirePerson(viewer);
    const [script] = await tx.$queryRaw<{ id: string; free: boolean; held: boolean }[]>`
      select s.id,
             (s.status in ('waiting', 'adjudication') or (s.status = 'leased' and (s.lease_holder_id = ${personId}::uuid or s.lease_expires_at < ${now}))) as free,
             exists (select 1 from marking_hold h where h.person_id = r.rater_id and h.skill = s.skill and h.decided_at is null)
               and s.purpose in ('live', 'seed', 'remark') and r.role = 'mark' as held
      from script s
      join rating r on r.script_id = s.id and r.rater_id = ${personId}::uuid and r.status = 'draft'
      where s.code = ${code} and (r.role = 'adjudication') = s.adjudicating
        and (s.purpose <> 'live' or exists (select 1 from attempt a where a.id = s.attempt_id and a.status = 'marking'))
      for update of s`;
    if (!script) throw notFound("The script");
    if (!script.free) throw conflict("Another examiner has taken this script.");
    if (script.held) throw new AppError("LOCKED", "Your queue stands still: this script goes to another examiner.");
    const lease = await grantLease(context, script.id, personId);
    context.audit({ subjectType: "script", subjectId: script.id, detail: { leased: true, again: true } });
    return lease;
  },
});

/** The open marking page keeps its script. A lease that lapsed but that nobody took is taken up again. */
export const renewLease = defineCommand({
  name: "renewLease",
  permission: "script:mark",
  input: heldScriptInput,
  audit: "ledger",
  run: async (context, input) => {
    await requireLease(context, input);
    const until = leaseEnd(context.now);
    await context.tx.script.update({ where: { id: input.scriptId }, data: { leaseExpiresAt: until } });
    return { until };
  },
});

/** Gives the script back to the queue; a draft stays with its owner. */
export const returnScript = defineCommand({
  name: "returnScript",
  permission: "script:mark",
  input: heldScriptInput,
  run: async (context, input) => {
    await requireLease(context, input);
    await freeScript(context, input.scriptId);
    context.audit({ subjectType: "script", subjectId: input.scriptId, detail: { returned: true } });
    return {};
  },
});

export const saveDraft = defineCommand({
  name: "saveDraft",
  permission: "script:mark",
  input: saveDraftInput,
  audit: "ledger",
  run: async (context, input) => {
    await requireLease(context, input);
    await writeRating(context, input, { status: "draft", cannotMark: null });
    const until = leaseEnd(context.now);
    await context.tx.script.update({ where: { id: input.scriptId }, data: { leaseExpiresAt: until } });
    return { savedAt: context.now, until };
  },
});

export const submitRating = defineCommand({
  name: "submitRating",
  permission: "script:mark",
  input: submitRatingInput,
  run: async (context, input) => {
    const submitted = await findSubmitted(context, input);
    if (submitted) {
      context.audit({ subjectType: "rating", subjectId: submitted.ratingId, detail: { unchanged: true } });
      return submitted;
    }
    const script = await requireLease(context, input);
    const cannotMark = input.cannotMark ?? null;
    const response = script.purpose === "live" || script.purpose === "remark";
    const judged = response ? await judgedAnswer(context, input) : undefined;
    const rating = await writeRating(context, input, { status: "final", cannotMark, judged });
    const { personId } = requirePerson(context.viewer);
    const status =
      script.purpose === "live"
        ? await settleLive(context, script, personId)
        : script.purpose === "remark"
          ? await settleRemark(context, script, { id: rating.id, cannotMark })
          : "settled";
    if (script.purpose === "seed") await settleSeed(context, script, rating.scores);
    else if (!response) await settleBenchmark(context, script);
    context.audit({
      subjectType: "rating",
      subjectId: rating.id,
      detail: { scriptId: input.scriptId, script: status },
    });
    if (script.purpose === "remark") context.enqueue(finishRemarkJob, { scriptId: script.id });
    if (status === "settled" && script.attemptId !== null) await finishMarkingIfDone(context, script.attemptId);
    // Not what became of the script: that would tell how the other mark went, and a seed from a live script.
    return { ratingId: rating.id };
  },
});

/**
 * An admin sends a script back to the queue: one that could not be marked, or one whose marks rest on an answer that a
 * later one, made in time, has replaced. The ratings so far no longer count.
 */
export const reopenScript = defineCommand({
  name: "reopenScript",
  permission: "attempt:manage",
  input: reopenScriptInput,
  run: async (context, { scriptId, reason }) => {
    const { tx } = context;
    const found = await tx.script.findUnique({ where: { id: scriptId }, select: { attemptId: true } });
    if (!found) throw notFound("The script");
    // The attempt before its script, as everybody locks them who needs both.
    if (found.attemptId === null) throw notFound("The script");
    await lockAttemptRow(tx, found.attemptId);
    await tx.$queryRaw`select 1 from script where id = ${scriptId}::uuid for update`;
    const script = await tx.script.findUniqueOrThrow({
      where: { id: scriptId },
      select: {
        status: true,
        attempt: { select: { id: true, status: true, reviewReason: true } },
        skill: true,
        policy: true,
        attemptItem: { select: answerSelect },
        ratings: { where: { status: "final" }, select: { entryId: true, recordingId: true } },
      },
    });
    const attempt = liveOnly(script.attempt);
    const answer = answerId({ skill: script.skill, ...liveOnly(script.attemptItem) });
    const obstacle = reopenObstacle({
      status: script.status,
      attemptStatus: attempt.status,
      rated: script.ratings.length > 0,
      outdated: script.ratings.some((rating) => isOutdated(script.skill, judgedBy(rating), answer)),
      inReview: attempt.reviewReason !== null,
    });
    if (obstacle !== null) throw new AppError("CONFLICT", obstacle);
    await tx.rating.updateMany({
      where: { scriptId, status: "final" },
      data: { status: "superseded", supersededBecause: "reopened" },
    });
    await tx.script.update({
      where: { id: scriptId },
      data: { adjudicating: false, outcome: Prisma.DbNull, reopenedBecause: reason },
    });
    await freeScript(context, scriptId);
    // What people judge keeps its place in their queue.
    if (script.status !== "cannot_be_marked" && statusAtFirst(schemeOf(script.policy)) === "with_machine") {
      const { policy } = script;
      await tx.script.update({ where: { id: scriptId }, data: judgedAnew(context, { id: scriptId, policy }) });
    }
    await backToMarking(context, attempt);
    // The words lie with the script: what is audited stays for ever.
    context.audit({ subjectType: "script", subjectId: scriptId, detail: { from: script.status, to: "waiting" } });
    return {};
  },
});

/** Frees scripts whose page has gone silent, so that the queue's figures tell the truth. */
export const returnLapsedLeases = defineCommand({
  name: "returnLapsedLeases",
  permission: "marking:sweep",
  input: z.object({}),
  audit: "ledger",
  run: async (context) => {
    const count = await context.tx.$executeRaw`
      update script set status = case when adjudicating then 'adjudication' else 'waiting' end::script_status,
        version = version + 1, lease_holder_id = null, lease_token = null, lease_expires_at = null
      where status = 'leased' and lease_expires_at < ${context.now}`;
    return { returned: count };
  },
});

async function freeScript({ tx }: CommandContext, scriptId: string): Promise<void> {
  const { adjudicating } = await tx.script.findUniqueOrThrow({
    where: { id: scriptId },
    select: { adjudicating: true },
  });
  await tx.script.update({
    where: { id: scriptId },
    data: {
      status: adjudicating ? "adjudication" : "waiting",
      version: { increment: 1 },
      leaseHolderId: null,
      leaseToken: null,
      leaseExpiresAt: null,
      settledAt: null,
    },
  });
}
