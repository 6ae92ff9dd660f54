import { agreementOn } from "@bandwise/psychometrics/agreement";
import { type Intraclass, oneWayIntraclass } from "@bandwise/psychometrics/intraclass";
import { agreementWithin, type CategoryPairs, kappa } from "@bandwise/psychometrics/kappa";
import { fitManyFacet, type ManyFacet, NotEstimable } from "@bandwise/psychometrics/many-facet";
import { categoryCount, createRatingTable, type Mark } from "@bandwise/psychometrics/rating-table";
import { type SeverityDrift, severityDrift } from "@bandwise/psychometrics/severity-drift";
import { levelBands } from "@bandwise/scoring/cefr";
import { z } from "zod";
import { defineQuery } from "../kernel/define.ts";
import { type RatingScale, rubricFile, scoreProgress } from "./schema.ts";

/** Marks read at most: the newest count, and a page must not wait for minutes. */
const mostMarks = 60_000;

export const qualityFilter = z
  .object({
    /** Schemes have scales of their own: marks of two are never looked at together. */
    scheme: rubricFile.shape.scheme.catch("ielp"),
    skill: z.enum(["writing", "speaking"]).catch("writing"),
    level: z.enum(levelBands).optional().catch(undefined),
    days: z.union([z.literal(7), z.literal(30), z.literal(90), z.literal(365)]).catch(90),
  })
  // The other two are spoken, and their tasks are put to everybody whatever the level.
  .transform((filter) =>
    filter.scheme === "ielp" ? filter : { ...filter, skill: "speaking" as const, level: undefined },
  );

/**
 * How well examiners of a skill mark: agreement on scripts that two of them marked, each one's severity and consistency, drift
 * from month to month, and speed. First marks only: an adjudication is given with the others in view.
 */
export const getMarkingQuality = defineQuery({
  name: "getMarkingQuality",
  permission: "marking:lead",
  input: qualityFilter,
  run: async ({ db, clock }, { scheme, skill, level, days }) => {
    const now = clock.now();
    const since = new Date(now.getTime() - days * 86_400_000);
    const [ratings, rubric, speeds, scripts] = await Promise.all([
      db.rating.findMany({
        where: {
          role: "mark",
          status: "final",
          cannotMark: null,
          finalAt: { gte: since },
          rubric: { scheme },
          script: { purpose: "live", skill, ...(level && { level }) },
        },
        orderBy: [{ finalAt: "desc" }, { id: "desc" }],
        take: mostMarks / 5,
        select: { scriptId: true, raterId: true, scores: true, finalAt: true, script: { select: { level: true } } },
      }),
      db.rubric.findFirst({ where: { scheme, skill }, orderBy: { version: "desc" }, select: { data: true } }),
      db.$queryRaw<{ raterId: string; marks: number; medianSeconds: number | null }[]>`
        select r.rater_id as "raterId", count(*)::int as marks,
               percentile_cont(0.5) within group (order by extract(epoch from r.final_at - r.created_at)::float8) as "medianSeconds"
        from rating r join script s on s.id = r.script_id and s.purpose = 'live' and s.skill = ${skill}::skill
               join rubric b on b.id = r.rubric_id and b.scheme = ${scheme}
        where r.role = 'mark' and r.status = 'final' and r.final_at >= ${since} and (${level ?? null}::text is null or s.level = ${level ?? null})
        group by 1`,
      db.script.groupBy({
        by: ["status"],
        where: {
          purpose: "live",
          skill,
          settledAt: { gte: since },
          ratings: { some: { rubric: { scheme } } },
          ...(level && { level }),
        },
        _count: true,
      }),
    ]);
    const parsed = rubric ? rubricFile.parse(rubric.data) : null;
    const criteria = parsed?.criteria.map(({ id, name }) => ({ id, name })) ?? [];
    const scale = scaleOf(parsed?.scale);
    const near = nearSteps(scale);
    const marks = ratings.flatMap(({ scriptId, raterId, scores, finalAt, script }) =>
      Object.entries(scoreProgress.parse(scores)).map(([criterion, score]) => ({
        script: scriptId,
        rater: raterId,
        criterion,
        score,
        level: script.level,
        period: (finalAt ?? now).toISOString().slice(0, 7),
      })),
    );
    const people = await db.person.findMany({
      where: { id: { in: [...new Set(ratings.map(({ raterId }) => raterId))] } },
      select: { id: true, name: true },
    });
    const names = new Map(people.map(({ id, name }) => [id, name]));
    const table = marks.length > 0 ? createRatingTable(marks, scale) : null;
    const levels = [...levelBands, "all"].map((band) => ({
      level: band,
      marks: marks.filter((mark) => mark.level === band),
    }));
    return {
      now,
      /** How far apart, in points of the scale, two marks may lie to count as near. */
      nearPoints: near * scale.step,
      step: scale.step,
      settled: scripts.find(({ status }) => status === "settled")?._count ?? 0,
      marks: ratings.length,
      criteria: criteria.map((criterion) => ({
        ...criterion,
        agreement: table && agreementOn(table, criterion.id),
        intraclass: intraclassOf(marks.filter((mark) => mark.criterion === criterion.id)),
      })),
      tasks: levels.flatMap((one) =>
        one.marks.length === 0 ? [] : [{ level: one.level, agreement: pooled(one.marks, scale, near) }],
      ),
      raters: speeds
        .map(({ raterId, marks: given, medianSeconds }) => ({
          id: raterId,
          name: names.get(raterId) ?? "",
          marks: given,
          medianSeconds,
          agreement: pooled(marks, scale, near, raterId),
        }))
        .sort((a, b) => a.name.localeCompare(b.name)),
      manyFacet: severities(coarse(marks, scale), coarseScale(scale)),
      drift: drifts(coarse(marks, scale), coarseScale(scale)),
    };
  },
});

