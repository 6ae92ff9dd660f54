import { useTestDatabase } from "@bandwise/db/test-database";
import { createOpenAiTranscription } from "@bandwise/evaluator/providers/openai-transcription";
import { startTranscriptionServer, type TranscriptionServer } from "@bandwise/evaluator/testing/transcription-server";
import { afterAll, beforeAll, beforeEach, describe, expect, test } from "vitest";
import { brokenOff } from "../delivery/schema.ts";
import type { Context } from "../kernel/context.ts";
import { systemViewer } from "../kernel/policy.ts";
import { resultJobs } from "../results/jobs.ts";
import { computeResultJob } from "../results/schema.ts";
import { getSpeakingReport } from "../results/speaking-report-queries.ts";
import { createIetWorld } from "../testing/iet.ts";
import { createPerson, type TestServices, testServices } from "../testing/services.ts";
import { createScripts, submitRating, takeScript } from "./commands.ts";
import { scriptOutcome } from "./policy-schema.ts";
import { getScriptForMarking } from "./queries.ts";
import { speechJobs, speechSweep } from "./speech-jobs.ts";
import { noAnswer } from "./speech-rules.ts";
import { machineCriteria, rateSpeechJob } from "./speech-schema.ts";
import { getSpeechSetup } from "./speech-setup-queries.ts";

const database = useTestDatabase();
let services: TestServices;
let server: TranscriptionServer;
let world: Awaited<ReturnType<typeof createIetWorld>>;

const said =
  "Last summer I visited, um, my grandmother who live in a small village near the sea. We cooked together every evening, " +
  "and she told me stories about her childhood because she likes to remember it. I think that it is important to spend time " +
  "with your family, although it is sometimes difficult when you work in another city.";

beforeAll(async () => {
  server = await startTranscriptionServer();
  services = testServices(database().prisma);
  world = await createIetWorld(services, 8);
  // Its dictionaries load with the first text: on a busy machine that takes longer than a test may.
  await services.rater.rate({ kind: "text", text: said }, {}, { criteria: ["grammar"], lowest: 0, highest: 10 });
}, 120_000);
afterAll(() => server.close());
beforeEach(() => {
  server.say(said, 0.85);
  server.expect();
});

/** Hands an attempt in and lets the machine do its part, with this provider or none; later jobs stay where they are. */
async function rated(withProvider: boolean): Promise<string> {
  const { id: candidateId } = await createPerson(services.db, ["candidate"]);
  const { attemptId } = await world.submitted(candidateId);
  await createScripts(services.as(systemViewer), { attemptId });
  await runMachine(withProvider);
  return attemptId;
}

async function runMachine(withProvider: boolean): Promise<void> {
  const limits = {
    ...{ tryMilliseconds: 1_000, tries: 1, pauseMilliseconds: 1, longestPauseMilliseconds: 1 },
    ...{ failuresUntilRest: 99, restMilliseconds: 1 },
  };
  const speechToText = withProvider
    ? createOpenAiTranscription({ url: `${server.url}/v1`, key: null, model: "test", limits })
    : null;
  const context: Context = { ...services.as(systemViewer), speechToText };
  for (;;) {
    const at = services.jobs.findIndex(({ name }) => name === rateSpeechJob.name);
    const [job] = at < 0 ? [] : services.jobs.splice(at, 1);
    if (!job) return;
    await speechJobs[0]?.run(context, job.payload);
  }
}

function scriptsOf(attemptId: string) {
  return services.db.script.findMany({
    where: { attemptId },
    orderBy: { attemptItem: { position: "asc" } },
    select: { id: true, status: true, criteria: true, outcome: true, machineRatings: true },
  });
}

async function statusOf(attemptId: string): Promise<string> {
  return (await services.db.attempt.findUniqueOrThrow({ where: { id: attemptId } })).status;
}

