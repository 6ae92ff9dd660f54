import { useTestDatabase } from "@bandwise/db/test-database";
import { beforeAll, expect, test } from "vitest";
import { ietSpeaking } from "../delivery/programmes.ts";
import type { Context } from "../kernel/context.ts";
import { createSubmittedAttempt } from "../testing/attempts.ts";
import { createSmallBank } from "../testing/bank.ts";
import { dialogue, interview, introduction, openTask, opinion, pictureTask } from "../testing/open-tasks.ts";
import { createPerson, type TestServices, testServices } from "../testing/services.ts";
import { bankHealth } from "./health-queries.ts";
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
  const item = openTask("dialogue-9", dialogue(["test.mp3", "gone.mp3", "test.mp3"]));
  const added = db.$transaction((tx) =>
    addItemVersion({ tx, now: clock.now(), ids }, { item, status: "active", authorId: null, reason: "Test" }),
  );
  await expect(added).rejects.toMatchObject({
    fields: { "content.turns.1.media": expect.stringContaining("gone.mp3") },
  });
});

test("a form of iet-speaking holds one task of each kind in their order, none kept for practice, and none twice", async () => {
  const { db, clock, ids } = services;
  const extra = [
    openTask("introduction-2", { ...introduction, practice: true }),
    openTask("introduction-3", introduction),
    openTask("opinion-2", opinion),
    openTask("picture-2", pictureTask("test.svg")),
    openTask("dialogue-2", dialogue(["test.mp3", "test.mp3", "test.mp3"])),
  ];
  await db.$transaction(async (tx) => {
    for (const item of extra)
      await addItemVersion(
        { tx, now: clock.now(), ids },
        { item, status: "active", authorId: null, reason: "Second of its kind" },
      );
  });
  const { id: candidateId } = await createPerson(db, ["candidate"]);
  const programme = await db.programme.findUniqueOrThrow({
    where: { name_version: { name: "iet-speaking", version: 1 } },
    select: { id: true },
  });
  const sit = () =>
    createSubmittedAttempt(services, {
      candidateId,
      programmeId: programme.id,
      adminId,
      sections: ietSpeaking.sections,
    });
  const slugs: string[] = [];
  for (let sitting = 0; sitting < 2; sitting += 1) {
    const { attemptId } = await sit();
    const drawn = await db.attemptItem.findMany({
      where: { attemptId },
      orderBy: { position: "asc" },
      select: { item: { select: { slug: true } } },
    });
    expect(drawn.map(({ item }) => item.slug.replace(/-\d$/, ""))).toEqual([
      "introduction",
      "picture",
      "opinion",
      "dialogue",
    ]);
    slugs.push(...drawn.map(({ item }) => item.slug));
  }
  expect(new Set(slugs).size).toBe(8);
  expect(slugs).not.toContain("introduction-2");
  await expect(sit()).rejects.toMatchObject({ code: "LOCKED", message: expect.stringContaining("introduction") });
});

test("bank health counts an open task by its kind, those for practice apart", async () => {
  const { health } = await bankHealth(reader, { programme: "iet-speaking" });
  expect(health.sections[0]?.slots.map(({ level, tag, plain, perForm }) => ({ level, tag, plain, perForm }))).toEqual(
    ["introduction", "picture", "opinion", "dialogue"].map((tag) => ({ level: "all", tag, plain: 2, perForm: 1 })),
  );
  expect(health.writeNext.every(({ level }) => level === "all")).toBe(true);
});
