import { z } from "zod";
import type { JobSpec } from "../kernel/jobs.ts";
import { skills } from "./schema.ts";

/** At 5 to 10 ms a form the most that may be asked for is some five minutes of the worker. */
export const simulationLimits = { candidates: 20_000, sittings: 20, forms: 50_000 } as const;

const seed = z.string().trim().min(1, "needs a word or a number").max(60, "may have 60 characters at most");
const countUpTo = (most: number) =>
  z.coerce
    .number("must be a number")
    .int("must be a whole number")
    .min(1, "must be at least 1")
    .max(most, `must be at most ${most.toLocaleString("en-GB")}`);

export const previewInput = z.object({
  programme: z.string().max(60).default("ielp"),
  /** Sittings this candidate is taken to have had before. */
  earlier: z.coerce
    .number("must be a number")
    .int("must be a whole number")
    .min(0)
    .max(simulationLimits.sittings)
    .default(0),
  seed: seed.default("1"),
});

export const simulationInput = z
  .object({
    programme: z.string().max(60),
    candidates: countUpTo(simulationLimits.candidates),
    sittings: countUpTo(simulationLimits.sittings),
    seed,
  })
  .refine(({ candidates, sittings }) => candidates * sittings <= simulationLimits.forms, {
    path: ["sittings"],
    message: `times the candidates must be at most ${simulationLimits.forms.toLocaleString("en-GB")}`,
  });

/** What a simulation was asked for, as its row keeps it. */
export const simulationPlan = z.strictObject({ candidates: z.int(), sittings: z.int(), seed: z.string() });
export type SimulationPlan = z.infer<typeof simulationPlan>;

const writing = z.object({
  skill: z.enum(skills),
  level: z.string(),
  tag: z.string(),
  subSkill: z.string().nullable(),
  count: z.int(),
});
export type Writing = z.infer<typeof writing>;

const firstRefusal = z.object({
  candidate: z.int(),
  sitting: z.int(),
  sentences: z.array(z.string()),
  write: z.array(writing),
});

/** Items that stand in for each other in a form: one level's, its anchors apart. */
const exposureGroup = z.object({
  level: z.string(),
  tag: z.string(),
  anchor: z.boolean(),
  items: z.int(),
  /** Items of this group in a form, on average. */
  perForm: z.number(),
  /** Share of forms that hold an item, over the group: no choice of items can bring the maximum below it. */
  mean: z.number(),
  maximum: z.number(),
});

const sectionExposure = z.object({
  skill: z.enum(skills),
  items: z.int(),
  /** Items in no form. */
  unused: z.int(),
  mean: z.number(),
  maximum: z.number(),
  /** The greatest of the groups' means: what the maximum would be if every group were used evenly. */
  evenMaximum: z.number(),
  /** Share of a form that two forms have in common, over all pairs of forms. */
  overlap: z.number(),
  /** The least it could be with so many forms. */
  evenOverlap: z.number(),
  anchorsMissing: z.int(),
  groups: z.array(exposureGroup),
  /** Exposure rates, greatest first; thinned to so many points that a line can be drawn. */
  curve: z.array(z.number()),
  /** Items by exposure rate in per cent. */
  bins: z.array(z.object({ from: z.number(), to: z.number(), count: z.int() })),
});
export type SectionExposure = z.infer<typeof sectionExposure>;

export const simulationResult = z.object({
  forms: z.int(),
  /** How many candidates could not be given a form at their first, second, … sitting. */
  refusedBySitting: z.array(z.int()),
  firstRefusal: firstRefusal.nullable(),
  sections: z.array(sectionExposure),
});
export type SimulationResult = z.infer<typeof simulationResult>;

export const runSimulationJob: JobSpec<{ simulationId: string }> = {
  name: "bank.run-simulation",
  payload: z.strictObject({ simulationId: z.uuid() }),
  retryLimit: 20,
  expireInSeconds: 40,
};
