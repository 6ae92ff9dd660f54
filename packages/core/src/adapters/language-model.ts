import { createLlmRater, withStandIn } from "@bandwise/evaluator/providers/llm-rater";
import type { Logger } from "pino";
import type { LanguageModel } from "../kernel/context.ts";
import type { Settings } from "../kernel/settings.ts";

/** The model that the settings name, or null. */
export function createLanguageModel({ languageModel }: Settings, log: Logger): LanguageModel | null {
  if (languageModel === null) return null;
  const model = createLlmRater(languageModel);
  return {
    evaluate: (response, task, rubric, offline) => {
      const standIn = { version: offline.rating.rater, evaluate: async () => offline };
      const rater = withStandIn(model, standIn, (reason) => log.warn({ reason }, "the offline rater stands in"));
      return rater.evaluate(response, task, rubric);
    },
  };
}
