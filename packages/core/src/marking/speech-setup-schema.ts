import { z } from "zod";
import type { JobSpec } from "../kernel/jobs.ts";

/** Has the speech-to-text write down a sentence of the bank, so that an admin sees whether it works. */
export const trySpeechToTextJob: JobSpec<{ tryId: string }> = {
  name: "marking.try-speech-to-text",
  payload: z.strictObject({ tryId: z.uuid() }),
  retryLimit: 0,
  expireInSeconds: 40,
};

/** What came of the newest try; kept as a file, for it is no record of anything. */
export const speechTry = z.object({
  tryId: z.uuid(),
  at: z.coerce.date(),
  /** What is said in the sample, where there is one. */
  said: z.string().nullable(),
  heard: z.string().nullable(),
  failure: z.string().nullable(),
  milliseconds: z.number().nullable(),
});
export type SpeechTry = z.infer<typeof speechTry>;
export const lastTryKey = "speech-to-text/last-try.json";
