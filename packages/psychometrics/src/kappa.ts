/** A number with its uncertainty: standard error and 95 % interval. A value of null has its reason. */
export type Estimate =
  | { readonly value: number; readonly se: number; readonly low: number; readonly high: number }
  | { readonly value: null; readonly reason: string };

/** 97.5th hundredth of the normal distribution. */
export const normalQuantile = 1.959963984540054;

/** Pairs of categories, and which pairs stand or fall together: those of one script carry the same `cluster`. */
export interface CategoryPairs {
  readonly first: ArrayLike<number>;
  readonly second: ArrayLike<number>;
  readonly cluster: ArrayLike<number>;
}

export const kappaWeights = ["kappa", "linear", "quadratic"] as const;
export type KappaWeights = (typeof kappaWeights)[number];

/** How much of full agreement two categories of a scale of `categories` are worth, by their distance. */
function credit(weights: KappaWeights, categories: number, distance: number): number {
  if (weights === "kappa") return distance === 0 ? 1 : 0;
  const share = distance / (categories - 1);
  return weights === "linear" ? 1 - share : 1 - share * share;
}

/**
 * Cohen's kappa (1960), weighted (1968) over the full scale: the greatest possible distance is that of the scale's ends, given
 * or not. The standard error is the large-sample one of Fleiss, Cohen and Everitt (1969) by its influence function, summed
 * within clusters, so that six pairs of one script that four raters marked do not count as six scripts.
 */
export function kappa(pairs: CategoryPairs, categories: number, weights: KappaWeights): Estimate {
  const n = pairs.first.length;
  if (n === 0) return { value: null, reason: "no script was marked twice" };
  const rows = new Float64Array(categories);
  const columns = new Float64Array(categories);
  let credits = 0;
  for (let pair = 0; pair < n; pair += 1) {
    const first = pairs.first[pair] ?? 0;
    const second = pairs.second[pair] ?? 0;
    rows[first] = (rows[first] ?? 0) + 1;
    columns[second] = (columns[second] ?? 0) + 1;
    credits += credit(weights, categories, Math.abs(first - second));
  }
  const observed = credits / n;
  // Mean credit of a row's category against what the other side gives, and of a column's.
  const rowCredit = new Float64Array(categories);
  const columnCredit = new Float64Array(categories);
  for (let i = 0; i < categories; i += 1) {
    for (let j = 0; j < categories; j += 1) {
      const worth = credit(weights, categories, Math.abs(i - j));
      rowCredit[i] = (rowCredit[i] ?? 0) + (worth * (columns[j] ?? 0)) / n;
      columnCredit[i] = (columnCredit[i] ?? 0) + (worth * (rows[j] ?? 0)) / n;
    }
  }
  const chance = rows.reduce((sum, count, i) => sum + count * (rowCredit[i] ?? 0), 0) / n;
  if (chance > 1 - 1e-12) return { value: null, reason: "all marks are the same" };
  const value = (observed - chance) / (1 - chance);
  const influence = (pair: number): number => {
    const first = pairs.first[pair] ?? 0;
    const second = pairs.second[pair] ?? 0;
    const worth = credit(weights, categories, Math.abs(first - second));
    const expected = (rowCredit[first] ?? 0) + (columnCredit[second] ?? 0);
    return (worth - expected * (1 - value) - value + chance * (1 - value)) / (1 - chance);
  };
  const se = clusteredError(pairs.cluster, influence);
  return { value, se, low: Math.max(-1, value - normalQuantile * se), high: Math.min(1, value + normalQuantile * se) };
}

/**
 * The share of pairs at most `distance` categories apart, with the Wilson interval (1927) on the number of independent pairs
 * that would have the same standard error.
 */
export function agreementWithin(pairs: CategoryPairs, distance: number): Estimate {
  const n = pairs.first.length;
  if (n === 0) return { value: null, reason: "no script was marked twice" };
  const agrees = (pair: number): number =>
    Math.abs((pairs.first[pair] ?? 0) - (pairs.second[pair] ?? 0)) <= distance ? 1 : 0;
  let agreeing = 0;
  for (let pair = 0; pair < n; pair += 1) agreeing += agrees(pair);
  const value = agreeing / n;
  const se = clusteredError(pairs.cluster, (pair) => agrees(pair) - value);
  const independent = se > 0 ? (value * (1 - value)) / (se * se) : clusterCount(pairs.cluster);
  const z2 = normalQuantile ** 2;
  const middle = (value + z2 / (2 * independent)) / (1 + z2 / independent);
  const half =
    (normalQuantile * Math.sqrt((value * (1 - value)) / independent + z2 / (4 * independent ** 2))) /
    (1 + z2 / independent);
  return { value, se, low: Math.max(0, middle - half), high: Math.min(1, middle + half) };
}

/** Standard error of a mean of influences whose pairs come cluster by cluster. */
function clusteredError(cluster: ArrayLike<number>, influence: (pair: number) => number): number {
  let squares = 0;
  let sum = 0;
  for (let pair = 0; pair < cluster.length; pair += 1) {
    sum += influence(pair);
    if (cluster[pair + 1] !== cluster[pair]) {
      squares += sum * sum;
      sum = 0;
    }
  }
  return Math.sqrt(squares) / cluster.length;
}

function clusterCount(cluster: ArrayLike<number>): number {
  let count = 0;
  for (let pair = 0; pair < cluster.length; pair += 1) if (cluster[pair + 1] !== cluster[pair]) count += 1;
  return count;
}
