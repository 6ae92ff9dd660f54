import { expect, test } from "vitest";
import { changeWords, decideForm, figuresOf, formSetState, refuseUse, sectionFigures } from "./form-set-rules.ts";

const item = (level: string, difficulty: number, seconds = 60) => ({
  skill: "reading" as const,
  level,
  difficulty,
  seconds,
});

test("figures: mean, standard deviation, time and levels", () => {
  expect(figuresOf([item("A1", -1), item("A1", 1), item("B2", 3, 30)])).toEqual({
    items: 3,
    mean: 1,
    // Squared distances 4, 0, 4 over three.
    spread: Math.sqrt(8 / 3),
    seconds: 150,
    levels: [
      { level: "A1", count: 2 },
      { level: "B2", count: 1 },
    ],
  });
  expect(figuresOf([])).toEqual({ items: 0, mean: 0, spread: 0, seconds: 0, levels: [] });
});

test("sections stand in the order of their items", () => {
  const sections = sectionFigures([{ ...item("A", 0), skill: "writing" }, item("A1", 1), item("A2", 2)]);
  expect(sections.map(({ skill, items }) => [skill, items])).toEqual([
    ["writing", 1],
    ["reading", 2],
  ]);
});

test("who is free of a form gets the one handed out least, the first in the alphabet among equals", () => {
  const form = (label: string, handed: number, barred = 0) => ({ label, handed, barred });
  const choice = (...forms: ReturnType<typeof form>[]) => decideForm(forms);
  expect(choice(form("B", 0), form("A", 0))).toMatchObject({ form: { label: "A" } });
  expect(choice(form("A", 3), form("B", 2), form("C", 2))).toMatchObject({ form: { label: "B" } });
  expect(choice(form("A", 3), form("B", 2, 1))).toMatchObject({ form: { label: "A" } });
  expect(choice(form("A", 0, 2), form("B", 0, 1))).toEqual({
    ok: false,
    because:
      "You have met items of every form of this sitting, or items too much like them: 2 of form A, 1 of form B. Nobody gets an item twice: choose another sitting.",
  });
});

test("only a published set whose items are what they were is sat", () => {
  const at = new Date(0);
  expect(formSetState({ publishedAt: null, retiredAt: null })).toBe("draft");
  expect(formSetState({ publishedAt: at, retiredAt: null })).toBe("published");
  expect(formSetState({ publishedAt: at, retiredAt: at })).toBe("retired");
  expect(refuseUse("March", "published", [])).toBeNull();
  expect(refuseUse("March", "draft", [])).toMatch(/two persons must publish it/);
  expect(refuseUse("March", "retired", [])).toMatch(/is retired/);
  expect(refuseUse("March", "published", ["a", "b", "c", "d", "e"])).toBe(
    "The form set “March” cannot be used: a; b; c; and 2 more. Make a new set.",
  );
});

test("says what became of an item", () => {
  const changed = { label: "A", slug: "r-b1-03", version: 1, status: "resting", currentVersion: 1 };
  expect(changeWords(changed)).toBe("r-b1-03 in form A is resting");
  expect(changeWords({ ...changed, currentVersion: 2 })).toBe("r-b1-03 in form A has been replaced by version 2");
});
