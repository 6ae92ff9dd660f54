import fc from "fast-check";
import { describe, expect, it } from "vitest";
import rawFixture from "../fixtures/ielp-raw.json" with { type: "json" };
import stepsFixture from "../fixtures/ielp-steps.json" with { type: "json" };
import tableFixture from "../fixtures/ielp-table.json" with { type: "json" };
import { cefrLevels, isIndependentUser, securedLevel } from "./cefr.ts";
import { readCredit } from "./credit.ts";
import { ScoringError } from "./error.ts";
import { type IelpItem, type IelpResponses, ielpBandFromRaw, scoreIelp, scoreIelpRaw } from "./ielp.ts";
import { add, formatHalfUp, formatScaled, mean, multiply, type Rational, rational, ZERO } from "./rational.ts";
import { IELP, type IelpSection, ielpSections } from "./schemes/ielp.ts";

const half = fc.integer({ min: 0, max: 20 }).map((halves) => halves / 2);
const credit = fc.oneof(
  fc.constantFrom<IelpItem["credit"]>(0, 1, "1/2", 0.25, "2/3", rational(3, 7)),
  fc.double({ min: 0, max: 1, noNaN: true }),
);
const subSkill = fc.constantFrom(undefined, "gist", "detail");
const items = fc
  .array(fc.record({ credit, subSkill }), { minLength: 12, maxLength: 12 })
  .map((parts) => parts.map((part, index): IelpItem => ({ ...part, cefr: cefrLevels[index % 6] ?? "A1" })));
const writingRating = fc.record({
  taskFulfilment: half,
  coherence: half,
  grammar: half,
  vocabulary: half,
  register: half,
});
const speakingRating = fc.record({ fluency: half, accuracy: half, range: half, interaction: half });
const several = <T>(rating: fc.Arbitrary<T>) => fc.array(rating, { minLength: 1, maxLength: 3 });
const attempt: fc.Arbitrary<IelpResponses> = fc.record({
  reading: items,
  listening: items,
  writing: fc
    .array(several(writingRating), { minLength: 3, maxLength: 3 })
    .map((tasks) => tasks.map((ratings, index) => ({ ratings, level: (["A", "B", "C"] as const)[index] ?? "A" }))),
  speaking: fc
    .array(several(speakingRating), { minLength: 6, maxLength: 6 })
    .map((tasks) => tasks.map((ratings, index) => ({ ratings, level: (["A", "B", "C"] as const)[index % 3] ?? "A" }))),
});

const W = { taskFulfilment: 7, coherence: 7, grammar: 7, vocabulary: 7, register: 7 };
const S = { fluency: 7, accuracy: 7, range: 7, interaction: 7 };
const everyItem = (value: IelpItem["credit"]): IelpItem[] =>
  cefrLevels.flatMap((cefr) => [
    { cefr, credit: value },
    { cefr, credit: value },
  ]);
const plain: IelpResponses = {
  reading: everyItem(1),
  listening: everyItem(0),
  writing: (["C", "A", "B"] as const).map((level) => ({ level, ratings: W })),
  speaking: (["A", "A", "B", "B", "C", "C"] as const).map((level) => ({ level, ratings: [S] })),
};

/** The arithmetic of the page once more, slowly and only with fractions. */
function slowRaw(section: IelpSection, given: IelpResponses): Rational {
  if (section === "reading" || section === "listening") {
    return given[section].reduce(
      (sum, item) =>
        add(
          sum,
          multiply(rational(IELP.objective.weightHundredths[item.cefr], 100), readCredit(item.credit, "credit")),
        ),
      ZERO,
    );
  }
  return [...given[section]].reduce((sum, task) => {
    const ratings: Readonly<Record<string, number>>[] = [task.ratings].flat();
    const scores = ratings.map((one) => mean(Object.values(one).map((value) => rational(value * 2, 2))));
    return add(sum, multiply(rational(IELP.rated.weightThousandths[task.level], 1000), mean(scores)));
  }, ZERO);
}

