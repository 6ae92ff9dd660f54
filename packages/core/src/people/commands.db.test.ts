import { useTestDatabase } from "@bandwise/db/test-database";
import { authenticator } from "otplib";
import { beforeEach, describe, expect, it } from "vitest";
import { approveRequest } from "../approvals.ts";
import { listApprovals } from "../audit/queries.ts";
import { AppError, type ErrorCode } from "../kernel/errors.ts";
import { anonymousViewer, systemViewer } from "../kernel/policy.ts";
import { createPerson, type TestServices, testServices } from "../testing/services.ts";
import {
  changePassword,
  register,
  requestErasure,
  requestPasswordReset,
  resetPassword,
  verifyEmail,
} from "./account-commands.ts";
import { exportMyData, readAccountLink } from "./account-queries.ts";
import { changeRoles, createFirstAdmin, grantExtraTime, suspendPerson } from "./commands.ts";
import { acceptInvitation, invitePeople } from "./invitation-commands.ts";
import { hashPassword } from "./passwords.ts";
import { purgeExpired } from "./purge-commands.ts";
import { listPeople } from "./queries.ts";
import { checkPassword, findSession } from "./session-queries.ts";
import { beginTotp, enableTotp, signIn } from "./sign-in-commands.ts";

const database = useTestDatabase();
const password = "a long enough one";
let services: TestServices;

beforeEach(() => {
  services = testServices(database().prisma);
});

const stranger = () => services.as(anonymousViewer);

async function codeOf(work: Promise<unknown>): Promise<ErrorCode | null> {
  return work.then(
    () => null,
    (error: unknown) => (error instanceof AppError ? error.code : Promise.reject(error)),
  );
}

/** The secret at the end of the link in the newest mail to this address. */
function linkIn(to: string): string {
  const mail = services.mails.findLast((sent) => sent.to === to);
  return /\/([\w-]{43})$/m.exec(mail?.text ?? "")?.[1] ?? "";
}

async function registered(email: string): Promise<string> {
  await register(stranger(), { email, name: "Ada Example", password });
  await services.drain();
  const { personId } = await verifyEmail(stranger(), { token: linkIn(email), password });
  return personId;
}

async function enter(email: string, secret = password, code?: string) {
  const checked = await checkPassword(stranger(), { email, password: secret });
  if (checked.outcome === "wrong") return "wrong" as const;
  return signIn(stranger(), { personId: checked.personId, proof: checked.proof, ...(code !== undefined && { code }) });
}

