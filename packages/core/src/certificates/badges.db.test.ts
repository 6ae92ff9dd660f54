import { readdirSync, readFileSync, statSync } from "node:fs";
import { join } from "node:path";
import { useTestDatabase } from "@bandwise/db/test-database";
import { beforeAll, expect, test } from "vitest";
import { approveRequest } from "../approvals.ts";
import { anonymousViewer, systemViewer, type Viewer } from "../kernel/policy.ts";
import { createSmallBank } from "../testing/bank.ts";
import { issueCertificateTo } from "../testing/certificates.ts";
import { createPerson, type TestServices, testServices } from "../testing/services.ts";
import { issueBadge, rotateIssuerKeys } from "./badge-commands.ts";
import { checkFile, getBadge, getDidDocument, getStatusList, verifyCredential } from "./badge-queries.ts";
import { requestRevocation, setStatusOnly } from "./commands.ts";
import { getCertificatePdf } from "./queries.ts";
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

const issued = (name?: string) =>
  issueCertificateTo(services, { ...(name !== undefined && { name }), programmeId, admin });
const stranger = () => services.as(anonymousViewer);
const system = () => services.as(systemViewer);

async function badgeOf({ certificate, candidate }: Awaited<ReturnType<typeof issued>>, form: "json" | "jwt" = "json") {
  const { content } = await getBadge(services.as(candidate.viewer), { certificateId: certificate.id, form });
  return Buffer.from(content);
}

async function pdfOf({ certificate, candidate }: Awaited<ReturnType<typeof issued>>) {
  const { content } = await getCertificatePdf(services.as(candidate.viewer), { certificateId: certificate.id });
  return content;
}

async function revoke(certificateId: string) {
  const reason = "Issued for an attempt that was sat by someone else.";
  const { approvalId } = await requestRevocation(services.as(admin.viewer), { certificateId, reason });
  await approveRequest(services.as(otherAdmin.viewer), { approvalId });
  await services.drain();
}

async function verified(file: Uint8Array) {
  const { report, differences } = await verifyCredential(system(), { file });
  const failed = report.checks.filter(({ outcome }) => outcome !== "pass").map(({ name }) => name);
  return { valid: report.valid, failed, differences: differences.map(({ name }) => name) };
}

const good = { valid: true, failed: [], differences: [] };

test("a certificate comes with its badge, in both forms and inside the PDF, and each verifies", async () => {
  const arranged = await issued();
  expect(await verified(await badgeOf(arranged))).toEqual(good);
  expect(await verified(await badgeOf(arranged, "jwt"))).toEqual(good);
  expect(await verified(await pdfOf(arranged))).toEqual(good);
  expect((await badgeOf(arranged)).toString()).not.toMatch(
    new RegExp(`Velasko|${arranged.certificate.code}|${arranged.candidate.id}`),
  );
  const again = await issueBadge(system(), { certificateId: arranged.certificate.id });
  expect(again.embedded).toBe((await badgeOf(arranged)).toString());
});

test("a badge is its holder's and the admins' alone", async () => {
  const { certificate } = await issued();
  const other = await createPerson(services.db, ["candidate"]);
  const input = { certificateId: certificate.id, form: "json" } as const;
  await expect(getBadge(services.as(other.viewer), input)).rejects.toMatchObject({ code: "NOT_FOUND" });
  expect((await getBadge(services.as(admin.viewer), input)).fileName).toContain(certificate.code);
});

test("revoking sets its bit at once, and only its own", async () => {
  const [one, two] = [await issued(), await issued()];
  const before = await getStatusList(stranger(), { list: 1 });
  expect(await getStatusList(stranger(), { list: 1 })).toBe(before);
  await revoke(one.certificate.id);
  expect(await verified(await badgeOf(one))).toMatchObject({ valid: false, failed: ["status"] });
  expect(await verified(await badgeOf(two))).toEqual(good);
  await expect(getStatusList(stranger(), { list: 2 })).rejects.toMatchObject({ code: "NOT_FOUND" });
});

test("an altered badge fails and names what differs", async () => {
  const arranged = await issued();
  const altered = Buffer.from((await badgeOf(arranged)).toString().replace('"value": "5.00"', '"value": "9.00"'));
  expect(await verified(altered)).toMatchObject({ valid: false, failed: ["proof"], differences: ["overall band"] });
});

