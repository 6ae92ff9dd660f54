import { acceptedTexts, answerSpace, rightOptions, rightPlacings } from "../answer-space.ts";
import { keyProblems } from "../key-rules.ts";
import { gapIds } from "../marked-text.ts";
import type { BankItem } from "../schema.ts";
import { normalised, shingles, wordsOf } from "../text-measures.ts";
import { objectiveLimits } from "./limits.ts";
import {
  type ObjectiveItem,
  optionLists,
  passagesOf,
  type Question,
  questionsOf,
  type SingleChoice,
  singleChoices,
} from "./parts.ts";
import { cellOf, groupBy, type Problem, repeated } from "./rule.ts";

/** Keys and options. */

const LONGEST_TO_SHORTEST_OPTION = 1.3;
/** Options of up to three words cannot be kept within a third of each other. */
const SHORT_OPTION_WORDS = 3;
const MULTIPLE_RESPONSE_OPTIONS = 4;
/** Chi-square, upper 10 %, by number of positions: cells are small, so the 5 % bound would let nearly everything through. */
const chiSquareBound: Readonly<Record<number, number>> = { 3: 4.61, 4: 6.25, 5: 7.78, 6: 9.24, 7: 10.64, 8: 12.02 };
const FEWEST_KEYS_JUDGED = 4;
const ECHO_RUN = 3;

export function uniqueIds(items: readonly BankItem[]): Problem[] {
  return repeated(items.map((item) => item.id)).map((id) => ({ itemId: id, message: "the id is used more than once" }));
}

export function keyMatchesInteraction(item: ObjectiveItem): string[] {
  return [
    ...Object.entries(keyProblems(item)).map(([field, rule]) => `${field} ${rule}`),
    ...questionsOf(item).flatMap(houseKeyProblems),
  ];
}

/** What could be scored all the same, but is not as our own items are written. */
function houseKeyProblems({ interaction, key }: Question): string[] {
  const problems: string[] = [];
  const space = answerSpace(interaction);
  const right = rightOptions(key);
  if (space.kind === "pick") {
    if (right.length !== space.most) problems.push(`${space.most} to choose, but ${right.length} keys`);
    if (space.most >= space.options.length) problems.push("every option would have to be chosen");
  }
  if (space.kind === "order" && right.join() === space.elements.map(({ id }) => id).join())
    problems.push("the elements already stand in the right order");
  if (space.kind === "write") {
    for (const [place, { accepted }] of Object.entries(acceptedTexts(key))) {
      const longest = space.places.find(({ id }) => id === place)?.maxLength ?? 0;
      for (const text of accepted) if (text.length > longest) problems.push(`"${text}" does not fit into the box`);
      for (const text of repeated(accepted)) problems.push(`"${text}" is accepted twice`);
    }
  }
  const gaps = "text" in interaction ? gapIds(interaction.text) : [];
  if (gaps.some((gap, at) => gap !== String(at + 1))) problems.push("the gaps are not numbered 1, 2, 3, … in the text");
  return problems;
}

export function distinctOptions(item: ObjectiveItem): string[] {
  return optionLists(item).flatMap((list) => [
    ...repeated(list.map((option) => option.id)).map((id) => `option id "${id}" is used twice`),
    ...repeated(list.map((option) => normalised(option.text))).map((text) => `option "${text}" stands there twice`),
  ]);
}

export function optionCount(item: ObjectiveItem): string[] {
  const wanted = objectiveLimits[item.level].options;
  return questionsOf(item).flatMap(({ interaction }) => {
    if (interaction.type === "multiple-response" && interaction.options.length < MULTIPLE_RESPONSE_OPTIONS)
      return [`${interaction.options.length} options; at least ${MULTIPLE_RESPONSE_OPTIONS} are needed`];
    return interaction.type === "choice" && interaction.options.length !== wanted
      ? [`${interaction.options.length} options; ${item.level} has ${wanted}`]
      : [];
  });
}

export function parallelOptions(item: ObjectiveItem): string[] {
  return questionsOf(item).flatMap(({ interaction }) => {
    if (interaction.type !== "choice" && interaction.type !== "multiple-response") return [];
    const texts = interaction.options.map((option) => option.text);
    if (Math.max(...texts.map((text) => wordsOf(text).length)) <= SHORT_OPTION_WORDS) return [];
    const lengths = texts.map((text) => text.length);
    const ratio = Math.max(...lengths) / Math.min(...lengths);
    return ratio <= LONGEST_TO_SHORTEST_OPTION
      ? []
      : [`the longest option is ${ratio.toFixed(2)} times the shortest (${lengths.join(", ")} characters)`];
  });
}

