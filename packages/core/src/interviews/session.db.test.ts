import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { useTestDatabase } from "@bandwise/db/test-database";
import { beforeAll, describe, expect, it } from "vitest";
import { advanceAttempt } from "../delivery/clock-commands.ts";
import { handleProcessRecording } from "../delivery/jobs.ts";
import { finishAbandonedRecordings, startRecording } from "../delivery/recording-commands.ts";
import { sha256 } from "../kernel/hash.ts";
import { systemIds } from "../kernel/ids.ts";
import { systemViewer } from "../kernel/policy.ts";
import { takeScript } from "../marking/commands.ts";
import { publishPolicy } from "../marking/lead-commands.ts";
import { standardPolicyOf } from "../marking/policy-rules.ts";
import { releaseResults } from "../results/commands.ts";
import { createSmallBank } from "../testing/bank.ts";
import { createInterviewWorld } from "../testing/interviews.ts";
import { createPerson, type TestServices, testServices } from "../testing/services.ts";
import {
  amendInterview,
  beginInterview,
  checkIdentity,
  finishInterview,
  makeInterviewFinal,
  renewCardCode,
  saveInterviewEntries,
  turnAwayCandidate,
} from "./commands.ts";
import { closeDueInterviews } from "./conclude-commands.ts";
import { interviewJobs } from "./jobs.ts";
import { type Bands, type EntryValue, stateOf } from "./ledger.ts";
import { getInterviewCardByCode, getInterviewConsole, getMyInterviewCard } from "./queries.ts";
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

/** A booked interview, with the clock at its beginning. */
async function meeting(name = "Carla Example") {
  hour += 1;
  const startsAt = new Date(services.clock.now().getTime() + hour * 3_600_000);
  const booked = await world.booked(name, startsAt);
  services.setNow(startsAt);
  const examiner = services.as(world.examiner.viewer);
  return { ...booked, startsAt, examiner, clientId: systemIds.uuid() };
}

const consents = { document: "passport", privacyNotice: true, recordingConsent: true, ofAge: true } as const;

async function begun(name?: string) {
  const place = await meeting(name);
  const { attemptId, clientId, examiner } = place;
  await checkIdentity(examiner, { attemptId, nameOnDocument: (name ?? "Carla Example").toUpperCase(), ...consents });
  await beginInterview(services.as(world.examiner.viewer), { attemptId, clientId });
  return place;
}
type Begun = Awaited<ReturnType<typeof begun>>;

const say = ({ attemptId, clientId, examiner }: Begun, sequence: number, value: EntryValue, afterSeconds = 0) =>
  saveInterviewEntries(examiner, {
    attemptId,
    clientId,
    entries: [{ sequence, madeAt: services.clock.now().getTime() + afterSeconds * 1000, value }],
  });

/** Runs what follows from sound and final marks; results are the business of other tests. */
async function listen(): Promise<void> {
  for (let job = services.jobs.shift(); job; job = services.jobs.shift()) {
    const { name, payload } = job;
    const handler = [...interviewJobs, handleProcessRecording].find(({ spec }) => spec.name === name);
    await handler?.run(services.as(systemViewer), payload);
  }
}

const worked: Bands = { fluency: 7, vocabulary: 6.5, grammar: 6, pronunciation: 7 };

/** Recorded by browsers: Opus in WebM, AAC in MP4. */
const fixture = (name: string): Buffer => readFileSync(new URL(`../../../evaluator/fixtures/${name}`, import.meta.url));

const voice = readFileSync(
  new URL(
    readdirSync(new URL("../../../../prisma/seed/benchmarks/media/", import.meta.url)).find((name) =>
      name.endsWith(".mp3"),
    ) ?? "",
    new URL("../../../../prisma/seed/benchmarks/media/", import.meta.url),
  ),
);

async function record(
  { attemptId, examiner, clientId }: Begun,
  { recordingId = systemIds.uuid(), sound = voice }: { recordingId?: string; sound?: Buffer } = {},
) {
  const half = Math.floor(sound.byteLength / 2);
  const pieces = [sound.subarray(0, half), sound.subarray(half)].map((piece) => new Uint8Array(piece));
  for (const [index, content] of pieces.entries()) {
    await putInterviewSound(examiner, {
      attemptId,
      recordingId,
      clientId,
      mimeType: "audio/webm;codecs=opus",
      madeAt: services.clock.now().getTime(),
      index,
      sha256: sha256(content),
      content,
      ...(index === 1 && { chunkCount: 2 }),
    });
  }
  return recordingId;
}

