import { useTestDatabase } from "@bandwise/db/test-database";
import { createLlmPartner } from "@bandwise/evaluator/providers/llm-partner";
import { createVoice } from "@bandwise/evaluator/providers/openai-speech";
import { createOpenAiTranscription } from "@bandwise/evaluator/providers/openai-transcription";
import { type PartnerServer, startPartnerServer } from "@bandwise/evaluator/testing/partner-server";
import { startTranscriptionServer, type TranscriptionServer } from "@bandwise/evaluator/testing/transcription-server";
import { afterAll, beforeAll, beforeEach, expect, test } from "vitest";
import type { Context } from "../kernel/context.ts";
import { systemViewer, type Viewer } from "../kernel/policy.ts";
import { readSettings } from "../kernel/settings.ts";
import { createScripts, takeScript } from "../marking/commands.ts";
import { listRecipients } from "../marking/machine-queries.ts";
import { getScriptForMarking } from "../marking/queries.ts";
import { speechJobs } from "../marking/speech-jobs.ts";
import { rateSpeechJob } from "../marking/speech-schema.ts";
import { getSpeechSetup } from "../marking/speech-setup-queries.ts";
import { exportMyData } from "../people/account-queries.ts";
import { getSpeakingReport } from "../results/speaking-report-queries.ts";
import { createIetWorld } from "../testing/iet.ts";
import { createPerson, type TestServices, testServices } from "../testing/services.ts";
import { getExamState } from "./exam-queries.ts";
import { answerTurn, keepPartnerReply } from "./partner-commands.ts";

const database = useTestDatabase();
let services: TestServices;
let ears: TranscriptionServer;
let elsewhere: PartnerServer;
let world: Awaited<ReturnType<typeof createIetWorld>>;
const samples = new Uint8Array(3 * 32_000);
const cue = { words: ["keys", "bag", "desk"], otherwise: "And where did you leave it?" };

beforeAll(async () => {
  [ears, elsewhere] = await Promise.all([startTranscriptionServer(), startPartnerServer()]);
  services = testServices(database().prisma);
  world = await createIetWorld(services, 8);
});
afterAll(() => Promise.all([ears.close(), elsewhere.close()]));
beforeEach(() => {
  ears.expect();
  ears.say("I have lost something important.");
  elsewhere.expect();
  elsewhere.forget();
  elsewhere.ask("Where did you see it last?");
});

/** An attempt in the middle of its conversation, whose first turn listens for a cue. */
async function talking(agreed = true) {
  const candidate = await createPerson(services.db, ["candidate"]);
  const { attemptId } = await world.submitted(candidate.id);
  await services.db.attempt.update({ where: { id: attemptId }, data: { status: "in_progress" } });
  await services.db.attemptSection.updateMany({ where: { attemptId }, data: { status: "open", closedAt: null } });
  const { id: attemptItemId, itemVersion } = await services.db.attemptItem.findFirstOrThrow({
    where: { attemptId, itemVersion: { type: "dialogue" } },
    include: { itemVersion: true },
  });
  const content = itemVersion.content as { turns: object[] };
  await services.db.$transaction(async (tx) => {
    await tx.$executeRaw`alter table item_version disable trigger user`;
    await tx.itemVersion.update({
      where: { id: itemVersion.id },
      data: {
        content: {
          ...content,
          turns: content.turns.map((turn, at) => (at === 0 ? { ...turn, listensFor: cue } : turn)),
          whenShort: { belowSeconds: 5, prompt: "Say a little more." },
        },
      },
    });
    await tx.$executeRaw`alter table item_version enable trigger user`;
  });
  if (agreed) {
    const consent = { kind: "language_model", noticeVersion: "1", givenAt: services.clock.now() } as const;
    await services.db.consent.create({
      data: { id: services.ids.uuid(), personId: candidate.id, attemptId, ...consent },
    });
  }
  return { viewer: candidate.viewer, attemptId, attemptItemId };
}

