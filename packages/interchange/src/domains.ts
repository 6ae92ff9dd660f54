import { add, compare, divide, type Rational, rational } from "@bandwise/scoring/rational";
import { literalPattern } from "./evaluate.ts";
import type { Slot } from "./interactions.ts";
import { pairOf } from "./our-response.ts";
import type { ResponseProgram } from "./response-program.ts";
import {
  type Declaration,
  findNumber,
  isNumeric,
  isRational,
  makeValue,
  readScalar,
  Unsupported,
  type Value,
  valueText,
} from "./response-values.ts";
import { elementsOf, type XmlElement } from "./xml.ts";

/**
 * The responses that have to be tried so that agreement on them is agreement on all. For choices these are all there are. For
 * typed answers the rules may only compare with written-down texts or numbers, so that one answer of each kind stands for its kind.
 */
export interface Domain {
  /** NULL first. */
  readonly values: readonly Value[];
  /** Typed texts or numbers the rules know. */
  readonly literals: readonly (string | Rational)[];
}

/** An answer no rule knows. */
export const unknownText = "qzxv jwkq";

const mostChoices = 12;
const mostPairings = 20_000;

/** @throws Unsupported where the responses cannot be counted out */
export function domainOf(slot: Slot, program: ResponseProgram): Domain {
  if (slot.kind !== "text" && sizeOf(slot) > fewResponses && readsPlainly(program, slot.declaration.identifier))
    return sample(slot);
  return countedOut(slot, program);
}

/** Up to so many responses are always tried one by one. */
const fewResponses = 5_000;

function sizeOf(slot: Exclude<Slot, { kind: "text" }>): number {
  if (slot.kind === "pairs") return (slot.options.size + 1) ** slot.prompts.size;
  if (slot.kind === "choices") return 2 ** slot.ids.size;
  return slot.kind === "order" ? [...slot.ids].reduce((product, _, index) => product * (index + 1), 1) : slot.ids.size;
}

/**
 * Whether the rules see a response only as NULL or not, right or not, and by its mapping added to the score: then they give
 * one kind of answer for right ones, one for all others, and a sample of those stands for them.
 */
function readsPlainly(program: ResponseProgram, identifier: string): boolean {
  const plain = (element: XmlElement, parent: XmlElement | null): boolean => {
    const named = element.attributes.identifier === identifier;
    if (named && element.name === "variable") {
      const againstCorrect =
        parent?.name === "match" &&
        elementsOf(parent).some(({ name, attributes }) => name === "correct" && attributes.identifier === identifier);
      if (!againstCorrect && parent?.name !== "isNull" && parent?.name !== "isNotNull") return false;
    } else if (named && element.name === "mapResponse") {
      if (parent?.name !== "setOutcomeValue" && parent?.name !== "sum") return false;
    } else if (named && element.name !== "correct") return false;
    return elementsOf(element).every((child) => plain(child, element));
  };
  return program.rules.every((rule) => plain(rule, null));
}

const sampled = 300;

function sample(slot: Exclude<Slot, { kind: "text" }>): Domain {
  const right = slot.declaration.correct?.items.filter((item) => typeof item === "string") ?? [];
  const { cardinality } = slot.declaration;
  const all =
    slot.kind === "pairs"
      ? [...slot.prompts.keys()].flatMap((prompt) =>
          [...slot.options.keys()].map((option) => pairText(slot, prompt, option)),
        )
      : [...slot.ids.keys()];
  const sets: string[][] = [
    [...right],
    ...all.map((one) => [one]),
    ...right.map((one) => right.filter((other) => other !== one)),
  ];
  // Deterministic, so that two runs over one file say the same.
  let state = 1;
  const next = (below: number): number => {
    state = (state * 48_271) % 2_147_483_647;
    return state % below;
  };
  for (let count = 0; count < sampled; count += 1) {
    if (slot.kind === "order") {
      const order = [...all];
      for (let at = order.length - 1; at > 0; at -= 1) {
        const other = next(at + 1);
        [order[at], order[other]] = [order[other] ?? "", order[at] ?? ""];
      }
      sets.push(order);
    } else if (slot.kind === "pairs") {
      const options = [...slot.options.keys()];
      sets.push(
        [...slot.prompts.keys()].flatMap((prompt) => {
          const option = options[next(options.length + 1)];
          return option === undefined ? [] : [pairText(slot, prompt, option)];
        }),
      );
    } else sets.push(all.filter(() => next(2) === 0).slice(0, slot.most));
  }
  return finite(sets.filter((set) => set.length > 0 && isGivable(slot, set)).map((set) => makeValue(cardinality, set)));
}

