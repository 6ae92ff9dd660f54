import { ielpBandFromRaw, scoreIelp } from "@bandwise/scoring/ielp";
import { expect, test } from "vitest";
import { ielpResponses } from "../schemes/ielp-rules.ts";
import { errorOfMarks, fewestDoubleMarks, ielpRange } from "./range-rules.ts";
import { scoreRange } from "./range-schema.ts";
import { partsOf } from "./rules.ts";
import { type ResultInputs, resultInputs } from "./schema.ts";

const uuid = (number: number) => `00000000-0000-4000-8000-${String(number).padStart(12, "0")}`;
const levels = ["A1", "A2", "B1", "B2", "C1", "C2"] as const;
const difficultyOf = [-2.5, -1.5, -0.5, 0.5, 1.5, 2.5];
const criteria = {
  writing: ["taskFulfilment", "coherence", "grammar", "vocabulary", "register"],
  speaking: ["fluency", "accuracy", "range", "interaction"],
};

/** `right`: the credit of each of twelve items, level by level; `given`: every mark; `marks`: how many ratings a task has. */
function made(right: readonly string[], given: number, marks = 1): ResultInputs {
  return resultInputs.parse({
    items: (["reading", "listening"] as const).flatMap((skill) =>
      right.map((credit, index) => ({
        skill,
        position: index + 1,
        level: levels[Math.floor(index / 2)],
        subSkill: "detail",
        attemptItemId: uuid(index),
        itemVersionId: uuid(100 + index),
        itemHash: "",
        entryId: "1",
        credit,
      })),
    ),
    tasks: (["writing", "speaking"] as const).flatMap((skill) =>
      (skill === "writing" ? ["A", "B", "C"] : ["A", "A", "B", "B", "C", "C"]).map((level, index) => ({
        skill,
        position: index + 1,
        level,
        subSkill: "letter",
        attemptItemId: uuid(200 + index),
        itemVersionId: uuid(300 + index),
        scriptId: uuid(400 + index),
        ratings: Array.from({ length: Math.max(1, marks) }, (_, place) => ({
          ratingId: marks === 0 ? null : uuid(500 + 10 * index + place),
          rubricId: null,
          rubricHash: null,
          scores: Object.fromEntries(criteria[skill].map((criterion) => [criterion, given])),
        })),
      })),
    ),
  });
}

const difficulties = new Map(
  Array.from({ length: 12 }, (_, index) => [uuid(100 + index), difficultyOf[Math.floor(index / 2)] ?? 0]),
);
const half = ["1", "1", "1", "1", "1", "1/2", "1", "0", "0", "0", "0", "0"];
const one = { error: 0.4, method: "tolerance" as const };

function range(inputs: ResultInputs, marks = { writing: one, speaking: one }) {
  const output = scoreIelp(ielpResponses(partsOf(inputs)));
  const found = ielpRange(inputs, output, difficulties, marks);
  expect(scoreRange.parse(found)).toEqual(found);
  return { output, found };
}

test("each section's range comes off the published table, one standard error down and up", () => {
  const { output, found } = range(made(half, 5));
  for (const section of ["reading", "listening", "writing", "speaking"] as const) {
    const line = found.sections[section];
    if (!line) throw new Error("no line");
    const raw = Number(output.sections[section].raw);
    expect(line.low).toBe(ielpBandFromRaw(section, (raw - Number(line.rawError)).toFixed(2)).band);
    expect(line.high).toBe(ielpBandFromRaw(section, (raw + Number(line.rawError)).toFixed(2)).band);
    expect(Number(line.low)).toBeLessThan(Number(output.sections[section].band));
    expect(Number(line.high)).toBeGreaterThan(Number(output.sections[section].band));
  }
});

test("writing by hand: weights 1.125, 1.625 and 2.25, one mark each with an error of 0.4", () => {
  const { found } = range(made(half, 5));
  const rawError = 0.4 * Math.sqrt(1.125 ** 2 + 1.625 ** 2 + 2.25 ** 2);
  expect(found.sections.writing).toMatchObject({ rawError: rawError.toFixed(2), method: "tolerance" });
  // Raw 25.00 ± 1.20: 23.80 and 26.20 on the table, 5.80 and 6.20.
  expect(found.sections.writing).toMatchObject({ low: "5.80", high: "6.20", error: "0.20" });
  const twice = range(made(half, 5, 2)).found.sections.writing;
  expect(twice?.rawError).toBe((rawError / Math.SQRT2).toFixed(2));
});

test("the overall error is that of a mean of four", () => {
  const { output, found } = range(made(half, 5));
  const errors = Object.values(found.sections).map(({ error }) => Number(error));
  const expected = Math.sqrt(errors.reduce((sum, error) => sum + error ** 2, 0)) / 4;
  expect(Number(found.overall.error)).toBeCloseTo(expected, 2);
  expect(Number(found.overall.high) - Number(output.overall.band)).toBeCloseTo(expected, 1);
});

test("never beyond the scale, and what was never given has no error of marks", () => {
  const perfect = range(made(Array(12).fill("1"), 10));
  expect(perfect.found.overall.high).toBe("10.00");
  expect(perfect.found.sections.reading).toMatchObject({ high: "10.00" });
  expect(Number(perfect.found.sections.reading?.low)).toBeLessThan(10);
  const nothing = range(made(Array(12).fill("0"), 0, 0));
  expect(nothing.found.overall.low).toBe("0.00");
  expect(nothing.found.sections.writing).toMatchObject({ rawError: "0.00", low: "0.00", high: "0.00" });
});

test("pairs of marks speak once there are enough; before, the policy's tolerance does", () => {
  const pairs = (count: number) => Array.from({ length: count }, () => 0.5);
  expect(errorOfMarks({ differences: pairs(fewestDoubleMarks - 1), tolerance: 0.75 })).toMatchObject({
    method: "tolerance",
    error: expect.closeTo(0.2706, 3),
  });
  expect(errorOfMarks({ differences: pairs(fewestDoubleMarks), tolerance: 0.75 })).toEqual({
    method: "double-marks",
    scripts: fewestDoubleMarks,
    error: expect.closeTo(0.5 / Math.SQRT2, 9),
  });
});
