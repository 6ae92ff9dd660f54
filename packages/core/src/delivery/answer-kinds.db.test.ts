import { randomUUID } from "node:crypto";
import { useTestDatabase } from "@bandwise/db/test-database";
import { beforeAll, expect, test } from "vitest";
import { systemViewer, type Viewer } from "../kernel/policy.ts";
import { scoreObjective } from "../results/commands.ts";
import { answerKinds, giveAnswerKinds } from "../testing/answer-kinds.ts";
import { createDeliveryWorld } from "../testing/delivery-world.ts";
import { createPerson, type TestServices, testServices } from "../testing/services.ts";
import { bookSitting, checkIn } from "./commands.ts";
import { saveAnswers, startAttempt } from "./exam-commands.ts";
import { findTaskPicture, getExamState } from "./exam-queries.ts";

const database = useTestDatabase();
let services: TestServices;
let sittingId: string;

beforeAll(async () => {
  services = testServices(database().prisma);
  ({ sittingId } = await createDeliveryWorld(services.db, { perLevel: 6 }));
});

async function started() {
  const { viewer } = await createPerson(services.db, ["candidate"]);
  const { attemptId } = await bookSitting(services.as(viewer), { sittingId });
  await checkIn(services.as(viewer), { attemptId, privacyNotice: true, recordingConsent: true, ofAge: true });
  const clientId = randomUUID();
  await startAttempt(services.as(viewer), { attemptId, clientId });
  const items = await giveAnswerKinds(services, attemptId);
  return { viewer, attemptId, clientId, items };
}

async function save(
  { attemptId, clientId }: { attemptId: string; clientId: string },
  viewer: Viewer,
  values: readonly (readonly [attemptItemId: string, value: unknown])[],
  from: number,
) {
  const { anchor } = await getExamState(services.as(viewer), { attemptId });
  return saveAnswers(services.as(viewer), {
    attemptId,
    clientId,
    anchor,
    entries: values.map(([attemptItemId, value], index) => ({
      attemptItemId,
      sequence: from + index,
      epoch: 1,
      value: value as string,
      flagged: false,
      madeAt: services.clock.now().getTime(),
    })),
  });
}

test.each([0, 1, 2])("every kind of answer is saved, comes back as it went and is scored (%i)", async (round) => {
  const { viewer, attemptId, clientId, items } = await started();
  const answered = items.flatMap((id, index) => {
    const given = answerKinds[index]?.credits[round];
    return given ? [{ id, response: given[0], credit: given[1] }] : [];
  });
  const place = { attemptId, clientId };
  // First something else, so that the last answer is seen to count.
  await save(
    place,
    viewer,
    answered.map(({ id }) => [id, null]),
    1,
  );
  const { stored, rejected } = await save(
    place,
    viewer,
    answered.map(({ id, response }) => [id, response]),
    100,
  );
  expect(rejected).toEqual([]);
  expect(stored).toHaveLength(answered.length);

  const state = await getExamState(services.as(viewer), { attemptId });
  const back = new Map(state.items.map((item) => [item.id, item.response?.value]));
  for (const { id, response } of answered) expect(back.get(id)).toEqual(response);

  await services.db.attempt.update({ where: { id: attemptId }, data: { status: "submitted" } });
  await services.db.attemptSection.updateMany({ where: { attemptId }, data: { status: "closed" } });
  await scoreObjective(services.as(systemViewer), { attemptId });
  const { inputs } = await services.db.sectionScore.findUniqueOrThrow({
    where: { attemptId_skill: { attemptId, skill: "reading" } },
  });
  const credits = new Map(
    (inputs as { attemptItemId: string; credit: string }[]).map((row) => [row.attemptItemId, row.credit]),
  );
  for (const { id, credit } of answered) expect(credits.get(id), JSON.stringify(id)).toBe(credit);
});

test("an answer with more places or longer texts than any question has is refused, not stored", async () => {
  const { viewer, attemptId, clientId, items } = await started();
  const [item = ""] = items;
  const many = Object.fromEntries(Array.from({ length: 21 }, (_, index) => [`p${index}`, "a"]));
  const deep = { p1: { 1: { 2: "a" } } };
  for (const value of [many, deep, Array.from({ length: 21 }, () => "a"), { p1: "x".repeat(201) }]) {
    await expect(save({ attemptId, clientId }, viewer, [[item, value]], 1)).rejects.toMatchObject({ code: "INVALID" });
  }
});

test("a picture goes out to its candidate alone, by its place, while its section is open", async () => {
  const { viewer, attemptId, items } = await started();
  const [attemptItemId = ""] = items;
  const picture = { attemptId, attemptItemId, block: 1 };
  expect(await findTaskPicture(services.as(viewer), picture)).toMatchObject({ mimeType: "image/svg+xml" });
  const { items: shown } = await getExamState(services.as(viewer), { attemptId });
  expect(JSON.stringify(shown.find(({ id }) => id === attemptItemId))).not.toContain(".svg");
  await expect(findTaskPicture(services.as(viewer), { ...picture, block: 0 })).rejects.toMatchObject({
    code: "NOT_FOUND",
  });
  await expect(findTaskPicture(services.as(viewer), { attemptId, attemptItemId })).rejects.toMatchObject({
    code: "NOT_FOUND",
  });
  const other = await createPerson(services.db, ["candidate"]);
  await expect(findTaskPicture(services.as(other.viewer), picture)).rejects.toMatchObject({ code: "NOT_FOUND" });
  await services.db.attemptSection.updateMany({ where: { attemptId }, data: { status: "closed" } });
  await expect(findTaskPicture(services.as(viewer), picture)).rejects.toMatchObject({ code: "NOT_FOUND" });
});
