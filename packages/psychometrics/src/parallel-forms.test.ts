import fc from "fast-check";
import { describe, expect, test } from "vitest";
import type { SectionBlueprint } from "./blueprint.ts";
import { violations } from "./form-check.ts";
import { assembleParallelForms, type ParallelForm, type ParallelRequest } from "./parallel-forms.ts";
import type { PoolItem } from "./pool.ts";

const levels = ["A1", "A2", "B1", "B2", "C1", "C2"];
const centres: Readonly<Record<string, number>> = { A1: -2.5, A2: -1.5, B1: -0.5, B2: 0.5, C1: 1.5, C2: 2.5 };
const reading: SectionBlueprint = {
  skill: "reading",
  slots: levels.map((level) => ({ level, tag: "", count: 2 })),
  anchors: 2,
};

/** Items whose difficulty wanders within ±0.4 of their level's centre. */
function bank(perLevel: number, anchorsPerLevel = 0, skill = "reading"): PoolItem[] {
  return levels.flatMap((level, row) =>
    Array.from({ length: perLevel }, (_, i) => ({
      id: `${skill}-${level}-${String(i).padStart(3, "0")}`,
      ...{ skill, level, tag: "", exposure: 0, use: "scored" as const, anchor: i < anchorsPerLevel },
      subSkill: `skill-${i % 6}`,
      topic: `topic-${(i * 7) % 19}`,
      difficulty: (centres[level] ?? 0) + (((i * 37 + row * 11) % 17) - 8) / 20,
    })),
  );
}

const ask = (items: readonly PoolItem[], changes: Partial<ParallelRequest> = {}) =>
  assembleParallelForms({
    blueprint: { sections: [reading] },
    items,
    forms: 4,
    tolerance: 0.05,
    overlap: "none",
    seed: "s",
    ...changes,
  });

function made(result: ReturnType<typeof ask>) {
  if (!result.ok) throw new Error(JSON.stringify(result));
  return result;
}

const idsOf = ({ sections }: ParallelForm): string[] => sections.flatMap(({ picks }) => picks.map(({ id }) => id));
const meanOf = ({ sections }: ParallelForm, at = 0): number => {
  const picks = sections[at]?.picks ?? [];
  return picks.reduce((sum, pick) => sum + pick.difficulty, 0) / picks.length;
};

