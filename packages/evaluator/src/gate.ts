import type { Agreement } from "./agreement.ts";

/**
 * What a model version must show on an installation's own data before its scores may count: the thresholds of Williamson, Xi &
 * Breyer (2012), Educational Measurement: Issues and Practice 31.
 */
export const gateLimits = { leastKappa: 0.7, mostLoss: 0.1, mostDifference: 0.15 } as const;
/** 0.8 less 0.7 is a little more than 0.1 in binary. */
const rounding = 1e-9;
/** A subgroup with fewer responses is named, not judged: its figures are noise. */
const fewestOfSubgroup = 50;
const fewestResponses = 200;

export interface GateEvidence {
  readonly machine: Agreement;
  /** Quadratic weighted kappa of two humans on the same kind of responses; null where too few were marked twice. */
  readonly humanKappa: number | null;
  /** By first language and level. */
  readonly subgroups: readonly { readonly name: string; readonly agreement: Agreement }[];
}

export interface GateDecision {
  readonly passed: boolean;
  /** What broke, one sentence each; empty when passed. */
  readonly failures: readonly string[];
  /** Subgroups too small to be judged. */
  readonly unjudged: readonly string[];
}

/** Decides whether a model version may count. What is not known fails: a gate that nobody measured is closed. */
export function decideGate({ machine, humanKappa, subgroups }: GateEvidence): GateDecision {
  const failures: string[] = [];
  if (machine.n < fewestResponses) failures.push(`${machine.n} responses; ${fewestResponses} are needed`);
  if (machine.qwk === null) failures.push("the weighted kappa is not defined: the scores do not differ");
  else if (machine.qwk < gateLimits.leastKappa)
    failures.push(`weighted kappa ${machine.qwk.toFixed(3)}; at least ${gateLimits.leastKappa} is needed`);
  if (humanKappa === null) failures.push("agreement between humans is not known: too few responses were marked twice");
  else if (machine.qwk !== null && humanKappa - machine.qwk > gateLimits.mostLoss + rounding)
    failures.push(
      `${(humanKappa - machine.qwk).toFixed(3)} below the agreement between humans; at most ${gateLimits.mostLoss} may be lost`,
    );
  const judged = subgroups.filter(({ agreement }) => agreement.n >= fewestOfSubgroup);
  for (const { name, agreement } of [{ name: "all responses", agreement: machine }, ...judged]) {
    const difference = agreement.standardisedDifference;
    if (difference === null) failures.push(`${name}: the difference of means is not defined`);
    else if (Math.abs(difference) > gateLimits.mostDifference)
      failures.push(
        `${name}: means differ by ${difference.toFixed(3)} standard deviations; at most ${gateLimits.mostDifference}`,
      );
  }
  return {
    passed: failures.length === 0,
    failures,
    unjudged: subgroups.filter(({ agreement }) => agreement.n < fewestOfSubgroup).map(({ name }) => name),
  };
}
