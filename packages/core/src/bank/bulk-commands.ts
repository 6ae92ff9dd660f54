import { z } from "zod";
import type { CommandContext } from "../kernel/context.ts";
import { defineCommand } from "../kernel/define.ts";
import { conflict, notFound } from "../kernel/errors.ts";
import { can, type Permission, requirePerson } from "../kernel/policy.ts";
import { type BulkChange, decideUndo, inverseOf } from "./bulk-rules.ts";
import { bulkChange, bulkInput, maxBulkItems } from "./bulk-schema.ts";
import { planBulk, readBulkRows } from "./bulk-steps.ts";
import { type ItemStatus, itemMoves } from "./life-cycle-rules.ts";
import { type RewrittenVersion, rewriteMetadata } from "./metadata-steps.ts";
import { type MetadataChange, reasonText } from "./schema.ts";
import { moveVersions } from "./version-steps.ts";

export interface BulkReceipt {
  readonly bulkEditId: string;
  readonly changed: number;
  readonly refused: readonly { readonly slug: string; readonly why: string }[];
}

/** Changes metadata or status of many items in one go: what can change changes, and each that cannot says why. */
export const applyBulkEdit = defineCommand({
  name: "applyBulkEdit",
  permission: "item:write",
  input: bulkInput.extend({ reason: reasonText }),
  run: async (context, { selection, change, reason }): Promise<BulkReceipt> => {
    const { tx, viewer, now, ids } = context;
    const { personId } = requirePerson(viewer);
    const rows = await readBulkRows(tx, selection, change, { limit: maxBulkItems + 1, lock: true });
    if (rows.length > maxBulkItems) {
      throw conflict(`More than ${maxBulkItems.toLocaleString("en")} items fit: narrow the filter.`);
    }
    const { changed, refused } = planBulk(change, rows, (permission) => can(viewer, permission));
    if (changed.length === 0) throw conflict("Nothing would change.");
    const bulkEditId = ids.uuid();
    await tx.bulkEdit.create({ data: { id: bulkEditId, change, reason, byId: personId, at: now } });
    const written =
      change.kind === "metadata"
        ? await rewriteMetadata(
            context,
            changed.map(({ versionId }) => ({ versionId, change: change.set })),
            { authorId: personId, reason },
          )
        : await movedInPlace(context, change.move, changed, { reason, byId: personId });
    await recordItems(context, bulkEditId, written);
    context.audit({
      subjectType: "bulk_edit",
      subjectId: bulkEditId,
      detail: { kind: change.kind, items: written.length, refused: refused.length },
    });
    return { bulkEditId, changed: written.length, refused };
  },
});

async function movedInPlace(
  context: CommandContext,
  move: keyof typeof itemMoves,
  rows: readonly { itemId: string; versionId: string; status: ItemStatus }[],
  input: { reason: string; byId: string },
): Promise<RewrittenVersion[]> {
  await moveVersions(
    context,
    rows.map(({ itemId, versionId, status }) => ({ id: versionId, itemId, status })),
    itemMoves[move].to,
    input,
  );
  return rows.map(({ itemId, versionId }) => ({ itemId, fromVersionId: versionId, toVersionId: versionId }));
}

async function recordItems(
  { tx }: CommandContext,
  bulkEditId: string,
  written: readonly RewrittenVersion[],
): Promise<void> {
  await tx.$executeRaw`
    insert into bulk_edit_item (bulk_edit_id, item_id, from_version_id, to_version_id)
    select ${bulkEditId}::uuid, r."itemId", r."fromVersionId", r."toVersionId"
    from jsonb_to_recordset(${JSON.stringify(written)}::jsonb) as r("itemId" uuid, "fromVersionId" uuid, "toVersionId" uuid)`;
}

interface UndoRow {
  readonly itemId: string;
  readonly slug: string;
  readonly versionId: string;
  readonly status: ItemStatus;
  readonly anchor: boolean;
  readonly approved: boolean;
  readonly newest: boolean;
  readonly topic: string;
  readonly subSkill: string;
  readonly difficulty: number;
  readonly difficultyReason: string | null;
  readonly oldAnchor: boolean;
  readonly fairness: string | null;
}

