import { useTestDatabase } from "@bandwise/db/test-database";
import { expect, it } from "vitest";
import { approveRequest } from "../approvals.ts";
import { listApprovals } from "../audit/queries.ts";
import { storePdf } from "../certificates/commands.ts";
import { contentHash } from "../kernel/hash.ts";
import { systemIds } from "../kernel/ids.ts";
import { systemViewer } from "../kernel/policy.ts";
import { createPerson, type TestServices, testServices } from "../testing/services.ts";
import { requestErasure } from "./account-commands.ts";
import { exportMyData } from "./account-queries.ts";
import { hashPassword } from "./passwords.ts";
import { purgeExpired } from "./purge-commands.ts";

const database = useTestDatabase();
const password = "a long enough one";
const at = new Date("2026-02-01T09:00:00Z");
const uuid = () => systemIds.uuid();

let nextBadge = 0;

/** A released attempt with a written answer, a recording with its files, a rating and a certificate. */
async function releasedAttempt(services: TestServices, candidateId: string, name: string) {
  const db = database().prisma;
  const centre = await db.centre.create({
    data: { id: uuid(), name: `Centre ${uuid()}`, timeZone: "UTC", address: "online" },
  });
  const programme = await db.programme.create({
    data: { id: uuid(), name: `p-${uuid()}`, version: 1, title: "P", blueprint: {}, hash: "h", createdAt: at },
  });
  const sitting = await db.sitting.create({
    data: {
      id: uuid(),
      centreId: centre.id,
      programmeId: programme.id,
      startsAt: at,
      endsAt: new Date("2026-02-01T12:00:00Z"),
      capacity: 5,
      bookBefore: at,
      changeBefore: at,
      createdById: candidateId,
      createdAt: at,
    },
  });
  const attempt = await db.attempt.create({
    data: { id: uuid(), reference: uuid(), candidateId, sittingId: sitting.id, status: "released", bookedAt: at },
  });
  const allot = async (skill: "writing" | "speaking" | "reading") => {
    const item = await db.item.create({ data: { id: uuid(), slug: uuid(), skill, createdAt: at } });
    const version = await db.itemVersion.create({
      data: {
        id: uuid(),
        itemId: item.id,
        version: 1,
        status: "active",
        skill,
        level: "A",
        subSkill: "s",
        topic: "t",
        difficulty: 0,
        type: "task",
        content: {},
        rationale: {},
        hash: "h",
        searchText: "",
        reason: "first",
        createdAt: at,
      },
    });
    return db.attemptItem.create({
      data: {
        id: uuid(),
        attemptId: attempt.id,
        candidateId,
        itemId: item.id,
        itemVersionId: version.id,
        skill,
        position: 1,
        level: "A",
        subSkill: "s",
        pickReason: "r",
        exposureAtPick: 0,
        allottedAt: at,
      },
    });
  };
  const answer = async (attemptItemId: string, value: object | string) => {
    const made = { attemptItemId, value, madeAt: at, epoch: 1, clientId: uuid(), sequence: 1 };
    const entry = await db.answerEntry.create({
      data: { ...made, attemptId: attempt.id, receivedAt: at, hash: `hash-${attemptItemId}`, standing: "counted" },
    });
    await db.response.create({ data: { ...made, entryId: entry.id } });
  };
  const [writing, speaking, reading] = [await allot("writing"), await allot("speaking"), await allot("reading")];
  await answer(writing.id, { text: "My name is Ada and I live at 4 Mill Lane." });
  await answer(reading.id, "b");
  const recordingId = uuid();
  const keys = [`recordings/${recordingId}/0`, `recordings/${recordingId}/whole.webm`] as const;
  // The joined original has no row of its own.
  const original = `recordings/${attempt.id}/${recordingId}/original-1`;
  for (const key of [...keys, original]) await services.storage.put(key, new Uint8Array([1, 2, 3]));
  await db.recording.create({
    data: {
      id: recordingId,
      attemptItemId: speaking.id,
      take: 1,
      clientId: uuid(),
      status: "processed",
      mimeType: "audio/webm",
      storageKey: keys[1],
      startedAt: at,
      chunks: { create: { index: 0, sha256: "s", bytes: 3, storageKey: keys[0], receivedAt: at } },
    },
  });
  const result = await db.result.create({
    data: {
      id: uuid(),
      attemptId: attempt.id,
      version: 1,
      status: "released",
      schemeId: "ielp",
      schemeVersion: "1",
      schemeHash: "h",
      inputs: {},
      output: {},
      overallHundredths: 650,
      cefr: "C1",
      createdAt: at,
    },
  });
  const pdfKey = `certificates/${result.id}.pdf`;
  await services.storage.put(pdfKey, new Uint8Array([4]));
  const certificate = await db.certificate.create({
    data: {
      id: uuid(),
      code: uuid(),
      resultId: result.id,
      candidateId,
      facts: { name, awardingBody: "Northmere Board", overall: "6.50" },
      factsHash: "fh",
      pdfKey,
      issuedAt: at,
      validUntil: new Date("2028-02-01T00:00:00Z"),
    },
  });
  const certificateId = certificate.id;
  await db.badge.create({
    data: {
      certificateId,
      credentialId: uuid(),
      embedded: "{}",
      jwt: "a.b.c",
      statusList: 1,
      statusIndex: nextBadge++,
      createdAt: at,
    },
  });
  await db.shareLink.create({
    data: {
      id: uuid(),
      certificateId,
      token: uuid(),
      purpose: "university",
      recipient: "Northmere University",
      recipientEmail: "admissions@example.org",
      scores: ["overall"],
      createdAt: at,
      expiresAt: new Date("2027-01-01T00:00:00Z"),
    },
  });
  // Corrected since: what was asked for and why lies with the request.
  await db.approval.create({
    data: {
      id: uuid(),
      kind: "certificate:reissue",
      subjectType: "certificate",
      subjectId: certificateId,
      payload: {},
      reason: `${name} has married.`,
      status: "approved",
      requestedById: candidateId,
      requestedAt: at,
    },
  });
  await db.appeal.create({
    data: {
      id: uuid(),
      resultId: result.id,
      skills: ["writing"],
      reason: "My handwriting was misread.",
      fee: "none",
      status: "unchanged",
      askedAt: at,
      dueAt: at,
      closedAt: at,
    },
  });
  const script = await db.script.create({
    data: {
      id: uuid(),
      code: uuid(),
      attemptId: attempt.id,
      attemptItemId: speaking.id,
      skill: "speaking",
      level: "A",
      status: "settled",
      waitingSince: at,
      reopenedBecause: `${name} was interrupted by a nurse.`,
    },
  });
  await db.machineRating.create({
    data: {
      id: uuid(),
      scriptId: script.id,
      raterId: "speech",
      raterVersion: "1",
      raterHash: "h",
      inputHash: "h",
      basis: "heuristic",
      criteria: {},
      evidence: [{ text: "near the harbour" }],
      flags: [],
      transcript: { words: ["I", "live", "near", "the", "harbour"] },
      durationMilliseconds: 1,
      validated: false,
      createdAt: at,
    },
  });
  await db.partnerReply.create({
    data: { attemptItemId: speaking.id, turn: 0, rule: "model", words: "Which harbour?", saidAt: at },
  });
  const takeId = uuid();
  const takeKey = `practice/${candidateId}/${takeId}/take.webm`;
  await services.storage.put(takeKey, new Uint8Array([5]));
  await db.practiceTake.create({
    data: {
      id: takeId,
      personId: candidateId,
      itemVersionId: speaking.itemVersionId,
      storageKey: takeKey,
      mimeType: "audio/webm",
      transcript: { words: ["hello"] },
      createdAt: at,
    },
  });
  return {
    ...{ writing, speaking, reading, recordingId, keys, original, pdfKey, resultId: result.id, certificateId },
    ...{ scriptId: script.id, takeId, takeKey },
  };
}

