import { useTestDatabase } from "@bandwise/db/test-database";
import { beforeAll, describe, expect, test } from "vitest";
import { ielp } from "../delivery/programmes.ts";
import type { Context } from "../kernel/context.ts";
import { systemViewer } from "../kernel/policy.ts";
import { createSubmittedAttempt } from "../testing/attempts.ts";
import { createSmallBank, readingItem } from "../testing/bank.ts";
import { createPerson, type TestServices, testServices } from "../testing/services.ts";
import { createItem, editItem, rebuildExposureCounts } from "./commands.ts";
import { bankOverview, listItems } from "./list-queries.ts";
import { getItem } from "./queries.ts";
import { enemyPair } from "./relation-rules.ts";
import { findAssemblyObstacle } from "./steps.ts";

const database = useTestDatabase();
let services: TestServices;
let programmeId: string;
let admin: Context;
let adminId: string;
let writer: Context;

beforeAll(async () => {
  services = testServices(database().prisma);
  ({ programmeId } = await createSmallBank(services, 6));
  const person = await createPerson(services.db, ["admin"], "Ada Admin");
  adminId = person.id;
  admin = services.as(person.viewer);
  const author = await createPerson(services.db, ["item_writer"], "Wanda Writer");
  writer = services.as(author.viewer);
  // The first attempt makes the centre that all others share.
  await sit(await candidate());
});

const sit = async (candidateId: string) => createSubmittedAttempt(services, { candidateId, programmeId, adminId });

const candidate = async () => (await createPerson(services.db, ["candidate"])).id;

/** Items whose roll-up differs from the ledger, worked out independently of the command that repairs it. */
async function disagreements(): Promise<number> {
  const ledger = await services.db.attemptItem.groupBy({ by: ["itemId"], _count: { _all: true, presentedAt: true } });
  const rolled = await services.db.itemExposure.groupBy({ by: ["itemId"], _sum: { allotted: true, presented: true } });
  const counts = new Map(rolled.map((row) => [row.itemId, row._sum]));
  const wrong = ledger.filter(
    (row) =>
      counts.get(row.itemId)?.allotted !== row._count._all ||
      counts.get(row.itemId)?.presented !== row._count.presentedAt,
  );
  const unknown = rolled.filter(
    (row) => row._sum.allotted !== 0 && !ledger.some(({ itemId }) => itemId === row.itemId),
  );
  return wrong.length + unknown.length;
}

