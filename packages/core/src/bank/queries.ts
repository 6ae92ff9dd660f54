import { Prisma } from "@bandwise/db/client";
import { z } from "zod";
import { defineQuery } from "../kernel/define.ts";
import { notFound } from "../kernel/errors.ts";
import { type Page, pageInput, skipTake } from "../kernel/page.ts";
import { readCells } from "./health-steps.ts";
import type { BankCell } from "./rules.ts";
import { bankItem, itemLevels, itemStatuses, itemTypes, skills, topics } from "./schema.ts";

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

/** One item with its history: the version asked for (or the one in use) as the author's file shape. */
export const getItem = defineQuery({
  name: "getItem",
  permission: "item:read",
  input: z.object({ itemId: z.uuid(), version: z.number().int().optional() }),
  run: async ({ db }, input) => {
    const row = await db.item.findUnique({
      where: { id: input.itemId },
      select: {
        id: true,
        slug: true,
        skill: true,
        currentId: true,
        exposure: { select: { allotted: true, presented: true } },
        versions: {
          orderBy: { version: "desc" },
          include: {
            changes: { orderBy: { at: "asc" }, select: { from: true, to: true, reason: true, at: true, byId: true } },
          },
        },
      },
    });
    const shown = row?.versions.find((version) =>
      input.version === undefined ? version.id === row.currentId : version.version === input.version,
    );
    if (!row || !shown) throw notFound("The item");
    const authorIds = row.versions.flatMap((version) => [
      version.authorId,
      ...version.changes.map((change) => change.byId),
    ]);
    const people = await db.person.findMany({
      where: { id: { in: [...new Set(authorIds.filter((id) => id !== null))] } },
      select: { id: true, name: true },
    });
    const nameOf = (id: string | null): string =>
      id === null ? "Starter bank" : (people.find((person) => person.id === id)?.name ?? "A former member");
    return {
      id: row.id,
      slug: row.slug,
      currentVersion: row.versions.find((version) => version.id === row.currentId)?.version ?? null,
      latestVersion: row.versions[0]?.version ?? shown.version,
      exposure: row.exposure.reduce((sum, shard) => sum + shard.allotted, 0),
      presented: row.exposure.reduce((sum, shard) => sum + shard.presented, 0),
      shown: {
        id: shown.id,
        version: shown.version,
        status: shown.status,
        hash: shown.hash,
        item: bankItem.parse({
          id: row.slug,
          skill: shown.skill,
          level: shown.level,
          subSkill: shown.subSkill,
          topic: shown.topic,
          difficulty: shown.difficulty,
          ...(shown.difficultyReason !== null && { difficultyReason: shown.difficultyReason }),
          anchor: shown.anchor,
          content: shown.content,
          ...(shown.key !== null && { key: shown.key }),
          rationale: shown.rationale,
          ...(shown.fairness !== null && { fairness: shown.fairness }),
          ...(shown.review !== null && { review: shown.review }),
        }),
      },
      history: row.versions.map((version) => ({
        id: version.id,
        version: version.version,
        status: version.status,
        reason: version.reason,
        author: nameOf(version.authorId),
        createdAt: version.createdAt,
        changes: version.changes.map((change) => ({ ...change, by: nameOf(change.byId) })),
      })),
    };
  },
});

/** A file of the bank, for staff: candidates get theirs through their exam. */
export const getMedia = defineQuery({
  name: "getMedia",
  permission: "item:read",
  input: z.object({ name: z.string().max(80) }),
  run: async ({ db }, { name }) => {
    const media = await db.media.findUnique({
      where: { name },
      select: { storageKey: true, mimeType: true },
    });
    if (!media) throw notFound("The file");
    return media;
  },
});