describe("assembleParallelForms", () => {
  test("brings every form within the tolerance of one target, with no item in two of them", () => {
    const items = bank(20, 6);
    const { forms, targets } = made(ask(items, { tolerance: 0.02 }));
    expect(forms.map(({ label }) => label)).toEqual(["A", "B", "C", "D"]);
    for (const form of forms) expect(Math.abs(meanOf(form) - (targets[0] ?? 9))).toBeLessThanOrEqual(0.02 + 1e-9);
    const ids = forms.flatMap(idsOf);
    expect(new Set(ids).size).toBe(ids.length);
    const known = new Map(items.map((item) => [item.id, item]));
    for (const { sections } of forms) expect(violations({ sections: [reading] }, known, [], sections)).toEqual([]);
  });

  test("the same items and seed give the same forms, another seed others", () => {
    const items = bank(20, 6);
    expect(ask([...items].reverse())).toEqual(ask(items));
    expect(ask(items, { seed: "t" })).not.toEqual(ask(items));
  });

  test("shared anchors stand in every form, and nothing else does", () => {
    const { forms } = made(ask(bank(12, 1), { overlap: "anchors" }));
    const anchorsOf = ({ sections }: ParallelForm) =>
      sections.flatMap(({ picks }) => picks.filter(({ anchor }) => anchor).map(({ id }) => id)).sort();
    const [first] = forms;
    expect(first && anchorsOf(first)).toHaveLength(2);
    for (const form of forms) expect(anchorsOf(form)).toEqual(first && anchorsOf(first));
    const plain = forms.flatMap((form) => idsOf(form).filter((id) => !anchorsOf(form).includes(id)));
    expect(new Set(plain).size).toBe(plain.length);
  });

  test("says for which form the anchors run out, and what helps", () => {
    // Six levels with one anchor each, two a form: enough for three forms.
    expect(ask(bank(20, 1))).toEqual({
      ok: false,
      reach: null,
      write: [],
      obstacles: [
        {
          constraint: "anchors",
          skill: "reading",
          form: "D",
          sentence:
            "reading has no anchors of its own left for form D: let the forms share their anchors, or make 2 more of its items anchors",
        },
      ],
    });
  });

  test("says which form cannot be filled and what to write for all of them: with it written, they can be made", () => {
    // No anchor among them: one shared by all forms would take half of each form's demand.
    const items = bank(12, 1).filter((item) => item.level !== "B2" || (!item.anchor && Number(item.id.slice(-3)) <= 5));
    const refused = ask(items, { overlap: "anchors", tolerance: 0.2 });
    if (refused.ok) throw new Error("five B2 items are not enough for four forms");
    expect(refused.obstacles[0]?.sentence).toMatch(
      /^form C of 4 cannot be made: reading B2 needs 2 unseen items and has 1$/,
    );
    const written = refused.write.flatMap(({ level, count }) =>
      Array.from({ length: count }, (_, index) => ({ level, index })),
    );
    expect(refused.write.map(({ level }) => level)).toEqual(["B2"]);
    const more = written.map(({ level, index }) => ({
      ...(items[0] as PoolItem),
      ...{ id: `new-${index}`, level, anchor: false, topic: `new-${index}`, difficulty: 0.5 },
    }));
    expect(ask([...items, ...more], { overlap: "anchors", tolerance: 0.2 }).ok).toBe(true);
  });

  test("says which form lies too far off, how far, at what tolerance it would do and what to write", () => {
    // One item to a place: nothing can be exchanged but between the forms, and B has no partner for its hard C2 items.
    const items = bank(2).map((item) => ({
      ...item,
      anchor: false,
      difficulty: item.level === "C2" && item.id.endsWith("1") ? 3.9 : 0,
    }));
    const section = { skill: "reading", slots: levels.map((level) => ({ level, tag: "", count: 1 })) };
    const refused = ask(items, { blueprint: { sections: [section] }, forms: 2 });
    if (refused.ok) throw new Error("one C2 item is much harder than the other");
    // 3.9 over six items and two forms: each mean lies 0.325 from the 0.325 of both.
    expect(refused.reach).toBe(0.33);
    expect(refused.obstacles.map(({ sentence }) => sentence.replace(/form [AB]/, "form X")).sort()).toEqual([
      "reading of form X lies 0.33 logits above the set’s 0.33, more than ±0.05",
      "reading of form X lies 0.33 logits below the set’s 0.33, more than ±0.05",
    ]);
    expect(refused.write.map(({ level, difficulty, count }) => ({ level, difficulty, count }))).toEqual(
      expect.arrayContaining([
        // (0.325 − 0.05) × 6 logits harder, and as much easier.
        { level: "C2", difficulty: 1.65, count: 1 },
        { level: "C2", difficulty: 2.25, count: 1 },
      ]),
    );
    expect(ask(items, { blueprint: { sections: [section] }, forms: 2, tolerance: refused.reach ?? 0 }).ok).toBe(true);
  });

  test("leaves pretest places empty", () => {
    const items = bank(20, 6).map((item, index): PoolItem => (index % 5 === 4 ? { ...item, use: "pretest" } : item));
    const { forms } = made(ask(items, { blueprint: { sections: [{ ...reading, pretest: 2 }] } }));
    expect(forms.flatMap(({ sections }) => sections.flatMap(({ picks }) => picks)).every(({ scored }) => scored)).toBe(
      true,
    );
  });

  test("whatever the bank, forms keep the blueprint, share nothing and lie within the tolerance, or there is a reason", () => {
    const item = fc.record({
      level: fc.constantFrom("B1", "B2"),
      subSkill: fc.constantFrom("a", "b", "c"),
      topic: fc.constantFrom("x", "y", "z"),
      difficulty: fc.double({ min: -2, max: 2, noNaN: true }),
      anchor: fc.nat(3).map((one) => one === 0),
      exposure: fc.nat(5),
      seconds: fc.integer({ min: 30, max: 120 }),
      set: fc.constantFrom(null, null, null, null, null, null, null, null, "s1", "s2"),
      enemy: fc.nat(199),
    });
    const instance = fc.record({
      items: fc.array(item, { minLength: 16, maxLength: 40 }),
      forms: fc.integer({ min: 2, max: 4 }),
      tolerance: fc.constantFrom(0.05, 0.2, 1),
      overlap: fc.constantFrom("none" as const, "anchors" as const),
      sets: fc.constantFrom("none" as const, "one" as const, "whole" as const),
      topicMax: fc.constantFrom(2, 4),
      max: fc.constantFrom(2, 4),
      maxSeconds: fc.constantFrom(320, 1000),
    });
    let kept = 0;
    fc.assert(
      fc.property(instance, ({ items, forms: wanted, tolerance, overlap, sets, topicMax, max, maxSeconds }) => {
        const pool = items.map(
          ({ enemy, ...facts }, index): PoolItem => ({
            ...facts,
            ...{ id: `i-${index}`, skill: "reading", tag: "", use: "scored" },
            ...(enemy < 40 && enemy !== index && { enemies: [`i-${enemy}`] }),
          }),
        );
        const slots = ["B1", "B2"].map((level) => ({ level, tag: "", count: 2 }));
        const section = { skill: "reading", slots, anchors: 1, sets, topicMax, subSkills: { a: { max } }, maxSeconds };
        const blueprint = { sections: [section] };
        const result = assembleParallelForms({ blueprint, items: pool, forms: wanted, tolerance, overlap, seed: "p" });
        if (!result.ok) {
          expect(result.obstacles.length).toBeGreaterThan(0);
          return;
        }
        kept += 1;
        const known = new Map(pool.map((one) => [one.id, one]));
        expect(result.forms).toHaveLength(wanted);
        for (const [at, form] of result.forms.entries()) {
          // What a candidate meets in one form bars nobody from another: shared anchors apart.
          const others = result.forms
            .filter((_, index) => index !== at)
            .flatMap((other) => other.sections[0]?.picks ?? []);
          const met = others.filter(({ anchor }) => !(anchor && overlap === "anchors")).map(({ id }) => id);
          expect(violations(blueprint, known, met, form.sections)).toEqual([]);
          expect(Math.abs(meanOf(form) - (result.targets[0] ?? 9))).toBeLessThanOrEqual(tolerance + 1e-6);
        }
      }),
      { numRuns: 300, seed: 20260302 },
    );
    expect(kept).toBeGreaterThan(60);
  }, 30_000);
});
