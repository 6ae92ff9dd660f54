import { useTestDatabase } from "@bandwise/db/test-database";
import { beforeAll, expect, test } from "vitest";
import { ielp } from "../delivery/programmes.ts";
import { contentHash } from "../kernel/hash.ts";
import { systemViewer, type Viewer } from "../kernel/policy.ts";
import { decideHold, sendBackDoubtful } from "../marking/lead-commands.ts";
import { createSmallBank, oneMark } from "../testing/bank.ts";
import { createMarkedAttempt } from "../testing/marked-attempts.ts";
import { createPerson, type TestServices, testServices } from "../testing/services.ts";
import { computeResult, releaseResults, resolveReview } from "./commands.ts";
import { getAttemptResults, listResults } from "./queries.ts";

const database = useTestDatabase();
let services: TestServices;
let byAdmin: string;
let automatic: string;
let admin: { id: string; viewer: Viewer };
let examiner: { id: string; viewer: Viewer };

beforeAll(async () => {
  services = testServices(database().prisma);
  ({ programmeId: byAdmin } = await createSmallBank(services, 6));
  const { db, ids, clock } = services;
  automatic = ids.uuid();
  const blueprint = { ...ielp, title: "IELP at once", release: "automatic" as const };
  const row = { id: automatic, name: "ielp-at-once", version: 1, title: blueprint.title, blueprint };
  await db.programme.create({ data: { ...row, hash: contentHash(blueprint), createdAt: clock.now() } });
  const policy = { programme: "ielp-at-once", version: 1, data: oneMark, hash: contentHash(oneMark), reason: "Test" };
  await db.markingPolicy.create({ data: { id: ids.uuid(), ...policy, createdAt: clock.now() } });
  admin = await createPerson(db, ["admin"]);
  examiner = await createPerson(db, ["examiner"]);
});

const marked = (programmeId: string) =>
  createMarkedAttempt(services, { programmeId, adminId: admin.id, examiner: examiner.viewer });
const system = () => services.as(systemViewer);
const resultsOf = (attemptId: string) =>
  services.db.result.findMany({ where: { attemptId }, select: { status: true, releasedById: true, version: true } });

test("a programme that releases by itself does so when all marks are final, in nobody's name, and says by which rule", async () => {
  const { attemptId } = await marked(automatic);
  await services.drain();
  expect(await resultsOf(attemptId)).toEqual([{ status: "released", releasedById: null, version: 1 }]);
  const [entry] = await services.db.auditEntry.findMany({ where: { action: "result.released-by-rule" } });
  expect(entry).toMatchObject({ actorKind: "system", detail: { attemptId, rule: expect.stringMatching(/automatic/) } });
  expect(await services.db.certificate.count({ where: { result: { attemptId } } })).toBe(1);
  expect(services.mails.filter(({ subject }) => subject === "Your result is here")).toHaveLength(1);
});

test("any other programme waits for an admin", async () => {
  const { attemptId } = await marked(byAdmin);
  await services.drain();
  expect(await resultsOf(attemptId)).toEqual([{ status: "provisional", releasedById: null, version: 1 }]);
  expect(await getAttemptResults(services.as(admin.viewer), { attemptId })).toMatchObject({ automatic: null });
});

test("of an admin and the rule, and of the rule twice, one releases", async () => {
  for (let round = 0; round < 4; round += 1) {
    const { attemptId } = await marked(automatic);
    services.jobs.splice(0);
    const admins = () => releaseResults(services.as(admin.viewer), { attemptIds: [attemptId] });
    await Promise.allSettled([
      computeResult(system(), { attemptId }),
      computeResult(system(), { attemptId }),
      admins(),
      computeResult(system(), { attemptId }),
      admins(),
    ]);
    expect((await resultsOf(attemptId)).filter(({ status }) => status === "released")).toHaveLength(1);
    const released = await services.db.auditEntry.count({
      where: { subjectType: "result", detail: { path: ["attemptId"], equals: attemptId } },
    });
    expect(released).toBe(1);
    expect(services.jobs.filter(({ name }) => name === "certificates.issue")).toHaveLength(1);
    await services.drain();
  }
});

test("under review it is held and says why; once the review is closed it releases itself", async () => {
  const { attemptId } = await marked(automatic);
  await services.db.attempt.update({ where: { id: attemptId }, data: { reviewReason: "late answers" } });
  await services.drain();
  expect(await resultsOf(attemptId)).toMatchObject([{ status: "provisional" }]);
  const { rows } = await listResults(services.as(admin.viewer), { state: "held", search: "" });
  expect(rows.find(({ id }) => id === attemptId)?.automatic?.heldBecause).toMatch(/late answers/);
  await resolveReview(services.as(admin.viewer), { attemptId });
  await services.drain();
  expect(await resultsOf(attemptId)).toMatchObject([
    { status: "superseded", version: 1 },
    { status: "released", version: 2, releasedById: null },
  ]);
});

test("marks of an examiner whose queue stands still hold it back until a lead has decided", async () => {
  const { db, ids, clock } = services;
  const holdId = ids.uuid();
  const { attemptId } = await marked(automatic);
  const hold = { personId: examiner.id, skill: "writing" as const, openedAt: clock.now() };
  await db.markingHold.create({
    data: { id: holdId, ...hold, goodUntil: new Date(clock.now().getTime() - 60_000), missed: [] },
  });
  await services.drain();
  expect(await resultsOf(attemptId)).toMatchObject([{ status: "provisional" }]);
  const held = await getAttemptResults(services.as(admin.viewer), { attemptId });
  expect(held.automatic?.heldBecause).toMatch(/queue stands still/);
  await decideHold(services.as(admin.viewer), { holdId, verdict: "lifted", note: "Looked at them: they hold." });
  await services.drain();
  expect(await resultsOf(attemptId)).toMatchObject([{ status: "released", releasedById: null }]);
});

test("who has to qualify again leaves marks in doubt: nothing of them releases itself before they are sent back", async () => {
  const { db, ids, clock } = services;
  const holdId = ids.uuid();
  const { attemptId } = await marked(automatic);
  const hold = { personId: examiner.id, skill: "writing" as const, openedAt: clock.now() };
  await db.markingHold.create({
    data: { id: holdId, ...hold, goodUntil: new Date(clock.now().getTime() - 60_000), missed: [] },
  });
  await decideHold(services.as(admin.viewer), { holdId, verdict: "requalify", note: "They do not hold." });
  await services.drain();
  expect(await resultsOf(attemptId)).toMatchObject([{ status: "provisional" }]);
  await sendBackDoubtful(services.as(admin.viewer), { holdId, reason: "Two seeds missed" });
  expect(await db.attempt.findUnique({ where: { id: attemptId } })).toMatchObject({ status: "marking" });
});