/** One option a prompt, as our exam page takes it. */
function isGivable(slot: Exclude<Slot, { kind: "text" }>, set: readonly string[]): boolean {
  if (slot.kind !== "pairs") return true;
  const prompts = set.map((pair) => pairOf(slot, pair)[0]);
  return new Set(prompts).size === prompts.length;
}

function countedOut(slot: Slot, program: ResponseProgram): Domain {
  const { declaration } = slot;
  switch (slot.kind) {
    case "choice":
      return finite([...slot.ids.keys()].map((id) => makeValue(declaration.cardinality, [id])));
    case "choices": {
      const ids = [...slot.ids.keys()];
      if (ids.length > mostChoices)
        throw new Unsupported(slot.path, `more than ${mostChoices} options of which several may be chosen`);
      const subsets: Value[] = [];
      for (let bits = 1; bits < 2 ** ids.length; bits += 1) {
        const chosen = ids.filter((_, index) => (bits >> index) & 1);
        if (chosen.length <= slot.most) subsets.push(makeValue("multiple", chosen));
      }
      return finite(subsets);
    }
    case "order": {
      const ids = [...slot.ids.keys()];
      if (ids.length > 7) throw new Unsupported(slot.path, "more than 7 things to put in order under rules of its own");
      return finite(permutations(ids).map((order) => makeValue("ordered", order)));
    }
    case "pairs":
      return finite(pairings(slot));
    case "text":
      return typed(slot, declaration, program);
  }
}

const finite = (values: readonly Value[]): Domain => ({ values: [null, ...values], literals: [] });

function permutations(ids: readonly string[]): string[][] {
  if (ids.length <= 1) return [[...ids]];
  return ids.flatMap((id, index) =>
    permutations(ids.filter((_, other) => other !== index)).map((rest) => [id, ...rest]),
  );
}

/** Every way to give each prompt one option or none. */
function pairings(slot: Extract<Slot, { kind: "pairs" }>): Value[] {
  const options = [...slot.options.keys()];
  const prompts = [...slot.prompts.keys()];
  if ((options.length + 1) ** prompts.length > mostPairings) {
    throw new Unsupported(slot.path, "more pairs than can be tried one by one");
  }
  let all: string[][] = [[]];
  for (const prompt of prompts) {
    all = all.flatMap((pairs) => [pairs, ...options.map((option) => [...pairs, pairText(slot, prompt, option)])]);
  }
  return all.filter((pairs) => pairs.length > 0).map((pairs) => makeValue("multiple", pairs));
}

export function pairText(slot: Extract<Slot, { kind: "pairs" }>, prompt: string, option: string): string {
  const pair = slot.promptFirst ? [prompt, option] : [option, prompt];
  return (slot.declaration.baseType === "pair" ? pair.sort() : pair).join(" ");
}

const compares = ["match", "member", "contains", "multiple", "isNull", "isNotNull"];
const comparesText = [...compares, "stringMatch", "patternMatch"];
const comparesNumbers = [...compares, "equal", "notEqual", "lt", "lte", "gt", "gte"];

