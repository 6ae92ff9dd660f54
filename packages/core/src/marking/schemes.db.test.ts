import { useTestDatabase } from "@bandwise/db/test-database";
import { beforeAll, expect, test } from "vitest";
import { ieltsSpeakingShort, ietSpeakingShort } from "../delivery/programmes.ts";
import { systemViewer, type Viewer } from "../kernel/policy.ts";
import { createSubmittedAttempt } from "../testing/attempts.ts";
import { createSmallBank } from "../testing/bank.ts";
import { addOpenTasks } from "../testing/open-bank.ts";
import { createPerson, type TestServices, testServices } from "../testing/services.ts";
import { createScripts, saveDraft, submitRating, takeScript } from "./commands.ts";
import { getMarkingQuality } from "./quality-queries.ts";
import { getScriptForMarking } from "./queries.ts";

const database = useTestDatabase();
let services: TestServices;
let adminId: string;
let examiner: Viewer;

beforeAll(async () => {
  services = testServices(database().prisma);
  await createSmallBank(services, 2);
  await addOpenTasks(services, 3);
  // As a new installation has it: nobody has published a policy for them.
  await database().prisma.$executeRaw`alter table marking_policy disable trigger all`;
  await services.db.markingPolicy.deleteMany({
    where: { programme: { startsWith: "ie", not: { startsWith: "ielp" } } },
  });
  await database().prisma.$executeRaw`alter table marking_policy enable trigger all`;
  adminId = (await createPerson(services.db, ["admin"])).id;
  examiner = (await createPerson(services.db, ["examiner"])).viewer;
});

async function submitted(programme: typeof ieltsSpeakingShort, name: string): Promise<string> {
  const { id: programmeId } = await services.db.programme.findFirstOrThrow({ where: { name } });
  const candidate = await createPerson(services.db, ["candidate"]);
  const { attemptId } = await createSubmittedAttempt(services, {
    candidateId: candidate.id,
    programmeId,
    adminId,
    sections: programme.sections,
  });
  await createScripts(services.as(systemViewer), { attemptId });
  return attemptId;
}

async function take() {
  const context = services.as(examiner);
  const taken = await takeScript(context, { skill: "speaking" });
  if (!taken) throw new Error("nothing waits");
  const script = await getScriptForMarking(context, taken);
  if (!script.lease) throw new Error("no lease");
  return { script, held: { scriptId: script.id, leaseToken: script.lease.token } };
}

test("an interview is one script with its own rubric: one mark by any examiner, in half bands up to 9", async () => {
  const attemptId = await submitted(ieltsSpeakingShort, "ielts-speaking-short");
  const { script, held } = await take();
  expect(script).toMatchObject({
    level: "all",
    rubric: { scheme: "ielts-speaking", scale: { lowest: 0, highest: 9, step: 0.5 } },
    work: { task: { type: "interview" } },
  });
  expect(script.rubric.criteria.map(({ id }) => id)).toEqual(["fluency", "vocabulary", "grammar", "pronunciation"]);
  const scores = { fluency: 7, vocabulary: 6.5, grammar: 6, pronunciation: 7 };
  const context = services.as(examiner);
  await expect(saveDraft(context, { ...held, scores: { fluency: 9.5 }, comment: "" })).rejects.toMatchObject({
    code: "INVALID",
    fields: { "scores.fluency": "must be from 0 to 9 in steps of 0.5" },
  });
  await saveDraft(context, { ...held, scores: { fluency: 9 }, comment: "" });
  await submitRating(context, { ...held, scores, comment: "" });
  expect(await services.db.script.findFirst({ where: { attemptId } })).toMatchObject({
    status: "settled",
    outcome: {
      rule: "single",
      combine: "mean-to-nearest-half",
      policy: { programme: "ielts-speaking-short", version: 0 },
    },
  });
  expect(await services.db.attempt.findUnique({ where: { id: attemptId } })).toMatchObject({ status: "marked" });
});

test("of a task that was measured in part, an examiner is asked for the rest alone", async () => {
  const attemptId = await submitted(ietSpeakingShort, "iet-speaking-short");
  await services.db.script.updateMany({
    where: { attemptId },
    data: { status: "waiting", criteria: ["pronunciation"] },
  });
  const { script, held } = await take();
  expect(script.rubric).toMatchObject({ scheme: "iet-speaking", criteria: [{ id: "pronunciation" }] });
  const context = services.as(examiner);
  await expect(submitRating(context, { ...held, scores: { pronunciation: 65.5 }, comment: "" })).rejects.toMatchObject({
    fields: { "scores.pronunciation": "must be from 0 to 100 in steps of 1" },
  });
  await submitRating(context, { ...held, scores: { pronunciation: 65 }, comment: "" });
  const quality = await getMarkingQuality(services.as((await createPerson(services.db, ["senior_examiner"])).viewer), {
    scheme: "iet-speaking",
    skill: "speaking",
    days: 30,
  });
  expect(quality.marks).toBe(1);
  expect(quality.tasks.map(({ level }) => level)).toEqual(["all"]);
});

test("what a machine rated never changes; only erasure takes its words", async () => {
  const { id: scriptId } = await services.db.script.findFirstOrThrow();
  const { id } = await services.db.machineRating.create({
    data: {
      id: services.ids.uuid(),
      scriptId,
      raterId: "speech",
      raterVersion: "1",
      raterHash: "a",
      inputHash: "b",
      basis: "heuristic",
      criteria: [{ criterion: "fluency", score: 61.25 }],
      flags: [],
      transcript: { text: "Hello" },
      durationMilliseconds: 12,
      validated: false,
      createdAt: services.clock.now(),
    },
  });
  await expect(
    services.db.machineRating.update({ where: { id }, data: { criteria: [], validated: true } }),
  ).rejects.toThrow(/may only change/);
  await services.db.$transaction(async (tx) => {
    await tx.$executeRaw`select set_config('bandwise.purging', 'on', true)`;
    await tx.machineRating.update({ where: { id }, data: { transcript: {} } });
  });
  expect(await services.db.machineRating.findUnique({ where: { id } })).toMatchObject({ transcript: {} });
});
