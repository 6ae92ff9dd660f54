import { readdirSync, readFileSync } from "node:fs";
import { useTestDatabase } from "@bandwise/db/test-database";
import { beforeAll, describe, expect, it } from "vitest";
import { markNoShows } from "../delivery/clock-commands.ts";
import { handleProcessRecording } from "../delivery/jobs.ts";
import { sha256 } from "../kernel/hash.ts";
import { systemIds } from "../kernel/ids.ts";
import { systemViewer } from "../kernel/policy.ts";
import { changeRoles, reinstatePerson, suspendPerson } from "../people/commands.ts";
import { createSmallBank } from "../testing/bank.ts";
import { createInterviewWorld } from "../testing/interviews.ts";
import { createPerson, type TestServices, testServices } from "../testing/services.ts";
import {
  beginInterview,
  checkIdentity,
  finishInterview,
  makeInterviewFinal,
  saveInterviewEntries,
} from "./commands.ts";
import { concludeInterview } from "./conclude-commands.ts";
import { interviewJobs, interviewSweeps } from "./jobs.ts";
import type { Bands, EntryValue } from "./ledger.ts";
import { listStrandedInterviews } from "./overdue-queries.ts";
import { reassignInterviewSlot } from "./schedule-commands.ts";
import { putInterviewSound } from "./sound-commands.ts";

const database = useTestDatabase({ poolSize: 12 });
let services: TestServices;
let world: Awaited<ReturnType<typeof createInterviewWorld>>;
let hour = 0;

beforeAll(async () => {
  services = testServices(database().prisma);
  await createSmallBank(services);
  world = await createInterviewWorld(services, 30);
});

const asExaminer = () => services.as(world.examiner.viewer);
const asAdmin = () => services.as(world.admin.viewer);
const bands: Bands = { fluency: 7, vocabulary: 6.5, grammar: 6, pronunciation: 7 };
const consents = { document: "passport", privacyNotice: true, recordingConsent: true, ofAge: true } as const;

async function booked() {
  hour += 1;
  const startsAt = new Date(services.clock.now().getTime() + hour * 3_600_000);
  return { ...(await world.booked("Carla Example", startsAt)), startsAt };
}

async function begun() {
  const place = { ...(await booked()), clientId: systemIds.uuid() };
  services.setNow(place.startsAt);
  await checkIdentity(asExaminer(), { attemptId: place.attemptId, nameOnDocument: "Carla Example", ...consents });
  await beginInterview(asExaminer(), { attemptId: place.attemptId, clientId: place.clientId });
  return place;
}
type Begun = Awaited<ReturnType<typeof begun>>;

let sequence = 0;
async function say({ attemptId, clientId }: Begun, value: EntryValue): Promise<void> {
  sequence += 1;
  const entries = [{ sequence, madeAt: services.clock.now().getTime(), value }];
  await saveInterviewEntries(asExaminer(), { attemptId, clientId, entries });
}

const media = new URL("../../../../prisma/seed/benchmarks/media/", import.meta.url);
const voice = readFileSync(new URL(readdirSync(media).find((name) => name.endsWith(".mp3")) ?? "", media));

/** One take in one piece; `whole` says whether its page told that it was the last. */
async function record({ attemptId, clientId }: Begun, whole = true): Promise<string> {
  const recordingId = systemIds.uuid();
  const content = new Uint8Array(voice);
  await putInterviewSound(asExaminer(), {
    ...{ attemptId, recordingId, clientId, mimeType: "audio/webm", index: 0, content, sha256: sha256(content) },
    ...{ madeAt: services.clock.now().getTime(), ...(whole && { chunkCount: 1 }) },
  });
  return recordingId;
}

/** Runs the jobs of sound and interviews that are due now; others are the business of other tests. */
async function work(): Promise<void> {
  for (const { name, payload, options } of services.jobs.splice(0)) {
    const handler = [...interviewJobs, handleProcessRecording].find(({ spec }) => spec.name === name);
    if (options.startAfterSeconds === undefined) await handler?.run(services.as(systemViewer), payload);
  }
}

async function sweep(): Promise<void> {
  for (const one of interviewSweeps) await one.run(services.as(systemViewer));
}

const attemptOf = ({ attemptId }: { attemptId: string }) =>
  services.db.attempt.findUniqueOrThrow({ where: { id: attemptId } });
const stranded = async ({ attemptId }: { attemptId: string }) =>
  (await listStrandedInterviews(asAdmin(), {})).find((row) => row.attemptId === attemptId);

