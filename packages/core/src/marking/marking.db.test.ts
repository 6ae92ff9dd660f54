import { useTestDatabase } from "@bandwise/db/test-database";
import { beforeAll, describe, expect, test } from "vitest";
import { anonymousViewer, systemViewer, type Viewer } from "../kernel/policy.ts";
import { createSubmittedAttempt } from "../testing/attempts.ts";
import { createSmallBank } from "../testing/bank.ts";
import { createPerson, type TestServices, testServices } from "../testing/services.ts";
import { createScripts, renewLease, returnLapsedLeases, saveDraft, submitRating, takeScript } from "./commands.ts";
import { getScriptForMarking } from "./queries.ts";

const database = useTestDatabase();
let services: TestServices;
let programmeId: string;
let adminId: string;

const scores = { taskFulfilment: 7, coherence: 6.5, grammar: 6, vocabulary: 7, register: 6.5 };

beforeAll(async () => {
  services = testServices(database().prisma);
  ({ programmeId } = await createSmallBank(services, 6));
  adminId = (await createPerson(services.db, ["admin"])).id;
});

async function attemptInMarking(options: { text?: string; silent?: boolean } = {}): Promise<string> {
  const candidate = await createPerson(services.db, ["candidate"]);
  const { attemptId } = await createSubmittedAttempt(services, {
    candidateId: candidate.id,
    programmeId,
    adminId,
    ...options,
  });
  await createScripts(services.as(systemViewer), { attemptId });
  return attemptId;
}

async function take(viewer: Viewer): Promise<{ code: string; scriptId: string; leaseToken: string }> {
  const taken = await takeScript(services.as(viewer), { skill: "writing" });
  if (!taken) throw new Error("the queue is empty");
  const { id, lease } = await getScriptForMarking(services.as(viewer), { code: taken.code });
  if (!lease) throw new Error("no lease");
  return { code: taken.code, scriptId: id, leaseToken: lease.token };
}

describe("scripts", () => {
  test("are made once per writing and speaking response", async () => {
    const attemptId = await attemptInMarking();
    await createScripts(services.as(systemViewer), { attemptId });
    expect(await services.db.script.count({ where: { attemptId } })).toBe(9);
    expect(await services.db.attempt.findUnique({ where: { id: attemptId } })).toMatchObject({ status: "marking" });
  });

  test("settle at once, without a marker, where nothing was answered", async () => {
    const attemptId = await attemptInMarking({ text: " ", silent: true });
    expect(await services.db.script.count({ where: { attemptId, status: "settled" } })).toBe(9);
    expect(await services.db.rating.count({ where: { script: { attemptId } } })).toBe(0);
  });
});

describe("leases", () => {
  test("never hand one script to two examiners who ask in the same instant", async () => {
    for (let attempt = 0; attempt < 3; attempt += 1) await attemptInMarking();
    const waiting = await services.db.script.count({ where: { status: "waiting", skill: "writing" } });
    const examiners = await Promise.all(
      Array.from({ length: waiting + 3 }, () => createPerson(services.db, ["examiner"])),
    );
    const taken = await Promise.all(
      examiners.map(({ viewer }) => takeScript(services.as(viewer), { skill: "writing" })),
    );
    const codes = taken.flatMap((script) => (script ? [script.code] : []));
    expect(codes).toHaveLength(waiting);
    expect(new Set(codes).size).toBe(waiting);
    services.advance(121);
    await returnLapsedLeases(services.as(systemViewer), {});
    expect(await services.db.script.count({ where: { status: "waiting", skill: "writing" } })).toBe(waiting);
  });

  test("give the same examiner the script she holds already", async () => {
    await attemptInMarking();
    const { viewer } = await createPerson(services.db, ["examiner"]);
    const first = await take(viewer);
    expect((await take(viewer)).code).toBe(first.code);
  });

  test("that lapsed cannot be rated on, and the draft stays with its owner", async () => {
    await attemptInMarking();
    const { viewer } = await createPerson(services.db, ["examiner"]);
    const held = await take(viewer);
    await saveDraft(services.as(viewer), { ...held, scores: { grammar: 6 }, comment: "half done" });
    services.advance(121);
    await returnLapsedLeases(services.as(systemViewer), {});
    await expect(submitRating(services.as(viewer), { ...held, scores, comment: "" })).rejects.toMatchObject({
      code: "CONFLICT",
    });
    await expect(renewLease(services.as(viewer), held)).rejects.toMatchObject({ code: "CONFLICT" });
    const kept = await getScriptForMarking(services.as(viewer), { code: held.code });
    expect(kept.mine).toMatchObject({ status: "draft", scores: { grammar: 6 }, comment: "half done" });
    expect(kept.lease).toBeNull();
  });

  test("are renewed by the open page", async () => {
    await attemptInMarking();
    const { viewer } = await createPerson(services.db, ["examiner"]);
    const held = await take(viewer);
    services.advance(100);
    await renewLease(services.as(viewer), held);
    services.advance(100);
    await returnLapsedLeases(services.as(systemViewer), {});
    await expect(submitRating(services.as(viewer), { ...held, scores, comment: "" })).resolves.toMatchObject({
      script: "settled",
    });
  });
});

describe("ratings", () => {
  test("need every criterion on the half-point grid", async () => {
    await attemptInMarking();
    const { viewer } = await createPerson(services.db, ["examiner"]);
    const held = await take(viewer);
    const { register: _, ...lacking } = scores;
    await expect(submitRating(services.as(viewer), { ...held, scores: lacking, comment: "" })).rejects.toMatchObject({
      code: "INVALID",
      fields: { "scores.register": "needs a score" },
    });
    await expect(
      submitRating(services.as(viewer), { ...held, scores: { ...scores, grammar: 7.3 }, comment: "" }),
    ).rejects.toMatchObject({ fields: { "scores.grammar": "must be a whole or half point" } });
    expect(await services.db.rating.count({ where: { scriptId: held.scriptId, status: "final" } })).toBe(0);
  });

  test("are frozen once final, by the database itself", async () => {
    await attemptInMarking();
    const { viewer } = await createPerson(services.db, ["examiner"]);
    const held = await take(viewer);
    const { ratingId } = await submitRating(services.as(viewer), { ...held, scores, comment: "" });
    await expect(services.db.rating.update({ where: { id: ratingId }, data: { scores: {} } })).rejects.toThrow(
      /may only change/,
    );
  });

  test("with noise hold the script for an admin", async () => {
    await attemptInMarking();
    const { viewer } = await createPerson(services.db, ["examiner"]);
    const held = await take(viewer);
    const { script } = await submitRating(services.as(viewer), {
      ...held,
      scores: {},
      comment: "hum",
      cannotMark: "noise",
    });
    expect(script).toBe("cannot_be_marked");
  });

  test("are hidden from strangers and other examiners", async () => {
    await attemptInMarking();
    const { viewer } = await createPerson(services.db, ["examiner"]);
    const other = await createPerson(services.db, ["examiner"]);
    const { code } = await take(viewer);
    await expect(getScriptForMarking(services.as(other.viewer), { code })).rejects.toMatchObject({ code: "NOT_FOUND" });
    await expect(getScriptForMarking(services.as(anonymousViewer), { code })).rejects.toMatchObject({
      code: "UNAUTHENTICATED",
    });
  });
});
