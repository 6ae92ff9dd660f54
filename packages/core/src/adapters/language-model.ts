import { type CallLimits, usualLimits } from "@bandwise/evaluator/providers/caller";
import { createLlmRater, withStandIn } from "@bandwise/evaluator/providers/llm-rater";
import type { Evaluation } from "@bandwise/evaluator/rating";
import type { Logger } from "pino";
import type { LanguageModel } from "../kernel/context.ts";
import type { Settings } from "../kernel/settings.ts";

/**
 * A rating is made by a job that counts as dead after 40 seconds: one that waited longer for a slow model would be begun anew
 * again and again, and the offline rater's rating, which is there already, would never be kept.
 */
export const languageModelLimits = {
  ...usualLimits,
  tries: 2,
  tryMilliseconds: 13_000,
  longestPauseMilliseconds: 4_000,
};

/** The model that the settings name, or null. */
export function createLanguageModel(
  { languageModel }: Pick<Settings, "languageModel">,
  log: Pick<Logger, "warn">,
  limits: CallLimits = languageModelLimits,
): LanguageModel | null {
  if (languageModel === null) return null;
  const model = createLlmRater({ ...languageModel, limits });
  return {
    evaluate: async (response, task, rubric, offline) => {
      const standIn = { version: offline.rating.rater, evaluate: async () => offline };
      const rater = withStandIn(model, standIn, (reason) => log.warn({ reason }, "the offline rater stands in"));
      const given = await rater.evaluate(response, task, rubric);
      // A mark with a hole in it is no second mark: whatever shape it had, it stands back behind one that is whole.
      const scored = ({ rating }: Evaluation) => rating.criteria.filter(({ score }) => score !== null).length;
      if (scored(given) >= scored(offline)) return given;
      log.warn(
        { scored: scored(given) },
        "the language model left criteria without a score; the offline rater stands in",
      );
      return offline;
    },
  };
}
