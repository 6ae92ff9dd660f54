import { useTestDatabase } from "@bandwise/db/test-database";
import { scoreIelp } from "@bandwise/scoring/ielp";
import { beforeAll, expect, test } from "vitest";
import { getAttemptDetail } from "../delivery/queries.ts";
import { systemViewer, type Viewer } from "../kernel/policy.ts";
import { createScripts, reopenScript, submitRating, takeScript } from "../marking/commands.ts";
import { getScriptForMarking, listScripts } from "../marking/queries.ts";
import { ielpResponses } from "../schemes/ielp-rules.ts";
import { createSubmittedAttempt } from "../testing/attempts.ts";
import { createSmallBank } from "../testing/bank.ts";
import { createPerson, type TestServices, testServices } from "../testing/services.ts";
import { computeResult, releaseResults, resolveReview, scoreObjective } from "./commands.ts";
import { getDashboard } from "./dashboard-queries.ts";
import { getAttemptResults, getResult, listMyResults, listResults } from "./queries.ts";
import { scoreRange } from "./range-schema.ts";
import { getReportPdf } from "./report-queries.ts";
import { partsOf } from "./rules.ts";
import { resultInputs } from "./schema.ts";
import { makeProvisionalResult } from "./steps.ts";

const database = useTestDatabase();
let services: TestServices;
let programmeId: string;
let admin: { id: string; viewer: Viewer };
let examiner: { viewer: Viewer };

beforeAll(async () => {
  services = testServices(database().prisma);
  ({ programmeId } = await createSmallBank(services, 6));
  admin = await createPerson(services.db, ["admin"]);
  examiner = await createPerson(services.db, ["examiner"]);
});

const rating = {
  writing: { taskFulfilment: 5, coherence: 5, grammar: 5, vocabulary: 5, register: 5 },
  speaking: { fluency: 6.5, accuracy: 6.5, range: 6.5, interaction: 6.5 },
};

async function markAll(): Promise<void> {
  for (const skill of ["writing", "speaking"] as const) {
    for (let taken = await takeScript(services.as(examiner.viewer), { skill }); taken; ) {
      const script = await getScriptForMarking(services.as(examiner.viewer), { code: taken.code });
      if (!script.lease) throw new Error("no lease");
      const held = { scriptId: script.id, leaseToken: script.lease.token };
      await submitRating(services.as(examiner.viewer), { ...held, scores: rating[skill], comment: "" });
      taken = await takeScript(services.as(examiner.viewer), { skill });
    }
  }
}

async function markedAttempt(answer: string | null = "b"): Promise<string> {
  const candidate = await createPerson(services.db, ["candidate"]);
  const { attemptId } = await createSubmittedAttempt(services, {
    candidateId: candidate.id,
    programmeId,
    adminId: admin.id,
    answer,
  });
  await scoreObjective(services.as(systemViewer), { attemptId });
  await createScripts(services.as(systemViewer), { attemptId });
  await markAll();
  await computeResult(services.as(systemViewer), { attemptId });
  return attemptId;
}

test("an attempt goes from submitted to a provisional result with the bands of the scheme", async () => {
  const attemptId = await markedAttempt();
  const result = await services.db.result.findFirstOrThrow({ where: { attemptId } });
  // Everything right: 20.00 → 10.00 twice; Writing 25.00 → 6.00 and Speaking 65.00 → 7.00 as in the worked example.
  expect(result).toMatchObject({ status: "provisional", version: 1, overallHundredths: 825, cefr: "C2" });
  expect(result.output).toMatchObject({
    sections: {
      reading: { raw: "20.00" },
      writing: { raw: "25.00", band: "6.00" },
      speaking: { raw: "65.00", band: "7.00" },
    },
  });
});

test("the range is frozen with the result: from the items' difficulty, and from the policy's tolerance where marks are single", async () => {
  const attemptId = await markedAttempt();
  const { id, scoreRange: stored } = await services.db.result.findFirstOrThrow({ where: { attemptId } });
  const range = scoreRange.parse(stored);
  expect(range.sections).toMatchObject({
    reading: { method: "items", high: "10.00" },
    writing: { method: "tolerance" },
    speaking: { method: "tolerance" },
  });
  expect(Number(range.overall.low)).toBeLessThan(8.25);
  expect(Number(range.overall.high)).toBeGreaterThan(8.25);
  await expect(services.db.result.update({ where: { id }, data: { scoreRange: {} } })).rejects.toThrow(
    /may only change/,
  );
});

test("nothing answered scores nothing, and says so", async () => {
  const attemptId = await markedAttempt(null);
  expect(await services.db.sectionScore.findMany({ where: { attemptId }, select: { raw: true, cefr: true } })).toEqual([
    { raw: "0.00", cefr: "below A1" },
    { raw: "0.00", cefr: "below A1" },
  ]);
});

