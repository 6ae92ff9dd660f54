import { useTestDatabase } from "@bandwise/db/test-database";
import { beforeAll, describe, expect, it } from "vitest";
import { browseSittings } from "../delivery/candidate-queries.ts";
import {
  bookSitting,
  cancelBooking,
  cancelSitting,
  checkIn,
  moveBooking,
  openSitting,
  updateSitting,
} from "../delivery/commands.ts";
import { startAttempt, takeOver } from "../delivery/exam-commands.ts";
import { listSittings } from "../delivery/queries.ts";
import { systemIds } from "../kernel/ids.ts";
import { createInterviewWorld } from "../testing/interviews.ts";
import { createPerson, type TestServices, testServices } from "../testing/services.ts";
import { checkIdentity } from "./commands.ts";
import { reassignInterviewSlot, withdrawInterviewSlot } from "./schedule-commands.ts";
import { browseInterviewTimes, listInterviewSlots } from "./schedule-queries.ts";

const database = useTestDatabase({ poolSize: 20 });
let services: TestServices;
let world: Awaited<ReturnType<typeof createInterviewWorld>>;
/** A fresh hour for each test: slots of one never meet those of another. */
let hour = 0;
const nextHour = (): Date => {
  hour += 1;
  return new Date(Date.UTC(2026, 2, 3 + Math.floor(hour / 10), 8 + (hour % 10)));
};
const minutesAfter = (at: Date, minutes: number): Date => new Date(at.getTime() + minutes * 60_000);

beforeAll(async () => {
  services = testServices(database().prisma);
  world = await createInterviewWorld(services);
});

const candidate = (name?: string) => createPerson(services.db, ["candidate"], name);

