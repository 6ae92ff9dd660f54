import { Prisma } from "@bandwise/db/client";
import { z } from "zod";
import { defineQuery } from "../kernel/define.ts";
import { type Page, skipTake } from "../kernel/page.ts";
import { requirePerson } from "../kernel/policy.ts";
import { itemListInput } from "./list-filter.ts";
import { listConditions, rowsFound, searchQuery } from "./listing-steps.ts";
import type { BankCell } from "./rules.ts";

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
  /** Forms that have held it, counted now. */
  readonly exposure: number;
  readonly stem: string;
  /** Where the words looked for stand, each between `foundMarks`; null without a search. */
  readonly found: string | null;
  /** A newer version in preparation, where there is one. */
  readonly waitingVersion: number | null;
  readonly changedAt: Date;
}

/** Private-use characters: no text holds them. */
export const foundMarks = ["\uE000", "\uE001"] as const;
const headline = `StartSel=${foundMarks[0]}, StopSel=${foundMarks[1]}, MaxFragments=1, MinWords=6, MaxWords=16`;

const orders = {
  name: Prisma.sql`l.slug`,
  level: Prisma.sql`l.level`,
  difficulty: Prisma.sql`l.difficulty`,
  exposure: Prisma.sql`l.allotted`,
  newest: Prisma.sql`l.changed_at`,
};
/** So many rows are sorted in a few milliseconds. */
const fewFound = 2_000;
const directions = { asc: Prisma.sql`asc`, desc: Prisma.sql`desc` };

/** The bank as its staff browse it: filtered, searched (full text in stem, options and stimulus) and paged by the database. */
export const listItems = defineQuery({
  name: "listItems",
  permission: "item:read",
  input: itemListInput,
  run: async ({ db }, input): Promise<Page<ItemRow>> => {
    const { search, ...others } = input;
    const found = search ? rowsFound(search) : Prisma.sql`item_listing`;
    const [count] = await db.$queryRaw<{ total: number }[]>`
      select count(*)::int as total from ${found} l where ${listConditions(others)}`;
    const total = count?.total ?? 0;
    // Few are sorted; of many a page is sooner met by going through all in the order asked for.
    const [source, where] =
      total <= fewFound ? [found, listConditions(others)] : [Prisma.sql`item_listing`, listConditions(input)];
    const { skip, take } = skipTake(input);
    const direction = directions[input.direction];
    // Ties fall in the same direction: one index then serves both.
    const order = Prisma.sql`${orders[input.sort]} ${direction}, l.slug ${direction}`;
    const excerpt = search
      ? Prisma.sql`ts_headline('english', l.text, ${searchQuery(search)}, ${headline})`
      : Prisma.sql`null`;
    const rows = await db.$queryRaw<ItemRow[]>`
      select l.item_id as id, l.slug, l.version, l.skill::text as skill, l.level, l.sub_skill as "subSkill", l.topic, l.type,
             l.status::text as status, l.difficulty, l.anchor, l.stem, l.changed_at as "changedAt",
             l.waiting_version as "waitingVersion", ${excerpt} as found,
             coalesce((select sum(e.allotted) from item_exposure e where e.item_id = l.item_id), 0)::int as exposure
      from item_listing l
      join (select l.item_id from ${source} l where ${where} order by ${order} limit ${take} offset ${skip}) page
        on page.item_id = l.item_id
      order by ${order}`;
    return { rows, total, page: input.page, pageSize: input.pageSize };
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
    const [cells, [figures]] = await Promise.all([
      db.$queryRaw<BankCell[]>`
        select c.skill::text as skill, c.level, c.sub_skill as "subSkill", c.active, c.allotted
        from (select skill, level, sub_skill, count(*)::int as active, sum(allotted)::int as allotted
              from item_listing where status = 'active' group by skill, level, sub_skill) c
        order by c.skill, c.level, c.sub_skill`,
      db.$queryRaw<BankFigures[]>`
        select coalesce(sum(c.items), 0)::int as items, coalesce(sum(c.items) filter (where c.status = 'active'), 0)::int as active,
               coalesce(sum(c.items) filter (where c.status = 'active' and c.anchor), 0)::int as anchors,
               (select count(*) from item_listing where waiting_version is not null)::int as waiting
        from (select status, anchor, count(*) as items from item_listing group by status, anchor) c`,
    ]);
    return { cells, figures: figures ?? { items: 0, active: 0, anchors: 0, waiting: 0 } };
  },
});

/** Who wrote or signed items of the bank, and its sets: what the filters offer. */
export const listFilterChoices = defineQuery({
  name: "listFilterChoices",
  permission: "item:read",
  input: z.object({}),
  run: async ({ db }) => {
    const people = (column: Prisma.Sql) => db.$queryRaw<{ id: string; name: string }[]>`
      select p.id, p.name from person p where exists (select 1 from item_listing l where l.${column} = p.id) order by p.name limit 200`;
    const [authors, reviewers, sets] = await Promise.all([
      people(Prisma.sql`author_id`),
      people(Prisma.sql`reviewer_id`),
      db.itemSet.findMany({ orderBy: { title: "asc" }, take: 200, select: { slug: true, title: true } }),
    ]);
    return { authors, reviewers, sets };
  },
});

/** One's own views of the list. */
export const listSavedViews = defineQuery({
  name: "listSavedViews",
  permission: "item:read",
  input: z.object({}),
  run: async ({ db, viewer }) => {
    const { personId } = requirePerson(viewer);
    const rows = await db.savedView.findMany({
      where: { personId, list: "items" },
      orderBy: { name: "asc" },
      select: { id: true, name: true, query: true },
    });
    return rows.map(({ query, ...row }) => ({ ...row, query: z.record(z.string(), z.string()).parse(query) }));
  },
});
