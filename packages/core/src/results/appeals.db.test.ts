import { useTestDatabase } from "@bandwise/db/test-database";
import { beforeAll, expect, test } from "vitest";
import { approveRequest } from "../approvals.ts";
import { declineRequest } from "../audit/commands.ts";
import { createShareLink } from "../certificates/share-commands.ts";
import { getSharedCertificate } from "../certificates/share-queries.ts";
import { getVerification } from "../certificates/verification-queries.ts";
import { systemViewer, type Viewer } from "../kernel/policy.ts";
import { retakeScript, returnScript, submitRating, takeScript } from "../marking/commands.ts";
import { getMarkingHome, getScriptAudio, getScriptForMarking, listScripts } from "../marking/queries.ts";
import { createSmallBank } from "../testing/bank.ts";
import { createMarkedAttempt, evenMarks, markQueues } from "../testing/marked-attempts.ts";
import { createPerson, type TestServices, testServices } from "../testing/services.ts";
import {
  askForRemark,
  declineAppeal,
  finishRemark,
  requestReplacement,
  settleAppealFee,
  startRemark,
  withdrawAppeal,
} from "./appeal-commands.ts";
import { getAppeal, getMyAppeals, listAppeals } from "./appeal-queries.ts";
import { releaseResults } from "./commands.ts";
import { getResult, listMyResults, listResults } from "./queries.ts";
import { rescoreResults } from "./rescore-queries.ts";
import { resultInputs } from "./schema.ts";

const database = useTestDatabase();
let services: TestServices;
let programmeId: string;
let admin: { id: string; viewer: Viewer };
let secondAdmin: { id: string; viewer: Viewer };
let examiner: { viewer: Viewer };
let senior: { id: string; viewer: Viewer };

beforeAll(async () => {
  services = testServices(database().prisma);
  ({ programmeId } = await createSmallBank(services, 8));
  admin = await createPerson(services.db, ["admin"]);
  secondAdmin = await createPerson(services.db, ["admin"]);
  examiner = await createPerson(services.db, ["examiner"]);
  senior = await createPerson(services.db, ["senior_examiner"]);
});

const as = (person: { viewer: Viewer }) => services.as(person.viewer);
const higher = { ...evenMarks, writing: { ...evenMarks.writing, grammar: 7, vocabulary: 7 } };
const reason = "My essay was about the question that was asked.";

async function released(markedBy = examiner) {
  const { attemptId, candidate } = await createMarkedAttempt(services, {
    programmeId,
    adminId: admin.id,
    examiner: markedBy.viewer,
    candidateName: "Nadira Velasko",
  });
  await services.drain();
  await releaseResults(as(admin), { attemptIds: [attemptId] });
  await services.drain();
  const result = await services.db.result.findFirstOrThrow({ where: { attemptId, status: "released" } });
  const certificate = await services.db.certificate.findFirstOrThrow({ where: { resultId: result.id } });
  return { attemptId, candidate, result, certificate };
}

async function inMarking(skills: ("writing" | "speaking")[] = ["writing"], markedBy = examiner) {
  const arranged = await released(markedBy);
  const { appealId } = await askForRemark(as(arranged.candidate), { resultId: arranged.result.id, skills, reason });
  await settleAppealFee(as(admin), { appealId, fee: "paid" });
  await startRemark(as(admin), { appealId });
  await services.drain();
  return { ...arranged, appealId };
}

