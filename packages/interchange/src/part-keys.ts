import { add, compare, type Rational, subtract } from "@bandwise/scoring/rational";
import { pairText } from "./domains.ts";
import type { Part, Slot } from "./interactions.ts";
import type { Key } from "./item-model.ts";
import { pairOf, toOurs } from "./our-response.ts";
import { makeValue, sameValue, type Value } from "./response-values.ts";
import { clozeKeys, textEntryKeys } from "./text-keys.ts";
import { highest, type Proposal, points, same, type Worth, worthOf, zero } from "./worth.ts";

/** Keys for a part, the plainest first. Whether one fits is for the caller to try: these are guesses from a few responses. */
export function proposeKeys(part: Part, worths: readonly Worth[]): Proposal[] {
  const [only] = worths;
  if (only === undefined) return [];
  const { type } = part.interaction;
  switch (type) {
    case "choice":
      return choiceKeys(only);
    case "multiple-response":
      return setKeys(only, type);
    case "hottext":
      return only.slot.kind === "choice" ? hottextKeys(only) : setKeys(only, type);
    case "ordering":
      return orderKeys(only);
    case "matching":
    case "gap-fill":
      return pairKeys(only, type);
    case "text-entry":
      return textEntryKeys(only);
    case "inline-choice":
      return inlineChoiceKeys(worths);
    case "cloze":
      return clozeKeys(worths);
  }
}

const idOf = (slot: Slot, value: Value): string => String(toOurs(slot, value));

function singles({ slot, domain, scores }: Worth): (readonly [string, Rational])[] {
  return domain.values.flatMap((value, index) =>
    value === null ? [] : [[idOf(slot, value), scores[index] ?? zero] as const],
  );
}

function choiceKeys(worth: Worth): Proposal[] {
  const max = highest(worth.scores);
  const options = singles(worth);
  const [right] = bestFirst(worth, options);
  if (right === undefined) return [];
  return [
    { key: { type: "choice", correct: right[0] }, max },
    { key: { type: "choice", correct: right[0], points: points(options, zero, { max }) }, max },
  ];
}

/** The declared correct response leads where it is among the best. */
function bestFirst(
  { slot, scores }: Worth,
  options: readonly (readonly [string, Rational])[],
): (readonly [string, Rational])[] {
  const best = options.filter(([, score]) => same(score, highest(scores)));
  const declared = slot.declaration.correct === null ? "" : idOf(slot, slot.declaration.correct);
  return [...best.filter(([id]) => id === declared), ...best.filter(([id]) => id !== declared)];
}

function hottextKeys(worth: Worth): Proposal[] {
  return choiceKeys(worth).map(({ key, max }) => ({ key: asHottext(key), max }));
}

function asHottext(key: Key): Key {
  return key.type === "choice" ? { ...key, type: "hottext", correct: [key.correct] } : key;
}

/** The smallest response worth the most; the declared one where it is worth that. */
function bestValue({ slot, domain, scores }: Worth): Value {
  const max = highest(scores);
  const best = domain.values.filter((_, index) => same(scores[index] ?? zero, max));
  const { correct } = slot.declaration;
  if (correct !== null && best.some((value) => sameValue(value, correct))) return correct;
  return best.reduce((a, b) => ((b?.items.length ?? 0) < (a?.items.length ?? 0) ? b : a), best[0] ?? null);
}

