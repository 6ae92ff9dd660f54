import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { categoryCount, createRatingTable, type Mark, MarkError, scoreOf } from "./rating-table.ts";

const bands = { min: 0, max: 9, step: 0.5 };
const mark = (script: string, rater: string, criterion: string, score: number): Mark => ({
  script,
  rater,
  criterion,
  score,
});

describe("createRatingTable", () => {
  it("sorts by script, rater and criterion, whatever order the marks come in", () => {
    const marks = [mark("b", "y", "g", 4), mark("a", "z", "f", 6.5), mark("a", "x", "g", 9), mark("a", "x", "f", 0)];
    const table = createRatingTable(marks, bands);
    expect([...table.start]).toEqual([0, 3, 4]);
    expect([...table.category]).toEqual([0, 18, 13, 8]);
    expect(table.raters).toEqual(["x", "y", "z"]);
    fc.assert(
      fc.property(fc.shuffledSubarray(marks, { minLength: 4 }), (shuffled) => {
        expect(createRatingTable(shuffled, bands)).toEqual(table);
      }),
    );
  });

  it("refuses a score off the scale and a second mark, and says which", () => {
    const broken = (marks: Mark[]) => {
      try {
        createRatingTable(marks, bands);
      } catch (error) {
        if (error instanceof MarkError) return [error.index, error.field, error.rule];
      }
      return null;
    };
    const good = mark("a", "x", "f", 5);
    expect(broken([good, mark("a", "y", "f", 7.3)])).toEqual([1, "score", "7.3 is not on the scale 0 to 9 by 0.5"]);
    expect(broken([good, mark("a", "y", "f", -0.5)])?.[1]).toBe("score");
    expect(broken([good, mark("a", "y", "f", 9.5)])?.[1]).toBe("score");
    expect(broken([good, mark("a", "y", "f", Number.NaN)])?.[1]).toBe("score");
    expect(broken([good, mark("b", "x", "f", 5), mark("a", "x", "f", 6)])).toEqual([
      2,
      "rater",
      "has marked this script on this criterion already",
    ]);
  });
});

describe("a score scale", () => {
  it("counts its scores, also where steps are no round binary numbers", () => {
    expect(categoryCount(bands)).toBe(19);
    expect(categoryCount({ min: 0, max: 1, step: 0.1 })).toBe(11);
    expect(scoreOf({ min: 0, max: 1, step: 0.1 }, 3)).toBe(0.3);
  });

  it.each([
    [{ min: 5, max: 5, step: 1 }],
    [{ min: 0, max: 5, step: 0 }],
    [{ min: 0, max: 5, step: 2 }],
    [{ min: 0, max: 1e6, step: 1 }],
    [{ min: 0, max: Number.POSITIVE_INFINITY, step: 1 }],
  ])("refuses %j", (scale) => {
    expect(() => categoryCount(scale)).toThrow(RangeError);
  });
});
