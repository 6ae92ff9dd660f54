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
  const made = (raw: string, band: string) => ({
    overallHundredths: 650,
    cefr: "C1",
    output: { sections: { writing: { raw, band, cefr: "B2" } } },
  });
  expect(sameOutcome(made("25.00", "6.00"), made("24.90", "6.00"))).toBe(true);
  expect(sameOutcome(made("25.00", "6.00"), made("25.90", "6.20"))).toBe(false);
  expect(sameOutcome(made("25.00", "6.00"), { ...made("25.00", "6.00"), overallHundredths: 660 })).toBe(false);
});