describe("an examiner who may hold interviews no more", () => {
  it("leaves what is booked to admins, who are told and give it to another one", async () => {
    const lost = await createPerson(services.db, ["examiner"]);
    const other = await createPerson(services.db, ["examiner"]);
    const place = await booked();
    await reassignInterviewSlot(asAdmin(), { sittingId: place.sittingId, examinerId: lost.id });
    expect(await stranded(place)).toBeUndefined();
    services.jobs.splice(0);
    await suspendPerson(asAdmin(), { personId: lost.id });
    await work();
    expect(services.jobs.splice(0)).toContainEqual(
      expect.objectContaining({
        name: "people.mail",
        payload: { kind: "interviews-without-examiner", personId: world.admin.id },
      }),
    );
    expect(await stranded(place)).toMatchObject({ why: "no-examiner", reassignable: true });
    await reassignInterviewSlot(asAdmin(), { sittingId: place.sittingId, examinerId: other.id });
    expect(await stranded(place)).toBeUndefined();
  });

  it("by losing the role as by suspension; nobody is told where nobody has booked", async () => {
    const lost = await createPerson(services.db, ["examiner"]);
    services.jobs.splice(0);
    await suspendPerson(asAdmin(), { personId: lost.id });
    await work();
    expect(services.jobs.splice(0)).toEqual([]);
    await reinstatePerson(asAdmin(), { personId: lost.id });
    const place = await booked();
    await reassignInterviewSlot(asAdmin(), { sittingId: place.sittingId, examinerId: lost.id });
    services.jobs.splice(0);
    await changeRoles(asAdmin(), { personId: lost.id, grants: [{ role: "invigilator", centreId: null }] });
    await work();
    expect(services.jobs.splice(0).map(({ payload }) => payload)).toContainEqual({
      kind: "interviews-without-examiner",
      personId: world.admin.id,
    });
    expect(await stranded(place)).toMatchObject({ why: "no-examiner" });
  });

  it("makes nobody a no-show: the booking is called off and the candidate told", async () => {
    const lost = await createPerson(services.db, ["examiner"]);
    const [place, missed] = [await booked(), await booked()];
    await reassignInterviewSlot(asAdmin(), { sittingId: place.sittingId, examinerId: lost.id });
    await suspendPerson(asAdmin(), { personId: lost.id });
    services.setNow(new Date(Math.max(place.startsAt.getTime(), missed.startsAt.getTime()) + 3_600_000));
    services.jobs.splice(0);
    await markNoShows(services.as(systemViewer), {});
    expect(await attemptOf(place)).toMatchObject({ status: "cancelled", endReason: "The interview was not held." });
    expect(await attemptOf(missed)).toMatchObject({ status: "no_show" });
    const told = services.jobs.splice(0).map(({ payload }) => payload);
    const cancelled = ({ candidate, attemptId }: { candidate: { id: string }; attemptId: string }) => ({
      kind: "booking-cancelled",
      personId: candidate.id,
      subjectId: attemptId,
    });
    expect(told).toContainEqual(cancelled(place));
    expect(told).not.toContainEqual(cancelled(missed));
  });
});

describe("an interview that nobody finished", () => {
  it("is finished two hours after its end with the marks that stand in its ledger, if it was ended and they are all there", async () => {
    const place = await begun();
    await say(place, { kind: "bands", bands });
    await say(place, { kind: "ended" });
    services.advance(1800 + 2 * 3600 - 1);
    await sweep();
    expect(await attemptOf(place)).toMatchObject({ status: "in_progress" });
    services.advance(2);
    await sweep();
    expect(await attemptOf(place)).toMatchObject({ status: "submitted", submittedBy: "time" });
    const interview = await services.db.interview.findUniqueOrThrow({ where: { attemptId: place.attemptId } });
    expect(interview).toMatchObject({ status: "cooling_off", scores: bands });
    expect(await stranded(place)).toBeUndefined();
  });

  it.each([
    { left: "not ended", said: [{ kind: "bands", bands } as const], why: "not-ended" },
    {
      left: "ended without all marks",
      said: [{ kind: "bands", bands: { fluency: 7 } } as const, { kind: "ended" } as const],
      why: "not-marked",
    },
  ])("stays, and is on the admins' list, where it was $left", async ({ said, why }) => {
    const place = await begun();
    for (const value of said) await say(place, value);
    services.advance(1800 + 2 * 3600 + 1);
    await sweep();
    expect(await attemptOf(place)).toMatchObject({ status: "in_progress" });
    expect(await stranded(place)).toMatchObject({ why, reassignable: false });
    // Its examiner may still finish it.
    await finishInterview(asExaminer(), { attemptId: place.attemptId, bands });
    expect(await stranded(place)).toBeUndefined();
  });
});

