import { useTestDatabase } from "@bandwise/db/test-database";
import { beforeAll, expect, test } from "vitest";
import { openSitting } from "../delivery/commands.ts";
import type { Context } from "../kernel/context.ts";
import { systemViewer } from "../kernel/policy.ts";
import { createSubmittedAttempt } from "../testing/attempts.ts";
import { createSmallBank, readingItem } from "../testing/bank.ts";
import { createPerson, type TestServices, testServices } from "../testing/services.ts";
import { restOverexposedItems } from "./health-commands.ts";
import { bankHealth } from "./health-queries.ts";
import { restItem } from "./life-cycle-commands.ts";
import { addItemVersion } from "./version-steps.ts";

const database = useTestDatabase();
let services: TestServices;
let admin: Context;
let adminId: string;
let programmeId: string;

beforeAll(async () => {
  services = testServices(database().prisma);
  ({ programmeId } = await createSmallBank(services, 5));
  const person = await createPerson(services.db, ["admin"], "Ada Admin");
  adminId = person.id;
  admin = services.as(person.viewer);
});

const reading = async () => {
  const { health } = await bankHealth(admin, {});
  const section = health.sections.find((one) => one.skill === "reading");
  const slot = section?.slots.find((one) => one.level === "B1");
  if (!section || !slot) throw new Error("the programme has no reading at B1");
  return { health, slot };
};

test("counts what a form can draw: active single items, one of two enemies, anchors apart", async () => {
  expect((await reading()).slot).toMatchObject({ plain: 4, anchors: 1, sittingsLeft: 2, state: "amber" });
  const items = await services.db.item.findMany({
    where: { slug: { in: ["r-b1-02", "r-b1-03"] } },
    orderBy: { id: "asc" },
  });
  const [lower, higher] = items.map((item) => item.id);
  if (!lower || !higher) throw new Error("the bank lacks its items");
  const now = services.clock.now();
  await services.db.itemEnemy.create({
    data: { lowerId: lower, higherId: higher, reason: "Same answer", createdAt: now },
  });
  const { health, slot } = await reading();
  expect(slot).toMatchObject({ plain: 3, sittingsLeft: 1, state: "red" });
  expect(health.state).toBe("red");
  expect(health.writeNext[0]).toMatchObject({ skill: "reading", level: "B1", what: "items", missing: 7 });
});

test("a red bank opens no sitting, and says what is missing", async () => {
  const centre = await services.db.centre.create({
    data: { id: services.ids.uuid(), name: "Quay Hall", timeZone: "UTC", address: "1 Quay Road" },
  });
  const day = (from: number) => new Date(services.clock.now().getTime() + from * 86_400_000);
  const opening = openSitting(admin, {
    centreId: centre.id,
    programmeId,
    startsAt: day(10),
    endsAt: day(11),
    bookBefore: day(9),
    changeBefore: day(8),
    capacity: 10,
  });
  await expect(opening).rejects.toMatchObject({
    code: "LOCKED",
    message: expect.stringContaining("Reading B1: 3 items"),
  });
  expect(await services.db.sitting.count()).toBe(0);
  await services.db.itemEnemy.deleteMany();
});

test("shows how worn a slot is, and what is due for a second look", async () => {
  const candidate = await createPerson(services.db, ["candidate"]);
  await createSubmittedAttempt(services, { candidateId: candidate.id, programmeId, adminId });
  expect((await reading()).slot.exposure).toEqual({ least: 0, median: 0, most: 1 });
  expect((await bankHealth(admin, {})).dueForReview).toEqual([]);
  services.advance(731 * 86_400);
  expect((await bankHealth(admin, {})).dueForReview).toHaveLength(50);
});

test("what too many forms have held rests by itself, and wakes when it is seldom drawn again", async () => {
  const worn = await services.db.item.findFirstOrThrow({
    where: { allotted: { some: {} }, skill: "reading", current: { anchor: false } },
    select: { id: true, currentId: true, current: { select: { level: true } }, allotted: { take: 1 } },
  });
  const [row] = worn.allotted;
  if (!row || !worn.currentId || !worn.current) throw new Error("nobody has met an item yet");
  const level = worn.current.level as "A1";
  services.advance(-731 * 86_400);
  // Sixty forms of which each held the item, by candidates of their own.
  for (let form = 0; form < 60; form += 1) {
    const { id: candidateId } = await createPerson(services.db, ["candidate"]);
    const attempt = await services.db.attempt.findFirstOrThrow({ select: { sittingId: true } });
    const attemptId = services.ids.uuid();
    await services.db.attempt.create({
      data: {
        id: attemptId,
        reference: `WORN-${form}`,
        candidateId,
        sittingId: attempt.sittingId,
        bookedAt: services.clock.now(),
      },
    });
    await services.db.attemptItem.create({
      data: { ...row, id: services.ids.uuid(), attemptId, candidateId, allottedAt: services.clock.now() },
    });
  }
  const statusOf = async () =>
    (await services.db.itemVersion.findUniqueOrThrow({ where: { id: worn.currentId ?? "" } })).status;
  const system = services.as(systemViewer);
  // With it gone the level would hold fewer than two forms.
  expect(await restOverexposedItems(system, {})).toEqual({ rested: 0, woken: 0 });
  expect((await bankHealth(admin, {})).overexposed).toMatchObject([
    { id: worn.id, status: "active", decision: "keep" },
  ]);
  await services.db.$transaction((tx) =>
    addItemVersion(
      { tx, now: services.clock.now(), ids: services.ids },
      { item: readingItem("r-one-more", { level }), status: "active", authorId: null, reason: "More" },
    ),
  );
  expect(await restOverexposedItems(system, {})).toEqual({ rested: 1, woken: 0 });
  expect(await statusOf()).toBe("resting");
  expect((await bankHealth(admin, {})).overexposed).toMatchObject([{ id: worn.id, status: "resting" }]);
  expect(await restOverexposedItems(system, {})).toEqual({ rested: 0, woken: 0 });
  services.advance(91 * 86_400);
  expect(await restOverexposedItems(system, {})).toEqual({ rested: 0, woken: 1 });
  expect(await statusOf()).toBe("active");
  // What a person has rested, for a leak perhaps, stays so until a person wakes it.
  await restItem(admin, { versionId: worn.currentId, reason: "Seen on a forum" });
  services.advance(91 * 86_400);
  expect(await restOverexposedItems(system, {})).toEqual({ rested: 0, woken: 0 });
  expect(await statusOf()).toBe("resting");
});
