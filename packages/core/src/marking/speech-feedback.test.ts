import { expect, test } from "vitest";
import { feedbackOf } from "./speech-feedback.ts";

const criterion = (id: string, effects: Record<string, number>) => ({
  criterion: id,
  score: 50,
  reason: null,
  interval: null,
  confidence: 0.4,
  basis: "heuristic",
  base: 55,
  contributions: Object.entries(effects).map(([feature, effect]) => ({ feature, value: 1, weight: 1, effect })),
});

test("what lifted a score is praised, what lowered it comes with something to do, the strongest first", () => {
  const { strengths, advice } = feedbackOf([
    {
      criteria: [criterion("fluency", { speechRate: -6, meanPauseSeconds: -2, phonationRatio: 0.2 })],
      evidence: [],
      text: null,
    },
    {
      criteria: [criterion("fluency", { speechRate: -4 }), criterion("grammar", { grammar: 5 })],
      evidence: [],
      text: null,
    },
  ]);
  expect(strengths).toEqual(["Your grammar is accurate."]);
  expect(advice.map(({ title }) => title)).toEqual(["Daily speaking", "Daily speaking"]);
  expect(advice[0]?.words).toContain("You speak slowly");
});

test("words that were hard to make out are named once", () => {
  const unclear = (start: number, end: number) => ({ start, end, kind: "unclear-word", message: "", suggestion: null });
  const { advice } = feedbackOf([
    { criteria: [], evidence: [unclear(4, 11), unclear(12, 19)], text: "the Thought thought" },
  ]);
  expect(advice).toEqual([{ title: "Words to say again", words: "Hard to make out were: thought." }]);
});

test("nothing measured, nothing said", () => {
  expect(feedbackOf([])).toEqual({ strengths: [], advice: [] });
});