describe("sound that makes trouble", () => {
  async function final(place: Begun): Promise<void> {
    await finishInterview(asExaminer(), { attemptId: place.attemptId, bands });
    await makeInterviewFinal(asExaminer(), { attemptId: place.attemptId });
  }

  it("is done without after a quarter of an hour: marked on the longest take, and stopped before release", async () => {
    const place = await begun();
    const first = await record(place);
    await record(place);
    // Both are sounds of their own; then the file of one is gone, and whatever joins them fails.
    await work();
    const { storageKey } = await services.db.recording.findUniqueOrThrow({ where: { id: first } });
    await services.storage.delete(storageKey ?? "");
    await final(place);
    await expect(work()).rejects.toThrow();
    await sweep();
    expect(await attemptOf(place)).toMatchObject({ status: "submitted" });
    services.advance(15 * 60 + 1);
    await sweep();
    expect(await attemptOf(place)).toMatchObject({
      status: expect.stringMatching(/marking|marked/),
      reviewReason: expect.stringContaining("could not be joined"),
    });
    expect(await stranded(place)).toMatchObject({ why: "in-review", reviewReason: expect.stringContaining("longest") });
    const script = await services.db.script.findFirstOrThrow({
      where: { attemptId: place.attemptId },
      include: { ratings: true },
    });
    expect(script.ratings).toMatchObject([{ status: "final", scores: bands, recordingId: expect.any(String) }]);
  });

  it("that arrived whole is joined though the worker was away for longer than that, whatever it does first", async () => {
    const place = await begun();
    const whole = await record(place);
    const brokenOff = await record(place, false);
    await final(place);
    const left = services.jobs.splice(0);
    services.advance(15 * 60 + 1);
    await sweep();
    services.jobs.unshift(...left);
    await work();
    const takes = await services.db.recording.findMany({
      where: { id: { in: [whole, brokenOff] } },
      select: { status: true, failure: true },
      orderBy: { take: "asc" },
    });
    expect(takes).toEqual([
      { status: "processed", failure: null },
      { status: "processed", failure: "Its end did not arrive." },
    ]);
    const script = await services.db.script.findFirstOrThrow({
      where: { attemptId: place.attemptId },
      include: { ratings: true },
    });
    const joined = await services.db.recording.findFirstOrThrow({
      where: { attemptItem: { attemptId: place.attemptId }, id: { notIn: [whole, brokenOff] } },
    });
    expect(script.ratings).toMatchObject([{ status: "final", recordingId: joined.id }]);
    expect(await attemptOf(place)).toMatchObject({ reviewReason: null });
  });

  it("that is still on its way after a quarter of an hour is not waited for; what came of it is joined once nothing more comes", async () => {
    const place = await begun();
    const recordingId = await record(place, false);
    await final(place);
    await work();
    expect(await attemptOf(place)).toMatchObject({ status: "submitted" });
    services.advance(15 * 60 + 1);
    expect(await stranded(place)).toMatchObject({ why: "not-joined" });
    const content = new Uint8Array(voice);
    await putInterviewSound(asExaminer(), {
      ...{ attemptId: place.attemptId, recordingId, clientId: place.clientId, mimeType: "audio/webm", index: 1 },
      ...{ content, sha256: sha256(content), madeAt: services.clock.now().getTime() },
    });
    await sweep();
    expect(await attemptOf(place)).toMatchObject({
      status: expect.stringMatching(/marking|marked/),
      reviewReason: expect.stringContaining("was not whole"),
    });
    expect(await stranded(place)).toMatchObject({ why: "in-review" });
    await services.db.attempt.update({ where: { id: place.attemptId }, data: { reviewReason: null } });
    services.advance(121);
    await sweep();
    await work();
    await sweep();
    expect(await services.db.recording.findUniqueOrThrow({ where: { id: recordingId } })).toMatchObject({
      status: "processed",
      failure: expect.stringMatching(/^Its end did not arrive.*concluded$/),
    });
    expect(await attemptOf(place)).toMatchObject({ reviewReason: expect.stringContaining("arrived after") });
  });

  it("that changes while it is joined for the last time is joined anew, not done without", async () => {
    const place = await begun();
    const takes = [await record(place), await record(place)];
    await work();
    await final(place);
    services.jobs.splice(0);
    const joined = {
      ...{ recordingId: systemIds.uuid(), takes: takes.slice(0, 1), storageKey: "x", mimeType: "audio/mpeg", bytes: 1 },
      ...{ sha256: "x", durationSeconds: 1, peaks: [] },
    };
    const input = { attemptId: place.attemptId, joined, late: true };
    expect(await concludeInterview(services.as(systemViewer), input)).toEqual({ concluded: false });
    services.advance(15 * 60 + 1);
    await sweep();
    expect(await attemptOf(place)).toMatchObject({ reviewReason: null });
  });

  it("that arrives after the marks were concluded carries a note, and an admin listens to it once", async () => {
    const place = await begun();
    await record(place);
    await final(place);
    await work();
    await sweep();
    expect(await attemptOf(place)).toMatchObject({ reviewReason: null });
    services.advance(60);
    const late = await record(place);
    await work();
    await sweep();
    expect(await attemptOf(place)).toMatchObject({ reviewReason: expect.stringContaining("arrived after") });
    expect(await services.db.recording.findUniqueOrThrow({ where: { id: late } })).toMatchObject({
      failure: expect.stringContaining("concluded"),
    });
    await services.db.attempt.update({ where: { id: place.attemptId }, data: { reviewReason: null } });
    await sweep();
    expect(await attemptOf(place)).toMatchObject({ reviewReason: null });
  });
});
