import { z } from "zod";
import { reasonsByCriterion, scores } from "./schema.ts";

/** Benchmarks as files hold them: an answer to a task of the bank, its model marks, and why each. */
const common = {
  id: z.string().regex(/^b-[ws]-[a-z0-9-]+$/),
  use: z.enum(["training", "set_one", "set_two", "seed"]),
  /** The task that it answers. */
  item: z.string(),
  text: z.string().min(1),
  scores,
  reasons: reasonsByCriterion,
};

export const writtenBenchmarks = z.array(z.strictObject(common));

export const spokenBenchmarks = z.array(
  z.strictObject({
    ...common,
    /** How the words were spoken. */
    voice: z.string(),
    pace: z.number(),
    durationSeconds: z.number().positive(),
    peaks: z.array(z.number()),
  }),
);
