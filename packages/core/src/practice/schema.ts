import { z } from "zod";
import { hearTurnInput } from "../delivery/schema.ts";
import type { JobSpec } from "../kernel/jobs.ts";

export const practiceKinds = ["introduction", "picture", "opinion", "dialogue"] as const;
export type PracticeKind = (typeof practiceKinds)[number];

/** Far above the longest answer: what is joined is held in memory. */
const soundBytesMax = 16_000_000;
export const submitTakeInput = z.strictObject({
  /** Made by the browser when it has recorded: an answer that is sent again because nothing came back is the same take. */
  takeId: z.uuid(),
  itemVersionId: z.uuid(),
  mimeType: z
    .string()
    .max(80)
    .regex(/^audio\/(webm|mp4|ogg|wav)/i, "is not a sound format"),
  content: z
    .instanceof(Uint8Array)
    .refine(
      ({ byteLength }) => byteLength > 0 && byteLength <= soundBytesMax,
      `must hold 1 byte to ${soundBytesMax / 1_000_000} MB`,
    ),
});
export const takeInput = z.strictObject({ takeId: z.uuid() });
export const itemInput = z.strictObject({ itemVersionId: z.uuid() });
export const mediaInput = z.strictObject({
  itemVersionId: z.uuid(),
  /** A turn of a dialogue, from 0; absent for a task's picture. */
  turn: z.coerce.number().int().min(0).max(9).optional(),
});

export const hearPracticeTurnInput = hearTurnInput
  .omit({ attemptId: true, attemptItemId: true })
  .extend({ itemVersionId: z.uuid() });

export const goalLevels = ["A1", "A2", "B1", "B2", "C1", "C2"] as const;
export const setGoalInput = z.strictObject({
  level: z.enum(goalLevels),
  until: z.coerce.date().nullable(),
  /** 1 Monday to 7 Sunday. */
  weekdays: z
    .array(z.coerce.number().int().min(1).max(7))
    .min(1, "choose a day at least")
    .transform((days) => [...new Set(days)].sort()),
  tasksADay: z.coerce.number().int().min(1).max(20),
});

export const ratePracticeJob: JobSpec<{ takeId: string; tries: number }> = {
  name: "practice.rate",
  payload: z.strictObject({ takeId: z.uuid(), tries: z.number().int().min(0) }),
  retryLimit: 3,
  expireInSeconds: 40,
  concurrency: 2,
};
