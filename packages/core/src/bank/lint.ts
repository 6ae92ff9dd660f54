import { isFrequentWord } from "./frequent-words.ts";
import {
  type BankItem,
  cefrLevels,
  type ItemLevel,
  itemLevels,
  type Skill,
  type StimulusBlock,
  skills,
} from "./schema.ts";
import { fleschKincaidGrade, normalised, shingles, wordsOf } from "./text-measures.ts";

/**
 * The house rules for items that a machine can check; the schema says what an item may be, this says what a good bank looks
 * like. Pure: files named by an item are somebody else's to look for. Numbers come from the content specification.
 */

type ObjectiveItem = Extract<BankItem, { skill: "reading" | "listening" }>;
type ReadingItem = Extract<BankItem, { skill: "reading" }>;
type ListeningItem = Extract<BankItem, { skill: "listening" }>;
type WritingTask = Extract<BankItem, { skill: "writing" }>;
type SpeakingTask = Extract<BankItem, { skill: "speaking" }>;
type ObjectiveLevel = ObjectiveItem["level"];
type Band = WritingTask["level"];

interface Problem {
  readonly itemId?: string;
  readonly message: string;
}
type Rule = (items: readonly BankItem[]) => Problem[];

interface ObjectiveLimits {
  readonly difficulty: number;
  readonly options: number;
  readonly words: readonly [number, number];
  readonly grade: readonly [number, number];
  readonly seconds: readonly [number, number];
  readonly plays: 1 | 2;
}

const objectiveLimits: Record<ObjectiveLevel, ObjectiveLimits> = {
  A1: { difficulty: -2.5, options: 3, words: [15, 40], grade: [-15, 3], seconds: [10, 20], plays: 2 },
  A2: { difficulty: -1.5, options: 3, words: [40, 80], grade: [3, 5], seconds: [20, 30], plays: 2 },
  B1: { difficulty: -0.5, options: 4, words: [90, 150], grade: [5, 7], seconds: [30, 45], plays: 2 },
  B2: { difficulty: 0.5, options: 4, words: [150, 220], grade: [8, 10], seconds: [45, 70], plays: 1 },
  C1: { difficulty: 1.5, options: 4, words: [220, 300], grade: [10, 13], seconds: [70, 90], plays: 1 },
  C2: { difficulty: 2.5, options: 4, words: [260, 340], grade: [12, 16], seconds: [80, 110], plays: 1 },
};

interface TaskLimits {
  readonly difficulty: number;
  readonly words: readonly [number, number];
  readonly minutes: number;
  readonly prepareSeconds: number;
  readonly answerSeconds: number;
  readonly reRecord: boolean;
}

const taskLimits: Record<Band, TaskLimits> = {
  A: { difficulty: -2, words: [30, 40], minutes: 4, prepareSeconds: 15, answerSeconds: 40, reRecord: true },
  B: { difficulty: 0, words: [80, 100], minutes: 7, prepareSeconds: 30, answerSeconds: 60, reRecord: true },
  C: { difficulty: 2, words: [120, 150], minutes: 9, prepareSeconds: 45, answerSeconds: 90, reRecord: false },
};

/** Per level (reading, listening) or band (writing, speaking): fewer and a repeater soon meets the same item. */
const minimumCount: Record<Skill, number> = { reading: 10, listening: 10, writing: 4, speaking: 6 };
const minimumSubSkills: Record<Skill, number> = { reading: 4, listening: 4, writing: 3, speaking: 3 };
const minimumTopics: Record<Skill, number> = { reading: 5, listening: 5, writing: 4, speaking: 5 };
const minimumAnchors = 2;
const minimumInteractive = 2;
const minimumPictures = 2;