describe("slots", () => {
  it("are opened by an examiner for herself and by an admin for anybody, all of them or none", async () => {
    const at = nextHour();
    const other = await createPerson(services.db, ["examiner"]);
    await expect(world.open([at], { examinerId: other.id })).rejects.toMatchObject({ code: "FORBIDDEN" });
    await world.open([at], { by: world.admin.viewer, examinerId: other.id });
    await world.open([at, minutesAfter(at, 30)]);
    await expect(world.open([minutesAfter(at, 60), minutesAfter(at, 40)])).rejects.toMatchObject({ code: "INVALID" });
    const mine = await listInterviewSlots(services.as(world.examiner.viewer), {
      from: at,
      until: minutesAfter(at, 120),
    });
    expect(mine.map(({ startsAt }) => startsAt)).toEqual([at, minutesAfter(at, 30)]);
    const all = await listInterviewSlots(services.as(world.admin.viewer), { from: at, until: minutesAfter(at, 120) });
    expect(all).toHaveLength(3);
    await expect(
      world.open([nextHour()], { by: world.admin.viewer, examinerId: world.admin.id }),
    ).rejects.toMatchObject({ code: "NOT_FOUND" });
  });

  it("never double-book an examiner, however many open her times at once", async () => {
    const at = nextHour();
    const outcomes = await Promise.allSettled(
      Array.from({ length: 8 }, (_, place) =>
        world.open([minutesAfter(at, place)], { by: world.admin.viewer, examinerId: world.examiner.id }),
      ),
    );
    expect(outcomes.filter(({ status }) => status === "fulfilled")).toHaveLength(1);
  });

  it("are no sittings to be sat alone: neither listed among them nor opened as one", async () => {
    const at = nextHour();
    const [sittingId] = await world.open([at]);
    const { viewer } = await candidate();
    expect((await browseSittings(services.as(viewer), {})).rows.map(({ id }) => id)).not.toContain(sittingId);
    expect((await listSittings(services.as(world.admin.viewer), {})).rows.map(({ id }) => id)).not.toContain(sittingId);
    await expect(
      openSitting(services.as(world.admin.viewer), {
        centreId: world.centreId,
        programmeId: world.programmeId,
        startsAt: at,
        endsAt: minutesAfter(at, 60),
        bookBefore: at,
        changeBefore: at,
        capacity: 10,
      }),
    ).rejects.toMatchObject({ code: "INVALID" });
  });

  it("are not widened, moved or cancelled as if they were sittings", async () => {
    const at = nextHour();
    const [sittingId = ""] = await world.open([at]);
    const admin = services.as(world.admin.viewer);
    const times = { startsAt: at, endsAt: minutesAfter(at, 90), bookBefore: at, changeBefore: at };
    const wider = { sittingId, ...times, capacity: 5 };
    await expect(updateSitting(admin, wider)).rejects.toMatchObject({ code: "NOT_FOUND" });
    await expect(cancelSitting(admin, { sittingId, reason: "tidying up" })).rejects.toMatchObject({
      code: "NOT_FOUND",
    });
    expect(await services.db.sitting.findUnique({ where: { id: sittingId } })).toMatchObject({
      capacity: 1,
      endsAt: minutesAfter(at, 30),
      cancelledAt: null,
    });
  });

  it("belong to one examiner, whether she meets the candidate or they go to another at the same instant", async () => {
    const before = services.clock.now();
    const free = await createPerson(services.db, ["examiner"]);
    for (let round = 0; round < 8; round += 1) {
      const at = nextHour();
      const { sittingId, attemptId } = await world.booked("Carla Example", at);
      services.setNow(at);
      const identity = {
        attemptId,
        document: "passport",
        nameOnDocument: "Carla Example",
        privacyNotice: true,
        recordingConsent: true,
        ofAge: true,
      } as const;
      await Promise.allSettled([
        reassignInterviewSlot(services.as(world.admin.viewer), { sittingId, examinerId: free.id }),
        checkIdentity(services.as(world.examiner.viewer), identity),
      ]);
      const slot = await services.db.interviewSlot.findUniqueOrThrow({ where: { sittingId } });
      const met = await services.db.interview.findUnique({ where: { attemptId } });
      if (met) expect(met.examinerId).toBe(slot.examinerId);
      services.setNow(before);
    }
  });

  it("go to another examiner without the candidate noticing, unless she is busy or acquainted", async () => {
    const at = nextHour();
    const [sittingId = ""] = await world.open([at]);
    const { id, viewer } = await candidate();
    await services.db.person.update({ where: { id }, data: { school: "Harbour School" } });
    await bookSitting(services.as(viewer), { sittingId });
    const admin = services.as(world.admin.viewer);
    const friend = await createPerson(services.db, ["examiner"]);
    await services.db.person.update({ where: { id: friend.id }, data: { school: "harbour school " } });
    await expect(reassignInterviewSlot(admin, { sittingId, examinerId: friend.id })).rejects.toMatchObject({
      code: "LOCKED",
    });
    const free = await createPerson(services.db, ["senior_examiner"]);
    await reassignInterviewSlot(admin, { sittingId, examinerId: free.id });
    expect(await services.db.interviewSlot.findUnique({ where: { sittingId } })).toMatchObject({
      examinerId: free.id,
    });
    const [second = ""] = await world.open([minutesAfter(at, 10)]);
    await expect(reassignInterviewSlot(admin, { sittingId: second, examinerId: free.id })).rejects.toMatchObject({
      code: "LOCKED",
    });
  });

  it("that are withdrawn take their booking with them, and only their own examiner or an admin may", async () => {
    const { candidate: who, sittingId, attemptId } = await world.booked("Carla Example", nextHour());
    const stranger = await createPerson(services.db, ["examiner"]);
    await expect(
      withdrawInterviewSlot(services.as(stranger.viewer), { sittingId, reason: "not mine" }),
    ).rejects.toMatchObject({ code: "NOT_FOUND" });
    services.jobs.length = 0;
    await withdrawInterviewSlot(services.as(world.examiner.viewer), { sittingId, reason: "I am ill" });
    expect(await services.db.attempt.findUnique({ where: { id: attemptId } })).toMatchObject({ status: "cancelled" });
    expect(services.jobs).toMatchObject([{ name: "people.mail", payload: { personId: who.id } }]);
  });
});

