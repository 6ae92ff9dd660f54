import { type MeanSquares, placesAndFit } from "./facet-fit.ts";
import { maximise, sdMax } from "./facet-maximum.ts";
import { createFacetProblem, type Extreme, type FacetProblem, type StepsOf } from "./facet-problem.ts";
import { connectedRaters } from "./rater-design.ts";
import { type RatingTable, scoreOf } from "./rating-table.ts";

/** One rater or one criterion. Numbers are null where its marks allow no finite estimate; `extreme` says why. */
export interface FacetElement {
  readonly id: string;
  /** Logits: a severe rater and a hard criterion are above 0. */
  readonly measure: number | null;
  readonly se: number | null;
  /** Mean squares, 1 where marks vary as the model says; above: less predictable, below: more alike than chance allows. */
  readonly infit: number | null;
  readonly outfit: number | null;
  /** Marks. */
  readonly count: number;
  readonly extreme: Extreme | null;
}

/** A step leads from one score to the next; null where one of the two was never given. */
export interface Step {
  readonly from: number;
  readonly to: number;
  readonly measure: number | null;
  readonly se: number | null;
}

/** How well elements are told apart: true spread over mean error, and the share of true variance. Null for fewer than two. */
export interface Separation {
  readonly separation: number;
  readonly reliability: number;
}

export interface ManyFacet {
  readonly logLikelihood: number;
  readonly converged: boolean;
  readonly iterations: number;
  /** Free parameters, for comparing models. */
  readonly parameters: number;
  readonly raters: readonly FacetElement[];
  readonly criteria: readonly FacetElement[];
  /** One set of steps for the whole scale (criterion null) or one for each criterion. */
  readonly steps: readonly { readonly criterion: string | null; readonly steps: readonly Step[] }[];
  /** Standard deviation of the scripts (logits). */
  readonly scripts: {
    readonly sd: number;
    readonly se: number | null;
    readonly reliability: number | null;
    /** Mean and standard deviation of each script's place given its marks, in the order of the table's scripts. */
    readonly places: Float64Array;
    readonly errors: Float64Array;
  };
  readonly separation: Separation | null;
  /** Raters in groups that common scripts hold together; one group is as it should be. */
  readonly connected: readonly (readonly string[])[];
  readonly warnings: readonly string[];
  /** Covariance of two raters' severities; null where either has no estimate. */
  severityCovariance(first: string, second: string): number | null;
}

/** Marks that no severity can be read from; the message says why. */
export class NotEstimable extends Error {}

/**
 * Many-facet Rasch model (Linacre 1989) by marginal maximum likelihood: scripts ~ N(0, sd²), severities sum to 0, the steps of a
 * scale sum to 0, difficulties say where each criterion lies among the scripts. Standard errors come from the observed
 * information. Throws NotEstimable where marks do not vary, or raters agree so well that the logit has no size.
 */
export function fitManyFacet(table: RatingTable, { stepsOf = "scale" }: { stepsOf?: StepsOf } = {}): ManyFacet {
  const problem = createFacetProblem(table, stepsOf);
  if (problem.category.length === 0) throw new NotEstimable("the marks do not differ");
  const maximum = maximise(problem);
  const { parameters, covariance, quadrature } = maximum;
  const sd = parameters[problem.parameters - 1] ?? 0;
  if (sd >= sdMax) throw new NotEstimable("raters agree too well: no disagreement is left to measure severity by");
  const { places, errors, ofRaters, ofCriteria } = placesAndFit(problem, parameters, quadrature);
  const variance = (a: number, b: number): number | null =>
    covariance && a >= 0 && b >= 0 ? (covariance[a * problem.parameters + b] ?? 0) : null;
  const error = (place: number): number | null => {
    const found = variance(place, place);
    return found === null ? null : Math.sqrt(Math.max(0, found));
  };
  const elements = (
    ids: readonly string[],
    column: Int32Array,
    place: Int32Array,
    extremes: ReadonlyMap<number, Extreme>,
    fit: readonly MeanSquares[],
  ): FacetElement[] => {
    const counts = new Int32Array(ids.length);
    for (const element of column) counts[element] = (counts[element] ?? 0) + 1;
    return ids.map((id, index) => {
      const parameter = place[index] ?? -1;
      const found = extremes.get(index) ?? null;
      return {
        id,
        measure: found ? null : (parameters[parameter] ?? null),
        se: found ? null : error(parameter),
        infit: found ? null : (fit[index]?.infit ?? null),
        outfit: found ? null : (fit[index]?.outfit ?? null),
        count: counts[index] ?? 0,
        extreme: found,
      };
    });
  };
  const raters = elements(table.raters, table.rater, problem.raterParameter, problem.raterExtreme, ofRaters);
  const criteria = elements(
    table.criteria,
    table.criterion,
    problem.criterionParameter,
    problem.criterionExtreme,
    ofCriteria,
  );
  const connected = connectedRaters(table);
  const known = table.raters.map((id, index): [string, number] => [id, problem.raterParameter[index] ?? -1]);
  const parameterOf = new Map(known);
  return {
    logLikelihood: maximum.logLikelihood,
    converged: maximum.converged,
    iterations: maximum.iterations,
    parameters: problem.parameters - problem.ties.length,
    raters,
    criteria,
    steps: problem.groups.map((_, group) => ({
      criterion: stepsOf === "scale" ? null : (table.criteria[group] ?? null),
      steps: stepsOfGroup(table, problem, group, parameters, variance),
    })),
    scripts: {
      sd,
      // At 0 the likelihood has no slope on either side of which an error could be measured.
      se: sd < 1e-3 ? null : error(problem.parameters - 1),
      reliability: sd < 1e-3 ? null : 1 - mean(Array.from(errors, (e) => e * e)) / sd ** 2,
      places,
      errors,
    },
    separation: separationOf(raters),
    connected,
    warnings: [
      ...warningsOf(table, problem, stepsOf, connected),
      ...(maximum.converged ? [] : ["the estimation did not settle; take its numbers with care"]),
      ...(maximum.converged && covariance === null
        ? ["the marks do not settle every number; there are no standard errors"]
        : []),
    ],
    severityCovariance: (first, second) => variance(parameterOf.get(first) ?? -1, parameterOf.get(second) ?? -1),
  };
}

