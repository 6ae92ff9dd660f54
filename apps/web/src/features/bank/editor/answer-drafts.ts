import { answerSpace, rightOptions } from "@bandwise/core/bank/answer-space";
import { gapIds, hotWords } from "@bandwise/core/bank/marked-text";
import type { Interaction, ItemKey, PartInteraction, PartKey } from "@bandwise/core/bank/schema";

/** An interaction with its key while they are being written: what the editor changes together, as values. */

export const partTypes = [
  "choice",
  "multiple-response",
  "text-entry",
  "matching",
  "ordering",
  "gap-fill",
  "inline-choice",
  "cloze",
  "hottext",
] as const satisfies readonly PartInteraction["type"][];
export const interactionTypes = [...partTypes, "composite"] as const satisfies readonly Interaction["type"][];

const letters = "abcdefghijklmnopqrstuvwxyz";
const emptyOptions = (count: number, prefix = "") =>
  Array.from({ length: count }, (_, index) => ({
    id: prefix === "" ? letters.charAt(index) : `${prefix}${index + 1}`,
    text: "",
  }));

/** The next free id of a list: letters for options, p1, p2 … for prompts. Ids stay with their texts when these move. */
export function freeId(taken: readonly { readonly id: string }[], prefix = ""): string {
  const ids = new Set(taken.map(({ id }) => id));
  const candidates = prefix === "" ? [...letters] : Array.from({ length: 40 }, (_, index) => `${prefix}${index + 1}`);
  return candidates.find((id) => !ids.has(id)) ?? `${prefix}${taken.length + 1}`;
}

export interface Answer {
  readonly interaction: Interaction;
  readonly key: ItemKey;
}
export interface PartAnswer {
  readonly interaction: PartInteraction;
  readonly key: PartKey;
}

export function blankAnswer(type: Interaction["type"], stem = ""): Answer {
  if (type !== "composite") return blankPart(type, stem);
  const { interaction, key } = blankPart("choice");
  return {
    interaction: { type, stem, parts: ["p1", "p2"].map((id) => ({ id, interaction })) },
    key: { type, parts: { p1: key, p2: key } },
  };
}

export function blankPart(type: PartInteraction["type"], stem = ""): PartAnswer {
  switch (type) {
    case "choice":
      return { interaction: { type, stem, options: emptyOptions(4) }, key: { type, correct: "" } };
    case "multiple-response":
      return { interaction: { type, stem, options: emptyOptions(5), choose: 2 }, key: { type, correct: [] } };
    case "text-entry":
      return { interaction: { type, stem, maxLength: 40 }, key: { type, accepted: [], spellingTolerance: 0 } };
    case "matching":
      return {
        interaction: { type, stem, prompts: emptyOptions(3, "p"), options: emptyOptions(4) },
        key: { type, correct: {} },
      };
    case "ordering":
      return { interaction: { type, stem, elements: emptyOptions(4) }, key: { type, correct: ["a", "b", "c", "d"] } };
    case "gap-fill":
      return { interaction: { type, stem, text: "", options: emptyOptions(4) }, key: { type, correct: {} } };
    case "inline-choice":
      return { interaction: { type, stem, text: "", gaps: [] }, key: { type, correct: {} } };
    case "cloze":
      return { interaction: { type, stem, text: "", gaps: [] }, key: { type, gaps: {} } };
    case "hottext":
      return { interaction: { type, stem, text: "", choose: 1 }, key: { type, correct: [] } };
  }
}

/** The stem stays, and between the two lettered types the options and what is right too. */
export function withType({ interaction, key }: Answer, type: Interaction["type"]): Answer {
  return type === "composite" || interaction.type === "composite" || key.type === "composite"
    ? blankAnswer(type, interaction.stem)
    : withPartType({ interaction, key }, type);
}

export function withPartType({ interaction, key }: PartAnswer, type: PartInteraction["type"]): PartAnswer {
  const blank = blankPart(type, interaction.stem);
  if (interaction.type !== "choice" && interaction.type !== "multiple-response") return blank;
  const { options } = interaction;
  const right = rightOptions(key);
  if (blank.interaction.type === "choice")
    return { interaction: { ...blank.interaction, options }, key: { type: "choice", correct: right[0] ?? "" } };
  if (blank.interaction.type === "multiple-response")
    return {
      interaction: { ...blank.interaction, options, choose: Math.max(2, right.length) },
      key: { type: "multiple-response", correct: [...right] },
    };
  return blank;
}

