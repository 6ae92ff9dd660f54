import { useTestDatabase } from "@bandwise/db/test-database";
import { createOpenAiTranscription } from "@bandwise/evaluator/providers/openai-transcription";
import { startTranscriptionServer, type TranscriptionServer } from "@bandwise/evaluator/testing/transcription-server";
import { afterAll, beforeAll, beforeEach, expect, test, vi } from "vitest";
import type { Context } from "../kernel/context.ts";
import { contentHash } from "../kernel/hash.ts";
import { systemViewer, type Viewer } from "../kernel/policy.ts";
import { jobHandlers } from "../registry.ts";
import { computeResultJob } from "../results/schema.ts";
import { getSpeakingReport } from "../results/speaking-report-queries.ts";
import { oneMark } from "../testing/bank.ts";
import { createConfirmedSpeech } from "../testing/confirmed-speech.ts";
import { createIetWorld } from "../testing/iet.ts";
import { createPerson, type TestServices, testServices } from "../testing/services.ts";
import { createScripts, submitRating, takeScript } from "./commands.ts";
import { demoteVersion, promoteVersion, requestCalibration, storeMachineFeatures } from "./machine-commands.ts";
import { getMachineMarking } from "./machine-queries.ts";
import { calibrateMachineJob } from "./machine-schema.ts";
import type { PolicyMode } from "./policy-schema.ts";
import { getScriptForMarking } from "./queries.ts";
import { rateSpeechJob } from "./speech-schema.ts";

vi.setConfig({ testTimeout: 240_000 });

const database = useTestDatabase();
const spoken = { scheme: "iet-speaking" } as const;
const said =
  "Last summer I visited, um, my grandmother who live in a small village near the sea. We cooked together every evening, " +
  "and she told me stories about her childhood because she likes to remember it. I think that it is important to spend time " +
  "with your family, although it is sometimes difficult when you work in another city.";

let services: TestServices;
let server: TranscriptionServer;
let world: Awaited<ReturnType<typeof createIetWorld>>;
let programmeId: string;
let admin: Viewer;
let policies = 1;

beforeAll(async () => {
  server = await startTranscriptionServer();
  services = testServices(database().prisma);
  world = await createIetWorld(services, 14);
  admin = world.admin.viewer;
  ({ id: programmeId } = await services.db.programme.findFirstOrThrow({ where: { name: "iet-speaking" } }));
}, 120_000);
afterAll(() => server.close());
beforeEach(() => {
  server.say(said, 0.85);
  server.expect();
});

/** The worker's context, with the recogniser of this name. */
function working(model = "test"): Context {
  const limits = {
    ...{ tryMilliseconds: 1_000, tries: 1, pauseMilliseconds: 1, longestPauseMilliseconds: 1 },
    ...{ failuresUntilRest: 99, restMilliseconds: 1 },
  };
  const speechToText = createOpenAiTranscription({ url: `${server.url}/v1`, key: null, model, limits });
  return { ...services.as(systemViewer), speechToText };
}

/** Runs the queued jobs of these kinds, and those they ask for; others stay where they are. */
async function work(context: Context, ...kinds: readonly string[]): Promise<void> {
  for (;;) {
    const at = services.jobs.findIndex(({ name }) => kinds.includes(name));
    const [job] = at < 0 ? [] : services.jobs.splice(at, 1);
    if (!job) return;
    await jobHandlers.find(({ spec }) => spec.name === job.name)?.run(context, job.payload);
  }
}

async function publish(mode: PolicyMode): Promise<void> {
  policies += 1;
  const data = { ...oneMark, mode, tolerance: { criterion: 20, mean: 10 } };
  await services.db.markingPolicy.create({
    data: {
      ...{ id: services.ids.uuid(), programme: "iet-speaking", version: policies, data, hash: contentHash(data) },
      ...{ reason: "A test", createdAt: services.clock.now() },
    },
  });
}

async function handedIn(context = working()) {
  const candidate = await createPerson(services.db, ["candidate"]);
  const { attemptId } = await world.submitted(candidate.id);
  await createScripts(services.as(systemViewer), { attemptId });
  await work(context, rateSpeechJob.name);
  return { attemptId, candidate: services.as(candidate.viewer) };
}

const ratingsOf = (attemptId: string) =>
  services.db.machineRating.findMany({ where: { script: { attemptId } }, include: { script: true } });

/** The report's sentence, as its candidate reads it; the result is worked out first. */
async function labelOf({ attemptId, candidate }: Awaited<ReturnType<typeof handedIn>>) {
  await work(working(), computeResultJob.name);
  const { machineRated, validated, result } = await getSpeakingReport(candidate, { attemptId });
  return { machineRated, validated, hasResult: result !== null };
}