describe("allotment", () => {
  test("50 candidates who start at once each get a whole form, and exposure agrees with the ledger", async () => {
    const candidates = await Promise.all(Array.from({ length: 50 }, candidate));
    // Ten at a time, which is what a process's connections carry: the others would only wait for one.
    const lanes = Array.from({ length: 10 }, async (_, lane) => {
      const own: { attemptId: string }[] = [];
      for (let index = lane; index < candidates.length; index += 10) own.push(await sit(candidates[index] as string));
      return own;
    });
    const attempts = (await Promise.all(lanes)).flat();
    expect(attempts).toHaveLength(50);
    for (const { attemptId } of attempts) {
      const items = await services.db.attemptItem.findMany({
        where: { attemptId },
        select: { itemId: true, skill: true },
      });
      expect(new Set(items.map((item) => item.itemId)).size).toBe(items.length);
      expect(items.filter((item) => item.skill === "reading")).toHaveLength(12);
    }
    expect(await disagreements()).toBe(0);
  });

  test("draws on the whole bank: 50 forms leave no active item unused", async () => {
    const unused = await services.db.item.count({ where: { current: { status: "active" }, allotted: { none: {} } } });
    expect(unused).toBe(0);
  });

  test("never gives an item again, and says what is missing when the bank has run dry for a candidate", async () => {
    const candidateId = await candidate();
    // Six tasks a level: three forms of two speaking tasks a band, three interactive ones among them.
    for (let form = 0; form < 3; form += 1) await sit(candidateId);
    const met = await services.db.attemptItem.findMany({ where: { candidateId }, select: { itemId: true } });
    expect(new Set(met.map(({ itemId }) => itemId)).size).toBe(met.length);
    await expect(sit(candidateId)).rejects.toMatchObject({
      code: "LOCKED",
      userMessage: expect.stringContaining("reading A1 needs 2 unseen items and has 0"),
    });
    expect(await services.db.attempt.count({ where: { candidateId } })).toBe(3);
    const obstacle = await services.db.$transaction((tx) =>
      findAssemblyObstacle({ tx, memory: services.memory, now: services.clock.now() }, candidateId, ielp.sections),
    );
    expect(obstacle).toContain("listening C2 needs 2 unseen items and has 0");
    expect(await disagreements()).toBe(0);
  });

  test("never gives a set mate or an enemy of what was met, retired ones' too, and never an item of a set", async () => {
    const item = async (slug: string) => (await services.db.item.findUniqueOrThrow({ where: { slug } })).id;
    const [mate, enemy, ...others] = await Promise.all(
      ["02", "03", "04", "05", "06"].map((number) => item(`r-b2-${number}`)),
    );
    const [retired, metMate] = await Promise.all(
      ["r-kept-1", "r-kept-2"].map(async (slug) => {
        const made = await createItem(writer, { item: readingItem(slug), reason: "Met long ago" });
        await services.db.itemVersion.update({ where: { id: made.versionId }, data: { status: "retired" } });
        return made;
      }),
    );
    if (!mate || !enemy || !retired || !metMate) throw new Error("the bank lacks its items");
    const candidateId = await candidate();
    const { attemptId } = await sit(candidateId);
    const [first, second] = await services.db.attemptItem.findMany({ where: { attemptId, skill: "reading" }, take: 2 });
    if (!first || !second) throw new Error("the form is empty");
    const meet = ({ id }: typeof first, { itemId, itemVersionId }: Pick<typeof first, "itemId" | "itemVersionId">) =>
      services.db.attemptItem.update({ where: { id }, data: { itemId, itemVersionId } });
    await meet(first, { itemId: retired.itemId, itemVersionId: retired.versionId });
    await meet(second, { itemId: metMate.itemId, itemVersionId: metMate.versionId });
    const set = { id: services.ids.uuid(), slug: "kept-out", title: "Kept out", skill: "reading" as const };
    const createdAt = services.clock.now();
    await services.db.itemSet.create({ data: { ...set, createdAt } });
    await services.db.item.updateMany({ where: { id: { in: [mate, metMate.itemId] } }, data: { setId: set.id } });
    await services.db.itemEnemy.create({
      data: { ...enemyPair(enemy, retired.itemId), reason: "Same answer", createdAt },
    });
    const section = (count: number) => [{ skill: "reading" as const, slots: [{ level: "B2", count }] }];
    const obstacle = (who: string, count: number) =>
      services.db.$transaction((tx) =>
        findAssemblyObstacle({ tx, memory: services.memory, now: services.clock.now() }, who, section(count)),
      );
    const met = await services.db.attemptItem.count({ where: { candidateId, itemId: { in: others } } });
    expect(await obstacle(candidateId, 5)).toContain(`needs 5 unseen items and has ${3 - met}`);
    // To somebody new the enemy is free; an item of a set still is in no form.
    const fresh = await candidate();
    expect(await obstacle(fresh, 5)).toContain("needs 5 unseen items and has 4");
    await services.db.itemEnemy.create({
      data: { ...enemyPair(enemy, others[0] ?? ""), reason: "Same answer", createdAt },
    });
    expect(await obstacle(fresh, 4)).toContain("enemies of each other");
    await Promise.all([meet(first, first), meet(second, second)]);
    await services.db.itemEnemy.deleteMany();
    await services.db.item.updateMany({ data: { setId: null } });
  });

  test("of two starts of one candidate in the same instant, the ledger lets no item through twice", async () => {
    const candidateId = await candidate();
    await Promise.allSettled([sit(candidateId), sit(candidateId)]);
    const met = await services.db.attemptItem.findMany({ where: { candidateId }, select: { itemId: true } });
    expect(met.length).toBeGreaterThan(0);
    expect(new Set(met.map(({ itemId }) => itemId)).size).toBe(met.length);
  });
});

describe("exposure", () => {
  test("is rebuilt from the ledger, and the command says how many items disagreed", async () => {
    expect(await rebuildExposureCounts(services.as(systemViewer), {})).toEqual({ disagreed: 0 });
    const two = await services.db.itemExposure.findMany({ where: { allotted: { gt: 0 } }, take: 2 });
    for (const { itemId, shard } of two) {
      await services.db.itemExposure.update({ where: { itemId_shard: { itemId, shard } }, data: { allotted: 9999 } });
    }
    expect(await rebuildExposureCounts(admin, {})).toEqual({ disagreed: 2 });
    expect(await disagreements()).toBe(0);
  });

  test("is not a writer's to rebuild", async () => {
    await expect(rebuildExposureCounts(writer, {})).rejects.toMatchObject({ code: "FORBIDDEN" });
  });
});