async function erased(certificates: "revoke" | "keep") {
  const db = database().prisma;
  const services = testServices(db);
  const [first, second] = [await createPerson(db, ["admin"]), await createPerson(db, ["admin"])];
  const name = `Ada Example ${certificates}`;
  const person = await createPerson(db, ["candidate"], name);
  await db.person.update({ where: { id: person.id }, data: { passwordHash: await hashPassword(password) } });
  const made = await releasedAttempt(services, person.id, name);
  // The certificate still says the name that the account had when it was issued.
  await db.person.update({ where: { id: person.id }, data: { name: `${name} Newname` } });
  const { approvalId } = await requestErasure(services.as(person.viewer), { password, certificates });
  await approveRequest(services.as(first.viewer), { approvalId });
  const next = (await listApprovals(services.as(second.viewer), {})).rows.find((row) => row.subjectId === person.id);
  await approveRequest(services.as(second.viewer), { approvalId: next?.id ?? "" });
  await services.drain();
  return { db, services, personId: person.id, name, made };
}

it("takes texts, voices and the name away, and keeps bands, choices and hashes", async () => {
  const { db, services, made, personId } = await erased("revoke");
  const written = await db.response.findUnique({ where: { attemptItemId: made.writing.id } });
  expect(written?.value).toEqual({ erased: true, hash: `hash-${made.writing.id}` });
  expect(await db.answerEntry.count({ where: { attemptItemId: made.writing.id } })).toBe(0);
  expect((await db.response.findUnique({ where: { attemptItemId: made.reading.id } }))?.value).toBe("b");
  expect(await db.answerEntry.count({ where: { attemptItemId: made.reading.id } })).toBe(1);
  for (const key of [...made.keys, made.original, made.pdfKey]) expect(await services.storage.size(key)).toBeNull();
  expect((await db.recording.findUnique({ where: { id: made.recordingId } }))?.purgedAt).not.toBeNull();
  expect(await db.partnerReply.count({ where: { attemptItemId: made.speaking.id } })).toBe(0);
  const certificate = await db.certificate.findUnique({ where: { id: made.certificateId } });
  expect(certificate).toMatchObject({ status: "revoked", factsHash: "fh", pdfKey: null });
  expect(certificate?.facts).toEqual({ name: "erased", awardingBody: "Northmere Board", overall: "6.50" });
  const requests = await db.approval.findMany({ where: { subjectId: { in: [personId, made.certificateId] } } });
  expect(requests.map(({ reason }) => reason)).toEqual(["", "", ""]);
  expect(await db.practiceTake.count({ where: { personId } })).toBe(0);
  expect(await services.storage.size(made.takeKey)).toBeNull();
  // Its salted hashes could be tried against names; its place in the status list stays, so that it reads as revoked.
  const held = { where: { certificateId: made.certificateId } };
  expect(await db.badge.findUnique(held)).toMatchObject({ embedded: null, jwt: null, statusList: 1 });
  // Whom it was shown to has been told, and is then forgotten; the link goes on saying that it is revoked.
  expect(services.mails.filter(({ to }) => to === "admissions@example.org")).toMatchObject([
    { subject: "A certificate you were shown has been revoked" },
  ]);
  expect(await db.shareLink.findMany(held)).toMatchObject([{ recipient: "", recipientEmail: null }]);
  expect(await db.result.findUnique({ where: { id: made.resultId } })).toMatchObject({ overallHundredths: 650 });
});

