import { Prisma } from "@bandwise/db/client";
import { z } from "zod";
import { defineQuery } from "../kernel/define.ts";
import { type Page, pageInput, skipTake } from "../kernel/page.ts";
import { readCells } from "./health-steps.ts";
import type { BankCell } from "./rules.ts";
import { itemLevels, itemStatuses, itemTypes, skills, topics } from "./schema.ts";

/** A filter left empty in a form arrives as "" and means no filter. */
const optional = <T extends z.ZodType>(schema: T) =>
  z.preprocess((value) => (value === "" ? undefined : value), schema.optional());

export const itemFilter = pageInput.extend({
  search: optional(z.string().trim().max(200)),
  skill: optional(z.enum(skills)),
  level: optional(z.enum(itemLevels)),
  subSkill: optional(z.string().max(40)),
  topic: optional(z.enum(topics)),
  status: optional(z.enum(itemStatuses)),
  type: optional(z.enum(itemTypes)),
  anchor: optional(z.enum(["yes", "no"])),
  minDifficulty: optional(z.coerce.number()),
  maxDifficulty: optional(z.coerce.number()),
  /** `waiting`: items that have a newer version which is not in use yet. */
  waiting: optional(z.literal("yes")),
  sort: z.enum(["name", "level", "difficulty", "exposure", "newest"]).default("name").catch("name"),
  direction: z.enum(["asc", "desc"]).default("asc").catch("asc"),
});

export interface ItemRow {
  readonly id: string;
  readonly slug: string;
  readonly version: number;
  readonly skill: string;
  readonly level: string;
  readonly subSkill: string;
  readonly topic: string;
  readonly type: string;
  readonly status: string;
  readonly difficulty: number;
  readonly anchor: boolean;
  readonly exposure: number;
  readonly presented: number;
  readonly stem: string;
  /** The newest version, where it waits to be put into use. */
  readonly waitingVersion: number | null;
  readonly createdAt: Date;
}

const orders = {
  name: Prisma.sql`i.slug`,
  level: Prisma.sql`v.level`,
  difficulty: Prisma.sql`v.difficulty`,
  exposure: Prisma.sql`exposure`,
  newest: Prisma.sql`v.created_at`,
};
const directions = { asc: Prisma.sql`asc`, desc: Prisma.sql`desc` };

/** A version newer than the one lists show, not in use and not given up. */
const newestWaiting = Prisma.sql`
  select max(w.version) as version from item_version w
  where w.item_id = i.id and w.version > v.version and w.status in ('draft', 'in_review', 'pretest')`;

/** Full text, the last word also as a beginning, because lists search while somebody types; or an item's name by its beginning. */
function searchCondition(search: string): Prisma.Sql {
  const [, before = "", last = ""] = /^(.*?)([\p{L}\p{N}]+)$/u.exec(search) ?? [];
  const plain = last !== "" && !/["-]/.test(search);
  const query = plain
    ? Prisma.sql`websearch_to_tsquery('english', ${before}) && to_tsquery('english', ${`${last}:*`})`
    : Prisma.sql`websearch_to_tsquery('english', ${search})`;
  const name = `${search.toLowerCase().replaceAll(/[\\%_]/g, "\\$&")}%`;
  // Two index scans: an "or" over both tables would read every item.
  return Prisma.sql`v.id in (
    select id from item_version where to_tsvector('english', search_text) @@ (${query})
    union all select current_id from item where slug like ${name})`;
}

/** The bank as its staff browse it: filtered, searched (full text in stem, options and stimulus) and paged by the database. */
export const listItems = defineQuery({
  name: "listItems",
  permission: "item:read",
  input: itemFilter,
  run: async ({ db }, input): Promise<Page<ItemRow>> => {
    const conditions: Prisma.Sql[] = [Prisma.sql`true`];
    if (input.search) conditions.push(searchCondition(input.search));
    if (input.waiting) conditions.push(Prisma.sql`(${newestWaiting}) is not null`);
    if (input.skill) conditions.push(Prisma.sql`v.skill = ${input.skill}::skill`);
    if (input.level) conditions.push(Prisma.sql`v.level = ${input.level}`);
    if (input.subSkill) conditions.push(Prisma.sql`v.sub_skill = ${input.subSkill}`);
    if (input.topic) conditions.push(Prisma.sql`v.topic = ${input.topic}`);
    if (input.status) conditions.push(Prisma.sql`v.status = ${input.status}::item_status`);
    if (input.type) conditions.push(Prisma.sql`v.type = ${input.type}`);
    if (input.anchor) conditions.push(Prisma.sql`v.anchor = ${input.anchor === "yes"}`);
    if (input.minDifficulty !== undefined) conditions.push(Prisma.sql`v.difficulty >= ${input.minDifficulty}`);
    if (input.maxDifficulty !== undefined) conditions.push(Prisma.sql`v.difficulty <= ${input.maxDifficulty}`);
    const where = Prisma.join(conditions, " and ");
    const { skip, take } = skipTake(input);
    const [rows, [count]] = await Promise.all([
      db.$queryRaw<ItemRow[]>`
        select i.id, i.slug, v.version, v.skill::text as skill, v.level, v.sub_skill as "subSkill", v.topic, v.type,
               v.status::text as status, v.difficulty, v.anchor, v.created_at as "createdAt",
               coalesce(v.content #>> '{interaction,stem}', v.content ->> 'title') as stem,
               coalesce(e.allotted, 0)::int as exposure, coalesce(e.presented, 0)::int as presented,
               (${newestWaiting}) as "waitingVersion"
        from item i
        join item_version v on v.id = i.current_id
        left join lateral (select sum(allotted) as allotted, sum(presented) as presented from item_exposure where item_id = i.id) e on true
        where ${where}
        order by ${orders[input.sort]} ${directions[input.direction]}, i.slug
        limit ${take} offset ${skip}`,
      db.$queryRaw<{ total: number }[]>`
        select count(*)::int as total from item i join item_version v on v.id = i.current_id where ${where}`,
    ]);
    return { rows, total: count?.total ?? 0, page: input.page, pageSize: input.pageSize };
  },
});

export interface BankFigures {
  readonly items: number;
  readonly active: number;
  readonly anchors: number;
  readonly waiting: number;
}

/** The heat map (active items per skill, level and sub-skill) and the figures beside it. */
export const bankOverview = defineQuery({
  name: "bankOverview",
  permission: "item:read",
  input: z.object({}),
  run: async ({ db }): Promise<{ cells: BankCell[]; figures: BankFigures }> => {
    const [cells, [counts]] = await Promise.all([
      readCells(db),
      db.$queryRaw<BankFigures[]>`
    select count(*)::int as items, count(*) filter (where v.status = 'active')::int as active,
           count(*) filter (where v.anchor and v.status = 'active')::int as anchors,
           count(*) filter (where (${newestWaiting}) is not null)::int as waiting
    from item i join item_version v on v.id = i.current_id`,
    ]);
    return { cells, figures: counts ?? { items: 0, active: 0, anchors: 0, waiting: 0 } };
  },
});
