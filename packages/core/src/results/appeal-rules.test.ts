import { scoreIelpRaw } from "@bandwise/scoring/ielp";
import { scoreIeltsSpeaking } from "@bandwise/scoring/ielts-speaking";
import { expect, test } from "vitest";
import {
  type AppealStatus,
  type AppealStep,
  nextAppealStatus,
  refuseAppeal,
  refuseStart,
  sameOutcome,
  standardAppeals,
} from "./appeal-rules.ts";

const statuses: readonly AppealStatus[] = [
  "asked",
  "marking",
  "marked",
  "changed",
  "unchanged",
  "withdrawn",
  "declined",
];
const steps: readonly AppealStep[] = ["start", "withdraw", "decline", "confirm", "find", "replace"];

test("each state leads where the table says and nowhere else", () => {
  const possible = statuses.flatMap((from) =>
    steps.flatMap((step) => {
      const to = nextAppealStatus(from, step);
      return to === null ? [] : [`${from} ${step} ${to}`];
    }),
  );
  expect(possible).toEqual([
    "asked start marking",
    "asked withdraw withdrawn",
    "asked decline declined",
    "marking confirm unchanged",
    "marking find marked",
    "marked replace changed",
  ]);
});

const now = new Date("2026-03-20T09:00:00Z");
const result = {
  status: "released",
  releasedAt: new Date("2026-03-02T09:00:00Z"),
  fromAppeal: false,
  appeals: [] as AppealStatus[],
  rated: ["writing", "speaking"],
};

test("within 28 days of the release, once, about what somebody has marked", () => {
  const refuse = (change: Partial<typeof result>, asked = ["writing"], at = now) =>
    refuseAppeal({ ...result, ...change }, asked, standardAppeals, at);
  expect(refuse({})).toBeNull();
  expect(refuse({}, ["writing"], new Date("2026-03-30T09:00:00Z"))).toBeNull();
  expect(refuse({}, ["writing"], new Date("2026-03-30T09:00:01Z"))).toMatch(/28 days/);
  expect(refuse({ status: "superseded" })).toMatch(/stands/);
  expect(refuse({ fromAppeal: true })).toMatch(/final/);
  expect(refuse({ appeals: ["marking"] })).toMatch(/already/);
  expect(refuse({ appeals: ["unchanged"] })).toMatch(/already/);
  expect(refuse({ appeals: ["withdrawn", "declined"] })).toBeNull();
  expect(refuse({ rated: ["writing"] }, ["speaking"])).toMatch(/speaking/);
  expect(refuse({ rated: [] }, [])).toMatch(/nothing/);
});

test("marking begins once the fee is paid or waived", () => {
  expect(refuseStart({ status: "asked", fee: "due" })).toMatch(/fee/);
  for (const fee of ["none", "paid", "waived"]) expect(refuseStart({ status: "asked", fee })).toBeNull();
  expect(refuseStart({ status: "marking", fee: "paid" })).toMatch(/past/);
});

test("the same bands are the same outcome, whatever the raw scores are", () => {
  const made = (writing: string) => {
    const output = scoreIelpRaw({ ...{ reading: "13.00", listening: "11.00", speaking: "65.00" }, writing });
    return { overallHundredths: 650, cefr: "C1", output };
  };
  expect(sameOutcome(made("25.00"), made("24.95"))).toBe(true);
  expect(sameOutcome(made("25.00"), made("26.00"))).toBe(false);
  expect(sameOutcome(made("25.00"), { ...made("25.00"), overallHundredths: 660 })).toBe(false);
});

test("a criterion of an interview that comes out otherwise is another outcome though the overall band is the same", () => {
  const made = (fluency: number) => ({
    overallHundredths: 650,
    cefr: null,
    output: scoreIeltsSpeaking({ fluency, vocabulary: 6.5, grammar: 6, pronunciation: 7 }, { trace: true }),
  });
  expect(made(7).output.overall).toBe(made(6.5).output.overall);
  expect(sameOutcome(made(7), made(6.5))).toBe(false);
  expect(sameOutcome(made(7), made(7))).toBe(true);
});
