import { useTestDatabase } from "@bandwise/db/test-database";
import { createOpenAiTranscription } from "@bandwise/evaluator/providers/openai-transcription";
import { startTranscriptionServer, type TranscriptionServer } from "@bandwise/evaluator/testing/transcription-server";
import { afterAll, beforeAll, expect, test } from "vitest";
import { approveRequest } from "../approvals.ts";
import { getVerification } from "../certificates/verification-queries.ts";
import { systemViewer, type Viewer } from "../kernel/policy.ts";
import { createScripts, submitRating, takeScript } from "../marking/commands.ts";
import { getScriptForMarking } from "../marking/queries.ts";
import { speechJobs } from "../marking/speech-jobs.ts";
import { rateSpeechJob } from "../marking/speech-schema.ts";
import { createIetWorld } from "../testing/iet.ts";
import { createPerson, type TestServices, testServices } from "../testing/services.ts";
import { askForRemark, requestReplacement, startRemark } from "./appeal-commands.ts";
import { getAppeal, getMyAppeals } from "./appeal-queries.ts";
import { getResult } from "./queries.ts";
import { rescoreResults } from "./rescore-queries.ts";
import { resultInputs } from "./schema.ts";

const database = useTestDatabase();
let services: TestServices;
let server: TranscriptionServer;
let world: Awaited<ReturnType<typeof createIetWorld>>;

beforeAll(async () => {
  server = await startTranscriptionServer();
  server.say(
    "Last summer I visited my grandmother who lives in a small village near the sea. We cooked together every evening, and she " +
      "told me stories about her childhood because she likes to remember it. I think that it is important to spend time with " +
      "your family, although it is sometimes difficult when you work in another city.",
    0.9,
  );
  services = testServices(database().prisma);
  world = await createIetWorld(services, 4);
});
afterAll(() => server.close());

/** Four answers that a machine alone has rated, released by the programme's own rule, with their certificate. */
async function machineRated() {
  const candidate = await createPerson(services.db, ["candidate"], "Nadira Velasko");
  const { attemptId } = await world.submitted(candidate.id);
  await createScripts(services.as(systemViewer), { attemptId });
  const speechToText = createOpenAiTranscription({ url: `${server.url}/v1`, key: null, model: "test" });
  for (const { payload } of services.jobs.filter(({ name }) => name === rateSpeechJob.name)) {
    await speechJobs[0]?.run({ ...services.as(systemViewer), speechToText }, payload);
  }
  await services.drain();
  const result = await services.db.result.findFirstOrThrow({ where: { attemptId, status: "released" } });
  const certificate = await services.db.certificate.findFirstOrThrow({ where: { resultId: result.id } });
  return { candidate, attemptId, result, certificate };
}

const as = (person: { viewer: Viewer }) => services.as(person.viewer);
const words = { skills: ["speaking" as const], reason: "I should like a person to listen to it." };

async function listen(senior: { viewer: Viewer }, scores: Readonly<Record<string, number>>): Promise<number> {
  let heard = 0;
  for (let taken = await takeScript(as(senior), { skill: "speaking" }); taken; heard += 1) {
    const script = await getScriptForMarking(as(senior), taken);
    // Blind: nothing of the machine's is on the page, and all four criteria are asked for.
    expect(script).toMatchObject({ purpose: "live", machine: null, marksToDecide: null, mine: { scores: {} } });
    expect(JSON.stringify(script)).not.toMatch(/appeal|remark/i);
    expect(script.rubric.criteria).toHaveLength(4);
    if (!script.lease) throw new Error("no lease");
    await submitRating(as(senior), { scriptId: script.id, leaseToken: script.lease.token, scores, comment: "" });
    taken = await takeScript(as(senior), { skill: "speaking" });
  }
  return heard;
}

test("a machine's result on request: a senior examiner's instead, a new certificate that says so, the old one superseded", async () => {
  const { candidate, attemptId, result, certificate } = await machineRated();
  expect(await getResult(as(candidate), { resultId: result.id })).toMatchObject({ machine: "not-validated" });
  const { appealId } = await askForRemark(as(candidate), { resultId: result.id, ...words });
  expect(await getAppeal(as(world.admin), { appealId })).toMatchObject({ fee: "none", startRefusal: null });
  await startRemark(as(world.admin), { appealId });
  await services.drain();
  const [senior, second] = [
    await createPerson(services.db, ["senior_examiner"]),
    await createPerson(services.db, ["admin"]),
  ];
  expect(await listen(senior, { fluency: 80, pronunciation: 70, grammar: 75, vocabulary: 82 })).toBe(4);
  await services.drain();
  expect(await getAppeal(as(world.admin), { appealId })).toMatchObject({ status: "marked" });
  const { approvalId } = await requestReplacement(as(world.admin), {
    appealId,
    reason: "The examiner's marks differ.",
  });
  await approveRequest(as(second), { approvalId });
  await services.drain();

  const newer = await services.db.result.findFirstOrThrow({ where: { attemptId, status: "released" } });
  expect(newer).toMatchObject({ overallHundredths: 7675, cefr: "C1" });
  expect(await getResult(as(candidate), { resultId: newer.id })).toMatchObject({
    machine: "none",
    remarked: [{ skill: "speaking", tasks: 4, was: "machine" }],
  });
  // The machine's marks stay beside the examiner's, each with what replaced it and why.
  for (const { ratings, otherRatings, outcome } of resultInputs.parse(newer.inputs).tasks) {
    expect(ratings).toMatchObject([{ ratingId: expect.any(String), machineRatingId: null }]);
    expect(outcome).toMatchObject({ rule: "re-marked" });
    expect(otherRatings).toMatchObject([
      {
        ratingId: null,
        machineRatingId: expect.any(String),
        scores: expect.objectContaining({ fluency: expect.any(Number) }),
        replaced: { by: ratings[0]?.ratingId, appealId },
      },
    ]);
  }
  const old = await getVerification(services.as(candidate.viewer), { code: certificate.code });
  expect(old).toMatchObject({ kind: "superseded" });
  const fresh = await services.db.certificate.findFirstOrThrow({ where: { resultId: newer.id, status: "valid" } });
  expect(fresh.facts).toMatchObject({ overall: { score: "76.75" } });
  expect(JSON.stringify(fresh.facts)).toContain("Rated by examiners.");
  const { results } = await rescoreResults(services.as(systemViewer), { attemptIds: [attemptId] });
  expect(results.every(({ verdict }) => verdict === "equal")).toBe(true);

  // What a person gave for the first time may be appealed against like any examiner's marks, once.
  const mine = await getMyAppeals(as(candidate), { resultId: newer.id });
  expect(mine).toMatchObject({ refusal: null, skills: ["speaking"] });
  const again = await askForRemark(as(candidate), { resultId: newer.id, ...words });
  await startRemark(as(world.admin), { appealId: again.appealId });
  // Not by who has listened before.
  expect(await takeScript(as(senior), { skill: "speaking" })).toBeNull();
  const third = await createPerson(services.db, ["senior_examiner"]);
  expect(await listen(third, { fluency: 80, pronunciation: 70, grammar: 75, vocabulary: 82 })).toBe(4);
  await services.drain();
  expect(await getAppeal(as(world.admin), { appealId: again.appealId })).toMatchObject({ status: "unchanged" });
  expect(await getMyAppeals(as(candidate), { resultId: newer.id })).toMatchObject({
    refusal: expect.stringMatching(/already/),
  });
}, 120_000);
