import type { Transaction } from "@bandwise/db/client";
import type { CommandContext } from "../kernel/context.ts";
import { conflict } from "../kernel/errors.ts";
import { contentHash } from "../kernel/hash.ts";
import type { MetadataChange } from "./schema.ts";

interface MetadataRow {
  readonly id: string;
  readonly item_id: string;
  readonly status: string;
  readonly level: string;
  readonly sub_skill: string;
  readonly topic: string;
  readonly difficulty: number;
  readonly difficulty_reason: string | null;
  readonly anchor: boolean;
  readonly fairness: string | null;
  readonly hash: string;
}

export interface RewrittenVersion {
  readonly itemId: string;
  readonly fromVersionId: string;
  readonly toVersionId: string;
}

/** Content is read for this many versions at a time when their hashes change. */
const hashedAtOnce = 500;

/**
 * Writes new versions that differ in metadata alone and stand where the old ones stood: same status, same place in the
 * lists, and an approval carried over, because what a reviewer read has not changed. Each version given has to be its
 * item's newest, and not retired. A handful of statements for any number of them.
 */
export async function rewriteMetadata(
  context: Pick<CommandContext, "tx" | "now" | "ids">,
  edits: readonly { readonly versionId: string; readonly change: MetadataChange }[],
  { authorId, reason }: { authorId: string; reason: string },
): Promise<RewrittenVersion[]> {
  const { tx, now, ids } = context;
  const changes = new Map(edits.map(({ versionId, change }) => [versionId, change]));
  const before = await tx.$queryRaw<MetadataRow[]>`
    select id, item_id, status::text, level, sub_skill, topic, difficulty, difficulty_reason, anchor, fairness, hash
    from item_version where id = any(${[...changes.keys()]}::uuid[]) order by item_id`;
  const rows = before.map((row) => {
    const change = changes.get(row.id) ?? {};
    const changed = change.difficulty !== undefined && change.difficulty !== row.difficulty;
    return {
      ...row,
      to_id: ids.uuid(),
      change_id: ids.uuid(),
      review_id: ids.uuid(),
      sub_skill: change.subSkill ?? row.sub_skill,
      topic: change.topic ?? row.topic,
      difficulty: change.difficulty ?? row.difficulty,
      // A reason given for another figure would be a wrong one.
      difficulty_reason:
        change.difficultyReason === undefined ? (changed ? null : row.difficulty_reason) : change.difficultyReason,
      anchor: change.anchor ?? row.anchor,
      fairness: change.fairness === undefined ? row.fairness : change.fairness,
      rehash: change.subSkill !== undefined && change.subSkill !== row.sub_skill,
    };
  });
  const hashes = await hashesOf(
    tx,
    rows.filter(({ rehash }) => rehash),
  );
  const written = JSON.stringify(rows.map((row) => ({ ...row, hash: hashes.get(row.id) ?? row.hash })));
  await tx.$executeRaw`
    insert into item_version (id, item_id, version, status, skill, level, sub_skill, topic, difficulty, difficulty_reason,
                              anchor, type, content, key, rationale, review, fairness, hash, search_text, author_id, reason, created_at)
    select r.to_id, v.item_id, v.version + 1, v.status, v.skill, v.level, r.sub_skill, r.topic, r.difficulty, r.difficulty_reason,
           r.anchor, v.type, v.content, v.key, v.rationale, v.review, r.fairness, r.hash, v.search_text,
           ${authorId}::uuid, ${reason}, ${now}::timestamptz
    from jsonb_to_recordset(${written}::jsonb) as r(id uuid, to_id uuid, sub_skill text, topic text, difficulty float8,
           difficulty_reason text, anchor boolean, fairness text, hash text)
    join item_version v on v.id = r.id`;
  await tx.$executeRaw`
    insert into item_review (id, version_id, reviewer_id, decision, checklist, summary, at)
    select r.review_id, r.to_id, ${authorId}::uuid, 'carry', jsonb_build_object('from', r.id),
           'Only metadata changed: the approval of the version before still holds', ${now}::timestamptz
    from jsonb_to_recordset(${written}::jsonb) as r(id uuid, to_id uuid, review_id uuid)
    join lateral (select decision from item_review where version_id = r.id order by at desc limit 1) last
      on last.decision in ('approve', 'carry')`;
  // Before the old ones retire: lists never show an item as retired on its way.
  await tx.$executeRaw`
    update item i set current_id = r.to_id
    from jsonb_to_recordset(${written}::jsonb) as r(id uuid, item_id uuid, to_id uuid)
    where i.id = r.item_id and i.current_id = r.id`;
  await tx.$executeRaw`
    insert into item_status_change (id, item_version_id, "from", "to", reason, by_id, at)
    select r.change_id, r.id, r.status::item_status, 'retired', 'The next version took its place', ${authorId}::uuid, ${now}::timestamptz
    from jsonb_to_recordset(${written}::jsonb) as r(id uuid, change_id uuid, status text)`;
  const retired = await tx.$executeRaw`
    update item_version v set status = 'retired'
    from jsonb_to_recordset(${written}::jsonb) as r(id uuid, status text)
    where v.id = r.id and v.status = r.status::item_status and v.status <> 'retired'`;
  if (retired !== edits.length) throw conflict();
  return rows.map((row) => ({ itemId: row.item_id, fromVersionId: row.id, toVersionId: row.to_id }));
}

async function hashesOf(
  tx: Transaction,
  rows: readonly { id: string; level: string; sub_skill: string }[],
): Promise<Map<string, string>> {
  const hashes = new Map<string, string>();
  for (let start = 0; start < rows.length; start += hashedAtOnce) {
    const some = new Map(rows.slice(start, start + hashedAtOnce).map((row) => [row.id, row]));
    const read = await tx.itemVersion.findMany({
      where: { id: { in: [...some.keys()] } },
      select: { id: true, content: true, key: true },
    });
    for (const { id, content, key } of read) {
      const row = some.get(id);
      if (row) hashes.set(id, contentHash({ content, key, level: row.level, subSkill: row.sub_skill }));
    }
  }
  return hashes;
}