function errorOf(work: () => unknown): ScoringError {
  try {
    work();
  } catch (error) {
    if (error instanceof ScoringError) return error;
    throw error;
  }
  throw new Error("nothing was thrown");
}

const hundredths = (text: string) => Math.round(Number(text) * 100);

describe("the published table", () => {
  const ends = tableFixture.rows.flatMap((row, index) =>
    ielpSections.flatMap((section) => {
      const [rawLower = "", rawUpper = ""] = row[section];
      const [bandLower = "", bandUpper = ""] = row.band;
      const overlaps = index > 0 && tableFixture.rows[index - 1]?.[section][1] === rawLower;
      return [
        ...(overlaps ? [] : [{ section, raw: rawLower, band: bandLower, cefr: row.cefr }]),
        { section, raw: rawUpper, band: bandUpper, cefr: row.cefr },
      ];
    }),
  );

  it.each(ends)("$section $raw → $band $cefr", ({ section, raw, band, cefr }) => {
    expect(ielpBandFromRaw(section, raw)).toMatchObject({ band, cefr });
  });

  it("has only the two overlaps the page names", () => {
    expect(ends.length).toBe(10 * 4 * 2 - 2);
  });

  it.each(stepsFixture.vectors)("%s %s → %s", (section, raw, band) => {
    expect(ielpBandFromRaw(section as IelpSection, raw as string).band).toBe(band);
  });

  it.each(ielpSections)(
    "%s: every raw score there is has one band, never a lower one than the score before",
    (section) => {
      const wrong: string[] = [];
      let last = 0;
      for (let raw = 0; raw <= IELP.sections[section].maximumHundredths; raw += 1) {
        const place = ielpBandFromRaw(section, formatScaled(raw, 2));
        const band = Number(place.band);
        if (band < last || band - last > 0.101) wrong.push(`${place.raw} → ${place.band}`);
        last = band;
        if (place.below) continue;
        if (raw < hundredths(place.stepLower) || raw > hundredths(place.stepUpper))
          wrong.push(`${place.raw} in its step`);
        for (const end of [place.stepLower, place.stepUpper]) {
          if (ielpBandFromRaw(section, end).band !== place.band) wrong.push(`${end} as an end of ${place.band}`);
        }
      }
      expect(wrong).toEqual([]);
      expect(last).toBe(10);
    },
  );

  it("reports the secured level of a double one", () => {
    expect(["A1/A2", "B1/B2", "C1", "below A1"].map((level) => securedLevel(level as "C1"))).toEqual([
      "A1",
      "B1",
      "C1",
      "below A1",
    ]);
    expect(isIndependentUser("A1/A2")).toBe(false);
    expect(isIndependentUser("B1/B2")).toBe(true);
  });
});

describe("scoreIelpRaw", () => {
  it.each(rawFixture.vectors)("$name", ({ raw, expected }) => {
    expect(scoreIelpRaw(raw)).toEqual({
      scheme: "ielp",
      version: "1",
      hash: IELP.hash,
      subSkills: { reading: [], listening: [], writing: [], speaking: [] },
      ...expected,
    });
  });

  it("takes numbers, text and fractions alike", () => {
    const expected = ielpBandFromRaw("reading", "11.25");
    expect(ielpBandFromRaw("reading", 11.25)).toEqual(expected);
    expect(ielpBandFromRaw("reading", rational(45, 4))).toEqual(expected);
  });

  it.each([
    ["-0.01", "must be from 0.00 to 20.00"],
    ["20.01", "must be from 0.00 to 20.00"],
    ["13.005", "must have at most two decimals"],
    ["13.000", "must have at most two decimals"],
    [0.1 + 0.2, "must have at most two decimals"],
    ["thirteen", "must be a decimal such as 13.00"],
    ["1e1", "must be a decimal such as 13.00"],
    [" 13", "must be a decimal such as 13.00"],
    [Number.NaN, "must be a decimal such as 13.00"],
  ])("refuses reading %s: %s", (reading, rule) => {
    const error = errorOf(() => scoreIelpRaw({ reading, listening: 1, writing: 1, speaking: 1 }));
    expect({ field: error.field, rule: error.rule }).toEqual({ field: "reading", rule });
  });

  it("takes the overall level from the row that holds the overall band", () => {
    const bands = [
      [["11.00", "11.00", "25.00", "55.00"], "6.00", "B2"],
      [["11.00", "11.00", "25.00", "55.01"], "6.03", "C1"],
      [["2.00", "2.00", "5.00", "11.30"], "1.00", "A1"],
      [["2.00", "2.00", "5.00", "11.31"], "1.03", "A1/A2"],
    ] as const;
    for (const [[reading, listening, writing, speaking], band, cefr] of bands) {
      expect(scoreIelpRaw({ reading, listening, writing, speaking }).overall).toEqual({ band, cefr });
    }
  });
});

