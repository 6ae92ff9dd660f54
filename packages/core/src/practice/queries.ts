import type { Prisma } from "@bandwise/db/client";
import { IET_SPEAKING } from "@bandwise/scoring/schemes/iet-speaking";
import { z } from "zod";
import { speakingContent } from "../bank/speaking-schema.ts";
import { spokenTask } from "../delivery/exam-content.ts";
import { listensAtOnce, replyTo } from "../delivery/hearing.ts";
import { defineQuery } from "../kernel/define.ts";
import { notFound } from "../kernel/errors.ts";
import { requirePerson } from "../kernel/policy.ts";
import { feedbackOf } from "../marking/speech-feedback.ts";
import { stuckAfterMs, taskOfContent } from "../marking/speech-rules.ts";
import { speechVerdict, storedTranscript } from "../marking/speech-schema.ts";
import { nextToPractise, practiceCalendar } from "./rules.ts";
import { hearPracticeTurnInput, itemInput, mediaInput, practiceKinds, takeInput } from "./schema.ts";

/** Tasks kept for practising: in use, and marked as such, so that no exam asks for them. */
export const practiceItem = {
  status: "active",
  type: { in: [...practiceKinds] },
  content: { path: ["practice"], equals: true },
} satisfies Prisma.ItemVersionWhereInput;

const verdictOf = (stored: unknown) => speechVerdict.nullable().catch(null).parse(stored);

/** Score per criterion of a take, null where it was not measured. */
function scoresOf(rating: unknown) {
  const criteria = verdictOf(rating)?.criteria ?? [];
  return IET_SPEAKING.criteria.map((id) => {
    const own = criteria.find(({ criterion }) => criterion === id);
    return {
      id,
      title: IET_SPEAKING.criterionTitles[id],
      score: own?.score?.toFixed(2) ?? null,
      by: "machine" as const,
      reason: own?.reason ?? null,
    };
  });
}

const takesShown = 200;
/** Beside one answer, as many other answers to its task. */
const comparedMax = 8;

/** Tasks to practise, what was recorded so far, how it went over time, and how that stands to the goal. */
export const getPracticeHome = defineQuery({
  name: "getPracticeHome",
  permission: "practice:own",
  input: z.object({}),
  run: async ({ db, viewer, clock, speechToText }) => {
    const { personId } = requirePerson(viewer);
    const [tasks, takes, goal, person] = await Promise.all([
      db.itemVersion.findMany({ where: practiceItem, select: { id: true, type: true, content: true } }),
      db.practiceTake.findMany({
        where: { personId },
        orderBy: { createdAt: "desc" },
        take: takesShown,
        select: {
          id: true,
          itemVersionId: true,
          status: true,
          createdAt: true,
          durationSeconds: true,
          rating: true,
          itemVersion: { select: { content: true } },
        },
      }),
      db.practiceGoal.findUnique({ where: { personId } }),
      db.person.findUniqueOrThrow({ where: { id: personId }, select: { timeZone: true } }),
    ]);
    const { timeZone } = person;
    return {
      timeZone,
      /** Without it only fluency can be measured. */
      hears: speechToText !== null,
      kinds: practiceKinds.map((kind) => {
        const own = tasks.filter(({ type }) => type === kind);
        const next = nextToPractise(own, takes);
        return { kind, tasks: own.length, next: next ? { id: next.id, title: titleOf(next.content) } : null };
      }),
      takes: takes.map(({ rating, itemVersion, ...take }) => ({
        ...take,
        title: titleOf(itemVersion.content),
        scores: scoresOf(rating),
      })),
      goal: goal && { level: goal.level, until: goal.until, weekdays: goal.weekdays, tasksADay: goal.tasksADay },
      calendar: practiceCalendar(takes, goal && { ...goal, since: goal.updatedAt }, clock.now(), timeZone),
    };
  },
});

export type PracticeTakeRow = Awaited<ReturnType<typeof getPracticeHome>>["takes"][number];

function titleOf(content: unknown): string {
  const task = speakingContent.parse(content);
  return "title" in task ? task.title : "";
}

/** One task as the exam shows it, with its own times. */
export const getPracticeTask = defineQuery({
  name: "getPracticeTask",
  permission: "practice:own",
  input: itemInput,
  run: async (context, { itemVersionId }) => {
    const item = await context.db.itemVersion.findFirst({
      where: { id: itemVersionId, ...practiceItem },
      select: { id: true, content: true },
    });
    if (!item) throw notFound("This task");
    return {
      id: item.id,
      task: spokenTask(item.content, { prepareScale: 1, answerScale: 1 }, listensAtOnce(context) ? "cued" : "none"),
    };
  },
});

