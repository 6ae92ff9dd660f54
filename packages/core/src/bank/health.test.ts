import { describe, expect, test } from "vitest";
import { assessBank, decideRest, exposureLimitOf, type SlotStock, thinnestCells, widestDemand } from "./health.ts";
import { type BankCell, cellMinimum } from "./rules.ts";
import { type Skill, subSkills } from "./schema.ts";

const sections = [
  { skill: "reading" as const, slots: [{ level: "A1", count: 2 }], anchors: 1 },
  { skill: "speaking" as const, slots: [{ level: "A", count: 2, interactive: 1 }] },
];
const stock = (change: Partial<SlotStock>): SlotStock => ({
  skill: "reading",
  level: "A1",
  tag: "",
  plain: 10,
  anchors: 1,
  pretest: 0,
  resting: 0,
  exposure: { least: 0, median: 0, most: 0 },
  ...change,
});
const speaking = (tag: string, plain: number) => stock({ skill: "speaking", level: "A", tag, plain, anchors: 0 });
const enough = [stock({}), speaking("", 5), speaking("interactive", 5)];
const judge = (slots: readonly SlotStock[]) => assessBank(sections, slots, []);

describe("assessBank", () => {
  test("five sittings for everyone are green; overlap is what even use of the pool leaves", () => {
    const { state, sections: judged } = judge(enough);
    expect(state).toBe("green");
    expect(judged.map((section) => section.sittingsLeft)).toEqual([5, 5]);
    // Two of ten: 2² ÷ 10 of 2 items; one of five, twice: (1 ÷ 5 + 1 ÷ 5) of 2 items.
    expect(judged.map((section) => section.overlap)).toEqual([0.2, 0.2]);
  });

  test("fewer than five are amber and say how many items to write, fewer than two are red", () => {
    const amber = judge([stock({ plain: 7 }), ...enough.slice(1)]);
    expect(amber.state).toBe("amber");
    expect(amber.writeNext[0]).toMatchObject({ skill: "reading", level: "A1", what: "items", missing: 3 });
    const red = judge([stock({ plain: 3 }), ...enough.slice(1)]);
    expect(red.state).toBe("red");
    expect(red.sections[0]?.reasons).toEqual([
      "Reading A1: 3 items for 1 sitting without a repeat; 2 are needed, 5 wanted",
    ]);
  });

  test("each kind of task has its own pool", () => {
    const { state, writeNext } = judge([stock({}), speaking("", 20), speaking("interactive", 1)]);
    expect(state).toBe("red");
    expect(writeNext[0]).toMatchObject({ skill: "speaking", what: "interactive items", missing: 4 });
  });

  test("a slot with nothing in it, and anchors that are missing, are red", () => {
    expect(judge(enough.slice(0, 2)).state).toBe("red");
    const { state, sections: judged } = judge([stock({ anchors: 0 }), ...enough.slice(1)]);
    expect(state).toBe("red");
    expect(judged[0]?.reasons).toEqual(["Reading: a form takes 1 anchor, each of another level; 0 levels hold one"]);
  });
});

test("the limit is .25, and half above what cannot be avoided where the bank is small", () => {
  expect(exposureLimitOf(2, 40)).toBe(0.25);
  expect(exposureLimitOf(2, 10)).toBeCloseTo(0.3);
  expect(exposureLimitOf(2, 0)).toBe(1);
});

test("the widest section takes of each slot what the hungriest programme takes", () => {
  const speaking = (count: number, interactive: number) => [
    { skill: "speaking" as const, slots: [{ level: "A", count, interactive }] },
  ];
  const dialogues = [{ skill: "speaking" as const, slots: [{ type: "dialogue" as const, count: 1 }] }];
  expect(widestDemand([speaking(2, 1), speaking(3, 0), dialogues, sections])).toEqual([
    {
      skill: "speaking",
      slots: [
        { level: "A", tag: "", count: 3 },
        { level: "A", tag: "interactive", count: 1 },
        { level: "all", tag: "dialogue", count: 1 },
      ],
    },
    { skill: "reading", slots: [{ level: "A1", tag: "", count: 2 }] },
  ]);
});

describe("decideRest", () => {
  const item = { status: "active" as const, restedByHand: false, anchor: false, drawn: 26, forms: 100, limit: 0.25 };
  test("rests above the limit, wakes below half of it", () => {
    expect(decideRest(item)).toBe("rest");
    expect(decideRest({ ...item, drawn: 25 })).toBe("stay");
    expect(decideRest({ ...item, status: "resting", drawn: 13 })).toBe("stay");
    expect(decideRest({ ...item, status: "resting", drawn: 12 })).toBe("wake");
  });
  test("wakes nothing that a person has rested", () => {
    const rested = { ...item, status: "resting" as const, restedByHand: true };
    expect(decideRest({ ...rested, drawn: 0 })).toBe("stay");
    expect(decideRest({ ...rested, drawn: 0, forms: 0 })).toBe("stay");
  });
  test("never anchors, never on a handful of forms", () => {
    expect(decideRest({ ...item, anchor: true })).toBe("stay");
    expect(decideRest({ ...item, drawn: 49, forms: 49 })).toBe("stay");
  });
});

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
