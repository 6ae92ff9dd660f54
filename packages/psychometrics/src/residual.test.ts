import { expect, test } from "vitest";
import { groupResidual } from "./residual.ts";

const item = (difficulty: number, credit: number) => ({ difficulty, weight: 1, credit });

test("by hand: four items of difficulty 0, two of them right, put the ability at 0 and every chance at a half", () => {
  const [one, two, three, four] = [item(0, 1), item(0, 1), item(0, 0), item(0, 0)];
  const all = [one, two, three, four];
  expect(groupResidual(all, [one, two])).toEqual({
    won: 2,
    expected: expect.closeTo(1, 9),
    // 1 / √(2 · ¼)
    standardised: expect.closeTo(Math.SQRT2, 9),
  });
  expect(groupResidual(all, [one, three]).standardised).toBeCloseTo(0, 9);
});

test("hard items are not held against their kind", () => {
  const easy = [item(-2, 1), item(-2, 1), item(-2, 1)];
  const hard = [item(2, 0), item(2, 0), item(2, 0)];
  const all = [...easy, ...hard];
  expect(Math.abs(groupResidual(all, hard).standardised)).toBeLessThan(1);
  const missed = easy.map((given) => ({ ...given, credit: 0 }));
  const found = hard.map((given) => ({ ...given, credit: 1 }));
  expect(groupResidual([...missed, ...found], missed).standardised).toBeLessThan(-2);
});

test("nothing says nothing", () => {
  expect(groupResidual([], [])).toEqual({ won: 0, expected: 0, standardised: 0 });
});
