import type { Prisma, Transaction } from "@bandwise/db/client";
import type { CommandContext } from "../kernel/context.ts";
import { AppError, conflict, invalid, notFound } from "../kernel/errors.ts";
import { contentHash } from "../kernel/hash.ts";
import { requirePerson } from "../kernel/policy.ts";
import { schemeOf } from "./policy-rules.ts";
import { currentRubric } from "./rubric-steps.ts";
import { type AnswerId, answerId, answerSelect, liveOnly, scoreProblems, zeroScores } from "./rules.ts";
import {
  type Annotation,
  annotationList,
  type CannotMarkReason,
  type RatedSkill,
  rubricFile,
  type Scores,
  scoreProgress,
} from "./schema.ts";

export interface HeldScript {
  readonly id: string;
  readonly purpose: "live" | "training" | "qualification" | "seed" | "remark";
  readonly skill: RatedSkill;
  readonly attemptId: string | null;
  readonly version: number;
  readonly ratingsNeeded: number;
  readonly secondReason: string | null;
  readonly policy: unknown;
}

/** The script, locked, if and only if this examiner holds it with this token. */
export async function requireLease(
  context: CommandContext,
  input: { scriptId: string; leaseToken: string },
): Promise<HeldScript> {
  const { personId } = requirePerson(context.viewer);
  const [script] = await context.tx.$queryRaw<(HeldScript & { mine: boolean })[]>`
    select id, purpose::text as purpose, skill::text as skill, attempt_id as "attemptId", version,
           ratings_needed as "ratingsNeeded", second_reason as "secondReason", policy,
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

/**
 * The empty draft that taking a script writes: it fixes the rubric the marks will be judged by, says when the work began,
 * and lets the examiner come back to it.
 */
export async function beginRating(
  context: CommandContext,
  begun: {
    readonly scriptId: string;
    readonly skill: RatedSkill;
    readonly raterId: string;
    readonly role?: "mark" | "adjudication";
    /** A benchmark's own; otherwise the newest of the skill in the script's scheme. */
    readonly rubricId?: string | undefined;
  },
): Promise<void> {
  const { tx, now, ids } = context;
  const key = { scriptId: begun.scriptId, raterId: begun.raterId };
  const role = begun.role ?? "mark";
  const existing = await tx.rating.findFirst({ where: { ...key, status: "draft" }, select: { id: true, role: true } });
  if (existing) {
    // A mark she had begun, and two others gave: what she says now is a decision between theirs.
    if (existing.role !== role) await tx.rating.update({ where: { id: existing.id }, data: { role } });
    return;
  }
  await tx.rating.create({
    data: {
      id: ids.uuid(),
      ...key,
      role,
      rubricId: begun.rubricId ?? (await currentRubric(tx, await schemeOfScript(tx, begun.scriptId), begun.skill)).id,
      status: "draft",
      scores: {},
      createdAt: now,
      updatedAt: now,
    },
  });
}

async function schemeOfScript({ script }: Pick<Transaction, "script">, scriptId: string): Promise<string> {
  const { policy } = await script.findUniqueOrThrow({ where: { id: scriptId }, select: { policy: true } });
  return schemeOf(policy);
}

/** The final marks of an examiner who met the candidate, on a script made just now. @returns the script, settled or waiting. */
export async function rateInPerson(
  context: CommandContext,
  given: {
    readonly scriptId: string;
    readonly raterId: string;
    readonly scores: Scores;
    readonly comment: string;
    readonly recordingId: string | null;
    readonly entryId: bigint | null;
  },
): Promise<HeldScript> {
  const { tx, now } = context;
  const [script] = await tx.$queryRaw<HeldScript[]>`
    select id, purpose::text as purpose, skill::text as skill, attempt_id as "attemptId", version,
           ratings_needed as "ratingsNeeded", second_reason as "secondReason", policy
    from script where id = ${given.scriptId}::uuid for update`;
  if (!script) throw notFound("The script");
  const { scriptId, raterId, scores, comment, recordingId, entryId } = given;
  await beginRating(context, { scriptId, skill: script.skill, raterId });
  const begun = await tx.rating.findFirstOrThrow({
    where: { scriptId, raterId, status: "draft" },
    select: { id: true, rubric: { select: { data: true } } },
  });
  const [problem] = Object.entries(scoreProblems(rubricFile.parse(begun.rubric.data), scores, { final: true }));
  if (problem) throw invalid(problem[0], problem[1]);
  await tx.rating.update({
    where: { id: begun.id },
    data: { status: "final", scores, comment, recordingId, entryId, updatedAt: now, finalAt: now },
  });
  context.audit({ subjectType: "rating", subjectId: begun.id, detail: { scriptId, inPerson: true } });
  return script;
}

/** What the page says its examiner had before her, if it is of this script; where it does not say, the answer as it stands. */
export async function judgedAnswer(
  { tx }: CommandContext,
  input: { scriptId: string; judged?: AnswerId | undefined },
): Promise<AnswerId> {
  const { skill, attemptItem, remarkOf } = await tx.script.findUniqueOrThrow({
    where: { id: input.scriptId },
    select: {
      skill: true,
      attemptItem: { select: answerSelect },
      remarkOf: { select: { attemptItem: { select: answerSelect } } },
    },
  });
  const item = liveOnly(attemptItem ?? remarkOf?.attemptItem ?? null);
  const { judged } = input;
  if (!judged) return answerId({ skill, ...item });
  const entries =
    judged.entryId === null
      ? 1
      : await tx.answerEntry.count({ where: { id: BigInt(judged.entryId), attemptItemId: item.id } });
  const recording = judged.recordingId === null || item.recordings.some(({ id }) => id === judged.recordingId);
  if (entries === 0 || !recording) throw invalid("judged", "is no answer to this task");
  return judged;
}

export interface RatingInput {
  readonly scriptId: string;
  readonly scores: Scores;
  readonly comment: string;
  readonly annotations: readonly Annotation[];
}

/** Writes the examiner's rating of a script; a final one names every criterion and is immutable from then on. */
export async function writeRating(
  context: CommandContext,
  input: RatingInput,
  rating: { status: "draft" | "final"; cannotMark: CannotMarkReason | null; judged?: AnswerId | undefined },
): Promise<{ id: string; scores: Scores }> {
  const { tx, now, viewer } = context;
  const { personId } = requirePerson(viewer);
  const begun = await tx.rating.findFirst({
    where: { scriptId: input.scriptId, raterId: personId, status: { not: "superseded" } },
    select: {
      id: true,
      status: true,
      rubric: { select: { data: true } },
      script: { select: { criteria: true } },
    },
  });
  if (!begun) throw new Error(`script ${input.scriptId} is held without a rating`);
  if (begun.status !== "draft") throw conflict("You have marked this script already.");
  const rubric = rubricFile.parse(begun.rubric.data);
  const asked = begun.script.criteria;
  const scores = rating.cannotMark === null ? input.scores : zeroScores(rubric, asked);
  const problems = scoreProblems(rubric, scores, { asked, final: rating.status === "final" });
  const [first] = Object.entries(problems);
  if (first) throw new AppError("INVALID", `${first[0]}: ${first[1]}`, { fields: problems });
  await tx.rating.update({
    where: { id: begun.id },
    data: {
      status: rating.status,
      scores: scores satisfies Prisma.InputJsonObject,
      comment: input.comment,
      annotations: [...input.annotations] satisfies Prisma.InputJsonArray,
      cannotMark: rating.cannotMark,
      ...(rating.judged && {
        entryId: rating.judged.entryId === null ? null : BigInt(rating.judged.entryId),
        recordingId: rating.judged.recordingId,
      }),
      updatedAt: now,
      finalAt: rating.status === "final" ? now : null,
    },
  });
  return { id: begun.id, scores };
}

/**
 * The receipt of a rating that was submitted before with the same content: a page that lost the answer on the way asks
 * again and hears what it missed.
 */
export async function findSubmitted(
  context: CommandContext,
  input: RatingInput & { readonly cannotMark?: CannotMarkReason | undefined },
) {
  const { personId } = requirePerson(context.viewer);
  const rating = await context.tx.rating.findFirst({
    where: { scriptId: input.scriptId, raterId: personId, status: { not: "superseded" } },
    select: {
      id: true,
      status: true,
      scores: true,
      comment: true,
      annotations: true,
      cannotMark: true,
    },
  });
  if (rating?.status !== "final") return null;
  const cannotMark = input.cannotMark ?? null;
  const stored = scoreProgress.parse(rating.scores);
  const same =
    rating.comment === input.comment &&
    rating.cannotMark === cannotMark &&
    contentHash(annotationList.parse(rating.annotations)) === contentHash(input.annotations) &&
    (cannotMark !== null || contentHash(stored) === contentHash(input.scores));
  if (!same) throw conflict("You have marked this script already.");
  return { ratingId: rating.id };
}
