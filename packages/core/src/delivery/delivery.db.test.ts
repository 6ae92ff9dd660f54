import { randomUUID } from "node:crypto";
import { readdirSync } from "node:fs";
import { basename, join } from "node:path";
import { useTestDatabase } from "@bandwise/db/test-database";
import { describe, expect, it } from "vitest";
import { enemyPair } from "../bank/relation-rules.ts";
import { sha256 } from "../kernel/hash.ts";
import { systemViewer, type Viewer } from "../kernel/policy.ts";
import { recordingFolder } from "../kernel/storage-keys.ts";
import { createDeliveryWorld } from "../testing/delivery-world.ts";
import { createPerson, testServices } from "../testing/services.ts";
import { advanceAttempt, markNoShows, recordBeat } from "./clock-commands.ts";
import { bookSitting, cancelBooking, cancelSitting, checkIn, grantTime, moveBooking } from "./commands.ts";
import {
  beginSection,
  endSection,
  recordPlay,
  saveAnswers,
  startAttempt,
  submitAttempt,
  takeOver,
} from "./exam-commands.ts";
import { findPlayedMedia, getExamState, getHeartbeat } from "./exam-queries.ts";
import { clockSweep } from "./jobs.ts";
import {
  completeRecording,
  finishAbandonedRecordings,
  putChunk,
  startRecording,
  storeProcessedRecording,
} from "./recording-commands.ts";

const database = useTestDatabase({ poolSize: 20 });
let world: Awaited<ReturnType<typeof createDeliveryWorld>> | undefined;

async function setting(options: { capacity?: number } = {}) {
  const db = database().prisma;
  world ??= await createDeliveryWorld(db, { perLevel: 4 });
  const services = testServices(db);
  const sittingId = await world.openSitting(options.capacity ?? 100);
  return { db, services, sittingId, openSitting: world.openSitting };
}
type Setting = Awaited<ReturnType<typeof setting>>;

const consents = { privacyNotice: true, recordingConsent: true, ofAge: true } as const;

async function checkedIn({ db, services, sittingId }: Setting) {
  const { viewer } = await createPerson(db, ["candidate"]);
  const { attemptId } = await bookSitting(services.as(viewer), { sittingId });
  await checkIn(services.as(viewer), { attemptId, ...consents });
  return { viewer, attemptId };
}

async function started(place: Setting) {
  const { viewer, attemptId } = await checkedIn(place);
  const clientId = randomUUID();
  const { examToken } = await startAttempt(place.services.as(viewer), { attemptId, clientId });
  const state = await getExamState(place.services.as(viewer), { attemptId });
  return { viewer, attemptId, clientId, examToken, state };
}

function entry(
  place: Setting,
  itemId: string,
  sequence: number,
  value: unknown,
  more: { epoch?: number; madeAt?: number } = {},
) {
  return {
    attemptItemId: itemId,
    sequence,
    epoch: more.epoch ?? 1,
    value: value as string,
    flagged: false,
    madeAt: more.madeAt ?? place.services.clock.now().getTime(),
  };
}

function first<T>(rows: readonly T[]): T {
  const [row] = rows;
  if (row === undefined) throw new Error("expected at least one row");
  return row;
}

