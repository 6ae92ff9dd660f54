import { Prisma, type SqlTransaction } from "@bandwise/db/client";
import type { Permission } from "../kernel/policy.ts";
import { type BulkChange, type BulkTarget, concernsPreparation, decideBulk } from "./bulk-rules.ts";
import type { ItemFilter } from "./list-filter.ts";
import { listConditions } from "./listing-steps.ts";

export type Selection = { readonly itemIds: readonly string[] } | { readonly filter: ItemFilter };

export interface BulkRow extends BulkTarget {
  readonly itemId: string;
  readonly slug: string;
  readonly versionId: string;
}

/** The items of a selection with the version each change would concern, in the order of their names. */
export async function readBulkRows(
  tx: SqlTransaction,
  selection: Selection,
  change: BulkChange,
  options: { readonly limit: number; readonly lock: boolean },
): Promise<BulkRow[]> {
  const where =
    "itemIds" in selection
      ? Prisma.sql`l.item_id = any(${[...selection.itemIds]}::uuid[])`
      : listConditions(selection.filter);
  const version = concernsPreparation(change)
    ? Prisma.sql`coalesce(l.waiting_version, l.version)`
    : Prisma.sql`l.version`;
  const lock = options.lock ? Prisma.sql`for no key update of i` : Prisma.empty;
  return tx.$queryRaw<BulkRow[]>`
    select i.id as "itemId", i.slug, v.id as "versionId", i.skill::text as skill, v.status::text as status, v.anchor,
           v.sub_skill as "subSkill", v.topic, v.difficulty, v.difficulty_reason as "difficultyReason", v.fairness,
           coalesce((select r.decision in ('approve', 'carry') from item_review r where r.version_id = v.id
                     order by r.at desc limit 1), false) as approved,
           l.waiting_version is not null as "newerWaits"
    from item_listing l
    join item i on i.id = l.item_id
    join item_version v on v.item_id = i.id and v.version = ${version}
    where ${where}
    order by i.slug
    limit ${options.limit} ${lock}`;
}

export interface BulkPlan {
  readonly changed: readonly BulkRow[];
  readonly refused: readonly { readonly slug: string; readonly itemId: string; readonly why: string }[];
}

export function planBulk(
  change: BulkChange,
  rows: readonly BulkRow[],
  mayDo: (permission: Permission) => boolean,
): BulkPlan {
  const changed: BulkRow[] = [];
  const refused: { slug: string; itemId: string; why: string }[] = [];
  for (const row of rows) {
    const decision = decideBulk(change, row, mayDo);
    if (decision.ok) changed.push(row);
    else refused.push({ slug: row.slug, itemId: row.itemId, why: decision.why });
  }
  return { changed, refused };
}
