import { fQuantile, fTail } from "./f-distribution.ts";

export const intraclassForms = ["ICC(1,1)", "ICC(2,1)", "ICC(3,1)", "ICC(1,k)", "ICC(2,k)", "ICC(3,k)"] as const;
export type IntraclassForm = (typeof intraclassForms)[number];

/** A coefficient, the F test that it is 0, and its 95 % interval. */
export interface Intraclass {
  readonly value: number;
  /** Infinite where the raters agree without any error. */
  readonly f: number;
  readonly df1: number;
  readonly df2: number;
  readonly p: number;
  readonly low: number;
  readonly high: number;
}

/** Scores of `targets` × `raters`, row by row, none missing. */
export interface ScoreMatrix {
  readonly targets: number;
  readonly raters: number;
  readonly scores: Float64Array;
}

interface MeanSquares {
  readonly between: number;
  readonly within: number;
  readonly raters: number;
  readonly error: number;
}

/**
 * The six intraclass correlations of Shrout and Fleiss (1979) with their F tests and 95 % intervals. The first number says
 * where raters come from (1 other ones for each target, 2 a random sample that marks all, 3 these and no others), the second
 * whether one mark or the mean of all k is meant. Null with fewer than two targets or raters, and where the targets' means do not
 * differ at all.
 */
export function intraclass(matrix: ScoreMatrix): Readonly<Record<IntraclassForm, Intraclass>> | null {
  const squares = meanSquares(matrix);
  if (squares === null) return null;
  const { targets: n, raters: k } = matrix;
  const { between, raters, error } = squares;
  const test = fTest(between, error, n - 1, (n - 1) * (k - 1));
  const value = (between - error) / (between + (k - 1) * error + (k * (raters - error)) / n);
  const single = { ...test, value, ...twoWayBounds(squares, value, n, k) };
  // Spearman and Brown's step from one mark to the mean of k.
  const ofMean = (one: number): number => (k * one) / (1 + (k - 1) * one);
  return {
    ...oneWayForms(squares, n, k),
    "ICC(2,1)": single,
    "ICC(3,1)": oneMark(test, k),
    "ICC(2,k)": { ...test, value: ofMean(value), low: ofMean(single.low), high: ofMean(single.high) },
    "ICC(3,k)": meanMark(test),
  };
}

/** The two forms that ask for no more than `raters` marks of each target, whoever gave them. Null as for `intraclass`. */
export function oneWayIntraclass(matrix: ScoreMatrix): Readonly<Record<"ICC(1,1)" | "ICC(1,k)", Intraclass>> | null {
  const squares = meanSquares(matrix);
  return squares && oneWayForms(squares, matrix.targets, matrix.raters);
}

/**
 * Cronbach's alpha (1951) with raters as the items, which on a complete matrix is ICC(3,k) and shares its interval (Feldt 1965).
 * Null where the sums of all targets are the same.
 */
export function cronbachAlpha({ targets: n, raters: k, scores }: ScoreMatrix): number | null {
  if (n < 2 || k < 2) return null;
  const column = (rater: number): number[] => Array.from({ length: n }, (_, target) => scores[target * k + rater] ?? 0);
  const columns = Array.from({ length: k }, (_, rater) => column(rater));
  const totals = Array.from({ length: n }, (_, target) =>
    columns.reduce((sum, scored) => sum + (scored[target] ?? 0), 0),
  );
  const whole = variance(totals);
  if (whole < 1e-12) return null;
  return (k / (k - 1)) * (1 - columns.reduce((sum, scored) => sum + variance(scored), 0) / whole);
}

function oneWayForms(
  { between, within }: MeanSquares,
  n: number,
  k: number,
): Readonly<Record<"ICC(1,1)" | "ICC(1,k)", Intraclass>> {
  const test = fTest(between, within, n - 1, n * (k - 1));
  return { "ICC(1,1)": oneMark(test, k), "ICC(1,k)": meanMark(test) };
}

type Test = Pick<Intraclass, "f" | "df1" | "df2" | "p">;

function fTest(above: number, below: number, df1: number, df2: number): Test {
  const f = below === 0 ? Number.POSITIVE_INFINITY : above / below;
  return { f, df1, df2, p: below === 0 ? 0 : fTail(f, df1, df2) };
}

/** Both ratios below grow with F, so the ends of F's interval are the ends of theirs. */
function throughF(test: Test, ratio: (f: number) => number): Intraclass {
  const { f, df1, df2 } = test;
  const low = ratio(f / fQuantile(0.975, df1, df2));
  return { ...test, value: ratio(f), low, high: ratio(f * fQuantile(0.975, df2, df1)) };
}

function oneMark(test: Test, k: number): Intraclass {
  return throughF(test, (f) => (f === Number.POSITIVE_INFINITY ? 1 : (f - 1) / (f + k - 1)));
}

function meanMark(test: Test): Intraclass {
  return throughF(test, (f) => 1 - 1 / f);
}

/** Interval of ICC(2,1), whose two sources of error have no exact one: Satterthwaite's degrees of freedom as in the paper. */
function twoWayBounds(
  { between, raters, error }: MeanSquares,
  value: number,
  n: number,
  k: number,
): { low: number; high: number } {
  if (error === 0 && raters === 0) return { low: 1, high: 1 };
  const a = (k * value) / (n * (1 - value));
  const b = 1 + a * (n - 1);
  const v = (a * raters + b * error) ** 2 / ((a * raters) ** 2 / (k - 1) + (b * error) ** 2 / ((n - 1) * (k - 1)));
  const spread = k * raters + (k * n - k - n) * error;
  const below = fQuantile(0.975, n - 1, v);
  const above = fQuantile(0.975, v, n - 1);
  return {
    low: (n * (between - below * error)) / (below * spread + n * between),
    high: (n * (above * between - error)) / (spread + n * above * between),
  };
}

function meanSquares({ targets: n, raters: k, scores }: ScoreMatrix): MeanSquares | null {
  if (n < 2 || k < 2) return null;
  const grand = scores.reduce((sum, score) => sum + score, 0) / (n * k);
  const targetMeans = new Float64Array(n);
  const raterMeans = new Float64Array(k);
  scores.forEach((score, index) => {
    targetMeans[Math.floor(index / k)] = (targetMeans[Math.floor(index / k)] ?? 0) + score / k;
    raterMeans[index % k] = (raterMeans[index % k] ?? 0) + score / n;
  });
  const total = scores.reduce((sum, score) => sum + (score - grand) ** 2, 0);
  if (total < 1e-12) return null;
  const ofTargets = k * targetMeans.reduce((sum, mean) => sum + (mean - grand) ** 2, 0);
  const ofRaters = n * raterMeans.reduce((sum, mean) => sum + (mean - grand) ** 2, 0);
  if (ofTargets < 1e-12 * total) return null;
  // What rounding leaves of a sum that is 0 would pass for a very small error and a very large F.
  const clean = (sum: number): number => (sum < 1e-12 * total ? 0 : sum);
  return {
    between: ofTargets / (n - 1),
    within: clean(total - ofTargets) / (n * (k - 1)),
    raters: clean(ofRaters) / (k - 1),
    error: clean(total - ofTargets - ofRaters) / ((n - 1) * (k - 1)),
  };
}

function variance(values: readonly number[]): number {
  const mean = values.reduce((sum, value) => sum + value, 0) / values.length;
  return values.reduce((sum, value) => sum + (value - mean) ** 2, 0) / (values.length - 1);
}
