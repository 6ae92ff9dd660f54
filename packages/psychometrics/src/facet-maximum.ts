import { cholesky, choleskyInverse, choleskySolve } from "./cholesky.ts";
import { type Evaluation, evaluateLikelihood } from "./facet-likelihood.ts";
import type { FacetProblem } from "./facet-problem.ts";
import { createQuadrature, type Quadrature, quadratureReach } from "./facet-tables.ts";

/** Where the likelihood is greatest. */
export interface Maximum {
  readonly parameters: Float64Array;
  readonly logLikelihood: number;
  /** Of the parameters, under the constraints; null where the likelihood has no single peak here. */
  readonly covariance: Float64Array | null;
  readonly quadrature: Quadrature;
  readonly iterations: number;
  readonly converged: boolean;
}

const iterationsMax = 200;
/** The log-likelihood is within this of its greatest value when the search ends; below it lies what sums of doubles lose. */
const toleranceAt = (logLikelihood: number): number => 1e-9 + 1e-12 * Math.abs(logLikelihood);
const nodesFirst = 61;
const nodesMax = 801;
/** Scripts this far apart (logits) are told apart without error: raters never differ, and the scale has no unit. */
export const sdMax = 25;

/**
 * Newton's method on the marginal likelihood with its exact curvature; where that is no hill, or its step does not lead up, the
 * step of one EM iteration (the complete information alone), which always does. Nodes are added until their spacing is at
 * most the narrowest script's posterior standard deviation.
 */
export function maximise(problem: FacetProblem): Maximum {
  const size = problem.parameters;
  let parameters = startingPoint(problem);
  let quadrature = createQuadrature(nodesFirst);
  let here = evaluateLikelihood(problem, parameters, quadrature);
  let converged = false;
  let iterations = 0;
  for (; iterations < iterationsMax && Math.abs(parameters[size - 1] ?? 0) < sdMax; iterations += 1) {
    const newton = stepFor(problem, here, 1);
    const gain = newton ? slopeAlong(here, newton) / 2 : Number.POSITIVE_INFINITY;
    const nodes = nodesFor(quadrature.nodes.length, here.narrowest);
    if (newton && gain < 0.1 && nodes !== quadrature.nodes.length) {
      quadrature = createQuadrature(nodes);
      here = evaluateLikelihood(problem, parameters, quadrature);
      continue;
    }
    if (newton && gain < toleranceAt(here.logLikelihood)) {
      converged = true;
      break;
    }
    const moved =
      (newton && gain > 0 ? climb(problem, parameters, here, newton, quadrature) : null) ??
      climb(problem, parameters, here, stepFor(problem, here, 0), quadrature);
    if (moved === null) break;
    ({ parameters, here } = moved);
  }
  // Only its size has a meaning: the normal distribution is the same seen from either side.
  const sd = parameters[size - 1] ?? 0;
  if (sd < 0) {
    parameters[size - 1] = -sd;
    here = evaluateLikelihood(problem, parameters, quadrature);
  }
  return {
    parameters,
    logLikelihood: here.logLikelihood,
    covariance: converged ? covarianceAt(problem, here) : null,
    quadrature,
    iterations,
    converged,
  };
}

/**
 * A guess from moments. With steps evenly `gap` apart, marks of a script at z are about normal around (sd / gap) z with variance
 * 1 / gap, so the variance of marks within and between scripts gives both numbers.
 */
function startingPoint(problem: FacetProblem): Float64Array {
  const parameters = new Float64Array(problem.parameters);
  const criterionMeans = new Float64Array(problem.criterionParameter.length);
  const criterionCounts = new Float64Array(problem.criterionParameter.length);
  problem.category.forEach((category, mark) => {
    const criterion = problem.criterion[mark] ?? 0;
    criterionCounts[criterion] = (criterionCounts[criterion] ?? 0) + 1;
    criterionMeans[criterion] = (criterionMeans[criterion] ?? 0) + category;
  });
  criterionMeans.forEach((sum, criterion) => {
    criterionMeans[criterion] = sum / Math.max(1, criterionCounts[criterion] ?? 1);
  });
  const off = (mark: number): number =>
    (problem.category[mark] ?? 0) - (criterionMeans[problem.criterion[mark] ?? 0] ?? 0);
  let total = 0;
  let within = 0;
  let degrees = 0;
  for (let script = 0; script < problem.scripts; script += 1) {
    const begin = problem.start[script] ?? 0;
    const end = problem.start[script + 1] ?? 0;
    let sum = 0;
    let squares = 0;
    for (let mark = begin; mark < end; mark += 1) {
      sum += off(mark);
      squares += off(mark) ** 2;
    }
    total += squares;
    if (end - begin < 2) continue;
    within += squares - sum ** 2 / (end - begin);
    degrees += end - begin - 1;
  }
  const variance = total / problem.category.length;
  const alike = degrees === 0 ? 0.5 : Math.min(0.95, Math.max(0.1, 1 - within / degrees / variance));
  // More than some logits between steps would start the search where nothing has a slope.
  const gap = Math.min(6, 1 / (variance * (1 - alike)));
  parameters[problem.parameters - 1] = Math.sqrt(alike * variance) * gap;
  problem.groupOf.forEach((index, criterion) => {
    const group = problem.groups[index];
    const place = problem.criterionParameter[criterion] ?? -1;
    if (!group || place < 0) return;
    const top = group.width - 1;
    parameters[place] = gap * (top / 2 - (criterionMeans[criterion] ?? 0));
    group.parameter.forEach((step, x) => {
      if (step >= 0) parameters[step] = (-gap / 2) * x * (top - x);
    });
  });
  return parameters;
}

