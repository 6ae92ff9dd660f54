import { createServer, type ServerResponse } from "node:http";
import type { AddressInfo } from "node:net";
import { useTestDatabase } from "@bandwise/db/test-database";
import { seededRandom } from "@bandwise/psychometrics/random";
import { afterAll, beforeAll, expect, test, vi } from "vitest";
import { createLanguageModel, languageModelLimits } from "../adapters/language-model.ts";
import type { LanguageModel } from "../kernel/context.ts";
import { contentHash } from "../kernel/hash.ts";
import { systemViewer, type Viewer } from "../kernel/policy.ts";
import { createSubmittedAttempt } from "../testing/attempts.ts";
import { createSmallBank, oneMark } from "../testing/bank.ts";
import { createBenchmarks } from "../testing/benchmarks.ts";
import { createConfirmedWriting, madeText } from "../testing/confirmed-writing.ts";
import { createPerson, type TestServices, testServices } from "../testing/services.ts";
import { createScripts, submitRating, takeScript } from "./commands.ts";
import { publishPolicy } from "./lead-commands.ts";
import { promoteVersion, requestCalibration, rollBackVersion } from "./machine-commands.ts";
import { machineJobs, machineSweep } from "./machine-jobs.ts";
import { getMachineMarking } from "./machine-queries.ts";
import { fewestWatched } from "./machine-rules.ts";
import { machineRatingJob } from "./machine-schema.ts";
import type { MachineRole } from "./policy-schema.ts";
import { getScriptForMarking } from "./queries.ts";
import type { Scores } from "./schema.ts";

vi.setConfig({ testTimeout: 240_000 });

const database = useTestDatabase();
let services: TestServices;
let programmeId: string;
let adminId: string;
let admin: Viewer;
let version = 1;

beforeAll(async () => {
  services = testServices(database().prisma);
  ({ programmeId } = await createSmallBank(services, 6));
  ({ id: adminId, viewer: admin } = await createPerson(services.db, ["admin"]));
  // Its dictionaries load with the first text: on a busy machine that takes longer than a test may.
  await services.rater.rate({ kind: "text", text: good }, {}, { criteria: ["grammar"], lowest: 0, highest: 10 });
}, 120_000);
afterAll(() => services.rater.close());

const ielp = { scheme: "ielp" } as const;
const good = madeText(seededRandom("a text")).text;

/** How writing is marked from now on. */
async function publish(machine: MachineRole, every = 0): Promise<void> {
  version += 1;
  const data = { ...oneMark, machine, seeds: { ...oneMark.seeds, every } };
  await services.db.markingPolicy.create({
    data: {
      ...{ id: services.ids.uuid(), programme: "ielp", version, data, hash: contentHash(data) },
      ...{ reason: "A test", createdAt: services.clock.now() },
    },
  });
}

/** Scripts of one candidate; the machine has rated the writing where the policy asks it. */
async function submittedUnrated(text = good): Promise<string> {
  const candidate = await createPerson(services.db, ["candidate"]);
  const { attemptId } = await createSubmittedAttempt(services, {
    candidateId: candidate.id,
    programmeId,
    adminId,
    text,
  });
  await createScripts(services.as(systemViewer), { attemptId });
  return attemptId;
}

async function submitted(text = good): Promise<string> {
  const attemptId = await submittedUnrated(text);
  const asked = services.jobs.filter(({ name }) => name === machineRatingJob.name).length;
  await services.drain();
  expect(asked === 0 || (await services.db.machineRating.count({ where: { script: { attemptId } } })) === asked).toBe(
    true,
  );
  return attemptId;
}

