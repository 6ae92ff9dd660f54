import { useTestDatabase } from "@bandwise/db/test-database";
import { createOpenAiTranscription } from "@bandwise/evaluator/providers/openai-transcription";
import { startTranscriptionServer, type TranscriptionServer } from "@bandwise/evaluator/testing/transcription-server";
import { afterAll, beforeAll, expect, test, vi } from "vitest";
import { type Context, contextFor } from "../kernel/context.ts";
import { systemViewer } from "../kernel/policy.ts";
import { jobHandlers } from "../registry.ts";
import { releaseResults, resolveReview } from "../results/commands.ts";
import { getSpeakingReport } from "../results/speaking-report-queries.ts";
import { createIetWorld } from "../testing/iet.ts";
import { createPerson, type TestServices, testServices } from "../testing/services.ts";
import { makeVoice } from "../testing/voice.ts";
import { createScripts, reopenScript, submitRating, takeScript } from "./commands.ts";
import { publishPolicy } from "./lead-commands.ts";
import { standardPolicyOf } from "./policy-rules.ts";
import { getScriptForMarking } from "./queries.ts";
import { speechSweep } from "./speech-jobs.ts";

/** What happens to a spoken test after the machine has had its part. */
const database = useTestDatabase();
// The rater loads its dictionaries with the first answer.
vi.setConfig({ testTimeout: 120_000 });
let services: TestServices;
let server: TranscriptionServer;
let world: Awaited<ReturnType<typeof createIetWorld>>;
const said =
  "Last summer I visited my grandmother who lives in a small village near the sea. We cooked together every evening, " +
  "and she told me stories about her childhood because she likes to remember it. I think that it is important to spend time " +
  "with your family, although it is sometimes difficult when you work in another city.";
const system = () => services.as(systemViewer);

beforeAll(async () => {
  server = await startTranscriptionServer();
  server.say(said, 0.85);
  services = testServices(database().prisma);
  world = await createIetWorld(services, 8);
});
afterAll(() => server.close());

async function submitted() {
  const candidate = await createPerson(services.db, ["candidate"]);
  const { attemptId } = await world.submitted(candidate.id);
  return { attemptId, candidate };
}

/** Runs what is asked for, with the transcription server or without. */
async function work(hears = true): Promise<void> {
  const speechToText = hears ? createOpenAiTranscription({ url: `${server.url}/v1`, key: null, model: "test" }) : null;
  for (let job = services.jobs.shift(); job; job = services.jobs.shift()) {
    const { name, payload } = job;
    const context: Context = { ...contextFor(services, systemViewer, "test"), speechToText };
    await jobHandlers.find(({ spec }) => spec.name === name)?.run(context, payload);
  }
}

const attemptOf = (id: string) => services.db.attempt.findUniqueOrThrow({ where: { id } });

/** Marks everything that waits as this examiner. */
async function markAll(score: number): Promise<void> {
  const { viewer } = await createPerson(services.db, ["examiner"]);
  for (;;) {
    const taken = await takeScript(services.as(viewer), { skill: "speaking" });
    if (!taken) return;
    const { id, lease, rubric } = await getScriptForMarking(services.as(viewer), taken);
    const scores = Object.fromEntries(rubric.criteria.map((criterion) => [criterion.id, score]));
    await submitRating(services.as(viewer), { scriptId: id, leaseToken: lease?.token ?? "", scores });
  }
}

test("an admin who closes a review leaves the machine's ratings as they are", async () => {
  const { attemptId } = await submitted();
  await services.db.attempt.update({ where: { id: attemptId }, data: { reviewReason: "A recording lasts long." } });
  await createScripts(system(), { attemptId });
  await work();
  expect(await attemptOf(attemptId)).toMatchObject({ status: "marked" });
  await resolveReview(services.as(world.admin.viewer), { attemptId });
  await work();
  expect(await attemptOf(attemptId)).toMatchObject({ status: "released" });
});

