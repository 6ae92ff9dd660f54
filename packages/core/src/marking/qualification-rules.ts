import type { Scores } from "./schema.ts";

/**
 * What qualifies an examiner for a skill, as versioned data; every decision keeps the rule it was made by. On a scale of 21
 * half points two trained markers give the same mark on about a third of the criteria and lie within one point on most.
 */
export const qualificationRule = {
  version: 1,
  setSize: 10,
  /** Shares of all criteria of a set, in percent, for each of the two sets by itself. */
  exactPercent: 30,
  adjacentPercent: 85,
  /** Adjacent: so many points apart or fewer, the same mark among them. */
  adjacentPoints: 1,
  validDays: 365,
} as const;
export type QualificationRule = typeof qualificationRule;

export interface Agreement {
  /** Marks compared: scripts × criteria. */
  readonly marks: number;
  readonly exact: number;
  readonly adjacent: number;
  /** How much higher than the model the examiner marks on average, in points. */
  readonly bias: number;
}

export function agreementWithModel(
  pairs: readonly { readonly given: Scores; readonly model: Scores }[],
  adjacentPoints: number = qualificationRule.adjacentPoints,
): Agreement {
  const apart = pairs.flatMap(({ given, model }) =>
    Object.entries(model).map(([criterion, score]) => (given[criterion] ?? 0) - score),
  );
  return {
    marks: apart.length,
    exact: apart.filter((points) => points === 0).length,
    adjacent: apart.filter((points) => Math.abs(points) <= adjacentPoints).length,
    bias: apart.length === 0 ? 0 : apart.reduce((sum, points) => sum + points, 0) / apart.length,
  };
}

/** Whether a set was passed: both shares reached. In whole numbers, so that 30 % of 50 is 15 and nothing else. */
export function passesSet({ marks, exact, adjacent }: Agreement, rule: QualificationRule = qualificationRule): boolean {
  return marks > 0 && exact * 100 >= rule.exactPercent * marks && adjacent * 100 >= rule.adjacentPercent * marks;
}

export const qualificationSteps = ["training", "set_one", "set_two"] as const;
export type QualificationStep = (typeof qualificationSteps)[number];

export interface ShownBenchmark {
  readonly id: string;
  readonly use: QualificationStep;
}

/**
 * What comes next in a round: training scripts in their order, then each set in an order of the examiner's own, so that two
 * who sit side by side do not meet the same script at the same time.
 */
export function nextBenchmark<B extends ShownBenchmark>(
  benchmarks: readonly B[],
  done: ReadonlySet<string>,
  order: (benchmark: B) => string,
): B | null {
  for (const step of qualificationSteps) {
    const left = benchmarks.filter(({ id, use }) => use === step && !done.has(id));
    if (left.length === 0) continue;
    return (step === "training" ? left : left.toSorted((a, b) => (order(a) < order(b) ? -1 : 1)))[0] ?? null;
  }
  return null;
}

/** After the last script of a set: passed on to the next, qualified, or failed; null while the set goes on. */
export function decideAfterSet(
  step: QualificationStep,
  left: number,
  agreement: Agreement,
): "on" | "passed" | "failed" | null {
  if (step === "training" || left > 0) return null;
  if (!passesSet(agreement)) return "failed";
  return step === "set_one" ? "on" : "passed";
}

export interface QualificationRecord {
  readonly verdict: "passed" | "failed" | "withdrawn";
  readonly validUntil: Date | null;
}

export type QualificationState = "qualified" | "expired" | "failed" | "withdrawn" | "never";

/** What the newest decision means now. */
export function qualificationState(newest: QualificationRecord | null, now: Date): QualificationState {
  if (!newest) return "never";
  if (newest.verdict !== "passed") return newest.verdict;
  return newest.validUntil !== null && newest.validUntil <= now ? "expired" : "qualified";
}
