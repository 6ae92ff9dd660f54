import { z } from "zod";
import type { JobSpec } from "../kernel/jobs.ts";

/** Where a machine rates, each with versions of its own: features, scales and examiners differ. */
export const machinePlaces = {
  ielp: { scheme: "ielp", skill: "writing" },
  "iet-speaking": { scheme: "iet-speaking", skill: "speaking" },
} as const;
export type MachineScheme = keyof typeof machinePlaces;
export const machineScheme = z.enum(["ielp", "iet-speaking"]);
export const placeInput = z.object({ scheme: machineScheme });

export const machineRatingJob: JobSpec<{ scriptId: string }> = {
  name: "marking.machine-rating",
  payload: z.strictObject({ scriptId: z.uuid() }),
  retryLimit: 5,
  expireInSeconds: 40,
};

/** Measures a handful of responses, asks for itself again, and fits the version when all are measured. */
export const calibrateMachineJob: JobSpec<{ versionId: string }> = {
  name: "marking.calibrate-machine",
  payload: z.strictObject({ versionId: z.uuid() }),
  retryLimit: 5,
  expireInSeconds: 40,
};

/** A criterion of a machine rating as stored: what the evaluator gave. */
export const machineCriterion = z.object({
  criterion: z.string(),
  score: z.number().nullable(),
  reason: z.string().nullable(),
  interval: z.tuple([z.number(), z.number()]).nullable(),
  confidence: z.number(),
  basis: z.enum(["calibrated-model", "heuristic", "llm", "none"]),
  base: z.number(),
  contributions: z.array(
    z.object({ feature: z.string(), value: z.number().nullable(), weight: z.number(), effect: z.number() }),
  ),
});
export type MachineCriterion = z.infer<typeof machineCriterion>;

export const machineEvidence = z.object({
  start: z.number().int(),
  end: z.number().int(),
  kind: z.string(),
  message: z.string(),
  suggestion: z.string().nullable(),
});

/** Everything measured, by name; null where it could not be. */
export const features = z.record(z.string(), z.number().nullable());

/** A linear model as the evaluator applies it. */
export const linearModel = z.object({
  id: z.string(),
  version: z.string(),
  basis: z.enum(["calibrated-model", "heuristic", "llm", "none"]),
  norms: z.record(
    z.string(),
    z.object({ transform: z.enum(["linear", "log", "root"]), middle: z.number(), deviation: z.number() }),
  ),
  criteria: z.record(
    z.string(),
    z.object({ base: z.number(), weights: z.record(z.string(), z.number()), standardError: z.number() }),
  ),
});

const figure = z.number().nullable();
export const agreement = z.object({
  n: z.number(),
  spearman: figure,
  pearson: figure,
  qwk: figure,
  rmse: figure,
  standardisedDifference: figure,
});

/** What a version showed when it was fitted, criterion by criterion, on responses it had not seen. */
export const versionReport = z.object({
  /** Measures and recogniser it learned from: on others its scores have not been tried. */
  measures: z.string().nullable().default(null),
  criteria: z.array(
    z.object({
      criterion: z.string(),
      unseen: z.enum(["candidate and prompt", "candidate"]),
      agreement,
      humanKappa: figure,
      /** By first language and level; `judged` where there are enough responses. */
      subgroups: z.array(z.object({ name: z.string(), agreement })),
      failures: z.array(z.string()),
      unjudged: z.array(z.string()),
    }),
  ),
});
export type VersionReport = z.output<typeof versionReport>;

const reason = z.string().trim().min(3, "say why").max(500);
export const versionInput = z.object({ versionId: z.uuid() });
export const versionReasonInput = versionInput.extend({ reason });