/** As an installation with a language model and a voice, for the programmes named. */
function listening(viewer: Viewer, programmes: readonly string[] = ["iet-speaking"]): Context {
  const address = { url: elsewhere.url, key: "a-key", model: "a-model" };
  const settings = readSettings({
    ...{ DATABASE_URL: "postgresql://the-test-database", AUTH_SECRET: services.settings.authSecret },
    ...{ SPEECH_TO_TEXT: "openai", SPEECH_TO_TEXT_URL: `${ears.url}/v1` },
    ...{ LLM_PARTNER_URL: address.url, LLM_PARTNER_MODEL: address.model, LLM_PARTNER_KEY: address.key },
    ...{ LLM_PARTNER_PROGRAMMES: programmes.join(), PARTNER_VOICE_URL: address.url },
  });
  if (!settings.partner || !settings.partnerVoice) throw new Error("both are set");
  return {
    ...services.as(viewer),
    settings,
    speechToText: createOpenAiTranscription({ url: `${ears.url}/v1`, key: null, model: "test" }),
    partner: createLlmPartner(settings.partner),
    partnerVoice: createVoice(settings.partnerVoice),
  };
}

const repliesTo = (attemptItemId: string) =>
  services.db.partnerReply.findMany({
    where: { attemptItemId },
    orderBy: { turn: "asc" },
    select: { turn: true, rule: true, words: true, saidBy: true },
  });

test("what the model asks is spoken, kept with the attempt before it is asked, and asked once a turn", async () => {
  const { viewer, attemptId, attemptItemId } = await talking();
  const context = listening(viewer);
  const place = { attemptId, attemptItemId, turn: 1, samples };
  const first = await answerTurn(context, place);
  expect(first.asks).toBe("Where did you see it last?");
  expect(Buffer.from(first.sound ?? "", "base64").subarray(0, 2)).toEqual(Buffer.from([0xff, 0xfb]));
  elsewhere.ask("Who saw it last?");
  expect(await answerTurn(context, place), "the first stays").toEqual({ asks: first.asks, sound: null });
  expect(await repliesTo(attemptItemId)).toEqual([
    {
      ...{ turn: 1, rule: "model", words: "Where did you see it last?" },
      saidBy: expect.stringMatching(/^a-model [0-9a-f]{64}$/),
    },
  ]);
  const { items } = await getExamState(context, { attemptId });
  const item = items.find(({ id }) => id === attemptItemId);
  expect(item?.asked, "a page that was reloaded knows").toEqual([
    { turn: 1, rule: "model", words: "Where did you see it last?" },
  ]);
  expect(item?.content).toMatchObject({ turns: [{ listens: true }, { listens: true }, { listens: true }] });
});

test("a model that fails leaves the turn to the words of the task; where nothing is asked nothing is kept", async () => {
  const { viewer, attemptId, attemptItemId } = await talking();
  const context = listening(viewer);
  elsewhere.expect("rubbish");
  expect(await answerTurn(context, { attemptId, attemptItemId, turn: 0, samples })).toMatchObject({
    asks: cue.otherwise,
  });
  elsewhere.ask(null);
  expect(await answerTurn(context, { attemptId, attemptItemId, turn: 1, samples })).toEqual({
    asks: null,
    sound: null,
  });
  expect(await repliesTo(attemptItemId)).toEqual([{ turn: 0, rule: "cue", words: cue.otherwise, saidBy: null }]);
});

test("a page that has gone on without an answer was asked nothing: nothing is kept", async () => {
  const { viewer, attemptId, attemptItemId } = await talking();
  const page = new AbortController();
  const context = listening(viewer);
  const speak = async () => {
    page.abort();
    throw new Error("nobody listens");
  };
  const place = { attemptId, attemptItemId, turn: 1, samples };
  expect(await answerTurn({ ...context, partnerVoice: { speak } }, place, page.signal)).toEqual({
    asks: null,
    sound: null,
  });
  expect(await repliesTo(attemptItemId)).toEqual([]);
});

test("no word goes to the model from a candidate who did not agree", async () => {
  const { viewer, attemptId, attemptItemId } = await talking(false);
  const context = { ...listening(viewer), partnerVoice: null };
  expect((await answerTurn(context, { attemptId, attemptItemId, turn: 0, samples })).asks).toBe(cue.otherwise);
  expect(await answerTurn(context, { attemptId, attemptItemId, turn: 1, samples })).toEqual({
    asks: null,
    sound: null,
  });
  expect(elsewhere.requests).toEqual([]);
});

