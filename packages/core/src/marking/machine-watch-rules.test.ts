import { describe, expect, test } from "vitest";
import { agreementOfAnswers, type ComparedAnswer, driftOver, groupAnswers } from "./machine-watch-rules.ts";

const scale = { lowest: 0, highest: 10, step: 0.5 };

/** Marks from 2 to 8, the machine's `apart` points from the examiner's on both criteria. */
function answers(count: number, apart: number, about: Partial<ComparedAnswer> = {}): ComparedAnswer[] {
  return Array.from({ length: count }, (_, at) => {
    const human = 2 + (at % 13) / 2;
    const pair = { machine: human + apart, human };
    const pairs = new Map([
      ["grammar", pair],
      ["vocabulary", pair],
    ]);
    return { version: "v 1", level: "A", firstLanguage: "Arabic", task: "T", month: "2026-03", ...about, pairs };
  });
}

describe("agreement of machine and examiners", () => {
  test("full agreement is one, and a constant distance is told in standard deviations", () => {
    expect(agreementOfAnswers(answers(26, 0), scale)).toMatchObject({
      answers: 26,
      kappa: { value: 1, se: 0 },
      difference: { value: 0 },
    });
    const half = agreementOfAnswers(answers(26, 0.5), scale, "grammar");
    // The thirteen marks from 2 to 8 have a standard deviation of half the root of 14.
    expect(half.difference.value).toBeCloseTo(0.5 / (Math.sqrt(14) / 2), 10);
    expect(half.kappa.value).toBeCloseTo(1 - 0.25 / (2 * 3.5 + 0.25), 10);
  });

  test("an answer counts once however many criteria it has, and of few answers nothing is said", () => {
    const noisy = answers(40, 0).map((answer, at) => {
      const pair = {
        machine: (answer.pairs.get("grammar")?.human ?? 0) + (at % 3) - 1,
        human: answer.pairs.get("grammar")?.human ?? 0,
      };
      return {
        ...answer,
        pairs: new Map([
          ["grammar", pair],
          ["vocabulary", pair],
        ]),
      };
    });
    const [all, one] = [agreementOfAnswers(noisy, scale), agreementOfAnswers(noisy, scale, "grammar")];
    if (all.kappa.value === null || one.kappa.value === null) throw new Error("both are defined");
    expect(all.kappa.se).toBeCloseTo(one.kappa.se, 10);
    expect(agreementOfAnswers(answers(9, 0), scale)).toEqual({
      answers: 9,
      kappa: { value: null, reason: "fewer than 10 answers" },
      difference: { value: null, reason: "fewer than 10 answers" },
    });
  });
});

test("drift is the change of the difference from the first month to the last that have enough answers", () => {
  const rows = [
    ...answers(26, 0, { month: "2026-01" }),
    ...answers(12, 3, { month: "2026-02" }),
    ...answers(26, 0.5, { month: "2026-03" }),
  ];
  const drift = driftOver(groupAnswers(rows, "month", scale), 20);
  expect(drift).toMatchObject({ from: "2026-01", to: "2026-03" });
  expect(drift?.change.value).toBeCloseTo(0.5 / (Math.sqrt(14) / 2), 10);
  expect(driftOver(groupAnswers(rows.slice(0, 38), "month", scale), 20)).toBeNull();
});
