import type { Prisma } from "@bandwise/db/client";
import { z } from "zod";
import type { CommandContext } from "../kernel/context.ts";
import { defineCommand } from "../kernel/define.ts";
import { AppError, conflict, invalid, notFound } from "../kernel/errors.ts";
import { contentHash } from "../kernel/hash.ts";
import { requirePerson } from "../kernel/policy.ts";
import {
  type AnswerId,
  answerId,
  answerSelect,
  decideAfterRating,
  isAnswered,
  isOutdated,
  judgedBy,
  leaseEnd,
  reopenObstacle,
  scoreProblems,
  zeroScores,
} from "./rules.ts";
import {
  type CannotMarkReason,
  createScriptsJob,
  heldScriptInput,
  type RatedSkill,
  reopenScriptInput,
  retakeScriptInput,
  rubricFile,
  type Scores,
  saveDraftInput,
  scoreProgress,
  submitRatingInput,
  takeScriptInput,
} from "./schema.ts";
import { notRatedBy } from "./scope.ts";
import { backToMarking, finishMarkingIfDone, lockAttemptRow } from "./steps.ts";

/** While a recording is still being joined and checked, the attempt's scripts wait this long for it. */
const recordingRetrySeconds = 5;

/**
 * Makes a script of every writing and speaking response of a submitted attempt. A response that was never given settles
 * at once, without a marker: there is nothing to judge. Runs again without effect.
 */