test("a policy sends answers to two examiners as well: they do not see the machine, theirs count, and both are kept", async () => {
  await publish("double");
  const { attemptId, candidate } = await handedIn();
  for (const { script } of await ratingsOf(attemptId))
    expect(script).toMatchObject({ status: "waiting", criteria: [], ratingsNeeded: 2 });
  const waiting = await getSpeakingReport(candidate, { attemptId });
  expect(waiting).toMatchObject({ withExaminer: true, machineRated: false });
  expect(waiting.tasks.flatMap(({ criteria }) => criteria.map(({ score }) => score))).toEqual(Array(16).fill(null));

  for (const scores of [60, 64]) {
    const examiner = services.as((await createPerson(services.db, ["examiner"])).viewer);
    for (let taken = await takeScript(examiner, { skill: "speaking" }); taken; ) {
      const script = await getScriptForMarking(examiner, taken);
      expect(script.machine).toBeNull();
      await submitRating(examiner, {
        ...{ scriptId: script.id, leaseToken: script.lease?.token ?? "", comment: "" },
        scores: Object.fromEntries(script.rubric.criteria.map(({ id }) => [id, scores])),
      });
      expect((await getScriptForMarking(examiner, taken)).machine?.criteria).toHaveLength(4);
      taken = await takeScript(examiner, { skill: "speaking" });
    }
  }
  const settled = await ratingsOf(attemptId);
  for (const { script } of settled) {
    expect(script).toMatchObject({ status: "settled", outcome: { rule: "within-tolerance" } });
    expect(script.outcome).not.toHaveProperty("machine");
  }
  await work(working(), computeResultJob.name);
  const report = await getSpeakingReport(candidate, { attemptId });
  expect(report).toMatchObject({ machineRated: false, result: { overall: "62.00" } });
  expect(new Set(report.tasks.flatMap(({ criteria }) => criteria.map(({ score }) => score)))).toEqual(
    new Set(["62.00"]),
  );
  const page = await getMachineMarking({ ...working(), ...services.as(admin) }, spoken);
  expect(page).toMatchObject({ rated: 4, confirmed: 4, criteria: Array(4).fill({ answers: 4 }) });
});

test("a version of speech passes the gate, is put into use, and takes the label away until it is demoted", async () => {
  await publish("single");
  const before = await handedIn();
  expect(await labelOf(before)).toEqual({ machineRated: true, validated: false, hasResult: true });

  const measures = services.rater.speechMeasuresOf({ id: "openai-transcription", version: "test" });
  await createConfirmedSpeech(services, {
    ...{ programmeId, adminId: world.admin.id, count: 260, seed: "speech", noise: 12, measures },
  });
  const context = { ...working(), ...services.as(admin), speechToText: working().speechToText };
  // Two of the four answers above are measured anew, from their sound; the recogniser is away first.
  const [one, two] = await services.db.machineFeatures.findMany({
    where: { features: { path: ["words"], gt: 0 }, script: { ratings: { some: {} }, machineRatings: { some: {} } } },
  });
  const heard = { id: { in: [one?.scriptId ?? "", two?.scriptId ?? ""] } };
  await services.db.machineFeatures.deleteMany({ where: { script: { ...heard, machineRatings: { some: {} } } } });
  server.expect(...Array.from({ length: 8 }, () => "broken" as const));
  await requestCalibration(context, spoken);
  await work(working(), calibrateMachineJob.name);
  const [away] = (await getMachineMarking(context, spoken)).versions;
  expect(away).toMatchObject({
    status: "failed",
    endReason: expect.stringContaining("the speech-to-text gave no answer"),
  });

  server.expect();
  await requestCalibration(context, spoken);
  await work(working(), calibrateMachineJob.name);
  const [version] = (await getMachineMarking(context, spoken)).versions;
  expect(version).toMatchObject({ number: 2, status: "candidate", gatePassed: true, report: { measures } });
  expect(version?.report?.criteria.map(({ criterion, agreement: { n } }) => [criterion, n >= 260])).toEqual([
    ["fluency", true],
    ["pronunciation", true],
    ["grammar", true],
    ["vocabulary", true],
  ]);
  const versionId = version?.id ?? "";
  await promoteVersion(context, { versionId });

  const during = await handedIn();
  expect((await ratingsOf(during.attemptId)).map(({ raterId, validated }) => [raterId, validated])).toEqual(
    Array(4).fill(["speaking-heuristic-calibrated", true]),
  );
  expect(await labelOf(during)).toEqual({ machineRated: true, validated: true, hasResult: true });
  expect(await labelOf(before), "frozen in what was made before").toMatchObject({ validated: false });
  const { inputs } = await services.db.result.findFirstOrThrow({ where: { attemptId: during.attemptId } });
  expect(JSON.stringify(inputs)).toContain('"validated":true');

  // Another recogniser hears otherwise: what the version learned says nothing of it.
  expect((await ratingsOf((await handedIn(working("another"))).attemptId)).map(({ validated }) => validated)).toEqual(
    Array(4).fill(false),
  );
  // Nor does it rate what was not written down.
  server.expect(...Array.from({ length: 12 }, () => "broken" as const));
  const unheard = await ratingsOf((await handedIn()).attemptId);
  expect(unheard.map(({ raterId, validated }) => [raterId, validated])).toEqual(
    Array(4).fill(["speaking-heuristic", false]),
  );
  server.expect();

  await demoteVersion(services.as(systemViewer), { versionId, reason: "Only a test" });
  const after = await handedIn();
  expect(await labelOf(after)).toMatchObject({ validated: false });
  expect(await labelOf(during), "frozen too").toMatchObject({ validated: true });
});

test("without a speech-to-text no version of speech can be made, and that is said", async () => {
  await requestCalibration(services.as(admin), spoken);
  await work(services.as(systemViewer), calibrateMachineJob.name);
  const [version] = (await getMachineMarking(services.as(admin), spoken)).versions;
  expect(version).toMatchObject({ status: "failed", endReason: "no speech-to-text is configured" });
  await expect(
    storeMachineFeatures(services.as(admin), {
      versionId: version?.id ?? "",
      left: 0,
      measures: "",
      goesOn: false,
      measured: [],
    }),
  ).rejects.toMatchObject({ code: "FORBIDDEN" });
});