describe("with a speech-to-text", () => {
  test("every answer is rated whole, the scripts settle by the machine, and the attempt is marked", async () => {
    const attemptId = await rated(true);
    const scripts = await scriptsOf(attemptId);
    expect(scripts.map(({ status }) => status)).toEqual(["settled", "settled", "settled", "settled"]);
    for (const { outcome, machineRatings } of scripts) {
      const [rating] = machineRatings;
      expect(scriptOutcome.parse(outcome)).toMatchObject({ rule: "machine", counting: [], machine: rating?.id });
      expect(rating).toMatchObject({ validated: false, basis: "heuristic" });
      for (const { score } of machineCriteria.parse(rating?.criteria)) expect(score).toBeGreaterThan(0);
      expect(JSON.stringify(rating?.evidence)).toContain("startSeconds");
    }
    expect(await statusOf(attemptId)).toBe("marked");
  });

  test("a second run of the same job changes nothing", async () => {
    const attemptId = await rated(true);
    const [script] = await scriptsOf(attemptId);
    await speechJobs[0]?.run(services.as(systemViewer), { scriptId: script?.id, tries: 0 });
    expect(await services.db.machineRating.count({ where: { scriptId: script?.id ?? "" } })).toBe(1);
  });

  test.each(["busy", "broken", "rubbish", "other-shape", "truncated", "html", "slow"] as const)(
    "a provider that is %s once is asked again",
    async (mood) => {
      server.expect(mood);
      const attemptId = await rated(true);
      expect((await scriptsOf(attemptId)).every(({ status }) => status === "settled")).toBe(true);
    },
  );

  test.each(["broken", "rubbish", "slow", "unauthorized"] as const)(
    "one that stays %s hands what it would have measured to an examiner, and says why",
    async (mood) => {
      server.expect(...Array.from({ length: 60 }, () => mood));
      const attemptId = await rated(true);
      const scripts = await scriptsOf(attemptId);
      expect(scripts.map(({ status }) => status)).toEqual(["waiting", "waiting", "waiting", "waiting"]);
      const [criteria] = scripts.map(({ machineRatings }) => machineCriteria.parse(machineRatings[0]?.criteria));
      expect(criteria?.filter(({ score }) => score === null).map(({ reason }) => reason)).toEqual(
        Array.from({ length: 3 }, () => noAnswer),
      );
      expect(await statusOf(attemptId)).toBe("marking");
    },
  );

  test("one that goes away in the middle costs no more than what it missed; candidate and admin are told", async () => {
    const { id: candidateId, viewer } = await createPerson(services.db, ["candidate"]);
    const { attemptId } = await world.submitted(candidateId);
    await createScripts(services.as(systemViewer), { attemptId });
    const { viewer: admin } = await createPerson(services.db, ["admin"]);
    const setup = () => getSpeechSetup(services.as(admin), {});
    const before = await setup();
    expect(before.withMachine).toMatchObject({ since: expect.any(Date) });
    // The first two answers are heard; of the third and fourth each try fails, those after other jobs included.
    server.expect("well", "well", ...Array.from({ length: 6 }, () => "broken" as const));
    await runMachine(true);
    const statuses = (await scriptsOf(attemptId)).map(({ status }) => status);
    expect(statuses.filter((status) => status === "settled")).toHaveLength(2);
    expect(statuses.filter((status) => status === "waiting")).toHaveLength(2);

    const report = await getSpeakingReport(services.as(viewer), { attemptId });
    expect(report).toMatchObject({ moving: false, withExaminer: true, result: null });
    const missed = report.tasks.filter(({ state }) => state === "examiner");
    expect(missed.map(({ criteria }) => criteria.map(({ score, reason }) => score === null && reason))).toEqual(
      Array.from({ length: 2 }, () => [false, noAnswer, noAnswer, noAnswer]),
    );
    const after = await setup();
    expect(after.withMachine.count).toBe(before.withMachine.count - 4);
    expect(after.unheard.count).toBe(before.unheard.count + 2);
    expect(after.unheard.last).toEqual(services.clock.now());
    expect(after.withExaminers).toBe(before.withExaminers + 2);
  });

  test("more words than anybody can have said are no transcript: an examiner is asked", async () => {
    server.say(`${said} `.repeat(200));
    const [script] = await scriptsOf(await rated(true));
    expect(script?.status).toBe("waiting");
    const criteria = machineCriteria.parse(script?.machineRatings[0]?.criteria);
    expect(criteria.find(({ criterion }) => criterion === "grammar")).toMatchObject({
      score: null,
      reason: "the speech-to-text gave no answer",
    });
  });

  test("an empty transcript earns no made-up score", async () => {
    server.say("");
    const [script] = await scriptsOf(await rated(true));
    expect(script?.status).toBe("waiting");
  });
});

describe("without one", () => {
  test("an examiner is asked for the missing criteria alone; her marks settle the script beside the machine's", async () => {
    const attemptId = await rated(false);
    const scripts = await scriptsOf(attemptId);
    const missing = ["pronunciation", "grammar", "vocabulary"];
    expect(scripts.map(({ criteria }) => criteria)).toEqual([missing, missing, missing, missing]);

    const examiner = await createPerson(services.db, ["examiner"]);
    const context = services.as(examiner.viewer);
    // What earlier tests left in the queue is not this one's business.
    await services.db.script.updateMany({ where: { attemptId: { not: attemptId } }, data: { status: "settled" } });
    for (let taken = await takeScript(context, { skill: "speaking" }); taken; ) {
      const script = await getScriptForMarking(context, { code: taken.code });
      expect(script.rubric.criteria.map(({ id }) => id)).toEqual(missing);
      const marks = { scriptId: script.id, leaseToken: script.lease?.token ?? "" };
      const whole = { ...marks, scores: { fluency: 50, pronunciation: 50, grammar: 50, vocabulary: 50 } };
      await expect(submitRating(context, whole)).rejects.toMatchObject({ code: "INVALID" });
      await submitRating(context, { ...marks, scores: { pronunciation: 61, grammar: 55, vocabulary: 70 } });
      taken = await takeScript(context, { skill: "speaking" });
    }
    for (const { status, outcome, machineRatings } of await scriptsOf(attemptId)) {
      expect(status).toBe("settled");
      expect(scriptOutcome.parse(outcome)).toMatchObject({ rule: "single", machine: machineRatings[0]?.id });
    }
    expect(await statusOf(attemptId)).toBe("marked");
  });
});

