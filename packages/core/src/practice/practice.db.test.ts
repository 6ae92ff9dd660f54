import { randomUUID } from "node:crypto";
import { existsSync } from "node:fs";
import { readFile } from "node:fs/promises";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { useTestDatabase } from "@bandwise/db/test-database";
import { createOpenAiTranscription } from "@bandwise/evaluator/providers/openai-transcription";
import { startTranscriptionServer, type TranscriptionServer } from "@bandwise/evaluator/testing/transcription-server";
import { afterAll, beforeAll, expect, test } from "vitest";
import type { Context } from "../kernel/context.ts";
import { requirePerson, systemViewer } from "../kernel/policy.ts";
import { practiceFolder } from "../kernel/storage-keys.ts";
import { createIetWorld } from "../testing/iet.ts";
import { createPerson, type TestServices, testServices } from "../testing/services.ts";
import { deletePracticeTake, setPracticeGoal, submitPracticeTake } from "./commands.ts";
import { practiceJobs, practiceSweep } from "./jobs.ts";
import { findPracticeMedia, findPracticeSound, getPracticeHome, getPracticeTake, getPracticeTask } from "./queries.ts";

const database = useTestDatabase();
let services: TestServices;
let server: TranscriptionServer;
let own: Context;
let other: Context;

beforeAll(async () => {
  server = await startTranscriptionServer();
  services = testServices(database().prisma);
  await createIetWorld(services);
  own = services.as((await createPerson(services.db, ["candidate"])).viewer);
  other = services.as((await createPerson(services.db, ["candidate"])).viewer);
});
afterAll(() => server.close());

/** Real speech, as long as a short answer. */
const speech = (turn: number) =>
  readFile(fileURLToPath(new URL(`../../../../prisma/seed/bank/media/iet-dialogue-01-${turn}.mp3`, import.meta.url)));

async function rate(withProvider: boolean): Promise<void> {
  const provider = createOpenAiTranscription({ url: `${server.url}/v1`, key: null, model: "test" });
  const context = { ...services.as(systemViewer), speechToText: withProvider ? provider : null };
  for (const { payload } of services.jobs.splice(0)) await practiceJobs[0]?.run(context, payload);
}

async function nextOf(kind: string): Promise<string> {
  const { kinds } = await getPracticeHome(own, {});
  return kinds.find((one) => one.kind === kind)?.next?.id ?? "";
}

test("one task of each kind is kept for practice, and no other can be practised", async () => {
  const { kinds, takes, goal } = await getPracticeHome(own, {});
  expect(kinds.map(({ kind, tasks }) => [kind, tasks])).toEqual([
    ["introduction", 1],
    ["picture", 1],
    ["opinion", 1],
    ["dialogue", 1],
  ]);
  expect({ takes, goal }).toEqual({ takes: [], goal: null });
  const exam = await services.db.itemVersion.findFirstOrThrow({ where: { item: { slug: "opinion-1" } } });
  await expect(getPracticeTask(own, { itemVersionId: exam.id })).rejects.toMatchObject({ code: "NOT_FOUND" });
});

test("an answer is rated at once, kept for its speaker alone, and gone when deleted", async () => {
  server.say("Hello there, I is living in a small town and I goes to work by bus every day because it is cheap.", 0.8);
  const itemVersionId = await nextOf("opinion");
  const { takeId } = await submitPracticeTake(own, {
    takeId: randomUUID(),
    itemVersionId,
    mimeType: "audio/mp4",
    content: await speech(1),
  });
  expect(await getPracticeTake(own, { takeId })).toMatchObject({ status: "waiting" });
  await rate(true);
  const take = await getPracticeTake(own, { takeId });
  expect(take.status).toBe("rated");
  expect(take.criteria.every(({ score }) => score !== null)).toBe(true);
  expect(take.evidence.some(({ startSeconds }) => startSeconds !== undefined)).toBe(true);

  for (const query of [getPracticeTake, findPracticeSound])
    await expect(query(other, { takeId })).rejects.toMatchObject({ code: "NOT_FOUND" });
  await expect(deletePracticeTake(other, { takeId })).rejects.toMatchObject({ code: "NOT_FOUND" });

  const { storageKey } = await findPracticeSound(own, { takeId });
  await deletePracticeTake(own, { takeId });
  await services.drain();
  expect(await services.storage.size(storageKey)).toBeNull();
  expect((await getPracticeHome(own, {})).takes).toEqual([]);
});

