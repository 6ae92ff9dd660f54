import { z } from "zod";
import { defineCommand } from "../kernel/define.ts";
import { conflict, notFound } from "../kernel/errors.ts";
import { sha256 } from "../kernel/hash.ts";
import { importOutcomes } from "./import-rules.ts";
import { type PreparedItem, takeItemIn } from "./import-steps.ts";
import { checkImportJob, maxImportBytes, runImportJob } from "./schema.ts";

/** Who stands as the author where the command line imports. */
const nobody = "00000000-0000-0000-0000-000000000000";

/** Takes a file in and has it checked: nothing of it enters the bank yet. */
export const startImport = defineCommand({
  name: "startImport",
  permission: "item:import",
  input: z.object({
    fileName: z.string().trim().min(1).max(200),
    content: z
      .instanceof(Uint8Array)
      .refine(
        ({ byteLength }) => byteLength > 0 && byteLength <= maxImportBytes,
        `must hold 1 byte to ${maxImportBytes / 1_000_000} MB`,
      ),
  }),
  run: async (context, { fileName, content }) => {
    const { tx, ids, now, viewer } = context;
    const hash = sha256(content);
    const storageKey = `imports/${hash}`;
    await context.storage.put(storageKey, content);
    const id = ids.uuid();
    await tx.itemImport.create({
      data: {
        id,
        fileName,
        storageKey,
        sha256: hash,
        bytes: content.byteLength,
        createdById: viewer.kind === "person" ? viewer.personId : nobody,
        createdAt: now,
      },
    });
    context.audit({ subjectType: "item_import", subjectId: id, detail: { sha256: hash, bytes: content.byteLength } });
    context.enqueue(checkImportJob, { importId: id });
    return { importId: id };
  },
});

/** Says yes to a checked import: from here on its sound items enter as drafts. */
export const confirmImport = defineCommand({
  name: "confirmImport",
  permission: "item:import",
  input: z.object({ importId: z.uuid() }),
  run: async (context, { importId }) => {
    const { tx } = context;
    const sound = await tx.itemImportEntry.count({ where: { importId, outcome: { not: "rejected" } } });
    if (sound === 0) throw conflict("There is nothing in this file that could be imported.");
    const begun = await tx.itemImport.updateMany({
      where: { id: importId, status: "checked" },
      data: { status: "importing", done: 0 },
    });
    if (begun.count === 0) throw conflict("This import is not waiting for a decision.");
    context.audit({ subjectType: "item_import", subjectId: importId, detail: { status: "importing" } });
    context.enqueue(runImportJob, { importId });
    return { importId };
  },
});

/** Puts a checked import aside; what it found stays on record. */
export const discardImport = defineCommand({
  name: "discardImport",
  permission: "item:import",
  input: z.object({ importId: z.uuid() }),
  run: async (context, { importId }) => {
    const gone = await context.tx.itemImport.updateMany({
      where: { id: importId, status: "checked" },
      data: { status: "discarded", finishedAt: context.now },
    });
    if (gone.count === 0) throw conflict("This import is not waiting for a decision.");
    context.audit({ subjectType: "item_import", subjectId: importId, detail: { status: "discarded" } });
    return { importId };
  },
});

const finding = z.object({ level: z.string(), path: z.string(), message: z.string() });

/** A stretch of the file was read: its findings are written down, and the next stretch or the end follows. Twice is as once. */
export const recordChecked = defineCommand({
  name: "recordChecked",
  permission: "import:run",
  input: z.object({
    importId: z.uuid(),
    format: z.enum(["qti", "csv"]),
    from: z.number().int(),
    to: z.number().int(),
    total: z.number().int(),
    entries: z.array(
      z.object({
        position: z.number().int(),
        path: z.string(),
        identifier: z.string(),
        contentHash: z.string(),
        title: z.string(),
        outcome: z.enum(importOutcomes),
        problems: z.array(finding),
      }),
    ),
  }),
  run: async (context, { importId, from, to, total, format, entries }) => {
    const last = to >= total;
    const moved = await context.tx.itemImport.updateMany({
      where: { id: importId, status: "checking", done: from },
      data: { done: to, total, format, ...(last && { status: "checked" }) },
    });
    // Another worker was here already: its record counts.
    if (moved.count === 0) throw conflict();
    await context.tx.itemImportEntry.createMany({
      data: entries.map((entry) => ({
        importId,
        ...entry,
        problems: entry.problems.map((problem) => ({ ...problem })),
      })),
    });
    context.audit({ subjectType: "item_import", subjectId: importId, detail: { checked: to, of: total } });
    if (!last) context.enqueue(checkImportJob, { importId });
    return { done: last };
  },
});

