import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { type Assembly, assembleForm } from "./assembly.ts";
import type { FormBlueprint, SectionBlueprint } from "./blueprint.ts";
import { violations } from "./form-check.ts";
import { createPool, type PoolItem } from "./pool.ts";

const levels = ["A1", "A2", "B1", "B2", "C1", "C2"];
const reading: SectionBlueprint = {
  skill: "reading",
  slots: levels.map((level) => ({ level, tag: "", count: 2 })),
};

function bank(perLevel: number, anchorsPerLevel = 0): PoolItem[] {
  return levels.flatMap((level) =>
    Array.from({ length: perLevel }, (_, i) => ({
      id: `${level}-${String(i).padStart(3, "0")}`,
      skill: "reading",
      level,
      tag: "",
      subSkill: `skill-${i % 6}`,
      topic: `topic-${(i * 7) % 19}`,
      use: "scored" as const,
      anchor: i < anchorsPerLevel,
      exposure: 0,
      difficulty: 0,
    })),
  );
}

function picksOf(assembly: Assembly) {
  if (!assembly.ok) throw new Error(JSON.stringify(assembly));
  return assembly.sections.flatMap(({ picks }) => picks);
}

const assemble = (items: PoolItem[], section: SectionBlueprint, seed = "s", met: string[] = []) =>
  assembleForm({ blueprint: { sections: [section] }, pool: createPool(items), met, seed });

