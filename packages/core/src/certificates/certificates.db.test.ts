import { useTestDatabase } from "@bandwise/db/test-database";
import { beforeAll, expect, test } from "vitest";
import { approveRequest } from "../approvals.ts";
import { listApprovals } from "../audit/queries.ts";
import { sha256 } from "../kernel/hash.ts";
import { anonymousViewer, systemViewer, type Viewer } from "../kernel/policy.ts";
import { createScripts } from "../marking/commands.ts";
import { requestErasure } from "../people/account-commands.ts";
import { hashPassword } from "../people/passwords.ts";
import { releaseResults, scoreObjective } from "../results/commands.ts";
import { createSubmittedAttempt } from "../testing/attempts.ts";
import { createSmallBank } from "../testing/bank.ts";
import { issueCertificateTo, releaseResultOf } from "../testing/certificates.ts";
import { createPerson, type TestServices, testServices } from "../testing/services.ts";
import { issueCertificate, requestReissue, requestRevocation, setStatusOnly } from "./commands.ts";
import {
  getCertificate,
  getCertificatePdf,
  getMyCertificate,
  listCertificates,
  listMyCertificates,
} from "./queries.ts";
import type { CertificateStatus } from "./schema.ts";
import { getVerification } from "./verification-queries.ts";

const database = useTestDatabase();
let services: TestServices;
let programmeId: string;
let admin: { id: string; viewer: Viewer };
let otherAdmin: { id: string; viewer: Viewer };

beforeAll(async () => {
  services = testServices(database().prisma);
  ({ programmeId } = await createSmallBank(services, 6));
  admin = await createPerson(services.db, ["admin"], "First Admin");
  otherAdmin = await createPerson(services.db, ["admin"], "Second Admin");
});

const released = (name?: string, programme = programmeId) =>
  releaseResultOf(services, { ...(name !== undefined && { name }), programmeId: programme, admin });
const issued = (name?: string, programme = programmeId) =>
  issueCertificateTo(services, { ...(name !== undefined && { name }), programmeId: programme, admin });

const verify = (code: string) => getVerification(services.as(anonymousViewer), { code });

test("a release leads to one certificate with its document, however often the job runs", async () => {
  const { resultId, candidate, certificate } = await issued();
  const [again] = await Promise.all([1, 2, 3].map(() => issueCertificate(services.as(systemViewer), { resultId })));
  await services.drain();
  expect(again).toEqual({ certificateId: certificate.id });
  expect(await services.db.certificate.count({ where: { resultId } })).toBe(1);
  expect(certificate.code).toMatch(/^\w{4}-\w{4}-\w{4}-\w{4}$/);
  expect(certificate.validUntil.toISOString()).toBe("2028-03-02T23:59:59.999Z");
  const mine = await getCertificatePdf(services.as(candidate.viewer), { certificateId: certificate.id });
  expect(Buffer.from(mine.content).toString("latin1", 0, 8)).toBe("%PDF-1.7");
  expect(sha256(mine.content)).toBe(certificate.pdfSha256);
});

test("two runs at the same time issue one", async () => {
  const { resultId } = await released();
  const runs = await Promise.all([1, 2, 3, 4].map(() => issueCertificate(services.as(systemViewer), { resultId })));
  expect(new Set(runs.map((run) => run.certificateId)).size).toBe(1);
  await services.drain();
});

test("nobody gets one whose data were erased before it was due", async () => {
  const { resultId, candidate } = await released("Ingrid Halvorsen");
  const password = "a long enough one";
  const passwordHash = await hashPassword(password);
  await services.db.person.update({ where: { id: candidate.id }, data: { passwordHash } });
  const { approvalId } = await requestErasure(services.as(candidate.viewer), { password, certificates: "revoke" });
  await approveRequest(services.as(admin.viewer), { approvalId });
  const second = await services.db.approval.findFirstOrThrow({ where: { subjectId: candidate.id, status: "open" } });
  await approveRequest(services.as(otherAdmin.viewer), { approvalId: second.id });
  await services.drain();
  expect(await services.db.certificate.count({ where: { resultId } })).toBe(0);
});