test("computing twice makes one result", async () => {
  const attemptId = await markedAttempt();
  await Promise.all([1, 2, 3].map(() => computeResult(services.as(systemViewer), { attemptId })));
  expect(await services.db.result.count({ where: { attemptId } })).toBe(1);
});

test("a release happens once, however many admins press at the same time", async () => {
  const attemptId = await markedAttempt();
  const presses = await Promise.allSettled(
    [1, 2, 3, 4].map(() => releaseResults(services.as(admin.viewer), { attemptIds: [attemptId] })),
  );
  expect(presses.filter((press) => press.status === "fulfilled")).toHaveLength(1);
  expect(await services.db.result.count({ where: { attemptId, status: "released" } })).toBe(1);
});

test("one attempt that cannot be released keeps the whole choice back", async () => {
  const ready = await markedAttempt();
  const held = await markedAttempt();
  await services.db.attempt.update({ where: { id: held }, data: { reviewReason: "late answers" } });
  await expect(releaseResults(services.as(admin.viewer), { attemptIds: [ready, held] })).rejects.toMatchObject({
    code: "CONFLICT",
  });
  expect(await services.db.attempt.findUnique({ where: { id: ready } })).toMatchObject({ status: "marked" });
  await resolveReview(services.as(admin.viewer), { attemptId: held });
  await releaseResults(services.as(admin.viewer), { attemptIds: [ready, held] });
  expect(
    await services.db.result.findMany({
      where: { attemptId: held },
      select: { status: true, version: true },
      orderBy: { version: "asc" },
    }),
  ).toEqual([
    { status: "superseded", version: 1 },
    { status: "released", version: 2 },
  ]);
});

test("a released result cannot be edited, by the database itself", async () => {
  const attemptId = await markedAttempt();
  await releaseResults(services.as(admin.viewer), { attemptIds: [attemptId] });
  const { id } = await services.db.result.findFirstOrThrow({ where: { attemptId } });
  await expect(services.db.result.update({ where: { id }, data: { overallHundredths: 1000 } })).rejects.toThrow(
    /may only change/,
  );
});

test("a candidate sees a result from its release on, and is led from a replaced one to the one that counts", async () => {
  const attemptId = await markedAttempt();
  const { candidateId } = await services.db.attempt.findUniqueOrThrow({ where: { id: attemptId } });
  const candidate = services.as({ kind: "person", personId: candidateId, roles: ["candidate"], centreIds: [] });
  const first = await services.db.result.findFirstOrThrow({ where: { attemptId } });
  await expect(getResult(candidate, { resultId: first.id })).rejects.toMatchObject({ code: "NOT_FOUND" });
  await expect(getReportPdf(candidate, { resultId: first.id })).rejects.toMatchObject({ code: "NOT_FOUND" });
  await releaseResults(services.as(admin.viewer), { attemptIds: [attemptId] });
  expect(await getResult(candidate, { resultId: first.id })).toMatchObject({ replacedById: null });
  const { content, fileName } = await getReportPdf(candidate, { resultId: first.id });
  expect(Buffer.from(content).subarray(0, 5).toString()).toBe("%PDF-");
  expect(fileName).toMatch(/^result-.+-1\.pdf$/);
  const stranger = services.as((await createPerson(services.db, ["candidate"])).viewer);
  await expect(getReportPdf(stranger, { resultId: first.id })).rejects.toMatchObject({ code: "NOT_FOUND" });
  expect(await listMyResults(candidate, {})).toMatchObject([
    {
      id: first.id,
      programme: "IELP",
      timeZone: "UTC",
      overall: { range: { low: expect.any(String) } },
      parts: [{ id: "reading", range: { high: expect.any(String) } }, {}, {}, {}],
    },
  ]);

  const now = services.clock.now();
  const second = await services.db.$transaction((tx) =>
    makeProvisionalResult(
      { ...services.as(systemViewer), tx, now, audit: () => undefined, enqueue: () => undefined },
      attemptId,
    ),
  );
  await services.db.result.update({ where: { id: first.id }, data: { status: "superseded", supersededAt: now } });
  await services.db.result.update({ where: { id: second }, data: { status: "released", releasedAt: now } });
  expect(await getResult(candidate, { resultId: first.id })).toMatchObject({ replacedById: second });
  expect((await listMyResults(candidate, {})).map(({ id }) => id)).toEqual([second]);
});

