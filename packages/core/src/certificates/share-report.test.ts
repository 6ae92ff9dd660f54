import { expect, test } from "vitest";
import type { SharedCertificate } from "./share-queries.ts";
import { sharedReport } from "./share-report.ts";

const at = new Date("2026-03-02T09:00:00Z");
const ends = new Date("2026-06-02T09:00:00Z");

function shown(change: object): SharedCertificate {
  return {
    kind: "shown",
    purpose: "university",
    recipient: "Admissions",
    expiresAt: ends,
    verification: {
      kind: "valid",
      code: "",
      checkedAt: at,
      validUntil: ends,
      awardingBody: "Body",
      facts: null,
      documentHash: null,
    },
    shown: {
      name: "Nadira Velasko",
      examination: "IELP",
      testedOn: "2026-03-01",
      issuedOn: "2026-03-02",
      validUntil: "2028-03-02",
      scale: { noun: "Band", highest: 10, decimals: 2, every: 1, levels: [] },
      overall: null,
      parts: [{ id: "reading", title: "Reading", score: "7.00", cefr: "C1" }],
      notes: [],
    },
    ...change,
  } as SharedCertificate;
}

test("it says what the page shows: the chosen scores, for whom, until when, and no code", () => {
  const report = sharedReport(shown({}), at);
  expect(report).toMatchObject({
    status: "valid",
    recipient: "Admissions",
    linkEndsAt: ends,
    report: { overall: null, parts: [{ id: "reading" }] },
  });
  expect(Object.keys(report).sort()).toEqual([
    "awardingBody",
    "checkedAt",
    "linkEndsAt",
    "purpose",
    "reason",
    "recipient",
    "replacedAt",
    "report",
    "revokedAt",
    "status",
  ]);
});

test("a replaced, a revoked, an ended and an unknown link say so and show nothing", () => {
  const replaced = {
    kind: "superseded",
    code: "",
    checkedAt: at,
    replacedAt: at,
    replacementEndsIn: "",
    holder: "Nadira",
  };
  expect(sharedReport(shown({ verification: replaced, shown: null }), at)).toMatchObject({
    status: "superseded",
    replacedAt: at,
    report: null,
  });
  const revoked = { kind: "revoked", code: "", checkedAt: at, revokedAt: at, reason: "A mistake in the name." };
  expect(sharedReport(shown({ verification: revoked, shown: null }), at)).toMatchObject({
    status: "revoked",
    reason: "A mistake in the name.",
    report: null,
  });
  expect(sharedReport({ kind: "ended", withdrawn: true, endedAt: at }, ends)).toEqual({
    status: "ended",
    withdrawn: true,
    endedAt: at,
    checkedAt: ends,
  });
  expect(sharedReport({ kind: "unknown" }, at)).toEqual({ status: "unknown", checkedAt: at });
});