describe("bookings", () => {
  it("never take more than the capacity, however many come at once", async () => {
    const place = await setting({ capacity: 3 });
    const people = await Promise.all(Array.from({ length: 12 }, () => createPerson(place.db, ["candidate"])));
    const outcomes = await Promise.allSettled(
      people.map(({ viewer }) => bookSitting(place.services.as(viewer), { sittingId: place.sittingId })),
    );
    expect(outcomes.filter((outcome) => outcome.status === "fulfilled")).toHaveLength(3);
    expect(await place.db.attempt.count({ where: { sittingId: place.sittingId } })).toBe(3);
  });

  it("give a candidate one place however often the button is pressed", async () => {
    const place = await setting();
    const { viewer } = await createPerson(place.db, ["candidate"]);
    const outcomes = await Promise.allSettled(
      Array.from({ length: 4 }, () => bookSitting(place.services.as(viewer), { sittingId: place.sittingId })),
    );
    expect(outcomes.filter((outcome) => outcome.status === "fulfilled")).toHaveLength(1);
  });

  it("move, cancel and end with their sitting, and tell the candidate", async () => {
    const place = await setting({ capacity: 1 });
    const other = await place.openSitting(1);
    const { viewer } = await createPerson(place.db, ["candidate"]);
    const { attemptId } = await bookSitting(place.services.as(viewer), { sittingId: place.sittingId });
    await moveBooking(place.services.as(viewer), { attemptId, toSittingId: other });
    const second = await createPerson(place.db, ["candidate"]);
    const theirs = await bookSitting(place.services.as(second.viewer), { sittingId: place.sittingId });
    await expect(cancelBooking(place.services.as(second.viewer), { attemptId })).rejects.toMatchObject({
      code: "NOT_FOUND",
    });
    await cancelBooking(place.services.as(viewer), { attemptId });
    const admin = await createPerson(place.db, ["admin"]);
    await cancelSitting(place.services.as(admin.viewer), { sittingId: place.sittingId, reason: "No electricity" });
    const rows = await place.db.attempt.findMany({ where: { id: { in: [attemptId, theirs.attemptId] } } });
    expect(rows.map((row) => row.status)).toEqual(["cancelled", "cancelled"]);
    expect(place.services.jobs.filter((job) => job.name === "people.mail")).toHaveLength(5);
  });

  it("are refused with the reason when the bank has no unseen form left, and marked when nobody came", async () => {
    const place = await setting();
    const { viewer, id } = await createPerson(place.db, ["candidate"]);
    const { attemptId } = await bookSitting(place.services.as(viewer), { sittingId: place.sittingId });
    const items = await place.db.item.findMany({ where: { skill: "writing" }, select: { id: true, currentId: true } });
    await place.db.attemptItem.createMany({
      data: items.map((item, index) => ({
        id: randomUUID(),
        attemptId,
        candidateId: id,
        itemId: item.id,
        itemVersionId: item.currentId ?? "",
        skill: "writing",
        position: index + 1,
        level: "A",
        subSkill: "message",
        pickReason: "test",
        exposureAtPick: 0,
        allottedAt: new Date(),
      })),
    });
    const other = await place.openSitting(5);
    await expect(bookSitting(place.services.as(viewer), { sittingId: other })).rejects.toMatchObject({
      code: "LOCKED",
      userMessage: expect.stringContaining("writing"),
    });
    place.services.setNow(new Date("2026-03-02T17:00:01Z"));
    await markNoShows(place.services.as(systemViewer), {});
    expect(await place.db.attempt.findUnique({ where: { id: attemptId } })).toMatchObject({ status: "no_show" });
  });
});

