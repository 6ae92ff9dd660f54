import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { assembleSection, type PoolItem, type Slot } from "./assembly.ts";

const levels = ["A1", "A2", "B1", "B2", "C1", "C2"];
const slots: Slot[] = levels.map((level) => ({ level, tag: "", count: 2 }));

function bank(perLevel: number, anchorsPerLevel = 0): PoolItem[] {
  return levels.flatMap((level) =>
    Array.from({ length: perLevel }, (_, i) => ({
      id: `${level}-${String(i).padStart(3, "0")}`,
      level,
      tag: "",
      subSkill: `skill-${i % 6}`,
      topic: `topic-${(i * 7) % 19}`,
      anchor: i < anchorsPerLevel,
      exposure: 0,
    })),
  );
}

function idsOf(assembly: ReturnType<typeof assembleSection>): string[] {
  if (!assembly.ok) throw new Error(JSON.stringify(assembly.shortages));
  return assembly.picks.map((pick) => pick.item.id);
}

describe("assembleSection", () => {
  test("gives the same form for the same seed, whatever order the pool comes in", () => {
    const pool = bank(10, 2);
    const forwards = idsOf(assembleSection({ slots, anchors: 2, pool, seed: "s" }));
    const backwards = idsOf(assembleSection({ slots, anchors: 2, pool: [...pool].reverse(), seed: "s" }));
    expect(backwards).toEqual(forwards);
  });

  test("says which slot cannot be filled and by how much", () => {
    const pool = bank(10).filter((item) => item.level !== "B2" || item.id === "B2-000");
    expect(assembleSection({ slots, anchors: 0, pool, seed: "s" })).toEqual({
      ok: false,
      shortages: [{ level: "B2", tag: "", needed: 2, available: 1 }],
    });
  });

  test("spreads over every sub-skill and topic when exposure leaves the choice", () => {
    const assembly = assembleSection({ slots, anchors: 0, pool: bank(12), seed: "s" });
    if (!assembly.ok) throw new Error("refused");
    const subSkills = assembly.picks.map((pick) => pick.item.subSkill);
    for (const skill of new Set(subSkills)) expect(subSkills.filter((s) => s === skill)).toHaveLength(2);
    expect(new Set(assembly.picks.map((pick) => pick.item.topic)).size).toBe(12);
  });

  test("keeps exposure even over many forms: no two plain items of a level differ by more than two", () => {
    const pool = bank(10, 2).map((item) => ({ ...item }));
    for (let form = 0; form < 600; form += 1) {
      for (const id of idsOf(assembleSection({ slots, anchors: 2, pool, seed: `form-${form}` }))) {
        const item = pool.find((candidate) => candidate.id === id);
        if (item) item.exposure += 1;
      }
    }
    for (const level of levels) {
      for (const anchor of [true, false]) {
        const exposures = pool.filter((i) => i.level === level && i.anchor === anchor).map((i) => i.exposure);
        expect(Math.max(...exposures) - Math.min(...exposures)).toBeLessThanOrEqual(2);
      }
    }
  });

  test("a repeater who has met every anchor gets none, and that is told", () => {
    const assembly = assembleSection({ slots, anchors: 2, pool: bank(10), seed: "s" });
    expect(assembly.ok && assembly.anchorsMissing).toBe(2);
  });

  test("never breaks a constraint, for any pool", () => {
    const item = fc.record({
      level: fc.constantFrom(...levels),
      tag: fc.constantFrom("", "interactive"),
      subSkill: fc.constantFrom("gist", "detail", "inference"),
      topic: fc.constantFrom("food", "work", "travel", "arts"),
      anchor: fc.boolean(),
      exposure: fc.nat({ max: 30 }),
    });
    fc.assert(
      fc.property(
        fc.array(item, { maxLength: 80 }),
        fc.array(
          fc.record({
            level: fc.constantFrom(...levels),
            tag: fc.constantFrom("", "interactive"),
            count: fc.integer({ min: 1, max: 3 }),
          }),
          { maxLength: 6 },
        ),
        fc.nat({ max: 3 }),
        fc.string(),
        (drawn, wanted, anchors, seed) => {
          const pool = drawn.map((entry, index) => ({ ...entry, id: `i${index}` }));
          const unique = wanted.filter((s, i) => wanted.findIndex((o) => o.level === s.level && o.tag === s.tag) === i);
          const assembly = assembleSection({ slots: unique, anchors, pool, seed });
          if (!assembly.ok) {
            for (const shortage of assembly.shortages) expect(shortage.available).toBeLessThan(shortage.needed);
            return;
          }
          const { picks } = assembly;
          expect(new Set(picks.map((pick) => pick.item.id)).size).toBe(picks.length);
          for (const slot of unique) {
            const here = picks.filter(({ item: picked }) => picked.level === slot.level && picked.tag === slot.tag);
            expect(here).toHaveLength(slot.count);
            expect(here.filter(({ item: picked }) => picked.anchor).length).toBeLessThanOrEqual(1);
          }
          expect(picks.filter(({ item: picked }) => picked.anchor)).toHaveLength(anchors - assembly.anchorsMissing);
        },
      ),
      { numRuns: 500 },
    );
  });
});