async function mark(viewer: Viewer, scoresOf: (code: string) => Promise<Scores> | Scores) {
  const context = services.as(viewer);
  const taken = await takeScript(context, { skill: "writing" });
  if (!taken) throw new Error("nothing waits");
  const before = await getScriptForMarking(context, taken);
  await submitRating(context, {
    ...{ scriptId: before.id, leaseToken: before.lease?.token ?? "", comment: "" },
    scores: await scoresOf(before.id),
  });
  const after = await getScriptForMarking(context, taken);
  return {
    before,
    after,
    row: await services.db.script.findUniqueOrThrow({ where: { id: before.id } }),
  };
}
const all = (score: number): Scores => ({
  ...{ taskFulfilment: score, coherence: score, grammar: score, vocabulary: score, register: score },
});
async function asMachine(scriptId: string, by = 0): Promise<Scores> {
  const rated = await services.db.machineRating.findFirstOrThrow({
    where: { scriptId },
    orderBy: { createdAt: "desc" },
  });
  const criteria = rated.criteria as { criterion: string; score: number }[];
  return Object.fromEntries(
    criteria.map(({ criterion, score }) => [criterion, Math.max(0, Math.min(10, Math.round(2 * score) / 2 + by))]),
  );
}
const clear = () =>
  services.db.script.updateMany({ where: { status: "waiting" }, data: { status: "settled", settledAt: null } });

test("where no policy asks it the machine rates nothing", async () => {
  await submitted();
  expect(await services.db.machineRating.count()).toBe(0);
  await clear();
});

test("it advises: hidden until the examiner has submitted, then shown with what it rests on; her mark alone counts", async () => {
  await publish("advises");
  await submitted();
  const { viewer } = await createPerson(services.db, ["examiner"]);
  const { before, after, row } = await mark(viewer, () => all(2));
  expect(before.machine).toBeNull();
  expect(after.machine).toMatchObject({ rater: "writing-heuristic", validated: false });
  const [first] = after.machine?.criteria ?? [];
  expect(first?.contributions.length).toBeGreaterThan(3);
  expect(row).toMatchObject({ status: "settled", outcome: { rule: "single" } });
  expect(after.machine?.evidence).toBeInstanceOf(Array);
  await clear();
});

test("a seed has the machine's marks beside it afterwards like any other script, and is not known by their absence", async () => {
  await createBenchmarks(services);
  await publish("advises", 1);
  await submitted();
  const examiner = services.as((await createPerson(services.db, ["examiner"])).viewer);
  const taken = await takeScript(examiner, { skill: "writing" });
  await services.drain();
  const script = await getScriptForMarking(examiner, { code: taken?.code ?? "" });
  expect(await services.db.script.findUnique({ where: { id: script.id } })).toMatchObject({ purpose: "seed" });
  expect(script.machine).toBeNull();
  await submitRating(examiner, {
    scriptId: script.id,
    leaseToken: script.lease?.token ?? "",
    scores: all(5),
    comment: "",
  });
  expect((await getScriptForMarking(examiner, script)).machine).toMatchObject({ rater: "writing-heuristic" });
  await clear();
});

test("as second marker it only asks for people's attention while it has passed no gate", async () => {
  await publish("second");
  await submitted();
  const { viewer } = await createPerson(services.db, ["examiner"]);
  const agreed = await mark(viewer, (id) => asMachine(id));
  expect(agreed.row).toMatchObject({ status: "settled", outcome: { rule: "single" } });
  const apart = await mark(viewer, (id) => asMachine(id, -4));
  expect(apart.row).toMatchObject({ status: "waiting", ratingsNeeded: 2, secondReason: "machine" });
  const other = await createPerson(services.db, ["examiner"]);
  const scores = await asMachine(apart.row.id, -4);
  await services.db.script.updateMany({
    where: { status: "waiting", id: { not: apart.row.id } },
    data: { status: "settled" },
  });
  const second = await mark(other.viewer, () => scores);
  expect(second.row).toMatchObject({ id: apart.row.id, status: "settled", outcome: { rule: "within-tolerance" } });
});