describe("starting", () => {
  it("gives fifty candidates at once a whole form each, no item twice for anyone", async () => {
    const place = await setting();
    const people = [];
    for (let index = 0; index < 50; index += 1) people.push(await checkedIn(place));
    await Promise.all(
      people.map(({ viewer, attemptId }) =>
        startAttempt(place.services.as(viewer), { attemptId, clientId: randomUUID() }),
      ),
    );
    const counts = await place.db.attemptItem.groupBy({
      by: ["attemptId"],
      where: { attemptId: { in: people.map((person) => person.attemptId) } },
      _count: { _all: true },
    });
    expect(counts).toHaveLength(50);
    for (const count of counts) expect(count._count._all).toBe(33);
    const rolled = await place.db.itemExposure.aggregate({ _sum: { allotted: true, presented: true } });
    const ledger = await place.db.attemptItem.count({ where: { pickReason: { not: "test" } } });
    expect(rolled._sum.allotted).toBe(ledger);
  }, 60_000);

  it("gives one candidate who starts twice at once no enemies of what the other form holds", async () => {
    const place = await setting();
    const { db, services } = place;
    const items = await db.item.findMany({ where: { slug: { startsWith: "reading-c2-" } }, orderBy: { slug: "asc" } });
    const [a, b, c, d] = items.map(({ id }) => id);
    if (!a || !b || !c || !d) throw new Error("the bank lacks its items");
    // Whichever two a form takes, the other two are enemies of one of them.
    const pairs = [enemyPair(a, c), enemyPair(a, d), enemyPair(b, c), enemyPair(b, d)];
    await db.itemEnemy.createMany({
      data: pairs.map((pair) => ({ ...pair, reason: "Same answer", createdAt: services.clock.now() })),
    });
    try {
      const { viewer } = await createPerson(db, ["candidate"]);
      const attempts: string[] = [];
      for (const sittingId of [place.sittingId, await place.openSitting(5)]) {
        const { attemptId } = await bookSitting(services.as(viewer), { sittingId });
        await checkIn(services.as(viewer), { attemptId, ...consents });
        attempts.push(attemptId);
      }
      // No form can be written while the items are held: both are on their way before either is done.
      const started = await db.$transaction(async (tx) => {
        await tx.$executeRaw`select 1 from item for update`;
        const both = Promise.allSettled(
          attempts.map((attemptId) => startAttempt(services.as(viewer), { attemptId, clientId: randomUUID() })),
        );
        const waiting = async () => {
          const [row] = await db.$queryRaw<{ count: bigint }[]>`
            select count(*) from pg_stat_activity
            where datname = current_database() and wait_event_type = 'Lock'`;
          return Number(row?.count);
        };
        await expect.poll(waiting).toBe(2);
        return { both };
      });
      const ends = await started.both;
      // The one that came second knew the other's items: in a larger bank it would have found a form without their enemies.
      expect(ends.filter(({ status }) => status === "fulfilled")).toHaveLength(1);
      expect(ends.find(({ status }) => status === "rejected")).toMatchObject({ reason: { code: "LOCKED" } });
    } finally {
      await db.itemEnemy.deleteMany({ where: { OR: pairs } });
    }
  });

  it("shows the open section alone: no keys, no transcript, no file names", async () => {
    const place = await setting();
    const { state, viewer, attemptId, clientId } = await started(place);
    expect(state.sections.map((section) => section.status)).toEqual(["open", "not_open", "not_open", "not_open"]);
    expect(state.items).toHaveLength(12);
    const [reading, listening] = state.sections;
    if (!reading || !listening) throw new Error("no sections");
    await endSection(place.services.as(viewer), { attemptId, sectionId: reading.id, clientId });
    await beginSection(place.services.as(viewer), { attemptId, sectionId: listening.id, clientId });
    const text = JSON.stringify(await getExamState(place.services.as(viewer), { attemptId }));
    for (const secret of ["transcript", "correct", "test.mp3", "rationale"]) expect(text).not.toContain(secret);
  });

  it("freezes the extra time of the check-in", async () => {
    const place = await setting();
    const { viewer, id } = await createPerson(place.db, ["candidate"]);
    const grant = { personId: id, extraTimePercent: 25, reason: "x", grantedById: id, createdAt: new Date() };
    await place.db.accommodation.create({ data: { id: randomUUID(), ...grant } });
    const { attemptId } = await bookSitting(place.services.as(viewer), { sittingId: place.sittingId });
    await checkIn(place.services.as(viewer), { attemptId, ...consents });
    await place.db.accommodation.updateMany({ where: { personId: id }, data: { endedAt: new Date() } });
    await startAttempt(place.services.as(viewer), { attemptId, clientId: randomUUID() });
    const state = await getExamState(place.services.as(viewer), { attemptId });
    expect(state.sections.map((section) => section.seconds)).toEqual([150, 188, 113, 188]);
  });
});