test("a re-mark that changes the result: two admins, a new certificate, and everybody who had the old one is told", async () => {
  const { attemptId, candidate, result, certificate, appealId } = await inMarking(["writing"]);
  const link = await createShareLink(as(candidate), {
    certificateId: certificate.id,
    purpose: "university",
    recipient: "Admissions",
    recipientEmail: "admissions@university.test",
    scores: ["overall"],
    days: 30,
  });
  expect(await markQueues(services, senior.viewer, higher)).toBe(3);
  services.mails.splice(0);
  await services.drain();
  const appeal = await getAppeal(as(admin), { appealId });
  expect(appeal).toMatchObject({ status: "marked", scripts: [{ status: "settled" }, {}, {}] });
  expect(appeal.results).toMatchObject([
    { id: result.id, status: "released" },
    { status: "provisional", version: 2 },
  ]);
  expect(appeal.results.map(({ summary }) => summary.parts.map(({ id }) => id))).toEqual([
    ["reading", "listening", "writing", "speaking"],
    ["reading", "listening", "writing", "speaking"],
  ]);
  // Until two have decided, everything is as it was.
  expect(await listMyResults(as(candidate), {})).toMatchObject([{ id: result.id }]);
  expect(await getVerification(services.as(candidate.viewer), { code: certificate.code })).toMatchObject({
    kind: "valid",
  });
  const listed = await listResults(as(admin), { state: "released", search: "" });
  expect(listed.rows.find(({ id }) => id === attemptId)?.result).toMatchObject({ id: result.id, status: "released" });

  const { approvalId } = await requestReplacement(as(admin), { appealId, reason: "The re-mark is higher." });
  await expect(approveRequest(as(admin), { approvalId })).rejects.toMatchObject({ code: "FORBIDDEN" });
  await approveRequest(as(secondAdmin), { approvalId });
  await services.drain();

  const versions = await services.db.result.findMany({ where: { attemptId }, orderBy: { version: "asc" } });
  expect(versions).toMatchObject([
    { status: "superseded", id: result.id },
    { status: "released", releasedById: secondAdmin.id },
  ]);
  const newer = versions[1]?.id ?? "";
  expect(versions[1]?.overallHundredths).toBeGreaterThan(result.overallHundredths);
  const replaced = await getVerification(services.as(candidate.viewer), { code: certificate.code });
  expect(replaced).toMatchObject({ kind: "superseded" });
  const fresh = await services.db.certificate.findFirstOrThrow({ where: { resultId: newer } });
  expect(fresh).toMatchObject({ status: "valid", validUntil: certificate.validUntil });
  expect(await getSharedCertificate(services.as(candidate.viewer), { token: link.token })).toMatchObject({
    kind: "shown",
    verification: { kind: "superseded" },
    shown: null,
  });
  expect(services.mails.map(({ subject }) => subject).sort()).toEqual([
    "A certificate you were shown has been replaced",
    "The re-mark changes your result",
  ]);
  expect(await getResult(as(candidate), { resultId: result.id })).toMatchObject({ replacedById: newer });
  expect(await getMyAppeals(as(candidate), { resultId: newer })).toMatchObject({
    cameOf: ["writing"],
    refusal: expect.stringMatching(/final/),
  });
  await expect(askForRemark(as(candidate), { resultId: newer, skills: ["writing"], reason })).rejects.toMatchObject({
    code: "CONFLICT",
  });
});

test("a mark that a re-mark replaces is kept as what it was, an adjudication as one", async () => {
  const { attemptId, candidate, result } = await released();
  const [first] = resultInputs.parse(result.inputs).tasks.filter(({ skill }) => skill === "writing");
  const ratingId = first?.ratings[0]?.ratingId ?? "";
  await services.db.$transaction([
    services.db.$executeRaw`alter table rating disable trigger rating_frozen`,
    services.db.rating.update({ where: { id: ratingId }, data: { role: "adjudication" } }),
    services.db.$executeRaw`alter table rating enable trigger rating_frozen`,
  ]);
  const { appealId } = await askForRemark(as(candidate), { resultId: result.id, skills: ["writing"], reason });
  await settleAppealFee(as(admin), { appealId, fee: "paid" });
  await startRemark(as(admin), { appealId });
  await services.drain();
  expect(await markQueues(services, senior.viewer, higher)).toBe(3);
  await services.drain();
  const { inputs } = await services.db.result.findFirstOrThrow({ where: { attemptId, status: "provisional" } });
  const replaced = resultInputs.parse(inputs).tasks.flatMap(({ otherRatings }) => otherRatings);
  expect(replaced).toHaveLength(3);
  for (const other of replaced) expect(other.role).toBe(other.ratingId === ratingId ? "adjudication" : "mark");
});

