import type { SqlTransaction } from "@bandwise/db/client";
import { AppError } from "../kernel/errors.ts";
import {
  assessBank,
  type BankHealth,
  decideRest,
  exposureLimitOf,
  healthPolicy,
  type SectionDemand,
  type SlotStock,
} from "./health.ts";
import { itemTag } from "./pool-steps.ts";
import type { BankCell, FormSection } from "./rules.ts";
import type { Skill } from "./schema.ts";

type StockRow = Omit<SlotStock, "exposure"> & { least: number; median: number; most: number };

/**
 * What lies in the bank for each slot that forms have. An item that has an enemy before it in the same slot is not
 * counted: a candidate can be given one of the two. Members of sets are not counted: a slot takes single items.
 */
async function readStock(tx: SqlTransaction): Promise<SlotStock[]> {
  const rows = await tx.$queryRaw<StockRow[]>`
    with used as (select item_id, sum(allotted)::int as allotted from item_exposure group by item_id),
    stock as (
      select i.id, v.skill::text as skill, v.level, v.status::text as status, v.anchor, i.set_id,
             ${itemTag} as tag, coalesce(u.allotted, 0) as allotted
      from item i join item_version v on v.id = i.current_id left join used u on u.item_id = i.id
      where v.status in ('active', 'pretest', 'resting')
    ),
    barred as (
      select distinct b.id from item_enemy e
      join stock a on a.id = e.lower_id join stock b on b.id = e.higher_id
      where a.status = 'active' and b.status = 'active' and a.skill = b.skill and a.level = b.level
    )
    select s.skill, s.level, s.tag,
           count(*) filter (where s.status = 'active' and not s.anchor and s.set_id is null and b.id is null)::int as plain,
           count(*) filter (where s.status = 'active' and s.anchor)::int as anchors,
           count(*) filter (where s.status = 'pretest')::int as pretest,
           count(*) filter (where s.status = 'resting')::int as resting,
           coalesce(min(s.allotted) filter (where s.status = 'active'), 0)::int as least,
           coalesce(percentile_disc(0.5) within group (order by s.allotted) filter (where s.status = 'active'), 0)::int as median,
           coalesce(max(s.allotted) filter (where s.status = 'active'), 0)::int as most
    from stock s left join barred b on b.id = s.id
    group by s.skill, s.level, s.tag`;
  return rows.map(({ least, median, most, ...stock }) => ({ ...stock, exposure: { least, median, most } }));
}

/** Active items per skill, level and sub-skill, with how often they were allotted. */
export async function readCells(tx: SqlTransaction): Promise<BankCell[]> {
  return tx.$queryRaw<BankCell[]>`
    with used as (select item_id, sum(allotted)::int as allotted from item_exposure group by item_id)
    select v.skill::text as skill, v.level, v.sub_skill as "subSkill", count(*)::int as active,
           coalesce(sum(u.allotted), 0)::int as allotted
    from item i
    join item_version v on v.id = i.current_id and v.status = 'active'
    left join used u on u.item_id = i.id
    group by v.skill, v.level, v.sub_skill
    order by v.skill, v.level, v.sub_skill`;
}

/** How the bank stands to a programme now. */
export async function measureHealth(tx: SqlTransaction, sections: readonly FormSection[]): Promise<BankHealth> {
  return assessBank(sections, await readStock(tx), await readCells(tx));
}

export interface DrawnItem {
  readonly id: string;
  readonly slug: string;
  readonly skill: Skill;
  readonly level: string;
  readonly versionId: string;
  readonly status: "active" | "resting";
  readonly restedByHand: boolean;
  readonly anchor: boolean;
  /** Stands in a form of a published set. */
  readonly fixed: boolean;
  readonly drawn: number;
  readonly forms: number;
  readonly limit: number;
  /** `keep`: over its limit, but a published form needs it, or too few others would be left. */
  readonly decision: "rest" | "wake" | "stay" | "keep";
}

/**
 * The items whose rate of exposure within the window says rest or wake, and every rested one. Rates are counted from the
 * allotment ledger over the forms that hold the item's slot.
 */