test("sound that cannot be read goes to an examiner whole", async () => {
  const { id: candidateId } = await createPerson(services.db, ["candidate"]);
  const { attemptId } = await world.submitted(candidateId);
  await services.storage.put("bank/rubbish", Buffer.from("no sound at all"));
  await services.db.recording.updateMany({
    where: { attemptItem: { attemptId } },
    data: { storageKey: "bank/rubbish" },
  });
  await createScripts(services.as(systemViewer), { attemptId });
  await runMachine(true);
  const scripts = await scriptsOf(attemptId);
  expect(scripts.map(({ status, criteria }) => ({ status, criteria }))).toEqual(
    Array.from({ length: 4 }, () => ({ status: "waiting", criteria: [] })),
  );
});

test("a recording that broke off is rated for what arrived, and the rating says so", async () => {
  const { id: candidateId } = await createPerson(services.db, ["candidate"]);
  const { attemptId } = await world.submitted(candidateId);
  await services.db.recording.updateMany({ where: { attemptItem: { attemptId } }, data: { failure: brokenOff } });
  await createScripts(services.as(systemViewer), { attemptId });
  await runMachine(true);
  for (const { status, machineRatings } of await scriptsOf(attemptId)) {
    expect(status).toBe("settled");
    expect(machineRatings[0]?.flags).toContain("broken-off");
  }
});

test("a script whose job died is taken over by people", async () => {
  const { id: candidateId } = await createPerson(services.db, ["candidate"]);
  const { attemptId } = await world.submitted(candidateId);
  await createScripts(services.as(systemViewer), { attemptId });
  services.jobs.length = 0;
  await speechSweep.run(services.as(systemViewer));
  expect((await scriptsOf(attemptId)).map(({ status }) => status)).toContain("with_machine");
  services.advance(16 * 60);
  await speechSweep.run(services.as(systemViewer));
  expect(new Set((await scriptsOf(attemptId)).map(({ status }) => status))).toEqual(new Set(["waiting"]));
});

test("one handed in long ago, whose worker has just begun, is the machine's first", async () => {
  const { id: candidateId } = await createPerson(services.db, ["candidate"]);
  const { attemptId } = await world.submitted(candidateId);
  services.advance(16 * 60);
  await createScripts(services.as(systemViewer), { attemptId });
  await speechSweep.run(services.as(systemViewer));
  await runMachine(true);
  services.jobs.length = 0;
  expect(new Set((await scriptsOf(attemptId)).map(({ status }) => status))).toEqual(new Set(["settled"]));
});

test("the result follows by itself, and its candidate reads what was measured, where, and what to do next", async () => {
  const { id: candidateId, viewer } = await createPerson(services.db, ["candidate"]);
  const own = services.as(viewer);
  const { attemptId } = await world.submitted(candidateId);
  await createScripts(services.as(systemViewer), { attemptId });
  expect(await getSpeakingReport(own, { attemptId })).toMatchObject({ moving: true, result: null });
  await runMachine(true);
  const compute = services.jobs.find(({ name }) => name === computeResultJob.name);
  services.jobs.length = 0;
  await resultJobs.find(({ spec }) => spec.name === compute?.name)?.run(services.as(systemViewer), compute?.payload);
  expect(await statusOf(attemptId)).toBe("released");

  const report = await getSpeakingReport(own, { attemptId });
  // Its certificate is still to come.
  expect(report).toMatchObject({ moving: true, machineRated: true, validated: false, withExaminer: false });
  expect(report.result).toMatchObject({ overall: expect.stringMatching(/^\d+\.\d\d$/), cefr: expect.any(String) });
  expect(report.tasks.map(({ state }) => state)).toEqual(["rated", "rated", "rated", "rated"]);
  expect(report.tasks[0]?.criteria.every(({ score, by }) => score !== null && by === "machine")).toBe(true);
  expect(report.tasks[0]?.evidence.some(({ startSeconds }) => startSeconds !== undefined)).toBe(true);
  expect(report.feedback.strengths.length + report.feedback.advice.length).toBeGreaterThan(0);
  const stranger = await createPerson(services.db, ["candidate"]);
  await expect(getSpeakingReport(services.as(stranger.viewer), { attemptId })).rejects.toMatchObject({
    code: "NOT_FOUND",
  });
});
