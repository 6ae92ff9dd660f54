import { Prisma, type SqlTransaction } from "@bandwise/db/client";
import { createPool, type Pool, type PoolItem } from "@bandwise/psychometrics/pool";
import type { ProcessMemory } from "../kernel/context.ts";

/** Somebody else's allotments are looked for this often; the own ones are counted at once. */
const ledgerReadMs = 1_000;
/** A transaction may have written its allotments this long before it committed them. */
const ledgerOverlapMs = 30_000;

/**
 * The tag that a version `v` answers a slot with (`slotDemand`): an open task's type, `practice` where it is kept for
 * practising, so that no slot of an exam asks for it; `interactive`, or nothing.
 */
export const itemTag = Prisma.sql`case
  when v.level = 'all' then case when jsonb_exists(v.content, 'practice') then 'practice' else v.content ->> 'type' end
  when v.skill = 'speaking' and jsonb_exists(v.content, 'turn') then 'interactive'
  else '' end`;

interface PoolRow extends Omit<PoolItem, "use" | "set" | "enemies"> {
  readonly versionId: string | null;
  readonly status: string | null;
  readonly set: string | null;
  readonly enemies: readonly string[] | null;
}

/**
 * The bank as this process remembers it. Not the truth: what changed since is read at each look, and the ledger takes an
 * allotment only if its versions are still in use (see `allotForm`). Exposure may lag by what other processes allotted in
 * the last second; it steers choices and decides nothing.
 */
export interface KeptPool {
  readonly pool: Pool;
  /** Item → the version to deliver. */
  readonly versions: ReadonlyMap<string, string>;
  /** Names what this look saw: the transactions it knows, the items and their allotments. */
  readonly snapshot: string;
  /** Every item that the candidate has been allotted. */
  readonly met: readonly string[];
  /** Counts a form that this process has allotted. */
  recordForm(attemptId: string, itemIds: readonly string[]): void;
}

interface Kept {
  pool: Pool;
  versions: Map<string, string>;
  /** Every transaction before this one is known. */
  watermark: string;
  /** Of transactions since then: what has been read already. */
  read: Map<string, string>;
  allotments: number;
  ledgerReadAt: number;
  /** Attempts whose allotments are counted, with when. */
  counted: Map<string, number>;
}

interface Look {
  readonly met: readonly string[];
  readonly watermark: string;
  readonly changed: readonly { readonly id: string; readonly xid: string }[];
}

/** What the engine draws on, brought up to date, and what the candidate has met: one statement where nothing has changed. */
export async function lookAtPool(
  context: { readonly tx: SqlTransaction; readonly memory: ProcessMemory; readonly now: Date },
  candidateId: string,
  /** Items to read anew whatever the log says. */
  doubtful: readonly string[] = [],
): Promise<KeptPool> {
  const { tx, memory, now } = context;
  const holder = memory.of<{ kept: Promise<Kept> | null }>("bank.pool", () => ({ kept: null }));
  holder.kept ??= loadPool(tx, now).catch((error: unknown) => {
    holder.kept = null;
    throw error;
  });
  const kept = await holder.kept;
  const [look] = await tx.$queryRaw<Look[]>`
    select array(select item_id::text from attempt_item where candidate_id = ${candidateId}::uuid) as met,
           pg_snapshot_xmin(pg_current_snapshot())::text as watermark,
           (select coalesce(jsonb_agg(jsonb_build_object('id', item_id, 'xid', xid::text)), '[]')
            from item_change where xid >= ${kept.watermark}::bigint) as changed`;
  if (!look) throw new Error("a select without a row");
  const stale = look.changed.filter(({ id, xid }) => kept.read.get(id) !== xid).map(({ id }) => id);
  const anew = [...new Set([...stale, ...doubtful])];
  if (anew.length > 0) {
    const rows = await readRows(tx, anew);
    for (const id of anew) forget(kept, id);
    for (const row of rows) keep(kept, row);
  }
  kept.read = new Map(look.changed.map(({ id, xid }) => [id, xid]));
  kept.watermark = look.watermark;
  if (now.getTime() - kept.ledgerReadAt >= ledgerReadMs) await readLedger(tx, kept, now);
  return {
    pool: kept.pool,
    versions: kept.versions,
    snapshot: `${latestOf(look)}/${kept.pool.size}/${kept.allotments}`,
    met: look.met,
    recordForm: (attemptId, itemIds) => count(kept, attemptId, itemIds, now),
  };
}

