import { expect, test } from "vitest";
import { barsOf, heardSeconds, silencesOf, skipTo, tickSeconds } from "./waveform.ts";

test("bars are the loudest of their stretch, relative to the loudest of all", () => {
  expect(barsOf([1, 40, 2, 80], 2)).toEqual([0.5, 1]);
  expect(barsOf([], 100)).toEqual([]);
  expect(barsOf([10, 20], 100)).toHaveLength(2);
});

test("pauses of a second and more are found, shorter ones are speech", () => {
  const peaks = [50, 50, 0, 1, 0, 0, 50, 0, 50, 0, 0];
  expect(silencesOf(peaks, 5.5)).toEqual([
    { from: 1, to: 3 },
    { from: 4.5, to: 5.5 },
  ]);
});

test("skipping keeps a little of the pause at either end", () => {
  const silences = [{ from: 1, to: 3 }];
  expect(skipTo(silences, 1.1)).toBeNull();
  expect(skipTo(silences, 1.3)).toBe(2.75);
  expect(skipTo(silences, 2.8)).toBeNull();
  expect(skipTo(silences, 3.5)).toBeNull();
});

test("the time line has four to eight marks", () => {
  for (const duration of [10, 40, 60, 93, 120]) {
    const marks = duration / tickSeconds(duration);
    expect(marks).toBeGreaterThanOrEqual(4);
    expect(marks).toBeLessThanOrEqual(8);
  }
});

test("what was heard twice counts once", () => {
  expect(
    heardSeconds([
      { from: 5, to: 10 },
      { from: 0, to: 6 },
      { from: 20, to: 21 },
    ]),
  ).toBe(11);
});
