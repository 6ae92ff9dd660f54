import { expect, test } from "vitest";
import { decideAfterRating, isEmptyText, scoreProblems } from "./rules.ts";
import { criterionScore, type RubricFile } from "./schema.ts";

const rubric: RubricFile = {
  id: "r",
  version: 1,
  skill: "writing",
  criteria: ["coherence", "grammar"].map((id) => ({ id, name: id, summary: id, descriptors: [] })),
};

test("one final rating settles a script that needs one, and only the second one that needs two", () => {
  expect(decideAfterRating({ ratingsNeeded: 1, finalRatings: 1, cannotMark: null })).toBe("settled");
  expect(decideAfterRating({ ratingsNeeded: 2, finalRatings: 1, cannotMark: null })).toBe("waiting");
  expect(decideAfterRating({ ratingsNeeded: 2, finalRatings: 2, cannotMark: null })).toBe("settled");
});

test("silence settles at nothing; noise waits for an admin", () => {
  expect(decideAfterRating({ ratingsNeeded: 1, finalRatings: 1, cannotMark: "silence" })).toBe("settled");
  expect(decideAfterRating({ ratingsNeeded: 1, finalRatings: 1, cannotMark: "noise" })).toBe("cannot_be_marked");
});

test("a rating names every criterion of the rubric and no other", () => {
  expect(scoreProblems(rubric, { coherence: 5, grammar: 6.5 })).toEqual({});
  expect(scoreProblems(rubric, { coherence: 5, style: 3 })).toEqual({
    "scores.grammar": "needs a score",
    "scores.style": "is not a criterion of this rubric",
  });
});

test("scores lie on the half-point grid from 0 to 10", () => {
  for (let halves = 0; halves <= 20; halves += 1) expect(criterionScore.safeParse(halves / 2).success).toBe(true);
  for (const off of [-0.5, 10.5, 7.3, Number.NaN, Number.POSITIVE_INFINITY]) {
    expect(criterionScore.safeParse(off).success).toBe(false);
  }
});

test("white space alone is no answer", () => {
  expect(isEmptyText({ text: " \n " })).toBe(true);
  expect(isEmptyText(null)).toBe(true);
  expect(isEmptyText({ text: "Dear" })).toBe(false);
});
