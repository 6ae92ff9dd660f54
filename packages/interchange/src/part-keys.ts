import { add, compare, multiply, type Rational, rational, subtract } from "@bandwise/scoring/rational";
import { foldText } from "@bandwise/scoring/typed-answer";
import { type Domain, pairText, unknownText } from "./domains.ts";
import type { Part, Slot } from "./interactions.ts";
import type { Key } from "./item-model.ts";
import { decimalText, pairOf, toOurs, toText } from "./our-response.ts";
import { isNumeric, makeValue, sameValue, Unsupported, type Value } from "./response-values.ts";

/** What each response of a slot's domain is worth, in its order. */
export interface Worth {
  readonly slot: Slot;
  readonly domain: Domain;
  readonly scores: readonly Rational[];
}

/** A key that may fit a part, and what full credit under it is worth. */
export interface Proposal {
  readonly key: Key;
  readonly max: Rational;
}

const zero = rational(0);
const same = (a: Rational, b: Rational): boolean => compare(a, b) === 0;
const highest = (scores: readonly Rational[]): Rational => scores.reduce((a, b) => (compare(a, b) >= 0 ? a : b), zero);

export function worthOf({ domain, scores }: Worth, value: Value): Rational {
  return (
    scores[domain.values.findIndex((other) => sameValue(other, value) || (other === null && value === null))] ?? zero
  );
}

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

interface Points {
  readonly values: Record<string, string>;
  readonly otherwise: string;
  readonly min?: string;
  readonly max: string;
}

