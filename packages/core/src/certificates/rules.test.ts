import { scoreIelp } from "@bandwise/scoring/ielp";
import { scoreIeltsSpeaking } from "@bandwise/scoring/ielts-speaking";
import { scoreIetSpeaking } from "@bandwise/scoring/iet-speaking";
import { IELP } from "@bandwise/scoring/schemes/ielp";
import { IELTS_SPEAKING } from "@bandwise/scoring/schemes/ielts-speaking";
import { IET_SPEAKING } from "@bandwise/scoring/schemes/iet-speaking";
import { describe, expect, it } from "vitest";
import { certificateValues } from "./badge-rules.ts";
import { buildFacts, certificateStatus, isCode, normaliseCode, userGroup, validUntil, viewOf } from "./rules.ts";
import { certificateFacts } from "./schema.ts";

const day = (text: string) => new Date(text);

describe("certificateStatus", () => {
  const until = day("2028-03-02T23:59:59.999Z");
  it("is valid through its last day and expired after it", () => {
    expect(certificateStatus({ status: "valid", validUntil: until }, day("2028-03-02T23:59:59.999Z"))).toBe("valid");
    expect(certificateStatus({ status: "valid", validUntil: until }, day("2028-03-03T00:00:00Z"))).toBe("expired");
  });
  it("says revoked or superseded whatever the date", () => {
    for (const status of ["revoked", "superseded"] as const) {
      for (const now of ["2027-01-01", "2031-01-01"]) {
        expect(certificateStatus({ status, validUntil: until }, day(now))).toBe(status);
      }
    }
  });
});

describe("validUntil", () => {
  it.each([
    ["2026-03-02T09:00:00Z", "2028-03-02T23:59:59.999Z"],
    ["2026-12-31T23:30:00Z", "2028-12-31T23:59:59.999Z"],
    ["2024-02-29T00:00:00Z", "2026-02-28T23:59:59.999Z"],
  ])("is the end of the day 24 months after %s", (issued, until) => {
    expect(validUntil(day(issued)).toISOString()).toBe(until);
  });
  it("is as many months as the programme says", () => {
    expect(validUntil(day("2026-03-31T09:00:00Z"), 6).toISOString()).toBe("2026-09-30T23:59:59.999Z");
  });
});

describe("normaliseCode", () => {
  it.each([
    "7QK4-M2XP-9TRD-K8WD",
    "  7qk4 m2xp 9trd k8wd ",
    "7qk4m2xp9trdk8wd",
    "7QK4–M2XP–9TRD–K8WD",
    "https://exams.example.org/verify/7QK4-M2XP-9TRD-K8WD",
    "https://exams.example.org/verify/7qk4-m2xp-9trd-k8wd/?from=qr#top",
    "7QK4%2DM2XP%2D9TRD%2DK8WD",
  ])("finds the code in %s", (typed) => {
    expect(normaliseCode(typed)).toBe("7QK4-M2XP-9TRD-K8WD");
  });
  it("keeps what is wrong visible, and does not throw", () => {
    expect(normaliseCode("")).toBe("");
    expect(normaliseCode("%E0%A4%A")).not.toBe("7QK4");
    expect(isCode(normaliseCode("7QK4-M2XP-9TRD"))).toBe(false);
    expect(isCode(normaliseCode("7QK4-M2XP-9TRD-K8W0"))).toBe(false);
    expect(isCode("7QK4-M2XP-9TRD-K8WD")).toBe(true);
  });
});