export const createScripts = defineCommand({
  name: "createScripts",
  permission: "marking:sweep",
  input: z.object({ attemptId: z.uuid() }),
  run: async (context, { attemptId }) => {
    const { tx, now, ids } = context;
    await lockAttemptRow(tx, attemptId);
    const attempt = await tx.attempt.findUnique({
      where: { id: attemptId },
      select: {
        status: true,
        version: true,
        submittedAt: true,
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
    if (attempt?.status !== "submitted") {
      context.audit({ subjectType: "attempt", subjectId: attemptId, detail: { unchanged: true } });
      return { created: 0 };
    }
    // An upload that is still on its way, or has just been left off, is joined within minutes: nothing settles before.
    const unheard = ["recording", "complete"];
    if (attempt.items.some((item) => item.recordings.some((recording) => unheard.includes(recording.status)))) {
      context.audit({ subjectType: "attempt", subjectId: attemptId, detail: { waitingForRecordings: true } });
      context.enqueue(createScriptsJob, { attemptId }, { startAfterSeconds: recordingRetrySeconds });
      return { created: 0 };
    }
    const moved = await tx.attempt.updateMany({
      where: { id: attemptId, version: attempt.version },
      data: { status: "marking", version: { increment: 1 } },
    });
    if (moved.count === 0) throw conflict();
    await tx.script.createMany({
      data: attempt.items.map((item) => {
        const answered = isAnswered({ ...item, value: item.response?.value });
        return {
          id: ids.uuid(),
          code: ids.code(2),
          attemptId,
          attemptItemId: item.id,
          skill: item.skill,
          level: item.level,
          waitingSince: attempt.submittedAt ?? now,
          ...(!answered && { status: "settled" as const, settledAt: now }),
        };
      }),
    });
    context.audit({
      subjectType: "attempt",
      subjectId: attemptId,
      detail: { from: "submitted", to: "marking", scripts: attempt.items.length },
    });
    await finishMarkingIfDone(context, attemptId);
    return { created: attempt.items.length };
  },
});

/**
 * Hands the examiner the script she holds already, or else the one that has waited longest. The row is locked while it
 * is chosen and locked rows are skipped: two examiners who ask in the same instant get two scripts.
 */
export const takeScript = defineCommand({
  name: "takeScript",
  permission: "script:mark",
  input: takeScriptInput,
  run: async (context, { skill }): Promise<{ code: string } | null> => {
    const { tx, now, ids, viewer } = context;
    const { personId } = requirePerson(viewer);
    const [script] = await tx.$queryRaw<{ id: string; code: string }[]>`
      select s.id, s.code from script s
      where s.skill = ${skill}::skill
        and (s.status = 'waiting' or (s.status = 'leased' and (s.lease_holder_id = ${personId}::uuid or s.lease_expires_at < ${now})))
        and ${notRatedBy(personId)}
        and exists (select 1 from attempt a where a.id = s.attempt_id and a.status = 'marking' and a.candidate_id <> ${personId}::uuid)
      order by (s.lease_holder_id = ${personId}::uuid) desc nulls last, s.waiting_since, s.id
      limit 1
      for update of s skip locked`;
    if (!script) {
      context.audit({ subjectType: "person", subjectId: personId, detail: { queueEmpty: true, skill } });
      return null;
    }
    await tx.script.update({
      where: { id: script.id },
      data: {
        status: "leased",
        version: { increment: 1 },
        leaseHolderId: personId,
        leaseToken: ids.uuid(),
        leaseExpiresAt: leaseEnd(now),
      },
    });
    await beginRating(context, { scriptId: script.id, skill, raterId: personId });
    context.audit({ subjectType: "script", subjectId: script.id, detail: { leased: true } });
    return { code: script.code };
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
    const { tx, now, ids, viewer } = context;
    const { personId } = requirePerson(viewer);
    const [script] = await tx.$queryRaw<{ id: string; free: boolean }[]>`
      select s.id,
             (s.status = 'waiting' or (s.status = 'leased' and (s.lease_holder_id = ${personId}::uuid or s.lease_expires_at < ${now}))) as free
      from script s
      join rating r on r.script_id = s.id and r.rater_id = ${personId}::uuid and r.status = 'draft'
      where s.code = ${code} and exists (select 1 from attempt a where a.id = s.attempt_id and a.status = 'marking')
      for update of s`;
    if (!script) throw notFound("The script");
    if (!script.free) throw conflict("Another examiner has taken this script.");
    const leaseToken = ids.uuid();
    const until = leaseEnd(now);
    await tx.script.update({
      where: { id: script.id },
      data: {
        status: "leased",
        version: { increment: 1 },
        leaseHolderId: personId,
        leaseToken,
        leaseExpiresAt: until,
      },
    });
    context.audit({ subjectType: "script", subjectId: script.id, detail: { leased: true, again: true } });
    return { leaseToken, until };
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
    await freeScript(context, input.scriptId, "waiting");
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
    await writeRating(context, input, { status: "draft", scores: input.scores, cannotMark: null });
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
    const { tx, now } = context;
    const submitted = await findSubmitted(context, input);
    if (submitted) {
      context.audit({ subjectType: "rating", subjectId: submitted.ratingId, detail: { unchanged: true } });
      return submitted;
    }
    const script = await requireLease(context, input);
    const cannotMark = input.cannotMark ?? null;
    const judged = await judgedAnswer(context, input);
    const ratingId = await writeRating(context, input, { status: "final", scores: input.scores, cannotMark, judged });
    const finalRatings = await tx.rating.count({ where: { scriptId: input.scriptId, status: "final" } });
    const next = decideAfterRating({ ratingsNeeded: script.ratingsNeeded, finalRatings, cannotMark });
    const moved = await tx.script.updateMany({
      where: { id: input.scriptId, version: script.version },
      data: {
        status: next,
        version: { increment: 1 },
        leaseHolderId: null,
        leaseToken: null,
        leaseExpiresAt: null,
        ...(next === "settled" && { settledAt: now }),
      },
    });
    if (moved.count === 0) throw conflict();
    context.audit({ subjectType: "rating", subjectId: ratingId, detail: { scriptId: input.scriptId, script: next } });
    if (next === "settled") await finishMarkingIfDone(context, script.attemptId);
    return { ratingId, script: next };
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
    await lockAttemptRow(tx, found.attemptId);
    await tx.$queryRaw`select 1 from script where id = ${scriptId}::uuid for update`;
    const script = await tx.script.findUniqueOrThrow({
      where: { id: scriptId },
      select: {
        status: true,
        attempt: { select: { id: true, status: true, reviewReason: true } },
        skill: true,
        attemptItem: { select: answerSelect },
        ratings: { where: { status: "final" }, select: { entryId: true, recordingId: true } },
      },
    });
    const answer = answerId({ skill: script.skill, ...script.attemptItem });
    const obstacle = reopenObstacle({
      status: script.status,
      attemptStatus: script.attempt.status,
      rated: script.ratings.length > 0,
      outdated: script.ratings.some((rating) => isOutdated(script.skill, judgedBy(rating), answer)),
      inReview: script.attempt.reviewReason !== null,
    });
    if (obstacle !== null) throw new AppError("CONFLICT", obstacle);
    await tx.rating.updateMany({ where: { scriptId, status: "final" }, data: { status: "superseded" } });
    await freeScript(context, scriptId, "waiting");
    await backToMarking(context, script.attempt);
    context.audit({
      subjectType: "script",
      subjectId: scriptId,
      detail: { from: script.status, to: "waiting", reason },
    });
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
    const { count } = await context.tx.script.updateMany({
      where: { status: "leased", leaseExpiresAt: { lt: context.now } },
      data: {
        status: "waiting",
        version: { increment: 1 },
        leaseHolderId: null,
        leaseToken: null,
        leaseExpiresAt: null,
      },
    });
    return { returned: count };
  },
});

/**
 * The empty draft that taking a script writes: it fixes the rubric the marks will be judged by, says when the work began,
 * and lets the examiner come back to it.
 */
async function beginRating(
  context: CommandContext,
  begun: { scriptId: string; skill: RatedSkill; raterId: string },
): Promise<void> {
  const { tx, now, ids } = context;
  const key = { scriptId: begun.scriptId, raterId: begun.raterId };
  const existing = await tx.rating.findFirst({ where: { ...key, status: "draft" }, select: { id: true } });
  if (existing) return;
  const { id: rubricId } = await currentRubric(context, begun.skill);
  await tx.rating.create({
    data: { id: ids.uuid(), ...key, rubricId, status: "draft", scores: {}, createdAt: now, updatedAt: now },
  });
}

async function currentRubric({ tx }: CommandContext, skill: RatedSkill) {
  const row = await tx.rubric.findFirst({ where: { skill }, orderBy: { version: "desc" } });
  if (!row) throw new Error(`there is no rubric for ${skill}`);
  return row;
}

interface HeldScript {
  readonly attemptId: string;
  readonly version: number;
  readonly ratingsNeeded: number;
}

/** The script, locked, if and only if this examiner holds it with this token. */
async function requireLease(
  context: CommandContext,
  input: { scriptId: string; leaseToken: string },
): Promise<HeldScript> {
  const { personId } = requirePerson(context.viewer);
  const [script] = await context.tx.$queryRaw<(HeldScript & { mine: boolean })[]>`
    select attempt_id as "attemptId", version, ratings_needed as "ratingsNeeded",
           (status = 'leased' and lease_holder_id = ${personId}::uuid and lease_token = ${input.leaseToken}::uuid) as mine
    from script where id = ${input.scriptId}::uuid for update`;
  if (!script) throw notFound("The script");
  if (!script.mine) {
    throw conflict(
      "It went back to the queue after two silent minutes, or you took it up in another window. Your marks are kept.",
    );
  }
  return script;
}

async function freeScript(context: CommandContext, scriptId: string, status: "waiting"): Promise<void> {
  await context.tx.script.update({
    where: { id: scriptId },
    data: {
      status,
      version: { increment: 1 },
      leaseHolderId: null,
      leaseToken: null,
      leaseExpiresAt: null,
      settledAt: null,
    },
  });
}

/** What the page says its examiner had before her, if it is of this script; where it does not say, the answer as it stands. */
async function judgedAnswer(
  { tx }: CommandContext,
  input: { scriptId: string; judged?: AnswerId | undefined },
): Promise<AnswerId> {
  const { skill, attemptItem } = await tx.script.findUniqueOrThrow({
    where: { id: input.scriptId },
    select: { skill: true, attemptItem: { select: answerSelect } },
  });
  const { judged } = input;
  if (!judged) return answerId({ skill, ...attemptItem });
  const entries =
    judged.entryId === null
      ? 1
      : await tx.answerEntry.count({ where: { id: BigInt(judged.entryId), attemptItemId: attemptItem.id } });
  const recording = judged.recordingId === null || attemptItem.recordings.some(({ id }) => id === judged.recordingId);
  if (entries === 0 || !recording) throw invalid("judged", "is no answer to this task");
  return judged;
}

/** Writes the examiner's rating of a script; a final one names every criterion and is immutable from then on. */
async function writeRating(
  context: CommandContext,
  input: { scriptId: string; comment: string },
  rating: {
    status: "draft" | "final";
    scores: Scores;
    cannotMark: CannotMarkReason | null;
    judged?: AnswerId;
  },
): Promise<string> {
  const { tx, now, viewer } = context;
  const { personId } = requirePerson(viewer);
  const begun = await tx.rating.findFirst({
    where: { scriptId: input.scriptId, raterId: personId, status: { not: "superseded" } },
    select: { id: true, status: true, rubric: { select: { data: true } } },
  });
  if (!begun) throw new Error(`script ${input.scriptId} is held without a rating`);
  if (begun.status !== "draft") throw conflict("You have marked this script already.");
  const rubric = rubricFile.parse(begun.rubric.data);
  const scores = rating.cannotMark === null ? rating.scores : zeroScores(rubric);
  if (rating.status === "final") {
    const problems = scoreProblems(rubric, scores);
    const [first] = Object.entries(problems);
    if (first) throw new AppError("INVALID", `${first[0]}: ${first[1]}`, { fields: problems });
  }
  await tx.rating.update({
    where: { id: begun.id },
    data: {
      status: rating.status,
      scores: scores satisfies Prisma.InputJsonObject,
      comment: input.comment,
      cannotMark: rating.cannotMark,
      ...(rating.judged && {
        entryId: rating.judged.entryId === null ? null : BigInt(rating.judged.entryId),
        recordingId: rating.judged.recordingId,
      }),
      updatedAt: now,
      finalAt: rating.status === "final" ? now : null,
    },
  });
  return begun.id;
}

/**
 * The receipt of a rating that was submitted before with the same content: a page that lost the answer on the way asks
 * again and hears what it missed.
 */
async function findSubmitted(
  context: CommandContext,
  input: { scriptId: string; scores: Scores; comment: string; cannotMark?: CannotMarkReason | undefined },
) {
  const { personId } = requirePerson(context.viewer);
  const rating = await context.tx.rating.findFirst({
    where: { scriptId: input.scriptId, raterId: personId, status: { not: "superseded" } },
    select: {
      id: true,
      status: true,
      scores: true,
      comment: true,
      cannotMark: true,
      script: { select: { status: true } },
    },
  });
  if (rating?.status !== "final") return null;
  const cannotMark = input.cannotMark ?? null;
  const stored = scoreProgress.parse(rating.scores);
  const same =
    rating.comment === input.comment &&
    rating.cannotMark === cannotMark &&
    (cannotMark !== null || contentHash(stored) === contentHash(input.scores));
  if (!same) throw conflict("You have marked this script already.");
  return { ratingId: rating.id, script: rating.script.status };
}
