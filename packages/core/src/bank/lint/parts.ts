import { plainText, textPieces } from "../marked-text.ts";
import { allLevels, type BankItem, type PartInteraction, type PartKey, type StimulusBlock } from "../schema.ts";
import type { OpenContent } from "../speaking-schema.ts";

/** The parts of an item that the rules look at. */

export type ObjectiveItem = Extract<BankItem, { skill: "reading" | "listening" }>;
export type ReadingItem = Extract<BankItem, { skill: "reading" }>;
export type ListeningItem = Extract<BankItem, { skill: "listening" }>;
export type WritingTask = Extract<BankItem, { skill: "writing" }>;
export type SpeakingTask = Extract<BankItem, { skill: "speaking"; level: Band }>;
/** An interview, or a task of `iet-speaking`. */
export type OpenTask = Extract<BankItem, { level: typeof allLevels }>;
export type ObjectiveLevel = ObjectiveItem["level"];
export type Band = WritingTask["level"];

export const isObjective = (item: BankItem): item is ObjectiveItem =>
  item.skill === "reading" || item.skill === "listening";
export const isReading = (item: BankItem): item is ReadingItem => item.skill === "reading";
export const isListening = (item: BankItem): item is ListeningItem => item.skill === "listening";
export const isWriting = (item: BankItem): item is WritingTask => item.skill === "writing";
export const isOpenTask = (item: BankItem): item is OpenTask => item.level === allLevels;
export const isSpeaking = (item: BankItem): item is SpeakingTask => item.skill === "speaking" && !isOpenTask(item);

function textsOfBlock(block: StimulusBlock): string[] {
  switch (block.type) {
    case "list":
      return block.items.map(plainText);
    case "table":
      return [block.header, ...block.rows].map((row) => row.map(plainText).join(" "));
    case "image":
      return block.caption === undefined ? [] : [plainText(block.caption)];
    case "heading":
    case "paragraph":
      return [plainText(block.text)];
  }
}

/** What is asked and said in an open task. The opening of an interview is the same for everybody, so it tells nothing apart. */
function openTexts(content: OpenContent): string[] {
  switch (content.type) {
    case "interview": {
      const { part1, part2, part3 } = content;
      return [
        ...[...part1.frames, ...part3.themes].flatMap(({ questions }) =>
          questions.flatMap(({ ask, followUp }) => [ask, followUp]),
        ),
        part2.card.topic,
        ...part2.card.points,
        part2.card.explain,
        ...part2.roundingOff,
      ];
    }
    case "dialogue":
      return [content.prompt, ...content.turns.map((turn) => turn.text)];
    case "introduction":
    case "picture":
    case "opinion":
      return [content.prompt, ...content.points];
  }
}

export function passagesOf(item: BankItem): string[] {
  switch (item.skill) {
    case "reading":
      return item.content.stimulus.blocks.flatMap(textsOfBlock);
    case "listening":
      return item.content.stimulus.turns.map((turn) => turn.text);
    case "writing":
      return [item.content.situation];
    case "speaking":
      if (isOpenTask(item)) return openTexts(item.content);
      return [item.content.prompt, ...(item.content.turn ? [item.content.turn.text] : [])];
  }
}

/** Tasks are short and begin alike ("Look at the picture"): their points tell them apart. */
export function taskTextOf(item: BankItem): string[] {
  if (isObjective(item)) return passagesOf(item);
  const points = isOpenTask(item) ? [] : item.content.points;
  return [item.content.title, ...passagesOf(item), ...points];
}

/** One question with its key: the item's own, or one of the parts of a composite. */
export interface Question {
  /** What its wrong answers are named with: empty, or the part and a stroke. */
  readonly prefix: string;
  readonly interaction: PartInteraction;
  readonly key: PartKey;
}

/** None where interaction and key are of different types: `key-matches-interaction` says so. */
export function questionsOf({ content: { interaction }, key }: ObjectiveItem): Question[] {
  if (interaction.type !== "composite") return key.type === interaction.type ? [{ prefix: "", interaction, key }] : [];
  if (key.type !== "composite") return [];
  return interaction.parts.flatMap((part) => {
    const partKey = key.parts[part.id];
    return partKey?.type === part.interaction.type
      ? [{ prefix: `${part.id}/`, interaction: part.interaction, key: partKey }]
      : [];
  });
}

export interface SingleChoice {
  readonly item: ObjectiveItem;
  readonly options: readonly { readonly id: string; readonly text: string }[];
  readonly keyIndex: number;
}

export function singleChoices(items: readonly BankItem[]): SingleChoice[] {
  return items.filter(isObjective).flatMap((item) =>
    questionsOf(item).flatMap(({ interaction, key }) => {
      if (interaction.type !== "choice" || key.type !== "choice") return [];
      const keyIndex = interaction.options.findIndex((option) => option.id === key.correct);
      return keyIndex < 0 ? [] : [{ item, options: interaction.options, keyIndex }];
    }),
  );
}

/** Texts a candidate chooses among, list by list. */
export function optionLists(item: ObjectiveItem): (readonly { readonly id: string; readonly text: string }[])[] {
  return questionsOf(item).flatMap(({ interaction }) => {
    switch (interaction.type) {
      case "choice":
      case "multiple-response":
      case "gap-fill":
        return [interaction.options];
      case "inline-choice":
        return interaction.gaps.map((gap) => gap.options);
      case "matching":
        return [interaction.prompts, interaction.options];
      case "ordering":
        return [interaction.elements];
      // Typed words are not chosen, and a text to choose from may say the same word twice.
      default:
        return [];
    }
  });
}

/** What a candidate reads beside the stimulus: questions and the texts with gaps in them. */
export function questionTexts(item: ObjectiveItem): string[] {
  const { stem } = item.content.interaction;
  const texts = questionsOf(item).flatMap(({ interaction }) => [
    interaction.stem,
    ...("text" in interaction
      ? [
          textPieces(interaction.text)
            .map((piece) => piece.text)
            .join(""),
        ]
      : []),
  ]);
  return [...new Set([stem, ...texts])];
}
