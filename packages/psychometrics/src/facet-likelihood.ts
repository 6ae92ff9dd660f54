import type { FacetProblem } from "./facet-problem.ts";
import { type CellTables, createCellTables, integrateScript, type Posterior, type Quadrature } from "./facet-tables.ts";

/** The marginal log-likelihood at a point, its slope, and its curvature by Louis's formula (1982): complete less missing. */
export interface Evaluation {
  readonly logLikelihood: number;
  readonly gradient: Float64Array;
  /** Information of marks and scripts' places together, were the places known; lower half. */
  readonly complete: Float64Array;
  /** What of it not knowing the places takes away; lower half. */
  readonly missing: Float64Array;
  /** Smallest posterior standard deviation of a script, in units of the scripts' own. */
  readonly narrowest: number;
}

export function evaluateLikelihood(
  problem: FacetProblem,
  parameters: Float64Array,
  quadrature: Quadrature,
): Evaluation {
  const { parameters: size, cells } = problem;
  const { nodes } = quadrature;
  const count = nodes.length;
  const tables = createCellTables(problem, parameters, quadrature);
  const posterior: Posterior = { weights: new Float64Array(count), from: 0, to: 0 };
  const expected = new Float64Array(cells.length * count);
  const gradient = new Float64Array(size);
  const missing = new Float64Array(size * size);
  const scratch = createScratch(problem, count);
  let logLikelihood = 0;
  let narrowest = 1;
  for (let script = 0; script < problem.scripts; script += 1) {
    const begin = problem.start[script] as number;
    const end = problem.start[script + 1] as number;
    if (begin === end) continue;
    logLikelihood += integrateScript(problem, tables, quadrature, script, posterior);
    const { weights, from, to } = posterior;
    let sum = 0;
    for (let mark = begin; mark < end; mark += 1) {
      sum += problem.category[mark] as number;
      const row = (problem.cell[mark] as number) * count;
      for (let q = from; q < to; q += 1) expected[row + q] = (expected[row + q] as number) + (weights[q] as number);
    }
    let first = 0;
    let second = 0;
    for (let q = from; q < to; q += 1) first += (weights[q] as number) * (nodes[q] as number);
    for (let q = from; q < to; q += 1) second += (weights[q] as number) * ((nodes[q] as number) - first) ** 2;
    narrowest = Math.min(narrowest, Math.sqrt(second));
    gradient[size - 1] = (gradient[size - 1] as number) + sum * first;
    addMissing(problem, tables, nodes, begin, end, sum, posterior, scratch, missing);
  }
  const complete = new Float64Array(size * size);
  addExpected(problem, tables, nodes, expected, gradient, complete);
  return { logLikelihood, gradient, complete, missing, narrowest };
}

interface Scratch {
  /** Place in the local list of each parameter, -1 where it has none. */
  readonly local: Int32Array;
  readonly parameters: Int32Array;
  scores: Float64Array;
  readonly count: number;
}

function createScratch({ parameters }: FacetProblem, count: number): Scratch {
  return {
    local: new Int32Array(parameters).fill(-1),
    parameters: new Int32Array(parameters),
    scores: new Float64Array(0),
    count,
  };
}

/** Adds the posterior covariance of one script's complete-data scores: only the parameters its own marks touch. */
function addMissing(
  problem: FacetProblem,
  tables: CellTables,
  nodes: Float64Array,
  begin: number,
  end: number,
  sum: number,
  { weights, from, to }: Posterior,
  scratch: Scratch,
  missing: Float64Array,
): void {
  const { local, parameters, count } = scratch;
  const size = problem.parameters;
  let used = 0;
  const place = (parameter: number): number => {
    if (local[parameter] === -1) {
      parameters[used] = parameter;
      local[parameter] = used;
      used += 1;
    }
    return local[parameter] as number;
  };
  for (let mark = begin; mark < end; mark += 1) {
    const criterion = problem.criterion[mark] as number;
    place(problem.raterParameter[problem.rater[mark] as number] as number);
    place(problem.criterionParameter[criterion] as number);
    const group = problem.groups[problem.groupOf[criterion] as number];
    if (group) for (const parameter of group.parameter) if (parameter >= 0) place(parameter);
  }
  const ofSd = place(size - 1);
  const reach = to - from;
  if (scratch.scores.length < used * reach) scratch.scores = new Float64Array(used * reach * 2);
  const { scores } = scratch;
  scores.fill(0, 0, used * reach);
  // What varies with the place of the script: expected categories and probabilities; what was observed is the same at each node.
  for (let q = 0; q < reach; q += 1) scores[ofSd * reach + q] = sum * (nodes[from + q] as number);
  for (let mark = begin; mark < end; mark += 1) {
    const criterion = problem.criterion[mark] as number;
    const cell = problem.cell[mark] as number;
    const ofRater = (local[problem.raterParameter[problem.rater[mark] as number] as number] as number) * reach;
    const ofCriterion = (local[problem.criterionParameter[criterion] as number] as number) * reach;
    const means = cell * count + from;
    for (let q = 0; q < reach; q += 1) {
      const mean = tables.mean[means + q] as number;
      scores[ofRater + q] = (scores[ofRater + q] as number) + mean;
      scores[ofCriterion + q] = (scores[ofCriterion + q] as number) + mean;
      scores[ofSd * reach + q] = (scores[ofSd * reach + q] as number) - mean * (nodes[from + q] as number);
    }
    const group = problem.groups[problem.groupOf[criterion] as number];
    if (!group) continue;
    for (let x = 1; x < group.width - 1; x += 1) {
      const parameter = group.parameter[x] as number;
      if (parameter < 0) continue;
      const row = (local[parameter] as number) * reach;
      const probabilities = (tables.offset[cell] as number) + x * count + from;
      for (let q = 0; q < reach; q += 1)
        scores[row + q] = (scores[row + q] as number) + (tables.p[probabilities + q] as number);
    }
  }
  for (let a = 0; a < used; a += 1) {
    const row = a * reach;
    let mean = 0;
    for (let q = 0; q < reach; q += 1) mean += (weights[from + q] as number) * (scores[row + q] as number);
    // Scaled by the root of the weight, a covariance is a plain product of two rows.
    for (let q = 0; q < reach; q += 1)
      scores[row + q] = ((scores[row + q] as number) - mean) * Math.sqrt(weights[from + q] as number);
    for (let b = 0; b <= a; b += 1) {
      const other = b * reach;
      let product = 0;
      for (let q = 0; q < reach; q += 1) product += (scores[row + q] as number) * (scores[other + q] as number);
      addLower(missing, size, parameters[a] as number, parameters[b] as number, product);
    }
  }
  for (let a = 0; a < used; a += 1) local[parameters[a] as number] = -1;
}

