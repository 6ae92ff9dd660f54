import type { PrismaClient, Transaction } from "@bandwise/db/client";
import { writingTask } from "../bank/schema.ts";
import { askedOf, machineMark } from "./machine-rules.ts";
import { linearModel, machineCriterion, machinePlace } from "./machine-schema.ts";
import { countingRatings, type MachineMark } from "./policy-rules.ts";
import { readText } from "./rules.ts";
import { type RubricFile, rubricFile, type Scores, scoreProgress } from "./schema.ts";

type Db = Pick<PrismaClient | Transaction, "script" | "machineVersion" | "machineRating" | "rubric">;

/** The version in use, or null: then the heuristic as shipped rates, and only advises. */
export async function findPromoted(db: Pick<Db, "machineVersion">) {
  const promoted = await db.machineVersion.findFirst({
    where: { ...machinePlace, status: "promoted" },
    select: { id: true, number: true, raterHash: true, model: true },
  });
  return promoted && { ...promoted, model: linearModel.parse(promoted.model) };
}

/** The machine's mark on a script's answer as it stands; null where there is none that is complete. */
export async function machineMarkOn(db: Db, scriptId: string): Promise<MachineMark | null> {
  const [script, promoted] = await Promise.all([
    db.script.findUniqueOrThrow({
      where: { id: scriptId },
      select: {
        attemptItem: { select: { response: { select: { entryId: true } } } },
        ratings: { where: { status: "final" }, take: 1, select: { rubric: { select: { data: true } } } },
        machineRatings: {
          orderBy: [{ createdAt: "desc" }, { id: "desc" }],
          select: { id: true, entryId: true, raterHash: true, criteria: true, validated: true },
        },
      },
    }),
    findPromoted(db),
  ]);
  const entryId = script.attemptItem?.response?.entryId ?? null;
  const rated = script.machineRatings.find((rating) => rating.entryId === entryId);
  const [rating] = script.ratings;
  if (!rated || !rating) return null;
  const scores = machineMark(rubricFile.parse(rating.rubric.data), machineCriterion.array().parse(rated.criteria));
  // A version that was demoted since it rated advises like any other.
  return (
    scores && { machineRatingId: rated.id, scores, counts: rated.validated && promoted?.raterHash === rated.raterHash }
  );
}

/** Calibration and its watch read at most so many responses, the newest. */
const mostResponses = 3000;

export interface ConfirmedResponse {
  readonly scriptId: string;
  readonly candidateId: string;
  readonly itemVersionId: string;
  readonly level: string;
  readonly firstLanguage: string;
  readonly text: string;
  readonly task: ReturnType<typeof askedOf>;
  /** Means of the examiners' marks that count. */
  readonly scores: Scores;
  /** The first two marks, given blind; null where there was one. */
  readonly twice: readonly [Scores, Scores] | null;
  readonly features: { readonly inputHash: string; readonly measures: string; readonly features: unknown } | null;
}

/** Writing that examiners have settled: what a machine can learn from. Answers that could not be marked teach nothing. */
export async function confirmedResponses(db: Pick<Db, "script">): Promise<ConfirmedResponse[]> {
  const scripts = await db.script.findMany({
    where: {
      ...{ purpose: "live", skill: machinePlace.skill, status: "settled" },
      ratings: { some: { status: "final", cannotMark: null, rubric: { scheme: machinePlace.scheme } } },
    },
    orderBy: [{ settledAt: "desc" }, { id: "desc" }],
    take: mostResponses,
    select: {
      id: true,
      level: true,
      outcome: true,
      machineFeatures: { select: { inputHash: true, measures: true, features: true } },
      attempt: { select: { candidateId: true, candidate: { select: { firstLanguage: true } } } },
      attemptItem: {
        select: {
          itemVersionId: true,
          itemVersion: { select: { content: true } },
          response: { select: { value: true } },
        },
      },
      ratings: {
        where: { status: "final", cannotMark: null },
        orderBy: [{ finalAt: "asc" }, { id: "asc" }],
        select: { id: true, role: true, scores: true },
      },
    },
  });
  return scripts.flatMap((script) => {
    const { attempt, attemptItem: item, machineFeatures } = script;
    const counting = countingRatings(script).map(({ scores }) => scoreProgress.parse(scores));
    if (!attempt || !item || counting.length === 0) return [];
    const marks = script.ratings.filter(({ role }) => role === "mark").map(({ scores }) => scoreProgress.parse(scores));
    const [first, second] = marks;
    return {
      ...{
        scriptId: script.id,
        candidateId: attempt.candidateId,
        itemVersionId: item.itemVersionId,
        level: script.level,
      },
      firstLanguage: attempt.candidate.firstLanguage ?? "not told",
      text: readText(item.response?.value),
      task: askedOf(writingTask.shape.content.parse(item.itemVersion.content)),
      scores: meanScores(counting),
      twice: first && second ? ([first, second] as const) : null,
      features: machineFeatures,
    };
  });
}

/** Per criterion the mean of several marks. */
export function meanScores(given: readonly Scores[]): Scores {
  const [first = {}] = given;
  return Object.fromEntries(
    Object.keys(first).map((criterion) => {
      const marks = given.flatMap((scores) => scores[criterion] ?? []);
      return [criterion, marks.reduce((sum, mark) => sum + mark, 0) / marks.length];
    }),
  );
}

/** The newest rubric of what is calibrated. */
export async function machineRubric(db: Pick<Db, "rubric">): Promise<RubricFile> {
  const rubric = await db.rubric.findFirstOrThrow({
    where: { ...machinePlace },
    orderBy: { version: "desc" },
    select: { data: true },
  });
  return rubricFile.parse(rubric.data);
}