/** Syllables are counted by spelling and sentences by full stops: a text may read half a grade and more beside its range. */
const GRADE_TOLERANCE = 0.75;
const WORD_TOLERANCE = 0.03;
const SECONDS_TOLERANCE = 1;
const LONGEST_TO_SHORTEST_OPTION = 1.3;
/** Options of up to three words cannot be kept within a third of each other. */
const SHORT_OPTION_WORDS = 3;
/** Chi-square, upper 10 %, by number of positions: cells are small, so the 5 % bound would let nearly everything through. */
const chiSquareBound: Readonly<Record<number, number>> = { 3: 4.61, 4: 6.25, 5: 7.78, 6: 9.24, 7: 10.64, 8: 12.02 };
const FEWEST_KEYS_JUDGED = 4;
/** Room for one or two nouns a short text is about. */
const RARE_WORDS_AT_A = 0.1;
const SHARED_RUN = 5;
const SHARED_SHARE = 0.3;
const ECHO_RUN = 3;

// Parts of an item ---------------------------------------------------------------------------------------------------

const isObjective = (item: BankItem): item is ObjectiveItem => item.skill === "reading" || item.skill === "listening";
const isReading = (item: BankItem): item is ReadingItem => item.skill === "reading";
const isListening = (item: BankItem): item is ListeningItem => item.skill === "listening";
const isWriting = (item: BankItem): item is WritingTask => item.skill === "writing";
const isSpeaking = (item: BankItem): item is SpeakingTask => item.skill === "speaking";

function textsOfBlock(block: StimulusBlock): string[] {
  if (block.type === "list") return block.items;
  if (block.type === "table") return [block.header, ...block.rows].map((row) => row.join(" "));
  return [block.text];
}

function passagesOf(item: BankItem): string[] {
  switch (item.skill) {
    case "reading":
      return item.content.stimulus.blocks.flatMap(textsOfBlock);
    case "listening":
      return item.content.stimulus.turns.map((turn) => turn.text);
    case "writing":
      return [item.content.situation];
    case "speaking":
      return [item.content.prompt, ...(item.content.turn ? [item.content.turn.text] : [])];
  }
}

/** Tasks are short and begin alike ("Look at the picture"): their points tell them apart. */
function taskTextOf(item: BankItem): string[] {
  return isObjective(item) ? passagesOf(item) : [item.content.title, ...passagesOf(item), ...item.content.points];
}

interface SingleChoice {
  readonly item: ObjectiveItem;
  readonly options: readonly { readonly id: string; readonly text: string }[];
  readonly keyIndex: number;
}

function singleChoices(items: readonly BankItem[]): SingleChoice[] {
  return items.filter(isObjective).flatMap((item) => {
    const { interaction } = item.content;
    const { key } = item;
    if (interaction.type !== "choice" || key.type !== "choice") return [];
    const keyIndex = interaction.options.findIndex((option) => option.id === key.correct);
    return keyIndex < 0 ? [] : [{ item, options: interaction.options, keyIndex }];
  });
}

/** Texts a candidate chooses among, list by list. */
function optionLists(item: ObjectiveItem): (readonly { readonly id: string; readonly text: string }[])[] {
  const { interaction } = item.content;
  switch (interaction.type) {
    case "choice":
    case "multiple-response":
    case "gap-fill":
      return [interaction.options];
    case "matching":
      return [interaction.prompts, interaction.options];
    case "ordering":
      return [interaction.elements];
    case "text-entry":
      return [];
  }
}

// Small tools --------------------------------------------------------------------------------------------------------

function each<T extends BankItem>(belongs: (item: BankItem) => item is T, check: (item: T) => string[]): Rule {
  return (items) =>
    items.filter(belongs).flatMap((item) => check(item).map((message) => ({ itemId: item.id, message })));
}

const every = (check: (item: BankItem) => string[]): Rule =>
  each((item): item is BankItem => skills.includes(item.skill), check);

function groupBy<T>(values: readonly T[], name: (value: T) => string): Map<string, T[]> {
  const groups = new Map<string, T[]>();
  for (const value of values) {
    const group = groups.get(name(value));
    if (group) group.push(value);
    else groups.set(name(value), [value]);
  }
  return groups;
}