/** Typed answers: what the rules compare them with, one of each kind between, and one they do not know. */
function typed(slot: Slot, declaration: Declaration, program: ResponseProgram): Domain {
  const { identifier, baseType, mapping } = declaration;
  const numeric = isNumeric(baseType);
  if (baseType !== "string" && baseType !== "identifier" && !numeric)
    throw new Unsupported(declaration.path, `typed answers of type ${baseType}`);
  const literals: (string | Rational)[] = [];
  const addLiteral = (text: string, path: string): void => {
    const value = readScalar(text, baseType, path);
    if (typeof value !== "boolean") literals.push(value);
  };
  for (const value of [declaration.correct, declaration.defaultValue]) {
    for (const item of value?.items ?? []) if (typeof item !== "boolean") literals.push(item);
  }
  for (const { key } of mapping?.entries ?? []) addLiteral(key, declaration.path);
  const names = new Set([identifier]);
  const look = (element: XmlElement, parent: XmlElement | null): void => {
    const { name, attributes } = element;
    if (names.has(attributes.identifier ?? "")) {
      if (name === "variable") checkUse(parent, numeric, names, addLiteral);
      if (name === "mapOutcome") {
        for (const { key } of program.outcomes.get(attributes.identifier ?? "")?.mapping?.entries ?? [])
          addLiteral(key, element.path);
      }
    }
    if (
      name === "baseValue" &&
      (isNumeric(attributes.baseType ?? "") === numeric || attributes.baseType === "identifier")
    ) {
      const text = valueText(element);
      if (!numeric || findNumber(text)) addLiteral(text, element.path);
    }
    if (name === "patternMatch" && !numeric) addLiteral(literalPattern(element), element.path);
    for (const child of elementsOf(element)) look(child, element);
  };
  for (const rule of program.rules) look(rule, null);
  return numeric
    ? numbers(declaration, literals.filter(isRational), slot)
    : texts(literals.filter((item) => typeof item === "string"));
}

function checkUse(
  parent: XmlElement | null,
  numeric: boolean,
  names: Set<string>,
  addLiteral: (text: string, path: string) => void,
): void {
  if (parent === null) return;
  const { name, attributes, path } = parent;
  if (name === "setOutcomeValue" && attributes.identifier !== "SCORE") {
    // A copy under another name: what is done with that is looked at in the same way.
    names.add(attributes.identifier ?? "");
    return;
  }
  if (/(If|ElseIf)$/.test(name)) {
    if (numeric) addLiteral("0", path);
    return;
  }
  if (name === "stringMatch" && attributes.substring === "true")
    throw new Unsupported(path, "stringMatch for a part of the answer");
  if (name === "equal" && (attributes.toleranceMode ?? "exact") !== "exact")
    throw new Unsupported(path, "equal with a tolerance");
  const known = numeric ? comparesNumbers : comparesText;
  if (!known.includes(name)) throw new Unsupported(path, `${name} of a typed answer`);
  const others = elementsOf(parent).filter((operand) => !names.has(operand.attributes.identifier ?? ""));
  if (others.some((operand) => !["baseValue", "correct", "multiple"].includes(operand.name))) {
    throw new Unsupported(path, `${name} of a typed answer with something not written down`);
  }
}

function texts(literals: readonly string[]): Domain {
  const known = [...new Set(literals)].filter((text) => text !== "");
  const variants = known.flatMap((text) => [text.toLowerCase(), text.toUpperCase(), swapCase(text)]);
  const all = [...new Set([...known, ...variants, unknownText])];
  return { values: [null, ...all.map((text) => makeValue("single", [text]))], literals: known };
}

function swapCase(text: string): string {
  return [...text]
    .map((letter) => (letter === letter.toLowerCase() ? letter.toUpperCase() : letter.toLowerCase()))
    .join("");
}

const widestRange = 200;

/** Whole numbers one by one between the smallest and the greatest the rules know; others at these and between them. */
function numbers(declaration: Declaration, literals: readonly Rational[], slot: Slot): Domain {
  const known = [...literals]
    .sort(compare)
    .filter((value, index, all) => index === 0 || compare(value, all[index - 1] ?? value) !== 0);
  const [least, most] = [known[0] ?? rational(0), known.at(-1) ?? rational(0)];
  const one = rational(1);
  let inside: Rational[] = [];
  if (declaration.baseType === "integer") {
    const [from, to] = [least.num / least.den, most.num / most.den];
    if (to - from > BigInt(widestRange))
      throw new Unsupported(slot.path, `numbers compared over a range of more than ${widestRange}`);
    for (let number = from; number <= to; number += 1n) inside.push(rational(number));
  } else inside = known;
  const between =
    declaration.baseType === "integer"
      ? []
      : known.slice(1).map((value, index) => divide(add(value, known[index] ?? value), rational(2)));
  const beyond = [add(least, rational(-1)), add(most, one)];
  const all = [...inside, ...between, ...beyond];
  return { values: [null, ...all.map((value) => makeValue("single", [value]))], literals: inside };
}
