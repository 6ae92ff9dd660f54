import { readPdf } from "@bandwise/credentials/testing/pdf-text";
import { useTestDatabase } from "@bandwise/db/test-database";
import { beforeAll, expect, test } from "vitest";
import { ieltsSpeakingShort, ietSpeakingShort } from "../delivery/programmes.ts";
import type { Blueprint } from "../delivery/schema.ts";
import { anonymousViewer, systemViewer, type Viewer } from "../kernel/policy.ts";
import { createScripts, submitRating, takeScript } from "../marking/commands.ts";
import { getScriptForMarking } from "../marking/queries.ts";
import { releaseResults } from "../results/commands.ts";
import { getResult, listResults } from "../results/queries.ts";
import { reportFacts } from "../results/report-facts.ts";
import { getReportPdf } from "../results/report-queries.ts";
import { rescoreResults } from "../results/rescore-queries.ts";
import { createSubmittedAttempt } from "../testing/attempts.ts";
import { createSmallBank } from "../testing/bank.ts";
import { addOpenTasks } from "../testing/open-bank.ts";
import { createPerson, type TestServices, testServices } from "../testing/services.ts";
import { checkFile, getBadge } from "./badge-queries.ts";
import { getCertificatePdf } from "./queries.ts";
import { certificateFacts } from "./schema.ts";
import { createShareLink } from "./share-commands.ts";
import { getSharedCertificate } from "./share-queries.ts";
import { getVerification } from "./verification-queries.ts";

const database = useTestDatabase();
let services: TestServices;
let admin: { id: string; viewer: Viewer };
let examiner: Viewer;

beforeAll(async () => {
  services = testServices(database().prisma);
  await createSmallBank(services, 2);
  await addOpenTasks(services, 6);
  admin = await createPerson(services.db, ["admin"]);
  examiner = (await createPerson(services.db, ["examiner"])).viewer;
});

async function scriptsOf(name: string, { sections }: Blueprint) {
  const { id: programmeId } = await services.db.programme.findFirstOrThrow({ where: { name } });
  const candidate = await createPerson(services.db, ["candidate"], "Nadira Velasko");
  const { attemptId } = await createSubmittedAttempt(services, {
    candidateId: candidate.id,
    programmeId,
    adminId: admin.id,
    sections,
  });
  await createScripts(services.as(systemViewer), { attemptId });
  return { attemptId, candidate };
}

/** Marks what waits by the examiner's own commands. */
async function mark(scores: Readonly<Record<string, number>>): Promise<void> {
  const context = services.as(examiner);
  for (let taken = await takeScript(context, { skill: "speaking" }); taken; ) {
    const { id, lease } = await getScriptForMarking(context, taken);
    if (!lease) throw new Error("no lease");
    await submitRating(context, { scriptId: id, leaseToken: lease.token, scores, comment: "" });
    taken = await takeScript(context, { skill: "speaking" });
  }
}

/** The attempt's certificate with what the public sees of it and the source of its document. */
async function certified(attemptId: string, candidate: { viewer: Viewer }) {
  await services.drain();
  const { status } = await services.db.attempt.findUniqueOrThrow({ where: { id: attemptId } });
  if (status !== "released") await releaseResults(services.as(admin.viewer), { attemptIds: [attemptId] });
  await services.drain();
  const certificate = await services.db.certificate.findFirstOrThrow({ where: { result: { attemptId } } });
  const pdf = await getCertificatePdf(services.as(candidate.viewer), { certificateId: certificate.id });
  const rescored = await rescoreResults(services.as(systemViewer), { attemptIds: [attemptId] });
  return {
    certificate,
    candidate,
    facts: certificateFacts.parse(certificate.facts),
    verification: await getVerification(services.as(anonymousViewer), { code: certificate.code }),
    file: await checkFile(services.as(anonymousViewer), { file: pdf.content }),
    source: Buffer.from(pdf.content).toString("latin1"),
    verdicts: rescored.results.map(({ verdict, findings }) => ({ verdict, findings })),
  };
}

