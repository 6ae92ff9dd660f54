import { z } from "zod";
import { speakingTask, writingTask } from "../bank/schema.ts";
import { wordsOf } from "../bank/text-measures.ts";
import { defineQuery } from "../kernel/define.ts";
import { notFound } from "../kernel/errors.ts";
import { type Page, pageInput, skipTake } from "../kernel/page.ts";
import { can, maySeeWhoseScript, requirePerson } from "../kernel/policy.ts";
import { answerId, contributionOf, markedRecording, readText } from "./rules.ts";
import { rubricFile, type Scores, scoreProgress, scriptFilter } from "./schema.ts";
import { notRatedBy, visibleScripts } from "./scope.ts";

const taskContent = {
  writing: writingTask.shape.content,
  speaking: speakingTask.shape.content,
};
const taskRationale = writingTask.shape.rationale;

/** What waits in each queue, and what this examiner holds and has done. */
export const getMarkingHome = defineQuery({
  name: "getMarkingHome",
  permission: "script:mark",
  input: z.object({}),
  run: async ({ db, viewer, clock }) => {
    const { personId } = requirePerson(viewer);
    const now = clock.now();
    const queues = await db.$queryRaw<
      { skill: "writing" | "speaking"; level: string; waiting: number; oldest: Date | null }[]
    >`
      select s.skill::text as skill, s.level, count(*)::int as waiting, min(s.waiting_since) as oldest
      from script s
      where (s.status = 'waiting' or (s.status = 'leased' and s.lease_expires_at < ${now}))
        and ${notRatedBy(personId)}
        and exists (select 1 from attempt a where a.id = s.attempt_id and a.status = 'marking' and a.candidate_id <> ${personId}::uuid)
      group by s.skill, s.level order by s.skill, s.level`;
    const lastDay = new Date(now.getTime() - 86_400_000);
    const lastWeek = new Date(now.getTime() - 7 * 86_400_000);
    const [begun, [figures]] = await Promise.all([
      // What she has begun and nobody has finished or taken since.
      db.script.findMany({
        where: {
          ratings: { some: { raterId: personId, status: "draft" } },
          attempt: { status: "marking" },
          OR: [
            { status: "waiting" },
            { status: "leased", leaseHolderId: personId },
            { status: "leased", leaseExpiresAt: { lt: now } },
          ],
        },
        orderBy: [{ waitingSince: "asc" }, { id: "asc" }],
        take: 20,
        select: {
          code: true,
          skill: true,
          level: true,
          status: true,
          waitingSince: true,
          leaseHolderId: true,
          leaseExpiresAt: true,
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
               percentile_cont(0.5) within group (order by extract(epoch from final_at - created_at)::float8)
                 filter (where final_at >= ${lastWeek}) as "medianSeconds"
        from rating where rater_id = ${personId}::uuid and status <> 'draft'`,
    ]);
    return {
      now,
      queues,
      begun: begun.map(({ leaseHolderId, leaseExpiresAt, ratings: [rating], ...script }) => ({
        ...script,
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
        skill: true,
        level: true,
        status: true,
        waitingSince: true,
        leaseHolderId: true,
        leaseToken: true,
        leaseExpiresAt: true,
        attemptId: true,
        // Hers that counts, or else the last one that did.
        ratings: { where: { raterId: personId }, orderBy: { createdAt: "desc" }, take: 1, include: { rubric: true } },
        attemptItem: {
          select: {
            position: true,
            itemVersion: { select: { content: true, rationale: true } },
            response: { select: { value: true, entryId: true } },
            recordings: { select: { id: true, status: true, take: true, durationSeconds: true, peaks: true } },
          },
        },
      },
    });
    if (!script || (script.skill !== "writing" && script.skill !== "speaking")) throw notFound("The script");
    const mine = script.ratings[0];
    const rubricRow =
      mine?.rubric ??
      (await db.rubric.findFirstOrThrow({ where: { skill: script.skill }, orderBy: { version: "desc" } }));
    const [waiting, tasks] = await Promise.all([
      db.script.count({ where: { status: "waiting", skill: script.skill, attempt: { status: "marking" } } }),
      db.script.count({ where: { attemptId: script.attemptId, skill: script.skill } }),
    ]);
    const lease =
      script.status === "leased" && script.leaseHolderId === personId && script.leaseToken && script.leaseExpiresAt
        ? { token: script.leaseToken, until: script.leaseExpiresAt }
        : null;
    const recording = markedRecording(script.attemptItem.recordings, script.attemptItem.response?.value);
    const { content, rationale } = script.attemptItem.itemVersion;
    const text = readText(script.attemptItem.response?.value);
    return {
      id: script.id,
      code: script.code,
      level: script.level,
      /** The script's place among its section's tasks. */
      position: script.attemptItem.position,
      tasks,
      waiting,
      now: clock.now(),
      lease,
      /** Sent back with the rating: what was judged. */
      judged: answerId({ skill: script.skill, ...script.attemptItem }),
      work:
        script.skill === "writing"
          ? {
              skill: "writing" as const,
              task: taskContent.writing.parse(content),
              text,
              words: wordsOf(text).length,
            }
          : {
              skill: "speaking" as const,
              task: taskContent.speaking.parse(content),
              recording: recording
                ? {
                    status: recording.status,
                    take: recording.take,
                    durationSeconds: recording.durationSeconds ?? 0,
                    peaks: z.array(z.number()).catch([]).parse(recording.peaks),
                  }
                : null,
            },
      markerNotes: taskRationale.catch({ markerNotes: "" }).parse(rationale).markerNotes,
      rubric: rubricFile.parse(rubricRow.data),
      mine: mine
        ? {
            status: mine.status,
            savedAt: mine.updatedAt,
            scores: scoreProgress.parse(mine.scores) satisfies Scores,
            comment: mine.comment,
            cannotMark: mine.cannotMark,
            finalAt: mine.finalAt,
          }
        : null,
    };
  },
});

/** Where the audio of a script lies, for an examiner who holds or has rated it and for those who watch over marking. */
export const getScriptAudio = defineQuery({
  name: "getScriptAudio",
  permission: "staff:home",
  input: z.object({ scriptId: z.uuid() }),
  run: async ({ db, viewer }, { scriptId }) => {
    const script = await db.script.findFirst({
      where: { AND: [{ id: scriptId }, visibleScripts(viewer)] },
      select: {
        attemptItem: {
          select: {
            response: { select: { value: true } },
            recordings: { select: { id: true, status: true, take: true, storageKey: true, mimeType: true } },
          },
        },
      },
    });
    const recording = script && markedRecording(script.attemptItem.recordings, script.attemptItem.response?.value);
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
      select: { attemptItem: { select: { itemVersion: { select: { content: true } } } } },
    });
    const content = script && taskContent.speaking.parse(script.attemptItem.itemVersion.content);
    const name = content?.[part]?.media;
    const media = name
      ? await db.media.findUnique({ where: { name }, select: { storageKey: true, mimeType: true } })
      : null;
    if (!media) throw notFound("The file");
    return media;
  },
});

/** The marks the examiner has given, newest first. */
export const listMyRatings = defineQuery({
  name: "listMyRatings",
  permission: "script:mark",
  input: pageInput,
  run: async ({ db, viewer }, input) => {
    const { personId } = requirePerson(viewer);
    const where = { raterId: personId, status: { in: ["final" as const, "superseded" as const] } };
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
          script: { select: { code: true, skill: true, level: true, status: true } },
        },
      }),
    ]);
    const rows = ratings.map(({ scores, script, ...rating }) => ({
      ...rating,
      script,
      mean:
        script.skill === "writing" || script.skill === "speaking"
          ? contributionOf(script.skill, script.level, scoreProgress.parse(scores)).mean
          : null,
    }));
    return { rows, total, page: input.page, pageSize: input.pageSize } satisfies Page<(typeof rows)[number]>;
  },
});

/**
 * All scripts with who holds them and how long they have waited: for seniors and admins. Whose attempt it is, only those
 * see who manage attempts and do not mark.
 */
export const listScripts = defineQuery({
  name: "listScripts",
  permission: "script:watch",
  input: scriptFilter,
  run: async ({ db, clock, viewer }, input) => {
    const of = {
      // A voided attempt leaves its scripts behind: nobody waits for them.
      attempt: { status: { not: "voided" as const } },
      ...(input.skill && { skill: input.skill }),
      ...(input.level && { level: input.level }),
    };
    const where = {
      ...of,
      status: input.status ?? { in: ["waiting" as const, "leased" as const, "cannot_be_marked" as const] },
    };
    const mayName = can(viewer, "attempt:manage") && maySeeWhoseScript(viewer);
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
    const open = countOf("waiting") + countOf("leased") + countOf("cannot_be_marked");
    return {
      rows: rows.map(({ attempt, ratings: [rating], ...row }) => ({
        ...row,
        rating: rating ?? null,
        attempt: mayName ? attempt : null,
      })),
      counts: {
        open,
        waiting: countOf("waiting"),
        leased: countOf("leased"),
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
