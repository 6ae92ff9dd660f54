import { isFrequentWord } from "@bandwise/evaluator/frequent-words";
import { type BankItem, cefrLevels } from "../schema.ts";
import { fleschKincaidGrade, wordsOf } from "../text-measures.ts";
import { OPEN_TASK_DIFFICULTY, objectiveLimits, taskLimits } from "./limits.ts";
import {
  isListening,
  isObjective,
  isOpenTask,
  isReading,
  type ListeningItem,
  type ObjectiveItem,
  type ObjectiveLevel,
  passagesOf,
  type ReadingItem,
} from "./parts.ts";
import { mean, type Problem, within } from "./rule.ts";

/** Length, readability, vocabulary and difficulty: each item fits its level, and the levels rise. */

/** Syllables are counted by spelling and sentences by full stops: a text may read half a grade and more beside its range. */
const GRADE_TOLERANCE = 0.75;
const WORD_TOLERANCE = 0.03;
const SECONDS_TOLERANCE = 1;
/** Room for one or two nouns a short text is about. */
const RARE_WORDS_AT_A = 0.1;

interface Stage {
  readonly name: string;
  readonly levels: readonly ObjectiveLevel[];
}
const everyLevel: readonly Stage[] = cefrLevels.map((level) => ({ name: level, levels: [level] }));
/** The specification bounds vocabulary at 1,500, 2,500 and 5,000 families, then no more: four steps, not six. */
const vocabularyStages: readonly Stage[] = [
  { name: "A1–A2", levels: ["A1", "A2"] },
  { name: "B1", levels: ["B1"] },
  { name: "B2", levels: ["B2"] },
  { name: "C1–C2", levels: ["C1", "C2"] },
];

/** One problem for each pair of neighbouring stages whose mean does not rise. Stages without items are passed over. */
function risingMeans<T extends ObjectiveItem>(
  items: readonly T[],
  stages: readonly Stage[],
  what: string,
  measure: (item: T) => number,
): Problem[] {
  const means = stages.flatMap(({ name, levels }) => {
    const measured = items.filter((item) => levels.includes(item.level)).map(measure);
    return measured.length > 0 ? [{ name, value: mean(measured) }] : [];
  });
  return means.flatMap((upper, at) => {
    const lower = means[at - 1];
    if (!lower || upper.value > lower.value) return [];
    return [
      {
        message: `${what} does not rise from ${lower.name} (${lower.value.toFixed(3)}) to ${upper.name} (${upper.value.toFixed(3)})`,
      },
    ];
  });
}

function difficultyOf(item: BankItem): number {
  if (isOpenTask(item)) return OPEN_TASK_DIFFICULTY;
  return isObjective(item) ? objectiveLimits[item.level].difficulty : taskLimits[item.level].difficulty;
}

export function difficultyFitsLevel(item: BankItem): string[] {
  const centre = difficultyOf(item);
  const moved = Math.abs(item.difficulty - centre);
  if (moved > 0.5 + 1e-9) return [`difficulty ${item.difficulty} lies more than 0.5 from ${centre}`];
  return moved > 0 && item.difficultyReason === undefined
    ? [`difficulty is moved from ${centre} to ${item.difficulty} without a reason`]
    : [];
}

export function readingLengthFitsLevel(item: ReadingItem): string[] {
  const { words } = objectiveLimits[item.level];
  const count = passagesOf(item).flatMap(wordsOf).length;
  return within(count, words, words[1] * WORD_TOLERANCE)
    ? []
    : [`${count} words; ${item.level} has ${words.join("–")}`];
}

export function readabilityFitsLevel(item: ReadingItem): string[] {
  const { grade } = objectiveLimits[item.level];
  const value = fleschKincaidGrade(passagesOf(item));
  return within(value, grade, GRADE_TOLERANCE)
    ? []
    : [`Flesch–Kincaid grade ${value.toFixed(1)}; ${item.level} has ${grade.join("–")}`];
}

export function readingRises(items: readonly BankItem[]): Problem[] {
  const reading = items.filter(isReading);
  return [
    ...risingMeans(
      reading,
      everyLevel,
      "reading: mean number of words",
      (item) => passagesOf(item).flatMap(wordsOf).length,
    ),
    ...risingMeans(reading, everyLevel, "reading: mean Flesch–Kincaid grade", (item) =>
      fleschKincaidGrade(passagesOf(item)),
    ),
  ];
}

export function listeningFitsLevel(item: ListeningItem): string[] {
  const { seconds, plays } = objectiveLimits[item.level];
  const { durationSeconds, plays: given } = item.content.stimulus;
  const problems = within(durationSeconds, seconds, SECONDS_TOLERANCE)
    ? []
    : [`${durationSeconds} s long; ${item.level} has ${seconds.join("–")} s`];
  return given === plays ? problems : [...problems, `played ${given} times; ${item.level} is played ${plays} times`];
}

export function listeningRises(items: readonly BankItem[]): Problem[] {
  return risingMeans(
    items.filter(isListening),
    everyLevel,
    "listening: mean duration",
    (item) => item.content.stimulus.durationSeconds,
  );
}

/** Share of running words outside the frequent families; numbers and names (unlisted words with a capital) left out. */
function rareWordShare(item: BankItem): number {
  const bare = (word: string): string =>
    word
      .toLowerCase()
      .replace(/’/g, "'")
      .replace(/n't$|'[a-z]*$/, "");
  const counted = passagesOf(item)
    .flatMap(wordsOf)
    .flatMap((word) => word.split("-"))
    .filter((word) => /^\p{L}/u.test(word) && (isFrequentWord(bare(word)) || !/^\p{Lu}/u.test(word)));
  return counted.length === 0 ? 0 : counted.filter((word) => !isFrequentWord(bare(word))).length / counted.length;
}

export function vocabularyRises(items: readonly BankItem[]): Problem[] {
  return (["reading", "listening"] as const).flatMap((skill) =>
    risingMeans(
      items.filter(isObjective).filter((item) => item.skill === skill),
      vocabularyStages,
      `${skill}: mean share of infrequent words`,
      rareWordShare,
    ),
  );
}

export function basicVocabulary(item: ObjectiveItem): string[] {
  if (item.level !== "A1" && item.level !== "A2") return [];
  const share = rareWordShare(item);
  return share <= RARE_WORDS_AT_A ? [] : [`${Math.round(share * 100)} % of the words are infrequent`];
}