test("where it could not rate, a second examiner is asked: nothing waits for a machine", async () => {
  await submitted("Too short.");
  const { viewer } = await createPerson(services.db, ["examiner"]);
  const { row, after } = await mark(viewer, () => all(1));
  expect(row).toMatchObject({ status: "waiting", secondReason: "machine" });
  expect(after.machine).toMatchObject({ flags: ["too-short"] });
  await clear();
});

test("a version is made from what examiners settled, tried at the gate, put into use, counts, and is taken out again", async () => {
  const context = services.as(admin);
  await requestCalibration(context, ielp);
  await services.drain();
  const [tooFew] = (await getMachineMarking(context, ielp)).versions;
  expect(tooFew).toMatchObject({
    number: 1,
    status: "failed",
    endReason: expect.stringContaining("calibration needs 200"),
  });

  // Marks without any relation to the texts: nothing can be learned, and the gate stays closed.
  const noise = await createConfirmedWriting(services, { programmeId, adminId, count: 204, seed: "noise", noise: 30 });
  await requestCalibration(context, ielp);
  await expect(requestCalibration(context, ielp)).rejects.toMatchObject({ code: "CONFLICT" });
  await services.drain();
  const [bad] = (await getMachineMarking(context, ielp)).versions;
  expect(bad).toMatchObject({ number: 2, status: "candidate", gatePassed: false });
  expect(bad?.report?.criteria[0]?.failures.join()).toMatch(/weighted kappa/);
  await expect(promoteVersion(context, { versionId: bad?.id ?? "" })).rejects.toMatchObject({ code: "LOCKED" });
  // Not even by another door.
  await expect(
    services.db.machineVersion.update({ where: { id: bad?.id ?? "" }, data: { status: "promoted" } }),
  ).rejects.toThrow(/machine_version_gate/);

  await services.db.script.updateMany({ where: { id: { in: noise.scriptIds } }, data: { status: "cannot_be_marked" } });
  await createConfirmedWriting(services, { programmeId, adminId, count: 240, seed: "good", noise: 0.6 });
  await requestCalibration(context, ielp);
  await services.drain();
  const [fit] = (await getMachineMarking(context, ielp)).versions;
  expect(fit).toMatchObject({ number: 3, status: "candidate", gatePassed: true });
  expect(fit?.responses).toBeGreaterThanOrEqual(240);
  expect(fit?.report?.criteria.map(({ agreement: { qwk } }) => (qwk ?? 0) > 0.7)).toEqual([
    true,
    true,
    true,
    true,
    true,
  ]);
  expect(fit?.report?.criteria[0]?.subgroups.map(({ name }) => name)).toEqual(
    expect.arrayContaining(["Arabic", "Spanish", "level A"]),
  );
  await promoteVersion(context, { versionId: fit?.id ?? "" });

  await submitted();
  const { viewer } = await createPerson(services.db, ["examiner"]);
  const { row, after } = await mark(viewer, (id) => asMachine(id));
  expect(after.machine).toMatchObject({ rater: "writing-heuristic-calibrated", version: "3", validated: true });
  expect(row.outcome).toMatchObject({ rule: "with-machine", machineMark: { scores: await asMachine(row.id) } });
  const page = await getMachineMarking(context, ielp);
  expect(page.groups.version.map(({ name }) => name)).toContain("writing-heuristic-calibrated 3");

  const { restored } = await rollBackVersion(context, { versionId: fit?.id ?? "", reason: "Only a test" });
  expect(restored).toBeNull();
  await clear();
  await submitted();
  expect((await mark(viewer, (id) => asMachine(id))).row.outcome).toMatchObject({ rule: "single" });
  await clear();
});

test("a version whose making died does not stand in the way of the next", async () => {
  const context = services.as(admin);
  const { versionId } = await requestCalibration(context, ielp);
  services.jobs.length = 0;
  await machineSweep.run(services.as(systemViewer));
  await expect(requestCalibration(context, ielp)).rejects.toMatchObject({ code: "CONFLICT" });
  services.advance(4 * 3600);
  await machineSweep.run(services.as(systemViewer));
  expect(await services.db.machineVersion.findUnique({ where: { id: versionId } })).toMatchObject({
    status: "failed",
    endReason: "it did not come to an end",
  });
  services.jobs.length = 0;
});

