import type { BankItem } from "@bandwise/core/bank/schema";
import { expect, test } from "vitest";
import { itemDifference } from "./difference.ts";

const item = (changes: {
  stem?: string;
  options?: string[];
  topic?: "food" | "sport";
  correct?: string;
}): BankItem => ({
  id: "r-b1-01",
  skill: "reading",
  level: "B1",
  subSkill: "gist",
  topic: changes.topic ?? "sport",
  difficulty: -0.5,
  anchor: false,
  content: {
    stimulus: { kind: "note", blocks: [{ type: "paragraph", text: "One." }] },
    interaction: {
      type: "choice",
      stem: changes.stem ?? "Why?",
      options: (changes.options ?? ["a", "b", "c"]).map((id) => ({ id, text: `Because ${id}` })),
    },
  },
  key: { type: "choice", correct: changes.correct ?? "a" },
  rationale: { key: "Line 1", distractors: { b: "No.", c: "No." } },
});

test("equal versions have no difference", () => {
  expect(itemDifference(item({}), item({}))).toEqual([]);
});

test("each changed field is named with its old and new value", () => {
  expect(itemDifference(item({}), item({ stem: "How?", topic: "food", correct: "b" }))).toEqual([
    { field: "Topic", before: "sport", after: "food" },
    { field: "Interaction › stem", before: "Why?", after: "How?" },
    { field: "Key › correct", before: "a", after: "b" },
  ]);
});

test("an option that comes, goes or moves shows as that", () => {
  expect(itemDifference(item({}), item({ options: ["b", "a", "d"] }))).toEqual([
    { field: "Interaction › options › order", before: "a, b, c", after: "b, a, d" },
    { field: "Interaction › options › c › text", before: "Because c", after: null },
    { field: "Interaction › options › d › text", before: null, after: "Because d" },
  ]);
});