describe("scoreIelp", () => {
  it("adds up to the section maxima and to nothing", () => {
    const full = scoreIelp(plain);
    expect(full.sections.reading).toMatchObject({ raw: "20.00", band: "10.00" });
    expect(full.sections.listening).toMatchObject({ raw: "0.00", band: "0.00", cefr: "below A1" });
    expect(full.sections.writing.raw).toBe("35.00");
    expect(full.sections.speaking.raw).toBe("70.00");
    // 35.00 → 7.50, 70.00 → 7.40: (10.00 + 0.00 + 7.50 + 7.40) / 4 = 6.225.
    expect(full.overall).toEqual({ band: "6.23", cefr: "C1" });
  });

  it("keeps the level boundaries of the weights: everything right up to a level is the level's last raw score", () => {
    const boundaries = cefrLevels.map((_, level) => {
      const reading = cefrLevels.flatMap((cefr, index) => [0, 1].map(() => ({ cefr, credit: index <= level ? 1 : 0 })));
      return scoreIelp({ ...plain, reading }).sections.reading.raw;
    });
    expect(boundaries).toEqual(["2.00", "4.50", "7.50", "11.00", "15.00", "20.00"]);
  });

  it("rounds once: a third of 1.50 is 0.50 exactly, and so is the nearest decimal a program writes for it", () => {
    const third = (value: IelpItem["credit"]) =>
      everyItem(0).map((item, index) => (index === 4 ? { ...item, credit: value } : item));
    for (const value of ["1/3", rational(1, 3), 1 / 3]) {
      expect(scoreIelp({ ...plain, reading: third(value) }).sections.reading.raw).toBe("0.50");
    }
  });

  it("agrees with slow fractions, stays in bounds, and traces what it did", () => {
    fc.assert(
      fc.property(attempt, (given) => {
        const { trace, ...result } = scoreIelp(given, { trace: true });
        expect(scoreIelp(given)).toEqual(result);
        for (const section of ielpSections) {
          const scored = result.sections[section];
          const exact = slowRaw(section, given);
          expect(scored.raw).toBe(formatHalfUp(exact, 2));
          expect(hundredths(scored.raw)).toBeLessThanOrEqual(IELP.sections[section].maximumHundredths);
          expect(scored).toEqual(scoreIelpRaw(rawsOf(result)).sections[section]);
          const part = trace?.sections[section];
          if (part === undefined || part.kind === "raw") throw new Error("the section has no trace");
          const steps = part.kind === "objective" ? part.items : part.tasks;
          const sum = steps.reduce((total, step) => add(total, fractionOf(step.contribution)), ZERO);
          expect(fractionOf(part.exactRaw)).toEqual(exact);
          expect(sum).toEqual(exact);
          expect(part.place.band).toBe(scored.band);
        }
        expect(trace?.overall).toMatchObject(result.overall);
        expect(JSON.parse(JSON.stringify(trace))).toEqual(trace);
      }),
      { numRuns: 200 },
    );
  });

  it("does not depend on the order of anything", () => {
    fc.assert(
      fc.property(attempt, fc.infiniteStream(fc.nat(1000)), (given, order) => {
        const shuffled = <T>(list: readonly T[]): T[] =>
          list
            .map((entry) => ({ entry, key: Number(order.next().value) }))
            .sort((a, b) => a.key - b.key)
            .map(({ entry }) => entry);
        const other: IelpResponses = {
          speaking: shuffled(given.speaking).map((task) => ({ ...task, ratings: shuffled([task.ratings].flat()) })),
          writing: shuffled(given.writing),
          listening: shuffled(given.listening),
          reading: shuffled(given.reading),
        };
        expect(scoreIelp(other)).toEqual(scoreIelp(given));
      }),
      { numRuns: 200 },
    );
  });

  it("never goes down when one input goes up", () => {
    fc.assert(
      fc.property(
        attempt,
        fc.nat(11),
        fc.nat(5),
        fc.constantFrom(...ielpSections),
        (given, itemIndex, taskIndex, section) => {
          const better: IelpResponses = {
            reading:
              section === "reading"
                ? given.reading.map((item, i) => (i === itemIndex ? { ...item, credit: 1 } : item))
                : given.reading,
            listening:
              section === "listening"
                ? given.listening.map((item, i) => (i === itemIndex ? { ...item, credit: 1 } : item))
                : given.listening,
            writing:
              section === "writing"
                ? given.writing.map((task, i) =>
                    i === taskIndex % 3 ? { ...task, ratings: [task.ratings].flat().map(raise("grammar")) } : task,
                  )
                : given.writing,
            speaking:
              section === "speaking"
                ? given.speaking.map((task, i) =>
                    i === taskIndex ? { ...task, ratings: [task.ratings].flat().map(raise("range")) } : task,
                  )
                : given.speaking,
          };
          const before = scoreIelp(given);
          const after = scoreIelp(better);
          expect(Number(after.overall.band)).toBeGreaterThanOrEqual(Number(before.overall.band));
          for (const name of ielpSections) {
            expect(Number(after.sections[name].raw)).toBeGreaterThanOrEqual(Number(before.sections[name].raw));
            expect(Number(after.sections[name].band)).toBeGreaterThanOrEqual(Number(before.sections[name].band));
          }
          for (const name of ["literacy", "comprehension", "conversation", "production"] as const) {
            expect(after.composites[name]).toBeGreaterThanOrEqual(before.composites[name]);
          }
        },
      ),
      { numRuns: 200 },
    );
  });

  it("breaks a section down by sub-skill, weights counted", () => {
    const reading = everyItem(0).map((item, index) => ({
      ...item,
      subSkill: index % 2 === 0 ? "gist" : "detail",
      credit: index === 0 ? "1/2" : index === 11 ? 1 : 0,
    }));
    const writing = plain.writing.map((task) => ({ ...task, subSkill: "argument" }));
    const { subSkills } = scoreIelp({ ...plain, reading, writing });
    expect(subSkills.reading).toEqual([
      { subSkill: "detail", raw: "2.50", possible: "10.00", percent: "25.00" },
      { subSkill: "gist", raw: "0.50", possible: "10.00", percent: "5.00" },
    ]);
    expect(subSkills.writing).toEqual([{ subSkill: "argument", raw: "35.00", possible: "50.00", percent: "70.00" }]);
    expect(subSkills.listening).toEqual([]);
  });

  it("means several counting ratings exactly", () => {
    const writing = plain.writing.map((task) => ({ ...task, ratings: [W, { ...W, grammar: 7.5 }] }));
    const part = scoreIelp({ ...plain, writing }, { trace: true }).trace?.sections.writing;
    if (part?.kind !== "rated") throw new Error("no tasks");
    expect(part.tasks[1]).toMatchObject({
      level: "A",
      weight: "1.125",
      mean: "141/20",
      contribution: "1269/160",
      possible: "11.250",
    });
    expect(part.tasks[1]?.criteria[2]).toEqual({
      criterion: "grammar",
      scores: ["7.0", "7.5"],
      mean: "29/4",
      meanDecimal: "7.250",
    });
    expect(part.exactRaw).toBe("141/4");
  });

  const bad: [string, Partial<Record<IelpSection, unknown>>, string, string][] = [
    [
      "11 items",
      { reading: everyItem(1).slice(1) },
      "reading",
      "needs 12 items, 2 per CEFR level (has 11: A1 1, A2 2, B1 2, B2 2, C1 2, C2 2)",
    ],
    [
      "13 items",
      { reading: [...everyItem(1), { cefr: "C2", credit: 0 }] },
      "reading",
      "needs 12 items, 2 per CEFR level (has 13: A1 2, A2 2, B1 2, B2 2, C1 2, C2 3)",
    ],
    [
      "an unknown level",
      { listening: [{ cefr: "B3", credit: 1 }] },
      "listening[0].cefr",
      "must be one of A1, A2, B1, B2, C1, C2",
    ],
    [
      "credit above 1",
      { listening: [{ cefr: "B1", credit: 1.01 }] },
      "listening[0].credit",
      "must be a number from 0 to 1",
    ],
    ["no credit", { listening: [{ cefr: "B1" }] }, "listening[0].credit", "must be a number from 0 to 1"],
    ["no list", { listening: {} }, "listening", "must be a list"],
    ["no section", { listening: undefined }, "listening", "is missing"],
    ["an item that is none", { listening: [null] }, "listening[0]", "must be an object"],
    [
      "a missing task",
      { writing: plain.writing.slice(1) },
      "writing",
      "needs the tasks A 1, B 1, C 1 (has A 1, B 1, C 0)",
    ],
    [
      "off the half step",
      { writing: [{ level: "A", ratings: { ...W, grammar: 7.3 } }] },
      "writing[0].ratings.grammar",
      "must be from 0 to 10 in steps of 0.5",
    ],
    [
      "out of range",
      { speaking: [{ level: "A", ratings: [{ ...S, range: 10.5 }] }] },
      "speaking[0].ratings[0].range",
      "must be from 0 to 10 in steps of 0.5",
    ],
    [
      "below zero",
      { speaking: [{ level: "A", ratings: [S, { ...S, range: -0.5 }] }] },
      "speaking[0].ratings[1].range",
      "must be from 0 to 10 in steps of 0.5",
    ],
    [
      "a missing criterion",
      { writing: [{ level: "A", ratings: S }] },
      "writing[0].ratings.taskFulfilment",
      "is missing",
    ],
    [
      "an unknown criterion",
      { speaking: [{ level: "A", ratings: { ...S, charm: 9 } }] },
      "speaking[0].ratings.charm",
      "is not a criterion (fluency, accuracy, range, interaction)",
    ],
    [
      "no rating at all",
      { speaking: [{ level: "A", ratings: [] }] },
      "speaking[0].ratings",
      "needs 1 to 100 ratings (has 0)",
    ],
    [
      "a rating as text",
      { speaking: [{ level: "A", ratings: { ...S, range: "7" } }] },
      "speaking[0].ratings.range",
      "must be a number",
    ],
    [
      "an unknown task level",
      { speaking: [{ level: "D", ratings: S }] },
      "speaking[0].level",
      "must be one of A, B, C",
    ],
  ];
  it.each(bad)("refuses %s", (_name, change, field, rule) => {
    const error = errorOf(() => scoreIelp({ ...plain, ...change } as IelpResponses));
    expect({ field: error.field, rule: error.rule }).toEqual({ field, rule });
    expect(error.message).toBe(`${field}: ${rule}`);
  });
});

function raise<Criterion extends string>(criterion: Criterion) {
  return <R extends Readonly<Record<Criterion, number>>>(rating: R): R => ({
    ...rating,
    [criterion]: Math.min(10, rating[criterion] + 0.5),
  });
}

function fractionOf(text: string): Rational {
  const [num = "0", den = "1"] = text.split("/");
  return rational(BigInt(num), BigInt(den));
}

function rawsOf(result: { sections: Readonly<Record<IelpSection, { raw: string }>> }) {
  const { reading, listening, writing, speaking } = result.sections;
  return { reading: reading.raw, listening: listening.raw, writing: writing.raw, speaking: speaking.raw };
}
