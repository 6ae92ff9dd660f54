import type { LinearModel } from "./model.ts";
import type {
  CriterionRating,
  Evaluation,
  FeatureVector,
  Flag,
  Rater,
  Rating,
  Response,
  Rubric,
  Task,
} from "./rating.ts";
import { scoreCriterion, sha256, unmeasured } from "./score.ts";
import { analyseText, type Checkers, type TextAnalysis } from "./text/features.ts";
import { createGrammarChecker } from "./text/grammar.ts";
import { createSpeller } from "./text/spelling.ts";
import { versionOf } from "./version.ts";

/** Fewer words say too little about anyone's English. */
const fewestWords = 20;
/** Below so many words a score is less sure than the model's standard error says, which was stated for essays. */
const fullWords = 250;
const limits = { english: 0.5, copied: 0.5, repeated: 0.34, promptOverlap: 0.08 };

/** Loads the checkers once; they serve any number of texts. */
export async function loadCheckers(): Promise<Checkers> {
  return { grammar: await createGrammarChecker(), speller: createSpeller() };
}

/** The rater that needs no network: measured features, a linear model, every score taken apart into its contributions. */
export function createOfflineRater(model: LinearModel, checkers: Checkers): Rater {
  const rate = textRater(model, checkers);
  return {
    version: versionOf(model),
    evaluate: async (response, task, rubric) => (await rate(response, task, rubric)).evaluation,
  };
}

export interface MeasuredEvaluation {
  readonly evaluation: Evaluation;
  /** Everything measured: what calibration learns from. */
  readonly features: FeatureVector;
}
export type TextRater = (response: Response, task: Task, rubric: Rubric) => Promise<MeasuredEvaluation>;

/** The same rater for those who also want what was measured. */
export function textRater(model: LinearModel, checkers: Checkers): TextRater {
  const rater = versionOf(model);
  return async (response, task, rubric) => {
    const begun = performance.now();
    const analysis = await analyseText(response, task, checkers);
    const features = { ...analysis.features, ...analysis.profile };
    const rating: Rating = {
      rater,
      inputHash: hashOfInput(response, task, rubric),
      criteria: rateAnalysis(model, analysis, features, rubric),
      evidence: analysis.mistakes,
      flags: flagsOf(analysis),
    };
    return {
      evaluation: { rating, durationMilliseconds: performance.now() - begun },
      features,
    };
  };
}

function hashOfInput(response: Response, task: Task, rubric: Rubric): string {
  return sha256([
    [response.kind, response.text],
    [task.prompt ?? null, task.points ?? null, task.minWords ?? null, task.maxWords ?? null],
    [rubric.criteria, rubric.lowest, rubric.highest],
  ]);
}

/** Scores what was measured. Pure: the same analysis gives the same ratings. */
function rateAnalysis(
  model: LinearModel,
  analysis: TextAnalysis,
  features: FeatureVector,
  rubric: Rubric,
): CriterionRating[] {
  const flags = flagsOf(analysis);
  const words = analysis.tokens.words.length;
  return rubric.criteria.map((id): CriterionRating => {
    const criterion = Object.hasOwn(model.criteria, id) ? model.criteria[id] : undefined;
    if (criterion === undefined) return unmeasured(id, `the model ${model.id} does not measure this criterion`);
    const reason = voidReason(flags, id);
    if (reason !== null) return unmeasured(id, reason);
    return scoreCriterion({ model, criterion, id, features, rubric, amount: words / fullWords });
  });
}

export function flagsOf({ tokens, task, englishShare }: TextAnalysis): Flag[] {
  const words = tokens.words.length;
  if (words === 0) return ["empty"];
  const found: Flag[] = [];
  if (words < fewestWords) found.push("too-short");
  if (englishShare < limits.english && words >= 5) found.push("off-language");
  if (task.copiedShare >= limits.copied) found.push("copied-prompt");
  if (task.promptOverlap !== null && task.promptOverlap < limits.promptOverlap && words >= 50) found.push("off-topic");
  if (task.repeatedShare >= limits.repeated) found.push("repetitive");
  return found;
}

const voiding: Readonly<Partial<Record<Flag, string>>> = {
  empty: "there is nothing to rate",
  "too-short": `fewer than ${fewestWords} words`,
  "off-language": "the text is not in English",
  "copied-prompt": "half of it or more is copied from the task",
  repetitive: "a third of it or more repeats sentences",
};

/** Why a flag leaves a criterion without a score; null where none does. */
export function voidReason(found: readonly Flag[], criterion: string): string | null {
  for (const flag of found) {
    const reason = voiding[flag];
    if (reason !== undefined) return reason;
    if (flag === "off-topic" && criterion === "taskFulfilment")
      return "it shares next to no content word with the task";
  }
  return null;
}
