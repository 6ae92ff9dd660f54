import { describe, expect, it } from "vitest";
import {
  decideSignIn,
  decideTotpStep,
  isLinkUsable,
  limitingCentres,
  parseAddresses,
  refuseLosingAccess,
  refuseRoleChange,
  weakPasswordReason,
  withoutTexts,
} from "./rules.ts";

const now = new Date("2026-03-02T09:00:00Z");

describe("decideSignIn", () => {
  const person = { status: "active", emailVerifiedAt: now, totpEnabledAt: null } as const;
  it.each([
    [person, "open"],
    [{ ...person, totpEnabledAt: now }, "needs-code"],
    [{ ...person, emailVerifiedAt: null }, "unverified"],
    [{ ...person, status: "suspended" as const }, "suspended"],
    [{ ...person, status: "erased" as const }, "suspended"],
  ])("%o → %s", (given, expected) => {
    expect(decideSignIn(given)).toBe(expected);
  });
});

describe("isLinkUsable", () => {
  it("ends at its expiry and with its use", () => {
    expect(isLinkUsable({ expiresAt: new Date(now.getTime() + 1), usedAt: null }, now)).toBe(true);
    expect(isLinkUsable({ expiresAt: now, usedAt: null }, now)).toBe(false);
    expect(isLinkUsable({ expiresAt: new Date(now.getTime() + 1), usedAt: now }, now)).toBe(false);
  });
});

describe("decideTotpStep", () => {
  const step = Math.floor(now.getTime() / 30_000);
  it("takes a code once, and none from before the last one used", () => {
    expect(decideTotpStep(now, 0, null)).toBe(step);
    expect(decideTotpStep(now, 0, step)).toBeNull();
    expect(decideTotpStep(now, -1, step)).toBeNull();
    expect(decideTotpStep(now, 1, step)).toBe(step + 1);
    expect(decideTotpStep(now, null, null)).toBeNull();
  });
});

describe("weakPasswordReason", () => {
  it("refuses what a guesser tries first", () => {
    expect(weakPasswordReason("aaaaaaaaaaaa", "x@demo.test")).not.toBeNull();
    expect(weakPasswordReason("mariannelopez1", "mariannelopez@demo.test")).not.toBeNull();
    expect(weakPasswordReason("password1234", "x@demo.test")).not.toBeNull();
    expect(weakPasswordReason("bandwise-demo", "admin@demo.test")).toBeNull();
  });
});

describe("refuseRoleChange", () => {
  const admin = { role: "admin", centreId: null } as const;
  const examiner = { role: "examiner", centreId: null } as const;
  it("keeps the last admin and one's own admin role", () => {
    const change = { current: [admin], wanted: [examiner], isSelf: false, otherActiveAdmins: 1 };
    expect(refuseRoleChange(change)).toBeNull();
    expect(refuseRoleChange({ ...change, otherActiveAdmins: 0 })).toMatch(/last active admin/);
    expect(refuseRoleChange({ ...change, isSelf: true })).toMatch(/your own/);
    expect(refuseRoleChange({ ...change, wanted: [admin, examiner], isSelf: true, otherActiveAdmins: 0 })).toBeNull();
  });

  it("ties neither candidates nor admins to a centre", () => {
    const wanted = [{ role: "candidate", centreId: "c" } as const];
    expect(refuseRoleChange({ current: [], wanted, isSelf: false, otherActiveAdmins: 1 })).toMatch(/centre/);
  });
});

describe("refuseLosingAccess", () => {
  it("keeps the last admin and oneself", () => {
    expect(refuseLosingAccess({ isAdmin: true, isSelf: false, otherActiveAdmins: 1 })).toBeNull();
    expect(refuseLosingAccess({ isAdmin: true, isSelf: false, otherActiveAdmins: 0 })).not.toBeNull();
    expect(refuseLosingAccess({ isAdmin: false, isSelf: true, otherActiveAdmins: 3 })).not.toBeNull();
  });
});

describe("limitingCentres", () => {
  it("limits staff to their centres unless one watching role is everywhere", () => {
    expect(
      limitingCentres([
        { role: "invigilator", centreId: "a" },
        { role: "candidate", centreId: null },
      ]),
    ).toEqual(["a"]);
    expect(
      limitingCentres([
        { role: "invigilator", centreId: "a" },
        { role: "admin", centreId: null },
      ]),
    ).toEqual([]);
    // Marking everywhere does not open every centre's candidates to an invigilator of one.
    expect(
      limitingCentres([
        { role: "invigilator", centreId: "a" },
        { role: "examiner", centreId: null },
      ]),
    ).toEqual(["a"]);
    expect(limitingCentres([{ role: "candidate", centreId: null }])).toEqual([]);
  });
});

describe("parseAddresses", () => {
  it("reads lines with and without names", () => {
    expect(parseAddresses('Ada Example <ada@demo.test>\n"Bo" <bo@demo.test>; cy@demo.test,\n\n')).toEqual([
      { name: "Ada Example", email: "ada@demo.test" },
      { name: "Bo", email: "bo@demo.test" },
      { name: "", email: "cy@demo.test" },
    ]);
  });
});

it("takes a name out of frozen facts wherever it stands", () => {
  expect(withoutTexts({ holder: { name: "Ada" }, bands: [6.5, "C1"], by: ["Ada"] }, ["Ada"])).toEqual({
    holder: { name: "erased" },
    bands: [6.5, "C1"],
    by: ["erased"],
  });
});