test("beside an answer stand one's own others to the same task, once they are rated", async () => {
  const [opinion, picture] = [await nextOf("opinion"), await nextOf("picture")];
  const answer = async (context: Context, itemVersionId: string) => {
    const take = { takeId: randomUUID(), itemVersionId, mimeType: "audio/mp4", content: await speech(1) };
    return (await submitPracticeTake(context, take)).takeId;
  };
  const [first, second] = [await answer(own, opinion), await answer(own, opinion)];
  const elsewhere = await answer(own, picture);
  const hers = await answer(other, opinion);
  const beside = async (takeId: string) => (await getPracticeTake(own, { takeId })).others.map(({ id }) => id);
  expect(await beside(second)).toEqual([]);
  await rate(true);
  expect(await beside(second)).toEqual([first]);
  expect(await beside(first)).toEqual([second]);
  expect(await beside(elsewhere)).toEqual([]);
  expect((await getPracticeTake(own, { takeId: second })).others[0]?.criteria).toEqual(
    (await getPracticeTake(own, { takeId: first })).criteria,
  );
  for (const takeId of [first, second, elsewhere]) await deletePracticeTake(own, { takeId });
  await deletePracticeTake(other, { takeId: hers });
  await services.drain();
});

test("an answer that is sent again because nothing came back is the same take, also when both come at once", async () => {
  const itemVersionId = await nextOf("opinion");
  const take = { takeId: randomUUID(), itemVersionId, mimeType: "audio/mp4", content: await speech(1) };
  expect(await submitPracticeTake(own, take)).toEqual({ takeId: take.takeId });
  expect(await submitPracticeTake(own, take)).toEqual({ takeId: take.takeId });
  const twice = { ...take, takeId: randomUUID() };
  expect(await Promise.all([submitPracticeTake(own, twice), submitPracticeTake(own, twice)])).toEqual([
    { takeId: twice.takeId },
    { takeId: twice.takeId },
  ]);
  const asked = services.jobs.splice(0).map(({ payload }) => (payload as { takeId: string }).takeId);
  expect(asked).toEqual([take.takeId, twice.takeId]);
  expect((await getPracticeHome(own, {})).takes).toHaveLength(2);

  // Neither another person nor another task gets at it.
  await expect(submitPracticeTake(other, take)).rejects.toMatchObject({ code: "CONFLICT" });
  const elsewhere = { ...take, itemVersionId: await nextOf("picture") };
  await expect(submitPracticeTake(own, elsewhere)).rejects.toMatchObject({ code: "CONFLICT" });
  for (const takeId of [take.takeId, twice.takeId]) await deletePracticeTake(own, { takeId });
  await services.drain();
});

test("what is deleted while the machine listens leaves nothing behind", async () => {
  const itemVersionId = await nextOf("opinion");
  const { takeId } = await submitPracticeTake(own, {
    takeId: randomUUID(),
    itemVersionId,
    mimeType: "audio/mp4",
    content: await speech(1),
  });
  const { payload } = services.jobs.splice(0)[0] ?? {};
  const transcribe = async () => {
    await deletePracticeTake(own, { takeId });
    await services.drain();
    throw new Error("It answered too late.");
  };
  const speechToText = { ...createOpenAiTranscription({ url: server.url, key: null, model: "test" }), transcribe };
  await practiceJobs[0]?.run({ ...services.as(systemViewer), speechToText }, { ...(payload as object), tries: 2 });
  const { personId } = requirePerson(own.viewer);
  expect(existsSync(join(services.settings.dataDir, "files", practiceFolder(personId, takeId)))).toBe(false);
});

