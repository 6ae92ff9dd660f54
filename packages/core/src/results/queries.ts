import { Prisma } from "@bandwise/db/client";
import { z } from "zod";
import { blueprint } from "../delivery/schema.ts";
import { defineQuery } from "../kernel/define.ts";
import { notFound } from "../kernel/errors.ts";
import { type Page, skipTake } from "../kernel/page.ts";
import { maySeeWhoseScript } from "../kernel/policy.ts";
import { scriptOutcome } from "../marking/policy-schema.ts";
import { answerId, answerSelect, isOutdated, judgedBy, liveOnly, reopenObstacle } from "../marking/rules.ts";
import { scoreProgress } from "../marking/schema.ts";
import { summaryOf } from "../schemes/rules.ts";
import { scoreRange } from "./range-schema.ts";
import { automaticObstacle } from "./release-rules.ts";
import { marksInDoubt } from "./release-steps.ts";
import { machineStanding, releaseObstacle, type StoredOutput, summariseInputs } from "./rules.ts";
import { attemptInput, resultFilter, resultInputs } from "./schema.ts";
import { visibleResults } from "./scope.ts";

const resultRow = {
  id: true,
  attemptId: true,
  version: true,
  status: true,
  schemeId: true,
  schemeVersion: true,
  schemeHash: true,
  output: true,
  scoreRange: true,
  createdAt: true,
  releasedAt: true,
  supersededAt: true,
  attempt: {
    select: {
      id: true,
      reference: true,
      startedAt: true,
      submittedAt: true,
      candidate: { select: { name: true } },
      sitting: {
        select: { centre: { select: { name: true, timeZone: true } }, programme: { select: { title: true } } },
      },
      /** The one that counts now; another than this row where this one has been replaced. */
      results: { where: { status: "released" }, select: { id: true } },
    },
  },
  certificates: {
    orderBy: { issuedAt: "desc" },
    take: 1,
    select: { id: true, code: true, status: true, validUntil: true },
  },
} as const;

/** What a candidate sees of a result: bands, shares, composites, sub-skills and the trace; of an item only level, sub-skill and credit. */
export const getResult = defineQuery({
  name: "getResult",
  permission: "account:own",
  input: z.object({ resultId: z.uuid() }),
  run: async ({ db, viewer }, { resultId }) => {
    const row = await db.result.findFirst({
      where: { AND: [{ id: resultId }, visibleResults(viewer)] },
      select: { ...resultRow, inputs: true },
    });
    if (!row) throw notFound("The result");
    const { certificates, inputs, ...result } = row;
    const output = row.output as unknown as StoredOutput;
    const counting = row.attempt.results[0]?.id ?? null;
    return {
      ...result,
      range: scoreRange.safeParse(result.scoreRange).data ?? null,
      certificate: certificates[0] ?? null,
      output,
      replacedById: counting === row.id ? null : counting,
      summary: summaryOf(output),
      machine: machineStanding(resultInputs.parse(inputs)),
    };
  },
});

/** A candidate's released results, newest first, with what a progress chart needs. */
export const listMyResults = defineQuery({
  name: "listMyResults",
  permission: "result:own",
  input: z.object({}),
  run: async ({ db, viewer }) => {
    const rows = await db.result.findMany({
      where: { AND: [{ status: "released" }, visibleResults(viewer)] },
      // By sitting, not by release: progress is told in the order the sittings were.
      orderBy: [{ attempt: { startedAt: "desc" } }, { id: "desc" }],
      take: 50,
      select: {
        id: true,
        schemeId: true,
        overallHundredths: true,
        cefr: true,
        releasedAt: true,
        attempt: {
          select: {
            startedAt: true,
            submittedAt: true,
            bookedAt: true,
            sitting: { select: { programme: { select: { title: true } }, centre: { select: { timeZone: true } } } },
          },
        },
        certificates: { orderBy: { issuedAt: "desc" }, take: 1, select: { code: true } },
      },
    });
    return rows.map(({ attempt, certificates, ...row }) => ({
      ...row,
      certificate: certificates[0] ?? null,
      satAt: attempt.startedAt ?? attempt.submittedAt ?? attempt.bookedAt,
      timeZone: attempt.sitting.centre.timeZone,
      programme: attempt.sitting.programme.title,
    }));
  },
});

