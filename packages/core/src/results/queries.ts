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
import { countScores } from "./dashboard-queries.ts";
import { distributionsOf } from "./distribution-rules.ts";
import { type ScoreRange, scoreRange } from "./range-schema.ts";
import { automaticObstacle } from "./release-rules.ts";
import { marksInDoubt } from "./release-steps.ts";
import { machineStanding, releaseObstacle, remarkedSkills, type StoredOutput, summariseInputs } from "./rules.ts";
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
    const frozen = resultInputs.parse(inputs);
    const counting = row.attempt.results[0]?.id ?? null;
    return {
      ...result,
      range: scoreRange.safeParse(result.scoreRange).data ?? null,
      certificate: certificates[0] ?? null,
      output,
      replacedById: counting === row.id ? null : counting,
      summary: summaryOf(output),
      machine: machineStanding(frozen),
      remarked: remarkedSkills(frozen),
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
        output: true,
        scoreRange: true,
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
    return rows.map(({ attempt, certificates, output, scoreRange: stored, ...row }) => ({
      ...row,
      ...progressOf(output as unknown as StoredOutput, scoreRange.safeParse(stored).data ?? null),
      certificate: certificates[0] ?? null,
      satAt: attempt.startedAt ?? attempt.submittedAt ?? attempt.bookedAt,
      timeZone: attempt.sitting.centre.timeZone,
      programme: attempt.sitting.programme.title,
    }));
  },
});

/** What a chart draws of one result: every score with the range it was frozen with, where it has one. */
function progressOf(output: StoredOutput, range: ScoreRange | null) {
  const { overall, parts } = summaryOf(output);
  const span = (line: { low: string; high: string } | undefined) => (line ? { low: line.low, high: line.high } : null);
  return {
    overall: { score: overall.score, range: span(range?.overall) },
    parts: parts.map(({ id, title, score }) => ({ id, title, score, range: span(range?.sections[id]) })),
  };
}

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
    const [total, ready, held, scores, attempts] = await Promise.all([
      db.attempt.count({ where }),
      db.attempt.count({ where: states.ready }),
      db.attempt.count({ where: states.held }),
      // What would be released with these, looked at as a whole before it is.
      input.state === "ready" ? countScores(db, { status: "provisional", attempt: states.ready }) : [],
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
        /** What an examiner and an admin should see of an uneven interview; null where the scheme has no such rule. */
        profile:
          output?.scheme === "ielts-speaking"
            ? { penalty: output.penalty, advisories: output.advisories.length }
            : null,
        obstacle: releaseObstacle({ ...attempt, resultStatus: result?.status ?? null }),
      };
    });
    const page: Page<(typeof rows)[number]> = { rows, total, page: input.page, pageSize: input.pageSize };
    return { ...page, counts: { ready, held }, distributions: distributionsOf(scores), now: clock.now() };
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
            reopenedBecause: true,
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