/** The watermark stands still while any older transaction is open: what has changed since then tells looks apart. */
function latestOf({ watermark, changed }: Look): bigint {
  return changed.reduce((latest, { xid }) => (BigInt(xid) > latest ? BigInt(xid) : latest), BigInt(watermark));
}

async function loadPool(tx: SqlTransaction, now: Date): Promise<Kept> {
  // The watermark first: what changes while the rows are read is read again.
  const [at] = await tx.$queryRaw<{ watermark: string; counted: string[] }[]>`
    select pg_snapshot_xmin(pg_current_snapshot())::text as watermark,
           array(select distinct attempt_id::text from attempt_item
                 where allotted_at >= ${new Date(now.getTime() - ledgerOverlapMs)}::timestamptz) as counted`;
  const rows = await readRows(tx, null);
  const kept: Kept = {
    pool: createPool([]),
    versions: new Map(),
    watermark: at?.watermark ?? "0",
    read: new Map(),
    allotments: 0,
    ledgerReadAt: now.getTime(),
    counted: new Map((at?.counted ?? []).map((id) => [id, now.getTime()])),
  };
  for (const row of rows) keep(kept, row);
  return kept;
}

/** What may be drawn, and of the rest what has set mates or enemies; or these items, whatever they are. */
function readRows(tx: SqlTransaction, ids: readonly string[] | null): Promise<PoolRow[]> {
  const which = ids
    ? Prisma.sql`i.id = any(${[...ids]}::uuid[])`
    : Prisma.sql`v.status in ('active', 'pretest') or i.set_id is not null
        or exists (select 1 from item_enemy e where i.id in (e.lower_id, e.higher_id))`;
  const used = ids
    ? Prisma.sql`left join lateral (select sum(allotted)::int as allotted from item_exposure where item_id = i.id) u on true`
    : Prisma.sql`left join (select item_id, sum(allotted)::int as allotted from item_exposure group by item_id) u
        on u.item_id = i.id`;
  return tx.$queryRaw<PoolRow[]>(Prisma.sql`
    select i.id::text as id, v.id::text as "versionId", v.status::text as status, i.skill::text as skill,
           coalesce(v.level, '') as level, coalesce(v.sub_skill, '') as "subSkill", coalesce(v.topic, '') as topic,
           coalesce(v.anchor, false) as anchor, coalesce(v.difficulty, 0) as difficulty, coalesce(u.allotted, 0) as exposure,
           ${itemTag} as tag, i.set_id::text as set,
           array(select e.higher_id::text from item_enemy e where e.lower_id = i.id) as enemies
    from item i
    left join item_version v on v.id = i.current_id
    ${used}
    where ${which}
    order by i.id`);
}

function keep(kept: Kept, row: PoolRow): void {
  const { versionId, status, enemies, ...facts } = row;
  const use = status === "active" ? "scored" : status === "pretest" ? "pretest" : "none";
  if (use !== "none" && versionId !== null) kept.versions.set(row.id, versionId);
  kept.pool.upsert({ ...facts, use, enemies: enemies ?? [] });
  kept.allotments += row.exposure;
}

function forget(kept: Kept, id: string): void {
  kept.allotments -= kept.pool.find(id)?.exposure ?? 0;
  kept.versions.delete(id);
  kept.pool.remove(id);
}

function count(kept: Kept, attemptId: string, itemIds: readonly string[], now: Date): void {
  if (kept.counted.has(attemptId)) return;
  kept.counted.set(attemptId, now.getTime());
  kept.pool.recordAllotment(itemIds);
  kept.allotments += itemIds.length;
}

/** Counts what other processes have allotted since the last time. */
async function readLedger(tx: SqlTransaction, kept: Kept, now: Date): Promise<void> {
  const since = new Date(kept.ledgerReadAt - ledgerOverlapMs);
  kept.ledgerReadAt = now.getTime();
  const forms = await tx.$queryRaw<{ attempt: string; items: string[] }[]>`
    select attempt_id::text as attempt, array_agg(item_id::text) as items
    from attempt_item where allotted_at >= ${since}::timestamptz group by attempt_id`;
  for (const { attempt, items } of forms) count(kept, attempt, items, now);
  for (const [attempt, at] of kept.counted) {
    // Twice the overlap: none that is still read may be forgotten.
    if (at < now.getTime() - 2 * ledgerOverlapMs) kept.counted.delete(attempt);
  }
}