test("where two examiners mark everything the machine cannot be second", async () => {
  const place = { programme: "ielp", skill: "writing" as const, level: null, after: 0, reason: "A test" };
  const data = { ...oneMark, mode: "double" as const, machine: "second" as const };
  await expect(publishPolicy(services.as(admin), { ...place, data })).rejects.toMatchObject({ code: "INVALID" });
});

test("a language model is asked only where the programme's candidates agree, and then it advises", async () => {
  await publish("advises");
  const asked: string[] = [];
  const rate = async (programmes: string[]) => {
    const attemptId = await submittedUnrated();
    const scripts = await services.db.script.findMany({ where: { attemptId, skill: "writing" }, select: { id: true } });
    const settings = { ...services.settings, languageModel: { ...model, programmes } };
    const languageModel: LanguageModel = {
      evaluate: async (response, _task, _rubric, offline) => {
        asked.push(response.text);
        const criteria = offline.rating.criteria.map((rated) => ({ ...rated, basis: "llm" as const }));
        return {
          ...offline,
          rating: { ...offline.rating, criteria, rater: { id: "language-model", version: "m", hash: "h" } },
        };
      },
    };
    const job = machineJobs.find(({ spec }) => spec.name === machineRatingJob.name);
    for (const { id } of scripts)
      await job?.run({ ...services.as(systemViewer), settings, languageModel }, { scriptId: id });
    services.jobs.length = 0;
    await clear();
    return services.db.machineRating.findMany({
      where: { script: { attemptId } },
      select: { raterId: true, basis: true, validated: true },
    });
  };
  const model = { url: "https://llm.example.org/v1", key: null, model: "m", answersPerDay: 5 };
  expect((await rate(["another"])).map(({ raterId }) => raterId)).toEqual(Array(3).fill("writing-heuristic"));
  expect(asked).toEqual([]);
  expect(await rate(["ielp"])).toEqual(Array(3).fill({ raterId: "language-model", basis: "llm", validated: false }));
  expect(asked).toHaveLength(3);
});

test("a language model that is down, slow, or gives rubbish leaves the offline rating in its place", async () => {
  await publish("advises");
  let answer: (response: ServerResponse) => void = () => undefined;
  const server = createServer((_request, response) => answer(response));
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  const url = `http://127.0.0.1:${(server.address() as AddressInfo).port}/v1`;
  const settings = (at: string) => ({
    languageModel: { url: at, key: null, model: "m", programmes: ["ielp"], answersPerDay: 100 },
  });
  const hurried = { ...languageModelLimits, tryMilliseconds: 300, pauseMilliseconds: 1 };
  const saying = (content: unknown) => (response: ServerResponse) => {
    const message = { role: "assistant", content: JSON.stringify(content) };
    const choices = [{ index: 0, message, finish_reason: "stop" }];
    response
      .writeHead(200, { "content-type": "application/json" })
      .end(JSON.stringify({ id: "1", object: "chat.completion", created: 1, model: "m", choices }));
  };
  const moods: Readonly<Record<string, typeof answer>> = {
    slow: () => undefined,
    broken: (response) => void response.writeHead(500).end(),
    rubbish: (response) => void response.writeHead(200, { "content-type": "text/html" }).end("<p>"),
    "another shape": saying({ band: 9 }),
    "no criterion": saying({ criteria: [] }),
    "half of them": saying({ criteria: [{ criterion: "grammar", score: 6, reason: "Fine.", quotes: [] }] }),
    gone: (response) => void response.destroy(),
  };
  const raterAfter = async (mood: string, at = url) => {
    answer = moods[mood] ?? (() => undefined);
    const attemptId = await submittedUnrated();
    const script = await services.db.script.findFirstOrThrow({ where: { attemptId, skill: "writing" } });
    const languageModel = createLanguageModel(settings(at), services.log, hurried);
    const context = { ...services.as(systemViewer), languageModel };
    const own = { ...context, settings: { ...services.settings, ...settings(at) } };
    const job = machineJobs.find(({ spec }) => spec.name === machineRatingJob.name);
    await job?.run(own, { scriptId: script.id });
    services.jobs.length = 0;
    await clear();
    const [rating] = await services.db.machineRating.findMany({ where: { scriptId: script.id } });
    return rating?.raterId;
  };
  try {
    for (const mood of Object.keys(moods)) expect([mood, await raterAfter(mood)]).toEqual([mood, "writing-heuristic"]);
    expect(await raterAfter("down", "http://127.0.0.1:9/v1")).toBe("writing-heuristic");
  } finally {
    server.closeAllConnections();
    await new Promise((resolve) => server.close(resolve));
  }
  // All tries and pauses together end before the job counts as dead and is begun anew.
  const { tries, tryMilliseconds, longestPauseMilliseconds } = languageModelLimits;
  expect(tries * tryMilliseconds + (tries - 1) * longestPauseMilliseconds).toBeLessThan(
    machineRatingJob.expireInSeconds * 1000 - 5_000,
  );
});

