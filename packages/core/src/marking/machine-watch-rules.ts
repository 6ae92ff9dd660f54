import { type CategoryPairs, type Estimate, kappa, normalQuantile } from "@bandwise/psychometrics/kappa";
import type { RatingScale } from "./schema.ts";

export interface ScoredPair {
  readonly machine: number;
  readonly human: number;
}

/** An answer that machine and examiners have rated without seeing each other's marks. */
export interface ComparedAnswer {
  readonly version: string;
  readonly level: string;
  readonly firstLanguage: string;
  readonly task: string;
  /** `2026-03` */
  readonly month: string;
  /** By criterion. */
  readonly pairs: ReadonlyMap<string, ScoredPair>;
}

/** Of fewer answers an interval by large samples is as wrong as it is narrow. */
const fewestAnswers = 10;

export interface ComparedAgreement {
  readonly answers: number;
  readonly kappa: Estimate;
  /** Machine's mean less the examiners', in standard deviations of the two together. */
  readonly difference: Estimate;
}

/**
 * How far machine and examiners agree, on one criterion or on all together. The criteria of an answer stand or fall together, so
 * that intervals count answers, not marks.
 */
export function agreementOfAnswers(
  answers: readonly ComparedAnswer[],
  scale: RatingScale,
  criterion?: string,
): ComparedAgreement {
  const rows = answers.flatMap(({ pairs }, cluster) =>
    (criterion === undefined ? [...pairs.values()] : [pairs.get(criterion)].filter((pair) => pair !== undefined)).map(
      (pair) => ({ ...pair, cluster }),
    ),
  );
  const category = (score: number) =>
    Math.round((Math.max(scale.lowest, Math.min(scale.highest, score)) - scale.lowest) / scale.step);
  const pairs: CategoryPairs = {
    first: rows.map(({ machine }) => category(machine)),
    second: rows.map(({ human }) => category(human)),
    cluster: rows.map(({ cluster }) => cluster),
  };
  const count = new Set(rows.map(({ cluster }) => cluster)).size;
  if (count < fewestAnswers) {
    const unknown = { value: null, reason: `fewer than ${fewestAnswers} answers` } as const;
    return { answers: count, kappa: unknown, difference: unknown };
  }
  return {
    answers: count,
    kappa: kappa(pairs, Math.round((scale.highest - scale.lowest) / scale.step) + 1, "quadratic"),
    difference: differenceOfMeans(rows),
  };
}

/** Standardised as the gate does it; its error treats the spread as known and sums within answers. */
function differenceOfMeans(rows: readonly (ScoredPair & { readonly cluster: number })[]): Estimate {
  const n = rows.length;
  const spread = Math.sqrt((variance(rows.map((row) => row.machine)) + variance(rows.map((row) => row.human))) / 2);
  if (n < 2 || spread === 0) return { value: null, reason: "there is no spread to measure it by" };
  const apart = mean(rows.map(({ machine, human }) => machine - human));
  const byAnswer = new Map<number, number>();
  for (const { machine, human, cluster } of rows)
    byAnswer.set(cluster, (byAnswer.get(cluster) ?? 0) + machine - human - apart);
  const se = Math.sqrt([...byAnswer.values()].reduce((sum, own) => sum + own * own, 0)) / n / spread;
  return around(apart / spread, se);
}

export interface NamedAgreement extends ComparedAgreement {
  readonly name: string;
}

/** By a property of the answers; the largest group first, then by name. */
export function groupAnswers(
  answers: readonly ComparedAnswer[],
  key: "version" | "level" | "firstLanguage" | "task" | "month",
  scale: RatingScale,
): NamedAgreement[] {
  const groups = new Map<string, ComparedAnswer[]>();
  for (const answer of answers) groups.set(answer[key], [...(groups.get(answer[key]) ?? []), answer]);
  return [...groups]
    .map(([name, own]) => ({ name, ...agreementOfAnswers(own, scale) }))
    .sort((a, b) => b.answers - a.answers || a.name.localeCompare(b.name));
}

export interface Drift {
  readonly from: string;
  readonly to: string;
  /** How far the machine has moved against examiners, in standard deviations; positive: it has become more lenient. */
  readonly change: Estimate;
}

/** From the first month to the last, with months that have enough answers to say anything; null with fewer than two of them. */
export function driftOver(months: readonly NamedAgreement[], fewest: number): Drift | null {
  const told = months
    .filter(({ answers, difference }) => answers >= fewest && difference.value !== null)
    .toSorted((a, b) => a.name.localeCompare(b.name));
  const [first, last] = [told[0], told.at(-1)];
  if (!first || !last || first === last) return null;
  const [before, after] = [first.difference, last.difference];
  if (before.value === null || after.value === null) return null;
  return {
    ...{ from: first.name, to: last.name },
    change: around(after.value - before.value, Math.hypot(before.se, after.se)),
  };
}

function around(value: number, se: number): Estimate {
  return { value, se, low: value - normalQuantile * se, high: value + normalQuantile * se };
}

function mean(values: readonly number[]): number {
  return values.reduce((sum, value) => sum + value, 0) / Math.max(1, values.length);
}

function variance(values: readonly number[]): number {
  const middle = mean(values);
  return mean(values.map((value) => (value - middle) ** 2));
}
