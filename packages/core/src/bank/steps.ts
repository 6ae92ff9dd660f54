import type { SqlTransaction, Transaction } from "@bandwise/db/client";
import { assembleForm } from "@bandwise/psychometrics/assembly";
import type { Refusal } from "@bandwise/psychometrics/refusal";
import type { CommandContext } from "../kernel/context.ts";
import { AppError, conflict } from "../kernel/errors.ts";
import { contentHash } from "../kernel/hash.ts";
import { lookAtPool } from "./pool-steps.ts";
import { assemblyBlueprint, type FormSection } from "./rules.ts";
import type { Skill } from "./schema.ts";

/** Exposure is counted over this many rows an item, so that simultaneous starts seldom wait for each other. */
const exposureShards = 16;
/** How often a form is drawn again because the bank changed under it. */
const drawsMax = 4;

export interface AllottedRow {
  readonly id: string;
  readonly item_id: string;
  readonly item_version_id: string | null;
  readonly skill: Skill;
  readonly position: number;
  readonly level: string;
  readonly sub_skill: string;
  readonly scored: boolean;
  readonly anchor: boolean;
  readonly pick_reason: string;
  readonly exposure_at_pick: number;
}

function sentences({ obstacles }: Refusal): string {
  return obstacles.map(({ sentence }) => sentence).join("; ");
}

/** Why no form can be made for this candidate now, or null when one can: asked before a booking is taken. */
export async function findAssemblyObstacle(
  context: Pick<CommandContext<SqlTransaction>, "tx" | "memory" | "now">,
  candidateId: string,
  sections: readonly FormSection[],
): Promise<string | null> {
  const { pool, met } = await lookAtPool(context, candidateId);
  const assembly = assembleForm({ blueprint: assemblyBlueprint(sections), pool, met, seed: candidateId });
  return assembly.ok ? null : sentences(assembly);
}

/** What an attempt has been allotted, by skill: items that do not count. */
type Unscored = ReadonlyMap<Skill, number>;

/**
 * Writes the allotment ledger of an attempt: a form for each section, never an item this candidate has met, with seed,
 * engine version, pool snapshot and the reason of each pick; counts exposure, and the items of the section that opens at
 * once as presented. The form is drawn from memory: the ledger takes it only if every version is still what it was, else
 * the items in doubt are read anew and another form is drawn. The unique pair (candidate, item) in the database holds
 * "never again" against any race.
 *
 * @throws LOCKED when a slot has no unseen item left.
 */
export async function allotForm(
  context: CommandContext<SqlTransaction>,
  input: {
    attemptId: string;
    candidateId: string;
    sections: readonly FormSection[];
    opens?: Skill | undefined;
  },
): Promise<Unscored> {
  const blueprint = assemblyBlueprint(input.sections);
  let doubtful: readonly string[] = [];
  for (let draw = 0; draw < drawsMax; draw += 1) {
    const kept = await lookAtPool(context, input.candidateId, doubtful);
    const seed = context.ids.uuid();
    const assembly = assembleForm({ blueprint, pool: kept.pool, met: kept.met, seed });
    if (!assembly.ok) {
      throw new AppError("LOCKED", `No form can be made without repeating an item: ${sentences(assembly)}.`);
    }
    const rows = assembly.sections.flatMap(({ skill, picks }) =>
      picks.map(
        (pick, index): AllottedRow => ({
          id: context.ids.uuid(),
          item_id: pick.id,
          item_version_id: kept.versions.get(pick.id) ?? null,
          skill: skill as Skill,
          position: index + 1,
          level: pick.level,
          sub_skill: pick.subSkill,
          scored: pick.scored,
          anchor: pick.anchor,
          pick_reason: pick.reason,
          exposure_at_pick: pick.exposure,
        }),
      ),
    );
    const facts = { seed, version: assembly.version, snapshot: kept.snapshot, fixedFormId: null };
    if (await writeForm(context, input, rows, facts)) {
      kept.recordForm(
        input.attemptId,
        rows.map((row) => row.item_id),
      );
      const unscored = rows.filter((row) => !row.scored).map((row) => row.skill);
      return new Map(unscored.map((skill) => [skill, unscored.filter((other) => other === skill).length]));
    }
    doubtful = rows.map((row) => row.item_id);
  }
  throw conflict("The item bank is being changed at this moment: try again.");
}

/** Form, facts and exposure in one statement: all of it, or nothing where a version is no longer in use. @returns which. */
export async function writeForm(
  { tx, now }: CommandContext<SqlTransaction>,
  { attemptId, candidateId, opens }: { attemptId: string; candidateId: string; opens?: Skill | undefined },
  rows: readonly AllottedRow[],
  facts: { seed: string; version: string; snapshot: string; fixedFormId: string | null },
): Promise<boolean> {
  const [written] = await tx.$queryRaw<{ items: number }[]>`
    with picked as (
      select r.* from jsonb_to_recordset(${JSON.stringify(rows)}::jsonb)
        as r(id uuid, item_id uuid, item_version_id uuid, skill text, position int, level text, sub_skill text,
             scored boolean, anchor boolean, pick_reason text, exposure_at_pick int)
    ), in_use as (
      select p.*, p.skill = ${opens ?? ""} as opens
      from picked p
      join item i on i.id = p.item_id and i.current_id = p.item_version_id
      join item_version v on v.id = i.current_id
        and v.status = (case when p.scored then 'active' else 'pretest' end)::item_status
    ), form as (
      select * from in_use where (select count(*) from in_use) = ${rows.length}::int
    ), ledger as (
      insert into attempt_item (id, attempt_id, candidate_id, item_id, item_version_id, skill, position, level, sub_skill,
                                scored, anchor, pick_reason, exposure_at_pick, allotted_at, presented_at)
      select id, ${attemptId}::uuid, ${candidateId}::uuid, item_id, item_version_id, skill::skill, position, level,
             sub_skill, scored, anchor, pick_reason, exposure_at_pick, ${now}::timestamptz,
             case when opens then ${now}::timestamptz end
      from form
    ), facts as (
      update attempt set form_seed = ${facts.seed}, engine_version = ${facts.version}, pool_snapshot = ${facts.snapshot},
        fixed_form_id = ${facts.fixedFormId}::uuid
      where id = ${attemptId}::uuid and exists (select 1 from form)
    ), exposure as (
      insert into item_exposure (item_id, shard, allotted, presented)
      select item_id, ${shardOf(attemptId)}::int, 1, case when opens then 1 else 0 end from form order by item_id
      on conflict (item_id, shard) do update
      set allotted = item_exposure.allotted + excluded.allotted, presented = item_exposure.presented + excluded.presented
    )
    select count(*)::int as items from form`;
  return written?.items === rows.length;
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
  if (items.length === 0) return;
  // One statement, rows in item order: two that share items wait for each other at worst, they cannot deadlock.
  await tx.$executeRaw`
    insert into item_exposure (item_id, shard, presented)
    select id::uuid, ${shardOf(attemptId)}::int, 1 from unnest(${items.map((item) => item.item_id).sort()}::text[]) as id
    order by id
    on conflict (item_id, shard) do update set presented = item_exposure.presented + excluded.presented`;
}

/** An attempt counts in one shard, whatever it counts. */
function shardOf(attemptId: string): number {
  return Number.parseInt(contentHash(attemptId).slice(0, 4), 16) % exposureShards;
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
