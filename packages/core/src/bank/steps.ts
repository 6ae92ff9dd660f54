import { Prisma, type SqlTransaction, type Transaction } from "@bandwise/db/client";
import { assembleForm } from "@bandwise/psychometrics/assembly";
import { createPool, type PoolItem } from "@bandwise/psychometrics/pool";
import type { Refusal } from "@bandwise/psychometrics/refusal";
import type { CommandContext } from "../kernel/context.ts";
import { AppError } from "../kernel/errors.ts";
import { contentHash } from "../kernel/hash.ts";
import { assemblyBlueprint, type FormSection, interactiveTag } from "./rules.ts";
import type { Skill } from "./schema.ts";

/** Exposure is counted over this many rows an item, so that simultaneous starts seldom wait for each other. */
const exposureShards = 16;

interface PoolRow {
  readonly item_id: string;
  readonly version_id: string;
  readonly skill: Skill;
  readonly level: string;
  readonly sub_skill: string;
  readonly topic: string;
  readonly anchor: boolean;
  readonly interactive: boolean;
  readonly difficulty: number;
  readonly exposure: number;
  readonly set_id: string | null;
  readonly enemies: readonly string[] | null;
}

interface AllottedRow {
  readonly id: string;
  readonly item_id: string;
  readonly item_version_id: string;
  readonly skill: Skill;
  readonly position: number;
  readonly level: string;
  readonly sub_skill: string;
  readonly anchor: boolean;
  readonly pick_reason: string;
  readonly exposure_at_pick: number;
}

/** Active items of these skills that the candidate has never been allotted, in any version, nor a set mate or an enemy of them. */
async function unseenPool(tx: SqlTransaction, candidateId: string, skills: readonly Skill[]): Promise<PoolRow[]> {
  return tx.$queryRaw<PoolRow[]>`
    with met as (
      select i.id, i.set_id from attempt_item a join item i on i.id = a.item_id where a.candidate_id = ${candidateId}::uuid
    ), kept_out as (
      select id from met
      union select mate.id from met join item mate on mate.set_id = met.set_id
      union select e.higher_id from met join item_enemy e on e.lower_id = met.id
      union select e.lower_id from met join item_enemy e on e.higher_id = met.id
    ), enemy as (
      select lower_id, array_agg(higher_id::text) as ids from item_enemy group by lower_id
    )
    select i.id as item_id, v.id as version_id, v.skill::text as skill, v.level, v.sub_skill, v.topic, v.anchor, v.difficulty,
           jsonb_exists(v.content, 'turn') as interactive, coalesce(e.allotted, 0)::int as exposure,
           i.set_id, enemy.ids as enemies
    from item i
    join item_version v on v.id = i.current_id
    left join lateral (select sum(allotted) as allotted from item_exposure where item_id = i.id) e on true
    left join enemy on enemy.lower_id = i.id
    where v.status = 'active' and i.skill::text in (${Prisma.join([...skills])})
      and i.id not in (select id from kept_out)
    order by i.id`;
}

function toPoolItem(row: PoolRow): PoolItem {
  return {
    id: row.item_id,
    skill: row.skill,
    level: row.level,
    tag: row.interactive ? interactiveTag : "",
    subSkill: row.sub_skill,
    topic: row.topic,
    use: "scored",
    anchor: row.anchor,
    exposure: row.exposure,
    difficulty: row.difficulty,
    set: row.set_id,
    enemies: row.enemies ?? [],
  };
}

function sentences({ obstacles }: Refusal): string {
  return obstacles.map(({ sentence }) => sentence).join("; ");
}

/** Why no form can be made for this candidate now, or null when one can: asked before a booking is taken. */
export async function findAssemblyObstacle(
  tx: SqlTransaction,
  candidateId: string,
  sections: readonly FormSection[],
): Promise<string | null> {
  const pool = await unseenPool(
    tx,
    candidateId,
    sections.map((section) => section.skill),
  );
  const assembly = assembleForm({
    blueprint: assemblyBlueprint(sections),
    pool: createPool(pool.map(toPoolItem)),
    met: [],
    seed: candidateId,
  });
  return assembly.ok ? null : sentences(assembly);
}

/**
 * Writes the allotment ledger of an attempt: a form for each section, never an item this candidate has met, with seed,
 * engine version, pool snapshot and the reason of each pick; and counts exposure. The unique pair (candidate, item) in
 * the database holds "never again" against any race.
 *
 * @throws LOCKED when a slot has no unseen item left.
 */