/** A gap written into the text gets its options or its box, one taken out loses them. */
export function withText({ interaction, key }: PartAnswer, text: string): PartAnswer {
  const ids = [...new Set(gapIds(text))];
  if (interaction.type === "inline-choice") {
    const gaps = ids.map((id) => interaction.gaps.find((gap) => gap.id === id) ?? { id, options: emptyOptions(3) });
    return { interaction: { ...interaction, text, gaps }, key };
  }
  if (interaction.type === "cloze" && key.type === "cloze") {
    const gaps = ids.map((id) => interaction.gaps.find((gap) => gap.id === id) ?? { id, maxLength: 20 });
    const accepted = { accepted: [], spellingTolerance: 0 } as const;
    return {
      interaction: { ...interaction, text, gaps },
      key: { ...key, gaps: Object.fromEntries(ids.map((id) => [id, key.gaps[id] ?? { ...accepted, accepted: [] }])) },
    };
  }
  if (interaction.type === "hottext" && key.type === "hottext") {
    const words = hotWords(text).map(({ id }) => id);
    return {
      interaction: { ...interaction, text },
      key: { ...key, correct: key.correct.filter((id) => words.includes(id)) },
    };
  }
  return "text" in interaction ? { interaction: { ...interaction, text }, key } : { interaction, key };
}

/** A reason for an option that is now right, or is gone, is not kept; nor is one for a part that is gone. */
export function isStale(interaction: Interaction, key: ItemKey, name: string): boolean {
  if (interaction.type === "composite" || key.type === "composite") {
    if (interaction.type !== "composite" || key.type !== "composite") return true;
    const part = interaction.parts.find(({ id }) => name.startsWith(`${id}/`));
    const partKey = part && key.parts[part.id];
    return !part || !partKey || isStale(part.interaction, partKey, name.slice(part.id.length + 1));
  }
  const space = answerSpace(interaction);
  return space.kind === "pick" && (rightOptions(key).includes(name) || !space.options.some(({ id }) => id === name));
}

/** Placings of prompts or gaps that are no longer there drop out of the key, as do empty lines of what is accepted. */
export function tidyKey(interaction: Interaction, key: ItemKey): ItemKey {
  if (interaction.type !== "composite" || key.type !== "composite")
    return interaction.type === "composite" || key.type === "composite" ? key : tidyPartKey(interaction, key);
  const kept = interaction.parts.flatMap((part) => {
    const partKey = key.parts[part.id];
    return partKey ? [[part.id, tidyPartKey(part.interaction, partKey)] as const] : [];
  });
  const { weights: given, ...rest } = key;
  const weights = Object.entries(given ?? {}).filter(
    ([id, weight]) => weight !== 1 && kept.some(([part]) => part === id),
  );
  return {
    ...rest,
    parts: Object.fromEntries(kept),
    ...(weights.length > 0 && { weights: Object.fromEntries(weights) }),
  };
}

function tidyPartKey(interaction: PartInteraction, key: PartKey): PartKey {
  const filled = (texts: readonly string[]) => texts.map((one) => one.trim()).filter((one) => one !== "");
  switch (key.type) {
    case "matching":
    case "gap-fill":
    case "inline-choice": {
      const space = answerSpace(interaction);
      const places = space.kind === "place" ? space.places : [];
      const correct = places.flatMap(({ id }) => (key.correct[id] ? [[id, key.correct[id]] as const] : []));
      return { ...key, correct: Object.fromEntries(correct) };
    }
    case "text-entry":
      return { ...key, accepted: filled(key.accepted) };
    case "cloze":
      return {
        ...key,
        gaps: Object.fromEntries(
          Object.entries(key.gaps).map(([id, gap]) => [id, { ...gap, accepted: filled(gap.accepted) }]),
        ),
      };
    default:
      return key;
  }
}
