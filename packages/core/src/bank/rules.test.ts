import { describe, expect, test } from "vitest";
import { type BankCell, canMoveItem, cellMinimum, formsBeforeRepeat, mediaProblem, thinnestCells } from "./rules.ts";
import { type Skill, subSkills } from "./schema.ts";

const cell = (skill: Skill, level: string, subSkill: string, active: number, allotted = 0): BankCell => ({
  skill,
  level,
  subSkill,
  active,
  allotted,
});

describe("what to write next", () => {
  test("an empty bank lacks every cell that a level asks for, and no other", () => {
    const thin = thinnestCells([]);
    expect(thin).toContainEqual({ ...cell("reading", "C2", "inference", 0), missing: 2 });
    expect(thin.some(({ level, subSkill }) => level === "A1" && subSkill === "inference")).toBe(false);
  });

  test("emptier cells come first, and among equals the level whose items are used up faster", () => {
    const full = thinnestCells([]).map(({ skill, level, subSkill }) => cell(skill, level, subSkill, 2));
    const short = full.map((one) => {
      if (one.skill !== "reading" || one.subSkill !== "inference") return one;
      if (one.level === "B2") return { ...one, active: 1, allotted: 50 };
      return one.level === "A2" || one.level === "C1" ? { ...one, active: one.level === "C1" ? 0 : 1 } : one;
    });
    expect(thinnestCells(short).map(({ level, missing }) => [level, missing])).toEqual([
      ["C1", 2],
      ["B2", 1],
      ["A2", 1],
    ]);
    expect(thinnestCells(full)).toEqual([]);
  });

  test("a level asks only for sub-skills that its skill has", () => {
    for (const [skill, level, subSkill] of thinnestCells([]).map(
      (one) => [one.skill, one.level, one.subSkill] as const,
    )) {
      expect(subSkills[skill] as readonly string[]).toContain(subSkill);
      expect(cellMinimum(skill, level, subSkill)).toBe(2);
    }
  });
});

test("the scarcest level says how many forms there are before an item comes again", () => {
  const section = {
    skill: "reading" as const,
    slots: [
      { level: "A1", count: 2 },
      { level: "A2", count: 2 },
    ],
  };
  const cells = [
    cell("reading", "A1", "gist", 4),
    cell("reading", "A1", "detail", 3),
    cell("reading", "A2", "gist", 5),
  ];
  expect(formsBeforeRepeat(cells, section)).toBe(2);
  expect(formsBeforeRepeat([], section)).toBe(0);
});

test("a retired version stays retired", () => {
  expect(canMoveItem("draft", "active")).toBe(true);
  expect(canMoveItem("retired", "active")).toBe(false);
});

describe("a file for the bank", () => {
  const text = (content: string) => new TextEncoder().encode(content);

  test("must hold what its type says", () => {
    expect(mediaProblem(text("ID3…"), "audio/mpeg")).toBeNull();
    expect(mediaProblem(new Uint8Array([0xff, 0xfb, 0x90]), "audio/mpeg")).toBeNull();
    expect(mediaProblem(text("<html>"), "audio/mpeg")).not.toBeNull();
    expect(mediaProblem(new Uint8Array([0x89, 0x50, 0x4e, 0x47]), "image/png")).toBeNull();
    expect(mediaProblem(text("GIF89a"), "image/jpeg")).not.toBeNull();
  });

  test("must, as a drawing, be a picture alone", () => {
    const drawing = (inside: string) =>
      mediaProblem(text(`<svg xmlns="http://www.w3.org/2000/svg">${inside}</svg>`), "image/svg+xml");
    expect(drawing('<path d="M0 0"/><use href="#a"/>')).toBeNull();
    expect(drawing("<script>alert(1)</script>")).not.toBeNull();
    expect(drawing('<rect onclick="go()"/>')).not.toBeNull();
    expect(drawing('<image href="https://example.org/x.png"/>')).not.toBeNull();
    expect(drawing("<foreignObject/>")).not.toBeNull();
  });
});
