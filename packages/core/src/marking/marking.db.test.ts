import { useTestDatabase } from "@bandwise/db/test-database";
import { beforeAll, describe, expect, test } from "vitest";
import { anonymousViewer, systemViewer, type Viewer } from "../kernel/policy.ts";
import { createSubmittedAttempt } from "../testing/attempts.ts";
import { createSmallBank } from "../testing/bank.ts";
import { createPerson, type TestServices, testServices } from "../testing/services.ts";
import {
  createScripts,
  renewLease,
  reopenScript,
  retakeScript,
  returnLapsedLeases,
  saveDraft,
  submitRating,
  takeScript,
} from "./commands.ts";
import { getMarkingHome, getScriptForMarking, getScriptTaskMedia, listMyRatings, listScripts } from "./queries.ts";

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

  test("wait for a recording that is still being uploaded, instead of settling at nothing", async () => {
    const candidate = await createPerson(services.db, ["candidate"]);
    const { attemptId } = await createSubmittedAttempt(services, { candidateId: candidate.id, programmeId, adminId });
    const recording = await services.db.recording.findFirstOrThrow({ where: { attemptItem: { attemptId } } });
    const set = (status: "recording" | "processed") =>
      services.db.recording.update({ where: { id: recording.id }, data: { status } });
    await set("recording");
    expect(await createScripts(services.as(systemViewer), { attemptId })).toEqual({ created: 0 });
    await set("processed");
    expect(await createScripts(services.as(systemViewer), { attemptId })).toEqual({ created: 9 });
    expect(await services.db.script.count({ where: { attemptId, status: "waiting" } })).toBe(9);
  });

  test("of a voided attempt are handed to nobody", async () => {
    const attemptId = await attemptInMarking();
    await services.db.attempt.update({ where: { id: attemptId }, data: { status: "voided" } });
    const { viewer } = await createPerson(services.db, ["examiner"]);
    const codes = new Set(
      (await services.db.script.findMany({ where: { attemptId }, select: { code: true } })).map(({ code }) => code),
    );
    for (let taken = await takeScript(services.as(viewer), { skill: "speaking" }); taken; ) {
      expect(codes.has(taken.code)).toBe(false);
      const { id, lease } = await getScriptForMarking(services.as(viewer), { code: taken.code });
      await submitRating(services.as(viewer), {
        scriptId: id,
        leaseToken: lease?.token ?? "",
        scores: { fluency: 5, accuracy: 5, range: 5, interaction: 5 },
        comment: "",
      });
      taken = await takeScript(services.as(viewer), { skill: "speaking" });
    }
    await services.db.attempt.update({ where: { id: attemptId }, data: { status: "marking" } });
  });
});