describe("assembleForm", () => {
  test("gives the same form for the same seed, whatever order the pool comes in", () => {
    const items = bank(10, 2);
    const section = { ...reading, anchors: 2 };
    expect(assemble([...items].reverse(), section)).toEqual(assemble(items, section));
    const reached = createPool([]);
    for (const item of [...items].reverse()) reached.upsert({ ...item, exposure: 0, topic: "another" });
    for (const item of items) reached.upsert(item);
    const again = assembleForm({ blueprint: { sections: [section] }, pool: reached, met: [], seed: "s" });
    expect(again).toEqual(assemble(items, section));
  });

  test("says which slot cannot be filled, by how much and what to write", () => {
    const items = bank(10).filter((item) => item.level !== "B2" || item.id === "B2-000");
    expect(assemble(items, reading)).toEqual({
      ok: false,
      obstacles: [
        {
          constraint: "slot",
          skill: "reading",
          level: "B2",
          tag: "",
          needed: 2,
          available: 1,
          sentence: "reading B2 needs 2 unseen items and has 1",
        },
      ],
      write: [{ skill: "reading", level: "B2", tag: "", subSkill: null, count: 1 }],
    });
  });

  test("says which sub-skill is short", () => {
    const items = bank(10).filter((item) => item.subSkill !== "skill-3" || item.level === "A1");
    const assembly = assemble(items, { ...reading, subSkills: { "skill-3": { min: 3 } } });
    expect(assembly).toMatchObject({
      ok: false,
      obstacles: [{ constraint: "sub-skill", subSkill: "skill-3", needed: 3, available: 2 }],
      write: [{ skill: "reading", subSkill: "skill-3" }],
    });
  });

  test("says when enemies alone stand in the way, and what would mend it", () => {
    const items = bank(3).map((item) =>
      item.level === "C1" ? { ...item, enemies: ["C1-000", "C1-001", "C1-002"].filter((id) => id !== item.id) } : item,
    );
    expect(assemble(items, reading)).toEqual({
      ok: false,
      obstacles: [
        {
          constraint: "enemies",
          sentence:
            "There are enough unseen items, but too many of the unseen items are enemies of each other: 1 more C1 reading item would mend it",
        },
      ],
      write: [{ skill: "reading", level: "C1", tag: "", subSkill: null, count: 1 }],
    });
  });

  test("says when a blueprint contradicts itself", () => {
    const assembly = assemble(bank(5), { ...reading, subSkills: { "skill-1": { min: 13 } } });
    expect(assembly).toMatchObject({ ok: false, obstacles: [{ constraint: "blueprint" }], write: [] });
  });

  test("keeps out what was met, its set mates and its enemies, retired ones' too", () => {
    const items: PoolItem[] = bank(3).map((item) => {
      if (item.id === "A1-000" || item.id === "A1-001")
        return { ...item, set: "park", use: item.id === "A1-000" ? "none" : "scored" };
      if (item.id === "B1-000") return { ...item, enemies: ["gone"] };
      return item;
    });
    const assembly = assemble(items, { ...reading, sets: "one" }, "s", ["A1-000", "gone"]);
    expect(assembly).toMatchObject({ ok: false, obstacles: [{ level: "A1", available: 1 }] });
    const fewer = {
      ...reading,
      sets: "one" as const,
      slots: reading.slots.map((slot) => ({ ...slot, count: slot.level === "A1" ? 1 : 2 })),
    };
    const ids = picksOf(assemble(items, fewer, "s", ["A1-000", "gone"])).map(({ id }) => id);
    expect(ids).toEqual(expect.arrayContaining(["A1-002", "B1-001", "B1-002"]));
  });

  test("spreads over every sub-skill and topic when exposure leaves the choice", () => {
    const picks = picksOf(assemble(bank(12), reading));
    const subSkills = picks.map((pick) => pick.subSkill);
    for (const skill of new Set(subSkills)) expect(subSkills.filter((s) => s === skill)).toHaveLength(2);
    expect(new Set(picks.map((pick) => pick.topic)).size).toBe(12);
  });

  test("comes within the tolerance of a target difficulty where the bank allows it", () => {
    const items = bank(30).map((item, i) => ({ ...item, difficulty: ((i * 37) % 61) / 20 - 1.5 }));
    for (const mean of [-0.8, 0, 0.7]) {
      const section: SectionBlueprint = { ...reading, targets: [{ kind: "difficulty", mean, tolerance: 0.02 }] };
      const picks = picksOf(assemble(items, section));
      const reached = picks.reduce((sum, pick) => sum + pick.difficulty, 0) / picks.length;
      expect(Math.abs(reached - mean)).toBeLessThanOrEqual(0.02 + 1e-9);
    }
  });

  test("reaches the information asked for where the bank allows it", () => {
    const items = bank(30).map((item, i) => ({
      ...item,
      difficulty: (i % 30) / 10,
      discrimination: 0.5 + (i % 7) / 5,
    }));
    const section: SectionBlueprint = { ...reading, targets: [{ kind: "information", theta: 1, atLeast: 4 }] };
    const byId = new Map(items.map((item) => [item.id, item]));
    const information = picksOf(assemble(items, section)).reduce((sum, { id }) => {
      const { difficulty = 0, discrimination = 1 } = byId.get(id) ?? {};
      const right = 1 / (1 + Math.exp(-discrimination * (1 - difficulty)));
      return sum + discrimination ** 2 * right * (1 - right);
    }, 0);
    expect(information).toBeGreaterThanOrEqual(4);
  });

  // Hundreds of forms: on a busy machine that takes longer than a test usually may.
  test("keeps exposure even over many forms: within a tenth of the unavoidable, and of one allotment", {
    timeout: 60_000,
  }, () => {
    const pool = createPool(bank(10, 2));
    const blueprint = { sections: [{ ...reading, anchors: 2 }] };
    const forms = 600;
    for (let form = 0; form < forms; form += 1) {
      const picks = picksOf(assembleForm({ blueprint, pool, met: [], seed: `form-${form}` }));
      pool.recordAllotment(picks.map(({ id }) => id));
    }
    const exposures = (level: string, anchor: boolean) =>
      [...pool.entries()].filter(({ kind }) => kind.level === level && kind.anchor === anchor).map((e) => e.exposure);
    for (const level of levels) {
      const plain = exposures(level, false);
      const fair = plain.reduce((sum, exposure) => sum + exposure, 0) / plain.length;
      expect(Math.max(...plain)).toBeLessThanOrEqual(Math.max(Math.ceil(fair) + 1, fair * 1.1));
      const anchors = exposures(level, true);
      expect(Math.max(...anchors)).toBeLessThanOrEqual(((forms * 2) / 12) * 1.1);
    }
  });

  test("a repeater who has met every anchor gets none, and that is told", () => {
    const assembly = assemble(
      bank(10, 1),
      { ...reading, anchors: 2 },
      "s",
      levels.map((level) => `${level}-000`),
    );
    expect(assembly).toMatchObject({ ok: true, sections: [{ anchorsMissing: 2 }] });
    expect(picksOf(assemble(bank(10, 1), { ...reading, anchors: 2 })).filter((pick) => pick.anchor)).toHaveLength(2);
  });

  test("finds the quick set that fills a slot by itself where the single items take too long", () => {
    const items = bank(6)
      .filter(({ level }) => level === "B1")
      .map((item, index) => ({ ...item, set: index < 3 ? "park" : null, seconds: index < 3 ? 30 : 120 }));
    const section: SectionBlueprint = {
      skill: "reading",
      slots: [{ level: "B1", tag: "", count: 3 }],
      sets: "whole",
      maxSeconds: 100,
    };
    const picks = picksOf(assemble(items, section));
    expect(picks.map(({ id }) => id).sort()).toEqual(["B1-000", "B1-001", "B1-002"]);
  });

  test("adds pretest items unscored, as many as there are", () => {
    const trial = bank(1).map((item) => ({ ...item, id: `new-${item.id}`, use: "pretest" as const }));
    const assembly = assemble([...bank(10), ...trial], { ...reading, pretest: 7 });
    expect(assembly).toMatchObject({ ok: true, sections: [{ pretestMissing: 1 }] });
    const unscored = picksOf(assembly).filter((pick) => !pick.scored);
    expect(unscored.map(({ id }) => id)).toEqual(levels.map((level) => `new-${level}-000`));
  });
});