describe("registering", () => {
  it("lets nobody in before the address is confirmed, and then does", async () => {
    await register(stranger(), { email: "Ada@Demo.test ", name: "Ada Example", password });
    expect(await codeOf(enter("ada@demo.test"))).toBe("LOCKED");
    await services.drain();
    await verifyEmail(stranger(), { token: linkIn("ada@demo.test"), password });
    const claim = await enter("ada@demo.test");
    expect(claim).toMatchObject({ sessionVersion: 1 });
    expect(await codeOf(verifyEmail(stranger(), { token: linkIn("ada@demo.test"), password }))).toBe("INVALID");
  });

  it("answers the same for a known address, changes nothing there and tells its owner alone", async () => {
    await registered("known@demo.test");
    const first = await register(stranger(), { email: "new@demo.test", name: "New", password });
    const again = await register(stranger(), { email: "known@demo.test", name: "Thief", password: "thief's password" });
    expect(again).toEqual(first);
    await services.drain();
    expect(services.mails.findLast((mail) => mail.to === "known@demo.test")?.subject).toBe(
      "You already have an account",
    );
    expect(await enter("known@demo.test", "thief's password")).toBe("wrong");
    expect(await enter("known@demo.test")).toMatchObject({ sessionVersion: 1 });
  });

  it("gives nobody an account at an address of somebody else's, whoever registers it first", async () => {
    const [mine, theirs] = ["my own long one", "the thief's long one"];
    for (const [email, first, second] of [
      ["before@demo.test", theirs, mine],
      ["after@demo.test", mine, theirs],
    ] as const) {
      await register(stranger(), { email, name: "One", password: first });
      await services.drain();
      await register(stranger(), { email, name: "Two", password: second });
      await services.drain();
      expect(await services.db.person.findUnique({ where: { email } })).toMatchObject({ name: "One" });
      // The owner reads the mail. A password that is not the account's uses nothing up, and opens nothing.
      const token = linkIn(email);
      expect(await codeOf(verifyEmail(stranger(), { token, password: second }))).toBe("INVALID");
      expect(await enter(email, second)).toBe("wrong");
      if (first === mine) {
        await verifyEmail(stranger(), { token, password: mine });
      } else {
        await requestPasswordReset(stranger(), { email });
        await services.drain();
        await resetPassword(stranger(), { token: linkIn(email), password: mine });
        // What the thief's registration had sent is worth nothing any more.
        expect(await codeOf(verifyEmail(stranger(), { token, password: theirs }))).toBe("INVALID");
      }
      expect(await enter(email, theirs)).toBe("wrong");
      expect(await enter(email, mine)).toMatchObject({ sessionVersion: expect.any(Number) });
    }
  });

  it("is forgotten where nobody confirms it, once no link to it is open", async () => {
    await register(stranger(), { email: "never@demo.test", name: "Never", password });
    await registered("kept@demo.test");
    await services.drain();
    const there = (email: string) => services.db.person.count({ where: { email } });
    const purge = () => purgeExpired(services.as(systemViewer), {});
    services.advance(6 * 86_400);
    await purge();
    expect(await there("never@demo.test")).toBe(1);
    services.advance(2 * 86_400);
    await register(stranger(), { email: "never@demo.test", name: "Again", password });
    await services.drain();
    await purge();
    // Somebody has just been sent a link to it.
    expect(await there("never@demo.test")).toBe(1);
    services.advance(4 * 86_400);
    await purge();
    expect([await there("never@demo.test"), await there("kept@demo.test")]).toEqual([0, 1]);
  });

  it("gives a wrong password and an unknown address the same answer", async () => {
    await registered("there@demo.test");
    expect(await checkPassword(stranger(), { email: "there@demo.test", password: "wrong one here" })).toEqual(
      await checkPassword(stranger(), { email: "nobody@demo.test", password: "wrong one here" }),
    );
  });
});

describe("a password reset", () => {
  it("works once, within half an hour, and ends every session", async () => {
    const personId = await registered("reset@demo.test");
    await requestPasswordReset(stranger(), { email: "reset@demo.test" });
    await services.drain();
    const token = linkIn("reset@demo.test");
    expect(await readAccountLink(stranger(), { token, kind: "reset_password" })).toMatchObject({ usable: true });
    // A link for one purpose opens nothing else.
    expect(await codeOf(verifyEmail(stranger(), { token, password }))).toBe("INVALID");

    const both = await Promise.all(
      [1, 2].map(() => codeOf(resetPassword(stranger(), { token, password: "the new long one" }))),
    );
    expect(both.sort()).toEqual(["INVALID", null]);
    expect(await enter("reset@demo.test")).toBe("wrong");
    expect(await enter("reset@demo.test", "the new long one")).toMatchObject({ sessionVersion: 2 });
    expect(await findSession(services.as(systemViewer), { personId, sessionVersion: 1 })).toBeNull();
  });

  it("is over after 30 minutes", async () => {
    await registered("late@demo.test");
    await requestPasswordReset(stranger(), { email: "late@demo.test" });
    await services.drain();
    services.advance(30 * 60);
    const token = linkIn("late@demo.test");
    expect(await codeOf(resetPassword(stranger(), { token, password: "the new long one" }))).toBe("INVALID");
  });

  it("tells nobody whether the address exists", async () => {
    await registered("exists@demo.test");
    services.jobs.length = 0;
    const known = await requestPasswordReset(stranger(), { email: "exists@demo.test" });
    const unknown = await requestPasswordReset(stranger(), { email: "missing@demo.test" });
    expect(unknown).toEqual(known);
    expect(services.jobs).toHaveLength(2);
    services.mails.length = 0;
    await services.drain();
    expect(services.mails.map((mail) => mail.to)).toEqual(["exists@demo.test"]);
  });
});

