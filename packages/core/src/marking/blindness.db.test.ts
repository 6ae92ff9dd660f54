import { useTestDatabase } from "@bandwise/db/test-database";
import { beforeAll, describe, expect, test } from "vitest";
import { systemViewer, type Viewer } from "../kernel/policy.ts";
import { createSubmittedAttempt } from "../testing/attempts.ts";
import { createSmallBank, oneMark } from "../testing/bank.ts";
import { createPerson, type TestServices, testServices } from "../testing/services.ts";
import { createScripts, returnScript, saveDraft, submitRating, takeAdjudication, takeScript } from "./commands.ts";
import { decideHold, publishPolicy, sendBackDoubtful } from "./lead-commands.ts";
import { getHold } from "./lead-queries.ts";
import { scriptOutcome } from "./policy-schema.ts";
import { getMarkingHome, getScriptForMarking, listMyRatings, listScripts } from "./queries.ts";
import type { Scores } from "./schema.ts";

const database = useTestDatabase();
let services: TestServices;
let programmeId: string;
let adminId: string;

const five = (score: number): Scores =>
  Object.fromEntries(["taskFulfilment", "coherence", "grammar", "vocabulary", "register"].map((id) => [id, score]));
const writing = { skill: "writing" as const };

beforeAll(async () => {
  services = testServices(database().prisma);
  ({ programmeId } = await createSmallBank(services, 8));
  const admin = await createPerson(services.db, ["admin"]);
  adminId = admin.id;
  await publishPolicy(services.as(admin.viewer), {
    programme: "ielp",
    skill: null,
    level: null,
    data: { ...oneMark, mode: "double" },
    reason: "A test",
    after: 1,
  });
});

/** One writing script that waits for two marks, and nothing else to mark. */
async function oneScript(): Promise<string> {
  const candidate = await createPerson(services.db, ["candidate"]);
  const { attemptId } = await createSubmittedAttempt(services, {
    candidateId: candidate.id,
    programmeId,
    adminId,
    silent: true,
  });
  await createScripts(services.as(systemViewer), { attemptId });
  const { id } = await services.db.script.findFirstOrThrow({ where: { attemptId, skill: "writing" } });
  await services.db.script.updateMany({ where: { id: { not: id } }, data: { status: "settled", adjudicating: false } });
  return id;
}

const person = async (...roles: ("examiner" | "senior_examiner")[]) => (await createPerson(services.db, roles)).viewer;

async function open(viewer: Viewer, taken: { code: string } | null) {
  if (!taken) throw new Error("the queue is empty");
  const script = await getScriptForMarking(services.as(viewer), taken);
  return { script, held: { scriptId: script.id, leaseToken: script.lease?.token ?? "" } };
}

const take = async (viewer: Viewer) => open(viewer, await takeScript(services.as(viewer), writing));

async function mark(viewer: Viewer, score: number) {
  const { held } = await take(viewer);
  services.advance(60);
  return submitRating(services.as(viewer), { ...held, scores: five(score), comment: `I say ${score}.` });
}

async function hold(viewer: Viewer, goodUntil: Date): Promise<string> {
  const holdId = services.ids.uuid();
  const personId = viewer.kind === "person" ? viewer.personId : "";
  const openedAt = services.clock.now();
  await services.db.markingHold.create({
    data: { id: holdId, personId, skill: "writing", openedAt, goodUntil, missed: [] },
  });
  return holdId;
}

describe("a senior examiner who once began a mark of her own", () => {
  test("adjudicates with both marks before her, and her decision is one", async () => {
    const scriptId = await oneScript();
    const [one, two, senior] = [await person("examiner"), await person("examiner"), await person("senior_examiner")];
    const begun = await take(senior);
    await saveDraft(services.as(senior), { ...begun.held, scores: five(9), comment: "" });
    await returnScript(services.as(senior), begun.held);
    await mark(one, 4);
    await mark(two, 7);

    const { script, held } = await open(senior, await takeAdjudication(services.as(senior), writing));
    expect(script.marksToDecide?.map(({ scores }) => scores.grammar)).toEqual([4, 7]);
    await submitRating(services.as(senior), { ...held, scores: five(6), comment: "" });
    const { status, outcome } = await services.db.script.findUniqueOrThrow({ where: { id: scriptId } });
    expect(status).toBe("settled");
    expect(scriptOutcome.parse(outcome).rule).toBe("adjudicated");
  });
});

describe("a senior examiner who has seen others' marks", () => {
  test("gives no blind mark when one of them is sent back", async () => {
    const scriptId = await oneScript();
    const [one, two, senior] = [await person("examiner"), await person("examiner"), await person("senior_examiner")];
    const goodUntil = services.clock.now();
    await mark(one, 4);
    await mark(two, 7);
    const { held } = await open(senior, await takeAdjudication(services.as(senior), writing));
    await returnScript(services.as(senior), held);
    const holdId = await hold(one, goodUntil);
    const lead = await person("senior_examiner");
    await sendBackDoubtful(services.as(lead), { holdId, reason: "Two seeds missed" });
    expect(await services.db.script.findUnique({ where: { id: scriptId } })).toMatchObject({ status: "waiting" });

    expect((await getMarkingHome(services.as(senior), {})).queues).toEqual([]);
    expect(await takeScript(services.as(senior), writing)).toBeNull();
    const third = await person("examiner");
    await mark(third, 3);
    const again = await open(senior, await takeAdjudication(services.as(senior), writing));
    expect(again.script.marksToDecide?.map(({ scores }) => scores.grammar)).toEqual([7, 3]);
  });
});

describe("who marks blind", () => {
  test("learns from no answer how the other mark went, nor that there is one", async () => {
    await oneScript();
    const [one, two, senior] = [await person("examiner"), await person("examiner"), await person("senior_examiner")];
    const receipts = [await mark(one, 4)];
    // She is about to take it: the first mark is none of her business.
    const listed = await listScripts(services.as(senior), { status: "waiting", pageSize: 100 });
    expect(JSON.stringify(listed)).not.toContain("I say 4.");
    expect(listed.rows.map(({ rating }) => rating)).toEqual([null]);
    receipts.push(await mark(two, 7));
    expect(receipts.map((receipt) => Object.keys(receipt))).toEqual([["ratingId"], ["ratingId"]]);
    const mine = await listMyRatings(services.as(one), {});
    expect(mine.rows.map(({ script }) => Object.keys(script))).toEqual([["code", "skill", "level"]]);
  });
});

describe("sending back what is in doubt", () => {
  test("leaves alone what was marked after the queue was let go on", async () => {
    const examiner = await person("examiner");
    const goodUntil = services.clock.now();
    const doubtful = await oneScript();
    await mark(examiner, 9);
    const holdId = await hold(examiner, goodUntil);
    const lead = await person("senior_examiner");
    services.advance(60);
    await decideHold(services.as(lead), { holdId, verdict: "lifted", note: "Go on." });
    services.advance(60);
    const later = await oneScript();
    await mark(examiner, 5);

    expect(await getHold(services.as(lead), { holdId })).toMatchObject({ inDoubt: 1 });
    expect(await sendBackDoubtful(services.as(lead), { holdId, reason: "After all" })).toMatchObject({ sentBack: 1 });
    const statusOf = (scriptId: string) =>
      services.db.rating.findFirst({ where: { scriptId }, select: { status: true } });
    expect(await statusOf(doubtful)).toEqual({ status: "superseded" });
    expect(await statusOf(later)).toEqual({ status: "final" });
  });
});
