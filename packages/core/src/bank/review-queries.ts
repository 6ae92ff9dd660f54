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
    // Two scans of their own: an "or" over both would read every draft there is.
    const waiting = Prisma.sql`
      select v.id, v.item_id, v.version, v.skill,
             case when r.decision in ('approve', 'carry') then 'admin' else 'reviewer' end as waits_for
      from item_version v
      left join lateral (select decision from item_review where version_id = v.id order by at desc limit 1) r on true
      where v.status = 'in_review'
      union all
      select v.id, v.item_id, v.version, v.skill, 'author'
      from item_version v
      where v.status = 'draft' and exists (select 1 from item_review r where r.version_id = v.id and r.decision = 'return')`;
    const { skip, take } = skipTake(input);
    const skill = input.skill ? Prisma.sql`and w.skill = ${input.skill}::skill` : Prisma.empty;
    const [rows, counts] = await Promise.all([
      db.$queryRaw<ReviewRow[]>`
        select w.item_id as "itemId", w.id as "versionId", i.slug, v.version, v.skill::text as skill, v.level,
               v.sub_skill as "subSkill", coalesce(v.content #>> '{interaction,stem}', v.content ->> 'title', '') as stem,
               coalesce(p.name, 'Imported') as author, w.since,
               (select count(*)::int from item_comment c join item_version cv on cv.id = c.version_id
                where cv.item_id = w.item_id and c.resolved_at is null) as "openComments",
               coalesce(v.author_id = ${personId}::uuid, false) as own
        from (select w.id, w.item_id,
                     coalesce((select max(at) from item_status_change where item_version_id = w.id), v.created_at) as since
              from (${waiting}) w join item_version v on v.id = w.id
              where w.waits_for = ${input.waitsFor} ${skill}
              order by since, w.id
              limit ${take} offset ${skip}) w
        join item_version v on v.id = w.id
        join item i on i.id = w.item_id
        left join person p on p.id = v.author_id
        order by w.since, w.id`,
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
