import { randomUUID } from "node:crypto";
import { useTestDatabase } from "@bandwise/db/test-database";
import { beforeAll, expect, test } from "vitest";
import { systemViewer, type Viewer } from "../kernel/policy.ts";
import { scoreObjective } from "../results/commands.ts";
import { resultInputs } from "../results/schema.ts";
import { createDeliveryWorld } from "../testing/delivery-world.ts";
import { createPerson, type TestServices, testServices } from "../testing/services.ts";
import { getMyAttempt } from "./candidate-queries.ts";
import { bookSitting, checkIn } from "./commands.ts";
import { endSection, saveAnswers, startAttempt } from "./exam-commands.ts";
import { getExamState } from "./exam-queries.ts";
import { ielpShort } from "./programmes.ts";
import { blueprint } from "./schema.ts";

const database = useTestDatabase();
let services: TestServices;
let candidate: Viewer;
let attemptId: string;
const clientId = randomUUID();
const [reading, ...others] = ielpShort.sections;

/** Two places for pretest tasks in Reading, of 30 s each; the bank tries one item out. */
beforeAll(async () => {
  const db = database().prisma;
  services = testServices(db);
  const world = await createDeliveryWorld(db);
  const tried = blueprint.parse({
    ...ielpShort,
    sections: [{ ...reading, pretest: { count: 2, secondsEach: 30 } }, ...others],
  });
  const programmeId = services.ids.uuid();
  await db.programme.create({
    data: {
      id: programmeId,
      name: "ielp-pretest",
      version: 1,
      title: tried.title,
      blueprint: tried,
      hash: "0",
      createdAt: services.clock.now(),
    },
  });
  await db.sitting.update({ where: { id: world.sittingId }, data: { programmeId } });
  await db.$executeRaw`
    update item_version set status = 'pretest'
    where id = (select id from item_version where skill = 'reading' and level = 'B1' order by id limit 1)`;
  ({ viewer: candidate } = await createPerson(db, ["candidate"]));
  ({ attemptId } = await bookSitting(services.as(candidate), { sittingId: world.sittingId }));
});

test("candidates are told before and in the section; the task that is tried out brings its time and cannot be told apart", async () => {
  const asCandidate = services.as(candidate);
  const { plan } = await getMyAttempt(asCandidate, { attemptId });
  expect(plan.sections[0]).toMatchObject({ skill: "reading", items: 14, seconds: 180, someUnscored: true });
  expect(plan.sections[1]).toMatchObject({ someUnscored: false });
  await checkIn(asCandidate, { attemptId, privacyNotice: true, recordingConsent: true, ofAge: true });
  await startAttempt(asCandidate, { attemptId, clientId });
  const state = await getExamState(asCandidate, { attemptId });
  // One of the two places was filled: time for one.
  expect(state.sections[0]).toMatchObject({ items: 13, seconds: 150, someUnscored: true });
  expect(JSON.stringify(state.items)).not.toContain("scored");
  const ledger = await services.db.attemptItem.findMany({ where: { attemptId, skill: "reading" } });
  expect(ledger.filter(({ scored }) => !scored)).toHaveLength(1);
});

test("it counts for nobody: twelve items are scored, whatever was answered to the thirteenth", async () => {
  const asCandidate = services.as(candidate);
  const state = await getExamState(asCandidate, { attemptId });
  const unscored = await services.db.attemptItem.findFirstOrThrow({ where: { attemptId, scored: false } });
  await saveAnswers(asCandidate, {
    attemptId,
    clientId,
    anchor: state.anchor,
    entries: state.items.map(({ id }, index) => ({
      attemptItemId: id,
      sequence: index + 1,
      epoch: 1,
      // Right everywhere but in the task that is tried out.
      value: id === unscored.id ? "a" : "b",
      flagged: false,
      madeAt: services.clock.now().getTime(),
    })),
  });
  await endSection(asCandidate, { attemptId, sectionId: state.sections[0]?.id ?? "", clientId });
  // The other sections are not this test's matter.
  await services.db.attempt.update({ where: { id: attemptId }, data: { status: "submitted" } });
  await scoreObjective(services.as(systemViewer), { attemptId });
  const score = await services.db.sectionScore.findUniqueOrThrow({
    where: { attemptId_skill: { attemptId, skill: "reading" } },
  });
  const inputs = resultInputs.shape.items.parse(score.inputs);
  expect(inputs).toHaveLength(12);
  expect(inputs.every(({ credit }) => credit === "1")).toBe(true);
  expect(inputs.some(({ attemptItemId }) => attemptItemId === unscored.id)).toBe(false);
});
