import { useTestDatabase } from "@bandwise/db/test-database";
import { beforeAll, expect, test } from "vitest";
import { systemViewer, type Viewer } from "../kernel/policy.ts";
import { createSmallBank } from "../testing/bank.ts";
import { issueCertificateTo } from "../testing/certificates.ts";
import { createPerson, type TestServices, testServices } from "../testing/services.ts";
import { checkFile, getBadge, getStatusList, verifyCredential } from "./badge-queries.ts";
import { setNameOnBadge } from "./named-badge-commands.ts";
import { listMyCertificates } from "./queries.ts";

const database = useTestDatabase();
let services: TestServices;
let programmeId: string;
let admin: { id: string; viewer: Viewer };

beforeAll(async () => {
  services = testServices(database().prisma);
  ({ programmeId } = await createSmallBank(services, 4));
  admin = await createPerson(services.db, ["admin"]);
});

const system = () => services.as(systemViewer);

test("the name is on the badge only while the holder lets it; what was given out is revoked afterwards", async () => {
  const { candidate, certificate } = await issueCertificateTo(services, { programmeId, admin });
  const holder = services.as(candidate.viewer);
  const of = { certificateId: certificate.id };
  const file = async (form: "json" | "jwt" = "json") => Buffer.from((await getBadge(holder, { ...of, form })).content);
  const hashed = await file();
  expect(hashed.toString()).not.toContain("Velasko");

  await setNameOnBadge(holder, { ...of, named: true });
  await setNameOnBadge(holder, { ...of, named: true });
  expect(await services.db.namedBadge.count({ where: of })).toBe(1);
  const named = await file();
  expect(named.toString()).toContain("Nadira Velasko");
  expect(await listMyCertificates(holder, {})).toMatchObject([{ nameOnBadge: true }]);
  for (const form of [named, await file("jwt"), hashed]) {
    expect((await verifyCredential(system(), { file: form })).report.valid).toBe(true);
  }
  expect(await checkFile(system(), { file: named, name: "Nadira Velasko" })).toMatchObject({
    status: "valid",
    whole: true,
    withdrawn: false,
    nameMatches: true,
  });

  await setNameOnBadge(holder, { ...of, named: false });
  expect((await file()).equals(hashed)).toBe(true);
  expect((await verifyCredential(system(), { file: named })).report.valid).toBe(false);
  expect((await verifyCredential(system(), { file: hashed })).report.valid).toBe(true);
  // The file is what was issued, and counts no more; the certificate it was made of does, and so does the badge beside it.
  expect(await checkFile(system(), { file: named })).toMatchObject({ status: "valid", whole: true, withdrawn: true });
  const altered = Buffer.from(named.toString().replace("Nadira Velasko", "Nadira Velascu"));
  expect(await checkFile(system(), { file: altered })).toMatchObject({ whole: false, withdrawn: true });
  expect(await checkFile(system(), { file: hashed })).toMatchObject({ status: "valid", whole: true, withdrawn: false });

  // Somebody who lets it again gets another badge: a revoked one never comes back.
  await setNameOnBadge(holder, { ...of, named: true });
  expect((await verifyCredential(system(), { file: named })).report.valid).toBe(false);
  expect((await verifyCredential(system(), { file: await file() })).report.valid).toBe(true);
  const row = await services.db.namedBadge.findFirstOrThrow({ where: { ...of, withdrawnAt: null } });
  await getStatusList(system(), { list: row.statusList });
});

test("nobody else decides about it", async () => {
  const { certificate } = await issueCertificateTo(services, { programmeId, admin });
  const stranger = await createPerson(services.db, ["candidate"]);
  await expect(
    setNameOnBadge(services.as(stranger.viewer), { certificateId: certificate.id, named: true }),
  ).rejects.toMatchObject({ code: "NOT_FOUND" });
  expect(await services.db.namedBadge.count({ where: { certificateId: certificate.id } })).toBe(0);
});