test.each([
  { given: [7, 6.5, 6, 7], band: "6.5", mean: "6.625", penalty: "0.0" },
  { given: [5, 7, 5, 4.5], band: "5.0", mean: "5.375", penalty: "0.5" },
])("an interview marked $given becomes a certificate of band $band", async ({ given, band, mean, penalty }) => {
  const { attemptId, candidate } = await scriptsOf("ielts-speaking-short", ieltsSpeakingShort);
  const [fluency = 0, vocabulary = 0, grammar = 0, pronunciation = 0] = given;
  await mark({ fluency, vocabulary, grammar, pronunciation });
  const { facts, verification, file, source, verdicts, certificate } = await certified(attemptId, candidate);
  expect(await services.db.result.findFirst({ where: { attemptId } })).toMatchObject({
    schemeId: "ielts-speaking",
    overallHundredths: Number(band) * 100,
    cefr: null,
  });
  expect(facts).toMatchObject({
    format: 2,
    schemeId: "ielts-speaking",
    overall: { score: band, cefr: null, group: null },
    steps: [{ value: mean }, { name: "rounded" }, { name: "penalty", value: penalty }],
  });
  expect(verification).toMatchObject({ kind: "valid", facts: { overall: { score: band } } });
  expect(source).toContain(`/Alt (Band ${band} on a scale from 0 to 9.)`);
  expect(source).toContain(`overall band ${band}. Code ${certificate.code}`);
  expect(file).toMatchObject({ status: "valid", whole: true });
  expect(file.values.find(({ name }) => name === "overall band")).toMatchObject({ file: band, same: true });
  expect(file.values.some(({ name }) => name.endsWith("level"))).toBe(false);
  expect(verdicts).toEqual([{ verdict: "equal", findings: [] }]);
  const result = await services.db.result.findFirstOrThrow({ where: { attemptId } });
  const shown = await getResult(services.as(candidate.viewer), { resultId: result.id });
  expect(shown.summary.parts.map(({ score }) => Number(score))).toEqual(given);
  // One mark and no pairs of marks yet: as large as the bank's policy lets two examiners differ, 0.75 on the mean, 1.5 on one.
  expect(shown.range).toMatchObject({
    overall: { error: "0.27" },
    sections: { grammar: { method: "tolerance", error: "0.54" } },
  });
  expect(Number(shown.range?.overall.low)).toBeLessThanOrEqual(Number(band));
  const listed = await listResults(services.as(admin.viewer), { state: "released", search: "" });
  expect(listed.rows.find(({ id }) => id === attemptId)?.profile).toMatchObject({ penalty });
  const link = { certificateId: certificate.id, purpose: "employer", recipient: "A firm", days: 30 } as const;
  const { token } = await createShareLink(services.as(candidate.viewer), { ...link, scores: ["grammar"] });
  expect(await getSharedCertificate(services.as(anonymousViewer), { token })).toMatchObject({
    shown: { overall: null, parts: [{ id: "grammar", score: grammar.toFixed(1) }], notes: [] },
  });
  await expect(createShareLink(services.as(candidate.viewer), { ...link, scores: ["reading"] })).rejects.toMatchObject({
    code: "INVALID",
  });
});

/** A spoken test that the machine measured but for the pronunciation, each answer by a version that is validated or not. */
async function measured(validated: (place: number) => boolean) {
  const { attemptId, candidate } = await scriptsOf("iet-speaking-short", ietSpeakingShort);
  const scripts = await services.db.script.findMany({ where: { attemptId } });
  for (const [place, { id: scriptId }] of scripts.entries()) {
    const measured = { fluency: 70, grammar: 60, vocabulary: 72, pronunciation: null };
    await services.db.machineRating.create({
      data: {
        id: services.ids.uuid(),
        scriptId,
        raterId: "speech",
        raterVersion: "1",
        raterHash: "a".repeat(64),
        inputHash: scriptId,
        basis: "heuristic",
        criteria: Object.entries(measured).map(([criterion, score]) => ({
          ...{ criterion, score, reason: null, confidence: 0.5, basis: "heuristic", base: 50, contributions: [] },
          interval: score === null ? null : [score - 16.45, score + 16.45],
        })),
        flags: [],
        durationMilliseconds: 40,
        validated: validated(place),
        createdAt: services.clock.now(),
      },
    });
    await services.db.script.update({
      where: { id: scriptId },
      data: { status: "waiting", criteria: ["pronunciation"] },
    });
  }
  await mark({ pronunciation: 65 });
  return certified(attemptId, candidate);
}

