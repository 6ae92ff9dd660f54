import type { Entered } from "@bandwise/scoring/typed-answer";
import { gapIds, hotWords } from "./marked-text.ts";
import type { Interaction, PartInteraction, PartKey } from "./schema.ts";

interface Option {
  readonly id: string;
  readonly text: string;
}

/**
 * What an answer can be, whatever the interaction looks like: options picked from one list, an option for each of several
 * places, an order, or typed words for each place (a text entry's one place is called "").
 */
export type AnswerSpace =
  | { readonly kind: "pick"; readonly options: readonly Option[]; readonly most: number }
  | {
      readonly kind: "place";
      readonly places: readonly { readonly id: string; readonly label: string; readonly options: readonly Option[] }[];
    }
  | { readonly kind: "order"; readonly elements: readonly Option[] }
  | { readonly kind: "write"; readonly places: readonly { readonly id: string; readonly maxLength: number }[] };

export function answerSpace(interaction: PartInteraction): AnswerSpace {
  switch (interaction.type) {
    case "choice":
      return { kind: "pick", options: interaction.options, most: 1 };
    case "multiple-response":
      return { kind: "pick", options: interaction.options, most: interaction.choose };
    case "hottext":
      return { kind: "pick", options: hotWords(interaction.text), most: interaction.choose };
    case "matching":
      return {
        kind: "place",
        places: interaction.prompts.map(({ id, text }) => ({ id, label: text || id, options: interaction.options })),
      };
    case "gap-fill":
      return {
        kind: "place",
        places: gapIds(interaction.text).map((id) => ({ id, label: `Gap ${id}`, options: interaction.options })),
      };
    case "inline-choice":
      return {
        kind: "place",
        places: interaction.gaps.map(({ id, options }) => ({ id, label: `Gap ${id}`, options })),
      };
    case "ordering":
      return { kind: "order", elements: interaction.elements };
    case "text-entry":
      return { kind: "write", places: [{ id: "", maxLength: interaction.maxLength }] };
    case "cloze":
      return { kind: "write", places: interaction.gaps };
  }
}

/**
 * An answer without what the question does not allow: more options picked than may be. The exam page offers no way to it,
 * and where points are summed such an answer would earn the points of every option.
 */
export function allowedAnswer(interaction: Interaction, answer: unknown): unknown {
  if (interaction.type !== "composite") return isTooMuch(interaction, answer) ? null : answer;
  if (typeof answer !== "object" || answer === null || Array.isArray(answer)) return answer;
  const parts = new Map(interaction.parts.map((part) => [part.id, part.interaction]));
  return Object.fromEntries(
    Object.entries(answer).filter(([id, given]) => {
      const part = parts.get(id);
      return part !== undefined && !isTooMuch(part, given);
    }),
  );
}

function isTooMuch(interaction: PartInteraction, answer: unknown): boolean {
  const space = answerSpace(interaction);
  return space.kind === "pick" && Array.isArray(answer) && new Set(answer).size > space.most;
}

/** The options a key says are right, in its order; none where options are placed or words are typed. */
export function rightOptions(key: PartKey): readonly string[] {
  switch (key.type) {
    case "choice":
      return key.correct === "" ? [] : [key.correct];
    case "multiple-response":
    case "hottext":
    case "ordering":
      return key.correct;
    default:
      return [];
  }
}

/** Place → the option that is right there. */
export function rightPlacings(key: PartKey): Readonly<Record<string, string>> {
  return key.type === "matching" || key.type === "gap-fill" || key.type === "inline-choice" ? key.correct : {};
}

/** Place → what is accepted there as a typed answer. */
export function acceptedTexts(key: PartKey): Readonly<Record<string, Entered>> {
  if (key.type === "cloze") return key.gaps;
  return key.type === "text-entry" ? { "": key } : {};
}
