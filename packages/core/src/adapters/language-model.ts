import { usualLimits } from "@bandwise/evaluator/providers/caller";
import { createLlmRater, withStandIn } from "@bandwise/evaluator/providers/llm-rater";
import type { Logger } from "pino";
import type { LanguageModel } from "../kernel/context.ts";
import type { Settings } from "../kernel/settings.ts";

/**
 * A rating is made by a job that counts as dead after 40 seconds: one that waited longer for a slow model would be begun anew
 * again and again, and the offline rater's rating, which is there already, would never be kept.
 */
const limits = { ...usualLimits, tries: 2, tryMilliseconds: 13_000, longestPauseMilliseconds: 4_000 };

/** The model that the settings name, or null. */
export function createLanguageModel({ languageModel }: Settings, log: Logger): LanguageModel | null {
  if (languageModel === null) return null;
  const model = createLlmRater({ ...languageModel, limits });
  return {
    evaluate: (response, task, rubric, offline) => {
      const standIn = { version: offline.rating.rater, evaluate: async () => offline };
      const rater = withStandIn(model, standIn, (reason) => log.warn({ reason }, "the offline rater stands in"));
      return rater.evaluate(response, task, rubric);
    },
  };
}
