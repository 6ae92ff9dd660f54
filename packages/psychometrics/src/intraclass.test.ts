import { describe, expect, it } from "vitest";
import { scriptsMarkedAlike, scriptsMarkedByAll } from "./complete-scores.ts";
import { fQuantile, fTail } from "./f-distribution.ts";
import { cronbachAlpha, intraclass, intraclassForms, oneWayIntraclass, type ScoreMatrix } from "./intraclass.ts";
import { createRatingTable, type Mark } from "./rating-table.ts";

const matrix = (rows: readonly (readonly number[])[]): ScoreMatrix => ({
  targets: rows.length,
  raters: rows[0]?.length ?? 0,
  scores: Float64Array.from(rows.flat()),
});

/** Shrout and Fleiss (1979), Table 2: six targets, four judges. */
const shroutFleiss = [
  [9, 2, 5, 8],
  [6, 1, 3, 2],
  [8, 4, 6, 8],
  [7, 1, 2, 6],
  [10, 5, 6, 9],
  [6, 2, 4, 7],
];

describe("intraclass", () => {
  it("gives the six coefficients of the paper, with the F tests of its Table 3", () => {
    const found = intraclass(matrix(shroutFleiss));
    const rounded = intraclassForms.map((form) => found?.[form].value.toFixed(2));
    expect(rounded).toEqual(["0.17", "0.29", "0.71", "0.44", "0.62", "0.91"]);
    expect(found?.["ICC(1,1)"]).toMatchObject({ df1: 5, df2: 18 });
    expect(found?.["ICC(3,1)"]).toMatchObject({ df1: 5, df2: 15 });
    expect(found?.["ICC(1,1)"].f).toBeCloseTo(1.7946784922394678, 12);
    expect(found?.["ICC(1,1)"].p).toBeCloseTo(0.16476880834463953, 12);
    expect(found?.["ICC(3,k)"].f).toBeCloseTo(11.027247956403258, 12);
    expect(found?.["ICC(3,k)"].p).toBeCloseTo(0.00013456651648433772, 12);
  });

  // As the ICC function of R's psych package documents them for the same table.
  it.each([
    ["ICC(1,1)", -0.133, 0.72],
    ["ICC(2,1)", 0.019, 0.76],
    ["ICC(3,1)", 0.342, 0.95],
    ["ICC(1,k)", -0.884, 0.91],
    ["ICC(2,k)", 0.071, 0.93],
    ["ICC(3,k)", 0.676, 0.99],
  ] as const)("%s of the paper lies between %d and %d", (form, low, high) => {
    const found = intraclass(matrix(shroutFleiss))?.[form];
    expect(found?.low.toFixed(3)).toBe(low.toFixed(3));
    expect(found?.high.toFixed(2)).toBe(high.toFixed(2));
  });

  it("gives intervals to the last digits", () => {
    // Formulas of the paper with the F distribution of SciPy 1.17.1.
    const expected = {
      "ICC(1,1)": [0.8762886597938144, 0.5701683097420642, 0.9849076614248432],
      "ICC(1,k)": [0.9550561797752809, 0.7991756594056054, 0.9949180885225297],
      "ICC(2,1)": [0.8769230769230769, 0.5706676908133831, 0.9849620691219799],
      "ICC(2,k)": [0.9553072625698323, 0.7995025380562036, 0.9949365942771481],
      "ICC(3,1)": [0.890625, 0.573423575478758, 0.9869756563110563],
      "ICC(3,k)": [0.9606741573033708, 0.8013009802160416, 0.9956205255837023],
    };
    const bands = matrix([
      [6, 6.5, 6],
      [4, 5, 4.5],
      [7.5, 8, 8.5],
      [5, 5, 6],
      [6.5, 7, 6],
    ]);
    const found = intraclass(bands);
    for (const form of intraclassForms) {
      const [value = 0, low = 0, high = 0] = expected[form];
      expect(found?.[form].value).toBeCloseTo(value, 12);
      expect(found?.[form].low).toBeCloseTo(low, 9);
      expect(found?.[form].high).toBeCloseTo(high, 9);
    }
    expect(oneWayIntraclass(bands)?.["ICC(1,k)"]).toEqual(found?.["ICC(1,k)"]);
    expect(cronbachAlpha(bands)).toBeCloseTo(0.9606741573033708, 12);
  });

  it("is 1 where raters agree wholly, null where scripts do not differ", () => {
    const same = intraclass(
      matrix([
        [3, 3],
        [5, 5],
        [6, 6],
      ]),
    );
    for (const form of intraclassForms) expect(same?.[form]).toMatchObject({ value: 1, low: 1, high: 1, p: 0 });
    // One rater always a step above the other: consistent, not in agreement.
    const shifted = intraclass(
      matrix([
        [3, 4],
        [5, 6],
        [7, 8],
      ]),
    );
    expect(shifted?.["ICC(3,1)"].value).toBe(1);
    expect(shifted?.["ICC(2,1)"].value).toBeLessThan(1);
    expect(
      intraclass(
        matrix([
          [3, 4],
          [3, 4],
        ]),
      ),
    ).toBeNull();
    expect(
      intraclass(
        matrix([
          [3, 3],
          [3, 3],
        ]),
      ),
    ).toBeNull();
    expect(intraclass(matrix([[3, 4]]))).toBeNull();
    expect(
      cronbachAlpha(
        matrix([
          [3, 4],
          [4, 3],
        ]),
      ),
    ).toBeNull();
  });
});