/** What a programme's own rule says of an attempt: null where an admin releases, else what keeps it from releasing itself. */
function automaticRelease(
  stored: unknown,
  attempt: { id: string; status: string; reviewReason: string | null },
  resultStatus: string | null,
  doubtful: readonly string[],
): { readonly heldBecause: string | null } | null {
  const rule = blueprint.parse(stored).release ?? "by-admin";
  if (rule === "by-admin") return null;
  const marksInDoubt = doubtful.includes(attempt.id) ? 1 : 0;
  return { heldBecause: automaticObstacle({ ...attempt, resultStatus, rule, marksInDoubt }) };
}

/** Attempts by how near they are to release: `ready` can be released, `held` cannot yet and says why. */
export const listResults = defineQuery({
  name: "listResults",
  permission: "result:read",
  input: resultFilter,
  run: async ({ db, clock }, input) => {
    const states = {
      ready: { status: "marked" as const, reviewReason: null, results: { some: { status: "provisional" as const } } },
      held: {
        OR: [
          { status: { in: ["submitted" as const, "marking" as const] } },
          {
            status: "marked" as const,
            OR: [{ reviewReason: { not: null } }, { results: { none: { status: "provisional" as const } } }],
          },
        ],
      },
      released: { status: "released" as const },
      all: { status: { in: ["submitted" as const, "marking" as const, "marked" as const, "released" as const] } },
    };
    const order = {
      ready: { submittedAt: "asc" as const },
      held: { submittedAt: "asc" as const },
      released: { releasedAt: "desc" as const },
      all: { submittedAt: "desc" as const },
    }[input.state];
    const where = {
      AND: [
        states[input.state],
        input.search === ""
          ? {}
          : {
              OR: [
                { reference: { startsWith: input.search.toUpperCase() } },
                { candidate: { name: { contains: input.search, mode: "insensitive" as const } } },
              ],
            },
      ],
    };
    const [total, ready, held, attempts] = await Promise.all([
      db.attempt.count({ where }),
      db.attempt.count({ where: states.ready }),
      db.attempt.count({ where: states.held }),
      db.attempt.findMany({
        where,
        orderBy: [order, { id: "asc" }],
        ...skipTake(input),
        select: {
          id: true,
          reference: true,
          status: true,
          submittedAt: true,
          markedAt: true,
          releasedAt: true,
          reviewReason: true,
          candidate: { select: { id: true, name: true } },
          sitting: {
            select: {
              programme: { select: { title: true, blueprint: true } },
              centre: { select: { name: true, timeZone: true } },
            },
          },
          scores: { select: { skill: true, band: true } },
          scripts: { select: { status: true } },
          results: {
            where: { status: { in: ["provisional", "released"] } },
            // The released one first: a re-mark may have made another, which nobody has been given yet.
            orderBy: [{ status: "desc" }, { version: "desc" }],
            take: 1,
            select: { id: true, status: true, output: true, overallHundredths: true, cefr: true },
          },
        },
      }),
    ]);
    const doubtful = await marksInDoubt(
      db,
      attempts.map(({ id }) => id),
    );
    const rows = attempts.map(({ results, scripts, sitting, ...attempt }) => {
      const result = results[0];
      const output = result ? (result.output as unknown as StoredOutput) : null;
      return {
        ...attempt,
        sitting: { centre: sitting.centre, programme: { title: sitting.programme.title } },
        automatic: automaticRelease(sitting.programme.blueprint, attempt, result?.status ?? null, doubtful),
        scriptsSettled: scripts.filter((script) => script.status === "settled").length,
        scriptsTotal: scripts.length,
        result: result && output ? { id: result.id, status: result.status, ...summaryOf(output) } : null,
        obstacle: releaseObstacle({ ...attempt, resultStatus: result?.status ?? null }),
      };
    });
    const page: Page<(typeof rows)[number]> = { rows, total, page: input.page, pageSize: input.pageSize };
    return { ...page, counts: { ready, held }, now: clock.now() };
  },
});

