import { useTestDatabase } from "@bandwise/db/test-database";
import { beforeAll, expect, test } from "vitest";
import type { Context } from "../kernel/context.ts";
import { createSubmittedAttempt } from "../testing/attempts.ts";
import { createSmallBank } from "../testing/bank.ts";
import { dialogue, interview, introduction, openTask, opinion, pictureTask } from "../testing/open-tasks.ts";
import { createPerson, type TestServices, testServices } from "../testing/services.ts";
import { listItems } from "./list-queries.ts";
import { getItem } from "./queries.ts";
import { addItemVersion } from "./version-steps.ts";

const database = useTestDatabase();
let services: TestServices;
let programmeId: string;
let adminId: string;
let reader: Context;

const tasks = [
  openTask("i-1", interview("a lighthouse")),
  openTask("introduction-1", introduction),
  openTask("opinion-1", opinion),
  openTask("picture-1", pictureTask("test.svg")),
  openTask("dialogue-1", dialogue(["test.mp3", "test.mp3", "test.mp3"])),
];

beforeAll(async () => {
  services = testServices(database().prisma);
  ({ programmeId } = await createSmallBank(services, 4));
  const { db, clock, ids } = services;
  const now = clock.now();
  const picture = { name: "test.svg", sha256: "1", mimeType: "image/svg+xml", bytes: 1, storageKey: "bank/test" };
  await db.media.create({ data: { id: ids.uuid(), createdAt: now, ...picture } });
  await db.$transaction(async (tx) => {
    for (const item of tasks)
      await addItemVersion(
        { tx, now, ids },
        { item, status: "active", authorId: null, reason: "For everybody, whatever their level" },
      );
  });
  const person = await createPerson(db, ["admin"]);
  adminId = person.id;
  reader = services.as(person.viewer);
});

test("open tasks are stored as they were written, listed by level and by kind, and found by their questions", async () => {
  const filter = { page: 1, pageSize: 20, sort: "name" as const, direction: "asc" as const };
  const all = await listItems(reader, { ...filter, level: "all" });
  expect(all.rows.map(({ slug, type }) => [slug, type])).toEqual([
    ["dialogue-1", "dialogue"],
    ["i-1", "interview"],
    ["introduction-1", "introduction"],
    ["opinion-1", "opinion"],
    ["picture-1", "picture"],
  ]);
  for (const row of all.rows) {
    const { shown } = await getItem(reader, { itemId: row.id });
    expect(shown.item).toEqual(tasks.find((task) => task.id === row.slug));
  }
  const interviews = await listItems(reader, { ...filter, type: "interview" });
  expect(interviews.rows.map((row) => row.stem)).toEqual(["Interview a lighthouse"]);
  expect((await listItems(reader, { ...filter, search: "lighthouse" })).total).toBe(1);
  expect((await listItems(reader, { ...filter, skill: "speaking", level: "A" })).total).toBe(4);
});

test("no form of ielp ever holds one", async () => {
  for (let form = 0; form < 6; form += 1) {
    const candidate = await createPerson(services.db, ["candidate"]);
    const { attemptId } = await createSubmittedAttempt(services, { candidateId: candidate.id, programmeId, adminId });
    const drawn = await services.db.attemptItem.findMany({ where: { attemptId, skill: "speaking" } });
    expect(drawn.map(({ level }) => level).sort()).toEqual(["A", "A", "B", "B", "C", "C"]);
  }
});

test("a file that is not there is refused by the turn that names it", async () => {
  const { db, clock, ids } = services;
  const item = openTask("dialogue-2", dialogue(["test.mp3", "gone.mp3", "test.mp3"]));
  const added = db.$transaction((tx) =>
    addItemVersion({ tx, now: clock.now(), ids }, { item, status: "active", authorId: null, reason: "Test" }),
  );
  await expect(added).rejects.toMatchObject({
    fields: { "content.turns.1.media": expect.stringContaining("gone.mp3") },
  });
});