describe("the identity check", () => {
  it("lets in who is booked, and nobody whose document says another name", async () => {
    const { attemptId, examiner } = await meeting("José Muñoz-Pérez");
    expect(await checkIdentity(examiner, { attemptId, nameOnDocument: "Jose Munoz", ...consents })).toEqual({
      same: false,
    });
    expect(await services.db.attempt.findUnique({ where: { id: attemptId } })).toMatchObject({ status: "booked" });
    expect(await services.db.consent.count({ where: { attemptId } })).toBe(0);
    await expect(beginInterview(examiner, { attemptId, clientId: systemIds.uuid() })).rejects.toMatchObject({
      code: "LOCKED",
    });
    expect(await checkIdentity(examiner, { attemptId, nameOnDocument: "JOSE MUNOZ PEREZ", ...consents })).toEqual({
      same: true,
    });
    const kinds = await services.db.consent.findMany({ where: { attemptId }, select: { kind: true } });
    expect(kinds.map(({ kind }) => kind).toSorted()).toEqual(["privacy_notice", "recording"]);
    const audited = await services.db.auditEntry.findMany({ where: { subjectId: attemptId } });
    expect(JSON.stringify(audited.map(({ detail }) => detail))).not.toContain("unoz");
  });

  it("asks a guardian's consent for the young, and turns away with the reason", async () => {
    const { attemptId, examiner, candidate } = await meeting();
    await services.db.person.update({ where: { id: candidate.id }, data: { dateOfBirth: new Date("2014-05-05") } });
    await expect(
      checkIdentity(examiner, { attemptId, nameOnDocument: "Carla Example", ...consents }),
    ).rejects.toMatchObject({ code: "LOCKED" });
    await expect(turnAwayCandidate(examiner, { attemptId, because: "absent" })).rejects.toMatchObject({
      code: "LOCKED",
    });
    await turnAwayCandidate(examiner, { attemptId, because: "identity" });
    expect(await services.db.attempt.findUnique({ where: { id: attemptId } })).toMatchObject({
      status: "voided",
      endReason: expect.stringContaining("name"),
    });
  });

  it("is the booked examiner's alone: for another one there is no such interview", async () => {
    const place = await begun();
    const other = services.as((await createPerson(services.db, ["examiner"])).viewer);
    const { attemptId, clientId } = place;
    for (const attempt of [
      () => getInterviewConsole(other, { attemptId }),
      () => beginInterview(other, { attemptId, clientId }),
      () => finishInterview(other, { attemptId, bands: worked }),
      () => renewCardCode(other, { attemptId }),
      () => say({ ...place, examiner: other }, 1, { kind: "ended" }),
      () => record({ ...place, examiner: other }),
    ]) {
      await expect(attempt()).rejects.toMatchObject({ code: "NOT_FOUND" });
    }
    expect(await services.db.interviewEntry.count({ where: { attemptId } })).toBe(0);
  });
});