test("a checker's file is held against the record, value by value", async () => {
  const arranged = await issued("Zoë Example");
  const check = (file: Uint8Array, name?: string) =>
    checkFile(stranger(), { file, ...(name !== undefined && { name }) });
  for (const file of [await badgeOf(arranged), await badgeOf(arranged, "jwt"), await pdfOf(arranged)]) {
    const answer = await check(file, "Zoë  Example");
    expect(answer).toMatchObject({ status: "valid", whole: true, nameMatches: true });
    expect(answer.values).toHaveLength(14);
    expect(answer.values.every(({ same }) => same)).toBe(true);
    expect(JSON.stringify(answer)).not.toContain(arranged.certificate.code);
  }
  expect(await check(await badgeOf(arranged), "Somebody Else")).toMatchObject({ nameMatches: false });

  const altered = Buffer.from((await badgeOf(arranged)).toString().replace('"value": "5.00"', '"value": "9.00"'));
  const answer = await check(altered);
  expect(answer).toMatchObject({ status: "valid", whole: false });
  expect(answer.values.filter(({ same }) => !same)).toEqual([
    { name: "overall band", file: "9.00", record: "5.00", same: false },
  ]);
  // Everything agrees that can be compared, but the file is not the one that was issued.
  const resaved = Buffer.concat([await pdfOf(arranged), Buffer.from("\n% saved again")]);
  expect(await check(resaved)).toMatchObject({ status: "valid", whole: false });

  await setStatusOnly(services.as(arranged.candidate.viewer), {
    certificateId: arranged.certificate.id,
    statusOnly: true,
  });
  expect((await check(altered)).values.filter(({ same }) => !same)).toMatchObject([{ file: "9.00", record: null }]);
  await revoke(arranged.certificate.id);
  expect(await check(await badgeOf(arranged), "Zoë Example")).toMatchObject({ status: "revoked", nameMatches: null });

  // Erased, the record has lost the name and with it its seal: the file still comes from here, and no longer stands.
  const file = await badgeOf(arranged);
  await services.db.$transaction(async (tx) => {
    await tx.$executeRaw`select set_config('bandwise.purging', 'on', true)`;
    const { facts } = await tx.certificate.findUniqueOrThrow({ where: { id: arranged.certificate.id } });
    await tx.certificate.update({
      where: { id: arranged.certificate.id },
      data: { facts: { ...(facts as object), name: "erased" } },
    });
  });
  expect(await check(file)).toEqual({
    ...{ status: "revoked", whole: false, withdrawn: false },
    ...{ values: [], nameMatches: null },
  });

  const other = Buffer.from(
    (await badgeOf(arranged)).toString().replace(/"id": "urn:uuid:[^"]+"/, '"id": "urn:uuid:0"'),
  );
  expect(await check(other)).toEqual({
    ...{ status: "unknown", whole: false, withdrawn: false },
    ...{ values: [], nameMatches: null },
  });
  await expect(check(Buffer.from("hello"))).rejects.toMatchObject({ code: "INVALID" });
  await expect(check(Buffer.alloc(3_000_000))).rejects.toMatchObject({ code: "INVALID" });
});

test("after a rotation new badges use new keys and old ones stay good", async () => {
  const old = await issued();
  const before = (await getDidDocument(stranger(), {})) as { verificationMethod: { id: string }[] };
  const { made, retired } = await rotateIssuerKeys(system(), {});
  expect({ made: made.length, retired }).toEqual({ made: 2, retired: 2 });
  const after = (await getDidDocument(stranger(), {})) as {
    verificationMethod: { id: string }[];
    assertionMethod: string[];
  };
  expect(after.verificationMethod.map(({ id }) => id)).toEqual(
    expect.arrayContaining([...made, ...before.verificationMethod.map(({ id }) => id)]),
  );
  expect(after.assertionMethod).toHaveLength(before.verificationMethod.length + 2);
  const young = await issued();
  expect((await badgeOf(young)).toString()).toContain(made[0]);
  expect(await verified(await badgeOf(old))).toEqual(good);
  expect(await verified(await badgeOf(young))).toEqual(good);
});

test("secret keys are sealed files for the owner alone, and never in the database", async () => {
  await issued();
  const folder = join(services.settings.dataDir, "keys");
  const files = readdirSync(folder);
  expect(files.length).toBeGreaterThanOrEqual(2);
  for (const file of files) {
    expect(statSync(join(folder, file)).mode & 0o777).toBe(0o600);
    expect(readFileSync(join(folder, file), "utf8")).not.toMatch(/"d"|secretKey|z3u2/);
  }
  expect(statSync(folder).mode & 0o777).toBe(0o700);
  const rows = await services.db.issuerKey.findMany();
  expect(JSON.stringify(rows)).not.toMatch(/\\"d\\"|"d":|secret/);
});

test("with another secret nothing is signed, and the message says what to do", async () => {
  await issued();
  const elsewhere = {
    ...system(),
    settings: { ...services.settings, credentialKeySecret: "another-secret-that-is-long-enough!" },
    // A process that has signed no list yet.
    memory: testServices(services.db).memory,
  };
  await expect(getStatusList(elsewhere, { list: 1 })).rejects.toMatchObject({
    code: "CONFLICT",
    userMessage: expect.stringContaining("bandwise credential keys rotate"),
  });
});

test("the page tells when the stored badge was changed, whoever changed it", async () => {
  const { certificate } = await issued();
  const verify = () => getVerification(stranger(), { code: certificate.code });
  expect(await verify()).toMatchObject({ kind: "valid" });
  const { embedded, jwt } = await services.db.badge.findUniqueOrThrow({ where: { certificateId: certificate.id } });
  const store = (data: object) =>
    services.db.$transaction(async (tx) => {
      await tx.$executeRaw`select set_config('bandwise.purging', 'on', true)`;
      await tx.badge.update({ where: { certificateId: certificate.id }, data });
    });
  await expect(
    services.db.badge.update({ where: { certificateId: certificate.id }, data: { jwt: "x.y.z" } }),
  ).rejects.toThrow(/may only change/);
  await store({ embedded: embedded?.replace('"value": "5.00"', '"value": "9.00"') });
  expect(await verify()).toMatchObject({ kind: "damaged" });
  await store({ embedded, jwt: jwt?.replace(/\.([^.]+)$/, (_, signature: string) => `.${signature.slice(1)}A`) });
  expect(await verify()).toMatchObject({ kind: "damaged" });
  await store({ embedded: "not a credential", jwt });
  expect(await verify()).toMatchObject({ kind: "damaged" });
  // Another holder's badge is genuine and says the same scores, yet is not this certificate's.
  const other = await issued();
  await store({
    embedded: (await badgeOf(other)).toString(),
    jwt: (await badgeOf(other, "jwt")).toString(),
  });
  expect(await verify()).toMatchObject({ kind: "damaged" });
  await store({ embedded, jwt });
  expect(await verify()).toMatchObject({ kind: "valid" });
  await expect(services.db.issuerKey.deleteMany({})).rejects.toThrow(/kept for ever/);
});
