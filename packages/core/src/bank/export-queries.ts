import type { PrismaClient } from "@bandwise/db/client";
import { z } from "zod";
import { itemTableTemplate, writeItemPackage, writeItemTable } from "../adapters/item-files.ts";
import { defineQuery } from "../kernel/define.ts";
import { AppError, notFound } from "../kernel/errors.ts";
import { type BankItem, skills } from "./schema.ts";
import { storedItem, storedItemColumns } from "./stored-item.ts";

/** Items in one package: its manifest stays small enough to be read back. A larger bank leaves in parts. */
const itemsInPart = 5_000;
const atOnce = 100;

/**
 * The bank's items, each in the version that lists show, as a QTI 3.0 package or as a zip of a table with its media; without
 * the retired ones. `part` counts from 1.
 */
export const exportItems = defineQuery({
  name: "exportItems",
  permission: "item:export",
  input: z.object({
    format: z.enum(["qti", "csv"]),
    skill: z.enum(skills).optional(),
    part: z.coerce.number().int().min(1).max(1000).default(1),
  }),
  run: async ({ db, storage, clock }, { format, skill, part }) => {
    const where = { current: { status: { not: "retired" as const }, ...(skill && { skill }) } };
    const total = await db.item.count({ where });
    const parts = Math.max(1, Math.ceil(total / itemsInPart));
    if (part > parts) throw notFound("That part of the bank");
    const ids = await db.item.findMany({
      where,
      select: { id: true },
      orderBy: { slug: "asc" },
      skip: (part - 1) * itemsInPart,
      take: itemsInPart,
    });
    const items = currentItems(
      db,
      ids.map(({ id }) => id),
    );
    const name = `item-bank${parts > 1 ? `-${part}-of-${parts}` : ""}`;
    const mimeType = "application/zip";
    const readMedia = async (file: string): Promise<Uint8Array> => {
      const media = await db.media.findUnique({ where: { name: file }, select: { storageKey: true } });
      if (!media) throw new AppError("INTERNAL", `${file} is not among the bank's media`);
      return storage.get(media.storageKey);
    };
    if (format === "qti") {
      const content = await writeItemPackage(items, readMedia, clock.now());
      return { fileName: `${name}.zip`, mimeType, content, parts, count: ids.length, leftOut: [] };
    }
    const { content, leftOut } = await writeItemTable(await allOf(items), readMedia, clock.now());
    return { fileName: `${name}-table.zip`, mimeType, content, parts, count: ids.length - leftOut.length, leftOut };
  },
});

async function allOf<T>(values: AsyncIterable<T>): Promise<T[]> {
  const all: T[] = [];
  for await (const value of values) all.push(value);
  return all;
}

async function* currentItems(db: PrismaClient, ids: readonly string[]): AsyncGenerator<BankItem> {
  for (let from = 0; from < ids.length; from += atOnce) {
    const rows = await db.item.findMany({
      where: { id: { in: ids.slice(from, from + atOnce) } },
      select: { slug: true, current: { select: storedItemColumns } },
      orderBy: { slug: "asc" },
    });
    for (const { slug, current } of rows) if (current) yield storedItem(slug, current);
  }
}

/** A table with the columns of one skill and examples to overwrite. */
export const getItemTableTemplate = defineQuery({
  name: "getItemTableTemplate",
  permission: "item:import",
  input: z.object({ skill: z.enum(skills) }),
  run: (_context, { skill }) => itemTableTemplate(skill),
});