it("leaves the name in no column of any table, whoever wrote it there", async () => {
  const db = database().prisma;
  const services = testServices(db);
  const [first, second] = [await createPerson(db, ["admin"]), await createPerson(db, ["admin"])];
  const name = "Zenobia Oquendo";
  const person = await createPerson(db, ["candidate"], name);
  await db.person.update({ where: { id: person.id }, data: { passwordHash: await hashPassword(password) } });
  const { writing, resultId } = await releasedAttempt(services, person.id, name);
  const { attemptId } = await db.attemptItem.findUniqueOrThrow({ where: { id: writing.id } });
  const { sittingId } = await db.attempt.findUniqueOrThrow({ where: { id: attemptId } });
  await db.attempt.create({
    data: {
      ...{ id: uuid(), reference: uuid(), candidateId: person.id, sittingId, status: "voided", bookedAt: at },
      ...{ endReason: `${name} left the room.`, reviewReason: `Ask ${name} about it.` },
    },
  });
  const granted = { kind: "grant", seconds: 60, reason: `A fire alarm in ${name}'s room`, createdAt: at } as const;
  const section = await db.attemptSection.create({
    data: { id: uuid(), attemptId, skill: "writing", position: 1, time: { create: { id: uuid(), ...granted } } },
  });
  await db.appeal.updateMany({ where: { resultId }, data: { note: `${name}'s essay was read once more.` } });
  const { approvalId } = await requestErasure(services.as(person.viewer), { password, certificates: "revoke" });
  await approveRequest(services.as(first.viewer), { approvalId });
  const next = (await listApprovals(services.as(second.viewer), {})).rows.find((row) => row.subjectId === person.id);
  await approveRequest(services.as(second.viewer), { approvalId: next?.id ?? "" });
  await services.drain();

  const tables = await db.$queryRaw<{ name: string }[]>`
    select table_name as name from information_schema.tables
    where table_schema = 'public' and table_type = 'BASE TABLE'`;
  const found: string[] = [];
  for (const table of tables) {
    const rows = await db.$queryRawUnsafe<{ text: string }[]>(
      `select to_jsonb(t)::text as text from "${table.name}" t where to_jsonb(t)::text ilike '%zenobia%'`,
    );
    found.push(...rows.map(({ text }) => `${table.name}: ${text}`));
  }
  expect(found).toEqual([]);
  // The minutes themselves are part of how the attempt went.
  expect(await db.sectionTimeEntry.findMany({ where: { sectionId: section.id } })).toMatchObject([{ seconds: 60 }]);
});