const cellOf = (item: BankItem): string => `${item.skill} ${item.level}`;
const cells = (items: readonly BankItem[]): Map<string, BankItem[]> => groupBy(items, cellOf);
const repeated = (values: readonly string[]): string[] => [
  ...new Set(values.filter((value, at) => values.indexOf(value) !== at)),
];
const mean = (values: readonly number[]): number => values.reduce((sum, value) => sum + value, 0) / values.length;
const sameSet = (a: readonly string[], b: readonly string[]): boolean =>
  a.length === b.length && new Set(a).size === a.length && a.every((value) => b.includes(value));

function within(value: number, [low, high]: readonly [number, number], tolerance: number): boolean {
  return value >= low - tolerance && value <= high + tolerance;
}

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

// Keys and options ---------------------------------------------------------------------------------------------------

function uniqueIds(items: readonly BankItem[]): Problem[] {
  return repeated(items.map((item) => item.id)).map((id) => ({ itemId: id, message: "the id is used more than once" }));
}

function keyMatchesInteraction(item: ObjectiveItem): string[] {
  const { interaction } = item.content;
  const { key } = item;
  const unknown = (known: readonly { readonly id: string }[], used: readonly string[]): string[] =>
    used
      .filter((id) => !known.some((option) => option.id === id))
      .map((id) => `the key names "${id}", which is not an option`);
  if (interaction.type === "choice" && key.type === "choice") return unknown(interaction.options, [key.correct]);
  if (interaction.type === "multiple-response" && key.type === "multiple-response") {
    const problems = unknown(interaction.options, key.correct);
    if (new Set(key.correct).size !== interaction.choose)
      problems.push(`${interaction.choose} to choose, but ${key.correct.length} keys`);
    if (repeated(key.correct).length > 0) problems.push("a key is named twice");
    if (interaction.choose >= interaction.options.length) problems.push("every option would have to be chosen");
    return problems;
  }
  if (interaction.type === "text-entry" && key.type === "text-entry") {
    const problems = key.accepted
      .filter((text) => text.length > interaction.maxLength)
      .map((text) => `"${text}" does not fit into the box`);
    return [...problems, ...repeated(key.accepted).map((text) => `"${text}" is accepted twice`)];
  }
  if (interaction.type === "matching" && key.type === "matching") {
    const prompts = interaction.prompts.map((prompt) => prompt.id);
    const problems = unknown(interaction.options, Object.values(key.correct));
    if (!sameSet(Object.keys(key.correct), prompts)) problems.push("the key does not answer exactly the prompts");
    return problems;
  }
  if (interaction.type === "ordering" && key.type === "ordering") {
    const elements = interaction.elements.map((element) => element.id);
    if (!sameSet(key.correct, elements)) return ["the key is not an order of exactly the elements"];
    return key.correct.join() === elements.join() ? ["the elements already stand in the right order"] : [];
  }
  if (interaction.type === "gap-fill" && key.type === "gap-fill") {
    const gaps = [...interaction.text.matchAll(/\[\[([^\]]*)\]\]/g)].map((match) => match[1] ?? "");
    const problems = unknown(interaction.options, Object.values(key.correct));
    if (gaps.length === 0 || gaps.some((gap, at) => gap !== String(at + 1)))
      problems.push("the gaps are not numbered 1, 2, 3, … in the text");
    if (!sameSet(Object.keys(key.correct), gaps)) problems.push("the key does not fill exactly the gaps of the text");
    return problems;
  }
  return [`a ${key.type} key for a ${interaction.type} interaction`];
}

function distinctOptions(item: ObjectiveItem): string[] {
  return optionLists(item).flatMap((list) => [
    ...repeated(list.map((option) => option.id)).map((id) => `option id "${id}" is used twice`),
    ...repeated(list.map((option) => normalised(option.text))).map((text) => `option "${text}" stands there twice`),
  ]);
}

function optionCount(item: ObjectiveItem): string[] {
  const { interaction } = item.content;
  const wanted = objectiveLimits[item.level].options;
  if (interaction.type !== "choice" || interaction.options.length === wanted) return [];
  return [`${interaction.options.length} options; ${item.level} has ${wanted}`];
}

