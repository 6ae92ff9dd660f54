import type { PoolItem } from "@bandwise/psychometrics/pool";
import { expect, test } from "vitest";
import { type BankSnapshot, createSimulator, freshState, type SimulationState, summarise } from "./simulation-rules.ts";

const topics = ["travel", "work", "sport", "food"];

/** `perLevel` plain reading items at B1 and B2 and two anchors at B1; a form takes two of each level, one of them an anchor. */
function snapshot(perLevel: number): BankSnapshot {
  const item = (level: string, index: number, anchor = false): PoolItem => ({
    id: `${level}-${anchor ? "anchor" : "plain"}-${String(index).padStart(3, "0")}`,
    skill: "reading",
    level,
    tag: "",
    subSkill: index % 2 === 0 ? "detail" : "gist",
    topic: topics[index % topics.length] ?? "",
    use: "scored",
    anchor,
    exposure: 0,
    difficulty: 0,
  });
  return {
    sections: [
      {
        skill: "reading",
        slots: [
          { level: "B1", count: 2 },
          { level: "B2", count: 2 },
        ],
        anchors: 1,
      },
    ],
    items: [
      ...Array.from({ length: perLevel }, (_, index) => item("B1", index)),
      ...Array.from({ length: perLevel }, (_, index) => item("B2", index)),
      ...Array.from({ length: 2 }, (_, index) => item("B1", index, true)),
    ],
  };
}

const plan = { candidates: 40, sittings: 2, seed: "here" };

function runFrom(bank: BankSnapshot, start: SimulationState, candidates: number): SimulationState {
  const simulator = createSimulator(bank, plan, start);
  for (let count = 0; count < candidates; count += 1) simulator.sitNext();
  // As it lies in a file between two stretches.
  return JSON.parse(JSON.stringify(simulator.state())) as SimulationState;
}

test("an interrupted simulation ends where an uninterrupted one does", () => {
  const bank = snapshot(10);
  const whole = runFrom(bank, freshState(bank, plan), 40);
  const first = runFrom(bank, freshState(bank, plan), 17);
  expect(runFrom(bank, first, 23)).toEqual(whole);
  expect(whole).toMatchObject({ candidates: 40, forms: 80, refusedBySitting: [0, 0], firstRefusal: null });
});

test("exposure and overlap are those of the forms that were made", () => {
  const bank = snapshot(10);
  const { sections, forms } = summarise(bank, runFrom(bank, freshState(bank, plan), 40));
  const [reading] = sections;
  expect(forms).toBe(80);
  expect(reading).toMatchObject({ skill: "reading", items: 22, unused: 0, anchorsMissing: 0 });
  // One anchor of two in each form; one plain item of ten at B1, two of ten at B2.
  const rates = Object.fromEntries(
    (reading?.groups ?? []).map(({ level, anchor, mean }) => [`${level}${anchor ? " anchor" : ""}`, mean]),
  );
  expect(rates).toEqual({ B1: 0.1, B2: 0.2, "B1 anchor": 0.5 });
  expect(reading?.evenMaximum).toBe(0.5);
  expect(reading?.maximum).toBeGreaterThanOrEqual(0.5);
  expect(reading?.curve).toHaveLength(22);
  expect(reading?.curve[0]).toBe(reading?.maximum);
  expect(reading?.bins.reduce((sum, { count }) => sum + count, 0)).toBe(22);
  // Ten items 8 times, ten 16 times and two 40 times, over the pairs of 80 forms of four items.
  const shared = 10 * 8 * 7 + 10 * 16 * 15 + 2 * 40 * 39;
  expect(reading?.evenOverlap).toBeCloseTo(shared / (320 * 79), 10);
  expect(reading?.overlap).toBeGreaterThanOrEqual(reading?.evenOverlap ?? 1);
});

test("overlap counts every pair of forms once", () => {
  const bank = snapshot(2);
  // Three forms of four items: two alike, the third with half of them.
  const drawn = bank.items.map((_, at) => [3, 3, 2, 2, 1, 1][at] ?? 0);
  const state = { candidates: 3, forms: 3, drawn, anchorsMissing: {}, refusedBySitting: [0], firstRefusal: null };
  // Shares of the three pairs: 1, ½, ½.
  expect(summarise(bank, state).sections[0]?.overlap).toBeCloseTo(2 / 3, 10);
});

test("tells the first candidate who cannot be given a form, and what to write", () => {
  const bank = snapshot(3);
  const { firstRefusal, refusedBySitting, forms } = summarise(bank, runFrom(bank, freshState(bank, plan), 40));
  expect(forms).toBe(40);
  expect(refusedBySitting).toEqual([0, 40]);
  expect(firstRefusal).toMatchObject({
    candidate: 1,
    sitting: 2,
    sentences: ["reading B2 needs 2 unseen items and has 1"],
    write: [{ skill: "reading", level: "B2", tag: "", count: 1 }],
  });
});
