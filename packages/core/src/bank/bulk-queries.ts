import { z } from "zod";
import { defineQuery } from "../kernel/define.ts";
import { type Page, pageInput, skipTake } from "../kernel/page.ts";
import { can } from "../kernel/policy.ts";
import { type BulkChange, inverseOf } from "./bulk-rules.ts";
import { bulkChange, bulkInput, maxBulkItems } from "./bulk-schema.ts";
import { type BulkRow, planBulk, readBulkRows } from "./bulk-steps.ts";

const shownExamples = 8;

export interface BulkPreview {
  readonly total: number;
  readonly changed: number;
  /** More items than one edit takes: nothing can be applied until the filter is narrower. */
  readonly tooMany: boolean;
  /** What cannot change, by reason, the most frequent first. */
  readonly refused: readonly { readonly why: string; readonly count: number; readonly examples: readonly string[] }[];
  /** The first items that change, with what they have now. */
  readonly examples: readonly BulkRow[];
  /** Whether it can be taken back afterwards. */
  readonly undoable: boolean;
}

/** What a bulk edit would do, before it does anything. */
export const previewBulkEdit = defineQuery({
  name: "previewBulkEdit",
  permission: "item:write",
  input: bulkInput,
  run: async ({ db, viewer }, { selection, change }): Promise<BulkPreview> => {
    const rows = await readBulkRows(db, selection, change, { limit: maxBulkItems + 1, lock: false });
    const { changed, refused } = planBulk(change, rows.slice(0, maxBulkItems), (permission) => can(viewer, permission));
    const reasons = new Map<string, string[]>();
    for (const { why, slug } of refused) {
      const slugs = reasons.get(why);
      if (slugs) slugs.push(slug);
      else reasons.set(why, [slug]);
    }
    return {
      total: rows.length,
      changed: changed.length,
      tooMany: rows.length > maxBulkItems,
      refused: [...reasons]
        .map(([why, slugs]) => ({ why, count: slugs.length, examples: slugs.slice(0, shownExamples) }))
        .sort((a, b) => b.count - a.count),
      examples: changed.slice(0, shownExamples),
      undoable: isUndoable(change),
    };
  },
});

function isUndoable(change: BulkChange): boolean {
  return change.kind === "metadata" || inverseOf(change.move) !== null;
}

export interface BulkEditRow {
  readonly id: string;
  readonly change: BulkChange;
  readonly reason: string;
  readonly by: string;
  readonly at: Date;
  readonly items: number;
  readonly undoneAt: Date | null;
  readonly undoneBy: string | null;
  readonly undoable: boolean;
}

/** Bulk edits, the newest first. */
export const listBulkEdits = defineQuery({
  name: "listBulkEdits",
  permission: "item:read",
  input: pageInput.extend({ bulkEditId: z.uuid().optional() }),
  run: async ({ db }, input): Promise<Page<BulkEditRow>> => {
    const where = input.bulkEditId ? { id: input.bulkEditId } : {};
    const [rows, total] = await Promise.all([
      db.bulkEdit.findMany({
        where,
        orderBy: [{ at: "desc" }, { id: "desc" }],
        ...skipTake(input),
        select: {
          id: true,
          change: true,
          reason: true,
          byId: true,
          at: true,
          undoneAt: true,
          undoneById: true,
          _count: { select: { items: true } },
        },
      }),
      db.bulkEdit.count({ where }),
    ]);
    const ids = rows.flatMap(({ byId, undoneById }) => [byId, ...(undoneById ? [undoneById] : [])]);
    const people = await db.person.findMany({ where: { id: { in: ids } }, select: { id: true, name: true } });
    const nameOf = (id: string): string => people.find((person) => person.id === id)?.name ?? "A former member";
    return {
      rows: rows.map(({ _count, byId, undoneById, ...row }) => {
        const change = bulkChange.parse(row.change);
        return {
          ...row,
          change,
          by: nameOf(byId),
          undoneBy: undoneById ? nameOf(undoneById) : null,
          items: _count.items,
          undoable: row.undoneAt === null && isUndoable(change),
        };
      }),
      total,
      page: input.page,
      pageSize: input.pageSize,
    };
  },
});