// ── Held against a checker and against brute force ─────────────────────────────────────────────────────────────────

const seldom = <T>(usual: T, ...others: T[]) => fc.constantFrom(...Array<T>(3 * others.length).fill(usual), ...others);
const smallItem = fc.record({
  skill: seldom("reading", "listening"),
  level: fc.constantFrom("A", "B"),
  tag: seldom("", "interactive"),
  subSkill: fc.constantFrom("gist", "detail", "tone"),
  topic: fc.constantFrom("food", "work", "travel"),
  use: seldom<PoolItem["use"]>("scored", "pretest", "none"),
  anchor: fc.boolean(),
  exposure: fc.nat({ max: 6 }),
  difficulty: fc.integer({ min: -2, max: 2 }),
  seconds: fc.constantFrom(30, 60, 90),
  set: seldom(null, "park", "letter"),
  foes: fc.array(fc.nat({ max: 30 }), { maxLength: 2 }),
});
const smallSection = fc.record(
  {
    slots: fc.array(
      fc.record({
        level: fc.constantFrom("A", "B"),
        tag: seldom("", "interactive"),
        count: seldom(1, 2),
      }),
      { minLength: 1, maxLength: 3 },
    ),
    anchors: fc.nat({ max: 2 }),
    pretest: fc.nat({ max: 2 }),
    subSkills: fc.constantFrom(
      {},
      { gist: { min: 1 } },
      { detail: { max: 1 } },
      { gist: { min: 1, max: 1 }, tone: { min: 1 } },
    ),
    topicMax: fc.constantFrom(1, 2, 9),
    sets: fc.constantFrom("none" as const, "one" as const, "whole" as const),
    maxSeconds: fc.constantFrom(150, 240, 999),
    targets: fc.constantFrom([], [{ kind: "difficulty" as const, mean: 0.5, tolerance: 0.1 }]),
  },
  { requiredKeys: ["slots"] },
);
const smallInstance = fc.record({
  items: fc.array(smallItem, { minLength: 8, maxLength: 12, size: "max" }),
  sections: fc.tuple(smallSection, fc.option(smallSection, { nil: undefined, freq: 1 })),
  sameSkill: seldom(true, false),
  met: fc.array(fc.nat({ max: 14 }), { maxLength: 1 }),
  seed: fc.string({ maxLength: 4 }),
});