describe("leases", () => {
  test("never hand one script to two of forty examiners who ask in the same instant", async () => {
    for (let attempt = 0; attempt < 11; attempt += 1) await attemptInMarking();
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
    expect(examiners.length).toBeGreaterThanOrEqual(36);
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
    for (const unstorable of [{ comment: "a\0" }, { comment: "", annotations: [{ start: 0, end: 1, note: "a\0" }] }]) {
      await expect(
        saveDraft(services.as(viewer), { ...held, scores: { grammar: 7 }, ...unstorable }),
      ).rejects.toMatchObject({ code: "INVALID" });
    }
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

  test("that lapsed are taken up again by who began, unless another examiner has the script", async () => {
    await attemptInMarking();
    const first = await createPerson(services.db, ["examiner"]);
    const second = await createPerson(services.db, ["examiner"]);
    const held = await take(first.viewer);
    await expect(retakeScript(services.as(second.viewer), { code: held.code })).rejects.toMatchObject({
      code: "NOT_FOUND",
    });
    services.advance(121);
    await returnLapsedLeases(services.as(systemViewer), {});
    const home = await getMarkingHome(services.as(first.viewer), {});
    expect(home.begun).toMatchObject([{ code: held.code, heldUntil: null, marked: 0, criteria: 5 }]);
    const { leaseToken } = await retakeScript(services.as(first.viewer), { code: held.code });
    await renewLease(services.as(first.viewer), { ...held, leaseToken });
    services.advance(121);
    await returnLapsedLeases(services.as(systemViewer), {});
    await services.db.script.updateMany({ where: { code: { not: held.code } }, data: { status: "settled" } });
    expect((await take(second.viewer)).code).toBe(held.code);
    await expect(retakeScript(services.as(first.viewer), { code: held.code })).rejects.toMatchObject({
      code: "CONFLICT",
    });
  });

  test("are renewed by the open page", async () => {
    await attemptInMarking();
    const { viewer } = await createPerson(services.db, ["examiner"]);
    const held = await take(viewer);
    services.advance(100);
    await renewLease(services.as(viewer), held);
    services.advance(100);
    await returnLapsedLeases(services.as(systemViewer), {});
    await submitRating(services.as(viewer), { ...held, scores, comment: "" });
    expect(await services.db.script.findUnique({ where: { id: held.scriptId } })).toMatchObject({ status: "settled" });
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
    ).rejects.toMatchObject({ fields: { "scores.grammar": "must be from 0 to 10 in steps of 0.5" } });
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

  test("submitted again by a page that lost the answer get the same receipt; other marks do not", async () => {
    await attemptInMarking();
    const { viewer } = await createPerson(services.db, ["examiner"]);
    const held = await take(viewer);
    const receipt = await submitRating(services.as(viewer), { ...held, scores, comment: "" });
    expect(await submitRating(services.as(viewer), { ...held, scores, comment: "" })).toEqual(receipt);
    await expect(
      submitRating(services.as(viewer), { ...held, scores: { ...scores, grammar: 1 }, comment: "" }),
    ).rejects.toMatchObject({ code: "CONFLICT" });
    expect(await listMyRatings(services.as(viewer), {})).toMatchObject({ total: 1, rows: [{ mean: "6.60" }] });
  });

  test("that held a script count no longer once an admin sends it back", async () => {
    await attemptInMarking();
    const { viewer } = await createPerson(services.db, ["examiner"]);
    const senior = await createPerson(services.db, ["senior_examiner"]);
    const admin = await createPerson(services.db, ["admin"]);
    const held = await take(viewer);
    await submitRating(services.as(viewer), { ...held, scores: {}, comment: "hum", cannotMark: "noise" });
    const filter = { status: "cannot_be_marked" as const, pageSize: 100 };
    const seen = await listScripts(services.as(senior.viewer), filter);
    expect(seen.rows.find(({ code }) => code === held.code)).toMatchObject({
      attempt: null,
      rating: { cannotMark: "noise", comment: "hum" },
    });
    await reopenScript(services.as(admin.viewer), { scriptId: held.scriptId, reason: "It plays here." });
    // The words lie with the script, where erasure finds them; the audit record has none.
    expect(await services.db.script.findUnique({ where: { id: held.scriptId } })).toMatchObject({
      reopenedBecause: "It plays here.",
    });
    const audited = await services.db.auditEntry.findFirstOrThrow({ where: { action: "reopenScript" } });
    expect(audited.detail).toEqual({ from: "cannot_be_marked", to: "waiting" });
    expect(await services.db.script.findUnique({ where: { id: held.scriptId } })).toMatchObject({ status: "waiting" });
    expect(await services.db.rating.count({ where: { scriptId: held.scriptId, status: "final" } })).toBe(0);
    // Who could not mark it is not asked again.
    await services.db.script.updateMany({ where: { id: { not: held.scriptId } }, data: { status: "settled" } });
    expect(await takeScript(services.as(viewer), { skill: "writing" })).toBeNull();
    const other = await createPerson(services.db, ["examiner"]);
    expect((await take(other.viewer)).code).toBe(held.code);
  });

  test("name what was judged, and only an answer to this very task", async () => {
    await attemptInMarking();
    const { viewer } = await createPerson(services.db, ["examiner"]);
    const held = await take(viewer);
    const { judged } = await getScriptForMarking(services.as(viewer), { code: held.code });
    const foreign = await services.db.answerEntry.findFirstOrThrow({
      where: { attemptItem: { script: { isNot: { id: held.scriptId } } } },
    });
    const submit = (entryId: string | null) =>
      submitRating(services.as(viewer), { ...held, scores, comment: "", judged: { ...judged, entryId } });
    await expect(submit(String(foreign.id))).rejects.toMatchObject({ code: "INVALID" });
    const { ratingId } = await submit(judged.entryId);
    const rating = await services.db.rating.findUniqueOrThrow({ where: { id: ratingId } });
    expect(String(rating.entryId)).toBe(judged.entryId);
  });

  test("with noise hold the script for an admin", async () => {
    await attemptInMarking();
    const { viewer } = await createPerson(services.db, ["examiner"]);
    const held = await take(viewer);
    await submitRating(services.as(viewer), { ...held, scores: {}, comment: "hum", cannotMark: "noise" });
    expect(await services.db.script.findUnique({ where: { id: held.scriptId } })).toMatchObject({
      status: "cannot_be_marked",
    });
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

  test("are given without learning whose work it is", async () => {
    const attemptId = await attemptInMarking();
    const { candidateId, reference } = await services.db.attempt.findUniqueOrThrow({
      where: { id: attemptId },
      select: { candidateId: true, reference: true },
    });
    const { viewer } = await createPerson(services.db, ["examiner"]);
    for (const skill of ["writing", "speaking"] as const) {
      const taken = await takeScript(services.as(viewer), { skill });
      const script = await getScriptForMarking(services.as(viewer), { code: taken?.code ?? "" });
      const sent = JSON.stringify([script, await getMarkingHome(services.as(viewer), {})]);
      for (const secret of [attemptId, candidateId, reference, "Test Person"]) expect(sent).not.toContain(secret);
      await expect(
        getScriptTaskMedia(services.as(viewer), { scriptId: script.id, part: "picture" }),
      ).rejects.toMatchObject({ code: "NOT_FOUND" });
    }
  });
});