/** As in an exam by the words of the task: what the partner asks back after an answer, or null. Nobody has agreed to more here. */
export const hearPracticeTurn = defineQuery({
  name: "hearPracticeTurn",
  permission: "practice:own",
  input: hearPracticeTurnInput,
  run: async (context, { itemVersionId, turn, samples }) => {
    const item = await context.db.itemVersion.findFirst({
      where: { id: itemVersionId, ...practiceItem },
      select: { content: true },
    });
    const task = item && speakingContent.parse(item.content);
    if (task?.type !== "dialogue" || task.turns[turn] === undefined) throw notFound("This turn");
    const { speaker, text, listensFor: cue } = task.turns[turn];
    const reply = await replyTo(context, { situation: task.prompt, speaker, text, cue, mayLeave: false }, samples);
    const sound = reply?.sound ? Buffer.from(reply.sound).toString("base64") : null;
    return { asks: reply?.words ?? null, sound };
  },
});

/** The picture of a practice task, or a turn of its dialogue. */
export const findPracticeMedia = defineQuery({
  name: "findPracticeMedia",
  permission: "practice:own",
  input: mediaInput,
  run: async ({ db }, { itemVersionId, turn }) => {
    const item = await db.itemVersion.findFirst({
      where: { id: itemVersionId, ...practiceItem },
      select: { content: true },
    });
    const task = item && speakingContent.parse(item.content);
    const name =
      task?.type === "dialogue"
        ? task.turns[turn ?? -1]?.media
        : task?.type === "picture" && turn === undefined
          ? task.picture.media
          : undefined;
    const media = name
      ? await db.media.findUnique({ where: { name }, select: { storageKey: true, mimeType: true, bytes: true } })
      : null;
    if (!media) throw notFound("This file");
    return media;
  },
});

/** What came of one take. */
export const getPracticeTake = defineQuery({
  name: "getPracticeTake",
  permission: "practice:own",
  input: takeInput,
  run: async ({ db, viewer }, { takeId }) => {
    const { personId } = requirePerson(viewer);
    const take = await db.practiceTake.findFirst({
      where: { id: takeId, personId },
      include: { itemVersion: { select: { itemId: true, content: true } }, person: { select: { timeZone: true } } },
    });
    if (!take) throw notFound("This recording");
    const others = await db.practiceTake.findMany({
      where: { personId, itemVersion: { itemId: take.itemVersion.itemId }, status: "rated", id: { not: takeId } },
      orderBy: { createdAt: "desc" },
      take: comparedMax,
      select: { id: true, createdAt: true, rating: true },
    });
    const verdict = verdictOf(take.rating);
    const text = storedTranscript.nullable().catch(null).parse(take.transcript)?.text ?? null;
    return {
      id: take.id,
      itemVersionId: take.itemVersionId,
      title: titleOf(take.itemVersion.content),
      timeZone: take.person.timeZone,
      status: take.status,
      createdAt: take.createdAt,
      failure: take.failure,
      criteria: scoresOf(take.rating),
      evidence: verdict?.evidence ?? [],
      flags: verdict?.flags ?? [],
      validated: verdict?.validated ?? false,
      text,
      feedback: feedbackOf(verdict ? [{ criteria: verdict.criteria, evidence: verdict.evidence, text }] : []),
      /** Other answers to the same task, the newest first. */
      others: others.map(({ rating, ...other }) => ({ ...other, criteria: scoresOf(rating) })),
    };
  },
});
export type PracticeTake = Awaited<ReturnType<typeof getPracticeTake>>;

export const findPracticeSound = defineQuery({
  name: "findPracticeSound",
  permission: "practice:own",
  input: takeInput,
  run: async ({ db, viewer }, { takeId }) => {
    const { personId } = requirePerson(viewer);
    const take = await db.practiceTake.findFirst({
      where: { id: takeId, personId },
      select: { storageKey: true, mimeType: true },
    });
    if (!take) throw notFound("This recording");
    return take;
  },
});

/** Takes whose job has died. */
export const listStuckPractice = defineQuery({
  name: "listStuckPractice",
  permission: "practice:rate",
  input: z.object({}),
  run: async ({ db, clock }) => {
    const rows = await db.practiceTake.findMany({
      where: { status: "waiting", createdAt: { lt: new Date(clock.now().getTime() - stuckAfterMs) } },
      select: { id: true },
      orderBy: { createdAt: "asc" },
      take: 50,
    });
    return rows.map(({ id }) => id);
  },
});

/** A take that waits for the machine; null where it has been rated or deleted meanwhile. */
export const practiceToRate = defineQuery({
  name: "practiceToRate",
  permission: "practice:rate",
  input: takeInput,
  run: async ({ db }, { takeId }) => {
    const take = await db.practiceTake.findFirst({
      where: { id: takeId, status: "waiting" },
      select: { personId: true, storageKey: true, itemVersion: { select: { content: true } } },
    });
    return (
      take && {
        personId: take.personId,
        storageKey: take.storageKey,
        task: taskOfContent(take.itemVersion.content),
      }
    );
  },
});