describe("booking an interview", () => {
  it("gives one of forty people at once the place", async () => {
    const [sittingId = ""] = await world.open([nextHour()]);
    const people = await Promise.all(Array.from({ length: 40 }, () => candidate()));
    const outcomes = await Promise.allSettled(
      people.map(({ viewer }) => bookSitting(services.as(viewer), { sittingId })),
    );
    expect(outcomes.filter(({ status }) => status === "fulfilled")).toHaveLength(1);
    for (const outcome of outcomes) {
      if (outcome.status === "rejected") expect(outcome.reason).toMatchObject({ code: "LOCKED" });
    }
    expect(await services.db.attempt.count({ where: { sittingId } })).toBe(1);
  }, 30_000);

  it("shows each time once, without who the examiner is, and none that meets the candidate's own", async () => {
    const at = nextHour();
    const other = await createPerson(services.db, ["examiner"], "Secret Name");
    await world.open([at]);
    await world.open([at], { by: world.admin.viewer, examinerId: other.id });
    const { viewer } = await candidate();
    const about = async () =>
      (await browseInterviewTimes(services.as(viewer), {})).times.filter(
        ({ startsAt }) => Math.abs(startsAt.getTime() - at.getTime()) < 30 * 60_000,
      );
    const [time, ...more] = await about();
    expect(more).toEqual([]);
    expect(JSON.stringify(time)).not.toContain("Secret");
    expect(JSON.stringify(time)).not.toContain(other.id);
    await bookSitting(services.as(viewer), { sittingId: time?.id ?? "" });
    expect(await about()).toEqual([]);
  });

  it("refuses two interviews of one candidate at the same time, at the same instant too", async () => {
    const at = nextHour();
    const other = await createPerson(services.db, ["examiner"]);
    const [first = ""] = await world.open([at]);
    const [second = ""] = await world.open([minutesAfter(at, 10)], { by: world.admin.viewer, examinerId: other.id });
    const { viewer } = await candidate();
    const outcomes = await Promise.allSettled(
      [first, second].map((sittingId) => bookSitting(services.as(viewer), { sittingId })),
    );
    expect(outcomes.filter(({ status }) => status === "fulfilled")).toHaveLength(1);
  });

  it("refuses an examiner of the candidate's own school, and herself", async () => {
    const [sittingId = ""] = await world.open([nextHour()]);
    const { id, viewer } = await candidate();
    await services.db.person.updateMany({ where: { id: { in: [id, world.examiner.id] } }, data: { school: "One" } });
    await expect(bookSitting(services.as(viewer), { sittingId })).rejects.toMatchObject({
      code: "LOCKED",
      userMessage: expect.stringContaining("may know you"),
    });
    const offered = (await browseInterviewTimes(services.as(viewer), {})).times;
    expect(offered.map((time) => time.id)).not.toContain(sittingId);
    await services.db.person.update({ where: { id: world.examiner.id }, data: { school: null } });
    const both = { ...world.examiner.viewer, roles: ["candidate", "examiner"] as const };
    await expect(bookSitting(services.as(both), { sittingId })).rejects.toMatchObject({ code: "LOCKED" });
  });

  it("is not offered, nor taken, while its examiner is suspended", async () => {
    const [sittingId = ""] = await world.open([nextHour()]);
    const { viewer } = await candidate();
    const where = { id: world.examiner.id };
    await services.db.person.update({ where, data: { status: "suspended" } });
    await expect(bookSitting(services.as(viewer), { sittingId })).rejects.toMatchObject({ code: "LOCKED" });
    const offered = (await browseInterviewTimes(services.as(viewer), {})).times;
    expect(offered.map((time) => time.id)).not.toContain(sittingId);
    await services.db.person.update({ where, data: { status: "active" } });
    await bookSitting(services.as(viewer), { sittingId });
  });

  it("moves and is cancelled until the stated deadline, to a slot that touches the old one too", async () => {
    const at = nextHour();
    const [first = "", second = ""] = await world.open([at, minutesAfter(at, 30)], { changeHours: 2 });
    const other = await createPerson(services.db, ["examiner"]);
    const [beside = ""] = await world.open([minutesAfter(at, 15)], {
      by: world.admin.viewer,
      examinerId: other.id,
      changeHours: 2,
    });
    const { viewer } = await candidate();
    const context = services.as(viewer);
    const { attemptId } = await bookSitting(context, { sittingId: first });
    await moveBooking(context, { attemptId, toSittingId: beside });
    await moveBooking(context, { attemptId, toSittingId: second });
    const before = services.clock.now();
    services.setNow(minutesAfter(at, 30 - 120));
    await expect(cancelBooking(services.as(viewer), { attemptId })).rejects.toMatchObject({ code: "LOCKED" });
    services.setNow(before);
    await cancelBooking(services.as(viewer), { attemptId });
    expect(await services.db.attempt.findUnique({ where: { id: attemptId } })).toMatchObject({ status: "cancelled" });
  });

  it("closes at its stated time", async () => {
    const at = nextHour();
    const [sittingId = ""] = await world.open([at], { bookHours: 12 });
    const before = services.clock.now();
    services.setNow(minutesAfter(at, -12 * 60));
    const { viewer } = await candidate();
    await expect(bookSitting(services.as(viewer), { sittingId })).rejects.toMatchObject({ code: "LOCKED" });
    services.setNow(before);
  });

  it("is not begun by the candidate alone, nor taken over", async () => {
    const { candidate: who, attemptId } = await world.booked("Chidi Example", nextHour());
    const alone = services.as(who.viewer);
    const clientId = systemIds.uuid();
    const consents = { privacyNotice: true, recordingConsent: true, ofAge: true } as const;
    for (const attempt of [
      () => checkIn(alone, { attemptId, ...consents }),
      () => startAttempt(alone, { attemptId, clientId }),
      () => takeOver(alone, { attemptId, clientId }),
    ]) {
      await expect(attempt()).rejects.toMatchObject({
        code: "LOCKED",
        userMessage: expect.stringContaining("examiner"),
      });
    }
  });
});
