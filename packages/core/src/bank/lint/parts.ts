import { plainText, textPieces } from "../marked-text.ts";
import type { BankItem, PartInteraction, PartKey, StimulusBlock } from "../schema.ts";

/** The parts of an item that the rules look at. */

export type ObjectiveItem = Extract<BankItem, { skill: "reading" | "listening" }>;
export type ReadingItem = Extract<BankItem, { skill: "reading" }>;
export type ListeningItem = Extract<BankItem, { skill: "listening" }>;
export type WritingTask = Extract<BankItem, { skill: "writing" }>;
export type SpeakingTask = Extract<BankItem, { skill: "speaking" }>;
export type ObjectiveLevel = ObjectiveItem["level"];
export type Band = WritingTask["level"];

export const isObjective = (item: BankItem): item is ObjectiveItem =>
  item.skill === "reading" || item.skill === "listening";
export const isReading = (item: BankItem): item is ReadingItem => item.skill === "reading";
export const isListening = (item: BankItem): item is ListeningItem => item.skill === "listening";
export const isWriting = (item: BankItem): item is WritingTask => item.skill === "writing";
export const isSpeaking = (item: BankItem): item is SpeakingTask => item.skill === "speaking";

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

export function passagesOf(item: BankItem): string[] {
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
export function taskTextOf(item: BankItem): string[] {
  return isObjective(item) ? passagesOf(item) : [item.content.title, ...passagesOf(item), ...item.content.points];
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