function setKeys(worth: Worth, type: "multiple-response" | "hottext"): Proposal[] {
  const { slot, scores } = worth;
  const max = highest(scores);
  const best = bestValue(worth);
  const correct = toOurs(slot, best) as string[] | null;
  if (correct === null || slot.kind === "text" || slot.kind === "pairs") return [];
  const all = [...slot.ids.keys()];
  const chosen = (best?.items ?? []).map(String);
  // What an option adds beside the best response: beside nothing, a lower bound may hide what it costs.
  const marginal = all.map((id): [string, Rational] => {
    const other = chosen.includes(id) ? chosen.filter((item) => item !== id) : [...chosen, id];
    const difference = subtract(max, worthOf(worth, makeValue("multiple", other)));
    return [slot.ids.get(id) ?? "", chosen.includes(id) ? difference : subtract(zero, difference)];
  });
  const alone = all.map((id): [string, Rational] => [
    slot.ids.get(id) ?? "",
    worthOf(worth, makeValue("multiple", [id])),
  ]);
  const min = leastOf(slot);
  const tables = [mapped(slot, [...slot.ids.values()], (key) => slot.ids.get(key)), marginal, alone];
  return [
    { key: { type, correct }, max },
    { key: { type, correct, allOrNothing: true }, max },
    ...tables.flatMap((table) =>
      table === null ? [] : [{ key: { type, correct, points: points(table, zero, { min, max }) } as Key, max }],
    ),
  ];
}

/** The mapping's lower bound, where it lifts anything. */
function leastOf({ declaration: { mapping } }: Slot): Rational {
  const lower = mapping?.lower ?? zero;
  return compare(lower, zero) > 0 ? lower : zero;
}

/** The declared mapping in our names, its default written out for everything offered: what is not offered earns nothing here. */
function mapped(
  slot: Slot,
  offered: readonly string[],
  name: (key: string) => string | undefined,
): [string, Rational][] | null {
  const { mapping } = slot.declaration;
  if (mapping === null) return null;
  const told = new Map(mapping.entries.map(({ key, value }) => [name(key.trim().split(/\s+/).join(" ")), value]));
  return offered.map((own) => [own, told.get(own) ?? mapping.otherwise]);
}

function orderKeys(worth: Worth): Proposal[] {
  const max = highest(worth.scores);
  const correct = toOurs(worth.slot, bestValue(worth)) as string[] | null;
  if (correct === null) return [];
  return [
    { key: { type: "ordering", correct, allOrNothing: true }, max },
    { key: { type: "ordering", correct }, max },
  ];
}

function pairKeys(worth: Worth, type: "matching" | "gap-fill"): Proposal[] {
  const { slot, scores } = worth;
  if (slot.kind !== "pairs") return [];
  const max = highest(scores);
  const correct = toOurs(slot, bestValue(worth)) as Record<string, string> | null;
  if (correct === null) return [];
  const min = leastOf(slot);
  const alone = [...slot.prompts].flatMap(([prompt, ours]) =>
    [...slot.options].map(([option, own]): [string, Rational] => [
      `${ours}:${own}`,
      worthOf(worth, makeValue("multiple", [pairText(slot, prompt, option)])),
    ]),
  );
  const offered = alone.map(([name]) => name);
  const tables = [mapped(slot, offered, (key) => pairOf(slot, key).join(":")), alone];
  return [
    { key: { type, correct }, max },
    { key: { type, correct, allOrNothing: true }, max },
    ...tables.flatMap((table) =>
      table === null ? [] : [{ key: { type, correct, points: points(table, zero, { min, max }) } as Key, max }],
    ),
  ];
}

function inlineChoiceKeys(worths: readonly Worth[]): Proposal[] {
  const gaps = worths.map((worth) => {
    const options = singles(worth);
    return {
      id: worth.slot.kind === "choice" ? (worth.slot.gap ?? "") : "",
      max: highest(worth.scores),
      options,
      right: bestFirst(worth, options)[0]?.[0] ?? "",
    };
  });
  const max = gaps.reduce((sum, gap) => add(sum, gap.max), zero);
  const correct = Object.fromEntries(gaps.map(({ id, right }) => [id, right]));
  const values = gaps.flatMap(({ id, options }) =>
    options.map(([option, value]): [string, Rational] => [`${id}:${option}`, value]),
  );
  return [
    { key: { type: "inline-choice", correct }, max },
    { key: { type: "inline-choice", correct, points: points(values, zero, { max }) }, max },
  ];
}
