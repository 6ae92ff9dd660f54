import { z } from "zod";

const decimal = z.string().regex(/^\d+\.\d+$/);

/** How far a result may lie from what the same person would have got otherwise, as frozen with it. Decimals as strings. */
export const scoreRange = z.strictObject({
  format: z.literal(1),
  /** The sections of an examination in several skills, the criteria of one in a single skill. */
  sections: z.record(
    z.string(),
    z.strictObject({
      /**
       * `items`: from the difficulty of the items that were answered. `double-marks`: from how far two marks of the same script
       * lay apart. `tolerance`: the same, as large as the marking policy allows, while too few scripts have two marks.
       * `machine`: as the machine states it; `machine-and-marks`: where an examiner gave some of the answers' scores.
       */
      method: z.enum(["items", "double-marks", "tolerance", "machine", "machine-and-marks"]),
      /** One standard error in raw points. */
      rawError: decimal,
      /**
       * The bands one standard error below and above. Where a table leads from raw points to bands the error is half of what
       * lies between, else the standard error itself.
       */
      low: decimal,
      high: decimal,
      error: decimal,
      /** Of `double-marks`: how many scripts with two marks it rests on. */
      scripts: z.number().int().optional(),
    }),
  ),
  overall: z.strictObject({ error: decimal, low: decimal, high: decimal }),
});
export type ScoreRange = z.infer<typeof scoreRange>;