function parallelOptions(item: ObjectiveItem): string[] {
  const { interaction } = item.content;
  if (interaction.type !== "choice" && interaction.type !== "multiple-response") return [];
  const texts = interaction.options.map((option) => option.text);
  if (Math.max(...texts.map((text) => wordsOf(text).length)) <= SHORT_OPTION_WORDS) return [];
  const lengths = texts.map((text) => text.length);
  const ratio = Math.max(...lengths) / Math.min(...lengths);
  return ratio <= LONGEST_TO_SHORTEST_OPTION
    ? []
    : [`the longest option is ${ratio.toFixed(2)} times the shortest (${lengths.join(", ")} characters)`];
}

function noCatchAllOption(item: ObjectiveItem): string[] {
  return optionLists(item)
    .flat()
    .filter((option) =>
      /\b(?:all|none|both|neither|any) of (?:the )?(?:above|others?|options|answers)\b|^(?:both )?[a-h] (?:and|or) [a-h]\b/i.test(
        option.text,
      ),
    )
    .map((option) => `"${option.text}" refers to other options`);
}

function numbersAscend(item: ObjectiveItem): string[] {
  const { interaction } = item.content;
  if (interaction.type !== "choice") return [];
  const numbers = interaction.options.map((option) =>
    /^\D{0,3}(\d+(?:[.:]\d+)?)\D*$/.exec(option.text)?.[1]?.replace(":", "."),
  );
  const values = numbers.map(Number);
  if (numbers.includes(undefined) || values.every((value, at) => at === 0 || value > (values[at - 1] ?? 0))) return [];
  return ["options that are numbers do not stand in order"];
}

function evenKeyPositions(items: readonly BankItem[]): Problem[] {
  const judge = (name: string, choices: readonly SingleChoice[]): Problem[] =>
    [...groupBy(choices, (choice) => String(choice.options.length)).values()].flatMap((alike) => {
      const positions = alike[0]?.options.length ?? 0;
      const bound = chiSquareBound[positions];
      if (alike.length < FEWEST_KEYS_JUDGED || bound === undefined) return [];
      const counts = Array.from(
        { length: positions },
        (_, at) => alike.filter((choice) => choice.keyIndex === at).length,
      );
      const expected = alike.length / positions;
      const chiSquare = counts.reduce((sum, count) => sum + (count - expected) ** 2 / expected, 0);
      return chiSquare <= bound
        ? []
        : [{ message: `${name}: keys stand at positions ${counts.join("/")} (chi-square ${chiSquare.toFixed(1)})` }];
    });
  const choices = singleChoices(items);
  const groups = [
    ...groupBy(choices, (choice) => cellOf(choice.item)),
    ...groupBy(choices, (choice) => choice.item.skill),
  ];
  return groups.flatMap(([name, group]) => judge(name, group));
}

/** One-sided: at most the number of longest keys that chance gives 95 times in 100. */
function keyNotTheLongest(items: readonly BankItem[]): Problem[] {
  const isLongest = ({ options, keyIndex }: SingleChoice): boolean =>
    options.every((option, at) => at === keyIndex || option.text.length < (options[keyIndex]?.text.length ?? 0));
  const judge = (name: string, choices: readonly SingleChoice[]): Problem[] => {
    if (choices.length < FEWEST_KEYS_JUDGED) return [];
    const chances = choices.map((choice) => 1 / choice.options.length);
    const expected = chances.reduce((sum, chance) => sum + chance, 0);
    const deviation = Math.sqrt(chances.reduce((sum, chance) => sum + chance * (1 - chance), 0));
    const longest = choices.filter(isLongest).length;
    if (longest <= expected + 1.645 * deviation + 0.5) return [];
    return [{ message: `${name}: the key is the longest option in ${longest} of ${choices.length} items` }];
  };
  const choices = singleChoices(items);
  const groups = [
    ...groupBy(choices, (choice) => cellOf(choice.item)),
    ...groupBy(choices, (choice) => choice.item.skill),
  ];
  return groups.flatMap(([name, group]) => judge(name, group));
}

