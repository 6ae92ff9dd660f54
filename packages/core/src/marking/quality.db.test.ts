import { useTestDatabase } from "@bandwise/db/test-database";
import { beforeAll, describe, expect, test } from "vitest";
import { systemViewer, type Viewer } from "../kernel/policy.ts";
import { releaseResults, scoreObjective } from "../results/commands.ts";
import { resultInputs } from "../results/schema.ts";
import { createSubmittedAttempt } from "../testing/attempts.ts";
import { createSmallBank, oneMark } from "../testing/bank.ts";
import { createBenchmarks } from "../testing/benchmarks.ts";
import { createPerson, type TestServices, testServices } from "../testing/services.ts";
import {
  createScripts,
  returnLapsedLeases,
  saveDraft,
  submitRating,
  takeAdjudication,
  takeBenchmark,
  takeScript,
} from "./commands.ts";
import { appealHold, decideHold, publishPolicy, sendBackDoubtful, withdrawQualification } from "./lead-commands.ts";
import { getHold, listHolds, listMarkers, listPolicies } from "./lead-queries.ts";
import { standardPolicy } from "./policy-rules.ts";
import { type PolicyData, scriptOutcome } from "./policy-schema.ts";
import { getMarkerStanding, getOwnHold, getQualification } from "./qualification-queries.ts";
import { getScriptForMarking, listMyRatings } from "./queries.ts";
import type { Scores } from "./schema.ts";

const database = useTestDatabase();
let services: TestServices;
let programmeId: string;
let adminId: string;
let admin: Viewer;
let version = 1;

const five = (score: number): Scores =>
  Object.fromEntries(["taskFulfilment", "coherence", "grammar", "vocabulary", "register"].map((id) => [id, score]));
beforeAll(async () => {
  services = testServices(database().prisma);
  ({ programmeId } = await createSmallBank(services, 12));
  const person = await createPerson(services.db, ["admin"]);
  adminId = person.id;
  admin = person.viewer;
  await createBenchmarks(services);
});

async function policy(data: Partial<PolicyData>): Promise<void> {
  await services.db.script.updateMany({ where: { purpose: "live" }, data: { status: "settled" } });
  const programme = { programme: "ielp", skill: null, level: null };
  const all = { ...oneMark, ...data };
  ({ version } = await publishPolicy(services.as(admin), {
    ...programme,
    data: all,
    reason: "A test",
    after: version,
  }));
}

/** Only writing waits, so that a few marks finish it. */
async function attemptInMarking(options: { school?: string } = {}): Promise<string> {
  const candidate = await createPerson(services.db, ["candidate"]);
  if (options.school)
    await services.db.person.update({ where: { id: candidate.id }, data: { school: options.school } });
  const { attemptId } = await createSubmittedAttempt(services, {
    candidateId: candidate.id,
    programmeId,
    adminId,
    silent: true,
  });
  await createScripts(services.as(systemViewer), { attemptId });
  return attemptId;
}

async function open(viewer: Viewer, code: string) {
  const script = await getScriptForMarking(services.as(viewer), { code });
  if (!script.lease) throw new Error("no lease");
  return { script, held: { scriptId: script.id, leaseToken: script.lease.token } };
}

async function mark(viewer: Viewer, scores: Scores, cannotMark?: "silence"): Promise<string> {
  const taken = await takeScript(services.as(viewer), { skill: "writing" });
  if (!taken) throw new Error("the queue is empty");
  const { held } = await open(viewer, taken.code);
  services.advance(60);
  await submitRating(services.as(viewer), { ...held, scores, comment: "", ...(cannotMark && { cannotMark }) });
  return held.scriptId;
}

const scriptRow = (id: string) => services.db.script.findUniqueOrThrow({ where: { id } });

