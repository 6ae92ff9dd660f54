import fc from "fast-check";
import { expect, test } from "vitest";
import { conditionalError, markError, markErrorFromTolerance, meanError, sumError } from "./standard-error.ts";

const equal = (count: number, right: number) =>
  Array.from({ length: count }, (_, index) => ({ difficulty: 0, weight: 1, credit: index < right ? 1 : 0 }));

test("with items alike it is the binomial's: √(n·p·(1 − p))", () => {
  for (const right of [1, 5, 10, 16, 19]) {
    const p = right / 20;
    expect(conditionalError(equal(20, right))).toBeCloseTo(Math.sqrt(20 * p * (1 - p)), 9);
  }
});

test("worked by hand: difficulties −1, 0 and 1, half of them right", () => {
  // Ability 0 by symmetry: P = 0.7311, 0.5, 0.2689; Σ P·Q = 2·0.19661 + 0.25.
  const items = [-1, 0, 1].map((difficulty, index) => ({ difficulty, weight: 1, credit: [1, 0.5, 0][index] ?? 0 }));
  expect(conditionalError(items)).toBeCloseTo(Math.sqrt(2 * 0.19661193324 + 0.25), 8);
  // Weights count squared.
  expect(conditionalError(items.map((item) => ({ ...item, weight: 2 })))).toBeCloseTo(
    2 * Math.sqrt(2 * 0.19661193324 + 0.25),
    8,
  );
});

test("a perfect score and one of nothing have an error too, the same by symmetry", () => {
  const none = conditionalError(equal(12, 0));
  expect(none).toBeCloseTo(conditionalError(equal(12, 12)), 9);
  // 0.3 of one of twelve: √(12 · 0.025 · 0.975)
  expect(none).toBeCloseTo(Math.sqrt(12 * 0.025 * 0.975), 9);
});

test("it agrees with simulation: the spread of scores of one person over the same items", () => {
  const difficulties = [-2.5, -2.5, -1.5, -1.5, -0.5, -0.5, 0.5, 0.5, 1.5, 1.5, 2.5, 2.5];
  const weights = [1, 1, 1.25, 1.25, 1.5, 1.5, 1.75, 1.75, 2, 2, 2.5, 2.5];
  const ability = 0.3;
  const shares = difficulties.map((difficulty) => 1 / (1 + Math.exp(difficulty - ability)));
  let state = 12345;
  const random = () => {
    state = (Math.imul(state, 1664525) + 1013904223) >>> 0;
    return state / 2 ** 32;
  };
  const scores = Array.from({ length: 20_000 }, () =>
    shares.reduce((sum, share, index) => sum + (random() < share ? (weights[index] ?? 0) : 0), 0),
  );
  const mean = scores.reduce((sum, score) => sum + score, 0) / scores.length;
  const spread = Math.sqrt(scores.reduce((sum, score) => sum + (score - mean) ** 2, 0) / scores.length);
  const expected = conditionalError(
    difficulties.map((difficulty, index) => ({
      difficulty,
      weight: weights[index] ?? 0,
      credit: shares[index] ?? 0,
    })),
  );
  expect(Math.abs(expected - spread) / spread).toBeLessThan(0.03);
});

test("it is never above the half-right test's and never below nothing", () => {
  const item = fc.record({
    difficulty: fc.double({ min: -3, max: 3, noNaN: true }),
    weight: fc.double({ min: 0.5, max: 3, noNaN: true }),
    credit: fc.double({ min: 0, max: 1, noNaN: true }),
  });
  fc.assert(
    fc.property(fc.array(item, { minLength: 2, maxLength: 20 }), (items) => {
      const error = conditionalError(items);
      expect(error).toBeGreaterThan(0);
      expect(error).toBeLessThanOrEqual(Math.sqrt(items.reduce((sum, { weight }) => sum + weight ** 2, 0)) / 2 + 1e-9);
    }),
  );
  expect(() => conditionalError([{ difficulty: 0, weight: 1, credit: 2 }])).toThrow(RangeError);
  expect(() => conditionalError([{ difficulty: 0, weight: 0, credit: 1 }])).toThrow(RangeError);
  expect(() => conditionalError([{ difficulty: Number.NaN, weight: 1, credit: 1 }])).toThrow(RangeError);
});

test("Dahlberg's error of one mark: differences 1, −1, 2 and 0 make √(6/8)", () => {
  expect(markError([1, -1, 2, 0])).toBeCloseTo(Math.sqrt(6 / 8), 12);
  expect(markError([])).toBeNull();
});

test("the prior: two marks 0.75 apart at most, 19 times out of 20, make 0.27 a mark", () => {
  expect(markErrorFromTolerance(0.75)).toBeCloseTo(0.2706, 4);
});

test("two marks halve the variance; sections average out", () => {
  expect(sumError([{ weight: 2, marks: 1 }], 0.5)).toBeCloseTo(1, 12);
  expect(sumError([{ weight: 2, marks: 2 }], 0.5)).toBeCloseTo(Math.SQRT1_2, 12);
  expect(sumError([{ weight: 2, marks: 0 }], 0.5)).toBe(0);
  expect(meanError([0.4, 0.4, 0.4, 0.4])).toBeCloseTo(0.2, 12);
});
