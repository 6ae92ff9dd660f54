import { z } from "zod";

const decimal = z.string().regex(/^\d+\.\d+$/);

/** How far a result may lie from what the same person would have got otherwise, as frozen with it. Decimals as strings. */
export const scoreRange = z.strictObject({
  format: z.literal(1),
  sections: z.record(
    z.string(),
    z.strictObject({
      /**
       * `items`: from the difficulty of the items that were answered. `double-marks`: from how far two marks of the same script
       * lay apart. `tolerance`: the same, as large as the marking policy allows, while too few scripts have two marks.
       */
      method: z.enum(["items", "double-marks", "tolerance"]),
      /** One standard error in raw points. */
      rawError: decimal,
      /** The bands one standard error below and above, and half of what lies between. */
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
