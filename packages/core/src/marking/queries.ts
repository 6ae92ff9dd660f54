import { z } from "zod";
import { defineQuery } from "../kernel/define.ts";
import { notFound } from "../kernel/errors.ts";
import { type Page, pageInput, skipTake } from "../kernel/page.ts";
import { can, maySeeWhoseScript, requirePerson } from "../kernel/policy.ts";
import { machineCriterion, machineEvidence } from "./machine-schema.ts";
import { benchmarkMaterial, findMedia, itemMaterial, liveMaterial, spokenAnswer, taskMedia } from "./material.ts";
import { schemeOf } from "./policy-rules.ts";
import { scriptPolicy } from "./policy-schema.ts";
import { currentRubric } from "./rubric-steps.ts";
import { criteriaAsked, liveOnly, markedRecording, meanOf } from "./rules.ts";
import { annotationList, reasonsByCriterion, rubricFile, type Scores, scoreProgress, scriptFilter } from "./schema.ts";
import { inQueueOf, marksUnseenBy, notRatedBy, visibleScripts, withoutConflict } from "./scope.ts";

/** A seed and a re-mark look like any other script to who marks them. */
function shownPurpose(
  purpose: "live" | "training" | "qualification" | "seed" | "remark",
): "live" | "training" | "qualification" {
  return purpose === "seed" || purpose === "remark" ? "live" : purpose;
}

/** What waits in each queue, and what this examiner holds and has done. */
export const getMarkingHome = defineQuery({
  name: "getMarkingHome",
  permission: "script:mark",
  input: z.object({}),
  run: async ({ db, viewer, clock }) => {
    const person = requirePerson(viewer);
    const { personId } = person;
    const now = clock.now();
    const queues = await db.$queryRaw<
      { skill: "writing" | "speaking"; level: string; waiting: number; oldest: Date | null }[]
    >`
      select s.skill::text as skill, s.level, count(*)::int as waiting, min(s.waiting_since) as oldest
      from script s
      where ${inQueueOf(person)} and not s.adjudicating
        and (s.status = 'waiting' or (s.status = 'leased' and s.lease_expires_at < ${now}))
        and ${notRatedBy(personId)} and ${marksUnseenBy(personId)} and ${withoutConflict(personId)}
      group by s.skill, s.level order by s.skill, s.level`;
    const lastDay = new Date(now.getTime() - 86_400_000);
    const lastWeek = new Date(now.getTime() - 7 * 86_400_000);
    const [begun, [figures]] = await Promise.all([
      // What she has begun and nobody has finished or taken since.
      db.script.findMany({
        where: {
          AND: [
            {
              OR: [
                { ratings: { some: { raterId: personId, status: "draft", role: "mark" } }, adjudicating: false },
                { ratings: { some: { raterId: personId, status: "draft", role: "adjudication" } }, adjudicating: true },
              ],
            },
            { OR: [{ purpose: { not: "live" } }, { attempt: { status: "marking" } }] },
            {
              OR: [
                { status: { in: ["waiting", "adjudication"] } },
                { status: "leased", leaseHolderId: personId },
                { status: "leased", leaseExpiresAt: { lt: now } },
              ],
            },
          ],
        },
        orderBy: [{ waitingSince: "asc" }, { id: "asc" }],
        take: 20,
        select: {
          code: true,
          purpose: true,
          skill: true,
          level: true,
          status: true,
          waitingSince: true,
          leaseHolderId: true,
          leaseExpiresAt: true,
          adjudicating: true,
          ratings: {
            where: { raterId: personId, status: "draft" },
            select: { scores: true, rubric: { select: { data: true } } },
          },
        },
      }),
      db.$queryRaw<{ lastDay: number; lastWeek: number; total: number; medianSeconds: number | null }[]>`
        select count(*) filter (where final_at >= ${lastDay})::int as "lastDay",
               count(*) filter (where final_at >= ${lastWeek})::int as "lastWeek",
               count(*)::int as total,
               percentile_cont(0.5) within group (order by extract(epoch from r.final_at - r.created_at)::float8)
                 filter (where final_at >= ${lastWeek}) as "medianSeconds"
        from rating r join script s on s.id = r.script_id and s.purpose in ('live', 'seed', 'remark')
        where r.rater_id = ${personId}::uuid and r.status <> 'draft'`,
    ]);
    return {
      now,
      queues,
      begun: begun.map(({ leaseHolderId, leaseExpiresAt, ratings: [rating], purpose, ...script }) => ({
        ...script,
        purpose: shownPurpose(purpose),
        heldUntil:
          script.status === "leased" && leaseHolderId === personId && leaseExpiresAt && leaseExpiresAt > now
            ? leaseExpiresAt
            : null,
        marked: Object.keys(scoreProgress.parse(rating?.scores)).length,
        criteria: rating ? rubricFile.parse(rating.rubric.data).criteria.length : 0,
      })),
      figures: figures ?? { lastDay: 0, lastWeek: 0, total: 0, medianSeconds: null },
    };
  },
});

