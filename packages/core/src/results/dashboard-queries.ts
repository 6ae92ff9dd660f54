import { Prisma, type PrismaClient } from "@bandwise/db/client";
import { z } from "zod";
import { defineQuery } from "../kernel/define.ts";
import { distributionsOf } from "./distribution-rules.ts";

/** Scripts somebody waits for: not those that a voided attempt left behind. */
const openScripts = Prisma.sql`
  select s.waiting_since from script s join attempt a on a.id = s.attempt_id and a.status = 'marking'
  where s.status in ('waiting', 'leased', 'adjudication')`;

/** Overall scores of these results and how often each was reached. */
export async function countScores(db: PrismaClient, where: Prisma.ResultWhereInput) {
  const groups = await db.result.groupBy({ by: ["schemeId", "overallHundredths"], where, _count: true });
  return groups.map(({ _count, ...score }) => ({ ...score, count: _count }));
}

/** How long results should take at most, from submission to release. */
const targetHours = 48;

/** The figures an admin looks at first: what is going on, what waits and how long, what can be released, how bands fall. */
export const getDashboard = defineQuery({
  name: "getDashboard",
  permission: "dashboard:read",
  input: z.object({}),
  run: async ({ db, clock }) => {
    const now = clock.now();
    const monthAgo = new Date(now.getTime() - 30 * 86_400_000);
    const dayStart = new Date(now.getTime() - 24 * 3_600_000);
    const dayEnd = new Date(now.getTime() + 24 * 3_600_000);
    const [counts, ages, oldest, sittings, scores, turnaround] = await Promise.all([
      db.$queryRaw<
        {
          inProgress: number;
          openSittings: number;
          waiting: number;
          oldest: Date | null;
          late: number;
          ready: number;
          review: number;
        }[]
      >`
        with open_script as (${openScripts})
        select (select count(*)::int from attempt where status = 'in_progress') as "inProgress",
               (select count(*)::int from sitting where starts_at <= ${now} and ends_at > ${now} and cancelled_at is null) as "openSittings",
               (select count(*)::int from open_script) as waiting,
               (select min(waiting_since) from open_script) as oldest,
               (select count(*)::int from open_script where waiting_since < ${now}::timestamptz - make_interval(hours => ${targetHours})) as late,
               (select count(*)::int from attempt a where a.status = 'marked' and a.review_reason is null
                  and exists (select 1 from result r where r.attempt_id = a.id and r.status = 'provisional')) as ready,
               (select count(*)::int from attempt where review_reason is not null and status in ('submitted', 'marking', 'marked')) as review`,
      db.$queryRaw<{ bucket: number; count: number }[]>`
        select least(floor(extract(epoch from ${now}::timestamptz - waiting_since) / 21600), 8)::int as bucket, count(*)::int as count
        from (${openScripts}) as open_script group by 1 order by 1`,
      db.script.findMany({
        where: { status: { in: ["waiting", "leased", "adjudication"] }, attempt: { status: "marking" } },
        orderBy: [{ waitingSince: "asc" }, { id: "asc" }],
        take: 5,
        select: {
          code: true,
          skill: true,
          level: true,
          status: true,
          waitingSince: true,
          leaseHolder: { select: { name: true } },
        },
      }),
      db.$queryRaw<
        {
          id: string;
          startsAt: Date;
          centre: string;
          programme: string;
          timeZone: string;
          capacity: number;
          booked: number;
          checkedIn: number;
          inProgress: number;
          submitted: number;
          noShow: number;
        }[]
      >`
        select s.id, s.starts_at as "startsAt", c.name as centre, p.title as programme, c.time_zone as "timeZone", s.capacity,
               count(*) filter (where a.status = 'booked')::int as booked,
               count(*) filter (where a.status = 'checked_in')::int as "checkedIn",
               count(*) filter (where a.status = 'in_progress')::int as "inProgress",
               count(*) filter (where a.status in ('submitted', 'marking', 'marked', 'released'))::int as submitted,
               count(*) filter (where a.status = 'no_show')::int as "noShow"
        from sitting s join centre c on c.id = s.centre_id join programme p on p.id = s.programme_id
               left join attempt a on a.sitting_id = s.id and a.status not in ('cancelled', 'voided')
        where s.starts_at < ${dayEnd} and s.ends_at > ${dayStart} and s.cancelled_at is null
          -- Today is the centre's own day.
          and (${now}::timestamptz at time zone c.time_zone)::date
            between (s.starts_at at time zone c.time_zone)::date and (s.ends_at at time zone c.time_zone)::date
        group by s.id, c.id, p.id order by s.starts_at limit 8`,
      countScores(db, { status: "released", releasedAt: { gte: monthAgo } }),
      db.$queryRaw<{ released: number; inTime: number }[]>`
        select count(*)::int as released,
               count(*) filter (where r.released_at - a.submitted_at <= make_interval(hours => ${targetHours}))::int as "inTime"
        from result r join attempt a on a.id = r.attempt_id
        where r.status = 'released' and r.released_at >= ${monthAgo}`,
    ]);
    const figures = counts[0];
    if (!figures) throw new Error("the dashboard's figures did not come");
    return {
      now,
      targetHours,
      figures,
      /** Scripts waiting, by age in steps of six hours; the last step is everything past the target. */
      waitingByAge: Array.from({ length: 9 }, (_, step) => ages.find((age) => age.bucket === step)?.count ?? 0),
      oldest,
      sittings,
      /** Overall scores of the last 30 days, scheme by scheme. */
      distributions: distributionsOf(scores),
      released: turnaround[0] ?? { released: 0, inTime: 0 },
    };
  },
});
