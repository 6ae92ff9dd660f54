import { rational } from "@bandwise/scoring/rational";
import { expect, test } from "vitest";
import { contributionOf, exactDecimal, isAnswered, isEmptyText, markedRecording, scoreProblems } from "./rules.ts";
import { criterionScore, type RubricFile } from "./schema.ts";

const rubric: RubricFile = {
  id: "r",
  version: 1,
  skill: "writing",
  criteria: ["coherence", "grammar"].map((id) => ({ id, name: id, summary: id, descriptors: [] })),
};

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

test("the recording the answer names is marked, never one from beside it or one it replaced", () => {
  const take = (id: string, number: number, status = "processed") => ({ id, take: number, status });
  const all = [take("a", 1), take("b", 2), take("aside", 3)];
  expect(markedRecording(all, { recordingId: "a" })?.id).toBe("a");
  expect(markedRecording(all, null)?.id).toBe("b");
  expect(markedRecording([take("a", 1), take("b", 2, "discarded")], null)?.id).toBe("a");
  // A second take that cannot be heard does not take the first one's place.
  expect(markedRecording([take("a", 1), take("b", 2, "failed")], { recordingId: "b" })?.id).toBe("a");
  expect(markedRecording([take("b", 2, "failed")], { recordingId: "b" })?.id).toBe("b");
  expect(markedRecording([], { recordingId: "b" })).toBeNull();
});

test("a recording that arrived is an answer, one that is still on its way is not yet", () => {
  const speaking = (status: string) => isAnswered({ skill: "speaking", value: null, recordings: [{ status }] });
  expect([speaking("processed"), speaking("failed"), speaking("recording")]).toEqual([true, true, false]);
});

test("white space alone is no answer", () => {
  expect(isEmptyText({ text: " \n " })).toBe(true);
  expect(isEmptyText(null)).toBe(true);
  expect(isEmptyText({ text: "Dear" })).toBe(false);
});

test("a script's contribution is exact, and absent until every criterion has its score", () => {
  const scores = { fluency: 7, accuracy: 6, range: 6.5, interaction: 7 };
  expect(contributionOf("speaking", "C", scores)).toEqual({
    mean: "6.625",
    weight: "2.25",
    raw: "14.90625",
    maximum: "22.50",
  });
  expect(contributionOf("speaking", "A", { fluency: 7 })).toEqual({
    mean: null,
    weight: "1.125",
    raw: null,
    maximum: "11.25",
  });
});

test("an exact decimal keeps every digit and two at least", () => {
  expect(exactDecimal(rational(0))).toBe("0.00");
  expect(exactDecimal(rational(13, 2))).toBe("6.50");
  expect(exactDecimal(rational(53, 8))).toBe("6.625");
});