test("nor from a programme whose candidates were not asked", async () => {
  const { viewer, attemptId, attemptItemId } = await talking();
  const context = { ...listening(viewer, ["another"]), partnerVoice: null };
  expect((await answerTurn(context, { attemptId, attemptItemId, turn: 0, samples })).asks).toBe(cue.otherwise);
  expect(elsewhere.requests).toEqual([]);
  const { items } = await getExamState(context, { attemptId });
  expect(items.find(({ id }) => id === attemptItemId)?.content).toMatchObject({
    turns: [{ listens: true }, { listens: false }, { listens: false }],
  });
  expect(await listRecipients(listening(viewer), {})).toMatchObject({
    conversations: { host: new URL(elsewhere.url).host, programmes: ["IET speaking"] },
    questions: new URL(elsewhere.url).host,
  });
});

test("examiner, candidate and their data have what was answered to; strangers and closed sections write nothing", async () => {
  const { viewer, attemptId, attemptItemId } = await talking();
  const context = listening(viewer);
  const place = { attemptId, attemptItemId };
  const other = listening((await createPerson(services.db, ["candidate"])).viewer);
  const short = { ...place, turn: 2, reply: { rule: "short" } } as const;
  await expect(keepPartnerReply(other, short)).rejects.toMatchObject({ code: "NOT_FOUND" });
  await expect(keepPartnerReply(context, { ...short, turn: 7 })).rejects.toMatchObject({ code: "NOT_FOUND" });
  await answerTurn(context, { ...place, turn: 0, samples });
  await keepPartnerReply(context, short);
  await keepPartnerReply(context, short);
  const now = services.clock.now();
  await services.db.audioPlay.createMany({
    data: [1, 3, 4, 5].map((number) => ({ attemptItemId, number, clientId: services.ids.uuid(), startedAt: now })),
  });
  await services.db.attemptSection.updateMany({ where: { attemptId }, data: { status: "closed", closedAt: now } });
  await expect(keepPartnerReply(context, { ...short, turn: 1 })).rejects.toMatchObject({ code: "NOT_FOUND" });
  await services.db.attempt.update({ where: { id: attemptId }, data: { status: "submitted" } });

  const followUps = [
    { turn: 0, rule: "model", words: "Where did you see it last?" },
    { turn: 1, rule: "again", words: null },
    { turn: 2, rule: "short", words: "Say a little more." },
  ];
  await createScripts(services.as(systemViewer), { attemptId });
  for (const { name, payload } of services.jobs.splice(0))
    if (name === rateSpeechJob.name) await speechJobs[0]?.run(services.as(systemViewer), payload);
  const examiner = services.as((await createPerson(services.db, ["examiner"])).viewer);
  const seen: unknown[] = [];
  for (let script = 1; script <= 4; script += 1) {
    const taken = await takeScript(examiner, { skill: "speaking" });
    if (!taken) break;
    const { work } = await getScriptForMarking(examiner, taken);
    seen.push(work.skill === "speaking" ? [work.task.type, work.followUps] : work);
    await services.db.script.update({ where: { code: taken.code }, data: { status: "settled", settledAt: now } });
  }
  expect(seen).toHaveLength(4);
  expect(seen).toContainEqual(["dialogue", followUps]);
  expect(seen).toContainEqual(["opinion", []]);

  const report = await getSpeakingReport(services.as(viewer), { attemptId });
  expect(report.tasks.map((task) => task.followUps).filter((asked) => asked.length > 0)).toEqual([followUps]);
  const mine = JSON.stringify(await exportMyData(services.as(viewer), {}));
  expect(mine).toContain("Where did you see it last?");
  const setup = await getSpeechSetup(listening(world.admin.viewer), {});
  expect(setup).toMatchObject({
    partner: { model: "a-model", hasKey: true, programmes: ["iet-speaking"], asked: { model: 2, cue: 3 } },
    voice: { voice: "alloy", hasKey: false },
  });
  expect(JSON.stringify(setup)).not.toContain("a-key");
});
