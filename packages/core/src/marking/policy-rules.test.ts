import fc from "fast-check";
import { describe, expect, test } from "vitest";
import {
  decideAfterRating,
  differenceBetween,
  type GivenRating,
  isWithin,
  marksAtFirst,
  policyFor,
  sectionsInDoubt,
  standardPolicy,
} from "./policy-rules.ts";
import { policyData, type ScriptPolicy, scriptOutcome } from "./policy-schema.ts";

const scores = (taskFulfilment: number, grammar: number) => ({ taskFulfilment, grammar });
const rating = (id: number, given: Record<string, number>, more: Partial<GivenRating> = {}): GivenRating => ({
  id: `00000000-0000-4000-8000-00000000000${id}`,
  role: "mark",
  scores: given,
  cannotMark: null,
  ...more,
});
const policy = (data: Partial<ScriptPolicy["data"]> = {}): ScriptPolicy => ({
  programme: "ielp",
  scheme: "ielp",
  version: 3,
  data: { ...standardPolicy, ...data },
});
const decide = (given: GivenRating[], more: Partial<Parameters<typeof decideAfterRating>[0]> = {}) =>
  decideAfterRating({ policy: policy(), ratingsNeeded: 2, second: null, marksOfExaminer: 1000, given, ...more });

test("the standard policy is blind double marking by qualified examiners with one seed in ten", () => {
  expect(policyData.parse(standardPolicy)).toMatchObject({ mode: "double", qualification: true, seeds: { every: 10 } });
});

describe("a policy", () => {
  const stored = [
    { programme: "ielp", skill: null, level: null, version: 2, data: policy({ mode: "single" }).data },
    { programme: "ielp", skill: null, level: null, version: 1, data: policy({ mode: "double" }).data },
    { programme: "ielp", skill: "speaking", level: null, version: 1, data: policy({ mode: "sampled" }).data },
    { programme: "ielp", skill: "speaking", level: "C", version: 1, data: policy({ mode: "targeted" }).data },
    { programme: "other", skill: null, level: null, version: 9, data: policy({ mode: "double" }).data },
  ];
  const of = (skill: "writing" | "speaking", level: string, programme = "ielp") =>
    policyFor(stored, { programme, scheme: "ielp", skill, level });

  test("is the newest of those that name the script most closely", () => {
    expect(of("writing", "A")).toMatchObject({ version: 2, data: { mode: "single" } });
    expect(of("speaking", "A")).toMatchObject({ version: 1, data: { mode: "sampled" } });
    expect(of("speaking", "C")).toMatchObject({ version: 1, data: { mode: "targeted" } });
    expect(of("writing", "A", "other")).toMatchObject({ version: 9 });
  });
  test("is the standard one where nobody has published any", () => {
    expect(of("writing", "A", "new")).toMatchObject({ version: 0, data: standardPolicy });
  });
});

describe("the machine as second marker of one examiner's script", () => {
  const machine = { machineRatingId: "00000000-0000-4000-8000-0000000000aa", scores: scores(6, 6.5), counts: true };
  const single = (
    mark: Record<string, number>,
    machineMark: typeof machine | null,
    role: "second" | "advises" = "second",
  ) =>
    decide([rating(1, mark)], {
      ...{ policy: policy({ mode: "single", machine: role }), ratingsNeeded: 1, machineMark },
    });
  test("counts beside hers within tolerance, with a version that may count", () => {
    expect(single(scores(6, 6), machine)).toMatchObject({
      script: "settled",
      outcome: {
        ...{ rule: "with-machine", counting: [rating(1, {}).id], difference: { criterion: 0.5, on: "grammar" } },
        machineMark: { machineRatingId: machine.machineRatingId, scores: machine.scores },
      },
    });
  });
  test("leaves hers alone where it may not count, or only advises", () => {
    for (const decided of [
      single(scores(6, 6), { ...machine, counts: false }),
      single(scores(1, 1), machine, "advises"),
      single(scores(1, 1), null, "advises"),
    ])
      expect(decided).toMatchObject({ script: "settled", outcome: { rule: "single" } });
  });
  test("calls a second examiner where it lies too far off or has nothing to say, whether or not it may count", () => {
    for (const decided of [
      single(scores(3, 6), machine),
      single(scores(3, 6), { ...machine, counts: false }),
      single(scores(6, 6), null),
    ])
      expect(decided).toEqual({ script: "waiting", ratingsNeeded: 2, second: "machine" });
  });
  test("has no say between two examiners", () => {
    const two = decide([rating(1, scores(6, 6)), rating(2, scores(6.5, 6))], {
      ...{ policy: policy({ mode: "single", machine: "second" }), second: "machine", machineMark: machine },
    });
    expect(two).toMatchObject({ script: "settled", outcome: { rule: "within-tolerance", second: "machine" } });
  });
});