interface Scale {
  readonly min: number;
  readonly max: number;
  readonly step: number;
}

function scaleOf({ lowest, highest, step }: RatingScale = { lowest: 0, highest: 10, step: 0.5 }): Scale {
  return { min: lowest, max: highest, step };
}

/** A tenth of the scale is near: a point of ten, ten of a hundred; of nine bands one. */
function nearSteps({ min, max, step }: Scale): number {
  return Math.max(1, Math.round((max - min) / 10 / step));
}

/** The Rasch model has a threshold for each step, and of a hundred steps most are never used: there it is asked in tenths. */
const mostThresholds = 30;
function coarseScale(scale: Scale): Scale {
  const { min, max, step } = scale;
  return (max - min) / step <= mostThresholds ? scale : { min, max, step: (max - min) / 10 };
}

function coarse<M extends Mark>(marks: readonly M[], scale: Scale): readonly M[] {
  const { min, step } = coarseScale(scale);
  if (step === scale.step) return marks;
  return marks.map((mark) => ({ ...mark, score: min + Math.round((mark.score - min) / step) * step }));
}

/**
 * Agreement over all criteria. The criteria of one script stand or fall together, so that its interval is that of so many
 * scripts, not of five times as many. With `rater`, only pairs that person is part of.
 */
function pooled(marks: readonly Mark[], scale: Scale, near: number, rater?: string) {
  const byScript = new Map<string, Mark[]>();
  for (const mark of marks) byScript.set(mark.script, [...(byScript.get(mark.script) ?? []), mark]);
  const first: number[] = [];
  const second: number[] = [];
  const cluster: number[] = [];
  const category = ({ score }: Mark) => Math.round((score - scale.min) / scale.step);
  for (const [place, given] of [...byScript.values()].entries()) {
    const raters = [...new Set(given.map((mark) => mark.rater))].sort((a, b) =>
      a === rater ? -1 : b === rater ? 1 : a < b ? -1 : 1,
    );
    const [one, other] = raters;
    if (one === undefined || other === undefined || (rater !== undefined && one !== rater)) continue;
    for (const mark of given.filter((candidate) => candidate.rater === one)) {
      const beside = given.find((candidate) => candidate.rater === other && candidate.criterion === mark.criterion);
      if (!beside) continue;
      first.push(category(mark));
      second.push(category(beside));
      cluster.push(place);
    }
  }
  const pairs: CategoryPairs = { first, second, cluster };
  return {
    scripts: new Set(cluster).size,
    exact: agreementWithin(pairs, 0),
    adjacent: agreementWithin(pairs, near),
    quadratic: kappa(pairs, categoryCount(scale), "quadratic"),
  };
}

/**
 * Absolute agreement of single marks, ICC(1,1): which two examiners meet a script changes from one to the next, so neither
 * column of the matrix is anybody's.
 */
function intraclassOf(marks: readonly Mark[]): (Intraclass & { readonly scripts: number }) | null {
  const byScript = new Map<string, number[]>();
  for (const { script, score } of marks) byScript.set(script, [...(byScript.get(script) ?? []), score]);
  const twice = [...byScript.values()].filter((scores) => scores.length >= 2);
  const forms = oneWayIntraclass({
    targets: twice.length,
    raters: 2,
    scores: Float64Array.from(twice.flatMap((scores) => scores.slice(0, 2))),
  });
  return forms && { ...forms["ICC(1,1)"], scripts: twice.length };
}

type Severities =
  | { readonly kind: "fitted"; readonly fit: Pick<ManyFacet, "raters" | "separation" | "connected" | "warnings"> }
  | { readonly kind: "none"; readonly reason: string };

function severities(marks: readonly Mark[], scale: Scale): Severities {
  if (marks.length === 0) return { kind: "none", reason: "nothing was marked in this time" };
  try {
    const fit = fitManyFacet(createRatingTable(marks, scale));
    return { kind: "fitted", fit };
  } catch (error) {
    if (error instanceof NotEstimable) return { kind: "none", reason: error.message };
    throw error;
  }
}

function drifts(marks: readonly (Mark & { readonly period: string })[], scale: Scale): readonly SeverityDrift[] {
  if (new Set(marks.map(({ period }) => period)).size < 2) return [];
  try {
    return severityDrift(marks, scale).raters;
  } catch (error) {
    if (error instanceof NotEstimable) return [];
    throw error;
  }
}
