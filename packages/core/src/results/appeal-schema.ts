import { z } from "zod";
import type { JobSpec } from "../kernel/jobs.ts";
import { pageInput } from "../kernel/page.ts";

export const appealSkills = ["writing", "speaking"] as const;
export type AppealSkill = (typeof appealSkills)[number];

export const askForRemarkInput = z.strictObject({
  resultId: z.uuid(),
  skills: z
    .array(z.enum(appealSkills))
    .min(1, "choose at least one")
    .transform((skills) => [...new Set(skills)]),
  reason: z.string().trim().min(10, "needs at least 10 characters").max(2000, "is too long"),
});
export const appealInput = z.strictObject({ appealId: z.uuid() });
export const settleFeeInput = z.strictObject({ appealId: z.uuid(), fee: z.enum(["paid", "waived"]) });
/** The note goes to the candidate. */
export const declineAppealInput = z.strictObject({
  appealId: z.uuid(),
  note: z.string().trim().min(10, "needs at least 10 characters").max(1000, "is too long"),
});
export const replaceResultInput = z.strictObject({
  appealId: z.uuid(),
  reason: z.string().trim().min(10, "needs at least 10 characters").max(300, "is too long"),
});
export const ownResultInput = z.object({ resultId: z.uuid() });
export const appealFilter = pageInput.extend({ state: z.enum(["open", "closed", "all"]).catch("open") });

/** Asked for by each finished re-mark: the last one makes the outcome. */
export const finishRemarkJob: JobSpec<{ scriptId: string }> = {
  name: "results.finish-remark",
  payload: z.strictObject({ scriptId: z.uuid() }),
  retryLimit: 20,
  expireInSeconds: 40,
};