test("an answer that came in time, after the machine had rated another one, is rated by the machine too", async () => {
  const { attemptId } = await submitted();
  await services.db.attempt.update({ where: { id: attemptId }, data: { reviewReason: "A recording came late." } });
  await createScripts(system(), { attemptId });
  await work();
  const item = await services.db.attemptItem.findFirstOrThrow({ where: { attemptId }, include: { recordings: true } });
  const [old] = item.recordings;
  const recordingId = services.ids.uuid();
  await services.storage.put("bank/late", makeVoice(21));
  const value = { recordingId };
  const now = services.clock.now();
  await services.db.recording.create({
    data: {
      ...{ id: recordingId, attemptItemId: item.id, take: 2, clientId: old?.clientId ?? "", status: "processed" },
      ...{ mimeType: "audio/wav", durationSeconds: 20, storageKey: "bank/late", startedAt: now },
    },
  });
  const entry = { attemptItemId: item.id, clientId: old?.clientId ?? "", sequence: 9, epoch: 1, value, madeAt: now };
  const { id: entryId } = await services.db.answerEntry.create({
    data: { ...entry, attemptId, receivedAt: now, hash: "h", standing: "counted" },
  });
  await services.db.response.create({ data: { ...entry, entryId } });
  await resolveReview(services.as(world.admin.viewer), { attemptId });
  await work();
  expect(await attemptOf(attemptId)).toMatchObject({ status: "released" });
  const { inputs } = await services.db.result.findFirstOrThrow({ where: { attemptId, status: "released" } });
  expect(JSON.stringify(inputs)).toContain(recordingId);
});

test("answers whose sound was long on its way are still the machine's first", async () => {
  const { attemptId } = await submitted();
  services.advance(30 * 60);
  await createScripts(system(), { attemptId });
  await speechSweep.run(system());
  const scripts = await services.db.script.findMany({ where: { attemptId } });
  expect(scripts.map(({ status }) => status)).toEqual(Array.from({ length: 4 }, () => "with_machine"));
  services.jobs.length = 0;
  await services.db.script.updateMany({ where: { attemptId }, data: { status: "settled" } });
});

test("what examiners gave shows with the result, and then as it counts", async () => {
  await publishPolicy(services.as(world.admin.viewer), {
    programme: "iet-speaking",
    skill: null,
    level: null,
    data: { ...standardPolicyOf("iet-speaking"), mode: "double" },
    reason: "Two examiners where the machine has nothing to say",
    after: 1,
  });
  const { attemptId, candidate } = await submitted();
  // Looked at by an admin first, so that nothing is released by itself.
  await services.db.attempt.update({ where: { id: attemptId }, data: { reviewReason: "A recording lasts long." } });
  await createScripts(system(), { attemptId });
  await work(false);
  await markAll(60);
  await markAll(65);
  await work();
  expect(await attemptOf(attemptId)).toMatchObject({ status: "marked" });
  const grammar = async () => {
    const { tasks } = await getSpeakingReport(services.as(candidate.viewer), { attemptId });
    return tasks.map(({ criteria }) => criteria.find(({ id }) => id === "grammar"));
  };
  for (const given of await grammar()) expect(given).toMatchObject({ score: null, by: null });

  await services.db.attempt.update({ where: { id: attemptId }, data: { reviewReason: null } });
  await releaseResults(services.as(world.admin.viewer), { attemptIds: [attemptId] });
  for (const given of await grammar()) expect(given).toMatchObject({ score: "62.50", by: "examiner" });
});

test("an answer that replaced the one examiners have marked goes to the machine first, when an admin sends it back", async () => {
  const { attemptId } = await submitted();
  await services.db.attempt.update({ where: { id: attemptId }, data: { reviewReason: "A recording came late." } });
  await createScripts(system(), { attemptId });
  await work(false);
  await markAll(60);
  await markAll(65);
  await work();
  const item = await services.db.attemptItem.findFirstOrThrow({
    where: { attemptId },
    include: { recordings: true, script: true },
  });
  const scriptId = item.script?.id ?? "";
  const admin = services.as(world.admin.viewer);
  await expect(reopenScript(admin, { scriptId, reason: "Another recording came" })).rejects.toMatchObject({
    code: "CONFLICT",
  });
  const [old] = item.recordings;
  await services.db.recording.update({ where: { id: old?.id ?? "" }, data: { status: "discarded" } });
  await services.db.recording.create({
    data: {
      ...{ id: services.ids.uuid(), attemptItemId: item.id, take: 2, clientId: old?.clientId ?? "" },
      ...{ status: "processed", mimeType: "audio/wav", durationSeconds: 20, storageKey: "bank/test" },
      startedAt: services.clock.now(),
    },
  });
  await reopenScript(admin, { scriptId, reason: "Another recording came" });
  expect(await services.db.script.findUnique({ where: { id: scriptId } })).toMatchObject({
    status: "with_machine",
    criteria: [],
    outcome: null,
  });
  expect(services.jobs.map(({ name }) => name)).toContain("marking.rate-speech");
});
