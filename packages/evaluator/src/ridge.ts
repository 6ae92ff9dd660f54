/** Sums over rows that ridge regression needs; sums of all rows less those of a fold are those of the rest. */
export interface Moments {
  readonly n: number;
  readonly x: Float64Array;
  readonly xx: Float64Array;
  readonly xy: Float64Array;
  readonly y: number;
}

export interface RidgeFit {
  readonly intercept: number;
  readonly weights: readonly number[];
}

export function momentsOf(x: readonly (readonly number[])[], y: readonly number[]): Moments {
  const width = x[0]?.length ?? 0;
  const sums = new Float64Array(width);
  const xx = new Float64Array(width * width);
  const xy = new Float64Array(width);
  let total = 0;
  x.forEach((row, at) => {
    const target = y[at] ?? 0;
    total += target;
    for (let i = 0; i < width; i += 1) {
      const value = row[i] ?? 0;
      if (value === 0) continue;
      sums[i] = (sums[i] ?? 0) + value;
      xy[i] = (xy[i] ?? 0) + value * target;
      for (let j = 0; j <= i; j += 1) xx[i * width + j] = (xx[i * width + j] ?? 0) + value * (row[j] ?? 0);
    }
  });
  return { n: x.length, x: sums, xx, xy, y: total };
}

/** The moments of all rows but some. */
export function without(all: Moments, some: Moments): Moments {
  const less = (a: Float64Array, b: Float64Array): Float64Array => a.map((value, at) => value - (b[at] ?? 0));
  return {
    n: all.n - some.n,
    x: less(all.x, some.x),
    xx: less(all.xx, some.xx),
    xy: less(all.xy, some.xy),
    y: all.y - some.y,
  };
}

/**
 * Least squares with a penalty on each squared weight, the intercept free. A penalty counts in rows: 30 weighs as much as thirty
 * rows that say a standardised feature has no effect.
 */
export function solveRidge({ n, x, xx, xy, y }: Moments, penalties: readonly number[]): RidgeFit {
  const width = x.length;
  const centred = new Float64Array(width * width);
  const target = new Float64Array(width);
  for (let i = 0; i < width; i += 1) {
    target[i] = (xy[i] ?? 0) - ((x[i] ?? 0) * y) / n;
    for (let j = 0; j <= i; j += 1)
      centred[i * width + j] =
        (xx[i * width + j] ?? 0) - ((x[i] ?? 0) * (x[j] ?? 0)) / n + (i === j ? (penalties[i] ?? 0) : 0);
  }
  const weights = solvePositive(centred, target);
  const explained = weights.reduce((sum, weight, i) => sum + weight * (x[i] ?? 0), 0);
  return { intercept: (y - explained) / n, weights: [...weights] };
}

/** Cholesky's way: the matrix is given by its lower half and positive definite, as the penalty makes it. */
function solvePositive(matrix: Float64Array, target: Float64Array): Float64Array {
  const width = target.length;
  const root = new Float64Array(width * width);
  const at = (i: number, j: number): number => root[i * width + j] ?? 0;
  for (let i = 0; i < width; i += 1)
    for (let j = 0; j <= i; j += 1) {
      let sum = matrix[i * width + j] ?? 0;
      for (let k = 0; k < j; k += 1) sum -= at(i, k) * at(j, k);
      root[i * width + j] = i === j ? Math.sqrt(sum) : sum / at(j, j);
    }
  const solution = new Float64Array(width);
  for (let i = 0; i < width; i += 1) {
    let sum = target[i] ?? 0;
    for (let k = 0; k < i; k += 1) sum -= at(i, k) * (solution[k] ?? 0);
    solution[i] = sum / at(i, i);
  }
  for (let i = width - 1; i >= 0; i -= 1) {
    let sum = solution[i] ?? 0;
    for (let k = i + 1; k < width; k += 1) sum -= at(k, i) * (solution[k] ?? 0);
    solution[i] = sum / at(i, i);
  }
  return solution;
}
