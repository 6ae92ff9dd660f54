import type { Task } from "@bandwise/evaluator/rating";
import { z } from "zod";
import { speakingContent } from "../bank/speaking-schema.ts";
import { defineQuery } from "../kernel/define.ts";
import { liveOnly, markedRecording } from "./rules.ts";
import { stuckAfterMs } from "./speech-rules.ts";

/** What the machine is told of a task: what was asked, and what to speak of. */
export function taskOfContent(content: unknown): Task {
  const task = speakingContent.parse(content);
  if (task.type === "interview") return {};
  if (task.type === "dialogue") return { prompt: [task.prompt, ...task.turns.map(({ text }) => text)].join(" ") };
  return { prompt: task.prompt, points: task.points };
}

/** The answer that waits for the machine; null where it has been rated or taken over meanwhile. */
export const speechToRate = defineQuery({
  name: "speechToRate",
  permission: "marking:sweep",
  input: z.object({ scriptId: z.uuid() }),
  run: async ({ db }, { scriptId }) => {
    const script = await db.script.findFirst({
      where: { id: scriptId, status: "with_machine" },
      select: {
        attemptItem: {
          select: {
            itemVersion: { select: { content: true } },
            response: { select: { value: true } },
            recordings: { select: { id: true, take: true, status: true, storageKey: true, mimeType: true } },
          },
        },
      },
    });
    if (!script) return null;
    const item = liveOnly(script.attemptItem);
    const recording = markedRecording(item.recordings, item.response?.value);
    return {
      task: taskOfContent(item.itemVersion.content),
      recordingId: recording?.id ?? null,
      sound:
        recording?.status === "processed" && recording.storageKey !== null
          ? { storageKey: recording.storageKey, mimeType: recording.mimeType }
          : null,
    };
  },
});

export const listStuckSpeech = defineQuery({
  name: "listStuckSpeech",
  permission: "marking:sweep",
  input: z.object({}),
  run: async ({ db, clock }) => {
    const rows = await db.script.findMany({
      where: { status: "with_machine", waitingSince: { lt: new Date(clock.now().getTime() - stuckAfterMs) } },
      select: { id: true },
      orderBy: { waitingSince: "asc" },
      take: 50,
    });
    return rows.map(({ id }) => id);
  },
});
