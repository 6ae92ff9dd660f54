import { type Agreement, agreementOf, mean, rootMeanSquareError, type Scale, variance } from "./agreement.ts";
import { type CriterionModel, type LinearModel, type Norm, standardise, transformed } from "./model.ts";
import type { FeatureVector } from "./rating.ts";
import { type Moments, momentsOf, type RidgeFit, solveRidge, without } from "./ridge.ts";
import { functionWords } from "./text/word-lists.ts";

/** One response an examiner has confirmed scores for. */
export interface CalibrationRow {
  /** The caller's name for it, given back with its prediction. */
  readonly id?: string;
  readonly candidate: string;
  readonly prompt: string;
  readonly features: FeatureVector;
  readonly scores: Readonly<Record<string, number | null>>;
}

export interface CriterionReport {
  readonly criterion: string;
  /** In responses: the weight of the belief that no feature matters. */
  readonly penalty: number;
  readonly folds: number;
  /** What the models that made these predictions had not seen; from one prompt nothing can be said about others. */
  readonly unseen: "candidate and prompt" | "candidate";
  readonly agreement: Agreement;
  /** Of each response with a score: what was predicted without having seen it, and its score. */
  readonly predictions: readonly { readonly id: string | null; readonly predicted: number; readonly score: number }[];
}

export interface Calibration {
  readonly model: LinearModel;
  readonly report: readonly CriterionReport[];
}

/** Fewer confirmed responses do not carry thirty weights. */
export const fewestResponses = 200;
const mostFolds = 10;
const penalties = [3, 10, 30, 100, 300, 1000] as const;
const wordPenalty = 10;
/** A function word must occur in so large a share of the responses to be learned from. */
const leastOccurrence = 0.03;

/**
 * Refits a model to confirmed scores by ridge regression: features and their transforms stay, the norms become what is usual among
 * these candidates, the weights what their scores say.
 * The penalty is chosen, and the agreement reported, on predictions of models that had seen neither the response's candidate nor
 * its prompt. No randomness: the same rows in any order give the same model.
 *
 * @throws RangeError where a criterion has fewer than 200 scores, or one candidate or prompt gave too many to hold it out
 */
export function calibrate(
  source: LinearModel,
  rows: readonly CalibrationRow[],
  criteria: readonly string[],
  scale: Scale,
  version: string,
): Calibration {
  const norms = localNorms(source, rows);
  const fitted = criteria.map((criterion) => ({ criterion, ...fitCriterion(norms, rows, criterion, scale) }));
  return {
    model: {
      ...{ id: `${source.id}-calibrated`, version, basis: "calibrated-model", norms },
      criteria: Object.fromEntries(fitted.map(({ criterion, model }) => [criterion, model])),
    },
    report: fitted.map(({ report }) => report),
  };
}

interface Sample {
  readonly candidate: string;
  readonly prompt: string;
  readonly id: string | null;
  readonly x: readonly number[];
  /** Score as a share of the scale. */
  readonly y: number;
}

function fitCriterion(
  norms: LinearModel["norms"],
  rows: readonly CalibrationRow[],
  criterion: string,
  scale: Scale,
): { model: CriterionModel; report: CriterionReport } {
  const range = scale.highest - scale.lowest;
  const names = Object.keys(norms).sort();
  const samples = rows
    .flatMap(({ id = null, candidate, prompt, features, scores }): Sample[] => {
      const score = scores[criterion];
      if (typeof score !== "number") return [];
      return [{ candidate, prompt, id, x: columnsOf(norms, names, features), y: (score - scale.lowest) / range }];
    })
    .sort(compareSamples);
  if (samples.length < fewestResponses)
    throw new RangeError(`${criterion} has ${samples.length} confirmed scores; calibration needs ${fewestResponses}`);
  const { folds, unseen } = foldsOf(samples);
  const learnable = learnableOf(samples, folds);
  const tried = penalties.map((penalty) => {
    const predicted = crossPredict(samples, folds, learnable, penaltiesOf(names, penalty));
    return {
      penalty,
      predicted,
      error:
        rootMeanSquareError(
          predicted,
          samples.map(({ y }) => y),
        ) ?? Number.POSITIVE_INFINITY,
    };
  });
  const best = tried.reduce((a, b) => (b.error < a.error ? b : a));
  const onScale = (share: number): number => scale.lowest + range * Math.max(0, Math.min(1, share));
  const fit = solveRidge(momentsOfSamples(samples), penaltiesOf(names, best.penalty));
  return {
    model: {
      base: round(fit.intercept),
      weights: Object.fromEntries(names.map((name, at) => [name, round(fit.weights[at] ?? 0)])),
      standardError: round(best.error),
    },
    report: {
      ...{ criterion, penalty: best.penalty, folds: folds.length, unseen },
      agreement: agreementOf(
        best.predicted.map(onScale),
        samples.map(({ y }) => onScale(y)),
        scale,
      ),
      predictions: samples.map(({ id, y }, at) => ({
        id,
        predicted: onScale(best.predicted[at] ?? 0),
        score: onScale(y),
      })),
    },
  };
}

