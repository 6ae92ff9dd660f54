import { levelBands } from "@bandwise/scoring/cefr";
import { z } from "zod";
import type { JobSpec } from "../kernel/jobs.ts";
import { pageInput } from "../kernel/page.ts";

/** Which scores a criterion may take: `lowest` to `highest` in whole steps. */
export const ratingScale = z.strictObject({
  lowest: z.number().min(0),
  highest: z.number().max(100),
  step: z.number().positive(),
});
export type RatingScale = z.infer<typeof ratingScale>;

/**
 * A rubric as written: criteria, each with descriptors at fixed scores of its scale. Stored whole with every version; those
 * stored before there were several schemes say neither scheme nor scale.
 */
export const rubricFile = z.strictObject({
  id: z.string().regex(/^[a-z0-9-]+$/),
  version: z.number().int().positive(),
  scheme: z.enum(["ielp", "ielts-speaking", "iet-speaking"]).default("ielp"),
  scale: ratingScale.default({ lowest: 0, highest: 10, step: 0.5 }),
  skill: z.enum(["writing", "speaking"]),
  criteria: z
    .array(
      z.strictObject({
        id: z.string().regex(/^[a-zA-Z]+$/),
        name: z.string().min(1),
        summary: z.string().min(1),
        descriptors: z
          .array(
            z.strictObject({
              score: z.number().min(0).max(100),
              /** The descriptor holds from `score` up to this one. */
              upTo: z.number().min(0).max(100).optional(),
              text: z.string().min(1),
            }),
          )
          .min(2),
      }),
    )
    .min(1),
});
export type RubricFile = z.infer<typeof rubricFile>;

export const createScriptsJob: JobSpec<{ attemptId: string }> = {
  name: "marking.create-scripts",
  payload: z.strictObject({ attemptId: z.uuid() }),
  retryLimit: 20,
  expireInSeconds: 40,
};

/** Why a response cannot be marked, as the examiner finds it. What follows from each is a rule: `decideAfterRating`. */
export const cannotMarkReasons = ["silence", "off-language", "wrong-task", "noise"] as const;
export type CannotMarkReason = (typeof cannotMarkReasons)[number];

/** Any score of any scheme's scale; whether it lies on its own rubric's is `scoreProblems`' to say. */
export const criterionScore = z.number().min(0, "must be 0 or more").max(100, "must be 100 at most");

export const scores = z.record(z.string().max(40), criterionScore);
export type Scores = z.infer<typeof scores>;

/** The rated half of the exam: what markers judge. */
export type RatedSkill = "writing" | "speaking";

/** Scores as stored: a draft may lack some. */
export const scoreProgress = scores.catch({});

/** Why a benchmark has its marks, criterion by criterion. */
export const reasonsByCriterion = z.record(z.string(), z.string());

const comment = z.string().max(4000).default("");

const note = z.string().trim().min(1, "is empty").max(500);
/** A comment on a place of the answer: a span of the text by its UTF-16 units, or a moment of the recording. */
export const annotation = z.union([
  z
    .strictObject({ start: z.number().int().min(0), end: z.number().int().max(100_000), note })
    .refine(({ start, end }) => start < end, "ends before it begins"),
  z.strictObject({ atSeconds: z.number().min(0).max(7200), note }),
]);
export type Annotation = z.infer<typeof annotation>;
const annotations = z.array(annotation).max(60, "are more than 60").default([]);
/** As stored. */
export const annotationList = z.array(annotation).catch([]);

const held = { scriptId: z.uuid(), leaseToken: z.uuid() };

const ratedSkill = z.enum(["writing", "speaking"]);
export const skillInput = z.object({ skill: ratedSkill });
export const exemplarsInput = skillInput.extend({ scheme: rubricFile.shape.scheme });
export const takeScriptInput = skillInput.extend({
  /** The code of a script in hand: what is wanted is the one after it, loaded ahead. */
  beside: z.string().max(20).optional(),
});
/** Which of her queues an examiner's page asks. */
export const queueInput = takeScriptInput.extend({
  queue: z.enum(["live", "adjudication", "benchmarks"]).catch("live"),
});
export type Queue = z.output<typeof queueInput>["queue"];
export const retakeScriptInput = z.object({ code: z.string().max(20) });
export const heldScriptInput = z.object(held);
export const saveDraftInput = z.object({ ...held, scores, comment, annotations });
export const submitRatingInput = z.object({
  ...held,
  scores,
  comment,
  annotations,
  cannotMark: z.enum(cannotMarkReasons).optional(),
  /** What the examiner had before her; where it is not said, the answer as it stands. */
  judged: z
    .strictObject({
      entryId: z
        .string()
        .regex(/^\d{1,19}$/)
        .nullable(),
      recordingId: z.uuid().nullable(),
    })
    .optional(),
});
export const scriptInput = z.object({ scriptId: z.uuid() });
export const reopenScriptInput = z.object({ scriptId: z.uuid(), reason: z.string().trim().min(3, "say why").max(500) });

export const scriptFilter = pageInput.extend({
  skill: z.enum(["writing", "speaking"]).optional().catch(undefined),
  level: z
    .enum([...levelBands, "all"])
    .optional()
    .catch(undefined),
  status: z
    .enum(["waiting", "leased", "rated", "adjudication", "settled", "cannot_be_marked"])
    .optional()
    .catch(undefined),
});
