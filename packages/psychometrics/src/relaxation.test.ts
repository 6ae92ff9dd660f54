import fc from "fast-check";
import { expect, test } from "vitest";
import { relax } from "./relaxation.ts";
import type { SectionProblem, SlotRange } from "./section-problem.ts";
import type { Unit } from "./units.ts";

const slotOf = fc.record({
  count: fc.integer({ min: 1, max: 2 }),
  plain: fc.integer({ min: 2, max: 4 }),
  anchors: fc.nat(2),
});
const drawn = fc.record({
  slots: fc.array(slotOf, { minLength: 1, maxLength: 3 }),
  wanted: fc.nat(2),
  bounds: fc.array(fc.constantFrom<number[]>([0, 9], [0, 9], [0, 9], [0, 2], [0, 1], [1, 9]), {
    minLength: 7,
    maxLength: 7,
  }),
  facts: fc.array(fc.tuple(fc.nat(9), fc.nat(2), fc.nat(3)), { minLength: 18, maxLength: 18 }),
});

function problemFrom({
  slots,
  wanted,
  facts,
  bounds,
}: typeof drawn extends fc.Arbitrary<infer T> ? T : never): SectionProblem {
  const ranges: SlotRange[] = [];
  for (const { count, plain, anchors } of slots) {
    const from = ranges.at(-1)?.to ?? 0;
    ranges.push({ count, from, anchorsFrom: from + plain, to: from + plain + anchors });
  }
  const [fewest, most] = [0, 1].map((end) => Float64Array.from(bounds, (bound) => bound[end] ?? 0)) as [
    Float64Array,
    Float64Array,
  ];
  const own = facts.slice(0, ranges.at(-1)?.to);
  return {
    units: own.map(() => ({}) as Unit),
    costs: Float64Array.from(own, ([cost]) => cost),
    subSkills: Int32Array.from(own, ([, subSkill]) => subSkill),
    topics: Int32Array.from(own, ([, , topic]) => 3 + topic),
    names: 7,
    fewest,
    most,
    beyond: 10_000,
    subSkillNames: 3,
    slots: ranges,
    picks: slots.reduce((sum, { count }) => sum + count, 0),
    anchors: Math.min(wanted, slots.filter(({ anchors }) => anchors > 0).length),
    square: 31,
    // Costs are whole here: any better form costs less by 1.
    margin: 0.95,
  };
}

/** Every choice that fills the slots, with as many anchors as must be and at most one a slot. */
function forms({ slots, anchors, units }: SectionProblem): number[][] {
  const isAnchor = (index: number): boolean => slots.some(({ anchorsFrom, to }) => anchorsFrom <= index && index < to);
  let all: number[][] = [[]];
  for (const { count, from, to } of slots) {
    for (let pick = 0; pick < count; pick += 1) {
      all = all.flatMap((form) => {
        const first = pick === 0 ? from : (form.at(-1) ?? 0) + 1;
        return units.flatMap((_, index) => (first <= index && index < to ? [[...form, index]] : []));
      });
    }
    all = all.filter((form) => form.filter((index) => from <= index && index < to && isAnchor(index)).length <= 1);
  }
  return all.filter((form) => form.filter(isAnchor).length === anchors);
}

function countsOf({ subSkills, topics, names }: SectionProblem, form: readonly number[]): number[] {
  const counts = Array<number>(names).fill(0);
  for (const index of form) {
    for (const name of [subSkills[index] ?? 0, topics[index] ?? 0]) counts[name] = (counts[name] ?? 0) + 1;
  }
  return counts;
}

function keepsBounds(problem: SectionProblem, form: readonly number[]): boolean {
  return countsOf(problem, form).every(
    (count, name) => count >= (problem.fewest[name] ?? 0) && count <= (problem.most[name] ?? 0),
  );
}

function costOf(problem: SectionProblem, form: readonly number[]): number {
  const squares = countsOf(problem, form).reduce((sum, count) => sum + count * count, 0);
  return form.reduce((sum, index) => sum + (problem.costs[index] ?? 0), 0) + problem.square * squares;
}

test("the bound lies below every form, and what it proves to be the best is the best", () => {
  let proved = 0;
  let best = 0;
  let all = 0;
  fc.assert(
    fc.property(drawn, (values) => {
      const problem = problemFrom(values);
      const possible = forms(problem).filter((form) => keepsBounds(problem, form));
      const { bound, form, upper } = relax(problem, Number.POSITIVE_INFINITY, 300, (own) => keepsBounds(problem, own));
      if (possible.length === 0) {
        expect(form).toBeNull();
        return;
      }
      const least = Math.min(...possible.map((own) => costOf(problem, own)));
      expect(bound).toBeLessThanOrEqual(least + 1e-6);
      all += 1;
      if (form === null) return;
      expect(upper).toBe(costOf(problem, form));
      expect(possible).toContainEqual([...form].sort((a, b) => a - b));
      if (upper === least) best += 1;
      if (bound <= upper - problem.margin) return;
      proved += 1;
      expect(upper).toBe(least);
    }),
    { numRuns: 1000 },
  );
  expect(all).toBeGreaterThan(300);
  // Not a promise of the method, but what makes it worth having.
  expect(proved / all).toBeGreaterThan(0.8);
  expect(best / all).toBeGreaterThan(0.95);
});

test("a form that is not accepted, or no better than a known one, is not taken", () => {
  const values = {
    slots: [{ count: 2, plain: 4, anchors: 0 }],
    wanted: 0,
    bounds: Array.from({ length: 7 }, () => [0, 9]),
  };
  const problem = problemFrom({ ...values, facts: Array.from({ length: 18 }, (_, i) => [i, i % 3, i % 4]) });
  const open = relax(problem, 1_000, 50, () => true);
  expect(open.form).toEqual([0, 1]);
  expect(relax(problem, 1_000, 50, () => false)).toMatchObject({ form: null, upper: 1_000 });
  expect(relax(problem, open.upper, 50, () => true).form).toBeNull();
});
