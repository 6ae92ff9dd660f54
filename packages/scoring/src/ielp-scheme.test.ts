import { describe, expect, it } from "vitest";
import { cefrLevels } from "./cefr.ts";
import { ScoringError } from "./error.ts";
import { type IelpResponses, scoreIelp, scoreIelpRaw } from "./ielp.ts";
import { findIelpScheme, readIelpScheme } from "./ielp-scheme.ts";
import { IELP } from "./schemes/ielp.ts";

type Path = readonly (string | number)[];

/** Version 1 as a file would hold it, with `version` "2" and these places changed; undefined takes a place out. */
function changed(...changes: readonly (readonly [path: Path, value: unknown])[]): unknown {
  const { hash: _, ...data } = structuredClone(IELP);
  const root: Record<string, unknown> = { ...data, version: "2" };
  for (const [path, value] of changes) {
    let place: Record<string | number, unknown> = root;
    for (const step of path.slice(0, -1)) place = place[step] as Record<string | number, unknown>;
    const last = path.at(-1) ?? "";
    if (value === undefined) delete place[last];
    else place[last] = value;
  }
  return root;
}

function refusal(json: unknown): string {
  try {
    readIelpScheme(json);
  } catch (error) {
    if (error instanceof ScoringError) return error.message;
    throw error;
  }
  throw new Error("was read");
}

const W = { taskFulfilment: 5, coherence: 5, grammar: 5, vocabulary: 5, register: 5 };
const S = { fluency: 6.5, accuracy: 6.5, range: 6.5, interaction: 6.5 };
/** Everything of A1 right and half of C2: 2 × 1 + 2 × 2.50 / 2 = 4.50. */
const items = cefrLevels.flatMap((cefr) =>
  [0, 1].map(() => ({ cefr, credit: cefr === "A1" ? 1 : cefr === "C2" ? "1/2" : 0 })),
);
const responses: IelpResponses = {
  reading: items,
  listening: items,
  writing: (["A", "B", "C"] as const).map((level) => ({ level, ratings: W })),
  speaking: (["A", "A", "B", "B", "C", "C"] as const).map((level) => ({ level, ratings: S })),
};

describe("a changed scheme", () => {
  it("scores by its own weights, table, words and name", () => {
    // The same sum of weights: A1 1.00 → 1.50, C2 2.50 → 2.00.
    const scheme = readIelpScheme(
      changed(
        [["objective", "weightHundredths", "A1"], 150],
        [["objective", "weightHundredths", "C2"], 200],
        [["levels", "C1"], "Another wording."],
      ),
    );
    expect(scoreIelp(responses).sections.reading).toMatchObject({ raw: "4.50", band: "3.00", cefr: "A2" });
    const result = scoreIelp(responses, { scheme, trace: true });
    // 2 × 1.50 + 2 × 2.00 / 2 = 5.00, above 4.50 in the row to 7.50: ceil(10 × 0.50 / 3.00) = 2 → 3.20, B1.
    expect(result).toMatchObject({
      version: "2",
      hash: scheme.hash,
      sections: { reading: { raw: "5.00", band: "3.20", cefr: "B1" }, writing: { raw: "25.00", band: "6.00" } },
      trace: { scheme: { version: "2", hash: scheme.hash } },
    });
    expect(
      scoreIelpRaw({ reading: 13, listening: 11, writing: 25, speaking: 65 }, { scheme, trace: true }),
    ).toMatchObject({
      overall: { band: "6.50", cefr: "C1" },
      trace: { overall: { meaning: "Another wording." } },
    });
  });

  it("moves a boundary", () => {
    const scheme = readIelpScheme(changed([["rows", 2, "reading", 1], 460], [["rows", 3, "reading", 0], 461]));
    // 4.60 is the end of the third row now, so its tenth step; in version 1 it lies in the fourth.
    expect(
      scoreIelpRaw({ reading: "4.60", listening: 0, writing: 0, speaking: 0 }, { scheme }).sections.reading,
    ).toMatchObject({
      band: "3.00",
      cefr: "A2",
    });
    expect(scoreIelpRaw({ reading: "4.60", listening: 0, writing: 0, speaking: 0 }).sections.reading.cefr).toBe("B1");
  });

  it("does not disturb the published one", () => {
    const before = scoreIelp(responses, { trace: true });
    scoreIelp(responses, { scheme: readIelpScheme(changed([["version"], "trial"])), trace: true });
    expect(scoreIelp(responses, { trace: true })).toEqual(before);
    expect(scoreIelp(responses, { scheme: IELP, trace: true })).toEqual(before);
  });

  it("is frozen, so that tables made of it stay true", () => {
    expect(Object.isFrozen(readIelpScheme(changed()).rows[0]?.reading)).toBe(true);
  });
});