describe("second marks", () => {
  test("are sampled at the stated rate, and the same script always or never", () => {
    const sampled = { ...standardPolicy, mode: "sampled" as const, samplePercent: 20 };
    const ids = Array.from({ length: 5000 }, (_, index) => `script-${index}`);
    const twice = ids.filter((id) => marksAtFirst(sampled, id).marks === 2);
    // 20 % of 5,000 with four standard errors of √(5000 · .2 · .8) ≈ 28 to either side.
    expect(Math.abs(twice.length - 1000)).toBeLessThan(113);
    expect(twice.every((id) => marksAtFirst(sampled, id).reason === "sampled")).toBe(true);
    expect(ids.every((id) => marksAtFirst({ ...sampled, samplePercent: 0 }, id).marks === 1)).toBe(true);
    expect(ids.every((id) => marksAtFirst({ ...sampled, samplePercent: 100 }, id).marks === 2)).toBe(true);
  });
  test("are asked of everybody, or of nobody, where the policy says so", () => {
    expect(marksAtFirst(policy().data, "x")).toEqual({ marks: 2, reason: null });
    expect(marksAtFirst(policy({ mode: "single" }).data, "x")).toEqual({ marks: 1, reason: null });
  });
  test("are asked for a new examiner's, and no longer once she has given enough", () => {
    const given = [rating(1, scores(5, 5))];
    const targeted = { policy: policy({ mode: "targeted" }), ratingsNeeded: 1 };
    expect(decide(given, { ...targeted, marksOfExaminer: 49 })).toEqual({
      script: "waiting",
      ratingsNeeded: 2,
      second: "new-examiner",
    });
    expect(decide(given, { ...targeted, marksOfExaminer: 50 })).toMatchObject({ script: "settled" });
  });
  test("are asked where half a mark decides the level, or where one section stands alone", () => {
    const { data } = policy({ mode: "targeted" });
    const bands = { reading: 5.5, listening: 5.4, speaking: 5.5 };
    expect(sectionsInDoubt(data, { ...bands, writing: 6.2 })).toEqual({ writing: "boundary" });
    expect(sectionsInDoubt(data, { ...bands, writing: 5.8 })).toEqual({ writing: "boundary" });
    expect(sectionsInDoubt(data, { ...bands, writing: 5.7 })).toEqual({});
    expect(sectionsInDoubt(data, { ...bands, writing: 7.5 })).toEqual({ writing: "jagged" });
    expect(sectionsInDoubt(policy().data, { ...bands, writing: 6 })).toEqual({});
  });
});

describe("after a rating", () => {
  test("a script waits for the second mark", () => {
    expect(decide([rating(1, scores(5, 5))])).toMatchObject({ script: "waiting" });
  });
  test("two marks within tolerance both count, and the outcome says why", () => {
    const decided = decide([rating(1, scores(5, 6)), rating(2, scores(6.5, 6))]);
    expect(decided).toMatchObject({
      script: "settled",
      outcome: {
        counting: [rating(1, {}).id, rating(2, {}).id],
        rule: "within-tolerance",
        combine: "exact-mean",
        difference: { criterion: 1.5, on: "taskFulfilment", mean: 0.75 },
        policy: { programme: "ielp", version: 3 },
      },
    });
    if (decided.script === "settled") expect(scriptOutcome.parse(decided.outcome)).toEqual(decided.outcome);
  });
  test.each([
    ["on one criterion", scores(5, 6), scores(7, 5)],
    ["between the means", scores(5, 5), scores(6, 6)],
    ["where only one found something to mark", scores(0, 0), scores(6, 6)],
  ])("marks further apart %s go to a senior examiner", (_, one, other) => {
    expect(decide([rating(1, one), rating(2, other)])).toMatchObject({ script: "adjudication" });
  });
  test("the senior's mark counts alone, or with the nearest of the two", () => {
    const given = [rating(1, scores(3, 3)), rating(2, scores(7, 6)), rating(3, scores(6, 6), { role: "adjudication" })];
    expect(decide(given)).toMatchObject({ outcome: { counting: [rating(3, {}).id], rule: "adjudicated" } });
    expect(decide(given, { policy: policy({ adjudicated: "senior-and-nearest" }) })).toMatchObject({
      outcome: { counting: [rating(2, {}).id, rating(3, {}).id], rule: "adjudicated-with-nearest" },
    });
  });
  test("noise is nobody's fault", () => {
    expect(decide([rating(1, scores(0, 0), { cannotMark: "noise" })])).toEqual({ script: "cannot_be_marked" });
  });
  test("silence is a mark like any other", () => {
    const silent = rating(1, scores(0, 0), { cannotMark: "silence" });
    expect(decide([silent], { ratingsNeeded: 1, policy: null })).toMatchObject({ script: "settled" });
  });
});

test("a difference is the same from both sides, nought only between equals, and within its own limits", () => {
  const mark = fc.integer({ min: 0, max: 20 }).map((half) => half / 2);
  const marks = fc.record({ a: mark, b: mark, c: mark, d: mark });
  fc.assert(
    fc.property(marks, marks, (one, other) => {
      const there = differenceBetween(one, other);
      const back = differenceBetween(other, one);
      expect(there).toEqual(back);
      expect(there.criterion === 0).toBe(JSON.stringify(one) === JSON.stringify(other));
      expect(there.mean).toBeLessThanOrEqual(there.criterion);
      expect(isWithin(there, { criterion: there.criterion, mean: there.mean })).toBe(true);
    }),
  );
});
