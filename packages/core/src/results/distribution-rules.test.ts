import { expect, test } from "vitest";
import { distributionsOf } from "./distribution-rules.ts";

const score = (schemeId: string, overallHundredths: number, count = 1) => ({ schemeId, overallHundredths, count });
const full = (bins: readonly { from: number; to: number; count: number }[]) => bins.filter(({ count }) => count > 0);

test("each scheme on its own scale, the one with the most results first", () => {
  const [ielts, iet, ielp] = distributionsOf([
    score("ielp", 650),
    score("ielts-speaking", 600, 2),
    score("ielts-speaking", 650),
    score("iet-speaking", 6688),
    score("iet-speaking", 4000),
  ]);
  expect(ielts).toMatchObject({ schemeId: "ielts-speaking", count: 3, median: 6 });
  expect(ielts?.bins).toHaveLength(18);
  expect(full(ielts?.bins ?? [])).toEqual([
    { from: 5.5, to: 6, count: 2 },
    { from: 6, to: 6.5, count: 1 },
  ]);
  expect(iet).toMatchObject({ schemeId: "iet-speaking", median: 53.44 });
  expect(iet?.bins).toHaveLength(20);
  expect(full(iet?.bins ?? [])).toEqual([
    { from: 35, to: 40, count: 1 },
    { from: 65, to: 70, count: 1 },
  ]);
  expect(ielp?.schemeId).toBe("ielp");
});

test("both ends of a scale are in it", () => {
  const [{ bins } = { bins: [] }] = distributionsOf([score("ielp", 0), score("ielp", 1000)]);
  expect(full(bins)).toEqual([
    { from: 0, to: 0.5, count: 1 },
    { from: 9.5, to: 10, count: 1 },
  ]);
  expect(distributionsOf([])).toEqual([]);
});
