import { z } from "zod";
import { openTypes } from "../bank/speaking-schema.ts";
import type { JobSpec } from "../kernel/jobs.ts";
import { pageInput } from "../kernel/page.ts";
import { scriptOutcome } from "../marking/policy-schema.ts";

const attemptPayload = z.strictObject({ attemptId: z.uuid() });

/** Asked for by submission: scores reading and listening within seconds, held until release. */
export const scoreObjectiveJob: JobSpec<{ attemptId: string }> = {
  name: "results.score-objective",
  payload: attemptPayload,
  retryLimit: 20,
  expireInSeconds: 40,
};

/** Asked for when the last script of an attempt is settled: makes the provisional result. */
export const computeResultJob: JobSpec<{ attemptId: string }> = {
  name: "results.compute",
  payload: attemptPayload,
  retryLimit: 20,
  expireInSeconds: 40,
};

const scores = z.record(z.string(), z.number());

/** Everything a result was worked out from, frozen with it: enough to work it out again years later. */
export const resultInputs = z.strictObject({
  items: z.array(
    z.strictObject({
      skill: z.enum(["reading", "listening"]),
      position: z.number().int(),
      level: z.enum(["A1", "A2", "B1", "B2", "C1", "C2"]),
      subSkill: z.string(),
      attemptItemId: z.uuid(),
      itemVersionId: z.uuid(),
      itemHash: z.string(),
      /** The ledger entry that counted; null where nothing was answered. */
      entryId: z.string().nullable(),
      /** A fraction such as `1/2`. */
      credit: z.string(),
    }),
  ),
  tasks: z.array(
    z.strictObject({
      skill: z.enum(["writing", "speaking"]),
      position: z.number().int(),
      /** `all`: a task put to everybody, of the kind that `type` names. */
      level: z.enum(["A", "B", "C", "all"]),
      type: z.enum(openTypes).nullable().default(null),
      subSkill: z.string(),
      attemptItemId: z.uuid(),
      itemVersionId: z.uuid(),
      scriptId: z.uuid(),
      /**
       * The ratings that count, of examiners and of machines; together they have every criterion. A response never given has
       * one without a rater: all criteria 0.
       */
      ratings: z
        .array(
          z.strictObject({
            ratingId: z.uuid().nullable(),
            machineRatingId: z.uuid().nullable().default(null),
            /** Of a machine's: its version had passed the gate on this installation's data. Null of any other. */
            validated: z.boolean().nullable().default(null),
            rubricId: z.uuid().nullable(),
            rubricHash: z.string().nullable(),
            /** The ledger entry and the recording that were judged; results made before they were kept have neither. */
            entryId: z.string().nullable().default(null),
            recordingId: z.uuid().nullable().default(null),
            scores,
          }),
        )
        .min(1),
      /** Why these ratings count; null where there was one by rule, and in results made before it was kept. */
      outcome: scriptOutcome.nullable().default(null),
      /** Final ratings that were given and do not count (any more), of examiners and of machines. */
      otherRatings: z
        .array(
          z.strictObject({
            ratingId: z.uuid().nullable(),
            machineRatingId: z.uuid().nullable().default(null),
            role: z.enum(["mark", "adjudication"]),
            scores,
            /** Of one that counted until a re-mark: the rating in its place, and the appeal that asked for it. */
            replaced: z.strictObject({ by: z.uuid(), appealId: z.uuid() }).nullable().default(null),
          }),
        )
        .default([]),
    }),
  ),
});
export type ResultInputs = z.infer<typeof resultInputs>;

export const attemptInput = z.object({ attemptId: z.uuid() });
export const releaseResultsInput = z.object({
  attemptIds: z.array(z.uuid()).min(1, "choose at least one").max(200, "at most 200 at a time"),
});

/** Asked for by a release: the certificates module makes the certificate and its PDF. */
export const issueCertificateJob: JobSpec<{ resultId: string }> = {
  name: "certificates.issue",
  payload: z.strictObject({ resultId: z.uuid() }),
  retryLimit: 20,
  expireInSeconds: 40,
};

export const resultFilter = pageInput.extend({
  state: z.enum(["ready", "held", "released", "all"]).catch("ready"),
  search: z.string().trim().max(100).catch(""),
});
