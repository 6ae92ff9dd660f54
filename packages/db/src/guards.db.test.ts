import { randomUUID } from "node:crypto";
import { describe, expect, it } from "vitest";
import { useTestDatabase } from "./test-database.ts";

const database = useTestDatabase();
const now = new Date("2026-01-01T00:00:00Z");

async function auditRow() {
  return database().prisma.auditEntry.create({
    data: {
      at: now,
      actorKind: "system",
      action: "test",
      subjectType: "test",
      subjectId: "1",
      detail: {},
      requestId: "r",
    },
  });
}

describe("append-only tables", () => {
  it("refuse a change", async () => {
    const { id } = await auditRow();
    await expect(database().prisma.auditEntry.update({ where: { id }, data: { action: "other" } })).rejects.toThrow(
      /append-only/,
    );
    expect(await database().prisma.auditEntry.findUnique({ where: { id } })).toMatchObject({ action: "test" });
  });

  it("refuse a deletion that does not say it is a purge", async () => {
    const { id } = await auditRow();
    await expect(database().prisma.auditEntry.delete({ where: { id } })).rejects.toThrow(/append-only/);
    await database().prisma.$transaction(async (tx) => {
      await tx.$executeRaw`select set_config('bandwise.purging', 'on', true)`;
      await tx.auditEntry.delete({ where: { id } });
    });
    expect(await database().prisma.auditEntry.findUnique({ where: { id } })).toBeNull();
  });
});

describe("frozen rows", () => {
  it("let an item version change its status and nothing else", async () => {
    const item = await database().prisma.item.create({
      data: { id: randomUUID(), slug: "x", skill: "reading", createdAt: now },
    });
    const { id } = await database().prisma.itemVersion.create({
      data: {
        id: randomUUID(),
        itemId: item.id,
        version: 1,
        status: "draft",
        skill: "reading",
        level: "A1",
        subSkill: "detail",
        topic: "shops",
        difficulty: -2,
        type: "choice",
        content: {},
        rationale: {},
        hash: "h",
        searchText: "",
        reason: "first",
        createdAt: now,
      },
    });
    await database().prisma.itemVersion.update({ where: { id }, data: { status: "active" } });
    await expect(database().prisma.itemVersion.update({ where: { id }, data: { level: "A2" } })).rejects.toThrow(
      /may only change/,
    );
  });
});

describe("uniqueness that the schema cannot say", () => {
  it("grants a role everywhere once", async () => {
    const person = await database().prisma.person.create({
      data: { id: randomUUID(), name: "Ada Example", createdAt: now },
    });
    const grant = () =>
      database().prisma.roleGrant.create({
        data: { id: randomUUID(), personId: person.id, role: "admin", grantedAt: now },
      });
    await grant();
    await expect(grant()).rejects.toThrow(/Unique constraint/);
  });
});