describe("the F distribution", () => {
  // SciPy 1.17.1, scipy.stats.f.ppf and .sf.
  it.each([
    [0.975, 5, 15, 3.5764153492790607],
    [0.975, 15, 5, 6.427728167078779],
    [0.975, 1, 1, 647.7890114778442],
    [0.975, 399, 400, 1.2169978983915777],
    [0.975, 5, 4.7861, 7.4969471552291855],
    [0.025, 3, 2, 0.062328182900557534],
  ])("has %d below its quantile with %d and %d degrees", (below, df1, df2, expected) => {
    expect(fQuantile(below, df1, df2) / expected).toBeCloseTo(1, 10);
  });

  it("has its tail", () => {
    expect(fTail(0.01, 2, 3)).toBeCloseTo(0.9900826900109038, 12);
    expect(fTail(250, 30, 1000)).toBeLessThan(1e-100);
    expect(fTail(0, 2, 3)).toBe(1);
  });
});

describe("complete scores", () => {
  const mark = (script: string, rater: string, criterion: string, score: number): Mark => ({
    script,
    rater,
    criterion,
    score,
  });
  const scale = { min: 0, max: 9, step: 0.5 };

  it("takes scripts that all raters marked on all criteria, with the mean over criteria", () => {
    const table = createRatingTable(
      [
        ...["x", "y"].flatMap((rater, r) =>
          ["f", "g"].map((criterion, c) => mark("a", rater, criterion, 4 + r + c * 0.5)),
        ),
        ...["x", "y"].flatMap((rater, r) => ["f", "g"].map((criterion) => mark("b", rater, criterion, 6 + r))),
        // y left g out.
        ...[mark("c", "x", "f", 1), mark("c", "x", "g", 1), mark("c", "y", "f", 1)],
      ],
      scale,
    );
    const { scores, ...rest } = scriptsMarkedByAll(table);
    expect(rest).toEqual({ targets: 2, raters: 2, left: 1 });
    expect([...scores]).toEqual([4.25, 5.25, 6, 7]);
    expect(scriptsMarkedByAll(table, "f").targets).toBe(3);
  });

  it("takes scripts marked equally often where no one marked all", () => {
    const marks = [["x", "y"], ["y", "z"], ["z", "x"], ["x"], ["x", "y", "z"]].flatMap((raters, s) =>
      raters.map((rater) => mark(`s${s}`, rater, "f", s)),
    );
    const table = createRatingTable(marks, scale);
    expect(scriptsMarkedByAll(table)).toMatchObject({ targets: 1, raters: 3, left: 4 });
    expect(scriptsMarkedAlike(table)).toMatchObject({ targets: 3, raters: 2, left: 2 });
    expect(scriptsMarkedAlike(createRatingTable([mark("a", "x", "f", 1)], scale))).toMatchObject({ targets: 0 });
  });
});