test("a spoken test, measured by the machine but for the pronunciation, becomes a certificate that says so", async () => {
  const { facts, verification, file, source, verdicts, certificate } = await measured(() => false);
  // (70 + 65 + 60 + 72) / 4 on each of the four tasks.
  expect(facts).toMatchObject({
    schemeId: "iet-speaking",
    overall: { score: "66.75", cefr: "C1", group: "Proficient user" },
    parts: [{ score: "70.00" }, { score: "65.00" }, { score: "60.00" }, { score: "72.00" }],
  });
  const { scoreRange: range } = await services.db.result.findUniqueOrThrow({ where: { id: certificate.resultId } });
  // Nine times in ten within 16.45 is one standard error of 10, the same in all four answers; an examiner's 0.54 is halved by four.
  expect(range).toMatchObject({
    sections: {
      fluency: { method: "machine", low: "60.00", high: "80.00" },
      pronunciation: { method: "tolerance", error: "0.27" },
    },
  });
  expect(facts.format === 2 && facts.notes).toContain("Machine-rated, not yet validated on local data.");
  expect(verification).toMatchObject({ kind: "valid", facts: { overall: { cefr: "C1" } } });
  expect(source).toContain("/Alt (Score 66.75 on a scale from 0 to 100, level C1.)");
  expect(file.values.find(({ name }) => name === "overall score")).toMatchObject({ file: "66.75", same: true });
  expect(file.values.find(({ name }) => name === "overall level")).toMatchObject({ file: "C1", same: true });
  expect(verdicts).toEqual([{ verdict: "equal", findings: [] }]);
});

const notYet = "not yet validated on local data";
const validatedHere = "by a version that was validated on local data";

test.each([
  { by: "a version that passed the gate", validated: () => true, says: validatedHere, never: notYet },
  { by: "one that did not", validated: () => false, says: notYet, never: validatedHere },
  { by: "both", validated: (place: number) => place > 0, says: notYet, never: validatedHere },
])("certificate, badge, verification and report of a test rated by $by say so, and nothing else", async (given) => {
  const { certificate, verification, file, candidate } = await measured(given.validated);
  const holder = services.as(candidate.viewer);
  const { content } = await getCertificatePdf(holder, { certificateId: certificate.id });
  const badge = await getBadge(holder, { certificateId: certificate.id, form: "json" });
  const named = JSON.parse(badge.content) as { credentialSubject: { narrative: string } };
  const result = await getResult(holder, { resultId: certificate.resultId });
  const report = await getReportPdf(holder, { resultId: certificate.resultId });
  const said = {
    facts: JSON.stringify(certificate.facts),
    document: readPdf(content).text.replace(/\s+/g, " "),
    badge: named.credentialSubject.narrative,
    // What the verification page prints under the scores.
    verification: verification.kind === "valid" ? JSON.stringify(verification) : "",
    report: JSON.stringify(reportFacts(result, { awardingBody: "A body", verifyAt: "exams.example.org/verify" })),
  };
  for (const words of Object.values(said)) {
    expect(words.toLowerCase()).toContain(given.says);
    expect(words.toLowerCase()).not.toContain(given.never);
  }
  expect(file).toMatchObject({ status: "valid", whole: true });
  expect(report.content.byteLength).toBeGreaterThan(10_000);
});