describe("blind double marking", () => {
  test("takes two marks by two persons, neither seeing the other's; within tolerance both count in the result", async () => {
    await policy({ mode: "double" });
    const attemptId = await attemptInMarking();
    const one = await createPerson(services.db, ["examiner"]);
    const two = await createPerson(services.db, ["examiner"]);
    for (const { viewer } of [one, two]) {
      for (let task = 0; task < 3; task += 1) await mark(viewer, five(viewer === one.viewer ? 6 : 6.5));
      expect(await takeScript(services.as(viewer), { skill: "writing" })).toBeNull();
    }
    const scripts = await services.db.script.findMany({ where: { attemptId, skill: "writing" } });
    for (const script of scripts) {
      expect(script).toMatchObject({ status: "settled", adjudicating: false });
      expect(scriptOutcome.parse(script.outcome)).toMatchObject({
        rule: "within-tolerance",
        combine: "exact-mean",
        difference: { criterion: 0.5, mean: 0.5 },
        policy: { programme: "ielp" },
      });
      const seen = await getScriptForMarking(services.as(two.viewer), { code: script.code });
      expect(seen.marksToDecide).toBeNull();
    }
  });

  test("further apart goes to a senior examiner who gave neither mark, sees both, and alone counts", async () => {
    await policy({ mode: "double" });
    const attemptId = await attemptInMarking();
    const one = await createPerson(services.db, ["examiner"]);
    const marksToo = await createPerson(services.db, ["senior_examiner"]);
    const senior = await createPerson(services.db, ["senior_examiner"]);
    const examiner = await createPerson(services.db, ["examiner"]);
    for (let task = 0; task < 3; task += 1) await mark(one.viewer, five(4));
    for (let task = 0; task < 3; task += 1) await mark(marksToo.viewer, five(7));
    expect(await services.db.script.count({ where: { attemptId, status: "adjudication" } })).toBe(3);
    expect(await takeScript(services.as(examiner.viewer), { skill: "writing" })).toBeNull();
    expect(await takeAdjudication(services.as(marksToo.viewer), { skill: "writing" })).toBeNull();
    await expect(takeAdjudication(services.as(examiner.viewer), { skill: "writing" })).rejects.toMatchObject({
      code: "FORBIDDEN",
    });

    for (let task = 0; task < 3; task += 1) {
      const taken = await takeAdjudication(services.as(senior.viewer), { skill: "writing" });
      const { script, held } = await open(senior.viewer, taken?.code ?? "");
      expect(script.marksToDecide?.map(({ scores }) => scores.grammar).sort()).toEqual([4, 7]);
      expect(JSON.stringify(script)).not.toContain(one.id);
      if (task === 0) {
        // A lease that lapses leads back to adjudication, not to the first markers' queue.
        services.advance(121);
        await returnLapsedLeases(services.as(systemViewer), {});
        expect(await scriptRow(held.scriptId)).toMatchObject({ status: "adjudication" });
        expect(await takeScript(services.as(examiner.viewer), { skill: "writing" })).toBeNull();
        const again = await takeAdjudication(services.as(senior.viewer), { skill: "writing" });
        expect(again?.code).toBe(taken?.code);
        const { held: fresh } = await open(senior.viewer, taken?.code ?? "");
        await submitRating(services.as(senior.viewer), { ...fresh, scores: five(6), comment: "Six." });
      } else await submitRating(services.as(senior.viewer), { ...held, scores: five(6), comment: "Six." });
    }
    await services.drain();
    const attempt = await services.db.attempt.findUniqueOrThrow({
      where: { id: attemptId },
      include: { scores: true },
    });
    expect(attempt.status).toBe(attempt.scores.length === 2 ? "marked" : "marking");
    const scripts = await services.db.script.findMany({
      where: { attemptId, skill: "writing" },
      include: { ratings: true },
    });
    for (const script of scripts) {
      expect(script.ratings.filter(({ status }) => status === "final")).toHaveLength(3);
      const outcome = scriptOutcome.parse(script.outcome);
      expect(outcome).toMatchObject({ rule: "adjudicated", difference: { criterion: 3, mean: 3 } });
      expect(outcome.counting).toEqual(script.ratings.flatMap(({ id, role }) => (role === "adjudication" ? [id] : [])));
    }
  });

  test("the result names the marks that count, why, and those that do not", async () => {
    await policy({ mode: "double" });
    const attemptId = await attemptInMarking();
    const [one, two, senior] = [
      await createPerson(services.db, ["examiner"]),
      await createPerson(services.db, ["examiner"]),
      await createPerson(services.db, ["senior_examiner"]),
    ];
    for (let task = 0; task < 3; task += 1) await mark(one.viewer, five(5));
    for (let task = 0; task < 3; task += 1) await mark(two.viewer, task === 0 ? five(8) : five(5.5));
    const taken = await takeAdjudication(services.as(senior.viewer), { skill: "writing" });
    const { held } = await open(senior.viewer, taken?.code ?? "");
    await scoreObjective(services.as(systemViewer), { attemptId });
    await submitRating(services.as(senior.viewer), { ...held, scores: five(7), comment: "" });
    await services.drain();
    await releaseResults(services.as(admin), { attemptIds: [attemptId] });
    const result = await services.db.result.findFirstOrThrow({ where: { attemptId, status: "released" } });
    const { tasks } = resultInputs.parse(result.inputs);
    const writing = tasks.filter(({ skill }) => skill === "writing");
    expect(writing.map(({ ratings }) => ratings.length).sort()).toEqual([1, 2, 2]);
    const adjudicated = writing.find(({ outcome }) => outcome?.rule === "adjudicated");
    expect(adjudicated).toMatchObject({
      ratings: [{ scores: five(7) }],
      otherRatings: [
        { role: "mark", scores: five(5) },
        { role: "mark", scores: five(8) },
      ],
    });
  });
});