test("a version that no longer agrees with examiners is demoted by itself", async () => {
  const context = services.as(admin);
  const version = await services.db.machineVersion.findFirstOrThrow({ where: { number: 3 } });
  await services.db.machineVersion.update({
    where: { id: version.id },
    data: { status: "promoted", endedAt: null, endReason: null },
  });
  // Examiners who see it otherwise, on answers the version has rated.
  const { scriptIds } = await createConfirmedWriting(services, {
    ...{ programmeId, adminId, count: fewestWatched + 4, seed: "drift", noise: 30 },
  });
  for (const scriptId of scriptIds.slice(0, fewestWatched - 5))
    services.jobs.push({ name: machineRatingJob.name, payload: { scriptId }, options: {} });
  await services.drain();
  await machineSweep.run(services.as(systemViewer));
  expect(await services.db.machineVersion.findUnique({ where: { id: version.id } })).toMatchObject({
    status: "promoted",
  });
  for (const scriptId of scriptIds.slice(fewestWatched - 5))
    services.jobs.push({ name: machineRatingJob.name, payload: { scriptId }, options: {} });
  await services.drain();
  await machineSweep.run(services.as(systemViewer));
  const page = await getMachineMarking(context, ielp);
  const demoted = page.versions.find(({ number }) => number === 3);
  expect(demoted).toMatchObject({ status: "demoted", endReason: expect.stringContaining("weighted kappa") });
  // Counts and their uncertainty, whatever one looks at: an answer counts once, however many criteria it has.
  const [spoiled] = page.groups.version.filter(({ name }) => name === "writing-heuristic-calibrated 3");
  expect(spoiled?.answers).toBeGreaterThanOrEqual(fewestWatched + 4);
  expect(spoiled?.kappa.value !== null && spoiled && spoiled.kappa.value > spoiled.kappa.low).toBe(true);
  for (const key of ["level", "firstLanguage", "task", "month"] as const)
    expect(page.groups[key].reduce((sum, { answers }) => sum + answers, 0)).toBe(page.rated);
  await services.drain();
  const told = services.mails.filter(
    ({ subject }) => subject === "A version of the machine rater was taken out of use",
  );
  const admins = await services.db.person.count({ where: { roles: { some: { role: "admin" } } } });
  expect(told).toHaveLength(admins);
  expect(
    await services.db.auditEntry.count({
      where: { action: "demoteVersion", subjectId: version.id, actorKind: "system" },
    }),
  ).toBe(1);
});
