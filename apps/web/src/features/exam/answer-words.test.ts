import type { Interaction } from "@bandwise/core/bank/schema";
import { expect, test } from "vitest";
import { answerInWords } from "./answer-words.ts";

const options = [
  { id: "a", text: "north" },
  { id: "b", text: "south" },
];
const choice = { type: "choice", stem: "Where?", options } as const;
const gaps = { type: "inline-choice", stem: "Fill.", text: "Go [[1]].", gaps: [{ id: "1", options }] } as const;

const of = (interaction: unknown) => interaction as Interaction;

test.each([
  ["no answer", null, choice],
  ["B", "b", choice],
  ["south", { 1: "b" }, gaps],
  ["has", ["w1"], { type: "hottext", stem: "Which?", text: "She [[w1|has]] [[w2|went]].", choose: 1 }],
  ["south, north", ["b", "a"], { type: "ordering", stem: "Order.", elements: options }],
  ["Oslo, Rome", { 1: "Oslo", 2: "Rome" }, { type: "cloze", stem: "Fill.", text: "[[1]] [[2]]", gaps: [] }],
  [
    "1: A; 2: south; 3: no answer",
    { p1: "a", p2: { 1: "b" } },
    {
      type: "composite",
      stem: "All.",
      parts: [
        { id: "p1", interaction: choice },
        { id: "p2", interaction: gaps },
        { id: "p3", interaction: choice },
      ],
    },
  ],
  ["A whole text.", { text: "A whole text." }, null],
])("%s", (words, value, interaction) => {
  expect(answerInWords(value, interaction && of(interaction))).toBe(words);
});
