import { rational } from "@bandwise/scoring/rational";
import { expect, test } from "vitest";
import {
  contributionOf,
  exactDecimal,
  isAnswered,
  isEmptyText,
  isOnScale,
  markedRecording,
  meanOf,
  scoreProblems,
  zeroScores,
} from "./rules.ts";
import { criterionScore, type RubricFile } from "./schema.ts";

const rubric: RubricFile = {
  id: "r",
  version: 1,
  scheme: "ielp",
  scale: { lowest: 0, highest: 10, step: 0.5 },
  skill: "writing",
  criteria: ["coherence", "grammar"].map((id) => ({ id, name: id, summary: id, descriptors: [] })),
};

test("a final rating names every criterion of the rubric and no other, a draft may lack some", () => {
  expect(scoreProblems(rubric, { coherence: 5, grammar: 6.5 }, { final: true })).toEqual({});
  expect(scoreProblems(rubric, { coherence: 5 }, { final: false })).toEqual({});
  expect(scoreProblems(rubric, { coherence: 5, style: 3 }, { final: true })).toEqual({
    "scores.grammar": "needs a score",
    "scores.style": "is not a criterion that this rubric asks for here",
  });
});

test("where only some criteria are asked for, the others are neither missed nor taken", () => {
  expect(scoreProblems(rubric, { grammar: 6 }, { asked: ["grammar"], final: true })).toEqual({});
  expect(scoreProblems(rubric, { coherence: 5, grammar: 6 }, { asked: ["grammar"], final: true })).toEqual({
    "scores.coherence": "is not a criterion that this rubric asks for here",
  });
  expect(zeroScores(rubric, ["grammar"])).toEqual({ grammar: 0 });
});

test("scores lie on their rubric's own scale", () => {
  const on = (scale: RubricFile["scale"], scores: readonly number[]) => scores.map((score) => isOnScale(scale, score));
  for (let halves = 0; halves <= 20; halves += 1) expect(isOnScale(rubric.scale, halves / 2)).toBe(true);
  expect(on(rubric.scale, [-0.5, 10.5, 7.3, Number.NaN])).toEqual([false, false, false, false]);
  expect(on({ lowest: 0, highest: 9, step: 0.5 }, [9, 8.5, 9.5, 4.25])).toEqual([true, true, false, false]);
  expect(on({ lowest: 0, highest: 100, step: 1 }, [100, 67, 66.5, 101])).toEqual([true, true, false, false]);
  const halves = { ...rubric, scale: { lowest: 0, highest: 9, step: 0.5 } };
  expect(scoreProblems(halves, { coherence: 9.5 }, { final: false })).toEqual({
    "scores.coherence": "must be from 0 to 9 in steps of 0.5",
  });
  for (const off of [-0.5, 100.5, Number.NaN, Number.POSITIVE_INFINITY]) {
    expect(criterionScore.safeParse(off).success).toBe(false);
  }
});

test("a task put to everybody has a mean and no weight", () => {
  expect(contributionOf("speaking", "all", { fluency: 7 })).toBeNull();
  expect(meanOf("speaking", "all", { fluency: 70, grammar: 61, vocabulary: 72 })).toBe("67.67");
  expect(meanOf("speaking", "all", {})).toBeNull();
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
