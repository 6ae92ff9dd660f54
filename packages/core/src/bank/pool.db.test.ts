import { spawn } from "node:child_process";
import { fileURLToPath } from "node:url";
import { useTestDatabase } from "@bandwise/db/test-database";
import { beforeAll, describe, expect, test } from "vitest";
import { startAttempt } from "../delivery/exam-commands.ts";
import { ielpShort } from "../delivery/programmes.ts";
import type { CommandContext } from "../kernel/context.ts";
import { createDeliveryWorld } from "../testing/delivery-world.ts";
import { createPerson, type TestServices, testServices } from "../testing/services.ts";
import { lookAtPool } from "./pool-steps.ts";

const database = useTestDatabase();
let services: TestServices;
let world: Awaited<ReturnType<typeof createDeliveryWorld>>;

beforeAll(async () => {
  services = testServices(database().prisma);
  world = await createDeliveryWorld(services.db, { perLevel: 12, capacity: 1000 });
});

async function checkedIn(): Promise<{ attemptId: string; candidateId: string }> {
  const { id: candidateId } = await createPerson(services.db, ["candidate"]);
  const attemptId = services.ids.uuid();
  await services.db.attempt.create({
    data: {
      id: attemptId,
      reference: services.ids.code(2),
      candidateId,
      sittingId: world.sittingId,
      status: "checked_in",
      bookedAt: services.clock.now(),
    },
  });
  return { attemptId, candidateId };
}

/** Starts an attempt as one process would. @returns the items it was allotted. */
async function start(by: TestServices): Promise<string[]> {
  const { attemptId, candidateId } = await checkedIn();
  const viewer = { kind: "person", personId: candidateId, roles: ["candidate"], centreIds: [] } as const;
  await startAttempt(by.as(viewer), { attemptId, clientId: services.ids.uuid() });
  const items = await services.db.attemptItem.findMany({ where: { attemptId }, select: { itemId: true } });
  return items.map(({ itemId }) => itemId);
}

const formSize = ielpShort.sections.flatMap(({ slots }) => slots).reduce((sum, { count }) => sum + count, 0);

function look(by: TestServices, candidateId: string) {
  return services.db.$transaction((tx) =>
    lookAtPool({ tx, memory: by.memory, now: by.clock.now() } satisfies Partial<CommandContext>, candidateId),
  );
}

/** Items whose roll-up differs from the ledger. */
async function disagreements(): Promise<unknown[]> {
  return services.db.$queryRaw<unknown[]>`
    select item_id, l.n, l.p, r.n, r.p
    from (select item_id, count(*) as n, count(presented_at) as p from attempt_item group by item_id) l
    full join (select item_id, sum(allotted) as n, sum(presented) as p from item_exposure group by item_id) r using (item_id)
    where coalesce(l.n, 0) <> coalesce(r.n, 0) or coalesce(l.p, 0) <> coalesce(r.p, 0)`;
}

describe("the bank in memory", () => {
  test("a form is whole, and the section that opens at once is counted as presented", async () => {
    const items = await start(services);
    expect(items).toHaveLength(formSize);
    expect(await services.db.attemptItem.count({ where: { presentedAt: { not: null } } })).toBe(12);
    expect(await disagreements()).toEqual([]);
  });

  test("a change made by another process is known at the next look", async () => {
    const { candidateId } = await checkedIn();
    const before = await look(services, candidateId);
    const [one, other] = [...before.pool.entries()].filter(
      ({ kind }) => kind.skill === "reading" && kind.level === "B1",
    );
    if (!one || !other) throw new Error("no such items");
    await services.db.itemVersion.updateMany({ where: { itemId: one.id }, data: { status: "resting" } });
    const [lowerId, higherId] = [one.id, other.id].sort() as [string, string];
    await services.db.itemEnemy.create({
      data: { lowerId, higherId, reason: "alike", createdAt: services.clock.now() },
    });
    const after = await look(services, candidateId);
    expect(after.pool.find(one.id)?.kind.use).toBe("none");
    expect(after.versions.has(one.id)).toBe(false);
    expect([...after.pool.enemiesOf(other.id)]).toEqual([one.id]);
    expect(after.snapshot).not.toBe(before.snapshot);
  });

  test("looks before and after a change have different names, also while an older transaction is open", async () => {
    const { candidateId } = await checkedIn();
    await services.db.$transaction(async (older) => {
      await older.$executeRaw`select pg_current_xact_id()`;
      const before = await look(services, candidateId);
      const [item] = before.pool.entries();
      await services.db.itemVersion.updateMany({ where: { itemId: item?.id ?? "" }, data: { status: "resting" } });
      const after = await look(services, candidateId);
      expect(after.pool.find(item?.id ?? "")?.kind.use).toBe("none");
      expect(after.snapshot).not.toBe(before.snapshot);
    });
  });

  test("what another process allots is counted within a second", async () => {
    const others = testServices(services.db);
    const { candidateId } = await checkedIn();
    await look(others, candidateId);
    const items = await start(services);
    const exposureOf = async (by: TestServices) => (await look(by, candidateId)).pool.find(items[0] ?? "")?.exposure;
    const known = await exposureOf(services);
    expect(await exposureOf(others)).toBe((known ?? 0) - 1);
    others.advance(1);
    expect(await exposureOf(others)).toBe(known);
  });

  test("the ledger takes no item that is out of use, also when memory does not know", async () => {
    const { candidateId } = await checkedIn();
    const { pool } = await look(services, candidateId);
    const level = [...pool.entries()].filter(({ kind }) => kind.skill === "writing" && kind.level === "A");
    const kept = level.slice(0, 2).map(({ id }) => id);
    const gone = level.slice(2).map(({ id }) => id);
    // As if the note of the change had not been seen: the items are out of use, and nobody says so.
    await services.db.itemVersion.updateMany({ where: { itemId: { in: gone } }, data: { status: "resting" } });
    await services.db.itemChange.deleteMany({});
    const drawn: string[] = [];
    for (let attempt = 0; attempt < 6; attempt += 1) drawn.push(...(await start(services).catch(() => [])));
    expect(drawn.length).toBeGreaterThan(0);
    expect(drawn.filter((id) => gone.includes(id))).toEqual([]);
    expect(drawn.filter((id) => kept.includes(id)).length).toBeGreaterThan(0);
    expect(await disagreements()).toEqual([]);
  });
});

test("200 starts at once over four processes: every form whole, every allotment counted once", {
  timeout: 120_000,
}, async () => {
  const attempts = await Promise.all(Array.from({ length: 200 }, checkedIn));
  const program = fileURLToPath(new URL("../testing/start-attempts.ts", import.meta.url));
  const lanes = [0, 1, 2, 3].map((lane) => attempts.filter((_, index) => index % 4 === lane));
  const codes = await Promise.all(
    lanes.map(
      (lane) =>
        new Promise<number | null>((resolve, reject) => {
          const child = spawn(process.execPath, ["--import", "tsx", program, database().url, JSON.stringify(lane)], {
            stdio: ["ignore", "ignore", "inherit"],
          });
          child.on("error", reject);
          child.on("exit", resolve);
        }),
    ),
  );
  expect(codes).toEqual([0, 0, 0, 0]);
  const forms = await services.db.attemptItem.groupBy({
    by: ["attemptId"],
    where: { attemptId: { in: attempts.map(({ attemptId }) => attemptId) } },
    _count: { itemId: true },
  });
  expect(forms).toHaveLength(200);
  expect(new Set(forms.map(({ _count }) => _count.itemId))).toEqual(new Set([formSize]));
  expect(await disagreements()).toEqual([]);
});