/** From B2 up a key that lifts words from the text can be found by looking, not by reading. */
function keyDoesNotEcho(item: ObjectiveItem): string[] {
  if (objectiveLimits[item.level].difficulty < objectiveLimits.B2.difficulty) return [];
  const heard = shingles(passagesOf(item).join(" "), ECHO_RUN);
  return singleChoices([item]).flatMap(({ options, keyIndex }) => {
    const echo = [...shingles(options[keyIndex]?.text ?? "", ECHO_RUN)].find((run) => heard.has(run));
    return echo === undefined ? [] : [`the key repeats "${echo}" from the stimulus`];
  });
}

function wrongOptionsExplained(item: ObjectiveItem): string[] {
  const { interaction } = item.content;
  const { key } = item;
  const named = Object.keys(item.rationale.distractors);
  if (interaction.type === "choice" || interaction.type === "multiple-response") {
    const right = key.type === "choice" ? [key.correct] : key.type === "multiple-response" ? key.correct : [];
    const wrong = interaction.options.map((option) => option.id).filter((id) => !right.includes(id));
    return [
      ...wrong.filter((id) => !named.includes(id)).map((id) => `no reason why "${id}" is wrong`),
      ...named
        .filter((id) => !wrong.includes(id))
        .map((id) => `a reason is given for "${id}", which is not a wrong option`),
    ];
  }
  if (named.length === 0) return ["no wrong answer is explained"];
  if (
    (interaction.type === "matching" && key.type === "matching") ||
    (interaction.type === "gap-fill" && key.type === "gap-fill")
  ) {
    return named.flatMap((name) => {
      const [place = "", option = ""] = name.split(":");
      if (!(place in key.correct) || !interaction.options.some((known) => known.id === option))
        return [`"${name}" names no placing`];
      return key.correct[place] === option ? [`"${name}" is explained as wrong but is the key`] : [];
    });
  }
  if (key.type === "text-entry") {
    const accepted = key.accepted.map((text) => normalised(text));
    return named
      .filter((name) => accepted.includes(normalised(name)))
      .map((name) => `"${name}" is explained as wrong but accepted`);
  }
  return [];
}

// Levels -------------------------------------------------------------------------------------------------------------

function difficultyFitsLevel(item: BankItem): string[] {
  const centre = isObjective(item) ? objectiveLimits[item.level].difficulty : taskLimits[item.level].difficulty;
  const moved = Math.abs(item.difficulty - centre);
  if (moved > 0.5 + 1e-9) return [`difficulty ${item.difficulty} lies more than 0.5 from ${centre}`];
  return moved > 0 && item.difficultyReason === undefined
    ? [`difficulty is moved from ${centre} to ${item.difficulty} without a reason`]
    : [];
}

function readingLengthFitsLevel(item: ReadingItem): string[] {
  const { words } = objectiveLimits[item.level];
  const count = passagesOf(item).flatMap(wordsOf).length;
  return within(count, words, words[1] * WORD_TOLERANCE)
    ? []
    : [`${count} words; ${item.level} has ${words.join("–")}`];
}

function readabilityFitsLevel(item: ReadingItem): string[] {
  const { grade } = objectiveLimits[item.level];
  const value = fleschKincaidGrade(passagesOf(item));
  return within(value, grade, GRADE_TOLERANCE)
    ? []
    : [`Flesch–Kincaid grade ${value.toFixed(1)}; ${item.level} has ${grade.join("–")}`];
}