/** Takes a bulk edit back by a second one: items that have gone on since keep what they have, and say so. */
export const undoBulkEdit = defineCommand({
  name: "undoBulkEdit",
  permission: "item:write",
  input: z.object({ bulkEditId: z.uuid() }),
  run: async (context, { bulkEditId }): Promise<BulkReceipt> => {
    const { tx, viewer, now } = context;
    const { personId } = requirePerson(viewer);
    const edit = await tx.bulkEdit.findUnique({ where: { id: bulkEditId }, select: { change: true, byId: true } });
    if (!edit) throw notFound("The bulk edit");
    const mine = edit.byId === personId || can(viewer, "item:release");
    if (!mine) throw conflict("Only who made a bulk edit, or an admin, may take it back.");
    const change: BulkChange = bulkChange.parse(edit.change);
    const marked = await tx.bulkEdit.updateMany({
      where: { id: bulkEditId, undoneAt: null },
      data: { undoneAt: now, undoneById: personId },
    });
    if (marked.count === 0) throw conflict("This bulk edit was taken back already.");
    const mayDo = (permission: Permission): boolean => can(viewer, permission);
    const rows = await readUndoRows(context, bulkEditId);
    const decided = rows.map((row) => ({ row, decision: decideUndo(change, row, mayDo) }));
    const back = decided.filter(({ decision }) => decision.ok).map(({ row }) => row);
    if (back.length === 0) throw conflict("Nothing of it can be taken back: every item has gone on since.");
    const reason = "Bulk edit taken back";
    const inverse = change.kind === "move" ? inverseOf(change.move) : null;
    if (change.kind === "metadata") {
      const edits = back.map((row) => ({ versionId: row.versionId, change: earlier(change.set, row) }));
      await rewriteMetadata(context, edits, { authorId: personId, reason });
    } else if (inverse) await movedInPlace(context, inverse, back, { reason, byId: personId });
    context.audit({ subjectType: "bulk_edit", subjectId: bulkEditId, detail: { undone: true, items: back.length } });
    return {
      bulkEditId,
      changed: back.length,
      refused: decided.flatMap(({ row, decision }) => (decision.ok ? [] : [{ slug: row.slug, why: decision.why }])),
    };
  },
});

/** The values that the version before had, for the fields that were changed. */
function earlier(set: MetadataChange, row: UndoRow): MetadataChange {
  return {
    ...(set.topic !== undefined && { topic: row.topic as NonNullable<MetadataChange["topic"]> }),
    ...(set.subSkill !== undefined && { subSkill: row.subSkill }),
    ...(set.difficulty !== undefined && { difficulty: row.difficulty, difficultyReason: row.difficultyReason }),
    ...(set.difficultyReason !== undefined && { difficultyReason: row.difficultyReason }),
    ...(set.anchor !== undefined && { anchor: row.oldAnchor }),
    ...(set.fairness !== undefined && { fairness: row.fairness }),
  };
}

function readUndoRows({ tx }: CommandContext, bulkEditId: string): Promise<UndoRow[]> {
  return tx.$queryRaw<UndoRow[]>`
    select i.id as "itemId", i.slug, v.id as "versionId", v.status::text as status, v.anchor,
           coalesce((select r.decision in ('approve', 'carry') from item_review r where r.version_id = v.id
                     order by r.at desc limit 1), false) as approved,
           v.version = (select max(version) from item_version where item_id = i.id) as newest,
           f.topic, f.sub_skill as "subSkill", f.difficulty, f.difficulty_reason as "difficultyReason",
           f.anchor as "oldAnchor", f.fairness
    from bulk_edit_item b
    join item i on i.id = b.item_id
    join item_version v on v.id = b.to_version_id
    join item_version f on f.id = b.from_version_id
    where b.bulk_edit_id = ${bulkEditId}::uuid
    order by i.slug
    for no key update of i`;
}
