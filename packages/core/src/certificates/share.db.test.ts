import { useTestDatabase } from "@bandwise/db/test-database";
import { beforeAll, expect, test } from "vitest";
import { approveRequest } from "../approvals.ts";
import { anonymousViewer, type Viewer } from "../kernel/policy.ts";
import { createSmallBank } from "../testing/bank.ts";
import { issueCertificateTo } from "../testing/certificates.ts";
import { createPerson, type TestServices, testServices } from "../testing/services.ts";
import { requestRevocation, setStatusOnly } from "./commands.ts";
import { countShareView, createShareLink, withdrawShareLink } from "./share-commands.ts";
import { getSharedCertificate, listShareLinks } from "./share-queries.ts";

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

const stranger = () => services.as(anonymousViewer);

async function shared(over: Partial<Parameters<typeof createShareLink>[1]> = {}) {
  const arranged = await issueCertificateTo(services, { programmeId, admin });
  const link = await createShareLink(services.as(arranged.candidate.viewer), {
    certificateId: arranged.certificate.id,
    purpose: "university",
    recipient: "Northmere University, admissions",
    recipientEmail: "Admissions@example.org",
    scores: ["overall", "writing"],
    days: 30,
    ...over,
  });
  return { ...arranged, ...link };
}

async function open(token: string) {
  await countShareView(stranger(), { token });
  return getSharedCertificate(stranger(), { token });
}

test("a link shows what was chosen and nothing that leads further", async () => {
  const { token, certificate, candidate } = await shared();
  const answer = await open(token);
  expect(answer).toMatchObject({
    kind: "shown",
    purpose: "university",
    recipient: "Northmere University, admissions",
    verification: { kind: "valid" },
    shown: { name: "Nadira Velasko", overall: { score: "5.00" }, parts: [{ id: "writing" }] },
  });
  const text = JSON.stringify(answer);
  for (const hidden of [certificate.code, certificate.pdfSha256, "reading", "listening", "speaking"]) {
    expect(text).not.toContain(hidden);
  }
  // The switch is for the printed code.
  await setStatusOnly(services.as(candidate.viewer), { certificateId: certificate.id, statusOnly: true });
  expect(await open(token)).toMatchObject({ shown: { name: "Nadira Velasko" } });
  const bare = await shared({ scores: ["reading"] });
  expect(await open(bare.token)).toMatchObject({ shown: { overall: null, parts: [{ id: "reading" }], notes: [] } });
});

test("views are counted while it is open; it ends by withdrawal and by its day", async () => {
  const { token, linkId, candidate, certificate } = await shared({ days: 7 });
  await open(token);
  await open(token);
  const mine = () => listShareLinks(services.as(candidate.viewer), { certificateId: certificate.id });
  expect(await mine()).toMatchObject([{ id: linkId, token, open: true, views: 2, lastViewedAt: services.clock.now() }]);
  await withdrawShareLink(services.as(candidate.viewer), { linkId });
  expect(await open(token)).toMatchObject({ kind: "ended", withdrawn: true });
  expect(await mine()).toMatchObject([{ open: false, views: 2 }]);
  const second = await shared({ days: 7 });
  const start = services.clock.now();
  services.setNow(new Date(start.getTime() + 7 * 86_400_000));
  expect(await open(second.token)).toMatchObject({ kind: "ended", withdrawn: false });
  services.setNow(start);
  expect(await open("no-such-token")).toEqual({ kind: "unknown" });
});

test("a text that no database holds is refused in words, asked or written", async () => {
  const refused = { code: "INVALID", userMessage: expect.stringContaining("U+0000") };
  await expect(getSharedCertificate(stranger(), { token: "\0" })).rejects.toMatchObject(refused);
  await expect(countShareView(stranger(), { token: "\0" })).rejects.toMatchObject(refused);
});

test("links are their holder's", async () => {
  const { linkId, certificate } = await shared();
  const other = await createPerson(services.db, ["candidate"]);
  await expect(withdrawShareLink(services.as(other.viewer), { linkId })).rejects.toMatchObject({ code: "NOT_FOUND" });
  expect(await listShareLinks(services.as(other.viewer), { certificateId: certificate.id })).toEqual([]);
  await expect(
    createShareLink(services.as(other.viewer), {
      certificateId: certificate.id,
      purpose: "visa",
      recipient: "Somebody",
      scores: ["overall"],
      days: 1,
    }),
  ).rejects.toMatchObject({ code: "NOT_FOUND" });
});

test("when it is revoked every link says so and recipients with an address are told once", async () => {
  const { token, certificate, candidate } = await shared();
  const again: Parameters<typeof createShareLink>[1] = {
    certificateId: certificate.id,
    purpose: "employer",
    recipient: "X",
    scores: ["overall"],
    days: 3,
  };
  await createShareLink(services.as(candidate.viewer), { ...again, recipientEmail: "admissions@example.org" });
  const { linkId } = await createShareLink(services.as(candidate.viewer), {
    ...again,
    recipientEmail: "gone@example.org",
  });
  await withdrawShareLink(services.as(candidate.viewer), { linkId });
  const { approvalId } = await requestRevocation(services.as(admin.viewer), {
    certificateId: certificate.id,
    reason: "Issued for an attempt that was sat by someone else.",
  });
  await approveRequest(services.as(otherAdmin.viewer), { approvalId });
  const before = services.mails.length;
  await services.drain();
  const told = services.mails.slice(before).filter(({ subject }) => subject.startsWith("A certificate you were shown"));
  expect(told).toMatchObject([{ to: "admissions@example.org", subject: expect.stringContaining("revoked") }]);
  expect(await open(token)).toMatchObject({ kind: "shown", verification: { kind: "revoked" }, shown: null });
  await expect(createShareLink(services.as(candidate.viewer), again)).rejects.toMatchObject({ code: "CONFLICT" });
});
