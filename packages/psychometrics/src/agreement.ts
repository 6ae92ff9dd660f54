import { agreementWithin, type CategoryPairs, type Estimate, kappa } from "./kappa.ts";
import type { RatingTable } from "./rating-table.ts";

/** How far raters of the same script agree. */
export interface Agreement {
  /** Pairs of marks. */
  readonly n: number;
  /** Share of pairs with the same score. */
  readonly exact: Estimate;
  /** Share of pairs with the same score or one step of the scale apart. */
  readonly adjacent: Estimate;
  readonly kappa: Estimate;
  readonly linear: Estimate;
  readonly quadratic: Estimate;
}

export const agreementMeasures = ["exact", "adjacent", "kappa", "linear", "quadratic"] as const;

/**
 * Agreement on one criterion over all pairs of raters of the same script. Within a pair the rater whose name sorts first is the
 * row, so with two raters each kappa is Cohen's. With `rater` only that rater's pairs count, with that rater as the row.
 */
export function agreementOn(table: RatingTable, criterion: string, rater?: string): Agreement {
  const pairs = pairsOn(table, criterion, rater);
  return {
    n: pairs.first.length,
    exact: agreementWithin(pairs, 0),
    adjacent: agreementWithin(pairs, 1),
    kappa: kappa(pairs, table.categories, "kappa"),
    linear: kappa(pairs, table.categories, "linear"),
    quadratic: kappa(pairs, table.categories, "quadratic"),
  };
}

function pairsOn(table: RatingTable, criterion: string, rater: string | undefined): CategoryPairs {
  const wanted = table.criteria.indexOf(criterion);
  const one = rater === undefined ? null : table.raters.indexOf(rater);
  const first: number[] = [];
  const second: number[] = [];
  const cluster: number[] = [];
  for (let script = 0; script < table.scripts.length; script += 1) {
    const from = table.start[script] ?? 0;
    const to = table.start[script + 1] ?? 0;
    for (let a = from; a < to; a += 1) {
      if (table.criterion[a] !== wanted) continue;
      for (let b = a + 1; b < to; b += 1) {
        if (table.criterion[b] !== wanted) continue;
        if (one !== null && table.rater[a] !== one && table.rater[b] !== one) continue;
        const [row, column] = table.rater[b] === one ? [b, a] : [a, b];
        first.push(table.category[row] ?? 0);
        second.push(table.category[column] ?? 0);
        cluster.push(script);
      }
    }
  }
  return { first, second, cluster };
}
