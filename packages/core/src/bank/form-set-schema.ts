import { z } from "zod";
import { pageInput } from "../kernel/page.ts";
import { reasonText, skills } from "./schema.ts";

/** Twenty forms of the starter's blueprint hold more items of a level than most banks have. */
export const formSetLimits = { forms: { min: 2, max: 20 }, tolerance: { min: 0.01, max: 1 } } as const;

export const formOverlaps = ["none", "anchors"] as const;
export type FormOverlap = (typeof formOverlaps)[number];

const { forms, tolerance } = formSetLimits;

const formSetPlan = {
  programme: z.string().max(60).default("ielp"),
  forms: z.coerce
    .number("must be a number")
    .int("must be a whole number")
    .min(forms.min, `must be at least ${forms.min}`)
    .max(forms.max, `must be at most ${forms.max}`)
    .default(3),
  /** Logits either side of the set's target, in each section. */
  tolerance: z.coerce
    .number("must be a number")
    .min(tolerance.min, `must be at least ${tolerance.min}`)
    .max(tolerance.max, `must be at most ${tolerance.max}`)
    .default(0.1),
  overlap: z.enum(formOverlaps).default("none"),
  /** Whether an item that stands in another set, draft or published, may stand in this one too. */
  otherSets: z.enum(["may-share", "left-out"]).default("may-share"),
  seed: z.string().trim().min(1, "needs a word or a number").max(60, "may have 60 characters at most").default("1"),
};
export const previewFormSetInput = z.object(formSetPlan);
export type FormSetPlan = z.infer<typeof previewFormSetInput>;

export const makeFormSetInput = z.object({
  name: z.string().trim().min(3, "needs three letters at least").max(60, "may have 60 characters at most"),
  ...formSetPlan,
});

export const formSetInput = z.object({ formSetId: z.uuid() });
export const formSetReasonInput = formSetInput.extend({ reason: reasonText });
export const formInput = formSetInput.extend({ formId: z.uuid() });
export const listFormSetsInput = pageInput.extend({ programme: z.string().max(60).optional() });

/** Skill → mean difficulty, as a set's row keeps it. */
export const formSetTargets = z.partialRecord(z.enum(skills), z.number());