/** Adds to slope and curvature what depends on the marks only through how many each cell is expected to have at each node. */
function addExpected(
  problem: FacetProblem,
  tables: CellTables,
  nodes: Float64Array,
  expected: Float64Array,
  gradient: Float64Array,
  complete: Float64Array,
): void {
  const count = nodes.length;
  const size = problem.parameters;
  const sd = size - 1;
  const add = (parameter: number, value: number): void => {
    gradient[parameter] = (gradient[parameter] as number) + value;
  };
  for (let mark = 0; mark < problem.category.length; mark += 1) {
    const criterion = problem.criterion[mark] as number;
    const category = problem.category[mark] as number;
    add(problem.raterParameter[problem.rater[mark] as number] as number, -category);
    add(problem.criterionParameter[criterion] as number, -category);
    const step = problem.groups[problem.groupOf[criterion] as number]?.parameter[category] as number;
    if (step >= 0) add(step, -1);
  }
  problem.cells.forEach((where, cell) => {
    const rater = problem.raterParameter[where.rater] as number;
    const criterion = problem.criterionParameter[where.criterion] as number;
    const group = problem.groups[problem.groupOf[where.criterion] as number];
    if (!group) return;
    const { width, parameter } = group;
    const from = tables.offset[cell] as number;
    let mean = 0;
    let meanZ = 0;
    let variance = 0;
    let varianceZ = 0;
    let varianceZZ = 0;
    const steps = new Float64Array(width);
    const withPlace = new Float64Array(width);
    const withSd = new Float64Array(width);
    const between = new Float64Array(width * width);
    for (let q = 0; q < count; q += 1) {
      const n = expected[cell * count + q] as number;
      if (n === 0) continue;
      const z = nodes[q] as number;
      const m = tables.mean[cell * count + q] as number;
      const v = n * (tables.variance[cell * count + q] as number);
      mean += n * m;
      meanZ += n * m * z;
      variance += v;
      varianceZ += v * z;
      varianceZZ += v * z * z;
      for (let x = 1; x < width - 1; x += 1) {
        const p = n * (tables.p[from + x * count + q] as number);
        steps[x] = (steps[x] as number) + p;
        withPlace[x] = (withPlace[x] as number) + p * (x - m);
        withSd[x] = (withSd[x] as number) - p * (x - m) * z;
        for (let y = 1; y < x; y += 1)
          between[x * width + y] = (between[x * width + y] as number) - p * (tables.p[from + y * count + q] as number);
        between[x * width + x] =
          (between[x * width + x] as number) + p * (1 - (tables.p[from + x * count + q] as number));
      }
    }
    add(rater, mean);
    add(criterion, mean);
    add(sd, -meanZ);
    for (const place of [rater, criterion]) {
      addLower(complete, size, place, place, variance);
      addLower(complete, size, sd, place, -varianceZ);
    }
    addLower(complete, size, criterion, rater, variance);
    addLower(complete, size, sd, sd, varianceZZ);
    for (let x = 1; x < width - 1; x += 1) {
      const step = parameter[x] as number;
      if (step < 0) continue;
      add(step, steps[x] as number);
      addLower(complete, size, step, rater, withPlace[x] as number);
      addLower(complete, size, step, criterion, withPlace[x] as number);
      addLower(complete, size, sd, step, withSd[x] as number);
      for (let y = 1; y <= x; y += 1) {
        const other = parameter[y] as number;
        if (other >= 0) addLower(complete, size, step, other, between[x * width + y] as number);
      }
    }
  });
}

function addLower(matrix: Float64Array, size: number, a: number, b: number, value: number): void {
  const index = a > b ? a * size + b : b * size + a;
  matrix[index] = (matrix[index] as number) + value;
}
