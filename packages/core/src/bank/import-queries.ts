import { z } from "zod";
import { defineQuery } from "../kernel/define.ts";
import { notFound } from "../kernel/errors.ts";
import { type Page, pageInput, skipTake } from "../kernel/page.ts";
import { importOutcomes } from "./import-rules.ts";

/** What the worker needs to go on with an import; null where there is none. */
export const importToRun = defineQuery({
  name: "importToRun",
  permission: "import:run",
  input: z.object({ importId: z.uuid() }),
  run: async ({ db }, { importId }) => {
    const row = await db.itemImport.findUnique({
      where: { id: importId },
      select: { status: true, fileName: true, storageKey: true, done: true, total: true },
    });
    if (!row) return null;
    const waiting = await db.itemImportEntry.findMany({
      where: { importId, outcome: { not: "rejected" }, effect: null, position: { gte: row.done } },
      select: { position: true },
      orderBy: { position: "asc" },
    });
    return { ...row, waiting: waiting.map(({ position }) => position) };
  },
});

const importColumns = {
  id: true,
  fileName: true,
  format: true,
  bytes: true,
  status: true,
  failure: true,
  total: true,
  done: true,
  createdAt: true,
  finishedAt: true,
  createdById: true,
} as const;

/** Imports, the newest first. */
export const listImports = defineQuery({
  name: "listImports",
  permission: "item:import",
  input: pageInput,
  run: async ({ db }, input) => {
    const [rows, total] = await Promise.all([
      db.itemImport.findMany({ ...skipTake(input), orderBy: { createdAt: "desc" }, select: importColumns }),
      db.itemImport.count(),
    ]);
    const people = await db.person.findMany({
      where: { id: { in: rows.map(({ createdById }) => createdById) } },
      select: { id: true, name: true },
    });
    const names = new Map(people.map(({ id, name }) => [id, name]));
    const named = rows.map(({ createdById, ...row }) => ({ ...row, by: names.get(createdById) ?? "Command line" }));
    return { rows: named, total, page: input.page, pageSize: input.pageSize } satisfies Page<unknown>;
  },
});
export type ImportRow = Awaited<ReturnType<typeof listImports>>["rows"][number];

/** The figures of a sound that the bank has already, whatever its name: measuring takes a second a minute of it. */
export const findSound = defineQuery({
  name: "findSound",
  permission: "import:run",
  input: z.object({ sha256: z.string() }),
  run: ({ db }, { sha256 }) =>
    db.media.findFirst({
      where: { sha256, loudness: { not: null } },
      select: { durationSeconds: true, loudness: true, peak: true },
    }),
});

const storedProblems = z.array(z.object({ level: z.string(), path: z.string(), message: z.string() }));

/** One import with its report. */
export const getImport = defineQuery({
  name: "getImport",
  permission: "item:import",
  input: pageInput.extend({ importId: z.uuid(), outcome: z.enum(importOutcomes).optional().catch(undefined) }),
  run: async ({ db }, input) => {
    const { importId, outcome } = input;
    const row = await db.itemImport.findUnique({ where: { id: importId }, select: importColumns });
    if (!row) throw notFound("The import");
    const where = { importId, ...(outcome && { outcome }) };
    const [entries, total, outcomes, effects] = await Promise.all([
      db.itemImportEntry.findMany({ where, ...skipTake(input), orderBy: { position: "asc" } }),
      db.itemImportEntry.count({ where }),
      db.itemImportEntry.groupBy({ by: ["outcome"], where: { importId }, _count: true }),
      db.itemImportEntry.groupBy({ by: ["effect"], where: { importId }, _count: true }),
    ]);
    const { createdById: _by, ...facts } = row;
    return {
      ...facts,
      counts: Object.fromEntries(outcomes.map((one) => [one.outcome, one._count])),
      effects: Object.fromEntries(effects.flatMap((one) => (one.effect === null ? [] : [[one.effect, one._count]]))),
      entries: {
        rows: entries.map(({ problems, importId: _, ...entry }) => ({
          ...entry,
          problems: storedProblems.parse(problems),
        })),
        total,
        page: input.page,
        pageSize: input.pageSize,
      },
    };
  },
});
export type ImportReport = Awaited<ReturnType<typeof getImport>>;
