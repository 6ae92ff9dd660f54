import type { FacetProblem } from "./facet-problem.ts";
import { createCellTables, integrateScript, type Posterior, type Quadrature } from "./facet-tables.ts";

/** Null where the element has no marks that count. */
export interface MeanSquares {
  readonly infit: number | null;
  readonly outfit: number | null;
}

/**
 * Where each script lies given its marks (posterior mean and standard deviation), and how well marks fit: squared residuals
 * against their variance, each mark's averaged over where its script may lie. So taken their expectation is exactly 1 when
 * the model holds, which it is not when a single best guess of the place is put in. Outfit weighs marks alike, infit by variance.
 */
export function placesAndFit(
  problem: FacetProblem,
  parameters: Float64Array,
  quadrature: Quadrature,
): { places: Float64Array; errors: Float64Array; ofRaters: MeanSquares[]; ofCriteria: MeanSquares[] } {
  const { nodes } = quadrature;
  const sd = parameters[problem.parameters - 1] ?? 0;
  const tables = createCellTables(problem, parameters, quadrature);
  const posterior: Posterior = { weights: new Float64Array(nodes.length), from: 0, to: 0 };
  const places = new Float64Array(problem.scripts);
  const errors = new Float64Array(problem.scripts).fill(sd);
  const ofRaters = new Sums(problem.raterParameter.length);
  const ofCriteria = new Sums(problem.criterionParameter.length);
  for (let script = 0; script < problem.scripts; script += 1) {
    const begin = problem.start[script] ?? 0;
    const end = problem.start[script + 1] ?? 0;
    if (begin === end) continue;
    integrateScript(problem, tables, quadrature, script, posterior);
    const { weights, from, to } = posterior;
    let first = 0;
    let second = 0;
    for (let q = from; q < to; q += 1) first += (weights[q] ?? 0) * (nodes[q] ?? 0);
    for (let q = from; q < to; q += 1) second += (weights[q] ?? 0) * ((nodes[q] ?? 0) - first) ** 2;
    places[script] = sd * first;
    errors[script] = sd * Math.sqrt(second);
    for (let mark = begin; mark < end; mark += 1) {
      const row = (problem.cell[mark] ?? 0) * nodes.length;
      let squares = 0;
      let variance = 0;
      let ratio = 0;
      for (let q = from; q < to; q += 1) {
        const weight = weights[q] ?? 0;
        const spread = tables.variance[row + q] ?? 0;
        const squared = ((problem.category[mark] ?? 0) - (tables.mean[row + q] ?? 0)) ** 2;
        squares += weight * squared;
        variance += weight * spread;
        // Far out a category is certain to the last digit, and so unlikely to be the place that it weighs nothing.
        if (spread > 1e-12) ratio += (weight * squared) / spread;
      }
      ofRaters.add(problem.rater[mark] ?? 0, squares, variance, ratio);
      ofCriteria.add(problem.criterion[mark] ?? 0, squares, variance, ratio);
    }
  }
  return { places, errors, ofRaters: ofRaters.meanSquares(), ofCriteria: ofCriteria.meanSquares() };
}

class Sums {
  readonly #size: number;
  readonly #sums: Float64Array;

  constructor(size: number) {
    this.#size = size;
    this.#sums = new Float64Array(4 * size);
  }

  add(element: number, squares: number, variance: number, ratio: number): void {
    [squares, variance, ratio, 1].forEach((value, kind) => {
      const index = 4 * element + kind;
      this.#sums[index] = (this.#sums[index] ?? 0) + value;
    });
  }

  meanSquares(): MeanSquares[] {
    return Array.from({ length: this.#size }, (_, element) => {
      const [squares = 0, variance = 0, ratio = 0, count = 0] = this.#sums.subarray(4 * element, 4 * element + 4);
      return { infit: variance > 0 ? squares / variance : null, outfit: count > 0 ? ratio / count : null };
    });
  }
}