describe("answers", () => {
  it("are acknowledged after they are stored; sending them again changes nothing", async () => {
    const place = await setting();
    const { viewer, attemptId, clientId, state } = await started(place);
    const item = first(state.items);
    const batch = {
      attemptId,
      clientId,
      anchor: state.anchor,
      entries: [entry(place, item.id, 1, "a"), entry(place, item.id, 2, "b")],
    };
    const once = await saveAnswers(place.services.as(viewer), batch);
    const again = await saveAnswers(place.services.as(viewer), batch);
    expect(once.stored).toEqual([
      { sequence: 1, standing: "counted" },
      { sequence: 2, standing: "counted" },
    ]);
    expect(again.stored).toEqual(once.stored);
    expect(await place.db.answerEntry.count({ where: { attemptId } })).toBe(2);
    expect(await place.db.response.findUnique({ where: { attemptItemId: item.id } })).toMatchObject({
      value: "b",
      sequence: 2,
    });
    // An older one that limps in afterwards does not win over a newer one.
    const clash = await saveAnswers(place.services.as(viewer), { ...batch, entries: [entry(place, item.id, 2, "c")] });
    expect(clash.rejected).toHaveLength(1);
    expect(await place.db.response.findUnique({ where: { attemptItemId: item.id } })).toMatchObject({ value: "b" });
  });

  it("reach us through the exam token alone, and through no other attempt's", async () => {
    const place = await setting();
    const { viewer, attemptId, clientId, state } = await started(place);
    const candidateId = viewer.kind === "person" ? viewer.personId : "";
    const exam: Viewer = { kind: "exam", attemptId, candidateId };
    const item = first(state.items);
    const batch = { attemptId, clientId, anchor: state.anchor, entries: [entry(place, item.id, 1, null)] };
    expect((await saveAnswers(place.services.as(exam), batch)).stored).toHaveLength(1);
    const stranger: Viewer = { kind: "exam", attemptId: randomUUID(), candidateId };
    await expect(saveAnswers(place.services.as(stranger), batch)).rejects.toMatchObject({ code: "NOT_FOUND" });
    await expect(submitAttempt(place.services.as(exam), { attemptId, clientId })).rejects.toMatchObject({
      code: "FORBIDDEN",
    });
  });

  it("that arrive late at the same moment are all kept: none is refused for standing in another's way", async () => {
    const place = await setting();
    const { viewer, attemptId, clientId, state } = await started(place);
    const item = first(state.items);
    await place.db.attempt.update({ where: { id: attemptId }, data: { status: "marked" } });
    const saves = Array.from({ length: 6 }, (_, at) =>
      saveAnswers(place.services.as(viewer), {
        attemptId,
        clientId,
        anchor: state.anchor,
        entries: [entry(place, item.id, at + 1, null)],
      }),
    );
    expect((await Promise.all(saves)).flatMap(({ stored }) => stored)).toHaveLength(6);
    expect(await place.db.attempt.findUnique({ where: { id: attemptId } })).toMatchObject({
      reviewReason: expect.stringContaining("arrived after scoring had begun"),
    });
  });

  it("of a page that lost the writer's place are kept as alternatives and never win", async () => {
    const place = await setting();
    const { viewer, attemptId, clientId, state } = await started(place);
    const item = first(state.items);
    const other = randomUUID();
    const { epoch } = await takeOver(place.services.as(viewer), { attemptId, clientId: other });
    expect(epoch).toBe(2);
    expect(await getHeartbeat(place.services.as(viewer), { attemptId, clientId })).toMatchObject({ isWriter: false });
    const send = (client: string, sequence: number, value: string, epochOf: number) =>
      saveAnswers(place.services.as(viewer), {
        attemptId,
        clientId: client,
        anchor: state.anchor,
        entries: [entry(place, item.id, sequence, value, { epoch: epochOf })],
      });
    expect((await send(other, 1, "a", 2)).stored).toEqual([{ sequence: 1, standing: "counted" }]);
    expect((await send(clientId, 7, "c", 1)).stored).toEqual([{ sequence: 7, standing: "alternative" }]);
    const seen = await getExamState(place.services.as(viewer), { attemptId });
    const now = seen.items.find((row) => row.id === item.id);
    expect(now?.response?.value).toBe("a");
    expect(now?.alternatives).toMatchObject([{ value: "c" }]);
  });

  it("made in time and arriving after the section has closed still count", async () => {
    const place = await setting();
    const { viewer, attemptId, clientId, state } = await started(place);
    const item = first(state.items);
    const madeAt = place.services.clock.now().getTime() + 60_000;
    place.services.advance(200);
    await advanceAttempt(place.services.as(systemViewer), { attemptId });
    place.services.advance(3600);
    const send = (sequence: number, made: number) =>
      saveAnswers(place.services.as(viewer), {
        attemptId,
        clientId,
        anchor: state.anchor,
        entries: [entry(place, item.id, sequence, "b", { madeAt: made })],
      });
    expect((await send(1, madeAt)).stored).toEqual([{ sequence: 1, standing: "late-arrival" }]);
    expect(await place.db.response.count({ where: { attemptItemId: item.id } })).toBe(1);
    expect((await send(2, madeAt + 90_000)).stored).toEqual([{ sequence: 2, standing: "made-late" }]);
    place.services.advance(24 * 3600);
    expect((await send(3, madeAt)).stored).toEqual([{ sequence: 3, standing: "expired" }]);
  });
});

