import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { agreementOn } from "./agreement.ts";
import { agreementWithin, type CategoryPairs, type Estimate, kappa, kappaWeights } from "./kappa.ts";
import { createRatingTable, type Mark } from "./rating-table.ts";

function known(estimate: Estimate): { value: number; se: number; low: number; high: number } {
  if (estimate.value === null) throw new Error(estimate.reason);
  return estimate;
}

function pairsOf(counts: readonly (readonly number[])[]): CategoryPairs {
  const first: number[] = [];
  const second: number[] = [];
  counts.forEach((row, i) => {
    row.forEach((count, j) => {
      for (let n = 0; n < count; n += 1) {
        first.push(i);
        second.push(j);
      }
    });
  });
  return { first, second, cluster: first.map((_, pair) => pair) };
}

/** Two raters, one criterion, scores as categories. */
function twoRaters(first: readonly number[], second: readonly number[]): Mark[] {
  return first.flatMap((score, script) => [
    { script: `s${script}`, rater: "a", criterion: "c", score },
    { script: `s${script}`, rater: "b", criterion: "c", score: second[script] ?? 0 },
  ]);
}

describe("kappa", () => {
  // Counts: Cohen (1968), psychiatric diagnoses, 200 cases, kappa .492 in the paper; Fleiss, Cohen and Everitt (1969), proportions
  // of 200, kappa .429 in the paper. Further digits and all standard errors: the paper's formula 13 written out in NumPy 2.4.6.
  it.each([
    ["kappa", 0.49152542372881347, 0.051001815576077865],
    ["linear", 0.4736842105263158, 0.05443230917764153],
    ["quadratic", 0.4545454545454547, 0.06645368159107817],
  ] as const)("of Cohen's example, %s", (weights, value, se) => {
    const found = known(
      kappa(
        pairsOf([
          [88, 10, 2],
          [14, 40, 6],
          [18, 10, 12],
        ]),
        3,
        weights,
      ),
    );
    expect(found.value).toBeCloseTo(value, 12);
    expect(found.se).toBeCloseTo(se, 12);
    expect(found.high - found.low).toBeCloseTo(2 * 1.959963984540054 * se, 12);
  });

  it.each([
    ["kappa", 0.4285714285714286, 0.053711004869167356],
    ["linear", 0.4923076923076926, 0.050718607607687226],
    ["quadratic", 0.566666666666667, 0.0556663401582303],
  ] as const)("of the example of Fleiss, Cohen and Everitt, %s", (weights, value, se) => {
    const found = known(
      kappa(
        pairsOf([
          [106, 10, 4],
          [22, 28, 10],
          [2, 12, 6],
        ]),
        3,
        weights,
      ),
    );
    expect(found.value).toBeCloseTo(value, 12);
    expect(found.se).toBeCloseTo(se, 12);
  });

  it("weighs by distance on the full scale, not by rank among the scores that were given", () => {
    const first = [0, 0, 0, 5, 5, 9, 9, 9];
    const second = [0, 0, 5, 5, 0, 9, 9, 5];
    const ranks = (scores: number[]) => scores.map((score) => [0, 5, 9].indexOf(score));
    const cluster = first.map((_, pair) => pair);
    const full = known(kappa({ first, second, cluster }, 10, "linear")).value;
    const byRank = known(kappa({ first: ranks(first), second: ranks(second), cluster }, 3, "linear")).value;
    // By hand: disagreement 14 / 8 is found; rows have 3, 2, 3 and columns 3, 3, 2 of 8 at scores 0, 5, 9.
    const expected = (3 * (3 * 0 + 3 * 5 + 2 * 9) + 2 * (3 * 5 + 3 * 0 + 2 * 4) + 3 * (3 * 9 + 3 * 4 + 2 * 0)) / 64;
    expect(full).toBeCloseTo(1 - 14 / 8 / expected, 12);
    expect(Math.abs(full - byRank)).toBeGreaterThan(0.005);
    // A longer scale around the same marks changes nothing.
    expect(known(kappa({ first, second, cluster }, 40, "linear")).value).toBeCloseTo(full, 12);
  });

  it("on bands in halves of which few are used", () => {
    // Sixty pairs on 19 categories; values from the same NumPy program.
    const first = [
      ...[
        12, 13, 11, 10, 11, 10, 12, 15, 11, 10, 13, 13, 12, 10, 12, 14, 9, 11, 7, 9, 7, 11, 9, 13, 12, 12, 6, 11, 12,
        12,
      ],
      ...[
        8, 11, 10, 10, 15, 10, 12, 14, 11, 12, 12, 12, 9, 12, 15, 8, 14, 12, 10, 17, 14, 9, 12, 13, 12, 14, 12, 14, 16,
        10,
      ],
    ];
    const second = [
      ...[
        12, 13, 11, 11, 14, 8, 12, 15, 11, 9, 11, 13, 13, 8, 12, 17, 12, 10, 5, 10, 5, 10, 9, 16, 10, 12, 6, 9, 15, 15,
      ],
      ...[
        8, 14, 10, 13, 18, 10, 11, 12, 11, 11, 13, 15, 8, 12, 13, 7, 14, 15, 13, 17, 14, 9, 10, 13, 15, 14, 11, 13, 17,
        8,
      ],
    ];
    const half = (categories: number[]) => categories.map((category) => category / 2);
    const table = createRatingTable(twoRaters(half(first), half(second)), { min: 0, max: 9, step: 0.5 });
    const found = agreementOn(table, "c");
    expect(found.n).toBe(60);
    const expected = {
      kappa: [0.2928039702233251, 0.06779079872321546],
      linear: [0.5721620079863093, 0.05873005871620232],
      quadratic: [0.7834158415841582, 0.04566074044557964],
    };
    for (const weights of kappaWeights) {
      expect(known(found[weights]).value).toBeCloseTo(expected[weights][0] ?? 0, 12);
      expect(known(found[weights]).se).toBeCloseTo(expected[weights][1] ?? 0, 12);
    }
    expect(known(found.exact).value).toBeCloseTo(22 / 60, 12);
  });

  it("is the same whoever is the row, 1 for the same marks, and never above 1", () => {
    const scores = fc.array(fc.tuple(fc.integer({ min: 0, max: 6 }), fc.integer({ min: 0, max: 6 })), { minLength: 2 });
    fc.assert(
      fc.property(scores, fc.constantFrom(...kappaWeights), (pairs, weights) => {
        const first = pairs.map(([a]) => a);
        const second = pairs.map(([, b]) => b);
        const cluster = pairs.map((_, pair) => pair);
        const one = kappa({ first, second, cluster }, 7, weights);
        const other = kappa({ first: second, second: first, cluster }, 7, weights);
        if (one.value === null || other.value === null) return one.value === other.value;
        expect(one.value).toBeCloseTo(other.value, 10);
        expect(one.se).toBeCloseTo(other.se, 10);
        expect(one.value).toBeLessThanOrEqual(1);
        const same = kappa({ first, second: first, cluster }, 7, weights);
        if (same.value !== null) expect(same).toMatchObject({ value: 1, se: 0 });
        return true;
      }),
    );
  });

  it("has no value where marks do not differ or no script has two", () => {
    const once = { first: [3, 3], second: [3, 3], cluster: [0, 1] };
    expect(kappa(once, 5, "quadratic")).toEqual({ value: null, reason: "all marks are the same" });
    expect(kappa({ first: [], second: [], cluster: [] }, 5, "kappa").value).toBeNull();
  });
});

