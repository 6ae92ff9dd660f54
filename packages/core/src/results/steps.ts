import { creditFor, creditToString } from "@bandwise/scoring/credit";
import { scoreIelpItems } from "@bandwise/scoring/ielp";
import { IELP } from "@bandwise/scoring/schemes/ielp";
import type { z } from "zod";
import { allowedAnswer } from "../bank/answer-space.ts";
import { allLevels, itemKey, objectiveContent } from "../bank/schema.ts";
import { blueprint } from "../delivery/schema.ts";
import type { CommandContext } from "../kernel/context.ts";
import { countingRatings, schemeOf } from "../marking/policy-rules.ts";
import { measuredScores, scriptOutcome } from "../marking/policy-schema.ts";
import { currentRubric } from "../marking/rubric-steps.ts";
import { answerId, answerSelect, liveOnly, zeroScores } from "../marking/rules.ts";
import { rubricFile, scoreProgress } from "../marking/schema.ts";
import { schemeById } from "../schemes/rules.ts";
import { findScoreRange } from "./range-steps.ts";
import { partsOf } from "./rules.ts";
import { type ResultInputs, resultInputs } from "./schema.ts";

const objective = ["reading", "listening"] as const;

/** Scores reading and listening from the answers as they stand, replacing an earlier score of the same attempt. */
export async function scoreObjectiveSections(context: CommandContext, attemptId: string): Promise<void> {
  const { tx, now } = context;
  const items = await readObjectiveInputs(context, attemptId);
  for (const skill of objective) {
    const mine = items.filter((item) => item.skill === skill);
    if (mine.length === 0) continue;
    const section = scoreIelpItems(
      skill,
      mine.map(({ level, credit }) => ({ cefr: level, credit })),
    );
    const score = {
      schemeId: IELP.id,
      schemeVersion: IELP.version,
      schemeHash: IELP.hash,
      raw: section.raw,
      band: section.band,
      cefr: section.cefr,
      inputs: mine,
      scoredAt: now,
    };
    await tx.sectionScore.upsert({
      where: { attemptId_skill: { attemptId, skill } },
      create: { attemptId, skill, ...score },
      update: score,
    });
  }
}

async function readObjectiveInputs({ tx }: CommandContext, attemptId: string): Promise<ResultInputs["items"]> {
  const rows = await tx.attemptItem.findMany({
    where: { attemptId, scored: true, skill: { in: [...objective] } },
    orderBy: [{ skill: "asc" }, { position: "asc" }],
    select: {
      id: true,
      skill: true,
      position: true,
      level: true,
      subSkill: true,
      itemVersion: { select: { id: true, hash: true, key: true, content: true } },
      response: { select: { value: true, entryId: true } },
    },
  });
  return resultInputs.shape.items.parse(
    rows.map((row) => ({
      skill: row.skill,
      position: row.position,
      level: row.level,
      subSkill: row.subSkill,
      attemptItemId: row.id,
      itemVersionId: row.itemVersion.id,
      itemHash: row.itemVersion.hash,
      entryId: row.response ? String(row.response.entryId) : null,
      credit: creditToString(
        creditFor(
          itemKey.parse(row.itemVersion.key),
          allowedAnswer(objectiveContent.parse(row.itemVersion.content).interaction, row.response?.value),
        ),
      ),
    })),
  );
}

/**
 * The ratings that count on each writing and speaking task, why these, and beside them the others that were given; a response
 * never given counts as all criteria 0.
 */
