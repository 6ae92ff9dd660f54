import type { IelpResult } from "@bandwise/scoring/ielp";
import type { IeltsSpeakingResult, IeltsSpeakingTrace } from "@bandwise/scoring/ielts-speaking";
import type { IetSpeakingResult, IetSpeakingTrace } from "@bandwise/scoring/iet-speaking";
import type { IelpTrace } from "@bandwise/scoring/trace";
import type { MachineStanding, SchemeParts } from "../schemes/schema.ts";
import type { ResultInputs } from "./schema.ts";

/** A result's `output` as `makeProvisionalResult` writes it, traced; `scheme` says by which scheme. */
export type IelpOutput = IelpResult & { readonly trace: IelpTrace };
export type IeltsSpeakingOutput = IeltsSpeakingResult & { readonly trace: IeltsSpeakingTrace };
export type IetSpeakingOutput = IetSpeakingResult & { readonly trace: IetSpeakingTrace };
export type StoredOutput = IelpOutput | IeltsSpeakingOutput | IetSpeakingOutput;

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

/** Frozen inputs as their scheme takes them: what a result and `bandwise rescore` both start from. */
export function partsOf({ items, tasks }: ResultInputs): SchemeParts {
  return { items, tasks: tasks.map((task) => ({ ...task, ratings: task.ratings.map(({ scores }) => scores) })) };
}

/** Whether machine ratings are among those that count, and whether every one of them came from a validated version. */
export function machineStanding({ tasks }: ResultInputs): MachineStanding {
  const machine = tasks.flatMap(({ ratings }) => ratings.filter(({ machineRatingId }) => machineRatingId !== null));
  if (machine.length === 0) return "none";
  return machine.every(({ validated }) => validated === true) ? "validated" : "not-validated";
}

/** Whether a person's mark is among those that count: what a machine alone has rated, nobody has listened to yet. */
export function hasPersonsMark({ tasks }: ResultInputs): boolean {
  return tasks.some(({ ratings }) => ratings.some(({ ratingId }) => ratingId !== null));
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

/** Of each skill that was marked anew on an appeal: in how many tasks, and whose marks were replaced. */
export interface Remarked {
  readonly skill: "writing" | "speaking";
  readonly tasks: number;
  readonly was: "machine" | "examiner" | "both";
}

export function remarkedSkills({ tasks }: ResultInputs): readonly Remarked[] {
  return (["writing", "speaking"] as const).flatMap((skill) => {
    const replaced = tasks
      .filter((task) => task.skill === skill)
      // Of several re-marks the last one counts: what it replaced names a rating that counts now.
      .map(({ ratings, otherRatings }) =>
        otherRatings.filter((other) => ratings.some(({ ratingId }) => ratingId === (other.replaced?.by ?? ""))),
      )
      .filter((others) => others.length > 0);
    if (replaced.length === 0) return [];
    const byMachine = replaced.flat().map(({ machineRatingId }) => machineRatingId !== null);
    const was = byMachine.every(Boolean) ? "machine" : byMachine.some(Boolean) ? "both" : "examiner";
    return [{ skill, tasks: replaced.length, was } as const];
  });
}

const isGiven = ({ ratingId, machineRatingId }: ResultInputs["tasks"][number]["ratings"][number]): boolean =>
  ratingId !== null || machineRatingId !== null;

/** Frozen inputs in short, for staff: how much of what a result stands on. */
export function summariseInputs({ items, tasks }: ResultInputs): {
  items: number;
  answered: number;
  tasks: number;
  ratings: number;
  /** Tasks without a response: scored by rule, without a rater. */
  unanswered: number;
  remarked: readonly Remarked[];
} {
  const ratings = tasks.flatMap((task) => task.ratings);
  return {
    items: items.length,
    answered: items.filter((item) => item.entryId !== null).length,
    tasks: tasks.length,
    ratings: ratings.filter(isGiven).length,
    unanswered: tasks.filter((task) => !task.ratings.some(isGiven)).length,
    remarked: remarkedSkills({ items, tasks }),
  };
}
