import { createHash } from "node:crypto";
import { type CriterionModel, type LinearModel, predict } from "./model.ts";
import type { CriterionRating, FeatureVector, Rubric } from "./rating.ts";

/** 90 of 100, normally distributed. */
const intervalDeviations = 1.645;

export interface Scoring {
  readonly model: LinearModel;
  readonly criterion: CriterionModel;
  readonly id: string;
  readonly features: FeatureVector;
  readonly rubric: Pick<Rubric, "lowest" | "highest">;
  /** How much of a full response there is: with less of it a score is less sure than the model's standard error says. */
  readonly amount: number;
}

/** Scores one criterion from what was measured. Pure: the same features give the same rating. */
export function scoreCriterion({ model, criterion, id, features, rubric, amount }: Scoring): CriterionRating {
  const range = rubric.highest - rubric.lowest;
  const { share, measuredShare, contributions } = predict(model, criterion, features);
  if (share === null) {
    const missing = contributions.filter(({ value }) => value === null).map(({ feature }) => feature);
    return unmeasured(id, `too little could be measured: ${missing.join(", ")} missing`);
  }
  const onScale = (value: number): number => round(rubric.lowest + range * Math.max(0, Math.min(1, value)), 2);
  const brevity = Math.sqrt(Math.max(1, 1 / amount));
  const half = intervalDeviations * criterion.standardError * brevity;
  return {
    criterion: id,
    score: onScale(share),
    reason: null,
    interval: [onScale(share - half), onScale(share + half)],
    confidence: round(
      (model.basis === "heuristic" ? 0.5 : 1 - 2 * criterion.standardError) * measuredShare * (1 / brevity),
      2,
    ),
    basis: model.basis,
    base: round(rubric.lowest + range * criterion.base, 4),
    contributions: contributions
      .filter(({ weight }) => weight !== 0)
      .map(({ feature, value, weight, effect }) => ({
        feature,
        value: value === null ? null : round(value, 4),
        weight: round(weight * range, 4),
        effect: round(effect * range, 4),
      })),
  };
}

export function unmeasured(criterion: string, reason: string): CriterionRating {
  return { criterion, score: null, reason, interval: null, confidence: 0, basis: "none", base: 0, contributions: [] };
}

/** Of the value, not of the order of its fields: a database that gives a model back in another order gives the same model. */
export function sha256(value: unknown): string {
  return createHash("sha256").update(JSON.stringify(value, inOrder)).digest("hex");
}

function inOrder(_key: string, value: unknown): unknown {
  if (typeof value !== "object" || value === null || Array.isArray(value)) return value;
  return Object.fromEntries(Object.entries(value).sort(([a], [b]) => (a < b ? -1 : 1)));
}

export function round(value: number, decimals: number): number {
  const factor = 10 ** decimals;
  // Minus zero would show in the bytes.
  return Math.round(value * factor) / factor + 0;
}