test("anyone may check a code, typed badly too; an unknown one is an answer", async () => {
  const { certificate } = await issued("Ngọc Żółć");
  const answer = await verify(` ${certificate.code.toLowerCase().replaceAll("-", " ")} `);
  expect(answer).toMatchObject({
    kind: "valid",
    code: certificate.code,
    facts: { name: "Ngọc Żółć", overall: { band: "5.00", cefr: "B1/B2" } },
  });
  expect(await verify("2222-2222-2222-2222")).toMatchObject({ kind: "unknown", code: "2222-2222-2222-2222" });
  expect(await verify("")).toMatchObject({ kind: "unknown" });
});

test("it expires after 24 months", async () => {
  const { certificate } = await issued();
  const start = services.clock.now();
  services.setNow(new Date("2028-03-02T23:00:00Z"));
  expect(await verify(certificate.code)).toMatchObject({ kind: "valid" });
  services.setNow(new Date("2028-03-03T00:00:00Z"));
  expect(await verify(certificate.code)).toMatchObject({ kind: "expired", facts: { code: certificate.code } });
  services.setNow(start);
});

test("it is valid for as long as its programme says", async () => {
  const { id: _id, blueprint, ...like } = await services.db.programme.findUniqueOrThrow({ where: { id: programmeId } });
  const id = services.ids.uuid();
  const halfYear = { ...(blueprint as object), certificateMonths: 6 };
  await services.db.programme.create({ data: { ...like, id, version: like.version + 1, blueprint: halfYear } });
  const { certificate } = await issued("Half Year", id);
  expect(certificate.validUntil.toISOString()).toBe("2026-09-02T23:59:59.999Z");
  expect(certificate.facts).toMatchObject({ validUntil: "2026-09-02" });
});

test("the holder may reduce the public page to the status", async () => {
  const { certificate, candidate } = await issued();
  const stranger = await createPerson(services.db, ["candidate"]);
  const input = { certificateId: certificate.id, statusOnly: true };
  await expect(setStatusOnly(services.as(stranger.viewer), input)).rejects.toMatchObject({ code: "NOT_FOUND" });
  await expect(setStatusOnly(services.as(admin.viewer), input)).rejects.toMatchObject({ code: "FORBIDDEN" });
  expect(await verify(certificate.code)).toMatchObject({ facts: { name: "Nadira Velasko" } });
  await setStatusOnly(services.as(candidate.viewer), input);
  const answer = await verify(certificate.code);
  expect(answer).toMatchObject({ kind: "valid", facts: null });
  expect(JSON.stringify(answer)).not.toContain("Velasko");
});

test("a certificate and its document are its holder's and the admins' alone", async () => {
  const { certificate, candidate } = await issued();
  const stranger = await createPerson(services.db, ["candidate"]);
  const examiner = await createPerson(services.db, ["examiner", "senior_examiner"]);
  const input = { certificateId: certificate.id };
  for (const { viewer } of [stranger, examiner]) {
    await expect(getCertificatePdf(services.as(viewer), input)).rejects.toMatchObject({ code: "NOT_FOUND" });
  }
  await expect(getCertificatePdf(services.as(anonymousViewer), input)).rejects.toMatchObject({
    code: "UNAUTHENTICATED",
  });
  await expect(getMyCertificate(services.as(stranger.viewer), input)).rejects.toMatchObject({ code: "NOT_FOUND" });
  expect(await listMyCertificates(services.as(stranger.viewer), {})).toEqual([]);
  expect(await listMyCertificates(services.as(candidate.viewer), {})).toMatchObject([
    { id: certificate.id, status: "valid", pdfReady: true, view: { overall: { score: "5.00" } } },
  ]);
  expect((await getCertificatePdf(services.as(admin.viewer), input)).fileName).toContain(certificate.code);
});

