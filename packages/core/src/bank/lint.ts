import {
  distinctOptions,
  evenKeyPositions,
  keyDoesNotEcho,
  keyMatchesInteraction,
  keyNotTheLongest,
  noCatchAllOption,
  numbersAscend,
  optionCount,
  parallelOptions,
  uniqueIds,
  wrongOptionsExplained,
} from "./lint/keys.ts";
import {
  basicVocabulary,
  difficultyFitsLevel,
  listeningFitsLevel,
  listeningRises,
  readabilityFitsLevel,
  readingLengthFitsLevel,
  readingRises,
  vocabularyRises,
} from "./lint/levels.ts";
import { enoughOpenTasks, noQuestionTwice, openTaskFitsKind } from "./lint/open-tasks.ts";
import { isListening, isObjective, isOpenTask, isReading, isSpeaking, isWriting } from "./lint/parts.ts";
import { each, every, type Rule } from "./lint/rule.ts";
import { mediaAsDeclared, speakingFitsBand, writingFitsBand } from "./lint/tasks.ts";
import {
  enoughAnchors,
  enoughItems,
  noSharedStimulus,
  speakingKinds,
  subSkillsSpread,
  topicsSpread,
} from "./lint/whole-bank.ts";
import { fairnessNoted, noNearDuplicates, noSensitiveTheme } from "./lint/wording.ts";
import type { BankItem } from "./schema.ts";

/**
 * The house rules for items that a machine can check; the schema says what an item may be, this says what a good bank looks
 * like. Pure: files named by an item are somebody else's to look for. Numbers come from the content specification.
 */
const rules = {
  "unique-ids": uniqueIds,
  "key-matches-interaction": each(isObjective, keyMatchesInteraction),
  "distinct-options": each(isObjective, distinctOptions),
  "option-count": each(isObjective, optionCount),
  "parallel-options": each(isObjective, parallelOptions),
  "no-catch-all-option": each(isObjective, noCatchAllOption),
  "numbers-ascend": each(isObjective, numbersAscend),
  "even-key-positions": evenKeyPositions,
  "key-not-the-longest": keyNotTheLongest,
  "key-does-not-echo": each(isObjective, keyDoesNotEcho),
  "wrong-options-explained": each(isObjective, wrongOptionsExplained),
  "difficulty-fits-level": every(difficultyFitsLevel),
  "reading-length-fits-level": each(isReading, readingLengthFitsLevel),
  "readability-fits-level": each(isReading, readabilityFitsLevel),
  "reading-rises": readingRises,
  "listening-fits-level": each(isListening, listeningFitsLevel),
  "listening-rises": listeningRises,
  "vocabulary-rises": vocabularyRises,
  "basic-vocabulary": each(isObjective, basicVocabulary),
  "no-shared-stimulus": noSharedStimulus,
  "no-near-duplicates": noNearDuplicates,
  "no-sensitive-theme": every(noSensitiveTheme),
  "fairness-noted": every(fairnessNoted),
  "enough-items": enoughItems,
  "enough-anchors": enoughAnchors,
  "sub-skills-spread": subSkillsSpread,
  "topics-spread": topicsSpread,
  "speaking-kinds": speakingKinds,
  "writing-fits-band": each(isWriting, writingFitsBand),
  "speaking-fits-band": each(isSpeaking, speakingFitsBand),
  "open-task-fits-kind": each(isOpenTask, openTaskFitsKind),
  "no-question-twice": noQuestionTwice,
  "enough-open-tasks": enoughOpenTasks,
  "media-as-declared": every(mediaAsDeclared),
} satisfies Record<string, Rule>;

export type LintRule = keyof typeof rules;

export interface LintFinding {
  readonly rule: LintRule;
  /** Absent where the fault lies in the bank as a whole. */
  readonly itemId?: string;
  readonly message: string;
}

/** Everything wrong with a bank by the house rules, in the order of the rules; an empty list for a bank in order. */
export function lintBank(items: readonly BankItem[]): LintFinding[] {
  return Object.entries<Rule>(rules).flatMap(([rule, check]) =>
    check(items).map((problem) => ({ rule: rule as LintRule, ...problem })),
  );
}