describe("agreement", () => {
  it("counts exact and adjacent pairs with the Wilson interval", () => {
    // 8 of 10 by Wilson (1927): 0.4901625 to 0.9433178.
    const first = [1, 1, 1, 1, 1, 1, 1, 1, 1, 1];
    const second = [1, 1, 1, 1, 1, 1, 2, 2, 3, 4];
    const found = known(agreementWithin({ first, second, cluster: first.map((_, pair) => pair) }, 1));
    expect(found.value).toBe(0.8);
    expect(found.low).toBeCloseTo(0.4901625, 6);
    expect(found.high).toBeCloseTo(0.9433178, 6);
    const all = known(agreementWithin({ first, second: first, cluster: first.map((_, pair) => pair) }, 0));
    expect(all.value).toBe(1);
    expect(all.high).toBeCloseTo(1, 12);
    expect(all.low).toBeCloseTo(10 / (10 + 1.959963984540054 ** 2), 10);
  });

  it("takes all pairs of raters of a script, and does not take a script's pairs for so many scripts", () => {
    const marks = (raters: string[], scripts: string[]): Mark[] =>
      scripts.flatMap((script, s) =>
        raters.map((rater, r) => ({ script, rater, criterion: "c", score: (s * 3 + (s % 2 === 0 ? 0 : r)) % 7 })),
      );
    const scripts = Array.from({ length: 24 }, (_, s) => `s${s}`);
    const scale = { min: 0, max: 6, step: 1 };
    const two = agreementOn(createRatingTable(marks(["a", "b"], scripts), scale), "c");
    const four = agreementOn(createRatingTable(marks(["a", "b", "c", "d"], scripts), scale), "c");
    expect([two.n, four.n]).toEqual([24, 24 * 6]);
    expect(known(two.exact).value).toBe(0.5);
    expect(known(four.exact).value).toBe(0.5);
    // Within a script all six pairs agree or none does: they say no more than one.
    expect(known(four.exact).se).toBeCloseTo(known(two.exact).se, 12);
  });

  it("can be asked of one rater", () => {
    const marks: Mark[] = [
      ...twoRaters([1, 2, 3], [1, 2, 3]),
      ...["s0", "s1"].map((script) => ({ script, rater: "x", criterion: "c", score: 5 })),
    ];
    const table = createRatingTable(marks, { min: 0, max: 5, step: 1 });
    expect(agreementOn(table, "c", "x")).toMatchObject({ n: 4, exact: { value: 0 } });
    expect(agreementOn(table, "c", "a").n).toBe(5);
  });
});