describe("sessions", () => {
  it("end at once on suspension and on a changed password", async () => {
    const admin = await createPerson(database().prisma, ["admin"]);
    const personId = await registered("session@demo.test");
    const session = { personId, sessionVersion: 1 };
    const system = services.as(systemViewer);
    expect(await findSession(system, session)).toMatchObject({
      id: personId,
      roles: ["candidate"],
      centreIds: [],
      secondFactorDue: false,
    });

    const own = services.as({ kind: "person", personId, roles: ["candidate"], centreIds: [] });
    expect(await codeOf(changePassword(own, { current: "not the one", password: "the second long one" }))).toBe(
      "INVALID",
    );
    const changed = await changePassword(own, { current: password, password: "the second long one" });
    expect(await findSession(system, session)).toBeNull();
    expect(await findSession(system, changed)).not.toBeNull();

    await suspendPerson(services.as(admin.viewer), { personId });
    expect(await findSession(system, changed)).toBeNull();
    expect(await codeOf(enter("session@demo.test", "the second long one"))).toBe("LOCKED");
  });

  it("carry a changed role with the next request", async () => {
    const admin = await createPerson(database().prisma, ["admin"]);
    const personId = await registered("role@demo.test");
    await changeRoles(services.as(admin.viewer), { personId, grants: [{ role: "examiner" }] });
    expect(await findSession(services.as(systemViewer), { personId, sessionVersion: 1 })).toMatchObject({
      roles: ["examiner"],
    });
  });
});

describe("the second factor", () => {
  it("is asked for, takes each code once, and gives way to a recovery code once", async () => {
    const personId = await registered("totp@demo.test");
    const own = services.as({ kind: "person", personId, roles: ["candidate"], centreIds: [] });
    const { secret } = await beginTotp(own, { password });
    const codeNow = () => authenticator.clone({ epoch: services.clock.now().getTime() }).generate(secret);
    expect(await codeOf(enableTotp(own, { code: "000000" }))).toBe("INVALID");
    const { recoveryCodes } = await enableTotp(own, { code: codeNow() });
    expect(await codeOf(enter("totp@demo.test"))).toBe("UNAUTHENTICATED");
    // The code that set it up is used up.
    expect(await codeOf(enter("totp@demo.test", password, codeNow()))).toBe("UNAUTHENTICATED");
    services.advance(30);
    const both = await Promise.all([1, 2].map(() => codeOf(enter("totp@demo.test", password, codeNow()))));
    expect(both.sort()).toEqual(["UNAUTHENTICATED", null]);
    const [recovery = ""] = recoveryCodes;
    expect(await codeOf(enter("totp@demo.test", password, recovery))).toBeNull();
    expect(await codeOf(enter("totp@demo.test", password, recovery))).toBe("UNAUTHENTICATED");
    const row = await database().prisma.person.findUnique({ where: { id: personId } });
    expect(row?.totpSecret).not.toContain(secret);
  });

  it("does not take a proof made from another hash", async () => {
    const personId = await registered("proof@demo.test");
    expect(await codeOf(signIn(stranger(), { personId, proof: "0".repeat(64) }))).toBe("UNAUTHENTICATED");
  });
});

describe("invitations", () => {
  it("make an account with the roles, once", async () => {
    const admin = await createPerson(database().prisma, ["admin"]);
    const invited = await invitePeople(services.as(admin.viewer), {
      people: [{ email: "Examiner.New@demo.test", name: "" }, { email: `${admin.id}@demo.test` }],
      roles: ["examiner", "senior_examiner"],
    });
    expect(invited).toEqual({ invited: 1, known: [`${admin.id}@demo.test`] });
    await services.drain();
    const token = linkIn("examiner.new@demo.test");
    const input = { token, name: "New Examiner", password };
    const { personId } = await acceptInvitation(stranger(), input);
    expect(await codeOf(acceptInvitation(stranger(), input))).toBe("INVALID");
    const found = await findSession(services.as(systemViewer), { personId, sessionVersion: 1 });
    expect([...(found?.roles ?? [])].sort()).toEqual(["examiner", "senior_examiner"]);
  });
});