function stepsOfGroup(
  table: RatingTable,
  problem: FacetProblem,
  index: number,
  parameters: Float64Array,
  variance: (a: number, b: number) => number | null,
): Step[] {
  const group = problem.groups[index];
  return Array.from({ length: table.categories - 1 }, (_, category): Step => {
    const ends = { from: scoreOf(table.scale, category), to: scoreOf(table.scale, category + 1) };
    const x = category - (group?.low ?? 0);
    if (!group || !((group.counts[x] ?? 0) > 0 && (group.counts[x + 1] ?? 0) > 0))
      return { ...ends, measure: null, se: null };
    const below = group.parameter[x] ?? -1;
    const above = group.parameter[x + 1] ?? -1;
    const sum = (place: number): number => (place < 0 ? 0 : (parameters[place] ?? 0));
    // An end's sum is fixed at 0 and brings no error.
    const spread = (a: number, b: number): number => (a < 0 || b < 0 ? 0 : (variance(a, b) ?? Number.NaN));
    const squared = spread(above, above) + spread(below, below) - 2 * spread(above, below);
    return {
      ...ends,
      measure: sum(above) - sum(below),
      se: Number.isNaN(squared) ? null : Math.sqrt(Math.max(0, squared)),
    };
  });
}

function separationOf(elements: readonly FacetElement[]): Separation | null {
  const known = elements.flatMap(({ measure, se }) => (measure === null || se === null ? [] : [{ measure, se }]));
  if (known.length < 2) return null;
  const error = mean(known.map(({ se }) => se * se));
  const centre = mean(known.map(({ measure }) => measure));
  const observed = known.reduce((sum, { measure }) => sum + (measure - centre) ** 2, 0) / (known.length - 1);
  const truth = Math.max(0, observed - error);
  return observed === 0 || error === 0 ? null : { separation: Math.sqrt(truth / error), reliability: truth / observed };
}

function warningsOf(
  table: RatingTable,
  problem: FacetProblem,
  stepsOf: StepsOf,
  connected: readonly (readonly string[])[],
): string[] {
  const warnings: string[] = [];
  const list = (ids: readonly string[]): string =>
    ids.length > 8 ? `${ids.slice(0, 8).join(", ")} …` : ids.join(", ");
  if (connected.length > 1) {
    const groups = connected.slice(0, 5).map((group) => `{${list(group)}}`);
    const more = connected.length > 5 ? ` and ${connected.length - 5} more` : "";
    warnings.push(
      `no common scripts tie these raters together: ${groups.join(" ")}${more}; severities compare across groups only if their scripts are equally good`,
    );
  }
  if (problem.ties.length > 1) {
    const groups = problem.ties.map(({ raters }) => `{${list(raters.map((rater) => table.raters[rater] ?? ""))}}`);
    warnings.push(
      `no common criterion ties these raters together: ${groups.join(" ")}; severities sum to 0 in each group`,
    );
  }
  for (const [rater, extreme] of problem.raterExtreme)
    warnings.push(`rater ${table.raters[rater]} has no severity: ${reasons[extreme]}`);
  for (const [criterion, extreme] of problem.criterionExtreme)
    warnings.push(`criterion ${table.criteria[criterion]} has no difficulty: ${reasons[extreme]}`);
  problem.groups.forEach(({ low, width, counts }, group) => {
    if (width < 2) return;
    const unused = Array.from({ length: table.categories }, (_, category) => category)
      .filter((category) => !((counts[category - low] ?? 0) > 0))
      .map((category) => String(scoreOf(table.scale, category)));
    const where = stepsOf === "scale" ? "" : ` on ${table.criteria[group]}`;
    if (unused.length > 0)
      warnings.push(`never given${where}: ${list(unused)}; the steps to and from there have no estimate`);
  });
  return warnings;
}

const reasons: Readonly<Record<Extreme, string>> = {
  lenient: "every mark is the highest score given",
  severe: "every mark is the lowest score given",
  constant: "every mark is the only score given",
};

function mean(values: readonly number[]): number {
  return values.reduce((sum, value) => sum + value, 0) / values.length;
}