/** Mapped scoring. Only proportions count: thirds and the like become whole numbers of a greater whole. */
function points(
  values: readonly (readonly [string, Rational])[],
  otherwise: Rational,
  bounds: { min?: Rational; max: Rational },
): Points {
  const all = [...values.map(([, value]) => value), otherwise, bounds.min ?? zero, bounds.max];
  const factor = all.some(({ num, den }) => decimalText(num, den) === null)
    ? rational([...new Set(all.map(({ den }) => den))].reduce((product, den) => product * den, 1n))
    : rational(1);
  const decimal = (value: Rational): string => {
    const { num, den } = multiply(value, factor);
    return decimalText(num, den) ?? "";
  };
  const told = values
    .filter(([, value]) => !same(value, otherwise))
    .map(([name, value]): [string, string] => [name, decimal(value)]);
  return {
    values: Object.fromEntries(told),
    otherwise: decimal(otherwise),
    ...(bounds.min === undefined || same(bounds.min, zero) ? {} : { min: decimal(bounds.min) }),
    max: decimal(bounds.max),
  };
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

interface TextWorth {
  readonly values: readonly (readonly [string, Rational])[];
  readonly otherwise: Rational;
  readonly max: Rational;
  readonly caseSensitive: boolean;
  readonly numeric: boolean;
}

/** What typed answers are worth: by their folded text, or as typed where case decides. */
function textWorth(worth: Worth): TextWorth {
  const { slot, domain, scores } = worth;
  const numeric = isNumeric(slot.declaration.baseType);
  const of = (text: string): Rational => worthOf(worth, makeValue("single", [text]));
  const max = highest(scores);
  if (numeric) {
    const values = domain.literals.map((item): [string, Rational] => [
      toText(item),
      worthOf(worth, makeValue("single", [item])),
    ]);
    return { values, otherwise: scores.at(-1) ?? zero, max, caseSensitive: false, numeric };
  }
  const literals = domain.literals.map(String);
  const otherwise = of(unknownText);
  const variants = (text: string): string[] =>
    domain.values
      .map((value) => String(value?.items[0] ?? ""))
      .filter((other) => other.toLowerCase() === text.toLowerCase());
  const folds = literals.every((text) => variants(text).every((other) => same(of(other), of(text))));
  if (folds) return { values: literals.map((text) => [text, of(text)]), otherwise, max, caseSensitive: false, numeric };
  const values = literals.flatMap((text): [string, Rational][] => {
    const others = variants(text).filter((other) => !literals.includes(other) && !same(of(other), otherwise));
    const [folded] = others;
    if (folded === undefined) return [[text, of(text)]];
    return [
      [text, of(text)],
      ...caseVariants(text)
        .filter((other) => !literals.includes(other))
        .map((other): [string, Rational] => [other, of(folded)]),
    ];
  });
  return { values, otherwise, max, caseSensitive: true, numeric };
}

const mostVariants = 64;

/** Every way to write a text in capitals and small letters. */
function caseVariants(text: string): string[] {
  let all = [""];
  for (const letter of text) {
    const forms = [...new Set([letter.toLowerCase(), letter.toUpperCase()])];
    all = all.flatMap((start) => forms.map((form) => start + form));
    if (all.length > mostVariants) throw new Unsupported("", "one answer by its case, another whatever its case");
  }
  return all;
}

/** The texts worth everything, where all others are worth nothing. */
function acceptedOf({ values, otherwise, max }: TextWorth): string[] | null {
  const right = values.filter(([, value]) => same(value, max)).map(([text]) => text);
  const plain = same(otherwise, zero) && values.every(([, value]) => same(value, max) || same(value, zero));
  return plain && right.length > 0 ? right : null;
}

function flags({ caseSensitive, numeric }: TextWorth): { caseSensitive?: true; numeric?: true } {
  return { ...(caseSensitive ? { caseSensitive: true } : {}), ...(numeric ? { numeric: true } : {}) };
}

function refuseFoldedTwins({ values, caseSensitive, numeric }: TextWorth, path: string): void {
  if (numeric) return;
  const seen = new Map<string, Rational>();
  for (const [text, value] of values) {
    const folded = caseSensitive ? text : foldText(text);
    const earlier = seen.get(folded);
    if (earlier !== undefined && !same(earlier, value))
      throw new Unsupported(path, `answers that differ only by punctuation or spaces (${JSON.stringify(text)})`);
    seen.set(folded, value);
  }
}

function textEntryKeys(worth: Worth): Proposal[] {
  const text = textWorth(worth);
  refuseFoldedTwins(text, worth.slot.path);
  const { values, otherwise, max } = text;
  const accepted = acceptedOf(text);
  if (accepted) return [{ key: { type: "text-entry", accepted, spellingTolerance: 0, ...flags(text) }, max }];
  const best = values.filter(([, value]) => same(value, max)).map(([own]) => own);
  const shown = best.length > 0 ? best : ["(any other answer)"];
  return [
    {
      key: {
        type: "text-entry",
        accepted: shown,
        spellingTolerance: 0,
        ...flags(text),
        points: points(values, otherwise, { max }),
      },
      max,
    },
  ];
}

function clozeKeys(worths: readonly Worth[]): Proposal[] {
  const texts = worths.map((worth) => ({ worth, text: textWorth(worth) }));
  for (const { worth, text } of texts) refuseFoldedTwins(text, worth.slot.path);
  const max = texts.reduce((sum, { text }) => add(sum, text.max), zero);
  const gapIdOf = ({ slot }: Worth): string => (slot.kind === "text" ? (slot.gap ?? "") : "");
  const gaps = Object.fromEntries(
    texts.map(({ worth, text }) => {
      const best = acceptedOf(text) ?? text.values.filter(([, value]) => same(value, text.max)).map(([own]) => own);
      return [
        gapIdOf(worth),
        { accepted: best.length > 0 ? best : ["(any other answer)"], spellingTolerance: 0 as const, ...flags(text) },
      ];
    }),
  );
  const [first] = texts;
  const even = texts.every(({ text }) => acceptedOf(text) !== null && same(text.max, first?.text.max ?? zero));
  if (even) return [{ key: { type: "cloze", gaps }, max }];
  const otherwise = first?.text.otherwise ?? zero;
  if (!texts.every(({ text }) => same(text.otherwise, otherwise))) {
    throw new Unsupported(
      first?.worth.slot.path ?? "",
      "gaps to be typed in whose wrong answers are worth different points",
    );
  }
  const values = texts.flatMap(({ worth, text }) =>
    text.values.map(([own, value]): [string, Rational] => [`${gapIdOf(worth)}:${own}`, value]),
  );
  return [{ key: { type: "cloze", gaps, points: points(values, otherwise, { max }) }, max }];
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
