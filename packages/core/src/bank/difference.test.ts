import { expect, test } from "vitest";
import { fieldLabel, itemDifference, itemFields } from "./difference.ts";
import type { BankItem } from "./schema.ts";

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

const fields = (before: BankItem, after: BankItem) =>
  itemDifference(before, after).map(({ words: _words, ...change }) => change);

test("each changed field is named with its old and new value", () => {
  expect(fields(item({}), item({ stem: "How?", topic: "food", correct: "b" }))).toEqual([
    { field: "Topic", before: "sport", after: "food" },
    { field: "Interaction › stem", before: "Why?", after: "How?" },
    { field: "Key › correct", before: "a", after: "b" },
  ]);
});

test("an option that comes, goes or moves shows as that", () => {
  expect(fields(item({}), item({ options: ["b", "a", "d"] }))).toEqual([
    { field: "Interaction › options › order", before: "a, b, c", after: "b, a, d" },
    { field: "Interaction › options › c › text", before: "Because c", after: null },
    { field: "Interaction › options › d › text", before: null, after: "Because d" },
  ]);
});

test("a changed text is told word by word, and spans rebuild both sides", () => {
  const [change] = itemDifference(
    item({ stem: "Why did Ana go home?" }),
    item({ stem: "Why did Ana stay home so long?" }),
  );
  const side = (without: "gone" | "new") =>
    change?.words
      .filter(({ kind }) => kind !== without)
      .map(({ text }) => text)
      .join("");
  expect(side("new")).toBe("Why did Ana go home?");
  expect(side("gone")).toBe("Why did Ana stay home so long?");
  expect(change?.words.filter(({ kind }) => kind === "gone").map(({ text }) => text)).toEqual(["go"]);
  // Nothing in common is shown whole.
  expect(itemDifference(item({ stem: "Why?" }), item({ stem: "Choose well" }))[0]?.words).toEqual([]);
});

test("every field has a path that a comment can name and read back", () => {
  const paths = itemFields(item({})).map(({ path }) => path);
  expect(paths).toContain("content.interaction.options.b.text");
  expect(new Set(paths).size).toBe(paths.length);
  for (const { path, label } of itemFields(item({}))) expect(fieldLabel(path)).toBe(label);
});
