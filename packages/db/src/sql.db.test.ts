import { expect, it } from "vitest";
import { Prisma, sqlState, sqlStatement, sqlTransaction } from "./client.ts";
import { useTestDatabase } from "./test-database.ts";

const database = useTestDatabase();

const beats = () => database().prisma.serviceBeat.count();

it("keeps what was written when the work is done, and speaks Prisma's templates, nested ones too", async () => {
  const rows = await sqlTransaction(database().prisma, async (tx) => {
    const at = new Date("2026-03-02T09:00:00.123Z");
    expect(await tx.$executeRaw`insert into service_beat (id, at) values (${"one"}, ${at}::timestamptz)`).toBe(1);
    const where = Prisma.sql`where id = ${"one"}`;
    return tx.$queryRaw<
      { at: Date; list: unknown }[]
    >`select at, ${JSON.stringify([1])}::jsonb as list from service_beat ${where}`;
  });
  expect(rows).toEqual([{ at: new Date("2026-03-02T09:00:00.123Z"), list: [1] }]);
  expect(await beats()).toBe(1);
});

it("undoes everything when the work throws, and hands the connection back in order", async () => {
  const before = await beats();
  const failing = sqlTransaction(database().prisma, async (tx) => {
    await tx.$executeRaw`insert into service_beat (id, at) values ('two', now())`;
    await tx.$executeRaw`insert into service_beat (id, at) values ('two', now())`;
  });
  expect(sqlState(await failing.catch((error: unknown) => error))).toBe("23505");
  expect(await beats()).toBe(before);
  expect(await sqlTransaction(database().prisma, (tx) => tx.$queryRawUnsafe("select 1 as one"))).toEqual([{ one: 1 }]);
});

it("does not call kept what the database has refused to keep", async () => {
  const before = await beats();
  const swallowing = sqlTransaction(database().prisma, async (tx) => {
    await tx.$executeRaw`insert into service_beat (id, at) values ('three', now())`;
    await tx.$executeRaw`select 1 / 0`.catch(() => undefined);
  });
  await expect(swallowing).rejects.toThrow("could not be committed");
  expect(await beats()).toBe(before);
});

it("runs a single statement by itself, and refuses a second one, which nothing would undo", async () => {
  const before = await beats();
  const one = (id: string) =>
    sqlStatement(
      database().prisma,
      (tx) => tx.$executeRaw`
    insert into service_beat (id, at) values (${id}, now())`,
    );
  expect(await one("four")).toBe(1);
  const two = sqlStatement(database().prisma, async (tx) => {
    await tx.$queryRaw`select 1`;
    await tx.$executeRaw`insert into service_beat (id, at) values ('five', now())`;
  });
  await expect(two).rejects.toThrow("promised to be one statement");
  expect(await beats()).toBe(before + 1);
});