test("nobody has more than a few answers waiting: exams wait for the same machine", async () => {
  const eager = services.as((await createPerson(services.db, ["candidate"])).viewer);
  const itemVersionId = await nextOf("opinion");
  const content = await speech(1);
  const submit = () =>
    submitPracticeTake(eager, { takeId: randomUUID(), itemVersionId, mimeType: "audio/mp4", content });
  for (let place = 0; place < 5; place += 1) await submit();
  await expect(submit()).rejects.toMatchObject({ code: "RATE_LIMITED" });
  const { takes } = await getPracticeHome(eager, {});
  await deletePracticeTake(eager, { takeId: takes[0]?.id ?? "" });
  await submit();
  services.jobs.length = 0;
});

test("without a speech-to-text fluency alone is measured, and the rest says why", async () => {
  const itemVersionId = await nextOf("introduction");
  const { takeId } = await submitPracticeTake(own, {
    takeId: randomUUID(),
    itemVersionId,
    mimeType: "audio/mp4",
    content: await speech(2),
  });
  await rate(false);
  const { criteria } = await getPracticeTake(own, { takeId });
  expect(criteria.map(({ id, score, reason }) => [id, score !== null, reason])).toEqual([
    ["fluency", true, null],
    ["pronunciation", false, "there is no speech-to-text"],
    ["grammar", false, "there is no speech-to-text"],
    ["vocabulary", false, "there is no speech-to-text"],
  ]);
});

test("what is no sound is said to be none", async () => {
  const itemVersionId = await nextOf("picture");
  const content = Buffer.from("nothing that sounds");
  const { takeId } = await submitPracticeTake(own, {
    takeId: randomUUID(),
    itemVersionId,
    mimeType: "audio/webm",
    content,
  });
  await rate(true);
  expect(await getPracticeTake(own, { takeId })).toMatchObject({
    status: "failed",
    criteria: [{ score: null }, {}, {}, {}],
  });
});

test("turns and pictures are there for practice tasks", async () => {
  const dialogue = await nextOf("dialogue");
  expect(await findPracticeMedia(own, { itemVersionId: dialogue, turn: 0 })).toMatchObject({ mimeType: "audio/mpeg" });
  await expect(findPracticeMedia(own, { itemVersionId: dialogue, turn: 7 })).rejects.toMatchObject({
    code: "NOT_FOUND",
  });
  expect(await findPracticeMedia(own, { itemVersionId: await nextOf("picture") })).toMatchObject({
    mimeType: "image/svg+xml",
  });
});

test("a goal is kept and shows in the calendar", async () => {
  await setPracticeGoal(own, { level: "B2", until: null, weekdays: [1, 3, 3], tasksADay: 1 });
  const { goal, calendar } = await getPracticeHome(own, {});
  expect(goal).toEqual({ level: "B2", until: null, weekdays: [1, 3], tasksADay: 1 });
  // Today is Monday 2 March 2026, and two answers were given.
  expect(calendar.flat().find(({ date }) => date === "2026-03-02")).toMatchObject({ takes: 2, state: "done" });
  expect(calendar.flat().find(({ date }) => date === "2026-03-04")).toMatchObject({ planned: true, state: "coming" });
});

test("an answer whose job died is told to have failed, and keeps nobody waiting", async () => {
  const itemVersionId = await nextOf("picture");
  const { takeId } = await submitPracticeTake(own, {
    takeId: randomUUID(),
    itemVersionId,
    mimeType: "audio/wav",
    content: await speech(1),
  });
  services.jobs.length = 0;
  await practiceSweep.run(services.as(systemViewer));
  expect(await getPracticeTake(own, { takeId })).toMatchObject({ status: "waiting" });
  services.advance(16 * 60);
  await practiceSweep.run(services.as(systemViewer));
  expect(await getPracticeTake(own, { takeId })).toMatchObject({
    status: "failed",
    failure: "the machine did not finish",
  });
});