describe("a session", () => {
  it("keeps every entry once however often and in whatever order it is sent", async () => {
    const place = await begun();
    const { attemptId, examiner } = place;
    await say(place, 2, { kind: "step", step: "2.lead" }, 2);
    await say(place, 1, { kind: "step", step: "1.opening.0" }, 1);
    await Promise.all(Array.from({ length: 6 }, () => say(place, 3, { kind: "notes", text: "fluent" }, 3)));
    expect(await services.db.interviewEntry.count({ where: { attemptId } })).toBe(3);
    await expect(say(place, 3, { kind: "notes", text: "another" })).rejects.toMatchObject({ code: "CONFLICT" });
    services.advance(60);
    const { entries, script } = await getInterviewConsole(services.as(world.examiner.viewer), { attemptId });
    expect(stateOf(entries)).toMatchObject({ notes: "fluent" });
    expect(script?.title).toMatch(/^Interview thing/);
    await expect(services.db.interviewEntry.deleteMany({ where: { attemptId } })).rejects.toThrow();
    expect(examiner.viewer).toMatchObject({ kind: "person" });
  });

  it("never lets an entry happen before the beginning or in the future", async () => {
    const place = await begun();
    await say(place, 1, { kind: "step", step: "1.opening.0" }, -86_400);
    await say(place, 2, { kind: "step", step: "2.lead" }, 86_400);
    const rows = await services.db.interviewEntry.findMany({ where: { attemptId: place.attemptId } });
    expect(rows.map(({ madeAt }) => madeAt)).toEqual([place.startsAt, place.startsAt]);
  });

  it("shows the candidate the card while she prepares and speaks, by sign-in and by code, and nothing else", async () => {
    const place = await begun();
    const { attemptId, candidate, examiner } = place;
    const { code } = await renewCardCode(examiner, { attemptId });
    const both = async () => {
      const mine = await getMyInterviewCard(services.as(candidate.viewer), { attemptId });
      expect(await getInterviewCardByCode(services.as({ kind: "anonymous" }), { code })).toEqual(mine);
      return mine;
    };
    expect(await both()).toMatchObject({ view: { phase: "waiting" }, card: null });
    await say(place, 1, { kind: "step", step: "1.opening.0" });
    expect(await both()).toMatchObject({ view: { phase: "talking" }, card: null });
    services.advance(1);
    await say({ ...place, examiner: services.as(world.examiner.viewer) }, 2, { kind: "step", step: "2.prepare" });
    expect(await both()).toMatchObject({
      view: { phase: "prepare", maxSeconds: 6 },
      card: { explain: "and explain why you like it." },
    });
    const stranger = services.as((await createPerson(services.db, ["candidate"])).viewer);
    await expect(getMyInterviewCard(stranger, { attemptId })).rejects.toMatchObject({ code: "NOT_FOUND" });
    const next = await renewCardCode(services.as(world.examiner.viewer), { attemptId });
    const anonymous = services.as({ kind: "anonymous" });
    await expect(getInterviewCardByCode(anonymous, { code })).rejects.toMatchObject({ code: "NOT_FOUND" });
    services.advance(31 * 60);
    await expect(getInterviewCardByCode(services.as({ kind: "anonymous" }), { code: next.code })).rejects.toMatchObject(
      { code: "NOT_FOUND" },
    );
  });

  it("is not ended by any clock but its examiner", async () => {
    const { attemptId } = await begun();
    services.advance(3600);
    expect(await advanceAttempt(services.as(systemViewer), { attemptId })).toEqual({ did: "nothing" });
    expect(await services.db.attempt.findUnique({ where: { id: attemptId } })).toMatchObject({
      status: "in_progress",
    });
  });
});

