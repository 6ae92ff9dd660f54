import type { Basis, Contribution, FeatureVector } from "./rating.ts";

/** How a feature's value becomes a number whose steps are alike: rates and counts grow unevenly. */
export type Transform = "linear" | "log" | "root";

/** What is usual, after the transform: the middle and one standard deviation. */
export interface Norm {
  readonly transform: Transform;
  readonly middle: number;
  readonly deviation: number;
}

export interface CriterionModel {
  /** Score of a response that is usual in everything, as a share of the scale. */
  readonly base: number;
  /** Share of the scale for one standard deviation of the feature. */
  readonly weights: Readonly<Record<string, number>>;
  /** Standard error of a score against a human's, as a share of the scale. */
  readonly standardError: number;
}

/** A linear model as data: everything that decides a score. */
export interface LinearModel {
  readonly id: string;
  readonly version: string;
  readonly basis: Basis;
  readonly norms: Readonly<Record<string, Norm>>;
  readonly criteria: Readonly<Record<string, CriterionModel>>;
}

/** No feature counts beyond so many standard deviations: one odd value must not decide a score. */
const mostDeviations = 2.5;
/** A criterion of which less than this share of the weights could be measured has no score. */
const leastMeasured = 0.6;

/** A value in standard deviations from the norm. */
export function standardise(value: number, { transform, middle, deviation }: Norm): number {
  const z = (transformed(value, transform) - middle) / deviation;
  return Math.max(-mostDeviations, Math.min(mostDeviations, z));
}

export function transformed(value: number, transform: Transform): number {
  if (transform === "log") return Math.log1p(value);
  return transform === "root" ? Math.sqrt(value) : value;
}

export interface Prediction {
  /** As a share of the scale, not yet held inside it; null where too little could be measured. */
  readonly share: number | null;
  readonly measuredShare: number;
  readonly contributions: readonly Contribution[];
}

/** Applies one criterion's weights. Contributions are in shares of the scale; a feature that is null has no effect. */
export function predict(model: LinearModel, criterion: CriterionModel, features: FeatureVector): Prediction {
  let share = criterion.base;
  let weighed = 0;
  let measured = 0;
  const contributions = Object.entries(criterion.weights).map(([feature, weight]): Contribution => {
    const value = features[feature] ?? null;
    const norm = model.norms[feature];
    if (norm === undefined) throw new Error(`the model ${model.id} has no norm for ${feature}`);
    weighed += Math.abs(weight);
    if (value === null) return { feature, value, weight, effect: 0 };
    measured += Math.abs(weight);
    const effect = weight * standardise(value, norm);
    share += effect;
    return { feature, value, weight, effect };
  });
  const measuredShare = weighed === 0 ? 0 : measured / weighed;
  return { share: measuredShare < leastMeasured ? null : share, measuredShare, contributions };
}
