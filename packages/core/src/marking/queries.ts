import { z } from "zod";
import { bankItem } from "../bank/schema.ts";
import { defineQuery } from "../kernel/define.ts";
import { notFound } from "../kernel/errors.ts";
import { type Page, pageInput, skipTake } from "../kernel/page.ts";
import { requirePerson } from "../kernel/policy.ts";
import { readText } from "./rules.ts";
import { rubricFile, type Scores, scoreProgress, scriptFilter } from "./schema.ts";
import { visibleScripts } from "./scope.ts";

const taskContent = {
  writing: bankItem.options[2].shape.content,
  speaking: bankItem.options[3].shape.content,
};

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
        and not exists (select 1 from rating r where r.script_id = s.id and r.rater_id = ${personId}::uuid and r.status <> 'draft')
        and not exists (select 1 from attempt a where a.id = s.attempt_id and a.candidate_id = ${personId}::uuid)
      group by s.skill, s.level order by s.skill, s.level`;
    const [held, drafts, today, total] = await Promise.all([
      db.script.findMany({
        where: { status: "leased", leaseHolderId: personId },
        select: { code: true, skill: true, level: true, leaseExpiresAt: true },
      }),
      db.rating.count({ where: { raterId: personId, status: "draft" } }),
      db.rating.count({ where: { raterId: personId, finalAt: { gte: new Date(now.getTime() - 86_400_000) } } }),
      db.rating.count({ where: { raterId: personId, status: "final" } }),
    ]);
    return { now, queues, held, drafts, ratedLastDay: today, ratedTotal: total };
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
        ratings: { where: { raterId: personId }, include: { rubric: true } },
        attemptItem: {
          select: {
            position: true,
            itemVersion: { select: { content: true } },
            response: { select: { value: true } },
            recordings: {
              where: { status: { in: ["processed", "failed"] } },
              orderBy: { take: "desc" },
              take: 1,
              select: { id: true, status: true, take: true, durationSeconds: true, peaks: true },
            },
          },
        },
      },
    });
    if (!script || (script.skill !== "writing" && script.skill !== "speaking")) throw notFound("The script");
    const mine = script.ratings[0];
    const rubricRow =
      mine?.rubric ??
      (await db.rubric.findFirstOrThrow({ where: { skill: script.skill }, orderBy: { version: "desc" } }));
    const waiting = await db.script.count({ where: { status: "waiting", skill: script.skill } });
    const lease =
      script.status === "leased" && script.leaseHolderId === personId && script.leaseToken && script.leaseExpiresAt
        ? { token: script.leaseToken, until: script.leaseExpiresAt }
        : null;
    const recording = script.attemptItem.recordings[0];
    const { content } = script.attemptItem.itemVersion;
    return {
      id: script.id,
      code: script.code,
      level: script.level,
      position: script.attemptItem.position,
      waitingSince: script.waitingSince,
      waiting,
      now: clock.now(),
      lease,
      work:
        script.skill === "writing"
          ? {
              skill: "writing" as const,
              task: taskContent.writing.parse(content),
              text: readText(script.attemptItem.response?.value),
            }
          : {
              skill: "speaking" as const,
              task: taskContent.speaking.parse(content),
              recording: recording
                ? { ...recording, peaks: z.array(z.number()).catch([]).parse(recording.peaks) }
                : null,
            },
      rubric: rubricFile.parse(rubricRow.data),
      mine: mine
        ? {
            status: mine.status,
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
            recordings: {
              where: { storageKey: { not: null } },
              orderBy: { take: "desc" },
              take: 1,
              select: { storageKey: true, mimeType: true, bytes: true },
            },
          },
        },
      },
    });
    const recording = script?.attemptItem.recordings[0];
    if (!recording?.storageKey) throw notFound("The recording");
    return { storageKey: recording.storageKey, mimeType: recording.mimeType };
  },
});

/** The examiner's own ratings, newest first. */
export const listMyRatings = defineQuery({
  name: "listMyRatings",
  permission: "script:mark",
  input: pageInput,
  run: async ({ db, viewer }, input) => {
    const { personId } = requirePerson(viewer);
    const where = { raterId: personId };
    const [total, ratings] = await Promise.all([
      db.rating.count({ where }),
      db.rating.findMany({
        where,
        orderBy: [{ updatedAt: "desc" }, { id: "desc" }],
        ...skipTake(input),
        select: {
          id: true,
          status: true,
          scores: true,
          cannotMark: true,
          updatedAt: true,
          finalAt: true,
          script: { select: { code: true, skill: true, level: true, status: true } },
        },
      }),
    ]);
    const rows = ratings.map((rating) => ({ ...rating, scores: scoreProgress.parse(rating.scores) }));
    return { rows, total, page: input.page, pageSize: input.pageSize } satisfies Page<(typeof rows)[number]>;
  },
});

/** All scripts with who holds them and how long they have waited: for seniors and admins. */
export const listScripts = defineQuery({
  name: "listScripts",
  permission: "script:watch",
  input: scriptFilter,
  run: async ({ db, clock }, input) => {
    const where = {
      ...(input.skill && { skill: input.skill }),
      status: input.status ?? { in: ["waiting" as const, "leased" as const, "cannot_be_marked" as const] },
    };
    const [total, rows] = await Promise.all([
      db.script.count({ where }),
      db.script.findMany({
        where,
        orderBy: [{ waitingSince: "asc" }, { id: "asc" }],
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
          leaseHolder: { select: { id: true, name: true } },
          ratings: { select: { status: true, cannotMark: true, rater: { select: { name: true } } } },
          attempt: { select: { id: true, reference: true } },
        },
      }),
    ]);
    return { rows, total, page: input.page, pageSize: input.pageSize, now: clock.now() };
  },
});