export async function allotForm(
  context: CommandContext<SqlTransaction>,
  input: { attemptId: string; candidateId: string; sections: readonly FormSection[] },
): Promise<void> {
  const { tx, now, ids } = context;
  const rows = await unseenPool(
    tx,
    input.candidateId,
    input.sections.map((section) => section.skill),
  );
  const byId = new Map(rows.map((row) => [row.item_id, row]));
  const seed = ids.uuid();
  const allotted: AllottedRow[] = [];
  const assembly = assembleForm({
    blueprint: assemblyBlueprint(input.sections),
    pool: createPool(rows.map(toPoolItem)),
    met: [],
    seed,
  });
  if (!assembly.ok) {
    throw new AppError("LOCKED", `No form can be made without repeating an item: ${sentences(assembly)}.`);
  }
  for (const section of assembly.sections) {
    for (const [index, pick] of section.picks.entries()) {
      const row = byId.get(pick.id);
      if (!row) throw new Error(`assembly picked ${pick.id}, which was not in its pool`);
      allotted.push({
        id: ids.uuid(),
        item_id: row.item_id,
        item_version_id: row.version_id,
        skill: row.skill,
        position: index + 1,
        level: row.level,
        sub_skill: row.sub_skill,
        anchor: row.anchor,
        pick_reason: pick.reason,
        exposure_at_pick: row.exposure,
      });
    }
  }
  await tx.$executeRaw`
    insert into attempt_item (id, attempt_id, candidate_id, item_id, item_version_id, skill, position, level, sub_skill,
                              anchor, pick_reason, exposure_at_pick, allotted_at)
    select r.id, ${input.attemptId}::uuid, ${input.candidateId}::uuid, r.item_id, r.item_version_id, r.skill::skill,
           r.position, r.level, r.sub_skill, r.anchor, r.pick_reason, r.exposure_at_pick, ${now}::timestamptz
    from jsonb_to_recordset(${JSON.stringify(allotted)}::jsonb)
      as r(id uuid, item_id uuid, item_version_id uuid, skill text, position int, level text, sub_skill text,
           anchor boolean, pick_reason text, exposure_at_pick int)`;
  const snapshot = contentHash(rows.map((row) => [row.version_id, row.exposure]));
  await tx.$executeRaw`
    update attempt set form_seed = ${seed}, engine_version = ${assembly.version}, pool_snapshot = ${snapshot}
    where id = ${input.attemptId}::uuid`;
  await countExposure(
    tx,
    allotted.map((entry) => entry.item_id),
    "allotted",
    // The same shard as the presenting of this attempt: its rows are locked already then, so two starts cannot deadlock.
    input.attemptId,
  );
}

/** Counts the items of a section as presented: called once, when the section opens. */
export async function markPresented(
  context: CommandContext<SqlTransaction>,
  attemptId: string,
  skill: Skill,
): Promise<void> {
  const { tx, now } = context;
  const items = await tx.$queryRaw<{ item_id: string }[]>`
    update attempt_item set presented_at = ${now}::timestamptz
    where attempt_id = ${attemptId}::uuid and skill = ${skill}::skill and presented_at is null
    returning item_id`;
  await countExposure(
    tx,
    items.map((item) => item.item_id),
    "presented",
    attemptId,
  );
}

/** One statement, rows in item order: two starts that share items wait for each other at worst, they cannot deadlock. */
async function countExposure(
  tx: SqlTransaction,
  itemIds: readonly string[],
  column: "allotted" | "presented",
  spreadBy: string,
): Promise<void> {
  if (itemIds.length === 0) return;
  const shard = Number.parseInt(contentHash(spreadBy).slice(0, 4), 16) % exposureShards;
  const [allotted, presented] = column === "allotted" ? [1, 0] : [0, 1];
  await tx.$executeRaw`
    insert into item_exposure (item_id, shard, allotted, presented)
    select id::uuid, ${shard}::int, ${allotted}::int, ${presented}::int from unnest(${[...itemIds].sort()}::text[]) as id order by id
    on conflict (item_id, shard) do update
    set allotted = item_exposure.allotted + excluded.allotted, presented = item_exposure.presented + excluded.presented`;
}

/** Builds the roll-up anew from the ledger. @returns how many items disagreed with it before. */
export async function rebuildExposure(tx: Transaction): Promise<number> {
  // The ledger must not grow between the count and the rewrite.
  await tx.$executeRaw`lock table item_exposure in exclusive mode`;
  const [row] = await tx.$queryRaw<{ wrong: number }[]>`
    with truth as (
      select item_id, count(*) as allotted, count(presented_at) as presented from attempt_item group by item_id
    ), rolled as (
      select item_id, sum(allotted) as allotted, sum(presented) as presented from item_exposure group by item_id
    )
    select count(*)::int as wrong from truth full join rolled using (item_id)
    where coalesce(truth.allotted, 0) <> coalesce(rolled.allotted, 0)
       or coalesce(truth.presented, 0) <> coalesce(rolled.presented, 0)`;
  await tx.$executeRaw`delete from item_exposure`;
  await tx.$executeRaw`
    insert into item_exposure (item_id, shard, allotted, presented)
    select item_id, 0, count(*), count(presented_at) from attempt_item group by item_id`;
  return row?.wrong ?? 0;
}
