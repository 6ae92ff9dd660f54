import { creditFor } from "@bandwise/scoring/credit";
import { expect, test } from "vitest";
import { allowedAnswer } from "./answer-space.ts";
import type { Interaction } from "./schema.ts";

const options = ["a", "b", "c", "d"].map((id) => ({ id, text: `Option ${id}` }));
const pickTwo = { type: "multiple-response" as const, stem: "?", options, choose: 2 };
const hottext = { type: "hottext" as const, stem: "?", text: "[[a|She]] [[b|go]] [[c|home]]", choose: 1 };

test.each<[string, Interaction, unknown, unknown]>([
  ["as many as may be picked", pickTwo, ["a", "b"], ["a", "b"]],
  ["one picked twice over", pickTwo, ["a", "b", "a"], ["a", "b", "a"]],
  ["more than may be picked", pickTwo, ["a", "b", "c"], null],
  ["more words than may be picked", hottext, ["a", "b"], null],
  ["no answer", pickTwo, undefined, undefined],
  ["what is no list", pickTwo, { text: "a" }, { text: "a" }],
  [
    "a part with too much, without the other parts",
    {
      type: "composite",
      stem: "?",
      parts: [
        { id: "1", interaction: pickTwo },
        { id: "2", interaction: hottext },
      ],
    },
    { 1: ["a", "b", "c"], 2: ["b"], 3: "no part" },
    { 2: ["b"] },
  ],
])("%s", (_, interaction, answer, allowed) => {
  expect(allowedAnswer(interaction, answer)).toEqual(allowed);
});

test("picking everything does not earn every point", () => {
  const points = { values: { a: "1", b: "1" }, otherwise: "0", max: "2" };
  const key = { type: "multiple-response" as const, correct: ["a", "b"], points };
  const all = options.map(({ id }) => id);
  expect(creditFor(key, allowedAnswer(pickTwo, all))).toMatchObject({ num: 0n });
  expect(creditFor(key, allowedAnswer(pickTwo, ["a", "b"]))).toMatchObject({ num: 1n, den: 1n });
});
