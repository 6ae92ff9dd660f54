import { describe, expect, test } from "vitest";
import { brokenPromises, fewestWatched, groupPairs, machineMark, nearestStep } from "./machine-rules.ts";
import type { MachineCriterion } from "./machine-schema.ts";

const scale = { lowest: 0, highest: 10, step: 0.5 };
const criterion = (id: string) => ({ id, name: id, summary: "s", descriptors: [] });
const rated = (id: string, score: number | null): MachineCriterion => ({
  ...{ criterion: id, score, reason: score === null ? "too short" : null, interval: null, confidence: 0.4 },
  ...{ basis: "heuristic", base: 5, contributions: [] },
});

describe("the machine's mark", () => {
  test("lies on the steps an examiner's would", () => {
    const rubric = { criteria: [criterion("a"), criterion("b")], scale };
    expect(machineMark(rubric, [rated("a", 6.26), rated("b", 10), rated("other", 1)])).toEqual({ a: 6.5, b: 10 });
    expect(nearestStep({ lowest: 1, highest: 9, step: 2 }, 7.9)).toBe(7);
    expect(nearestStep(scale, 11)).toBe(10);
  });
  test("is none where a criterion is missing", () => {
    const rubric = { criteria: [criterion("a"), criterion("b")], scale };
    expect(machineMark(rubric, [rated("a", 6), rated("b", null)])).toBeNull();
    expect(machineMark(rubric, [rated("a", 6)])).toBeNull();
  });
});

describe("the watch", () => {
  const limits = { leastKappa: 0.7, mostDifference: 0.15 };
  const watched = (n: number, qwk: number | null, standardisedDifference: number | null) => [
    { criterion: "Grammar", agreement: { n, qwk, standardisedDifference, spearman: null, pearson: null, rmse: null } },
  ];
  test("keeps what still agrees, and what nobody has seen enough of", () => {
    expect(brokenPromises(watched(200, 0.7, -0.15), limits)).toEqual([]);
    expect(brokenPromises(watched(fewestWatched - 1, 0, 2), limits)).toEqual([]);
  });
  test("names what broke", () => {
    expect(brokenPromises(watched(80, 0.65, 0.2), limits)).toEqual([
      "Grammar: weighted kappa 0.65 on the newest 80",
      "Grammar: means 0.20 standard deviations apart on the newest 80",
    ]);
    expect(brokenPromises(watched(80, null, null), limits)).toEqual([
      "Grammar: weighted kappa not defined on the newest 80",
    ]);
  });
});

test("pairs are grouped by their key, the largest group first", () => {
  const rows = [
    { level: "B", pair: { machine: 1, human: 1 } },
    { level: "A", pair: { machine: 2, human: 1 } },
    { level: "B", pair: { machine: 3, human: 1 } },
  ];
  const groups = groupPairs(
    rows,
    ({ level }) => level,
    ({ pair }) => [pair],
  );
  expect(groups.map(({ name, pairs }) => [name, pairs.length])).toEqual([
    ["B", 2],
    ["A", 1],
  ]);
});
