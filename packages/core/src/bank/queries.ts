import { Prisma } from "@bandwise/db/client";
import { z } from "zod";
import { defineQuery } from "../kernel/define.ts";
import { notFound } from "../kernel/errors.ts";
import { type Page, pageInput, skipTake } from "../kernel/page.ts";
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
  sort: z.enum(["name", "difficulty", "exposure", "newest"]).catch("name"),
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
  readonly createdAt: Date;
}

const orders = {
  name: Prisma.sql`i.slug`,
  difficulty: Prisma.sql`v.difficulty, i.slug`,
  exposure: Prisma.sql`exposure desc, i.slug`,
  newest: Prisma.sql`v.created_at desc, i.slug`,
};

/** The bank as its staff browse it: filtered, searched (full text in stem, options and stimulus) and paged by the database. */
export const listItems = defineQuery({
  name: "listItems",
  permission: "item:read",
  input: itemFilter,
  run: async ({ db }, input): Promise<Page<ItemRow>> => {
    const conditions: Prisma.Sql[] = [Prisma.sql`true`];
    if (input.search) {
      const prefix = `${input.search.toLowerCase()}%`;
      conditions.push(
        Prisma.sql`(to_tsvector('english', v.search_text) @@ websearch_to_tsquery('english', ${input.search}) or i.slug like ${prefix})`,
      );
    }
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
               coalesce(e.allotted, 0)::int as exposure, coalesce(e.presented, 0)::int as presented
        from item i
        join item_version v on v.id = i.current_id
        left join lateral (select sum(allotted) as allotted, sum(presented) as presented from item_exposure where item_id = i.id) e on true
        where ${where}
        order by ${orders[input.sort]}
        limit ${take} offset ${skip}`,
      db.$queryRaw<{ total: number }[]>`
        select count(*)::int as total from item i join item_version v on v.id = i.current_id where ${where}`,
    ]);
    return { rows, total: count?.total ?? 0, page: input.page, pageSize: input.pageSize };
  },
});

export interface BankCell {
  readonly skill: string;
  readonly level: string;
  readonly subSkill: string;
  readonly active: number;
  readonly allotted: number;
}

/** Active items per skill, level and sub-skill, and how often they were allotted: the heat map. */
export const bankOverview = defineQuery({
  name: "bankOverview",
  permission: "item:read",
  input: z.object({}),
  run: ({ db }): Promise<BankCell[]> => db.$queryRaw<BankCell[]>`
    select v.skill::text as skill, v.level, v.sub_skill as "subSkill", count(*)::int as active,
           coalesce(sum(e.allotted), 0)::int as allotted
    from item i
    join item_version v on v.id = i.current_id and v.status = 'active'
    left join lateral (select sum(allotted) as allotted from item_exposure where item_id = i.id) e on true
    group by v.skill, v.level, v.sub_skill
    order by v.skill, v.level, v.sub_skill`,
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
          anchor: shown.anchor,
          content: shown.content,
          ...(shown.key !== null && { key: shown.key }),
          rationale: shown.rationale,
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
      select: { storageKey: true, mimeType: true, bytes: true, sha256: true },
    });
    if (!media) throw notFound("The file");
    return media;
  },
});
