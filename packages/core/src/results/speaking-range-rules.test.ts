import { scoreIeltsSpeaking } from "@bandwise/scoring/ielts-speaking";
import { scoreIetSpeaking } from "@bandwise/scoring/iet-speaking";
import { expect, test } from "vitest";
import type { MarkErrorFound } from "./range-rules.ts";
import { scoreRange } from "./range-schema.ts";
import { type ResultInputs, resultInputs } from "./schema.ts";
import { ieltsRange, ietRange } from "./speaking-range-rules.ts";

const uuid = (number: number) => `00000000-0000-4000-8000-${String(number).padStart(12, "0")}`;

interface Given {
  readonly by: "person" | "machine" | "nobody";
  readonly scores: Readonly<Record<string, number>>;
}

function inputsOf(tasks: readonly (readonly Given[])[]): ResultInputs {
  return resultInputs.parse({
    items: [],
    tasks: tasks.map((ratings, index) => ({
      skill: "speaking",
      position: index + 1,
      level: "all",
      subSkill: "opinion",
      attemptItemId: uuid(index),
      itemVersionId: uuid(100 + index),
      scriptId: uuid(200 + index),
      ratings: ratings.map(({ by, scores }, place) => ({
        ratingId: by === "person" ? uuid(300 + 10 * index + place) : null,
        machineRatingId: by === "machine" ? uuid(400 + index) : null,
        rubricId: null,
        rubricHash: null,
        scores,
      })),
    })),
  });
}

const found = (error: number): MarkErrorFound => ({ error, method: "double-marks", scripts: 40 });
const marks = (criterion: number, mean: number) => ({ criterion: () => found(criterion), mean: found(mean) });

const golden = { fluency: 7, vocabulary: 6.5, grammar: 6, pronunciation: 7 };

function interview(scores: readonly Readonly<Record<keyof typeof golden, number>>[], error: [number, number]) {
  const inputs = inputsOf([scores.map((given) => ({ by: "person", scores: given }))]);
  const range = ieltsRange(inputs, scoreIeltsSpeaking(scores, { trace: true }), marks(...error));
  expect(scoreRange.parse(range)).toEqual(range);
  return range;
}

test("an interview by hand: 6.625 one error of 0.40 down and up is 6.225 and 7.025, to the half 6.0 and 7.0", () => {
  const range = interview([golden], [0.6, 0.4]);
  expect(range.overall).toEqual({ error: "0.40", low: "6.0", high: "7.0" });
  expect(range.sections.grammar).toMatchObject({ low: "5.5", high: "6.5", error: "0.60", scripts: 40 });
});

test("two marks of an interview are worth √2 times one", () => {
  expect(interview([golden, golden], [0.6, 0.4]).overall).toMatchObject({ error: "0.28", low: "6.5", high: "7.0" });
});

test("what consistency takes off stays off, and the band itself is always within", () => {
  const uneven = { fluency: 5, vocabulary: 7, grammar: 5, pronunciation: 4.5 };
  // 5.375 − 0.10 and + 0.40: 5.5 and 6.0 to the half, less 0.5.
  expect(interview([uneven], [0.1, 0.1]).overall).toMatchObject({ low: "5.0", high: "5.0" });
  expect(interview([uneven], [0.4, 0.4]).overall).toMatchObject({ low: "4.5", high: "5.5" });
  const best = { fluency: 9, vocabulary: 9, grammar: 9, pronunciation: 9 };
  expect(interview([best], [1, 1]).overall).toMatchObject({ low: "8.0", high: "9.0" });
});

const even = { fluency: 70, pronunciation: 65, grammar: 60, vocabulary: 72 };

function spoken(task: readonly Given[], error: [number, number], stated: number | null) {
  const inputs = inputsOf(Array.from({ length: 4 }, () => task));
  const output = scoreIetSpeaking(
    inputs.tasks.map(({ ratings }) => ratings.map(({ scores }) => scores as Partial<typeof even>)),
    { trace: true },
  );
  const range = ietRange(inputs, output, marks(...error), () => stated);
  expect(scoreRange.parse(range)).toEqual(range);
  return range;
}

test("a machine's error does not average out over the answers of one voice", () => {
  const range = spoken([{ by: "machine", scores: even }], [8, 4], 6);
  expect(range.sections.fluency).toMatchObject({ method: "machine", error: "6.00", low: "64.00", high: "76.00" });
  expect(range.overall).toEqual({ error: "6.00", low: "60.75", high: "72.75" });
});

test("a machine that states no error is as unsure as one examiner", () => {
  expect(spoken([{ by: "machine", scores: even }], [8, 4], null).sections.fluency).toMatchObject({ error: "8.00" });
});

test("people's marks do: half of one answer's error over four, a criterion's by its own, the overall's by the mean's", () => {
  const range = spoken([{ by: "person", scores: even }], [8, 4], null);
  expect(range.sections.fluency).toMatchObject({ method: "double-marks", error: "4.00", scripts: 40 });
  expect(range.overall.error).toBe("2.00");
});

test("where an examiner gave what the machine could not, both are in it", () => {
  const { pronunciation, ...measured } = even;
  const range = spoken(
    [
      { by: "machine", scores: measured },
      { by: "person", scores: { pronunciation } },
    ],
    [8, 4],
    6,
  );
  expect(range.sections.pronunciation).toMatchObject({ method: "double-marks", error: "4.00" });
  expect(range.sections.grammar).toMatchObject({ method: "machine", error: "6.00" });
  // Three quarters of 6 from the machine; a quarter of 8 from each examiner's mark, halved over four answers.
  expect(Number(range.overall.error)).toBeCloseTo(Math.hypot(4.5, 1), 2);
});

test("an answer never given is 0 whoever looks", () => {
  const nothing = { fluency: 0, pronunciation: 0, grammar: 0, vocabulary: 0 };
  expect(spoken([{ by: "nobody", scores: nothing }], [8, 4], 6).overall).toEqual({
    error: "0.00",
    low: "0.00",
    high: "0.00",
  });
});