/** The file as a whole could not be read. */
export const refuseImport = defineCommand({
  name: "refuseImport",
  permission: "import:run",
  input: z.object({ importId: z.uuid(), failure: z.string().max(2000) }),
  run: async (context, { importId, failure }) => {
    await context.tx.itemImport.updateMany({
      where: { id: importId, status: { in: ["checking", "importing"] } },
      data: { status: "failed", failure, finishedAt: context.now },
    });
    context.audit({ subjectType: "item_import", subjectId: importId, detail: { status: "failed" } });
    return { importId };
  },
});

/** One item enters, with its media, its document and the questions it leaves open; all of it or nothing. Twice is as once. */
export const importItem = defineCommand({
  name: "importItem",
  permission: "import:run",
  input: z.object({ importId: z.uuid(), position: z.number().int(), prepared: z.custom<PreparedItem>() }),
  run: async (context, { importId, position, prepared }) => {
    const { tx } = context;
    // A second worker at the same stretch waits here and then finds it done.
    await tx.$queryRaw`select 1 from item_import_entry where import_id = ${importId}::uuid and position = ${position} for update`;
    const entry = await tx.itemImportEntry.findUnique({
      where: { importId_position: { importId, position } },
      select: { effect: true, import: { select: { status: true, createdById: true, fileName: true } } },
    });
    if (entry?.import.status !== "importing") throw notFound("The import");
    if (entry.effect !== null) throw conflict();
    const authorId = entry.import.createdById === nobody ? null : entry.import.createdById;
    const taken = await takeItemIn(context, prepared, {
      authorId,
      remarksBy: entry.import.createdById,
      reason: `Imported from ${entry.import.fileName}`,
    });
    await tx.itemImportEntry.update({
      where: { importId_position: { importId, position } },
      data: { effect: taken.effect, itemId: taken.itemId, versionId: taken.versionId },
    });
    context.audit({ subjectType: "item", subjectId: taken.itemId, detail: { importId, effect: taken.effect } });
    return taken;
  },
});

/** An item that was sound by itself and cannot enter this bank. */
export const refuseImportItem = defineCommand({
  name: "refuseImportItem",
  permission: "import:run",
  input: z.object({ importId: z.uuid(), position: z.number().int(), reason: z.string().max(2000) }),
  run: async (context, { importId, position, reason }) => {
    const where = { importId, position, effect: null };
    const entry = await context.tx.itemImportEntry.findFirst({ where, select: { problems: true } });
    // What has come of it already stays.
    if (!entry) throw conflict();
    const problems = z.array(finding).parse(entry.problems);
    await context.tx.itemImportEntry.updateMany({
      where,
      data: { effect: "refused", problems: [...problems, { level: "rejected", path: "", message: reason }] },
    });
    context.audit({ subjectType: "item_import", subjectId: importId, detail: { position, effect: "refused" } });
    return { importId };
  },
});

/** How far an import under way has got; at the end it is done. */
export const recordImported = defineCommand({
  name: "recordImported",
  permission: "import:run",
  input: z.object({ importId: z.uuid(), from: z.number().int(), to: z.number().int() }),
  run: async (context, { importId, from, to }) => {
    const row = await context.tx.itemImport.findUnique({ where: { id: importId }, select: { total: true } });
    if (!row) throw notFound("The import");
    const last = to >= row.total;
    const moved = await context.tx.itemImport.updateMany({
      where: { id: importId, status: "importing", done: from },
      data: { done: to, ...(last && { status: "done", finishedAt: context.now }) },
    });
    if (moved.count === 0) throw conflict();
    context.audit({ subjectType: "item_import", subjectId: importId, detail: { imported: to, of: row.total } });
    if (!last) context.enqueue(runImportJob, { importId });
    return { done: last };
  },
});
