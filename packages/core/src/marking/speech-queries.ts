import { z } from "zod";
import type { Context } from "../kernel/context.ts";
import { defineQuery } from "../kernel/define.ts";
import { findPromoted } from "./machine-steps.ts";
import { liveOnly, markedRecording } from "./rules.ts";
import { stuckAfterMs, taskOfContent } from "./speech-rules.ts";

/** The answer that waits for the machine; null where it has been rated or taken over meanwhile. */
export const speechToRate = defineQuery({
  name: "speechToRate",
  permission: "marking:sweep",
  input: z.object({ scriptId: z.uuid() }),
  run: async ({ db, rater, speechToText }, { scriptId }) => {
    const script = await db.script.findFirst({
      where: { id: scriptId, status: "with_machine" },
      select: {
        attemptItem: {
          select: {
            itemVersion: { select: { content: true } },
            response: { select: { value: true } },
            recordings: {
              select: { id: true, take: true, status: true, storageKey: true, mimeType: true, failure: true },
            },
          },
        },
      },
    });
    if (!script) return null;
    const item = liveOnly(script.attemptItem);
    const recording = markedRecording(item.recordings, item.response?.value);
    return {
      inUse: await speechVersionInUse({ db, rater, speechToText }),
      task: taskOfContent(item.itemVersion.content),
      recordingId: recording?.id ?? null,
      sound:
        recording?.status === "processed" && recording.storageKey !== null
          ? {
              storageKey: recording.storageKey,
              mimeType: recording.mimeType,
              brokenOff: recording.failure !== null,
            }
          : null,
    };
  },
});

/** The version in use and what it measures with; null: the heuristic as shipped rates, or the recogniser is another by now. */
async function speechVersionInUse({ db, rater, speechToText }: Pick<Context, "db" | "rater" | "speechToText">) {
  const measures = speechToText && rater.speechMeasuresOf(speechToText);
  const promoted = await findPromoted(db, "iet-speaking");
  // What it learned from another recogniser's words was never tried on this one's.
  return promoted !== null && measures !== null && promoted.measures === measures
    ? { model: promoted.model, raterHash: promoted.raterHash }
    : null;
}

/** What spoken practice is rated with: the same as an exam's answers. */
export const getSpeechVersion = defineQuery({
  name: "getSpeechVersion",
  permission: "marking:sweep",
  input: z.object({}),
  run: speechVersionInUse,
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