describe("buildFacts", () => {
  it("takes the worked example of the scheme as it is, days where they belong", () => {
    const output = scoreIelp({
      reading: items(),
      listening: items(),
      writing: (["A", "B", "C"] as const).map((level) => ({
        level,
        ratings: [{ taskFulfilment: 5, coherence: 5, grammar: 5, vocabulary: 5, register: 5 }],
      })),
      speaking: (["A", "A", "B", "B", "C", "C"] as const).map((level) => ({
        level,
        ratings: [{ fluency: 6.5, accuracy: 6.5, range: 6.5, interaction: 6.5 }],
      })),
    });
    const facts = buildFacts({
      code: "7QK4-M2XP-9TRD-K8WD",
      name: "Nadira Velasko",
      awardingBody: "Bandwise",
      // Already the next day in Auckland.
      testedAt: day("2026-02-27T20:00:00Z"),
      timeZone: "Pacific/Auckland",
      issuedAt: day("2026-03-02T09:00:00Z"),
      validUntil: validUntil(day("2026-03-02T09:00:00Z")),
      result: { scheme: IELP, output, machine: "none" },
    });
    expect(certificateFacts.parse(facts)).toEqual(facts);
    expect(facts).toMatchObject({
      testedOn: "2026-02-28",
      issuedOn: "2026-03-02",
      validUntil: "2028-03-02",
      overall: { band: "8.25", cefr: "C2", group: "Proficient user", meaning: IELP.levels.C2 },
    });
    const { parts, notes } = viewOf(facts);
    expect(parts.map(({ title, score }) => `${title} ${score}`)).toEqual([
      "Reading 10.00",
      "Listening 10.00",
      "Writing 6.00",
      "Speaking 7.00",
    ]);
    expect(notes[0]).toBe("Overall is the mean of the four section bands on a scale from 0 to 10.");
  });

  const about = {
    code: "7QK4-M2XP-9TRD-K8WD",
    name: "Nadira Velasko",
    awardingBody: "Bandwise",
    testedAt: day("2026-02-28T10:00:00Z"),
    timeZone: "UTC",
    issuedAt: day("2026-03-02T09:00:00Z"),
    validUntil: validUntil(day("2026-03-02T09:00:00Z")),
  };

  it.each([
    [
      [7, 6.5, 6, 7],
      "6.5",
      ["6.625", "6.5", "0.0"],
      "Nothing is taken off: no criterion lies a whole band or more below it.",
    ],
    [
      [5, 7, 5, 4.5],
      "5.0",
      ["5.375", "5.5", "0.5"],
      "0.5 is taken off, once: Pronunciation lies a whole band or more below it.",
    ],
  ])("tells an interview of %j as its scheme does: %s", (given, band, steps, penalty) => {
    const [fluency = 0, vocabulary = 0, grammar = 0, pronunciation = 0] = given;
    const output = scoreIeltsSpeaking({ fluency, vocabulary, grammar, pronunciation }, { trace: true });
    const facts = buildFacts({ ...about, result: { scheme: IELTS_SPEAKING, output, machine: "none" } });
    expect(certificateFacts.parse(facts)).toEqual(facts);
    expect(facts).toMatchObject({ format: 2, overall: { score: band, cefr: null, group: null } });
    expect(facts.format === 2 && facts.steps.map(({ value }) => value)).toEqual(steps);
    expect(viewOf(facts).parts.map(({ score }) => Number(score))).toEqual(given);
    expect(viewOf(facts).notes).toContain(penalty);
  });

  it("tells a spoken test with its level, its criteria, and whether a machine rated it", () => {
    const task = { fluency: 70, pronunciation: 65.5, grammar: 60, vocabulary: 72 };
    const output = scoreIetSpeaking([task, task, task, task], { trace: true });
    const facts = buildFacts({ ...about, result: { scheme: IET_SPEAKING, output, machine: "not-validated" } });
    expect(certificateFacts.parse(facts)).toEqual(facts);
    expect(facts.overall).toMatchObject({ score: "66.88", cefr: "C1", group: "Proficient user" });
    expect(viewOf(facts).parts.map(({ score }) => score)).toEqual(["70.00", "65.50", "60.00", "72.00"]);
    expect(viewOf(facts).notes).toContain("Machine-rated, not yet validated on local data.");
    expect(certificateValues(facts)).toMatchObject({
      "overall score": "66.88",
      "overall level": "C1",
      "grammar score": "60.00",
    });
  });
});

function items() {
  return (["A1", "A2", "B1", "B2", "C1", "C2"] as const).flatMap((cefr) => [
    { cefr, credit: 1 },
    { cefr, credit: 1 },
  ]);
}

it("names the groups of the framework", () => {
  const groups = ["below A1", "A1", "A1/A2", "A2", "B1", "B1/B2", "B2", "C1", "C2"] as const;
  expect(groups.map((level) => userGroup(level).split(" ")[0])).toEqual(
    "Below Basic Basic Basic Independent Independent Independent Proficient Proficient".split(" "),
  );
});