/**
 * Everything the marking screen shows of a script this examiner holds or has rated: the task, the response, the rubric
 * and her own marks. Whose it is, is not part of it.
 */
export const getScriptForMarking = defineQuery({
  name: "getScriptForMarking",
  permission: "script:mark",
  input: z.object({ code: z.string().max(20) }),
  run: async ({ db, viewer, clock }, { code }) => {
    const { personId } = requirePerson(viewer);
    const script = await db.script.findFirst({
      where: {
        AND: [{ code }, { OR: [{ leaseHolderId: personId }, { ratings: { some: { raterId: personId } } }] }],
      },
      select: {
        id: true,
        code: true,
        purpose: true,
        skill: true,
        level: true,
        status: true,
        round: true,
        leaseHolderId: true,
        leaseToken: true,
        leaseExpiresAt: true,
        attemptId: true,
        policy: true,
        criteria: true,
        benchmark: true,
        ratings: { orderBy: { createdAt: "desc" }, include: { rubric: true } },
        attemptItem: { select: liveMaterial },
        remarkOf: { select: { attemptId: true, attemptItem: { select: liveMaterial } } },
        machineRatings: { orderBy: { createdAt: "desc" }, take: 1 },
      },
    });
    if (!script || (script.skill !== "writing" && script.skill !== "speaking")) throw notFound("The script");
    const { skill } = script;
    // Hers that counts, or else the last one that did.
    const mine = script.ratings.find((rating) => rating.raterId === personId);
    const rubricRow = mine?.rubric ?? (await currentRubric(db, schemeOf(script.policy), skill));
    const rubric = rubricFile.parse(rubricRow.data);
    const asked = criteriaAsked(rubric, script.criteria);
    const attemptId = script.attemptId ?? script.remarkOf?.attemptId ?? null;
    const [waiting, tasks, decided] = await Promise.all([
      db.script.count({ where: { purpose: "live", status: "waiting", skill, attempt: { status: "marking" } } }),
      attemptId === null ? null : db.script.count({ where: { attemptId, skill } }),
      script.purpose === "qualification"
        ? db.qualificationDecision.count({ where: { personId, skill, round: script.round ?? 0, byId: null } })
        : 0,
    ]);
    const lease =
      script.status === "leased" && script.leaseHolderId === personId && script.leaseToken && script.leaseExpiresAt
        ? { token: script.leaseToken, until: script.leaseExpiresAt }
        : null;
    const material = script.benchmark
      ? benchmarkMaterial(skill, script.level, script.code, script.benchmark)
      : itemMaterial(skill, liveOnly(script.attemptItem ?? script.remarkOf?.attemptItem ?? null), tasks ?? 0);
    const showsModel =
      script.benchmark !== null &&
      mine?.status === "final" &&
      (script.purpose === "training" || (script.purpose === "qualification" && decided > 0));
    const [machine] = script.machineRatings;
    return {
      id: script.id,
      code: script.code,
      purpose: shownPurpose(script.purpose),
      skill,
      level: script.level,
      waiting,
      now: clock.now(),
      lease,
      ...material,
      rubric: { ...rubric, criteria: asked },
      /** Names of the criteria that a machine has measured, and that nobody is asked for. */
      measured: rubric.criteria.flatMap((criterion) => (asked.includes(criterion) ? [] : [criterion.name])),
      mine: mine
        ? {
            role: mine.role,
            status: mine.status,
            savedAt: mine.updatedAt,
            scores: scoreProgress.parse(mine.scores) satisfies Scores,
            comment: mine.comment,
            annotations: annotationList.parse(mine.annotations),
            cannotMark: mine.cannotMark,
            finalAt: mine.finalAt,
          }
        : null,
      /** The marks between which a senior examiner decides; whose they are, is not said. */
      marksToDecide:
        mine?.role === "adjudication"
          ? script.ratings
              .filter((rating) => rating.role === "mark" && rating.status === "final")
              .toSorted((a, b) => Number(a.finalAt) - Number(b.finalAt))
              .map((rating) => ({
                id: rating.id,
                scores: scoreProgress.parse(rating.scores),
                comment: rating.comment,
                annotations: annotationList.parse(rating.annotations),
                cannotMark: rating.cannotMark,
              }))
          : null,
      tolerance: scriptPolicy.nullable().parse(script.policy)?.data.tolerance ?? null,
      /** The machine's, blind to hers and hidden until hers is final. */
      machine:
        machine && mine?.status === "final"
          ? {
              rater: machine.raterId,
              version: machine.raterVersion,
              validated: machine.validated,
              criteria: machineCriterion.array().parse(machine.criteria),
              evidence: machineEvidence.array().catch([]).parse(machine.evidence),
              flags: machine.flags,
            }
          : null,
      /** What experienced examiners agreed on, once her own marks are final: of training, and of a qualification that is decided. */
      model:
        showsModel && script.benchmark
          ? {
              scores: scoreProgress.parse(script.benchmark.scores),
              reasons: reasonsByCriterion.parse(script.benchmark.reasons),
            }
          : null,
    };
  },
});