function nodesFor(count: number, narrowest: number): number {
  const spacing = (2 * quadratureReach) / (count - 1);
  if (spacing <= narrowest || count >= nodesMax) return count;
  // Where the grid is far too coarse, its own idea of the narrowest script is too narrow: go there in steps.
  const wanted = Math.ceil((2 * quadratureReach) / (0.9 * narrowest)) + 1;
  return Math.min(nodesMax, 2 * count, wanted + (wanted % 2 === 0 ? 1 : 0));
}

/** Up to `missing` = 1 of the missing information taken off the complete; null where that is no hill. */
function stepFor(problem: FacetProblem, here: Evaluation, missing: 0 | 1): Float64Array | null {
  const lower = cholesky(constrained(problem, here, missing).matrix, problem.parameters);
  return lower && choleskySolve(lower, problem.parameters, here.gradient);
}

/**
 * The likelihood stays the same when all raters of a tie become as much more severe as its criteria become easier. Adding the
 * square of the severities' sum to the curvature holds the sum at 0 without touching the likelihood.
 */
function constrained(
  problem: FacetProblem,
  { complete, missing }: Evaluation,
  share: 0 | 1,
): { matrix: Float64Array; stiffness: number } {
  const size = problem.parameters;
  const matrix =
    share === 0 ? Float64Array.from(complete) : complete.map((value, index) => value - (missing[index] ?? 0));
  let stiffness = 0;
  for (let index = 0; index < size - 1; index += 1) stiffness += (complete[index * size + index] ?? 0) / (size - 1);
  for (const { raters } of problem.ties) {
    const places = raters.map((rater) => problem.raterParameter[rater] ?? 0);
    for (const a of places)
      for (const b of places) if (b <= a) matrix[a * size + b] = (matrix[a * size + b] ?? 0) + stiffness;
  }
  return { matrix, stiffness };
}

function slopeAlong({ gradient }: Evaluation, step: Float64Array): number {
  return gradient.reduce((sum, slope, index) => sum + slope * (step[index] ?? 0), 0);
}

/** Along the step, halved until it leads up; null where it never does. */
function climb(
  problem: FacetProblem,
  parameters: Float64Array,
  here: Evaluation,
  step: Float64Array | null,
  quadrature: Quadrature,
): { parameters: Float64Array; here: Evaluation } | null {
  if (step === null) return null;
  // A logit or two is a long way: longer steps come from a curvature that soon ends.
  const longest = step.reduce((most, value) => Math.max(most, Math.abs(value)), 0);
  let share = Math.min(1, 3 / longest);
  const slack = toleranceAt(here.logLikelihood);
  for (let halvings = 0; halvings < 12; halvings += 1) {
    const moved = parameters.map((value, index) => value + share * (step[index] ?? 0));
    const there = evaluateLikelihood(problem, moved, quadrature);
    if (there.logLikelihood > here.logLikelihood - slack) return { parameters: moved, here: there };
    share /= 2;
  }
  return null;
}

/** The inverse of the observed information, less what the constraint added along the way the likelihood does not change. */
function covarianceAt(problem: FacetProblem, here: Evaluation): Float64Array | null {
  const size = problem.parameters;
  const { matrix, stiffness } = constrained(problem, here, 1);
  const lower = cholesky(matrix, size);
  if (lower === null) return null;
  const covariance = choleskyInverse(lower, size);
  for (const { raters, criteria } of problem.ties) {
    const along = new Map<number, number>();
    for (const rater of raters) along.set(problem.raterParameter[rater] ?? 0, 1);
    for (const criterion of criteria) along.set(problem.criterionParameter[criterion] ?? 0, -1);
    const added = 1 / (stiffness * raters.length ** 2);
    for (const [a, signA] of along)
      for (const [b, signB] of along)
        covariance[a * size + b] = (covariance[a * size + b] ?? 0) - signA * signB * added;
  }
  return covariance;
}