async function readTaskInputs({ tx }: CommandContext, attemptId: string): Promise<ResultInputs["tasks"]> {
  const rows = await tx.script.findMany({
    where: { attemptId, status: "settled" },
    orderBy: [{ skill: "asc" }, { attemptItem: { position: "asc" } }],
    select: {
      id: true,
      skill: true,
      level: true,
      policy: true,
      outcome: true,
      attemptItem: {
        select: {
          ...answerSelect,
          position: true,
          subSkill: true,
          itemVersionId: true,
          itemVersion: { select: { type: true } },
        },
      },
      ratings: {
        where: { status: "final" },
        orderBy: { finalAt: "asc" },
        select: {
          id: true,
          role: true,
          scores: true,
          rubricId: true,
          entryId: true,
          recordingId: true,
          rubric: { select: { hash: true } },
        },
      },
      machineRatings: {
        orderBy: { createdAt: "asc" },
        select: { id: true, criteria: true, validated: true, entryId: true, recordingId: true },
      },
    },
  });
  const tasks = await Promise.all(
    rows.map(async (row) => {
      const item = liveOnly(row.attemptItem);
      const outcome = scriptOutcome.safeParse(row.outcome).data ?? null;
      const counting = countingRatings(row);
      const beside = outcome?.machineMark;
      const measured = row.machineRatings.filter(({ id }) => id === outcome?.machine || id === beside?.machineRatingId);
      const ratings: z.input<typeof resultInputs>["tasks"][number]["ratings"] = [
        ...measured.map((rating) => ({
          ratingId: null,
          machineRatingId: rating.id,
          validated: rating.validated,
          rubricId: null,
          rubricHash: null,
          entryId: rating.entryId === null ? null : String(rating.entryId),
          recordingId: rating.recordingId,
          // As a second marker it gave a mark on the rubric's own steps, like the examiner beside it.
          scores: rating.id === beside?.machineRatingId ? beside.scores : measuredScores.parse(rating.criteria),
        })),
        ...counting.map((rating) => ({
          ratingId: rating.id,
          rubricId: rating.rubricId,
          rubricHash: rating.rubric.hash,
          entryId: rating.entryId === null ? null : String(rating.entryId),
          recordingId: rating.recordingId,
          scores: scoreProgress.parse(rating.scores),
        })),
      ];
      if (ratings.length === 0) {
        const skill = row.skill === "writing" ? "writing" : "speaking";
        const rubric = rubricFile.parse((await currentRubric(tx, schemeOf(row.policy), skill)).data);
        const nobody = { ratingId: null, rubricId: null, rubricHash: null };
        ratings.push({ ...nobody, ...answerId({ skill, ...item }), scores: zeroScores(rubric) });
      }
      return {
        skill: row.skill,
        position: item.position,
        level: row.level,
        type: row.level === allLevels ? item.itemVersion.type : null,
        subSkill: item.subSkill,
        attemptItemId: item.id,
        itemVersionId: item.itemVersionId,
        scriptId: row.id,
        ratings,
        outcome,
        otherRatings: row.ratings
          .filter((rating) => !counting.includes(rating))
          .map(({ id, role, scores }) => ({ ratingId: id, machineRatingId: null, role, scores, replaced: null })),
      };
    }),
  );
  return resultInputs.shape.tasks.parse(tasks);
}

/** Works out a new provisional result from answers and ratings as they stand; an earlier provisional one is superseded by it. */
export async function makeProvisionalResult(context: CommandContext, attemptId: string): Promise<string> {
  const { tx } = context;
  const scores = await tx.sectionScore.findMany({
    where: { attemptId },
    orderBy: { skill: "asc" },
    select: { inputs: true },
  });
  const inputs: ResultInputs = {
    items: scores.flatMap((score) => resultInputs.shape.items.parse(score.inputs)),
    tasks: await readTaskInputs(context, attemptId),
  };
  const { id } = await storeProvisionalResult(context, attemptId, inputs);
  return id;
}

/** The provisional result that these inputs make, by the newest version of the attempt's scheme. */
export async function storeProvisionalResult(
  context: CommandContext,
  attemptId: string,
  inputs: ResultInputs,
): Promise<{ id: string; overallHundredths: number; cefr: string | null; output: unknown }> {
  const { tx, now, ids } = context;
  const { sitting } = await tx.attempt.findUniqueOrThrow({
    where: { id: attemptId },
    select: { sitting: { select: { programme: { select: { blueprint: true } } } } },
  });
  const scheme = schemeById(blueprint.parse(sitting.programme.blueprint).scheme);
  const score = scheme.scorer();
  if (!score) throw new Error(`${scheme.stamp.id} does not know its own version`);
  const output = score(partsOf(inputs), { trace: true });
  const { overall } = scheme.summary(output);
  const newest = await tx.result.findFirst({
    where: { attemptId },
    orderBy: { version: "desc" },
    select: { version: true },
  });
  await tx.result.updateMany({
    where: { attemptId, status: "provisional" },
    data: { status: "superseded", supersededAt: now },
  });
  return tx.result.create({
    select: { id: true, overallHundredths: true, cefr: true, output: true },
    data: {
      id: ids.uuid(),
      attemptId,
      version: (newest?.version ?? 0) + 1,
      status: "provisional",
      schemeId: scheme.stamp.id,
      schemeVersion: output.version,
      schemeHash: output.hash,
      inputs,
      output: JSON.parse(JSON.stringify(output)),
      overallHundredths: overall.hundredths,
      cefr: overall.cefr,
      scoreRange: await findScoreRange(context, attemptId, inputs, output),
      createdAt: now,
    },
  });
}
