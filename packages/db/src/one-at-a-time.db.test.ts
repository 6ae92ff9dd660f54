import { randomUUID } from "node:crypto";
import pg from "pg";
import { afterAll, expect, it } from "vitest";
import { sqlTransaction } from "./client.ts";
import { useTestDatabase } from "./test-database.ts";

const database = useTestDatabase();

const warnings: string[] = [];
const note = (warning: Error) => void warnings.push(warning.message);
process.on("warning", note);
afterAll(() => void process.off("warning", note));
/** Warnings are told at the next turn of the event loop. */
const told = () => new Promise((resolve) => setImmediate(resolve));

it("asks one query after the other where a transaction has several at once, ours and Prisma's", async () => {
  await database().prisma.$transaction(async (tx) => {
    await tx.person.create({
      data: {
        id: randomUUID(),
        name: "One",
        createdAt: new Date(),
        roles: { create: { id: randomUUID(), role: "admin", grantedAt: new Date() } },
      },
    });
    const found = await tx.person.findMany({
      select: { roles: true, accommodations: true, consents: true, attempts: true },
    });
    expect(found).toHaveLength(1);
    await Promise.all([tx.person.count(), tx.sitting.count(), tx.attempt.count()]);
  });
  const order = await sqlTransaction(database().prisma, (tx) =>
    Promise.all([1, 2, 3].map((n) => tx.$queryRawUnsafe(`select ${n} as n`))),
  );
  expect(order).toEqual([[{ n: 1 }], [{ n: 2 }], [{ n: 3 }]]);
  await told();
  expect(warnings).toEqual([]);
});

it("goes on after a query that fails", async () => {
  const answers = await sqlTransaction(database().prisma, async (tx) => {
    await tx.$queryRawUnsafe("savepoint here");
    const all = await Promise.allSettled([tx.$queryRawUnsafe("select 1 / 0"), tx.$queryRawUnsafe("select 1")]);
    await tx.$queryRawUnsafe("rollback to here");
    return all.map(({ status }) => status);
  });
  expect(answers).toEqual(["rejected", "rejected"]);
});

it("would hear the driver complain, were a connection asked several things at once", async () => {
  const client = new pg.Client({ connectionString: database().url });
  await client.connect();
  await Promise.all([client.query("select 1"), client.query("select 2"), client.query("select 3")]);
  await client.end();
  await told();
  expect(warnings.join()).toContain("already executing a query");
});