describe("the last active admin", () => {
  it("stays, also when two take each other's role away at once", async () => {
    await database().prisma.roleGrant.deleteMany({ where: { role: "admin" } });
    const first = await createPerson(database().prisma, ["admin"]);
    const second = await createPerson(database().prisma, ["admin"]);
    expect(await codeOf(changeRoles(services.as(first.viewer), { personId: first.id, grants: [] }))).toBe("FORBIDDEN");
    const outcomes = await Promise.all([
      codeOf(changeRoles(services.as(first.viewer), { personId: second.id, grants: [] })),
      codeOf(suspendPerson(services.as(second.viewer), { personId: first.id })),
    ]);
    expect(outcomes.sort()).toEqual(["FORBIDDEN", null]);
    expect(
      await database().prisma.person.count({ where: { status: "active", roles: { some: { role: "admin" } } } }),
    ).toBe(1);
  });

  it("can always be made from the command line", async () => {
    const { secret } = await createFirstAdmin(services.as(systemViewer), { email: "first@demo.test", name: "First" });
    const { personId } = await resetPassword(stranger(), { token: secret, password });
    expect(await findSession(services.as(systemViewer), { personId, sessionVersion: 2 })).toMatchObject({
      roles: ["admin"],
    });
    expect(await codeOf(createFirstAdmin(stranger(), { email: "x@demo.test", name: "X" }))).toBe("UNAUTHENTICATED");
  });
});

describe("people", () => {
  it("are listed a page at a time, by name, role and status", async () => {
    const admin = await createPerson(database().prisma, ["admin"], "Zoe Lister");
    await createPerson(database().prisma, ["item_writer"], "Unusual Writer");
    const found = await listPeople(services.as(admin.viewer), { search: "unusual", role: "item_writer" });
    expect(found).toMatchObject({ total: 1, rows: [{ name: "Unusual Writer" }] });
    expect(await listPeople(services.as(admin.viewer), { search: "unusual", role: "admin" })).toMatchObject({
      total: 0,
    });
    const second = await listPeople(services.as(admin.viewer), { page: 2, pageSize: 1 });
    expect(second.rows).toHaveLength(1);
  });

  it("have one extra time at a time", async () => {
    const admin = await createPerson(database().prisma, ["admin"]);
    const person = await createPerson(database().prisma, ["candidate"]);
    await grantExtraTime(services.as(admin.viewer), { personId: person.id, percent: 25, reason: "Dyslexia" });
    await grantExtraTime(services.as(admin.viewer), { personId: person.id, percent: 50, reason: "New report" });
    const running = await database().prisma.accommodation.findMany({ where: { personId: person.id, endedAt: null } });
    expect(running.map((one) => one.extraTimePercent)).toEqual([50]);
    const audit = await database().prisma.auditEntry.findMany({ where: { subjectId: person.id } });
    expect(JSON.stringify(audit.map((row) => row.detail))).not.toContain("Dyslexia");
  });
});

describe("my data", () => {
  it("can be taken out, and erased after two admins agree", async () => {
    const admins = [await createPerson(database().prisma, ["admin"]), await createPerson(database().prisma, ["admin"])];
    const [first, second] = admins.map((admin) => services.as(admin.viewer));
    if (!first || !second) throw new Error("two admins");
    const personId = await registered("leaver@demo.test");
    await database().prisma.person.update({
      where: { id: personId },
      data: { passwordHash: await hashPassword(password), school: "Northmere School" },
    });
    const own = services.as({ kind: "person", personId, roles: ["candidate"], centreIds: [] });
    expect(await exportMyData(own, {})).toMatchObject({
      person: { email: "leaver@demo.test", school: "Northmere School" },
    });

    expect(await codeOf(requestErasure(own, { password: "wrong", certificates: "keep" }))).toBe("INVALID");
    const { approvalId } = await requestErasure(own, { password, certificates: "revoke" });
    expect(await codeOf(requestErasure(own, { password, certificates: "revoke" }))).toBe("CONFLICT");
    await approveRequest(first, { approvalId });
    const [next] = (await listApprovals(second, {})).rows.filter((row) => row.subjectId === personId);
    if (!next) throw new Error("no second request");
    expect(await codeOf(approveRequest(first, { approvalId: next.id }))).toBe("FORBIDDEN");
    expect((await database().prisma.person.findUnique({ where: { id: personId } }))?.status).toBe("active");
    await approveRequest(second, { approvalId: next.id });
    await services.drain();

    const gone = await database().prisma.person.findUnique({ where: { id: personId } });
    expect(gone).toMatchObject({
      status: "erased",
      email: null,
      name: "Erased person",
      school: null,
      passwordHash: null,
    });
    expect(
      await findSession(services.as(systemViewer), { personId, sessionVersion: gone?.sessionVersion ?? 0 }),
    ).toBeNull();
    const traces = await database().prisma.auditEntry.findMany({ where: { subjectId: personId } });
    expect(JSON.stringify(traces.map((row) => row.detail))).not.toContain("leaver");
  });
});