it("keeps nothing of an admin's own words about an answer", async () => {
  const { db, made } = await erased("keep");
  expect(await db.script.findUnique({ where: { id: made.scriptId } })).toMatchObject({ reopenedBecause: null });
});

it("does not let a document come back that was drawn while its holder was erased", async () => {
  const { db, services, made, name } = await erased("revoke");
  // The worker had read the facts before, and has just put the file where it belongs.
  await services.storage.put(made.pdfKey, new Uint8Array([4]));
  const drawn = contentHash({ name, awardingBody: "Northmere Board", overall: "6.50" });
  const late = { certificateId: made.certificateId, pdfKey: made.pdfKey, sha256: "a".repeat(64), unprintable: 0 };
  expect(await storePdf(services.as(systemViewer), { ...late, factsHash: drawn })).toMatchObject({ stored: false });
  expect(await db.certificate.findUnique({ where: { id: made.certificateId } })).toMatchObject({ pdfKey: null });
});

it("leaves a certificate whole when the person keeps it", async () => {
  const { db, services, made, name } = await erased("keep");
  const certificate = await db.certificate.findUnique({ where: { id: made.certificateId } });
  expect(certificate).toMatchObject({ status: "valid", facts: { name } });
  const held = { where: { certificateId: made.certificateId } };
  expect(await db.badge.findUnique(held)).toMatchObject({ embedded: "{}" });
  expect(await db.shareLink.count(held)).toBe(1);
  expect(await services.storage.size(made.pdfKey)).toBe(1);
});

it("purges by retention: voices first, texts later, both without an erasure", async () => {
  const db = database().prisma;
  const services = testServices(db);
  const person = await createPerson(db, ["candidate"], "Cy Example");
  const made = await releasedAttempt(services, person.id, "Cy Example");
  const { recordings, answers } = services.settings.retentionDays;
  const purge = () => purgeExpired(services.as(systemViewer), {});
  await purge();
  expect(await services.storage.size(made.keys[1])).toBe(3);
  services.setNow(new Date(at.getTime() + (recordings + 1) * 86_400_000));
  expect(await purge()).toMatchObject({ texts: 0, practice: 1 });
  for (const key of [...made.keys, made.original, made.takeKey]) expect(await services.storage.size(key)).toBeNull();
  // What a machine heard in a voice goes with it; what it made of it stays.
  expect(await db.machineRating.findFirst({ where: { scriptId: made.scriptId } })).toMatchObject({
    transcript: null,
    evidence: [],
    basis: "heuristic",
  });
  expect(await db.partnerReply.count({ where: { attemptItemId: made.speaking.id } })).toBe(0);
  services.setNow(new Date(at.getTime() + (answers + 1) * 86_400_000));
  await purge();
  expect((await db.response.findUnique({ where: { attemptItemId: made.writing.id } }))?.value).toMatchObject({
    erased: true,
  });
  expect((await db.response.findUnique({ where: { attemptItemId: made.reading.id } }))?.value).toBe("b");
});

it("gives a person everything kept about them, what was heard, practised and asked for too", async () => {
  const db = database().prisma;
  const services = testServices(db);
  const person = await createPerson(db, ["candidate"], "Di Example");
  const made = await releasedAttempt(services, person.id, "Di Example");
  const own = JSON.stringify(await exportMyData(services.as(person.viewer), {}));
  for (const kept of ["4 Mill Lane", "My handwriting was misread.", made.takeId, "near the harbour"])
    expect(own).toContain(kept);
});

it("waits for an attempt that is not released yet", async () => {
  const db = database().prisma;
  const services = testServices(db);
  const [first, second] = [await createPerson(db, ["admin"]), await createPerson(db, ["admin"])];
  const person = await createPerson(db, ["candidate"], "Bo Example");
  await db.person.update({ where: { id: person.id }, data: { passwordHash: await hashPassword(password) } });
  await releasedAttempt(services, person.id, "Bo Example");
  await db.attempt.updateMany({ where: { candidateId: person.id }, data: { status: "marking" } });
  const { approvalId } = await requestErasure(services.as(person.viewer), { password, certificates: "keep" });
  await approveRequest(services.as(first.viewer), { approvalId });
  const next = (await listApprovals(services.as(second.viewer), {})).rows.find((row) => row.subjectId === person.id);
  await expect(approveRequest(services.as(second.viewer), { approvalId: next?.id ?? "" })).rejects.toThrow(
    /not released/,
  );
  expect(await db.person.findUnique({ where: { id: person.id } })).toMatchObject({ status: "active" });
  expect(await db.approval.findUnique({ where: { id: next?.id ?? "" } })).toMatchObject({ status: "open" });
});
