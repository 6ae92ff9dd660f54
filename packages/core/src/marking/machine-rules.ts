import type { Agreement } from "@bandwise/evaluator/agreement";
import type { MachineCriterion } from "./machine-schema.ts";
import type { ScoredPair } from "./machine-watch-rules.ts";
import type { RatingScale, RubricFile, Scores } from "./schema.ts";

/**
 * The machine's mark as an examiner's would be: every criterion of the rubric, each at the nearest step of its scale. Null
 * where one is missing: half a second opinion is none.
 */
export function machineMark(
  { criteria, scale }: Pick<RubricFile, "criteria" | "scale">,
  rated: readonly MachineCriterion[],
): Scores | null {
  const marks = criteria.map(({ id }) => {
    const score = rated.find(({ criterion }) => criterion === id)?.score ?? null;
    if (score === null) return null;
    return [id, nearestStep(scale, score)] as const;
  });
  return marks.some((mark) => mark === null) ? null : Object.fromEntries(marks.flatMap((mark) => (mark ? [mark] : [])));
}

/** The step of a scale nearest to a score, held inside it. */
export function nearestStep({ lowest, highest, step }: RatingScale, score: number): number {
  const steps = Math.round((score - lowest) / step);
  return Math.min(highest, Math.max(lowest, lowest + steps * step));
}

/** Per criterion the mean of the marks that have it. */
export function meanScores(given: readonly Scores[]): Scores {
  const criteria = [...new Set(given.flatMap((scores) => Object.keys(scores)))];
  return Object.fromEntries(
    criteria.map((criterion) => {
      const marks = given.flatMap((scores) => scores[criterion] ?? []);
      return [criterion, marks.reduce((sum, mark) => sum + mark, 0) / marks.length];
    }),
  );
}

export interface WatchedCriterion {
  readonly criterion: string;
  readonly agreement: Agreement;
}
interface WatchLimits {
  readonly leastKappa: number;
  readonly mostDifference: number;
}

/** With fewer responses marked by both, figures are noise and nothing is decided. */
export const fewestWatched = 50;
/** The newest so many are looked at: an old good time must not hide a bad new one. */
export const mostWatched = 200;

/**
 * Whether the version in use still shows what it was let in for, on what it has rated since, beside examiners who did not see
 * its marks. @returns what broke, a sentence each; none: it stays.
 */
export function brokenPromises(watched: readonly WatchedCriterion[], limits: WatchLimits): string[] {
  return watched.flatMap(({ criterion, agreement: { n, qwk, standardisedDifference } }) => {
    if (n < fewestWatched) return [];
    const broken: string[] = [];
    // Undefined agreement is agreement that nobody has shown.
    if (qwk === null || qwk < limits.leastKappa)
      broken.push(`${criterion}: weighted kappa ${qwk === null ? "not defined" : qwk.toFixed(2)} on the newest ${n}`);
    if (standardisedDifference !== null && Math.abs(standardisedDifference) > limits.mostDifference)
      broken.push(
        `${criterion}: means ${standardisedDifference.toFixed(2)} standard deviations apart on the newest ${n}`,
      );
    return broken;
  });
}

/** The task as the rater takes it. */
export function askedOf(content: {
  readonly situation: string;
  readonly instruction: string;
  readonly points: readonly string[];
  readonly minWords: number;
  readonly maxWords: number;
}) {
  const { situation, instruction, points, minWords, maxWords } = content;
  return { prompt: `${situation}\n${instruction}`, points, minWords, maxWords };
}

interface GroupedPairs {
  readonly name: string;
  readonly pairs: readonly ScoredPair[];
}

/** Groups of pairs by a key, largest first, then by name. */
export function groupPairs<T>(
  rows: readonly T[],
  keyOf: (row: T) => string,
  pairsOf: (row: T) => readonly ScoredPair[],
): GroupedPairs[] {
  const groups = new Map<string, ScoredPair[]>();
  for (const row of rows) {
    const key = keyOf(row);
    groups.set(key, [...(groups.get(key) ?? []), ...pairsOf(row)]);
  }
  return [...groups]
    .map(([name, pairs]) => ({ name, pairs }))
    .sort((a, b) => b.pairs.length - a.pairs.length || a.name.localeCompare(b.name));
}