test("staff see each version with its frozen inputs in short, and who released it", async () => {
  const attemptId = await markedAttempt();
  await releaseResults(services.as(admin.viewer), { attemptIds: [attemptId] });
  const seen = await getAttemptResults(services.as(admin.viewer), { attemptId });
  expect(seen.results).toMatchObject([
    {
      version: 1,
      releasedBy: "Test Person",
      inputs: { items: 24, answered: 24, tasks: 9, ratings: 9, unanswered: 0 },
    },
  ]);
  expect(seen.obstacle).toBe("It has been released already.");
});

test("an admin who also marks is told nowhere which script is whose", async () => {
  const attemptId = await markedAttempt();
  const scripts = await services.db.script.findMany({ where: { attemptId }, select: { id: true, code: true } });
  const both = (await createPerson(services.db, ["admin", "examiner"])).viewer;
  const told = JSON.stringify([
    await getAttemptResults(services.as(both), { attemptId }),
    await getAttemptDetail(services.as(both), { attemptId }),
    await getAttemptDetail(services.as(admin.viewer), { attemptId }),
  ]);
  for (const { id, code } of scripts) {
    expect(told).not.toContain(id);
    expect(told).not.toContain(code);
  }
  const { rows } = await listScripts(services.as(both), { status: "settled", pageSize: 100 });
  expect(rows.length).toBeGreaterThan(0);
  expect(rows.every(({ attempt }) => attempt === null)).toBe(true);
  const seen = await listScripts(services.as(admin.viewer), { status: "settled", pageSize: 100 });
  expect(seen.rows.some(({ attempt }) => attempt?.id === attemptId)).toBe(true);
});

test("lists and dashboard agree on what is ready, held and released", async () => {
  await markedAttempt();
  const context = services.as(admin.viewer);
  const ready = await listResults(context, { state: "ready", search: "" });
  const held = await listResults(context, { state: "held", search: "" });
  expect(ready.counts).toEqual({ ready: ready.total, held: held.total });
  const dashboard = await getDashboard(context, {});
  expect(dashboard.figures.ready).toBe(ready.total);
  // 8.25 and 2.88 and the like: each released result stands in exactly one step of half a band.
  const [ielp] = dashboard.distributions;
  expect(ielp?.bins.reduce((sum, { count }) => sum + count, 0)).toBe(dashboard.released.released);
  expect(ready.distributions).toMatchObject([{ schemeId: "ielp", count: ready.total }]);
  expect(held.distributions).toEqual([]);
  expect(dashboard.sittings.length).toBeGreaterThan(0);
});

test("a text that arrives after its empty answer had settled goes to a marker before anything is released", async () => {
  const candidate = await createPerson(services.db, ["candidate"]);
  const { attemptId } = await createSubmittedAttempt(services, {
    candidateId: candidate.id,
    programmeId,
    adminId: admin.id,
    text: "",
  });
  await scoreObjective(services.as(systemViewer), { attemptId });
  await createScripts(services.as(systemViewer), { attemptId });
  await markAll();
  await computeResult(services.as(systemViewer), { attemptId });
  expect(await services.db.attempt.findUnique({ where: { id: attemptId } })).toMatchObject({ status: "marked" });
  await services.db.response.updateMany({
    where: { attemptItem: { attemptId, skill: "writing" } },
    data: { value: { text: "Written in time, arrived late." } },
  });
  await services.db.attempt.update({ where: { id: attemptId }, data: { reviewReason: "late answers" } });
  expect(await resolveReview(services.as(admin.viewer), { attemptId })).toEqual({ resultId: null });
  await expect(releaseResults(services.as(admin.viewer), { attemptIds: [attemptId] })).rejects.toMatchObject({
    code: "CONFLICT",
  });
  await markAll();
  await computeResult(services.as(systemViewer), { attemptId });
  await releaseResults(services.as(admin.viewer), { attemptIds: [attemptId] });
  const released = await services.db.result.findFirstOrThrow({ where: { attemptId, status: "released" } });
  expect(released.output).toMatchObject({ sections: { writing: { raw: "25.00", band: "6.00" } } });
});

