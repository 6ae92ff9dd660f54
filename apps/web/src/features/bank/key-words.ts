import { acceptedTexts, answerSpace, rightOptions, rightPlacings } from "@bandwise/core/bank/answer-space";
import type { Interaction, ItemKey, PartInteraction, PartKey } from "@bandwise/core/bank/schema";

/** The questions of an item with their keys: its one question, or the parts of a composite with what each counts. */
export interface KeyedQuestion {
  /** What the names of wrong answers begin with. */
  readonly prefix: string;
  readonly interaction: PartInteraction;
  readonly key: PartKey;
  readonly weight: number;
}

export function keyedQuestions(interaction: Interaction, key: ItemKey): KeyedQuestion[] {
  if (interaction.type !== "composite")
    return key.type === "composite" ? [] : [{ prefix: "", interaction, key, weight: 1 }];
  if (key.type !== "composite") return [];
  return interaction.parts.flatMap((part) => {
    const partKey = key.parts[part.id];
    return partKey
      ? [{ prefix: `${part.id}/`, interaction: part.interaction, key: partKey, weight: key.weights?.[part.id] ?? 1 }]
      : [];
  });
}

/** What is right, a line for each thing that earns credit. */
export function rightAnswers(interaction: PartInteraction, key: PartKey): string[] {
  const space = answerSpace(interaction);
  switch (space.kind) {
    case "pick": {
      const label = interaction.type === "hottext" ? plain : lettered;
      return rightOptions(key).map((id) => label(space.options, id));
    }
    case "order":
      return rightOptions(key).map((id, index) => `${index + 1}. ${plain(space.elements, id)}`);
    case "place": {
      const right = rightPlacings(key);
      return space.places.map(({ id, label, options }) => `${label}: ${plain(options, right[id] ?? "–")}`);
    }
    case "write":
      return Object.entries(acceptedTexts(key)).flatMap(([place, { accepted }]) =>
        place === "" ? accepted : [`Gap ${place}: ${accepted.join(" / ")}`],
      );
  }
}

/** A name as it stands in `distractors` or `points`: a wrong option by its letter, a placing (`p1:c`) by both its ends. */
export function answerName(interaction: PartInteraction, name: string): string {
  const space = answerSpace(interaction);
  const colon = name.indexOf(":");
  const [place, rest] = [name.slice(0, Math.max(0, colon)), name.slice(colon + 1)];
  switch (space.kind) {
    case "pick":
      return interaction.type === "hottext" ? `“${plain(space.options, name)}”` : lettered(space.options, name);
    case "place": {
      const found = space.places.find(({ id }) => id === place);
      return found ? `${found.label}: ${plain(found.options, rest)}` : name;
    }
    case "order":
      if (name === "order") return "A wrong order";
      return colon < 0 ? name : `${plain(space.elements, rest)} at ${place}`;
    case "write":
      return interaction.type === "cloze" && colon >= 0 ? `Gap ${place}: “${rest}”` : `“${name}”`;
  }
}

/** How an answer is credited, in a few words each. */
export function creditNotes(key: PartKey): string[] {
  const rules = Object.values(acceptedTexts(key));
  return [
    ...(rules.some((rule) => rule.caseSensitive) ? ["Capitals count"] : []),
    ...(rules.some((rule) => rule.spellingTolerance === 1) ? ["One slip of a letter forgiven"] : []),
    ...(rules.some((rule) => rule.numeric) ? ["Compared as numbers"] : []),
    ...(rules.length > 0 && rules.every((rule) => rule.spellingTolerance === 0 && !rule.numeric)
      ? ["Exact spelling"]
      : []),
    ...(key.points ? [`Points, up to ${key.points.max}`] : []),
    ...("allOrNothing" in key && key.allOrNothing ? ["All or nothing"] : []),
    ...(!key.points && key.type !== "choice" && key.type !== "text-entry" && !key.allOrNothing
      ? ["Partial credit"]
      : []),
  ];
}

type Options = readonly { readonly id: string; readonly text: string }[];

function lettered(options: Options, id: string): string {
  const index = options.findIndex((option) => option.id === id);
  return index < 0 ? id : `${String.fromCharCode(65 + index)}. ${options[index]?.text}`;
}

function plain(options: Options, id: string): string {
  return options.find((option) => option.id === id)?.text ?? id;
}
