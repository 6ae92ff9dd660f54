import { levelBands } from "@bandwise/scoring/cefr";
import { z } from "zod";

export const policyModes = ["single", "double", "sampled", "targeted"] as const;
export type PolicyMode = (typeof policyModes)[number];

/**
 * `advises`: the machine rates, and an examiner sees it once she has submitted. `second`: it is the second marker of what one
 * examiner marks; too far from hers, or without a mark, and a second examiner is asked.
 */
export const machineRoles = ["off", "advises", "second"] as const;
export type MachineRole = (typeof machineRoles)[number];

/** On the scale of the scheme; marks are given in halves at the finest, a mean of two in quarters. */
const points = z
  .number()
  .min(0, "must be 0 or more")
  .max(100, "must be 100 at most")
  .refine((value) => Number.isInteger(value * 4), "must be a whole, half or quarter point");

/** How far apart two sets of marks may lie. */
export const tolerance = z.strictObject({
  /** On any one criterion. */
  criterion: points,
  /** Between the means of the criteria. */
  mean: points,
});
export type Tolerance = z.infer<typeof tolerance>;

/** How the scripts of a programme are marked. What each field does: `policy-rules.ts` and `seed-rules.ts`. */
export const policyData = z.strictObject({
  mode: z.enum(policyModes),
  /** Of a hundred scripts, so many get a second mark (`sampled` and `targeted`). */
  samplePercent: z.number().int().min(0).max(100),
  /** What a second mark is asked for (`targeted`); null switches a reason off. */
  targets: z.strictObject({
    /** A section's band lies this far or further from the mean of the others. */
    jaggedBands: z.number().min(0.5).max(10).nullable(),
    /** A section's band lies this near to the end of a CEFR row, or nearer. */
    boundaryBands: z.number().min(0.1).max(1).nullable(),
    /** Its examiner has given fewer live marks in the skill than this. */
    newExaminerMarks: z.number().int().min(1).max(1000).nullable(),
  }),
  tolerance,
  /** What counts after adjudication: the senior's mark alone, or with whichever earlier mark lies nearest to it. */
  adjudicated: z.enum(["senior", "senior-and-nearest"]),
  seeds: z.strictObject({
    /** One script in so many is a seed; 0: none. */
    every: z.number().int().min(0).max(100),
    tolerance,
    /** So many misses among the last `window` seeds hold the queue. */
    misses: z.number().int().min(1).max(20),
    window: z.number().int().min(1).max(100),
    /** During the first live marks after qualifying or being let go on, misses are told to the lead and hold nothing. */
    graceMarks: z.number().int().min(0).max(500),
  }),
  /** Only examiners who have qualified in the skill. */
  qualification: z.boolean(),
  /** Writing of `ielp` alone. */
  machine: z.enum(machineRoles).default("off"),
});
export type PolicyData = z.infer<typeof policyData>;

/** The policy a script is marked by, as it stood when the script was made. Version 0 is the standard of this release. */
export const scriptPolicy = z.strictObject({
  programme: z.string(),
  version: z.number().int().min(0),
  scheme: z.string(),
  data: policyData,
});
export type ScriptPolicy = z.infer<typeof scriptPolicy>;

export const secondReasons = ["sampled", "new-examiner", "boundary", "jagged", "machine"] as const;
export type SecondReason = (typeof secondReasons)[number];

const difference = z.strictObject({
  /** The largest on one criterion, in points, and where. */
  criterion: z.number(),
  on: z.string(),
  /** Between the means, in points. */
  mean: z.number(),
});
export type Difference = z.infer<typeof difference>;

/**
 * Which ratings a settled script counts, and why. Beside examiners' those of a machine where the scheme has them: each gives
 * the criteria it has a score for. `machine`: nobody else was asked.
 */
export const scriptOutcome = z.strictObject({
  /** Ratings by people; none where a machine's measured every criterion. */
  counting: z.array(z.uuid()),
  /** The machine rating that counts for the criteria it has a score of, and no person was asked for. */
  machine: z.uuid().optional(),
  rule: z.enum([
    "single",
    "within-tolerance",
    "adjudicated",
    "adjudicated-with-nearest",
    "re-marked",
    "machine",
    "with-machine",
  ]),
  /** How the scheme makes one score of several. */
  combine: z.enum(["exact-mean", "mean-to-nearest-half"]),
  /** Between the first marks; null where there was one. */
  difference: difference.nullable(),
  policy: z.strictObject({ programme: z.string(), version: z.number().int() }).nullable(),
  second: z.enum(secondReasons).nullable(),
  /** The mark of a machine that counts beside one examiner's (`with-machine`). */
  machineMark: z.strictObject({ machineRatingId: z.uuid(), scores: z.record(z.string(), z.number()) }).optional(),
});
export type ScriptOutcome = z.infer<typeof scriptOutcome>;

/** The criteria of a stored machine rating that could be measured, with their scores; the others are for somebody else to give. */
export const measuredScores = z
  .array(z.object({ criterion: z.string(), score: z.number().nullable() }))
  .transform(
    (criteria): Record<string, number> =>
      Object.fromEntries(criteria.flatMap(({ criterion, score }) => (score === null ? [] : [[criterion, score]]))),
  );

/** What a seed came to. */
export const seedOutcome = z.strictObject({ missed: z.boolean(), difference });

export const policyPlace = z.strictObject({
  programme: z.string().min(1).max(60),
  skill: z.enum(["writing", "speaking"]).nullable(),
  level: z.enum(levelBands).nullable(),
});
export const publishPolicyInput = policyPlace.extend({
  data: policyData,
  reason: z.string().trim().min(3, "say why").max(500),
  /** The newest version the page had before it: two who publish at once do not overwrite each other unseen. */
  after: z.number().int().min(0),
});

export const appealHoldInput = z.object({
  skill: z.enum(["writing", "speaking"]),
  appeal: z.string().trim().min(3, "say why").max(2000),
});
export const decideHoldInput = z.object({
  holdId: z.uuid(),
  verdict: z.enum(["lifted", "requalify"]),
  note: z.string().trim().min(3, "say why").max(2000),
});
export const sendBackInput = z.object({ holdId: z.uuid(), reason: z.string().trim().min(3, "say why").max(500) });
export const withdrawQualificationInput = z.object({
  personId: z.uuid(),
  skill: z.enum(["writing", "speaking"]),
  reason: z.string().trim().min(3, "say why").max(500),
});