test("a re-mark that says the same leaves everything as it was and tells the candidate", async () => {
  const { attemptId, candidate, result, certificate, appealId } = await inMarking(["writing", "speaking"]);
  services.mails.splice(0);
  expect(await markQueues(services, senior.viewer)).toBe(9);
  await services.drain();
  expect(await getAppeal(as(admin), { appealId })).toMatchObject({ status: "unchanged" });
  expect(await services.db.result.findMany({ where: { attemptId, status: { not: "superseded" } } })).toMatchObject([
    { id: result.id, status: "released" },
  ]);
  expect(await getVerification(services.as(candidate.viewer), { code: certificate.code })).toMatchObject({
    kind: "valid",
  });
  expect(services.mails.map(({ subject }) => subject)).toEqual(["The re-mark confirms your result"]);
  await expect(requestReplacement(as(admin), { appealId, reason: "For no reason at all." })).rejects.toMatchObject({
    code: "CONFLICT",
  });
});

test("a re-mark is a script like any other, for a senior examiner who has not marked it", async () => {
  const markedBySenior = await createPerson(services.db, ["senior_examiner"]);
  const { appealId } = await inMarking(["speaking"], markedBySenior);
  expect(await takeScript(as(examiner), { skill: "speaking" })).toBeNull();
  expect(await takeScript(as(markedBySenior), { skill: "speaking" })).toBeNull();
  const home = await getMarkingHome(as(senior), {});
  expect(home.queues.reduce((sum, { waiting }) => sum + waiting, 0)).toBe(6);
  const taken = await takeScript(as(senior), { skill: "speaking" });
  if (!taken) throw new Error("nothing in the senior's queue");
  const shown = await getScriptForMarking(as(senior), { code: taken.code });
  expect(shown).toMatchObject({ purpose: "live", tasks: 6, work: { skill: "speaking" }, marksToDecide: null });
  expect(JSON.stringify(shown)).not.toMatch(/appeal|remark/i);
  expect(await getScriptAudio(as(senior), { scriptId: shown.id })).toMatchObject({ mimeType: expect.any(String) });
  await expect(getScriptAudio(as(examiner), { scriptId: shown.id })).rejects.toMatchObject({ code: "NOT_FOUND" });
  // Nothing of it in the lists of those who watch over marking and may meet the first marks there.
  const watched = await listScripts(as(senior), {});
  expect(watched.rows.map(({ code }) => code)).not.toContain(taken.code);
  if (!shown.lease) throw new Error("no lease");
  await returnScript(as(senior), { scriptId: shown.id, leaseToken: shown.lease.token });
  const again = await retakeScript(as(senior), { code: taken.code });
  await submitRating(as(senior), {
    scriptId: shown.id,
    leaseToken: again.leaseToken,
    scores: evenMarks.speaking,
    comment: "",
  });
  await services.drain();
  const { rows } = await listAppeals(as(admin), { state: "open" });
  expect(rows.find(({ id }) => id === appealId)).toMatchObject({ status: "marking", marked: 1, scripts: 6 });
  await markQueues(services, senior.viewer);
  await services.drain();
});

test("who deals with appeals marks none anew: the candidate's name and reasons are before her", async () => {
  await inMarking();
  const both = await createPerson(services.db, ["senior_examiner", "admin"]);
  expect(await markQueues(services, both.viewer)).toBe(0);
  expect(await markQueues(services, senior.viewer)).toBe(3);
});

test("noise leaves the first marks as they are", async () => {
  const { appealId } = await inMarking(["speaking"]);
  const context = as(senior);
  for (let taken = await takeScript(context, { skill: "speaking" }); taken; ) {
    const { id, lease } = await getScriptForMarking(context, { code: taken.code });
    if (!lease) throw new Error("no lease");
    const held = { scriptId: id, leaseToken: lease.token, comment: "" };
    await submitRating(context, { ...held, scores: {}, cannotMark: "noise" });
    taken = await takeScript(context, { skill: "speaking" });
  }
  await services.drain();
  expect(await getAppeal(as(admin), { appealId })).toMatchObject({ status: "unchanged" });
});