export async function readDrawnItems(
  tx: SqlTransaction,
  demands: readonly SectionDemand[],
  now: Date,
): Promise<DrawnItem[]> {
  const since = new Date(now.getTime() - healthPolicy.windowDays * 86_400_000);
  const [forms, stock, rows] = [
    await tx.$queryRaw<{ skill: Skill; level: string; tag: string; forms: number }[]>`
      select v.skill::text as skill, v.level, ${itemTag} as tag, count(distinct a.attempt_id)::int as forms
      from attempt_item a join item_version v on v.id = a.item_version_id
      where a.allotted_at > ${since}::timestamptz group by 1, 2, 3`,
    await readStock(tx),
    await tx.$queryRaw<(Omit<DrawnItem, "forms" | "limit" | "decision"> & { tag: string })[]>`
      with recent as (
        select item_id, count(*)::int as drawn from attempt_item where allotted_at > ${since}::timestamptz group by item_id
      )
      select i.id, i.slug, v.id as "versionId", v.skill::text as skill, v.level, v.status::text as status, v.anchor,
             ${itemTag} as tag, coalesce(r.drawn, 0) as drawn,
             exists (
               select 1 from fixed_form_item p join fixed_form f on f.id = p.form_id join form_set s on s.id = f.set_id
               where p.item_version_id = v.id and s.published_at is not null and s.retired_at is null
             ) as fixed,
             v.status = 'resting' and coalesce((
               select c.by_id is not null from item_status_change c join item_version moved on moved.id = c.item_version_id
               where moved.item_id = i.id and c."to" = 'resting' order by c.at desc limit 1), true) as "restedByHand"
      from item i join item_version v on v.id = i.current_id left join recent r on r.item_id = i.id
      where v.status = 'resting' or (v.status = 'active' and r.drawn > 0)
      order by r.drawn desc nulls last, i.slug`,
  ];
  const perForm = (skill: Skill, level: string, tag: string): number =>
    demands.find((one) => one.skill === skill)?.slots.find((slot) => slot.level === level && slot.tag === tag)?.count ??
    0;
  const restable = new Map<SlotStock | undefined, number>();
  return rows.map(({ tag, ...row }) => {
    const held = stock.find((one) => one.skill === row.skill && one.level === row.level && one.tag === tag);
    const facts = {
      ...row,
      forms: forms.find((one) => one.skill === row.skill && one.level === row.level && one.tag === tag)?.forms ?? 0,
      // Rested items belong to the pool whose even use sets the limit: without them it would rise as they rest.
      limit: exposureLimitOf(perForm(row.skill, row.level, tag), (held?.plain ?? 0) + (held?.resting ?? 0)),
    };
    const decision = decideRest(facts);
    if (decision !== "rest") return { ...facts, decision };
    // How often fixed forms are sat was decided by those who published them; the rule would end the whole set.
    if (row.fixed) return { ...facts, decision: "keep" };
    const left =
      restable.get(held) ?? (held?.plain ?? 0) - healthPolicy.sittingsNeeded * perForm(row.skill, row.level, tag);
    restable.set(held, left - 1);
    // Rather too often than not at all: nobody may be refused a form because the rule has emptied a slot.
    return { ...facts, decision: left > 0 ? decision : "keep" };
  });
}

/** Active items nobody has looked at for long, or with a remark still open; the longest waiting first. */
export async function readDueForReview(
  tx: SqlTransaction,
  now: Date,
): Promise<{ id: string; slug: string; reviewedAt: Date; openComments: number }[]> {
  const before = new Date(now.getTime() - healthPolicy.reviewAfterDays * 86_400_000);
  return tx.$queryRaw`
    select i.id, i.slug, coalesce(r.at, v.created_at) as "reviewedAt", coalesce(c.open, 0)::int as "openComments"
    from item i
    join item_version v on v.id = i.current_id and v.status in ('active', 'pretest', 'resting')
    left join (select version_id, max(at) as at from item_review group by version_id) r on r.version_id = v.id
    left join (
      select version_id, count(*) as open from item_comment where resolved_at is null group by version_id
    ) c on c.version_id = v.id
    where coalesce(r.at, v.created_at) < ${before}::timestamptz or c.open > 0
    order by coalesce(c.open, 0) desc, coalesce(r.at, v.created_at), i.slug
    limit 50`;
}

/** The newest version of each programme, as much of it as says what forms hold. */
export async function readProgrammes(
  tx: SqlTransaction,
): Promise<{ id: string; name: string; title: string; version: number; sections: unknown }[]> {
  return tx.$queryRaw`
    select distinct on (name) id, name, title, version, blueprint -> 'sections' as sections
    from programme order by name, version desc`;
}

/** @throws LOCKED, naming what is missing, where the bank cannot carry a programme: nobody may be asked to sit it then. */
export async function requireHealthyBank(tx: SqlTransaction, sections: readonly FormSection[]): Promise<void> {
  const health = await measureHealth(tx, sections);
  if (health.state !== "red") return;
  const reasons = health.sections.filter((section) => section.state === "red").flatMap((section) => section.reasons);
  throw new AppError(
    "LOCKED",
    `The item bank is too thin for this programme: ${reasons.slice(0, 3).join("; ")}${reasons.length > 3 ? "; …" : ""}. Bank health tells what to write.`,
  );
}