describe("what Postgres cannot keep", () => {
  it("is dropped from an answer instead of holding up every later one", async () => {
    const place = await setting();
    const { viewer, attemptId, clientId, state } = await started(place);
    const item = first(state.items);
    const text = `caf\u00e9\0 \ud83d!`;
    const saved = await saveAnswers(place.services.as(viewer), {
      attemptId,
      clientId,
      anchor: state.anchor,
      entries: [entry(place, item.id, 1, { text })],
    });
    expect(saved.stored).toEqual([{ sequence: 1, standing: "counted" }]);
    const kept = await place.db.response.findUnique({ where: { attemptItemId: item.id } });
    expect(kept?.value).toEqual({ text: "caf\u00e9 \ufffd!" });
    const { stored } = await saveAnswers(place.services.as(viewer), {
      attemptId,
      clientId,
      anchor: state.anchor,
      entries: [entry(place, item.id, 2, { "p1\0": "a" }), entry(place, item.id, 3, { "\ud83d": { "2\0": "b" } })],
    });
    expect(stored).toHaveLength(2);
  });

  it("is not even read where a recording is far too large", async () => {
    const place = await setting();
    const { state } = await started(place);
    const id = randomUUID();
    const at = place.services.clock.now();
    const piece = {
      index: 0,
      sha256: "0".repeat(64),
      bytes: 70_000_000,
      storageKey: "recordings/none",
      receivedAt: at,
    };
    await place.db.recording.create({
      data: {
        id,
        attemptItemId: first(state.items).id,
        take: 1,
        clientId: randomUUID(),
        status: "complete",
        mimeType: "audio/wav",
        chunkCount: 1,
        startedAt: at,
        chunks: { create: piece },
      },
    });
    const { handleProcessRecording } = await import("./jobs.ts");
    await handleProcessRecording.run(place.services.as(systemViewer), { recordingId: id });
    expect(await place.db.recording.findUnique({ where: { id } })).toMatchObject({ status: "failed" });
  });
});