describe("reading a scheme", () => {
  it("takes version 1 as it is, in any order of fields, and knows it", () => {
    const read = readIelpScheme(Object.fromEntries(Object.entries(structuredClone(IELP)).reverse()));
    expect(read).toEqual(IELP);
    expect(findIelpScheme(read)).toBe(IELP);
  });

  it("knows a scheme by id, version and hash together", () => {
    expect(findIelpScheme({ ...IELP, version: "2" })).toBeUndefined();
    expect(findIelpScheme({ ...IELP, id: "ielts-speaking" })).toBeUndefined();
    expect(findIelpScheme({ ...IELP, hash: IELP.hash.replace("4", "5") })).toBeUndefined();
    expect(findIelpScheme(readIelpScheme(changed()))).toBeUndefined();
  });

  it.each<[string, unknown]>([
    ["scheme: must be an object", []],
    ["scheme: must be an object", null],
    ["weights: is not a field of this scheme", changed([["weights"], {}])],
    ["rows: is missing", changed([["rows"], undefined])],
    ["objective.weightHundredths.B1: is missing", changed([["objective", "weightHundredths", "B1"], undefined])],
    [
      "objective.weightHundredths.B1: must be a whole number from 1 to 100000",
      changed([["objective", "weightHundredths", "B1"], 1.5]),
    ],
    [
      "objective.weightHundredths.B1: must be a whole number from 1 to 100000",
      changed([["objective", "weightHundredths", "B1"], "150"]),
    ],
    [
      "objective.weightHundredths.D1: is not a field of this scheme",
      changed([["objective", "weightHundredths", "D1"], 1]),
    ],
    [
      "sections.reading.maximumHundredths: must be 2002, what the weights add up to",
      changed([["objective", "weightHundredths", "B1"], 151]),
    ],
    [
      "sections.writing.maximumHundredths: must be 5001, what the weights add up to",
      changed([["rated", "weightThousandths", "C"], 2251]),
    ],
    ["rows: must be a list of 10", changed([["rows"], IELP.rows.slice(1)])],
    ["rows[0].reading[0]: must be 100, where the table begins", changed([["rows", 0, "reading", 0], 101])],
    [
      "rows[3].reading[0]: must be 451, after the row before (or 450, its upper end)",
      changed([["rows", 3, "reading", 0], 452]),
    ],
    ["rows[3].speaking[1]: must be above 2250", changed([["rows", 3, "speaking", 1], 2250])],
    ["rows[9].listening[1]: must be 2000, the section's maximum", changed([["rows", 9, "listening", 1], 1990])],
    ["rows[4].cefr: must not lie below that of the row before", changed([["rows", 4, "cefr"], "A2"])],
    ["rows[4].cefr: must be one of A1, A1/A2, A2, B1, B1/B2, B2, C1, C2", changed([["rows", 4, "cefr"], "below A1"])],
    ['combining: must be "exact-mean-per-criterion": nothing else is carried out', changed([["combining"], "median"])],
    [
      "sections.writing.tasks.A: must be 1: nothing else is carried out",
      changed([["sections", "writing", "tasks", "A"], 2]),
    ],
    ["rounding.sectionRaw: must be 2: nothing else is carried out", changed([["rounding", "sectionRaw"], 1])],
    [
      "composites.literacy: must list some of reading, listening, writing, speaking, each once",
      changed([
        ["composites", "literacy"],
        ["reading", "reading"],
      ]),
    ],
    ["levels.C1: must be a text of 1 to 500 characters", changed([["levels", "C1"], ""])],
    [
      'version: "1" is published with other data: a changed scheme needs its own',
      changed([["version"], "1"], [["name"], "Other"]),
    ],
  ])("refuses with %j", (message, json) => {
    expect(refusal(json)).toBe(message);
  });

  it("refuses a hash that is not its own, and names the right one", () => {
    const { hash } = readIelpScheme(changed());
    expect(refusal(changed([["hash"], IELP.hash]))).toBe(
      `hash: is not that of these data (${hash}); leave it out to have it worked out`,
    );
    expect(readIelpScheme(changed([["hash"], hash])).hash).toBe(hash);
  });
});
