import { z } from "zod";
import type { JobSpec } from "../kernel/jobs.ts";

/** Has one spoken answer rated by the machine. `tries`: how often its speech-to-text has been asked in vain. */
export const rateSpeechJob: JobSpec<{ scriptId: string; tries: number }> = {
  name: "marking.rate-speech",
  payload: z.strictObject({ scriptId: z.uuid(), tries: z.number().int().min(0) }),
  retryLimit: 3,
  expireInSeconds: 40,
  // Most of its time is spent waiting for the speech-to-text.
  concurrency: 4,
};

const contribution = z.object({
  feature: z.string(),
  value: z.number().nullable(),
  weight: z.number(),
  effect: z.number(),
});

export const machineCriterion = z.object({
  criterion: z.string(),
  score: z.number().min(0).max(100).nullable(),
  reason: z.string().nullable(),
  interval: z.tuple([z.number(), z.number()]).nullable(),
  confidence: z.number(),
  basis: z.string(),
  base: z.number(),
  contributions: z.array(contribution),
});
export type MachineCriterion = z.infer<typeof machineCriterion>;
/** `machine_rating.criteria` as stored. */
export const machineCriteria = z.array(machineCriterion);

export const machineEvidence = z.object({
  start: z.number(),
  end: z.number(),
  startSeconds: z.number().optional(),
  endSeconds: z.number().optional(),
  kind: z.string(),
  message: z.string(),
  suggestion: z.string().nullable(),
});
export type MachineEvidence = z.infer<typeof machineEvidence>;

const version = z.object({ id: z.string(), version: z.string(), hash: z.string() });
export const storedTranscript = z.object({
  text: z.string(),
  words: z.array(z.looseObject({ text: z.string(), startSeconds: z.number(), endSeconds: z.number() })),
  providerId: z.string(),
  providerVersion: z.string(),
});

/** What a machine made of a spoken answer, in the shape it is kept in. */
export const speechVerdict = z.object({
  rater: version,
  inputHash: z.string(),
  criteria: machineCriteria,
  evidence: z.array(machineEvidence),
  flags: z.array(z.string()),
  /** Of practice: by a version that had passed the gate here. Of an exam's answer the stored rating says so. */
  validated: z.boolean().optional(),
});
export type SpeechVerdict = z.infer<typeof speechVerdict>;