test("the new result is worked out anew from what is stored, like any other", async () => {
  const { attemptId, appealId } = await inMarking(["writing"]);
  await markQueues(services, senior.viewer, higher);
  await services.drain();
  const { approvalId } = await requestReplacement(as(admin), { appealId, reason: "The re-mark is higher." });
  await approveRequest(as(secondAdmin), { approvalId });
  const checked = await rescoreResults(services.as(systemViewer), { attemptIds: [attemptId] });
  expect(checked.results).toMatchObject([{ verdict: "equal" }, { verdict: "equal", version: 2, status: "released" }]);
});

test("the candidate takes it back until marking begins; the fee comes before the marking", async () => {
  const { candidate, result } = await released();
  const asked = await askForRemark(as(candidate), { resultId: result.id, skills: ["writing"], reason });
  await expect(
    askForRemark(as(candidate), { resultId: result.id, skills: ["speaking"], reason }),
  ).rejects.toMatchObject({ code: "CONFLICT" });
  await expect(startRemark(as(admin), { appealId: asked.appealId })).rejects.toMatchObject({
    userMessage: expect.stringMatching(/fee/),
  });
  const stranger = await createPerson(services.db, ["candidate"]);
  await expect(withdrawAppeal(as(stranger), asked)).rejects.toMatchObject({ code: "INVALID" });
  await expect(withdrawAppeal(as(stranger), { appealId: asked.appealId })).rejects.toMatchObject({ code: "NOT_FOUND" });
  await expect(getMyAppeals(as(stranger), { resultId: result.id })).rejects.toMatchObject({ code: "NOT_FOUND" });
  await withdrawAppeal(as(candidate), { appealId: asked.appealId });
  const second = await askForRemark(as(candidate), { resultId: result.id, skills: ["writing"], reason });
  await declineAppeal(as(admin), { appealId: second.appealId, note: "The fee was not paid in time." });
  const third = await askForRemark(as(candidate), { resultId: result.id, skills: ["writing"], reason });
  await settleAppealFee(as(admin), { appealId: third.appealId, fee: "waived" });
  await startRemark(as(admin), { appealId: third.appealId });
  await expect(withdrawAppeal(as(candidate), { appealId: third.appealId })).rejects.toMatchObject({ code: "CONFLICT" });
  await expect(
    declineAppeal(as(admin), { appealId: third.appealId, note: "Too late for this." }),
  ).rejects.toMatchObject({ code: "CONFLICT" });
  await markQueues(services, senior.viewer);
  await services.drain();
});

test("of two admins who start at once one makes the scripts; of two last marks one makes the outcome", async () => {
  const { candidate, result, attemptId } = await released();
  const { appealId } = await askForRemark(as(candidate), { resultId: result.id, skills: ["writing"], reason });
  await settleAppealFee(as(admin), { appealId, fee: "waived" });
  await Promise.allSettled([admin, secondAdmin, admin].map((one) => startRemark(as(one), { appealId })));
  expect(await services.db.script.count({ where: { appealId } })).toBe(3);
  await markQueues(services, senior.viewer, higher);
  services.jobs.splice(0);
  const scripts = await services.db.script.findMany({ where: { appealId }, select: { id: true } });
  await Promise.all(scripts.map(({ id }) => finishRemark(services.as(systemViewer), { scriptId: id })));
  expect(await services.db.result.count({ where: { attemptId } })).toBe(2);
});

test("who asked cannot deal with it, whatever else she is; a declined replacement can be asked for again", async () => {
  const { attemptId, appealId } = await inMarking(["writing"]);
  const { candidateId } = await services.db.attempt.findUniqueOrThrow({ where: { id: attemptId } });
  const both = { viewer: { kind: "person" as const, personId: candidateId, roles: ["admin" as const], centreIds: [] } };
  await expect(startRemark(as(both), { appealId })).rejects.toMatchObject({ code: "FORBIDDEN" });
  await markQueues(services, senior.viewer, higher);
  await services.drain();
  const first = await requestReplacement(as(admin), { appealId, reason: "The re-mark is higher." });
  await expect(approveRequest(as(both), first)).rejects.toMatchObject({ code: "FORBIDDEN" });
  await declineRequest(as(secondAdmin), first);
  const second = await requestReplacement(as(secondAdmin), { appealId, reason: "Looked at again: it is right." });
  await approveRequest(as(admin), second);
  expect(await services.db.result.count({ where: { attemptId, status: "released" } })).toBe(1);
});