function readingRises(items: readonly BankItem[]): Problem[] {
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

function listeningFitsLevel(item: ListeningItem): string[] {
  const { seconds, plays } = objectiveLimits[item.level];
  const { durationSeconds, plays: given } = item.content.stimulus;
  const problems = within(durationSeconds, seconds, SECONDS_TOLERANCE)
    ? []
    : [`${durationSeconds} s long; ${item.level} has ${seconds.join("–")} s`];
  return given === plays ? problems : [...problems, `played ${given} times; ${item.level} is played ${plays} times`];
}

function listeningRises(items: readonly BankItem[]): Problem[] {
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

function vocabularyRises(items: readonly BankItem[]): Problem[] {
  return (["reading", "listening"] as const).flatMap((skill) =>
    risingMeans(
      items.filter(isObjective).filter((item) => item.skill === skill),
      vocabularyStages,
      `${skill}: mean share of infrequent words`,
      rareWordShare,
    ),
  );
}

function basicVocabulary(item: ObjectiveItem): string[] {
  if (item.level !== "A1" && item.level !== "A2") return [];
  const share = rareWordShare(item);
  return share <= RARE_WORDS_AT_A ? [] : [`${Math.round(share * 100)} % of the words are infrequent`];
}

// The bank as a whole ------------------------------------------------------------------------------------------------

function noSharedStimulus(items: readonly BankItem[]): Problem[] {
  const texts = items.map((item) => normalised(taskTextOf(item).join(" ")));
  const runs = texts.map((text) => shingles(text, SHARED_RUN));
  const holders = new Map<string, number[]>();
  const problems: Problem[] = [];
  for (const [at, item] of items.entries()) {
    const own = runs[at] ?? new Set<string>();
    const overlap = new Map<number, number>();
    for (const run of own) {
      for (const other of holders.get(run) ?? []) overlap.set(other, (overlap.get(other) ?? 0) + 1);
      holders.set(run, [...(holders.get(run) ?? []), at]);
    }
    const twins = new Set(
      [...texts.slice(0, at).entries()].filter(([, text]) => text === texts[at]).map(([other]) => other),
    );
    for (const [other, shared] of overlap)
      if (shared / Math.min(own.size, runs[other]?.size ?? 0) > SHARED_SHARE) twins.add(other);
    for (const twin of twins)
      problems.push({ itemId: item.id, message: `shares its stimulus with ${items[twin]?.id}` });
  }
  return problems;
}

function enoughItems(items: readonly BankItem[]): Problem[] {
  const found = cells(items);
  const expected = skills.flatMap((skill) => {
    const levels: readonly ItemLevel[] =
      skill === "reading" || skill === "listening" ? cefrLevels : itemLevels.filter((level) => level.length === 1);
    return levels.map((level) => ({ name: `${skill} ${level}`, minimum: minimumCount[skill] }));
  });
  return expected.flatMap(({ name, minimum }) => {
    const count = found.get(name)?.length ?? 0;
    return count >= minimum ? [] : [{ message: `${name}: ${count} items; at least ${minimum} are needed` }];
  });
}

function enoughAnchors(items: readonly BankItem[]): Problem[] {
  return [...cells(items)].flatMap(([name, cell]) => {
    const anchors = cell.filter((item) => item.anchor);
    if (cell.every(isObjective))
      return anchors.length >= minimumAnchors
        ? []
        : [{ message: `${name}: ${anchors.length} anchors; at least ${minimumAnchors} are needed` }];
    return anchors.map((item) => ({ itemId: item.id, message: "tasks marked by people are not anchors" }));
  });
}

function spread(what: string, minimum: Record<Skill, number>, read: (item: BankItem) => string): Rule {
  return (items) =>
    [...cells(items)].flatMap(([name, cell]) => {
      const [first] = cell;
      const count = new Set(cell.map(read)).size;
      if (!first || count >= minimum[first.skill]) return [];
      return [{ message: `${name}: ${count} ${what}; at least ${minimum[first.skill]} are needed` }];
    });
}

/** A form takes two speaking tasks of a band, one of them interactive, so both kinds need a choice. */
function speakingKinds(items: readonly BankItem[]): Problem[] {
  const groups = groupBy(items.filter(isSpeaking), (item) => item.level);
  return [...groups].flatMap(([band, tasks]) => {
    const interactive = tasks.filter((task) => task.content.turn !== undefined).length;
    const pictures = tasks.filter((task) => task.content.picture !== undefined).length;
    const problems: Problem[] = [];
    if (interactive < minimumInteractive)
      problems.push({
        message: `speaking ${band}: ${interactive} interactive tasks; at least ${minimumInteractive} are needed`,
      });
    if (tasks.length - interactive < minimumInteractive)
      problems.push({ message: `speaking ${band}: fewer than ${minimumInteractive} tasks without a recorded turn` });
    if (band === "A" && pictures < minimumPictures)
      problems.push({ message: `speaking A: ${pictures} pictures; at least ${minimumPictures} are needed` });
    return problems;
  });
}

// Tasks and media ----------------------------------------------------------------------------------------------------

function writingFitsBand(item: WritingTask): string[] {
  const { words, minutes } = taskLimits[item.level];
  const { minWords, maxWords, suggestedMinutes, instruction } = item.content;
  const problems =
    minWords === words[0] && maxWords === words[1]
      ? []
      : [`${minWords}–${maxWords} words; band ${item.level} has ${words.join("–")}`];
  if (suggestedMinutes !== minutes) problems.push(`${suggestedMinutes} minutes; band ${item.level} has ${minutes}`);
  if (!instruction.includes(`${minWords}–${maxWords} words`))
    problems.push(`the instruction does not say "${minWords}–${maxWords} words"`);
  return problems;
}

function speakingFitsBand(item: SpeakingTask): string[] {
  const { prepareSeconds, answerSeconds, reRecord } = taskLimits[item.level];
  const { content } = item;
  const problems: string[] = [];
  if (content.prepareSeconds !== prepareSeconds)
    problems.push(`${content.prepareSeconds} s to prepare; band ${item.level} has ${prepareSeconds}`);
  if (content.answerSeconds !== answerSeconds)
    problems.push(`${content.answerSeconds} s to speak; band ${item.level} has ${answerSeconds}`);
  const allowed = reRecord && content.turn === undefined;
  if (content.reRecord !== allowed) problems.push(`a second recording should ${allowed ? "" : "not "}be allowed`);
  return problems;
}

function mediaAsDeclared(item: BankItem): string[] {
  const misnamed = (media: string | undefined, ending: string): string[] =>
    // A file that replaces another has a name of its own, for a name never changes its content.
    media === undefined ||
    (media.startsWith(item.id) && new RegExp(`^(-[a-z0-9]+)?\\.(${ending})$`).test(media.slice(item.id.length)))
      ? []
      : [`media "${media}" is not named after the item`];
  if (isListening(item)) return misnamed(item.content.stimulus.media, "mp3");
  if (!isSpeaking(item)) return [];
  const { prompt, turn, picture } = item.content;
  const problems = [...misnamed(turn?.media, "mp3"), ...misnamed(picture?.media, "svg|png|jpg")];
  if (/\blisten\b/i.test(prompt) !== (turn !== undefined))
    problems.push(
      turn ? "the prompt does not ask to listen to the turn" : "the prompt asks to listen, but there is no turn",
    );
  const asksToLook = /\blook at (?:the|these|this|two) pictures?\b|\bpictures? shows?\b/i.test(prompt);
  if (asksToLook !== (picture !== undefined))
    problems.push(
      picture ? "the prompt does not mention the picture" : "the prompt mentions a picture, but there is none",
    );
  return problems;
}

// ---------------------------------------------------------------------------------------------------------------------

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
  "enough-items": enoughItems,
  "enough-anchors": enoughAnchors,
  "sub-skills-spread": spread("sub-skills", minimumSubSkills, (item) => item.subSkill),
  "topics-spread": spread("topics", minimumTopics, (item) => item.topic),
  "speaking-kinds": speakingKinds,
  "writing-fits-band": each(isWriting, writingFitsBand),
  "speaking-fits-band": each(isSpeaking, speakingFitsBand),
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