describe("the end", () => {
  it("gives one receipt however often it is asked for", async () => {
    const place = await setting();
    const { viewer, attemptId, clientId, state } = await started(place);
    for (const section of state.sections) {
      await beginSection(place.services.as(viewer), { attemptId, sectionId: section.id, clientId });
      if (section !== state.sections.at(-1)) {
        await endSection(place.services.as(viewer), { attemptId, sectionId: section.id, clientId });
      }
    }
    const receipts = await Promise.all(
      Array.from({ length: 5 }, () => submitAttempt(place.services.as(viewer), { attemptId, clientId })),
    );
    expect(new Set(receipts.map((receipt) => receipt.receipt)).size).toBe(1);
    const names = place.services.jobs.map((job) => job.name);
    expect(names.filter((name) => name === "results.score-objective")).toHaveLength(1);
    expect(names.filter((name) => name === "marking.create-scripts")).toHaveLength(1);
  });

  it("comes by the clock when the browser is gone", async () => {
    const place = await setting();
    const { attemptId } = await started(place);
    const system = place.services.as(systemViewer);
    for (let step = 0; step < 80; step += 1) {
      place.services.advance(15);
      await clockSweep.run(system);
      const row = await place.db.attempt.findUniqueOrThrow({ where: { id: attemptId } });
      if (row.status === "submitted") break;
    }
    expect(await place.db.attempt.findUnique({ where: { id: attemptId } })).toMatchObject({
      status: "submitted",
      submittedBy: "time",
    });
    const sections = await place.db.attemptSection.findMany({ where: { attemptId } });
    expect(sections.map((section) => section.closedBy)).toEqual(["time", "time", "time", "time"]);
  });

  it("waits for an invigilator's minutes and for what an outage of ours took", async () => {
    const place = await setting();
    const { viewer, attemptId, state } = await started(place);
    const section = first(state.sections);
    const invigilator = await createPerson(place.db, ["invigilator"]);
    await grantTime(place.services.as(invigilator.viewer), { sectionId: section.id, minutes: 2, reason: "Fire alarm" });
    const system = place.services.as(systemViewer);
    await recordBeat(system, { kind: "web" });
    place.services.advance(30);
    await Promise.all([recordBeat(system, { kind: "web" }), recordBeat(system, { kind: "web" })]);
    const after = await getExamState(place.services.as(viewer), { attemptId });
    expect(first(after.sections).seconds).toBe(120 + 120 + 30);
    await place.db.serviceBeat.deleteMany();
    await place.db.serviceOutage.deleteMany();
  });

  it("does not come by the clock of a page that has not heard of time that was added", async () => {
    const place = await setting();
    const { viewer, attemptId, clientId, state } = await started(place);
    const { id: sectionId } = first(state.sections);
    const [on, system] = [place.services.as(viewer), place.services.as(systemViewer)];
    const timeUp = () => endSection(on, { attemptId, sectionId, clientId, by: "time" });
    const invigilator = await createPerson(place.db, ["invigilator"]);
    await grantTime(place.services.as(invigilator.viewer), { sectionId, minutes: 1, reason: "Fire alarm" });
    place.services.advance(125);
    await expect(timeUp()).rejects.toMatchObject({ code: "LOCKED" });
    // Away across the new end: the page is back before our own pulse is, and what it lost has not been credited yet.
    await recordBeat(system, { kind: "web" });
    place.services.advance(60);
    await expect(timeUp()).rejects.toMatchObject({ code: "LOCKED" });
    await recordBeat(system, { kind: "web" });
    await expect(timeUp()).rejects.toMatchObject({ code: "LOCKED" });
    expect(await place.db.attemptSection.findUnique({ where: { id: sectionId } })).toMatchObject({ status: "open" });
    await place.db.serviceBeat.deleteMany();
    await place.db.serviceOutage.deleteMany();
    place.services.advance(60);
    await timeUp();
    expect(await place.db.attemptSection.findUnique({ where: { id: sectionId } })).toMatchObject({ closedBy: "time" });
  });

  it("comes from the page that has the writer's place alone", async () => {
    const place = await setting();
    const { viewer, attemptId, clientId, state } = await started(place);
    const on = place.services.as(viewer);
    for (const { id: sectionId } of state.sections) {
      await beginSection(on, { attemptId, sectionId, clientId });
      if (sectionId !== state.sections.at(-1)?.id) await endSection(on, { attemptId, sectionId, clientId });
    }
    const other = randomUUID();
    await takeOver(on, { attemptId, clientId: other });
    await expect(submitAttempt(on, { attemptId, clientId })).rejects.toMatchObject({ code: "CONFLICT" });
    const { receipt } = await submitAttempt(on, { attemptId, clientId: other });
    expect(await submitAttempt(on, { attemptId, clientId })).toMatchObject({ receipt });
  });

  it("gives back what an outage of ours took of the pause before the next section opens by itself", async () => {
    const place = await setting();
    const { viewer, attemptId, clientId, state } = await started(place);
    const system = place.services.as(systemViewer);
    await endSection(place.services.as(viewer), { attemptId, sectionId: first(state.sections).id, clientId });
    const closedAt = place.services.clock.now().getTime();
    const opensAt = async () => (await getExamState(place.services.as(viewer), { attemptId })).opensAt;
    expect(await opensAt()).toBe(closedAt + 20_000);
    await recordBeat(system, { kind: "web" });
    place.services.advance(5);
    await recordBeat(system, { kind: "web" });
    // Away for a minute, across the moment at which the pause of 20 s would have ended.
    place.services.advance(60);
    await recordBeat(system, { kind: "web" });
    expect(await opensAt()).toBe(closedAt + 80_000);
    expect(await advanceAttempt(system, { attemptId })).toEqual({ did: "nothing" });
    place.services.advance(9);
    await recordBeat(system, { kind: "web" });
    place.services.advance(6);
    await recordBeat(system, { kind: "web" });
    expect(await advanceAttempt(system, { attemptId })).toEqual({ did: "opened" });
    expect(await opensAt()).toBeNull();
    await place.db.serviceBeat.deleteMany();
    await place.db.serviceOutage.deleteMany();
  });
});

