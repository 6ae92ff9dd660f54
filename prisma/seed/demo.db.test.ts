import { systemIds } from "@bandwise/core/kernel/ids";
import { useTestDatabase } from "@bandwise/db/test-database";
import { expect, it } from "vitest";
import { closeDemo } from "./demo.ts";

const database = useTestDatabase();

it("locks out the people whose password is in the sources, and nobody else, once strangers can reach the site", async () => {
  const db = database().prisma;
  const at = new Date("2026-03-02T09:00:00Z");
  const person = (email: string) => ({ id: systemIds.uuid(), email, name: "Test Person", createdAt: at });
  await db.person.createMany({ data: [person("admin@demo.test"), person("admin@example.org")] });
  await closeDemo({ db, clock: { now: () => at } });
  expect(await db.person.findUnique({ where: { email: "admin@demo.test" } })).toMatchObject({
    status: "suspended",
    sessionVersion: 2,
  });
  expect(await db.person.findUnique({ where: { email: "admin@example.org" } })).toMatchObject({ status: "active" });
});