const heard = {
  response: { select: { value: true } },
  recordings: { select: { id: true, status: true, take: true, storageKey: true, mimeType: true } },
} as const;

/** Where the audio of a script lies, for an examiner who holds or has rated it and for those who watch over marking. */
export const getScriptAudio = defineQuery({
  name: "getScriptAudio",
  permission: "staff:home",
  input: z.object({ scriptId: z.uuid() }),
  run: async ({ db, viewer }, { scriptId }) => {
    const script = await db.script.findFirst({
      where: { AND: [{ id: scriptId }, visibleScripts(viewer)] },
      select: {
        benchmark: { select: { answer: true } },
        attemptItem: { select: heard },
        remarkOf: { select: { attemptItem: { select: heard } } },
      },
    });
    if (script?.benchmark) {
      const { media: name } = spokenAnswer.parse(script.benchmark.answer);
      return findMedia(db, name);
    }
    const item = script?.attemptItem ?? script?.remarkOf?.attemptItem;
    const recording = item && markedRecording(item.recordings, item.response?.value);
    if (!recording?.storageKey) throw notFound("The recording");
    return { storageKey: recording.storageKey, mimeType: recording.mimeType };
  },
});

/** The picture that a speaking task shows, or the recorded turn it answers, under the same conditions. */
export const getScriptTaskMedia = defineQuery({
  name: "getScriptTaskMedia",
  permission: "staff:home",
  input: z.object({ scriptId: z.uuid(), part: z.enum(["picture", "turn"]) }),
  run: async ({ db, viewer }, { scriptId, part }) => {
    const script = await db.script.findFirst({
      where: { AND: [{ id: scriptId, skill: "speaking" }, visibleScripts(viewer)] },
      select: {
        benchmark: { select: { task: true } },
        attemptItem: { select: { itemVersion: { select: { content: true } } } },
        remarkOf: { select: { attemptItem: { select: { itemVersion: { select: { content: true } } } } } },
      },
    });
    const item = script?.attemptItem ?? script?.remarkOf?.attemptItem;
    const content = script && (script.benchmark?.task ?? item?.itemVersion.content);
    const name = content && taskMedia(content, part);
    if (!name) throw notFound("The file");
    return findMedia(db, name);
  },
});