describe("sound", () => {
  it("of a listening item is fetched by ticket, twice at most", async () => {
    const place = await setting();
    const { viewer, attemptId, clientId, state } = await started(place);
    const [reading, listening] = state.sections;
    if (!reading || !listening) throw new Error("no sections");
    await endSection(place.services.as(viewer), { attemptId, sectionId: reading.id, clientId });
    await beginSection(place.services.as(viewer), { attemptId, sectionId: listening.id, clientId });
    const item = first((await getExamState(place.services.as(viewer), { attemptId })).items);
    const play = (number: number) =>
      recordPlay(place.services.as(viewer), { attemptId, attemptItemId: item.id, clientId, number });
    const { ticket } = await play(1);
    await play(1);
    expect(await findPlayedMedia(place.services.as(viewer), { attemptId, ticket })).toMatchObject({
      storageKey: "media/test.mp3",
    });
    await expect(findPlayedMedia(place.services.as(viewer), { attemptId, ticket: `${ticket}x` })).rejects.toThrow();
    place.services.advance(40);
    await play(2);
    await expect(play(3)).rejects.toMatchObject({ code: "LOCKED" });
    await endSection(place.services.as(viewer), { attemptId, sectionId: listening.id, clientId });
    await expect(findPlayedMedia(place.services.as(viewer), { attemptId, ticket })).rejects.toMatchObject({
      code: "NOT_FOUND",
    });
  });

  /** At the first speaking task, with a take ready to be sent. */
  async function speaking(place: Setting) {
    const { viewer, attemptId, clientId, state } = await started(place);
    for (const section of state.sections.slice(0, 3)) {
      await beginSection(place.services.as(viewer), { attemptId, sectionId: section.id, clientId });
      await endSection(place.services.as(viewer), { attemptId, sectionId: section.id, clientId });
    }
    const section = state.sections[3];
    if (!section) throw new Error("no speaking section");
    await beginSection(place.services.as(viewer), { attemptId, sectionId: section.id, clientId });
    const { items, anchor, now } = await getExamState(place.services.as(viewer), { attemptId });
    const recordingId = randomUUID();
    const on = place.services.as(viewer);
    const piece = (text: string) => {
      const content = new TextEncoder().encode(text);
      return { attemptId, recordingId, sha256: sha256(content), content };
    };
    const mimeType = "audio/webm;codecs=opus";
    const take = { attemptItemId: first(items).id, clientId, mimeType, take: 1, madeAt: now, anchor };
    return { on, attemptId, clientId, sectionId: section.id, recordingId, piece, take };
  }

  it("of a speaking answer arrives in hashed pieces, resumes, and is joined", async () => {
    const place = await setting();
    const { on, attemptId, recordingId, piece, take } = await speaking(place);
    const others = place.services.as((await createPerson(place.db, ["candidate"])).viewer);
    await expect(startRecording(others, { ...piece("one"), ...take })).rejects.toMatchObject({ code: "NOT_FOUND" });
    await expect(putChunk(on, { ...piece("two"), index: 1 })).rejects.toMatchObject({ code: "NOT_FOUND" });
    await startRecording(on, { ...piece("one"), ...take });
    await startRecording(on, { ...piece("one"), ...take });
    await expect(startRecording(on, { ...piece("other"), ...take })).rejects.toMatchObject({ code: "CONFLICT" });
    await expect(putChunk(others, { ...piece("two"), index: 1 })).rejects.toMatchObject({ code: "NOT_FOUND" });
    expect(await completeRecording(on, { ...piece("three"), index: 2, chunkCount: 3 })).toEqual({
      complete: false,
      missing: [1],
    });
    await expect(putChunk(on, { ...piece("two"), sha256: sha256("2"), index: 1 })).rejects.toMatchObject({
      code: "INVALID",
    });
    // Sent again while the first is still on its way: acknowledged both times, kept once.
    await Promise.all([putChunk(on, { ...piece("two"), index: 1 }), putChunk(on, { ...piece("two"), index: 1 })]);
    for (let again = 0; again < 2; again += 1) {
      expect(await completeRecording(on, { ...piece("three"), index: 2, chunkCount: 3 })).toEqual({
        complete: true,
        missing: [],
      });
    }
    const kept = await place.db.recordingChunk.findMany({ where: { recordingId }, select: { storageKey: true } });
    const files = readdirSync(join(place.services.settings.dataDir, "files", recordingFolder(attemptId, recordingId)));
    expect(files.sort()).toEqual(kept.map(({ storageKey }) => basename(storageKey)).sort());
    const jobs = place.services.jobs.filter((job) => job.name === "delivery.process-recording");
    expect(jobs).toHaveLength(1);
    const { handleProcessRecording } = await import("./jobs.ts");
    await handleProcessRecording.run(place.services.as(systemViewer), { recordingId });
    // Not sound at all: kept as it came, shown to an admin as failed, never lost.
    expect(await place.db.recording.findUnique({ where: { id: recordingId } })).toMatchObject({ status: "failed" });
    const original = await place.services.storage.get(`recordings/${attemptId}/${recordingId}/original-3`);
    expect(Buffer.from(original).toString()).toBe("onetwothree");
  });

  it("that was replaced is set aside once the answer names the other, were that one joined before", async () => {
    const place = await setting();
    const { on, attemptId, clientId, recordingId, piece, take } = await speaking(place);
    await startRecording(on, { ...piece("one"), ...take });
    const replaced = randomUUID();
    await place.db.recording.create({
      data: {
        id: replaced,
        attemptItemId: take.attemptItemId,
        take: 2,
        clientId,
        mimeType: take.mimeType,
        startedAt: place.services.clock.now(),
        status: "processed",
      },
    });
    const statusOf = async (id: string) => (await place.db.recording.findUniqueOrThrow({ where: { id } })).status;
    const answer = (sequence: number) =>
      saveAnswers(on, {
        attemptId,
        clientId,
        anchor: take.anchor,
        entries: [{ ...entry(place, take.attemptItemId, sequence, null), value: { recordingId } }],
      });
    await answer(1);
    expect(await statusOf(replaced), "its sound is not there yet").toBe("processed");
    await place.db.recording.update({ where: { id: recordingId }, data: { status: "processed" } });
    await answer(2);
    expect(await statusOf(replaced)).toBe("discarded");
    expect(await statusOf(recordingId)).toBe("processed");
  });

  it("that lasts longer than its task allows is looked at before anything is released", async () => {
    const place = await setting();
    const { on, attemptId, recordingId, piece, take } = await speaking(place);
    await startRecording(on, { ...piece("one"), ...take, chunkCount: 1 });
    const sound = { storageKey: "sound", mimeType: "audio/webm", bytes: 3, sha256: sha256("one"), peaks: [1] };
    // 40 s in the short programme are 4 s.
    await storeProcessedRecording(place.services.as(systemViewer), {
      recordingId,
      chunkCount: 1,
      outcome: { ...sound, durationSeconds: 61, failure: null },
    });
    expect(await place.db.attempt.findUniqueOrThrow({ where: { id: attemptId } })).toMatchObject({
      reviewReason: "A recording lasts 61 s where its task allows 4 s.",
    });
  });

  it("stays where the database kept its row but could not say so: the piece sent again is acknowledged and is there", async () => {
    const place = await setting();
    const { on, recordingId, piece, take } = await speaking(place);
    await startRecording(on, { ...piece("one"), ...take });
    const { pool } = database();
    const query = pool.query;
    const send = query.bind(pool) as (statement: unknown) => Promise<unknown>;
    pool.query = (async (statement: unknown) => {
      await send(statement);
      throw new Error("Connection terminated unexpectedly");
    }) as typeof pool.query;
    await putChunk(on, { ...piece("two"), index: 1 }).then(
      () => Promise.reject(new Error("the answer was meant to be lost")),
      (error: Error) => expect(error.message).toContain("terminated"),
    );
    pool.query = query;
    await putChunk(on, { ...piece("two"), index: 1 });
    const chunk = await place.db.recordingChunk.findUniqueOrThrow({
      where: { recordingId_index: { recordingId, index: 1 } },
    });
    expect(Buffer.from(await place.services.storage.get(chunk.storageKey)).toString()).toBe("two");
  });

  it("that its page completes while the sweep takes it for abandoned is joined whole", async () => {
    const place = await setting();
    const { on, attemptId, clientId, sectionId, recordingId, piece, take } = await speaking(place);
    await startRecording(on, { ...piece("one"), ...take });
    await putChunk(on, { ...piece("three"), index: 2 });
    await endSection(on, { attemptId, sectionId, clientId });
    place.services.advance(121);
    let sweeping: Promise<unknown> = Promise.resolve();
    // What completing the recording does; the sweep comes by just before its commit.
    await place.db.$transaction(async (tx) => {
      await tx.recordingChunk.create({
        data: {
          recordingId,
          index: 1,
          sha256: sha256("two"),
          bytes: 3,
          storageKey: "two",
          receivedAt: place.services.clock.now(),
        },
      });
      await tx.recording.update({ where: { id: recordingId }, data: { status: "complete", chunkCount: 3 } });
      sweeping = finishAbandonedRecordings(place.services.as(systemViewer), {});
      await new Promise((resolve) => setTimeout(resolve, 300));
    });
    expect(await sweeping).toEqual({ finished: 0 });
    expect(await place.db.recording.findUnique({ where: { id: recordingId } })).toMatchObject({ chunkCount: 3 });
  });
});
