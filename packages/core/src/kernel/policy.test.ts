import { expect, it } from "vitest";
import { can, type Permission, policy, requirePermission, type Viewer } from "./policy.ts";

const admin = { kind: "person", personId: "p", roles: ["admin", "examiner"], centreIds: [] } as const satisfies Viewer;
const permissions = Object.keys(policy) as Permission[];

it("leaves whoever owes a second factor the own account and what strangers may, at the door of everything", () => {
  const owing: Viewer = { ...admin, secondFactorDue: true };
  const open = permissions.filter((permission) => can(owing, permission));
  const ofStrangers = permissions.filter((permission) => can({ kind: "anonymous" }, permission));
  expect(open.sort()).toEqual(["account:own", ...ofStrangers].sort());
  expect(can(admin, "person:manage")).toBe(true);
  expect(() => requirePermission(owing, "person:manage")).toThrow(/second factor/);
});

it("asks strangers to sign in and refuses people what their roles do not hold", () => {
  expect(() => requirePermission({ kind: "anonymous" }, "person:manage")).toThrow(/sign in/);
  expect(() => requirePermission({ ...admin, roles: ["candidate"] }, "person:manage")).toThrow(/may not/);
});