test("two admins revoke: one asks, nothing changes, another approves, the holder is told", async () => {
  const { certificate, candidate } = await issued();
  const reason = "Issued for an attempt that was sat by someone else.";
  const asking = { certificateId: certificate.id, reason };
  await expect(requestRevocation(services.as(candidate.viewer), asking)).rejects.toMatchObject({ code: "FORBIDDEN" });
  const { approvalId } = await requestRevocation(services.as(admin.viewer), asking);
  expect(await verify(certificate.code)).toMatchObject({ kind: "valid" });
  await expect(requestRevocation(services.as(otherAdmin.viewer), asking)).rejects.toMatchObject({ code: "CONFLICT" });
  await expect(approveRequest(services.as(admin.viewer), { approvalId })).rejects.toMatchObject({ code: "FORBIDDEN" });
  expect(await verify(certificate.code)).toMatchObject({ kind: "valid" });
  expect(await getCertificate(services.as(otherAdmin.viewer), { certificateId: certificate.id })).toMatchObject({
    revocation: { reason, requestedByName: "First Admin" },
  });
  const { rows } = await listApprovals(services.as(otherAdmin.viewer), {});
  const { name: holder } = await services.db.person.findUniqueOrThrow({ where: { id: candidate.id } });
  expect(rows.find(({ id }) => id === approvalId)).toMatchObject({ subjectName: holder, refusal: null });
  await approveRequest(services.as(otherAdmin.viewer), { approvalId });
  const answer = await verify(certificate.code);
  expect(answer).toMatchObject({ kind: "revoked", reason, revokedAt: services.clock.now() });
  expect(JSON.stringify(answer)).not.toContain("Velasko");
  await services.drain();
  expect(services.mails.at(-1)?.subject).toBe("A certificate of yours was revoked");
  await expect(requestRevocation(services.as(admin.viewer), asking)).rejects.toMatchObject({ code: "CONFLICT" });
});

test("two admins issue anew: the name of today, the dates of before, the old one superseded", async () => {
  const { certificate, candidate, resultId } = await issued("Nadira Velasco");
  const reason = "The name was misspelt on the account.";
  const asking = { certificateId: certificate.id, reason };
  await services.db.person.update({ where: { id: candidate.id }, data: { name: "Nadira Velasko" } });
  services.advance(86_400);
  await setStatusOnly(services.as(candidate.viewer), { certificateId: certificate.id, statusOnly: true });
  await expect(requestReissue(services.as(candidate.viewer), asking)).rejects.toMatchObject({ code: "FORBIDDEN" });
  const { approvalId } = await requestReissue(services.as(admin.viewer), asking);
  expect(await verify(certificate.code)).toMatchObject({ kind: "valid" });
  await expect(approveRequest(services.as(admin.viewer), { approvalId })).rejects.toMatchObject({ code: "FORBIDDEN" });
  await approveRequest(services.as(otherAdmin.viewer), { approvalId });
  await services.drain();
  expect(services.mails.at(-1)?.subject).toBe("Your certificate was issued anew");
  expect(await verify(certificate.code)).toMatchObject({ kind: "superseded" });
  const renewed = await services.db.certificate.findFirstOrThrow({ where: { resultId, status: "valid" } });
  expect(renewed.validUntil).toEqual(certificate.validUntil);
  // What its holder chose to show is not more for its being new.
  expect(await verify(renewed.code)).toMatchObject({ kind: "valid", facts: null });
  await setStatusOnly(services.as(candidate.viewer), { certificateId: renewed.id, statusOnly: false });
  expect(await verify(renewed.code)).toMatchObject({ kind: "valid", facts: { name: "Nadira Velasko" } });
  expect(renewed.pdfKey).not.toBeNull();
  await expect(requestReissue(services.as(admin.viewer), asking)).rejects.toMatchObject({ code: "CONFLICT" });
  expect(await issueCertificate(services.as(systemViewer), { resultId })).toEqual({ certificateId: renewed.id });
});