describe("targeted second marks", () => {
  test("are asked for once everything is marked and a band lies at the end of its row", async () => {
    await policy({ mode: "targeted", samplePercent: 0, targets: { ...oneMark.targets, newExaminerMarks: null } });
    const attemptId = await attemptInMarking();
    const [one, two] = [await createPerson(services.db, ["examiner"]), await createPerson(services.db, ["examiner"])];
    await scoreObjective(services.as(systemViewer), { attemptId });
    // 5 of 10 on every criterion: raw 25.00, the end of the row of band 6.00.
    for (let task = 0; task < 3; task += 1) await mark(one.viewer, five(5));
    const again = await services.db.script.findMany({ where: { attemptId, status: "waiting" } });
    expect(again.map(({ secondReason, ratingsNeeded }) => [secondReason, ratingsNeeded])).toEqual(
      Array(3).fill(["boundary", 2]),
    );
    for (let task = 0; task < 3; task += 1) await mark(two.viewer, five(5));
    expect(await services.db.attempt.findUnique({ where: { id: attemptId } })).toMatchObject({ status: "marked" });
  });
});

describe("allotment", () => {
  test("keeps a candidate's schoolfellows from marking", async () => {
    await policy({});
    await attemptInMarking({ school: "Harbour School " });
    const same = await createPerson(services.db, ["examiner"]);
    await services.db.person.update({ where: { id: same.id }, data: { school: "harbour school" } });
    expect(await takeScript(services.as(same.viewer), { skill: "writing" })).toBeNull();
    const other = await createPerson(services.db, ["examiner"]);
    await services.db.person.update({ where: { id: other.id }, data: { school: "Hill School" } });
    expect(await takeScript(services.as(other.viewer), { skill: "writing" })).not.toBeNull();
  });

  test("prefers the work of a first marker one shares nothing with, until all are linked", async () => {
    await policy({ mode: "double" });
    for (let attempt = 0; attempt < 4; attempt += 1) await attemptInMarking();
    const [one, two, three] = [
      await createPerson(services.db, ["examiner"]),
      await createPerson(services.db, ["examiner"]),
      await createPerson(services.db, ["examiner"]),
    ];
    const first = await mark(one.viewer, five(5));
    expect(await mark(two.viewer, five(5)), "of twelve scripts the one that links the two").toBe(first);
    const second = await mark(two.viewer, five(5));
    expect(await mark(three.viewer, five(5))).toBe(second);
  });

  test("loads the next script ahead, beside the one in hand", async () => {
    await policy({});
    await attemptInMarking();
    const { viewer } = await createPerson(services.db, ["examiner"]);
    const one = await takeScript(services.as(viewer), { skill: "writing" });
    const two = await takeScript(services.as(viewer), { skill: "writing", beside: one?.code });
    expect(two).not.toBeNull();
    expect(two?.code).not.toBe(one?.code);
    expect(await takeScript(services.as(viewer), { skill: "writing", beside: one?.code })).toEqual(two);
  });
});

