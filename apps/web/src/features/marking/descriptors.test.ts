import { expect, test } from "vitest";
import { type Criterion, firstSentence, scoreText, standingOf } from "./descriptors.ts";

const criterion: Criterion = {
  id: "range",
  name: "Range",
  summary: "Words.",
  descriptors: [
    { score: 0, upTo: 1, text: "None." },
    ...[2, 4, 6, 8, 10].map((score) => ({ score, text: `At ${score}.` })),
  ],
};

test("a mark stands at a descriptor or between two, nearer one of them", () => {
  expect(standingOf(criterion, 6)).toMatchObject({ kind: "at", descriptor: { score: 6 } });
  expect(standingOf(criterion, 6.5)).toMatchObject({
    kind: "between",
    lower: { score: 6 },
    upper: { score: 8 },
    nearer: { score: 6 },
  });
  expect(standingOf(criterion, 7)).toMatchObject({ kind: "between", nearer: null });
  expect(standingOf(criterion, 10)).toMatchObject({ kind: "at", neighbours: [{ score: 8 }, { score: 10 }] });
});

test("a descriptor for several marks holds up to its end", () => {
  for (const mark of [0, 0.5, 1]) expect(standingOf(criterion, mark)).toMatchObject({ descriptor: { score: 0 } });
  expect(standingOf(criterion, 1.5)).toMatchObject({ kind: "between", lower: { score: 0 }, nearer: null });
  expect(criterion.descriptors.map(scoreText)).toEqual(["0–1", "2", "4", "6", "8", "10"]);
});

test("one line is the first sentence", () => {
  expect(firstSentence("Covers 2.5 points. More.")).toBe("Covers 2.5 points.");
  expect(firstSentence("No end")).toBe("No end");
});