export function noCatchAllOption(item: ObjectiveItem): string[] {
  return optionLists(item)
    .flat()
    .filter((option) =>
      /\b(?:all|none|both|neither|any) of (?:the )?(?:above|others?|options|answers)\b|^(?:both )?[a-h] (?:and|or) [a-h]\b/i.test(
        option.text,
      ),
    )
    .map((option) => `"${option.text}" refers to other options`);
}

export function numbersAscend(item: ObjectiveItem): string[] {
  return questionsOf(item).flatMap(({ interaction }) => {
    if (interaction.type !== "choice") return [];
    const numbers = interaction.options.map((option) =>
      /^\D{0,3}(\d+(?:[.:]\d+)?)\D*$/.exec(option.text)?.[1]?.replace(":", "."),
    );
    const values = numbers.map(Number);
    const ascend = values.every((value, at) => at === 0 || value > (values[at - 1] ?? 0));
    return numbers.includes(undefined) || ascend ? [] : ["options that are numbers do not stand in order"];
  });
}

export function evenKeyPositions(items: readonly BankItem[]): Problem[] {
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
export function keyNotTheLongest(items: readonly BankItem[]): Problem[] {
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
export function keyDoesNotEcho(item: ObjectiveItem): string[] {
  if (objectiveLimits[item.level].difficulty < objectiveLimits.B2.difficulty) return [];
  const heard = shingles(passagesOf(item).join(" "), ECHO_RUN);
  return singleChoices([item]).flatMap(({ options, keyIndex }) => {
    const echo = [...shingles(options[keyIndex]?.text ?? "", ECHO_RUN)].find((run) => heard.has(run));
    return echo === undefined ? [] : [`the key repeats "${echo}" from the stimulus`];
  });
}

export function wrongOptionsExplained(item: ObjectiveItem): string[] {
  const named = Object.keys(item.rationale.distractors);
  return questionsOf(item).flatMap((question) =>
    unexplained(
      question,
      named.filter((name) => name.startsWith(question.prefix)).map((name) => name.slice(question.prefix.length)),
    ),
  );
}

function unexplained({ interaction, key }: Question, named: readonly string[]): string[] {
  const space = answerSpace(interaction);
  if (space.kind === "pick") {
    const right = rightOptions(key);
    const wrong = space.options.map((option) => option.id).filter((id) => !right.includes(id));
    // In a text every word could be taken: the likely ones are explained.
    const missing = interaction.type === "hottext" ? [] : wrong.filter((id) => !named.includes(id));
    return [
      ...(named.length === 0 && missing.length === 0 ? ["no wrong answer is explained"] : []),
      ...missing.map((id) => `no reason why "${id}" is wrong`),
      ...named
        .filter((id) => !wrong.includes(id))
        .map((id) => `a reason is given for "${id}", which is not a wrong option`),
    ];
  }
  if (named.length === 0) return ["no wrong answer is explained"];
  if (space.kind === "place") {
    const placings = named.map((name) => name.split(":"));
    // An option that fits nowhere is a plain distractor: it has a reason somewhere.
    const shared = "options" in interaction ? interaction.options.map((option) => option.id) : [];
    const right = rightPlacings(key);
    const idle = shared.filter(
      (id) => !Object.values(right).includes(id) && !placings.some(([, option]) => option === id),
    );
    return [
      ...idle.map((id) => `no reason why "${id}" is never right`),
      ...placings.flatMap(([place = "", option = ""]) => {
        const options = space.places.find(({ id }) => id === place)?.options;
        if (!options?.some((known) => known.id === option)) return [`"${place}:${option}" names no placing`];
        return right[place] === option ? [`"${place}:${option}" is explained as wrong but is the key`] : [];
      }),
    ];
  }
  if (space.kind === "write") {
    const accepted = Object.entries(acceptedTexts(key)).flatMap(([place, rule]) =>
      rule.accepted.map((text) => normalised(place === "" ? text : `${place}:${text}`)),
    );
    return named
      .filter((name) => accepted.includes(normalised(name)))
      .map((name) => `"${name}" is explained as wrong but accepted`);
  }
  return [];
}
