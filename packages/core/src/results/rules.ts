import type { IelpItem, IelpResponses, IelpResult, IelpTask } from "@bandwise/scoring/ielp";
import type { SpeakingCriterion, WritingCriterion } from "@bandwise/scoring/schemes/ielp";
import type { IelpTrace } from "@bandwise/scoring/trace";
import type { ResultInputs } from "./schema.ts";

/** A result's `output` as `makeProvisionalResult` writes it. */
export type StoredOutput = IelpResult & { readonly trace: IelpTrace };

/** What stands between a marked attempt and its release, in words for the admin; null when nothing does. */
export function releaseObstacle(attempt: {
  status: string;
  reviewReason: string | null;
  resultStatus: string | null;
}): string | null {
  if (attempt.status === "released") return "It has been released already.";
  if (attempt.status !== "marked") return "It is not fully marked yet.";
  if (attempt.reviewReason !== null) return `It waits for review: ${attempt.reviewReason}`;
  if (attempt.resultStatus !== "provisional") return "Its result is still being worked out.";
  return null;
}

/** The scheme's view of frozen inputs: what `bandwise rescore` and a release both start from. */
export function toIelpResponses(inputs: ResultInputs): IelpResponses {
  const items = (skill: "reading" | "listening"): IelpItem[] =>
    inputs.items
      .filter((item) => item.skill === skill)
      .map(({ level, credit, subSkill }) => ({ cefr: level, credit, subSkill }));
  return {
    reading: items("reading"),
    listening: items("listening"),
    writing: inputs.tasks.filter((task) => task.skill === "writing").map((task) => toTask<WritingCriterion>(task)),
    speaking: inputs.tasks.filter((task) => task.skill === "speaking").map((task) => toTask<SpeakingCriterion>(task)),
  };
}

function toTask<Criterion extends string>(task: ResultInputs["tasks"][number]): IelpTask<Criterion> {
  // The scheme itself refuses a rating that lacks a criterion or has one too many, naming the field.
  return {
    level: task.level,
    subSkill: task.subSkill,
    ratings: task.ratings.map((rating) => rating.scores as Record<Criterion, number>),
  };
}

/** Share of the possible points per criterion over a rated section's tasks, weighted as the section is; whole percent. */
export function criterionShares(
  trace: IelpTrace,
  section: "writing" | "speaking",
): { criterion: string; percent: number }[] {
  const rated = trace.sections[section];
  if (rated.kind !== "rated") return [];
  const totals = new Map<string, { won: number; possible: number }>();
  for (const task of rated.tasks) {
    const weight = Number(task.weight);
    for (const { criterion, meanDecimal } of task.criteria) {
      const total = totals.get(criterion) ?? { won: 0, possible: 0 };
      totals.set(criterion, { won: total.won + weight * Number(meanDecimal), possible: total.possible + weight * 10 });
    }
  }
  return [...totals]
    .map(([criterion, { won, possible }]) => ({ criterion, percent: Math.round((100 * won) / possible) }))
    .sort((a, b) => b.percent - a.percent);
}

/** Frozen inputs in short, for staff: how much of what a result stands on. */
export function summariseInputs({ items, tasks }: ResultInputs): {
  items: number;
  answered: number;
  tasks: number;
  ratings: number;
  /** Tasks without a response: scored by rule, without a rater. */
  unanswered: number;
} {
  const ratings = tasks.flatMap((task) => task.ratings);
  return {
    items: items.length,
    answered: items.filter((item) => item.entryId !== null).length,
    tasks: tasks.length,
    ratings: ratings.filter((rating) => rating.ratingId !== null).length,
    unanswered: tasks.filter((task) => task.ratings.every((rating) => rating.ratingId === null)).length,
  };
}
