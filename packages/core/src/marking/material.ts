import type { PrismaClient } from "@bandwise/db/client";
import { z } from "zod";
import { openSpeakingTask, speakingTask, writingTask } from "../bank/schema.ts";
import { wordsOf } from "../bank/text-measures.ts";
import { type FollowUp, followUpsOf } from "../delivery/rules.ts";
import { notFound } from "../kernel/errors.ts";
import { sha256 } from "../kernel/hash.ts";
import { type AnswerId, answerId, markedRecording, readText } from "./rules.ts";
import type { RatedSkill } from "./schema.ts";

/** What a marker has before her: the task and the answer, whether a candidate gave it or a benchmark shows it. */

const taskContent = {
  writing: writingTask.shape.content,
  speaking: z.union([speakingTask.shape.content, openSpeakingTask.shape.content]),
};
const taskRationale = writingTask.shape.rationale;
const heights = z.array(z.number()).catch([]);

/** A benchmark's answer by voice: a file of the bank's media. */
export const spokenAnswer = z.object({ media: z.string(), durationSeconds: z.number(), peaks: heights });

interface Sound {
  readonly status: string;
  readonly take: number;
  readonly durationSeconds: number;
  readonly peaks: readonly number[];
}

function workOf(
  skill: RatedSkill,
  content: unknown,
  answer: { text: string; recording: Sound | null; followUps: readonly FollowUp[] },
) {
  return skill === "writing"
    ? {
        skill: "writing" as const,
        task: taskContent.writing.parse(content),
        text: answer.text,
        words: wordsOf(answer.text).length,
      }
    : {
        skill: "speaking" as const,
        task: taskContent.speaking.parse(content),
        recording: answer.recording,
        followUps: answer.followUps,
      };
}

/** What `itemMaterial` asks of an attempt's item. */
export const liveMaterial = {
  position: true,
  itemVersion: { select: { content: true, rationale: true } },
  response: { select: { value: true, entryId: true } },
  recordings: { select: { id: true, status: true, take: true, durationSeconds: true, peaks: true } },
  plays: { select: { number: true } },
  replies: { select: { turn: true, rule: true, words: true } },
} as const;

export function itemMaterial(
  skill: RatedSkill,
  item: {
    readonly position: number;
    readonly itemVersion: { readonly content: unknown; readonly rationale: unknown };
    readonly response: { readonly value: unknown; readonly entryId: bigint } | null;
    readonly recordings: readonly {
      readonly id: string;
      readonly status: string;
      readonly take: number;
      readonly durationSeconds: number | null;
      readonly peaks: unknown;
    }[];
    readonly plays: readonly { readonly number: number }[];
    readonly replies: readonly { readonly turn: number; readonly rule: string; readonly words: string }[];
  },
  tasks: number,
) {
  const recording = markedRecording(item.recordings, item.response?.value);
  return {
    /** The script's place among its section's tasks. */
    position: item.position,
    tasks,
    /** Sent back with the rating: what was judged. */
    judged: answerId({ skill, ...item }),
    work: workOf(skill, item.itemVersion.content, {
      text: readText(item.response?.value),
      recording: recording && {
        status: recording.status,
        take: recording.take,
        durationSeconds: recording.durationSeconds ?? 0,
        peaks: heights.parse(recording.peaks),
      },
      // Only a dialogue has turns that something may come between.
      followUps: isDialogue(item.itemVersion.content) ? followUpsOf(item) : [],
    }),
    markerNotes: taskRationale.catch({ markerNotes: "" }).parse(item.itemVersion.rationale).markerNotes,
  };
}

const dialogue = z.object({ type: z.literal("dialogue") });
function isDialogue(content: unknown): boolean {
  return dialogue.safeParse(content).success;
}

/** Of a rated section: how many tasks there are, and where those of a level begin. */
const places: Readonly<Record<RatedSkill, Readonly<Record<string, number>>>> = {
  writing: { A: 1, B: 2, C: 3, all: 3 },
  speaking: { A: 1, B: 3, C: 5, all: 6 },
};

/** The same of a benchmark, alike in every field: a hidden seed must not be known by what it lacks. */
export function benchmarkMaterial(
  skill: RatedSkill,
  level: string,
  code: string,
  benchmark: {
    readonly id: string;
    readonly task: unknown;
    readonly answer: unknown;
    readonly markerNotes: string;
  },
) {
  const judged: AnswerId = {
    entryId: String(Number.parseInt(sha256(code).slice(0, 5), 16)),
    recordingId: skill === "writing" ? null : benchmark.id,
  };
  return {
    position: places[skill][level] ?? 1,
    tasks: places[skill].all ?? 0,
    judged,
    work: workOf(skill, benchmark.task, {
      text: readText(benchmark.answer),
      recording: skill === "writing" ? null : { status: "processed", take: 1, ...spokenAnswer.parse(benchmark.answer) },
      followUps: [],
    }),
    markerNotes: benchmark.markerNotes,
  };
}

/** The file of the bank that a speaking task shows, or whose recorded turn it answers; null where it has none. */
export function taskMedia(content: unknown, part: "picture" | "turn"): string | null {
  const task = taskContent.speaking.parse(content);
  if (part === "picture") return ("picture" in task && task.picture?.media) || null;
  return ("turn" in task && task.turn?.media) || null;
}

/** Where a file of the bank lies. */
export async function findMedia(
  db: Pick<PrismaClient, "media">,
  name: string,
): Promise<{ storageKey: string; mimeType: string }> {
  const media = await db.media.findUnique({ where: { name }, select: { storageKey: true, mimeType: true } });
  if (!media) throw notFound("The file");
  return media;
}