/** What is usual among these responses. A feature that nobody or everybody shows alike has no norm, and so no weight. */
function localNorms(source: LinearModel, rows: readonly CalibrationRow[]): Record<string, Norm> {
  const words = functionWords.map((word) => [`word:${word}`, "root"] as const);
  const known = Object.entries(source.norms).map(([name, { transform }]) => [name, transform] as const);
  return Object.fromEntries(
    [...known, ...words].flatMap(([name, transform]) => {
      const values = rows.flatMap(({ features }) => features[name] ?? []);
      if (values.length < rows.length / 2) return [];
      if (name.startsWith("word:") && values.filter((value) => value > 0).length < leastOccurrence * rows.length)
        return [];
      const changed = values.map((value) => transformed(value, transform)).sort(ascending);
      const deviation = round(Math.sqrt(variance(changed)));
      return deviation < 1e-4 ? [] : [[name, { transform, middle: round(mean(changed)), deviation }] as const];
    }),
  );
}

/** What could not be measured stands at its norm, as it does when the model is applied. */
function columnsOf(norms: LinearModel["norms"], names: readonly string[], features: FeatureVector): number[] {
  return names.map((name) => {
    const value = features[name] ?? null;
    const norm = norms[name];
    return value === null || norm === undefined ? 0 : standardise(value, norm);
  });
}

function compareSamples(a: Sample, b: Sample): number {
  return (
    compare(a.prompt, b.prompt) || compare(a.candidate, b.candidate) || a.y - b.y || compare(a.x.join(), b.x.join())
  );
}

function ascending(a: number, b: number): number {
  return a - b;
}

function compare(a: string, b: string): number {
  return a < b ? -1 : a > b ? 1 : 0;
}

/** Whole prompts are dealt to folds, largest first to the emptiest; with too few prompts whole candidates are. */
function foldsOf(samples: readonly Sample[]): { folds: number[][]; unseen: CriterionReport["unseen"] } {
  const byPrompt = new Set(samples.map(({ prompt }) => prompt)).size >= 3;
  const groups = new Map<string, number[]>();
  samples.forEach((sample, at) => {
    const key = byPrompt ? sample.prompt : sample.candidate;
    groups.set(key, [...(groups.get(key) ?? []), at]);
  });
  const sorted = [...groups].sort(([a, ofA], [b, ofB]) => ofB.length - ofA.length || compare(a, b));
  const folds: number[][] = Array.from({ length: Math.min(mostFolds, sorted.length) }, () => []);
  for (const [, members] of sorted) folds.reduce((a, b) => (b.length < a.length ? b : a)).push(...members);
  if (folds.length < 3) throw new RangeError("one or two candidates gave all responses: nothing can be held out");
  return { folds, unseen: byPrompt ? "candidate and prompt" : "candidate" };
}

/** For each fold what a model may learn from: nothing of the fold, nor another response of the fold's candidates. */
function learnableOf(samples: readonly Sample[], folds: readonly (readonly number[])[]): Moments[] {
  const all = momentsOfSamples(samples);
  return folds.map((fold) => {
    const candidates = new Set(fold.map((at) => samples[at]?.candidate));
    const held = new Set(fold);
    const excluded = samples.filter((sample, at) => held.has(at) || candidates.has(sample.candidate));
    if (excluded.length === samples.length)
      throw new RangeError("the same candidates gave the responses of every prompt: nothing is left to learn from");
    return without(all, momentsOfSamples(excluded));
  });
}

/** Each sample's prediction by the model that learned without its fold. */
function crossPredict(
  samples: readonly Sample[],
  folds: readonly (readonly number[])[],
  learnable: readonly Moments[],
  penalties: readonly number[],
): number[] {
  const predicted = new Array<number>(samples.length).fill(0);
  folds.forEach((fold, index) => {
    const moments = learnable[index];
    if (moments === undefined) return;
    const fit = solveRidge(moments, penalties);
    for (const at of fold) predicted[at] = apply(fit, samples[at]?.x ?? []);
  });
  return predicted;
}

/** Single function words say little each and are many: without a stronger penalty they drown the rest. */
function penaltiesOf(names: readonly string[], penalty: number): number[] {
  return names.map((name) => (name.startsWith("word:") ? penalty * wordPenalty : penalty));
}

function momentsOfSamples(samples: readonly Sample[]): Moments {
  return momentsOf(
    samples.map(({ x }) => x),
    samples.map(({ y }) => y),
  );
}

function apply({ intercept, weights }: RidgeFit, x: readonly number[]): number {
  return intercept + dot(weights, x);
}

function dot(a: readonly number[], b: readonly number[]): number {
  return a.reduce((sum, value, at) => sum + value * (b[at] ?? 0), 0);
}

function round(value: number): number {
  return Math.round(value * 1e5) / 1e5 + 0;
}
