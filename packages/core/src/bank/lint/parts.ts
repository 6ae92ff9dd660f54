import type { BankItem, StimulusBlock } from "../schema.ts";

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
  if (block.type === "list") return block.items;
  if (block.type === "table") return [block.header, ...block.rows].map((row) => row.join(" "));
  return [block.text];
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

export interface SingleChoice {
  readonly item: ObjectiveItem;
  readonly options: readonly { readonly id: string; readonly text: string }[];
  readonly keyIndex: number;
}

export function singleChoices(items: readonly BankItem[]): SingleChoice[] {
  return items.filter(isObjective).flatMap((item) => {
    const { interaction } = item.content;
    const { key } = item;
    if (interaction.type !== "choice" || key.type !== "choice") return [];
    const keyIndex = interaction.options.findIndex((option) => option.id === key.correct);
    return keyIndex < 0 ? [] : [{ item, options: interaction.options, keyIndex }];
  });
}

/** Texts a candidate chooses among, list by list. */
export function optionLists(item: ObjectiveItem): (readonly { readonly id: string; readonly text: string }[])[] {
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