test("a text that arrives after its script was rated is sent back by an admin, to the same examiner if it comes so", async () => {
  const attemptId = await markedAttempt();
  const script = await services.db.script.findFirstOrThrow({
    where: { attemptId, skill: "writing", level: "C" },
    include: { ratings: true, attemptItem: { include: { response: true } } },
  });
  const [before] = script.ratings;
  const { attemptItemId } = script;
  const response = script.attemptItem?.response;
  if (!before || !response || !attemptItemId) throw new Error("not rated");
  expect(before).toMatchObject({ entryId: response.entryId, recordingId: null });
  const on = services.as(admin.viewer);
  await expect(reopenScript(on, { scriptId: script.id, reason: "I should like more." })).rejects.toMatchObject({
    code: "CONFLICT",
  });

  const late = await services.db.answerEntry.create({
    data: {
      attemptId,
      attemptItemId,
      clientId: response.clientId,
      sequence: 1_000,
      epoch: 1,
      value: { text: "Written in time, arrived late." },
      madeAt: services.clock.now(),
      receivedAt: services.clock.now(),
      hash: "late",
      standing: "late-arrival",
    },
  });
  await services.db.response.update({
    where: { attemptItemId },
    data: { value: { text: "Written in time, arrived late." }, entryId: late.id },
  });
  await services.db.attempt.update({ where: { id: attemptId }, data: { reviewReason: "late answers" } });
  const seen = (await getAttemptResults(on, { attemptId })).scripts;
  expect(seen.filter(({ ratings }) => ratings.some(({ outdated }) => outdated)).map((seen) => seen.script?.id)).toEqual(
    [script.id],
  );
  // Nor may the other scripts' marks be given anew because one answer came late.
  const other = await services.db.script.findFirstOrThrow({ where: { attemptId, skill: "writing", level: "A" } });
  await expect(reopenScript(on, { scriptId: other.id, reason: "I should like more." })).rejects.toMatchObject({
    code: "CONFLICT",
  });
  await reopenScript(on, { scriptId: script.id, reason: "A later text arrived." });
  expect(await services.db.attempt.findUnique({ where: { id: attemptId } })).toMatchObject({ status: "marking" });
  await resolveReview(on, { attemptId });
  // The examiner who rated the earlier text: her first rating no longer counts, so she may give another.
  await markAll();
  await computeResult(services.as(systemViewer), { attemptId });
  await releaseResults(on, { attemptIds: [attemptId] });
  const result = await services.db.result.findFirstOrThrow({ where: { attemptId, status: "released" } });
  const inputs = resultInputs.parse(result.inputs);
  const task = inputs.tasks.find(({ scriptId }) => scriptId === script.id);
  expect(task?.ratings).toMatchObject([{ entryId: String(late.id), recordingId: null }]);
  expect(task?.ratings[0]?.ratingId).not.toBe(before.id);
});

test("a result can be traced to each answer it rests on, and worked out again from its inputs alone", async () => {
  const attemptId = await markedAttempt();
  const result = await services.db.result.findFirstOrThrow({ where: { attemptId } });
  const inputs = resultInputs.parse(result.inputs);
  for (const { attemptItemId, entryId } of inputs.items) {
    const entry = await services.db.answerEntry.findUniqueOrThrow({ where: { id: BigInt(entryId ?? 0) } });
    expect(entry).toMatchObject({ attemptItemId, value: "b" });
  }
  for (const { attemptItemId, skill, ratings } of inputs.tasks) {
    const [rating] = ratings;
    if (skill === "writing") {
      expect(rating?.recordingId).toBeNull();
      const entry = await services.db.answerEntry.findUniqueOrThrow({ where: { id: BigInt(rating?.entryId ?? 0) } });
      expect(entry.attemptItemId).toBe(attemptItemId);
    } else {
      const recording = await services.db.recording.findUniqueOrThrow({ where: { id: rating?.recordingId ?? "" } });
      expect(recording.attemptItemId).toBe(attemptItemId);
    }
  }
  const again = scoreIelp(ielpResponses(partsOf(inputs)), { trace: true });
  expect(JSON.parse(JSON.stringify(again))).toEqual(result.output);
});

test("an answer that arrived while the last script was being marked is in the result", async () => {
  const candidate = await createPerson(services.db, ["candidate"]);
  const { attemptId } = await createSubmittedAttempt(services, {
    candidateId: candidate.id,
    programmeId,
    adminId: admin.id,
    answer: "a",
  });
  await scoreObjective(services.as(systemViewer), { attemptId });
  await createScripts(services.as(systemViewer), { attemptId });
  await services.db.response.updateMany({
    where: { attemptItem: { attemptId, skill: "reading" } },
    data: { value: "b" },
  });
  await markAll();
  await computeResult(services.as(systemViewer), { attemptId });
  const result = await services.db.result.findFirstOrThrow({ where: { attemptId } });
  expect(result.output).toMatchObject({ sections: { reading: { raw: "20.00" } } });
});

test("objective scoring and the making of scripts, started in the same instant, do not lock each other out", async () => {
  const attempts = await Promise.all(
    Array.from({ length: 6 }, async () => {
      const { id } = await createPerson(services.db, ["candidate"]);
      return createSubmittedAttempt(services, { candidateId: id, programmeId, adminId: admin.id });
    }),
  );
  const system = services.as(systemViewer);
  const both = attempts.flatMap(({ attemptId }) => [
    createScripts(system, { attemptId }),
    scoreObjective(system, { attemptId }),
  ]);
  for (const outcome of await Promise.allSettled(both)) expect(outcome.status).toBe("fulfilled");
});