/** One attempt's results for staff: every version, the frozen inputs in short, and who rated what. */
export const getAttemptResults = defineQuery({
  name: "getAttemptResults",
  permission: "result:read",
  input: attemptInput,
  run: async ({ db, viewer }, { attemptId }) => {
    const attempt = await db.attempt.findUnique({
      where: { id: attemptId },
      select: {
        id: true,
        reference: true,
        status: true,
        reviewReason: true,
        startedAt: true,
        submittedAt: true,
        markedAt: true,
        releasedAt: true,
        candidate: { select: { id: true, name: true } },
        sitting: {
          select: {
            programme: { select: { title: true, blueprint: true } },
            centre: { select: { name: true, timeZone: true } },
          },
        },
        scores: {
          select: { skill: true, raw: true, band: true, cefr: true, scoredAt: true },
          orderBy: { skill: "asc" },
        },
        scripts: {
          orderBy: [{ skill: "asc" }, { attemptItem: { position: "asc" } }],
          select: {
            id: true,
            code: true,
            skill: true,
            level: true,
            status: true,
            waitingSince: true,
            settledAt: true,
            outcome: true,
            attemptItem: { select: answerSelect },
            ratings: {
              orderBy: { createdAt: "asc" },
              select: {
                entryId: true,
                recordingId: true,
                id: true,
                role: true,
                status: true,
                scores: true,
                comment: true,
                cannotMark: true,
                finalAt: true,
                rater: { select: { name: true } },
                rubric: { select: { name: true, version: true, scheme: true } },
              },
            },
          },
        },
        results: {
          orderBy: { version: "desc" },
          select: { ...resultRow, inputs: true, overallHundredths: true, cefr: true, releasedById: true },
        },
      },
    });
    if (!attempt) throw notFound("The attempt");
    const { results, scripts, sitting, ...rest } = attempt;
    const doubtful = await marksInDoubt(db, [attemptId]);
    const mayName = maySeeWhoseScript(viewer);
    const releasers = await db.person.findMany({
      where: { id: { in: results.flatMap(({ releasedById }) => (releasedById === null ? [] : [releasedById])) } },
      select: { id: true, name: true },
    });
    return {
      ...rest,
      sitting: { centre: sitting.centre, programme: { title: sitting.programme.title } },
      automatic: automaticRelease(sitting.programme.blueprint, attempt, results[0]?.status ?? null, doubtful),
      scripts: scripts.map(({ attemptItem, id, code, ...script }) => {
        const item = liveOnly(attemptItem);
        const answer = answerId({ skill: script.skill, ...item });
        const ratings = script.ratings.map(({ entryId, recordingId, ...rating }) => ({
          ...rating,
          scores: scoreProgress.parse(rating.scores),
          outdated: rating.status === "final" && isOutdated(script.skill, judgedBy({ entryId, recordingId }), answer),
        }));
        return {
          ...script,
          outcome: scriptOutcome.safeParse(script.outcome).data ?? null,
          key: item.id,
          /** What leads to the marking screen; null for who marks. */
          script: mayName ? { id, code } : null,
          reopenable:
            reopenObstacle({
              status: script.status,
              attemptStatus: attempt.status,
              rated: ratings.some(({ status }) => status === "final"),
              outdated: ratings.some(({ outdated }) => outdated),
              inReview: attempt.reviewReason !== null,
            }) === null,
          ratings,
        };
      }),
      results: results.map(({ inputs, releasedById, ...result }) => ({
        ...result,
        range: scoreRange.safeParse(result.scoreRange).data ?? null,
        output: result.output as unknown as StoredOutput,
        summary: summaryOf(result.output as unknown as StoredOutput),
        inputs: summariseInputs(resultInputs.parse(inputs)),
        releasedBy: releasers.find(({ id }) => id === releasedById)?.name ?? null,
      })),
      obstacle: releaseObstacle({ ...attempt, resultStatus: results[0]?.status ?? null }),
    };
  },
});

/** Scripts somebody waits for: not those that a voided attempt left behind. */
const openScripts = Prisma.sql`
  select s.waiting_since from script s join attempt a on a.id = s.attempt_id and a.status = 'marking'
  where s.status in ('waiting', 'leased', 'adjudication')`;

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
    const [counts, ages, oldest, sittings, bands, turnaround] = await Promise.all([
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
      db.$queryRaw<{ bucket: number; count: number }[]>`
        select greatest(ceil(overall_hundredths / 50.0) - 1, 0)::int as bucket, count(*)::int as count
        from result where status = 'released' and scheme_id = 'ielp' and released_at >= ${monthAgo} group by 1 order by 1`,
      db.$queryRaw<{ released: number; inTime: number; median: number | null }[]>`
        select count(*)::int as released,
               count(*) filter (where r.released_at - a.submitted_at <= make_interval(hours => ${targetHours}))::int as "inTime",
               percentile_cont(0.5) within group (order by r.overall_hundredths) filter (where r.scheme_id = 'ielp') as median
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
      /** Overall bands of the last 30 days in steps of half a band; an end belongs to the lower step, as on the scale. */
      bandCounts: Array.from({ length: 20 }, (_, step) => bands.find((band) => band.bucket === step)?.count ?? 0),
      released: turnaround[0] ?? { released: 0, inTime: 0, median: null },
    };
  },
});