describe("marks", () => {
  it("may be changed for the stated time, are final then by themselves, and wait for a second examiner", async () => {
    await publishPolicy(services.as(world.admin.viewer), {
      programme: "ielts-speaking-short",
      skill: null,
      level: null,
      data: { ...standardPolicyOf("ielts-speaking"), mode: "double" },
      reason: "Two examiners in the first year",
      after: 1,
    });
    const place = await begun();
    const { attemptId } = place;
    const recordingId = await record(place);
    const again = () => services.as(world.examiner.viewer);
    await finishInterview(again(), { attemptId, bands: { ...worked, fluency: 9 } });
    await finishInterview(again(), { attemptId, bands: { ...worked, fluency: 9 } });
    await listen();
    expect(await services.db.script.count({ where: { attemptId } })).toBe(0);
    await amendInterview(again(), { attemptId, bands: worked, comment: "Even." });
    services.advance(19);
    await closeDueInterviews(services.as(systemViewer), {});
    expect(await services.db.interview.findUnique({ where: { attemptId } })).toMatchObject({ status: "cooling_off" });
    services.advance(1);
    await expect(amendInterview(again(), { attemptId, bands: worked })).rejects.toMatchObject({ code: "LOCKED" });
    await closeDueInterviews(services.as(systemViewer), {});
    await listen();
    const script = await services.db.script.findFirstOrThrow({ where: { attemptId }, include: { ratings: true } });
    expect(script).toMatchObject({ status: "waiting", ratingsNeeded: 2, skill: "speaking" });
    expect(script.ratings).toMatchObject([
      { raterId: world.examiner.id, status: "final", scores: worked, comment: "Even.", recordingId },
    ]);
    // Her own interview never comes back to her.
    const self = await takeScript(again(), { skill: "speaking" }).catch(() => null);
    expect(self?.code).not.toBe(script.code);
  });

  it("settle the attempt at once where the programme asks for one mark, joined from every take", async () => {
    await publishPolicy(services.as(world.admin.viewer), {
      programme: "ielts-speaking-short",
      skill: null,
      level: null,
      data: standardPolicyOf("ielts-speaking"),
      reason: "One examiner is enough here",
      after: 2,
    });
    const place = await begun();
    const { attemptId } = place;
    await record(place);
    services.advance(30);
    await record({ ...place, examiner: services.as(world.examiner.viewer) });
    await finishInterview(services.as(world.examiner.viewer), { attemptId, bands: worked });
    await makeInterviewFinal(services.as(world.examiner.viewer), { attemptId });
    await makeInterviewFinal(services.as(world.examiner.viewer), { attemptId });
    await listen();
    expect(await services.db.attempt.findUnique({ where: { id: attemptId } })).toMatchObject({ status: "marked" });
    const takes = await services.db.recording.findMany({
      where: { attemptItem: { attemptId } },
      orderBy: { take: "asc" },
    });
    expect(takes.map(({ status }) => status)).toEqual(["processed", "processed", "processed"]);
    const [one, two, joined] = takes;
    expect(joined?.durationSeconds).toBeCloseTo((one?.durationSeconds ?? 0) + (two?.durationSeconds ?? 0), 1);
    const response = await services.db.response.findFirstOrThrow({ where: { attemptItem: { attemptId } } });
    expect(response.value).toEqual({ recordingId: joined?.id });
  });

  it("stand without a second mark where nothing was recorded", async () => {
    const place = await begun();
    const { attemptId } = place;
    await finishInterview(place.examiner, { attemptId, bands: worked });
    await makeInterviewFinal(place.examiner, { attemptId });
    await listen();
    const script = await services.db.script.findFirstOrThrow({ where: { attemptId } });
    expect(script).toMatchObject({ status: "settled", ratingsNeeded: 1 });
  });

  // scoring.md, section 2: the two golden vectors.
  it.each([
    { bands: worked, overall: 650, printed: "6.5" },
    { bands: { fluency: 5, vocabulary: 7, grammar: 5, pronunciation: 4.5 }, overall: 500, printed: "5.0" },
  ])("come to $printed on the certificate", async ({ bands, overall, printed }) => {
    const { attemptId, examiner } = await begun();
    await finishInterview(examiner, { attemptId, bands });
    services.jobs.splice(0);
    await makeInterviewFinal(examiner, { attemptId });
    await services.drain();
    expect(await services.db.result.findFirstOrThrow({ where: { attemptId } })).toMatchObject({
      schemeId: "ielts-speaking",
      overallHundredths: overall,
    });
    await releaseResults(services.as(world.admin.viewer), { attemptIds: [attemptId] });
    await services.drain();
    const certificate = await services.db.certificate.findFirstOrThrow({ where: { result: { attemptId } } });
    expect(JSON.stringify(certificate.facts)).toContain(`"${printed}"`);
  });

  it("wait for sound that is on its way", async () => {
    const place = await begun();
    const { attemptId, clientId } = place;
    const content = new Uint8Array(voice);
    await putInterviewSound(place.examiner, {
      attemptId,
      recordingId: systemIds.uuid(),
      clientId,
      mimeType: "audio/webm",
      madeAt: services.clock.now().getTime(),
      index: 0,
      sha256: sha256(content),
      content,
    });
    await finishInterview(place.examiner, { attemptId, bands: worked });
    await makeInterviewFinal(place.examiner, { attemptId });
    services.jobs.splice(0);
    await interviewJobs[0]?.run(services.as(systemViewer), { attemptId });
    expect(services.jobs.splice(0)).toMatchObject([{ name: "interviews.conclude", options: { startAfterSeconds: 5 } }]);
    expect(await services.db.script.count({ where: { attemptId } })).toBe(0);
    // Its page never came back: what arrived is joined after two minutes, and the marks go on.
    services.advance(300);
    await finishAbandonedRecordings(services.as(systemViewer), {});
    await listen();
    await interviewJobs[0]?.run(services.as(systemViewer), { attemptId });
    expect(await services.db.script.count({ where: { attemptId } })).toBe(1);
  });

  it("rest on every take, whatever the browsers of both sides record in", async () => {
    const place = await begun();
    const { attemptId } = place;
    await record(place, { sound: fixture("voice.webm") });
    services.advance(30);
    await record({ ...place, examiner: services.as(world.examiner.viewer) }, { sound: fixture("voice.m4a") });
    await finishInterview(services.as(world.examiner.viewer), { attemptId, bands: worked });
    await makeInterviewFinal(services.as(world.examiner.viewer), { attemptId });
    await listen();
    const takes = await services.db.recording.findMany({
      where: { attemptItem: { attemptId } },
      orderBy: { take: "asc" },
    });
    const [one, two, joined] = takes;
    expect(joined?.durationSeconds).toBeCloseTo((one?.durationSeconds ?? 0) + (two?.durationSeconds ?? 0), 0);
    const { samples } = await services.rater.decodeSound(
      await services.storage.get(joined?.storageKey ?? ""),
      joined?.mimeType ?? "",
    );
    expect(samples.length / 16_000).toBeCloseTo(joined?.durationSeconds ?? 0, 1);
  });

  it("leave no joined sound behind that no row knows of, while a take is still on its way", async () => {
    const place = await begun();
    const { attemptId, clientId } = place;
    await record(place);
    services.advance(30);
    await record({ ...place, examiner: services.as(world.examiner.viewer) });
    const content = new Uint8Array(voice);
    await putInterviewSound(services.as(world.examiner.viewer), {
      ...{ attemptId, recordingId: systemIds.uuid(), clientId, mimeType: "audio/webm" },
      ...{ madeAt: services.clock.now().getTime(), index: 0, sha256: sha256(content), content },
    });
    await finishInterview(services.as(world.examiner.viewer), { attemptId, bands: worked });
    await makeInterviewFinal(services.as(world.examiner.viewer), { attemptId });
    for (let job = services.jobs.shift(); job?.options.startAfterSeconds === undefined; job = services.jobs.shift()) {
      const handler = [...interviewJobs, handleProcessRecording].find(({ spec }) => spec.name === job?.name);
      await handler?.run(services.as(systemViewer), job?.payload);
    }
    const rows = await services.db.recording.findMany({ where: { attemptItem: { attemptId } }, select: { id: true } });
    expect(readdirSync(join(services.settings.dataDir, "files", "recordings", attemptId)).toSorted()).toEqual(
      rows.map(({ id }) => id).toSorted(),
    );
  });
});