test("an admin cannot help to revoke or keep their own certificate", async () => {
  const both = await createPerson(services.db, ["admin", "candidate"], "Admin Who Sat");
  const { attemptId } = await createSubmittedAttempt(services, {
    candidateId: both.id,
    programmeId,
    adminId: admin.id,
    text: "",
    silent: true,
  });
  await scoreObjective(services.as(systemViewer), { attemptId });
  await createScripts(services.as(systemViewer), { attemptId });
  await services.drain();
  await releaseResults(services.as(admin.viewer), { attemptIds: [attemptId] });
  await services.drain();
  const { id } = await services.db.certificate.findFirstOrThrow({ where: { candidateId: both.id } });
  const asking = { certificateId: id, reason: "A reason long enough." };
  await expect(requestRevocation(services.as(both.viewer), asking)).rejects.toMatchObject({ code: "FORBIDDEN" });
  const { approvalId } = await requestRevocation(services.as(admin.viewer), asking);
  await expect(approveRequest(services.as(both.viewer), { approvalId })).rejects.toMatchObject({ code: "FORBIDDEN" });
  expect(await services.db.approval.findUnique({ where: { id: approvalId } })).toMatchObject({ status: "open" });
});

test("a newer result of the same attempt supersedes the certificate, of another attempt it does not", async () => {
  const first = await issued();
  const other = await issued();
  const result = await services.db.result.findUniqueOrThrow({ where: { id: first.resultId } });
  const { id: _id, inputs, output, scoreRange: _range, ...rest } = result;
  const newer = services.ids.uuid();
  await services.db.$transaction([
    services.db.result.update({ where: { id: result.id }, data: { status: "superseded", supersededAt: new Date() } }),
    services.db.result.create({
      data: { ...rest, id: newer, version: rest.version + 1, inputs: inputs ?? {}, output: output ?? {} },
    }),
  ]);
  await issueCertificate(services.as(systemViewer), { resultId: newer });
  await services.drain();
  const replacement = await services.db.certificate.findFirstOrThrow({ where: { resultId: newer } });
  const answer = await verify(first.certificate.code);
  expect(answer).toMatchObject({ kind: "superseded", holder: "Nadira Velasko", replacedAt: replacement.issuedAt });
  expect(answer).toMatchObject({ replacementEndsIn: replacement.code.slice(-4) });
  expect(JSON.stringify(answer)).not.toContain(replacement.code);
  expect(await verify(replacement.code)).toMatchObject({ kind: "valid" });
  expect(await verify(other.certificate.code)).toMatchObject({ kind: "valid" });
});

test("facts changed behind our back are noticed, and nothing of them is shown", async () => {
  const { certificate } = await issued();
  const better = { ...(certificate.facts as object), name: "Somebody Else" };
  await expect(
    services.db.certificate.update({ where: { id: certificate.id }, data: { facts: better } }),
  ).rejects.toThrow(/may only change/);
  await services.db.$transaction(async (tx) => {
    await tx.$executeRaw`select set_config('bandwise.purging', 'on', true)`;
    await tx.certificate.update({ where: { id: certificate.id }, data: { facts: better } });
  });
  expect(await verify(certificate.code)).toEqual({
    kind: "damaged",
    code: certificate.code,
    checkedAt: services.clock.now(),
  });
});

test("a damaged document is not given out", async () => {
  const { certificate, candidate } = await issued();
  await services.storage.put(certificate.pdfKey ?? "", Buffer.from("%PDF-1.7 something else"));
  await expect(getCertificatePdf(services.as(candidate.viewer), { certificateId: certificate.id })).rejects.toThrow(
    /damaged/,
  );
});

test("admins find certificates by name, code and standing, page by page", async () => {
  const { certificate } = await issued("Ümit Çağlayan");
  const as = services.as(admin.viewer);
  const found = async (input: { search: string; status?: CertificateStatus }) =>
    (await listCertificates(as, { status: "all", ...input })).rows.map((row) => row.id);
  expect(await found({ search: "çağlayan" })).toEqual([certificate.id]);
  expect(await found({ search: certificate.code.toLowerCase() })).toEqual([certificate.id]);
  expect(await found({ search: certificate.code.slice(0, 9), status: "valid" })).toEqual([certificate.id]);
  expect(await found({ search: "Çağlayan", status: "revoked" })).toEqual([]);
  const { rows, total } = await listCertificates(as, { search: "", status: "all", pageSize: 2, page: 2 });
  expect(rows.length).toBe(2);
  expect(total).toBeGreaterThan(4);
});