/** The marks the examiner has given, newest first. */
export const listMyRatings = defineQuery({
  name: "listMyRatings",
  permission: "script:mark",
  input: pageInput,
  run: async ({ db, viewer }, input) => {
    const { personId } = requirePerson(viewer);
    const where = {
      raterId: personId,
      status: { in: ["final" as const, "superseded" as const] },
      script: { purpose: { in: ["live" as const, "seed" as const, "remark" as const] } },
    };
    const [total, ratings] = await Promise.all([
      db.rating.count({ where }),
      db.rating.findMany({
        where,
        orderBy: [{ finalAt: "desc" }, { id: "desc" }],
        ...skipTake(input),
        select: {
          id: true,
          status: true,
          scores: true,
          cannotMark: true,
          comment: true,
          finalAt: true,
          role: true,
          // How it goes on with the script is not said: it would tell of the other mark, and seeds from the rest.
          script: { select: { code: true, skill: true, level: true } },
        },
      }),
    ]);
    const rows = ratings.map(({ scores, script, ...rating }) => ({
      ...rating,
      script,
      mean:
        script.skill === "writing" || script.skill === "speaking"
          ? meanOf(script.skill, script.level, scoreProgress.parse(scores))
          : null,
    }));
    return { rows, total, page: input.page, pageSize: input.pageSize } satisfies Page<(typeof rows)[number]>;
  },
});

/**
 * All scripts with who holds them and how long they have waited: for seniors and admins. Whose attempt it is, only those
 * see who manage attempts and do not mark; who mark see nothing of a mark that they may be asked to give or to judge.
 */
export const listScripts = defineQuery({
  name: "listScripts",
  permission: "script:watch",
  input: scriptFilter,
  run: async ({ db, clock, viewer }, input) => {
    const of = {
      purpose: "live" as const,
      // A voided attempt leaves its scripts behind: nobody waits for them.
      attempt: { status: { not: "voided" as const } },
      ...(input.skill && { skill: input.skill }),
      ...(input.level && { level: input.level }),
    };
    const where = {
      ...of,
      status: input.status ?? {
        in: ["waiting" as const, "leased" as const, "adjudication" as const, "cannot_be_marked" as const],
      },
    };
    const mayName = can(viewer, "attempt:manage") && maySeeWhoseScript(viewer);
    const over = (status: string) => status === "settled" || status === "cannot_be_marked";
    const [counts, rows] = await Promise.all([
      db.script.groupBy({ by: ["status"], where: of, _count: true }),
      db.script.findMany({
        where,
        orderBy:
          input.status === "settled"
            ? [{ settledAt: "desc" }, { id: "asc" }]
            : [{ waitingSince: "asc" }, { id: "asc" }],
        ...skipTake(input),
        select: {
          id: true,
          code: true,
          skill: true,
          level: true,
          status: true,
          waitingSince: true,
          settledAt: true,
          leaseExpiresAt: true,
          ratingsNeeded: true,
          leaseHolder: { select: { name: true } },
          ratings: {
            where: { status: { not: "draft" } },
            orderBy: { finalAt: "desc" },
            take: 1,
            select: { status: true, cannotMark: true, comment: true, rater: { select: { name: true } } },
          },
          attempt: { select: { id: true, reference: true } },
        },
      }),
    ]);
    const countOf = (status: string) => counts.find((entry) => entry.status === status)?._count ?? 0;
    const open = countOf("waiting") + countOf("leased") + countOf("adjudication") + countOf("cannot_be_marked");
    return {
      rows: rows.map(({ attempt, ratings: [rating], ...row }) => ({
        ...row,
        rating:
          rating && (over(row.status) || !can(viewer, "script:mark"))
            ? { ...rating, comment: row.status === "cannot_be_marked" ? rating.comment : "" }
            : null,
        attempt: mayName ? attempt : null,
      })),
      counts: {
        open,
        waiting: countOf("waiting"),
        leased: countOf("leased"),
        adjudication: countOf("adjudication"),
        cannot_be_marked: countOf("cannot_be_marked"),
        settled: countOf("settled"),
      },
      total: input.status === undefined ? open : countOf(input.status),
      page: input.page,
      pageSize: input.pageSize,
      now: clock.now(),
    };
  },
});