describe("an item", () => {
  test("keeps everything its author gave, as a draft that no form draws on", async () => {
    const item = readingItem("r-b1-61");
    const { itemId } = await createItem(writer, { item, reason: "First of a set" });
    const kept = await getItem(writer, { itemId });
    expect(kept.shown).toMatchObject({ version: 1, status: "draft", item });
    expect(kept.history).toMatchObject([{ author: "Wanda Writer", reason: "First of a set" }]);
    expect(kept.exposure).toBe(0);
    await expect(createItem(writer, { item, reason: "Again" })).rejects.toMatchObject({
      code: "INVALID",
      fields: { "item.id": "r-b1-61 is taken" },
    });
  });

  test("is refused field by field where key or sound do not fit", async () => {
    const wrongKey = readingItem("r-b1-62", { key: { type: "choice", correct: "z" } });
    await expect(createItem(writer, { item: wrongKey, reason: "Key test" })).rejects.toMatchObject({
      code: "INVALID",
      fields: { "key.correct": "names z, which is not there" },
    });
    const rightType = readingItem("r-b1-62", { key: { type: "ordering", correct: ["a", "b", "c"] } });
    await expect(createItem(writer, { item: rightType, reason: "Key test" })).rejects.toMatchObject({
      fields: { key: "must be of type choice" },
    });
    const { shown } = await getItem(writer, { itemId: await idOf("l-a1-01") });
    const { item } = shown;
    if (item.skill !== "listening") throw new Error("not a listening item");
    const silent = {
      ...item,
      id: "l-a1-61",
      content: { ...item.content, stimulus: { ...item.content.stimulus, media: "none.mp3" } },
    };
    await expect(createItem(writer, { item: silent, reason: "Sound test" })).rejects.toMatchObject({
      fields: { "content.stimulus.media": expect.stringContaining("none.mp3") },
    });
    expect(await services.db.item.count({ where: { slug: { in: ["r-b1-62", "l-a1-61"] } } })).toBe(0);
  });

  test("is edited as a new version; whoever based a change on an older one is told and changes nothing", async () => {
    const { itemId } = await createItem(writer, { item: readingItem("r-b1-63"), reason: "First" });
    const change = (topic: "food" | "money") =>
      editItem(writer, { itemId, basedOnVersion: 1, item: readingItem("r-b1-63", { topic }), reason: "Topic" });
    const outcomes = await Promise.allSettled([change("food"), change("money")]);
    expect(outcomes.map(({ status }) => status).sort()).toEqual(["fulfilled", "rejected"]);
    expect(outcomes.find(({ status }) => status === "rejected")).toMatchObject({ reason: { code: "CONFLICT" } });
    expect(await services.db.itemVersion.count({ where: { itemId } })).toBe(2);
    await expect(
      editItem(writer, { itemId, basedOnVersion: 2, item: readingItem("r-b1-64"), reason: "Other name" }),
    ).rejects.toMatchObject({ code: "INVALID" });
  });
});

describe("the list", () => {
  test("finds stems and texts by word, by the beginning of the last word, and items by name", async () => {
    await createItem(writer, { item: readingItem("r-b1-71"), reason: "Searchable" });
    const slugs = async (search: string) => (await listItems(writer, { search })).rows.map(({ slug }) => slug);
    expect(await slugs("velodrome opening")).toContain("r-b1-71");
    expect(await slugs("velodr")).toContain("r-b1-71");
    expect(await slugs("r-b1-71")).toEqual(["r-b1-71"]);
    expect(await slugs("R-B1-7")).toEqual(["r-b1-71"]);
    expect(await slugs("velodrome -opens")).toEqual([]);
    expect(await slugs("100% _ \\ 'quoted")).toEqual([]);
  });

  test("filters by every piece of metadata", async () => {
    const all = await listItems(writer, { pageSize: 100 });
    const expectFilter = async (
      filter: Parameters<typeof listItems>[1],
      fits: (row: (typeof all.rows)[number]) => boolean,
    ) => {
      const { rows, total } = await listItems(writer, { pageSize: 100, ...filter });
      expect(rows.every(fits)).toBe(true);
      expect(total).toBeGreaterThan(0);
      expect(total).toBeLessThan(all.total);
    };
    await expectFilter({ skill: "listening" }, (row) => row.skill === "listening");
    await expectFilter({ level: "C1" }, (row) => row.level === "C1");
    await expectFilter({ subSkill: "gist" }, (row) => row.subSkill === "gist");
    await expectFilter({ topic: "food" }, (row) => row.topic === "food");
    await expectFilter({ type: "speaking" }, (row) => row.type === "speaking");
    await expectFilter({ status: "draft" }, (row) => row.status === "draft");
    await expectFilter({ anchor: "yes" }, (row) => row.anchor);
    await expectFilter({ minDifficulty: "-1", maxDifficulty: "-0.1" }, (row) => row.difficulty === -0.3);
    await expect(listItems(services.as({ kind: "anonymous" }), {})).rejects.toMatchObject({ code: "UNAUTHENTICATED" });
  });

  test("sorts and pages without gaps or repeats", async () => {
    const seen: string[] = [];
    let last = Number.POSITIVE_INFINITY;
    for (let page = 1; ; page += 1) {
      const { rows, total } = await listItems(writer, { sort: "exposure", direction: "desc", page, pageSize: 20 });
      for (const row of rows) {
        expect(row.exposure).toBeLessThanOrEqual(last);
        last = row.exposure;
        seen.push(row.slug);
      }
      if (page * 20 >= total) break;
    }
    expect(new Set(seen).size).toBe(seen.length);
    expect(seen).toHaveLength(await services.db.item.count());
  });

  test("is summed up by level and sub-skill, active items alone", async () => {
    const { cells, figures } = await bankOverview(writer, {});
    const active = await services.db.itemVersion.count({ where: { status: "active" } });
    expect(cells.reduce((sum, cell) => sum + cell.active, 0)).toBe(active);
    expect(figures.active).toBe(active);
    expect(figures.items).toBe(await services.db.item.count());
    expect(cells.reduce((sum, cell) => sum + cell.allotted, 0)).toBeGreaterThan(0);
  });
});

async function idOf(slug: string): Promise<string> {
  return (await services.db.item.findUniqueOrThrow({ where: { slug }, select: { id: true } })).id;
}
