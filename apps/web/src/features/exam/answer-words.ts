import { answerSpace } from "@bandwise/core/bank/answer-space";
import type { Interaction, PartInteraction } from "@bandwise/core/bank/schema";
import type { AnswerValue } from "@bandwise/core/delivery/schema";

/** An answer as a person reads it: letters for lettered options, words for the rest. */
export function answerInWords(value: AnswerValue, interaction: Interaction | null): string {
  if (value === null) return "no answer";
  if (interaction?.type === "composite") {
    const given = typeof value === "object" && !Array.isArray(value) ? new Map(Object.entries(value)) : new Map();
    return interaction.parts
      .map((part, index) => `${index + 1}: ${answerInWords(given.get(part.id) ?? null, part.interaction)}`)
      .join("; ");
  }
  const label = (id: string, place?: string): string => (interaction ? labelOf(interaction, id, place) : id);
  if (typeof value === "string") return label(value);
  if (Array.isArray(value)) return value.map((id) => label(id)).join(", ");
  return Object.entries(value)
    .flatMap(([place, given]) => (typeof given === "string" ? [label(given, place)] : []))
    .join(", ");
}

function labelOf(interaction: PartInteraction, id: string, place?: string): string {
  const space = answerSpace(interaction);
  switch (space.kind) {
    case "write":
      return id;
    case "order":
      return textOf(space.elements, id);
    case "place":
      return textOf(space.places.find((one) => one.id === place)?.options ?? [], id);
    case "pick": {
      const index = space.options.findIndex((option) => option.id === id);
      return interaction.type === "choice" && index >= 0 ? String.fromCharCode(65 + index) : textOf(space.options, id);
    }
  }
}

function textOf(options: readonly { readonly id: string; readonly text: string }[], id: string): string {
  return options.find((option) => option.id === id)?.text ?? id;
}