async function qualify(viewer: Viewer, score: (model: number) => number): Promise<void> {
  for (;;) {
    const taken = await takeBenchmark(services.as(viewer), { skill: "writing" }).catch(() => null);
    if (!taken) return;
    const { held, script } = await open(viewer, taken.code);
    const { benchmark } = await services.db.script.findUniqueOrThrow({
      where: { id: held.scriptId },
      include: { benchmark: true },
    });
    expect(script.model).toBeNull();
    const model = benchmark?.scores as Scores;
    const given = Object.fromEntries(Object.entries(model).map(([id, mark]) => [id, score(mark)]));
    await submitRating(services.as(viewer), { ...held, scores: given, comment: "" });
    const after = await getScriptForMarking(services.as(viewer), { code: taken.code });
    expect(after.model !== null).toBe(script.purpose === "training" || (await decided(viewer)));
    if (await decided(viewer)) return;
  }
}

async function decided(viewer: Viewer): Promise<boolean> {
  if (viewer.kind !== "person") return false;
  return (await services.db.qualificationDecision.count({ where: { personId: viewer.personId } })) > 0;
}

describe("qualification", () => {
  test("stands before live marking: training with reasons, two sets, a decision by stated shares", async () => {
    await policy({ qualification: true });
    await attemptInMarking();
    const { viewer, id } = await createPerson(services.db, ["examiner"]);
    expect(await takeScript(services.as(viewer), { skill: "writing" })).toBeNull();
    await qualify(viewer, (mark) => mark);
    expect(await getMarkerStanding(services.as(viewer), {})).toMatchObject({
      skills: [
        { skill: "writing", state: "qualified" },
        { skill: "speaking", state: "never" },
      ],
    });
    expect(await takeScript(services.as(viewer), { skill: "writing" })).not.toBeNull();
    await expect(takeBenchmark(services.as(viewer), { skill: "writing" })).rejects.toMatchObject({ code: "CONFLICT" });
    const { scripts, decisions } = await getQualification(services.as(viewer), { skill: "writing" });
    expect(scripts).toHaveLength(22);
    expect(decisions).toMatchObject([{ verdict: "passed", round: 1 }]);
    expect((await listMyRatings(services.as(viewer), {})).total).toBe(0);

    const lead = await createPerson(services.db, ["senior_examiner"]);
    const { rows } = await listMarkers(services.as(lead.viewer), {});
    expect(rows.find((row) => row.personId === id && row.skill === "writing")).toMatchObject({ state: "qualified" });
    await withdrawQualification(services.as(lead.viewer), { personId: id, skill: "writing", reason: "Drift" });
    expect((await getMarkerStanding(services.as(viewer), {})).skills[0]).toMatchObject({
      state: "withdrawn",
      round: 2,
    });
  });

  test("ends at the first set that is not passed, and may be tried again", async () => {
    const { viewer } = await createPerson(services.db, ["examiner"]);
    await qualify(viewer, (mark) => Math.max(0, mark - 2));
    const standing = await getMarkerStanding(services.as(viewer), {});
    expect(standing.skills[0]).toMatchObject({ state: "failed", round: 2 });
    expect(await takeBenchmark(services.as(viewer), { skill: "writing" })).not.toBeNull();
  });

  test("lapses with its date", async () => {
    await policy({ qualification: true });
    await attemptInMarking();
    const { viewer } = await createPerson(services.db, ["examiner"]);
    await qualify(viewer, (mark) => mark);
    const now = services.clock.now();
    services.advance(366 * 86_400);
    expect((await getMarkerStanding(services.as(viewer), {})).skills[0]).toMatchObject({ state: "expired" });
    expect(await takeScript(services.as(viewer), { skill: "writing" })).toBeNull();
    services.setNow(now);
  });
});

