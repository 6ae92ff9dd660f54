import { Prisma, type SqlTransaction } from "@bandwise/db/client";
import type { ItemFilter } from "./list-filter.ts";

/** The rows of `item_listing l` that a filter lets through. */
export function listConditions(filter: ItemFilter): Prisma.Sql {
  const conditions: Prisma.Sql[] = [Prisma.sql`true`];
  const where = (condition: Prisma.Sql): void => void conditions.push(condition);
  if (filter.search) where(searchCondition(filter.search));
  if (filter.waiting) where(Prisma.sql`l.waiting_version is not null`);
  if (filter.skill) where(Prisma.sql`l.skill = ${filter.skill}::skill`);
  if (filter.level) where(Prisma.sql`l.level = ${filter.level}`);
  if (filter.subSkill) where(Prisma.sql`l.sub_skill = ${filter.subSkill}`);
  if (filter.topic) where(Prisma.sql`l.topic = ${filter.topic}`);
  if (filter.status) where(Prisma.sql`l.status = ${filter.status}::item_status`);
  if (filter.type) where(Prisma.sql`l.type = ${filter.type}`);
  if (filter.anchor) where(Prisma.sql`l.anchor = ${filter.anchor === "yes"}`);
  if (filter.minDifficulty !== undefined) where(Prisma.sql`l.difficulty >= ${filter.minDifficulty}`);
  if (filter.maxDifficulty !== undefined) where(Prisma.sql`l.difficulty <= ${filter.maxDifficulty}`);
  if (filter.minExposure !== undefined) where(Prisma.sql`l.allotted >= ${filter.minExposure}`);
  if (filter.maxExposure !== undefined) where(Prisma.sql`l.allotted <= ${filter.maxExposure}`);
  if (filter.set === "any") where(Prisma.sql`l.set_id is not null`);
  else if (filter.set) where(Prisma.sql`l.set_id = (select id from item_set where slug = ${filter.set})`);
  if (filter.enemy) where(Prisma.sql`l.enemies > 0`);
  if (filter.author) where(Prisma.sql`l.author_id = ${filter.author}::uuid`);
  if (filter.reviewer) where(Prisma.sql`l.reviewer_id = ${filter.reviewer}::uuid`);
  if (filter.changedAfter) where(Prisma.sql`l.changed_at >= ${filter.changedAfter}::date`);
  // The day itself included.
  if (filter.changedBefore) where(Prisma.sql`l.changed_at < ${filter.changedBefore}::date + 1`);
  return Prisma.join(conditions, " and ");
}

/**
 * The rows with the words looked for, found by the index of words and no other way: the planner takes reading long texts for
 * cheap, and would read those of a whole skill.
 */
export function rowsFound(search: string): Prisma.Sql {
  return Prisma.sql`(select * from item_listing l where ${searchCondition(search)} offset 0)`;
}

/** The words looked for, the last one also as a beginning, because lists search while somebody types. */
export function searchQuery(search: string): Prisma.Sql {
  const [, before = "", last = ""] = /^(.*?)([\p{L}\p{N}]+)$/u.exec(search) ?? [];
  return last !== "" && !/["-]/.test(search)
    ? Prisma.sql`websearch_to_tsquery('english', ${before}) && to_tsquery('english', ${`${last}:*`})`
    : Prisma.sql`websearch_to_tsquery('english', ${search})`;
}

/** Full text. An item's name is among its words; half of one (`r-b1-`) is found by its beginning. */
function searchCondition(search: string): Prisma.Sql {
  const words = Prisma.sql`l.words @@ (${searchQuery(search)})`;
  if (!/^[\p{L}\p{N}]+-/u.test(search)) return words;
  return Prisma.sql`(${words} or l.slug like ${`${search.toLowerCase().replaceAll(/[\\%_]/g, "\\$&")}%`})`;
}

/**
 * Brings the exposure that lists sort by up to date for what was allotted since, or for every item.
 *
 * @returns how many rows differed.
 */
export async function rollUpListing(tx: SqlTransaction, since: Date | null): Promise<number> {
  const touched = since
    ? Prisma.sql`where e.item_id in (select item_id from attempt_item where allotted_at >= ${since}::timestamptz)`
    : Prisma.empty;
  return tx.$executeRaw`
    update item_listing l set allotted = s.allotted
    from (select e.item_id, sum(e.allotted)::int as allotted from item_exposure e ${touched} group by e.item_id) s
    where l.item_id = s.item_id and l.allotted <> s.allotted`;
}
