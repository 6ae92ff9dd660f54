import { Prisma } from "@bandwise/db/client";
import { z } from "zod";
import { defineQuery } from "../kernel/define.ts";
import { type Page, pageInput, skipTake } from "../kernel/page.ts";
import { requirePerson } from "../kernel/policy.ts";
import { skills } from "./schema.ts";

/** For whom a version waits: its second reader, the admin who puts it to use, or the author it was returned to. */
export const reviewWaits = ["reviewer", "admin", "author"] as const;
export type ReviewWait = (typeof reviewWaits)[number];

export const reviewQueueInput = pageInput.extend({
  waitsFor: z.enum(reviewWaits).default("reviewer").catch("reviewer"),
  skill: z.preprocess((value) => (value === "" ? undefined : value), z.enum(skills).optional()),
});

export interface ReviewRow {
  readonly itemId: string;
  readonly versionId: string;
  readonly slug: string;
  readonly version: number;
  readonly skill: string;
  readonly level: string;
  readonly subSkill: string;
  readonly stem: string;
  readonly author: string;
  readonly since: Date;
  readonly openComments: number;
  /** The viewer wrote it, so somebody else has to review it. */
  readonly own: boolean;
}

/** Versions in preparation that wait for somebody, the longest waiting first. */
export const listReviewQueue = defineQuery({
  name: "listReviewQueue",
  permission: "item:read",
  input: reviewQueueInput,
  run: async (
    { db, viewer },
    input,
  ): Promise<Page<ReviewRow> & { readonly counts: Readonly<Record<ReviewWait, number>> }> => {
    const { personId } = requirePerson(viewer);
    const waiting = Prisma.sql`
      select v.id, v.item_id, v.version, v.skill, v.level, v.sub_skill, v.content, v.author_id, v.created_at,
             case when v.status = 'draft' then 'author' when r.decision in ('approve', 'carry') then 'admin' else 'reviewer' end as waits_for
      from item_version v
      left join lateral (select decision from item_review where version_id = v.id order by at desc limit 1) r on true
      where v.status = 'in_review' or (v.status = 'draft' and r.decision = 'return')`;
    const { skip, take } = skipTake(input);
    const skill = input.skill ? Prisma.sql`and w.skill = ${input.skill}::skill` : Prisma.empty;
    const [rows, counts] = await Promise.all([
      db.$queryRaw<ReviewRow[]>`
        select w.item_id as "itemId", w.id as "versionId", i.slug, w.version, w.skill::text as skill, w.level,
               w.sub_skill as "subSkill", coalesce(w.content #>> '{interaction,stem}', w.content ->> 'title', '') as stem,
               coalesce(p.name, 'Imported') as author, coalesce(m.at, w.created_at) as since,
               (select count(*)::int from item_comment c join item_version cv on cv.id = c.version_id
                where cv.item_id = w.item_id and c.resolved_at is null) as "openComments",
               coalesce(w.author_id = ${personId}::uuid, false) as own
        from (${waiting}) w
        join item i on i.id = w.item_id
        left join person p on p.id = w.author_id
        left join lateral (select max(at) as at from item_status_change where item_version_id = w.id) m on true
        where w.waits_for = ${input.waitsFor} ${skill}
        order by since, i.slug
        limit ${take} offset ${skip}`,
      db.$queryRaw<{ waits_for: ReviewWait; count: number }[]>`
        select w.waits_for, count(*)::int as count from (${waiting}) w where true ${skill} group by w.waits_for`,
    ]);
    const count = (wait: ReviewWait): number => counts.find(({ waits_for }) => waits_for === wait)?.count ?? 0;
    return {
      rows,
      total: count(input.waitsFor),
      page: input.page,
      pageSize: input.pageSize,
      counts: { reviewer: count("reviewer"), admin: count("admin"), author: count("author") },
    };
  },
});
