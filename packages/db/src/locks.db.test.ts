import { expect, it, onTestFinished } from "vitest";
import { createLocks, type Locks } from "./locks.ts";
import { useTestDatabase } from "./test-database.ts";

const database = useTestDatabase();

/** As another process would have them. */
function someLocks(): Locks {
  const locks = createLocks(database().url);
  onTestFinished(() => locks.close());
  return locks;
}

const connections = async (): Promise<number> => {
  const { rows } = await database().pool.query(
    "select count(*)::int as open from pg_stat_activity where application_name = 'bandwise locks' and datname = current_database()",
  );
  return rows[0].open;
};

it("is held by one process at a time, and free again when its work is done or has failed", async () => {
  const [one, other] = [someLocks(), someLocks()];
  const seen: boolean[] = [];
  const ran = await one.whileHeld("a", async () => {
    seen.push(await other.whileHeld("a", async () => undefined));
    seen.push(await other.whileHeld("b", async () => undefined));
  });
  expect([ran, ...seen]).toEqual([true, false, true]);
  await expect(one.whileHeld("a", () => Promise.reject(new Error("failed")))).rejects.toThrow("failed");
  expect(await other.whileHeld("a", async () => undefined)).toBe(true);
});

it("keeps however many locks in one connection", async () => {
  const locks = someLocks();
  let release = () => {};
  const released = new Promise<void>((resolve) => {
    release = resolve;
  });
  const held = Array.from({ length: 30 }, (_, index) => locks.whileHeld(`many ${index}`, () => released));
  await expect.poll(connections).toBe(1);
  release();
  expect(await Promise.all(held)).toEqual(Array(30).fill(true));
});

it("connects anew after the server has dropped it", async () => {
  const locks = someLocks();
  await locks.whileHeld("c", async () => {
    await database().pool.query(
      "select pg_terminate_backend(pid) from pg_stat_activity where application_name = 'bandwise locks' and datname = current_database()",
    );
    await expect.poll(connections).toBe(0);
  });
  await expect.poll(() => locks.whileHeld("c", async () => undefined).catch(() => false)).toBe(true);
});
