import fc from "fast-check";
import { expect, test } from "vitest";
import { standardPolicy } from "./policy-rules.ts";
import { decideAfterSeed, isSeedDue, judgeSeed } from "./seed-rules.ts";

const at = (minute: number) => new Date(Date.UTC(2026, 2, 2, 9, minute));
const seed = (minute: number, missed: boolean) => ({ scriptId: `script-${minute}`, at: at(minute), missed });
const policy = standardPolicy.seeds;

test("of each run of so many scripts exactly one is a seed", () => {
  fc.assert(
    fc.property(fc.uuid(), fc.integer({ min: 1, max: 30 }), fc.nat(50), (examiner, every, run) => {
      const places = Array.from({ length: every }, (_, place) => isSeedDue(examiner, every, run * every + place));
      expect(places.filter(Boolean)).toHaveLength(1);
    }),
  );
});

test("the place differs from run to run and from person to person", () => {
  const places = (examiner: string) =>
    Array.from({ length: 200 }, (_, index) => index).filter((index) => isSeedDue(examiner, 10, index));
  expect(new Set(places("one").map((place) => place % 10)).size).toBeGreaterThan(4);
  expect(places("one")).not.toEqual(places("two"));
});

test("a policy without seeds has none", () => {
  expect(Array.from({ length: 100 }, (_, index) => isSeedDue("one", 0, index)).some(Boolean)).toBe(false);
});

test("a seed is missed beyond tolerance only", () => {
  const model = { grammar: 6, vocabulary: 6 };
  expect(judgeSeed({ grammar: 8, vocabulary: 6 }, model, policy.tolerance)).toMatchObject({ missed: false });
  expect(judgeSeed({ grammar: 8.5, vocabulary: 6 }, model, policy.tolerance)).toEqual({
    missed: true,
    difference: { criterion: 2.5, on: "grammar", mean: 1.25 },
  });
});

test("the second miss holds the queue, from the last good seed on", () => {
  const start = at(0);
  expect(decideAfterSeed(policy, [seed(1, true)], 20, start)).toEqual({ kind: "told" });
  expect(decideAfterSeed(policy, [seed(1, true), seed(2, false)], 30, start)).toEqual({ kind: "good" });
  expect(decideAfterSeed(policy, [seed(1, true), seed(2, false), seed(3, true)], 40, start)).toEqual({
    kind: "hold",
    missed: ["script-1", "script-3"],
    goodUntil: at(2),
  });
  expect(decideAfterSeed(policy, [seed(1, true), seed(2, true)], 40, start)).toMatchObject({ goodUntil: start });
});

test("misses that have left the window, or fall into the grace period, hold nothing", () => {
  const good = Array.from({ length: 9 }, (_, index) => seed(index + 2, false));
  expect(decideAfterSeed(policy, [seed(1, true), ...good, seed(20, true)], 400, at(0))).toEqual({ kind: "told" });
  expect(decideAfterSeed(policy, [seed(1, true), seed(2, true)], 9, at(0))).toEqual({ kind: "told" });
});