function instance(drawn: typeof smallInstance extends fc.Arbitrary<infer T> ? T : never) {
  const items = drawn.items.map(
    ({ foes, ...item }, index): PoolItem => ({
      ...item,
      id: `i${index}`,
      enemies: foes.filter((foe) => foe !== index).map((foe) => `i${foe}`),
    }),
  );
  const [first, second] = drawn.sections;
  const blueprint: FormBlueprint = {
    sections: [
      { skill: "reading", ...first },
      ...(second ? [{ skill: drawn.sameSkill ? "reading" : "listening", ...second }] : []),
    ],
  };
  return { items, blueprint, met: drawn.met.map((index) => `i${index}`), seed: drawn.seed };
}

/** The most anchors any form can hold, found by trying every choice of items; null when there is no form. */
function mostAnchors(items: readonly PoolItem[], blueprint: FormBlueprint, met: readonly string[]): number | null {
  const byId = new Map(items.map((item) => [item.id, item]));
  const picksFor = (ids: readonly string[]) =>
    ids.map((id) => ({ id, scored: true }) as ReturnType<typeof picksOf>[number]);
  const perSection = blueprint.sections.map((section) => {
    const own = items.filter((item) => item.skill === section.skill && item.use === "scored");
    return subsets(
      own.map(({ id }) => id),
      section.slots.reduce((sum, { count }) => sum + count, 0),
    ).filter((ids) => violations({ sections: [section] }, byId, met, [{ picks: picksFor(ids) }]).length === 0);
  });
  let most: number | null = null;
  for (const first of perSection[0] ?? []) {
    for (const second of perSection[1] ?? [[]]) {
      const form = [first, ...(perSection[1] ? [second] : [])].map((ids) => ({ picks: picksFor(ids) }));
      if (violations(blueprint, byId, met, form).length > 0) continue;
      const anchors = [...first, ...second].filter((id) => byId.get(id)?.anchor).length;
      most = Math.max(most ?? 0, anchors);
    }
  }
  return most;
}

function subsets(ids: readonly string[], size: number): string[][] {
  if (size === 0) return [[]];
  return ids.flatMap((id, index) => subsets(ids.slice(index + 1), size - 1).map((rest) => [id, ...rest]));
}

// Thousands of instances: on a busy machine that takes longer than a test usually may.
describe("on any small bank", { timeout: 60_000 }, () => {
  test("finds a form whenever brute force does, with as many anchors, and never breaks a constraint", () => {
    let found = 0;
    fc.assert(
      fc.property(smallInstance, (drawn) => {
        const { items, blueprint, met, seed } = instance(drawn);
        const assembly = assembleForm({ blueprint, pool: createPool(items), met, seed });
        const most = mostAnchors(items, blueprint, met);
        expect(assembly.ok).toBe(most !== null);
        if (!assembly.ok) return;
        found += 1;
        const byId = new Map(items.map((item) => [item.id, item]));
        expect(violations(blueprint, byId, met, assembly.sections)).toEqual([]);
        expect(picksOf(assembly).filter((pick) => pick.anchor && pick.scored)).toHaveLength(most ?? 0);
      }),
      { numRuns: 1500 },
    );
    expect(found).toBeGreaterThan(200);
  });

  test("a refusal says what to write, and with that written there is a form", () => {
    fc.assert(
      fc.property(smallInstance, (drawn) => {
        const { items, blueprint, met, seed } = instance(drawn);
        const assembly = assembleForm({ blueprint, pool: createPool(items), met, seed });
        if (assembly.ok || assembly.obstacles.some(({ constraint }) => constraint === "blueprint")) return;
        for (const obstacle of assembly.obstacles) {
          if (obstacle.needed !== undefined) expect(obstacle.available).toBeLessThan(obstacle.needed);
        }
        const written = assembly.write.flatMap(({ count, ...item }, index) =>
          Array.from(
            { length: count },
            (_, copy): PoolItem => ({
              ...item,
              id: `written-${index}-${copy}`,
              subSkill: item.subSkill ?? "something new",
              topic: `new-${index}-${copy}`,
              use: "scored",
              anchor: false,
              exposure: 0,
              difficulty: 0,
            }),
          ),
        );
        expect(written.length).toBeGreaterThan(0);
        const mended = createPool([...items, ...written]);
        expect(assembleForm({ blueprint, pool: mended, met, seed }).ok).toBe(true);
      }),
      { numRuns: 1000 },
    );
  });
});
