import type { PrismaClient, Transaction } from "@bandwise/db/client";
import type { Task } from "@bandwise/evaluator/rating";
import { writingTask } from "../bank/schema.ts";
import { askedOf, machineMark, meanScores } from "./machine-rules.ts";
import { linearModel, type MachineScheme, machineCriterion, machinePlaces, versionReport } from "./machine-schema.ts";
import { countingRatings, type MachineMark } from "./policy-rules.ts";
import { markedRecording, readText } from "./rules.ts";
import { type RubricFile, rubricFile, type Scores, scoreProgress } from "./schema.ts";
import { taskOfContent } from "./speech-rules.ts";

type Db = Pick<PrismaClient | Transaction, "script" | "machineVersion" | "machineRating" | "rubric">;

/** The version in use for a scheme, or null: then the heuristic as shipped rates. */
export async function findPromoted(db: Pick<Db, "machineVersion">, scheme: MachineScheme) {
  const promoted = await db.machineVersion.findFirst({
    where: { ...machinePlaces[scheme], status: "promoted" },
    select: { id: true, number: true, raterHash: true, model: true, report: true },
  });
  if (!promoted) return null;
  const { report, ...version } = promoted;
  const { measures } = versionReport.pick({ measures: true }).parse(report);
  return { ...version, model: linearModel.parse(promoted.model), measures };
}
export type PromotedVersion = NonNullable<Awaited<ReturnType<typeof findPromoted>>>;

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
    findPromoted(db, "ielp"),
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

type ConfirmedAnswer =
  | { readonly kind: "text"; readonly text: string }
  | { readonly kind: "sound"; readonly storageKey: string; readonly mimeType: string }
  /** Nothing is there, or no longer. */
  | null;

export interface ConfirmedResponse {
  readonly scriptId: string;
  readonly candidateId: string;
  readonly itemVersionId: string;
  readonly level: string;
  readonly firstLanguage: string;
  readonly answer: ConfirmedAnswer;
  readonly task: Task;
  /** Means of the examiners' marks that count; of speech perhaps on some criteria only. */
  readonly scores: Scores;
  /** The first two marks, given blind; null where there was one. */
  readonly twice: readonly [Scores, Scores] | null;
  readonly features: { readonly inputHash: string; readonly measures: string; readonly features: unknown } | null;
}

/** Which live scripts of a scheme examiners have settled. Answers that could not be marked teach nothing. */
export function confirmedWhere(scheme: MachineScheme) {
  return {
    purpose: "live",
    skill: machinePlaces[scheme].skill,
    status: "settled",
    ratings: { some: { status: "final", cannotMark: null, rubric: { scheme } } },
  } as const;
}

/** What examiners have settled: what a machine can learn from. */
export async function confirmedResponses(db: Pick<Db, "script">, scheme: MachineScheme): Promise<ConfirmedResponse[]> {
  const scripts = await db.script.findMany({
    where: confirmedWhere(scheme),
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
          recordings: { select: { id: true, take: true, status: true, storageKey: true, mimeType: true } },
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
    const { content } = item.itemVersion;
    return {
      ...{
        scriptId: script.id,
        candidateId: attempt.candidateId,
        itemVersionId: item.itemVersionId,
        level: script.level,
      },
      firstLanguage: attempt.candidate.firstLanguage ?? "not told",
      answer: scheme === "ielp" ? textOf(item.response?.value) : soundOf(item),
      task: scheme === "ielp" ? askedOf(writingTask.shape.content.parse(content)) : taskOfContent(content),
      scores: meanScores(counting),
      twice: first && second ? ([first, second] as const) : null,
      features: machineFeatures,
    };
  });
}

/** Erased words, and files that are gone, can no longer be measured. */
function textOf(value: unknown): ConfirmedAnswer {
  const text = readText(value);
  return text.trim() === "" ? null : { kind: "text", text };
}

function soundOf(item: {
  readonly response: { readonly value: unknown } | null;
  readonly recordings: readonly {
    readonly id: string;
    readonly take: number;
    readonly status: string;
    readonly storageKey: string | null;
    readonly mimeType: string;
  }[];
}): ConfirmedAnswer {
  const recording = markedRecording(item.recordings, item.response?.value);
  if (recording?.status !== "processed" || recording.storageKey === null) return null;
  return { kind: "sound", storageKey: recording.storageKey, mimeType: recording.mimeType };
}

/** The newest rubric of what is calibrated. */
export async function machineRubric(db: Pick<Db, "rubric">, scheme: MachineScheme): Promise<RubricFile> {
  const rubric = await db.rubric.findFirstOrThrow({
    where: machinePlaces[scheme],
    orderBy: { version: "desc" },
    select: { data: true },
  });
  return rubricFile.parse(rubric.data);
}