describe("hidden seeds", () => {
  const everySecond = { ...standardPolicy.seeds, every: 2, graceMarks: 0 };

  test("come at their rate, look like any other script and are counted by nobody else", async () => {
    await policy({ seeds: everySecond });
    for (let attempt = 0; attempt < 2; attempt += 1) await attemptInMarking();
    const { viewer, id } = await createPerson(services.db, ["examiner"]);
    let purposes: string[] = [];
    const keys: string[] = [];
    for (let task = 0; task < 6; task += 1) {
      const taken = await takeScript(services.as(viewer), { skill: "writing" });
      const { held, script } = await open(viewer, taken?.code ?? "");
      purposes = [...purposes, (await scriptRow(held.scriptId)).purpose];
      expect(script).toMatchObject({ purpose: "live", model: null, marksToDecide: null });
      keys.push(JSON.stringify([Object.keys(script), Object.keys(script.work), typeof script.judged.entryId]));
      await saveDraft(services.as(viewer), { ...held, scores: five(6), comment: "" });
      await submitRating(services.as(viewer), { ...held, scores: five(6), comment: "" });
    }
    expect(purposes.filter((purpose) => purpose === "seed")).toHaveLength(3);
    expect(new Set(keys).size).toBe(1);
    const mine = await listMyRatings(services.as(viewer), {});
    expect(mine.total).toBe(6);
    expect(new Set(mine.rows.map((row) => JSON.stringify(Object.keys(row.script)))).size).toBe(1);
    expect(await services.db.script.count({ where: { forId: id, purpose: "seed" } })).toBe(3);
  });

  test("left alone come back", async () => {
    await policy({ seeds: { ...everySecond, every: 1 } });
    await attemptInMarking();
    const { viewer } = await createPerson(services.db, ["examiner"]);
    const seed = await takeScript(services.as(viewer), { skill: "writing" });
    services.advance(121);
    await returnLapsedLeases(services.as(systemViewer), {});
    expect(await takeScript(services.as(viewer), { skill: "writing" })).toEqual(seed);
  });

  test("missed twice hold the queue and tell examiner and lead; an appeal, a decision, and marks sent back in one step", async () => {
    await policy({ mode: "single" });
    const attemptId = await attemptInMarking();
    const { viewer, id } = await createPerson(services.db, ["examiner"]);
    const lead = await createPerson(services.db, ["senior_examiner"]);
    const doubtful = await mark(viewer, five(9));
    await services.db.script.updateMany({
      where: { attemptId, status: "waiting" },
      data: {
        policy: {
          programme: "ielp",
          scheme: "ielp",
          version: 9,
          data: { ...oneMark, seeds: { ...everySecond, every: 1 } },
        },
      },
    });
    services.jobs.length = 0;
    await mark(viewer, five(0));
    expect(await services.db.markingHold.count({ where: { personId: id } })).toBe(0);
    // A re-mark she has in hand, as a senior may: it must not stand still with her.
    const [marked] = await services.db.script.findMany({ where: { attemptId, purpose: "live" }, take: 1 });
    const [remarkId, resultId, appealId] = [services.ids.uuid(), services.ids.uuid(), services.ids.uuid()];
    const at = services.clock.now();
    await services.db.result.create({
      data: {
        ...{ id: resultId, attemptId, version: 1, status: "superseded", inputs: {}, output: {}, createdAt: at },
        ...{ schemeId: "ielp", schemeVersion: "1", schemeHash: "", overallHundredths: 0 },
      },
    });
    await services.db.appeal.create({
      data: {
        ...{ id: appealId, resultId, skills: ["writing"], reason: "", status: "marking", fee: "none" },
        ...{ askedAt: at, dueAt: at },
      },
    });
    await services.db.script.create({
      data: {
        ...{ id: remarkId, code: services.ids.code(2), purpose: "remark", remarkOfId: marked?.id ?? null, appealId },
        ...{ skill: "writing", level: "A", status: "leased", waitingSince: at },
        ...{ leaseHolderId: id, leaseToken: services.ids.uuid(), leaseExpiresAt: at },
      },
    });
    await mark(viewer, five(0));
    expect(await services.db.script.findUnique({ where: { id: remarkId } })).toMatchObject({
      status: "waiting",
      leaseHolderId: null,
    });
    await services.db.script.delete({ where: { id: remarkId } });
    expect(services.jobs.filter(({ name }) => name === "people.mail").length).toBeGreaterThanOrEqual(2);
    await expect(takeScript(services.as(viewer), { skill: "writing" })).rejects.toMatchObject({ code: "LOCKED" });
    expect(await takeScript(services.as(viewer), { skill: "speaking" })).toBeNull();

    const own = await getOwnHold(services.as(viewer), { skill: "writing" });
    expect(own?.missed).toHaveLength(2);
    expect(own?.missed[0]?.reasons).toHaveProperty("grammar");
    await appealHold(services.as(viewer), { skill: "writing", appeal: "The text was copied." });
    await expect(appealHold(services.as(viewer), { skill: "writing", appeal: "Again." })).rejects.toMatchObject({
      code: "CONFLICT",
    });

    const [waiting] = await listHolds(services.as(lead.viewer), {});
    const holdId = waiting?.id ?? "";
    expect(await getHold(services.as(lead.viewer), { holdId })).toMatchObject({
      appeal: "The text was copied.",
      inDoubt: 1,
      released: 0,
    });
    expect(await sendBackDoubtful(services.as(lead.viewer), { holdId, reason: "Two seeds missed" })).toEqual({
      sentBack: 1,
      released: 0,
    });
    expect(await scriptRow(doubtful)).toMatchObject({ status: "waiting", outcome: null });
    expect(await services.db.rating.findFirst({ where: { scriptId: doubtful, raterId: id } })).toMatchObject({
      status: "superseded",
      supersededBecause: "doubtful",
    });
    await decideHold(services.as(lead.viewer), { holdId, verdict: "lifted", note: "Go on, with care." });
    await expect(
      decideHold(services.as(lead.viewer), { holdId, verdict: "requalify", note: "Again." }),
    ).rejects.toMatchObject({ code: "CONFLICT" });
    // She goes on, but never with the script whose mark was in doubt.
    await services.db.script.updateMany({
      where: { purpose: "live", id: { not: doubtful } },
      data: { status: "settled" },
    });
    expect(await takeScript(services.as(viewer), { skill: "writing" })).toBeNull();
    const other = await createPerson(services.db, ["examiner"]);
    expect(await takeScript(services.as(other.viewer), { skill: "writing" })).not.toBeNull();
  });

  test("a senior examiner decides nothing about her own queue", async () => {
    const senior = await createPerson(services.db, ["senior_examiner"]);
    const now = services.clock.now();
    const holdId = services.ids.uuid();
    await services.db.markingHold.create({
      data: { id: holdId, personId: senior.id, skill: "writing", openedAt: now, goodUntil: now, missed: [] },
    });
    await expect(
      decideHold(services.as(senior.viewer), { holdId, verdict: "lifted", note: "Mine." }),
    ).rejects.toMatchObject({ code: "FORBIDDEN" });
    const other = await createPerson(services.db, ["senior_examiner"]);
    await decideHold(services.as(other.viewer), { holdId, verdict: "requalify", note: "Qualify again." });
    expect((await getMarkerStanding(services.as(senior.viewer), {})).skills[0]).toMatchObject({ state: "withdrawn" });
  });
});

describe("policies", () => {
  test("are versions: two who publish at once do not overwrite each other, and none is ever changed", async () => {
    await policy({ mode: "sampled" });
    const place = { programme: "ielp", skill: null, level: null, data: oneMark, reason: "Late" };
    await expect(publishPolicy(services.as(admin), { ...place, after: version - 1 })).rejects.toMatchObject({
      code: "CONFLICT",
    });
    const [ielp] = (await listPolicies(services.as(admin), {})).filter(({ programme }) => programme === "ielp");
    expect(ielp?.versions[0]).toMatchObject({ version, data: { mode: "sampled" }, reason: "A test" });
    await expect(services.db.markingPolicy.updateMany({ data: { reason: "other" } })).rejects.toThrow(/append-only/);
  });
});