describe("marks given twice because the first answer was lost", () => {
  it("keep the newer comment", async () => {
    const { attemptId, examiner } = await begun();
    await finishInterview(examiner, { attemptId, bands: worked, comment: "Even." });
    await finishInterview(examiner, { attemptId, bands: worked, comment: "Even, and quick." });
    expect(await services.db.interview.findUnique({ where: { attemptId } })).toMatchObject({
      comment: "Even, and quick.",
    });
  });
});

describe("an interview of which nothing was recorded", () => {
  it("is looked at by an admin where two marks were due", async () => {
    await publishPolicy(services.as(world.admin.viewer), {
      programme: "ielts-speaking-short",
      skill: null,
      level: null,
      data: { ...standardPolicyOf("ielts-speaking"), mode: "double" },
      reason: "Two examiners again",
      after: 3,
    });
    const { attemptId, examiner } = await begun();
    await finishInterview(examiner, { attemptId, bands: worked });
    await makeInterviewFinal(examiner, { attemptId });
    await listen();
    expect(await services.db.attempt.findUnique({ where: { id: attemptId } })).toMatchObject({
      status: "marked",
      reviewReason: expect.stringContaining("recorded"),
    });
  });
});

describe("the candidate's own sound", () => {
  it("is taken where the examiner has asked for it, and nowhere else", async () => {
    const place = await begun();
    const mine = () => ({ ...place, examiner: services.as(place.candidate.viewer), clientId: systemIds.uuid() });
    await say(place, 1, { kind: "microphone", side: "examiner" });
    await expect(record(mine())).rejects.toMatchObject({ code: "LOCKED" });
    const { id: attemptItemId } = await services.db.attemptItem.findFirstOrThrow({
      where: { attemptId: place.attemptId },
    });
    const content = new Uint8Array(voice);
    const asInExam = { recordingId: systemIds.uuid(), clientId: systemIds.uuid(), mimeType: "audio/webm", take: 1 };
    await expect(
      startRecording(services.as(place.candidate.viewer), {
        ...{ ...asInExam, attemptId: place.attemptId, attemptItemId, anchor: "" },
        ...{ madeAt: services.clock.now().getTime(), sha256: sha256(content), content },
      }),
    ).rejects.toMatchObject({ code: "NOT_FOUND" });
    expect(await services.db.recording.count({ where: { attemptItem: { attemptId: place.attemptId } } })).toBe(0);
    await say(place, 2, { kind: "microphone", side: "candidate" });
    await record(mine());
    expect(await services.db.recording.count({ where: { attemptItem: { attemptId: place.attemptId } } })).toBe(1);
  });
});
