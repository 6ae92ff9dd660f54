import { creditFor } from "@bandwise/scoring/credit";
import { add, compare, multiply, type Rational, rational, subtract, toFraction } from "@bandwise/scoring/rational";
import { type Domain, domainOf } from "./domains.ts";
import type { Part, Slot } from "./interactions.ts";
import type { Key } from "./item-model.ts";
import { composeResponse, partId } from "./our-response.ts";
import { proposeKeys } from "./part-keys.ts";
import type { ResponseProgram } from "./response-program.ts";
import { Unsupported, type Value } from "./response-values.ts";
import { isSeparable } from "./separable.ts";
import type { Worth } from "./worth.ts";

/** Our key for an imported item, shown to score every response as the item's own rules do: SCORE = credit × `max`. */
export interface FoundKey {
  readonly key: Key;
  readonly max: Rational;
  /** Every response scores the same. */
  readonly constant: boolean;
  /** What no answer at all earns there, where that is more than here: nothing. */
  readonly blank: Rational;
}

type Fitted = Pick<FoundKey, "key" | "max">;

/** Combinations tried one by one; beyond, the rules must show that each response adds its share on its own. */
const mostCombinations = 20_000;
const zero = rational(0);

/** @throws Unsupported saying which rule cannot become our scoring, or where the two would differ */
export function findKey(parts: readonly Part[], program: ResponseProgram): FoundKey {
  const slots = parts.flatMap((part) => part.slots);
  refuseShared(slots);
  const domains = slots.map((slot) => domainOf(slot, program));
  const score = (values: readonly Value[]): Rational => {
    const result = program.score(
      new Map(slots.map((slot, index) => [slot.declaration.identifier, values[index] ?? null])),
    );
    if (compare(result, zero) < 0)
      throw new Unsupported(program.path, `SCORE can fall to ${toFraction(result)}; a credit is never below 0`);
    return result;
  };
  const combinations = domains.reduce((product, { values }) => product * values.length, 1);
  const few = combinations <= mostCombinations;
  if (!few && !isSeparable(program)) {
    throw new Unsupported(program.path, `${combinations} combinations of answers that are not scored one by one`);
  }
  const blank = slots.map(() => null);
  const base = score(blank);
  const alone = worthsBeside(slots, domains, blank, score, slots.length > 1 ? base : zero);
  const found =
    keyOf(parts, alone, slots.length > 1 && compare(base, zero) !== 0) ??
    (few && slots.length > 1 ? jointKey(parts, slots, domains, score) : null);
  if (found === null) throw new Unsupported(program.path, "no answer earns a score");
  const tried = (): Iterable<Value[]> => (few ? combine(domains) : eachAlone(domains));
  verify(found, parts, tried(), score, program.path);
  const answered = [...tried()].filter((values) => !isBlank(values)).map(score);
  const [first = zero] = answered;
  return { ...found, constant: answered.every((own) => compare(own, first) === 0), blank: base };
}

function refuseShared(slots: readonly Slot[]): void {
  const seen = new Set<string>();
  for (const { declaration, path } of slots) {
    if (seen.has(declaration.identifier))
      throw new Unsupported(path, `two interactions answer ${declaration.identifier}`);
    seen.add(declaration.identifier);
  }
}

/** What each response of each slot adds to the score while the others stay as in `others`. */
function worthsBeside(
  slots: readonly Slot[],
  domains: readonly Domain[],
  others: readonly Value[],
  score: (values: readonly Value[]) => Rational,
  base: Rational,
): Worth[] {
  return slots.map((slot, index) => {
    const domain = domains[index] ?? { values: [null], literals: [] };
    return { slot, domain, scores: domain.values.map((value) => subtract(score(others.with(index, value)), base)) };
  });
}

/** Parts that each earn their own share. Null where no part earns anything by itself. */
function keyOf(parts: readonly Part[], worths: readonly Worth[], blankEarns: boolean): Fitted | null {
  if (blankEarns || worths.every(({ scores }) => scores.every((score) => compare(score, zero) === 0))) return null;
  let next = 0;
  const fitting = parts.map((part) => {
    const own = worths.slice(next, next + part.slots.length);
    next += part.slots.length;
    return bestProposal(part, own);
  });
  if (parts.length === 1) return fitting[0] ?? null;
  const weights = wholeWeights(fitting.map(({ max }) => max));
  const even = weights.every((weight) => weight === 1);
  return {
    key: {
      type: "composite",
      parts: Object.fromEntries(fitting.map(({ key }, index) => [partId(index), simpleKey(key)])),
      ...(even ? {} : { weights: Object.fromEntries(weights.map((weight, index) => [partId(index), weight])) }),
    },
    max: fitting.map(({ max }) => max).reduce(add, zero),
  };
}

type SimpleKey = Exclude<Key, { type: "composite" }>;

function simpleKey(key: Key): SimpleKey {
  if (key.type === "composite") throw new Error("a part of a composite item is no composite");
  return key;
}

/** The first key under which every response of this part earns what it is worth. */
function bestProposal(part: Part, worths: readonly Worth[]): { key: Key; max: Rational } {
  const proposals = proposeKeys(part, worths);
  const [plainest] = proposals;
  if (plainest === undefined) throw new Unsupported(part.path, "no answer earns a score");
  const fits = ({ key, max }: { key: Key; max: Rational }): boolean =>
    worths.every(({ domain, scores }, slot) =>
      domain.values.every((value, index) => {
        if (value === null) return true;
        const values = worths.map((_, other) => (other === slot ? value : null));
        return compare(multiply(creditFor(key, composeResponse([part], values)), max), scores[index] ?? zero) === 0;
      }),
    );
  return proposals.find(fits) ?? plainest;
}

/** Several responses that earn only together: all right or nothing. */
function jointKey(
  parts: readonly Part[],
  slots: readonly Slot[],
  domains: readonly Domain[],
  score: (values: readonly Value[]) => Rational,
): Fitted | null {
  let best: readonly Value[] = slots.map(({ declaration }) => declaration.correct);
  let max = score(best);
  for (const values of combine(domains)) {
    const own = score(values);
    if (compare(own, max) > 0) [best, max] = [values, own];
  }
  if (compare(max, zero) <= 0) return null;
  const worths = worthsBeside(slots, domains, best, score, zero);
  let next = 0;
  const keys = parts.map((part) => {
    const own = worths.slice(next, next + part.slots.length);
    next += part.slots.length;
    // Each gap is worth the whole here; a key that says which answers are right is all that is wanted.
    const [first] = proposeKeys(part, own);
    if (first === undefined) throw new Unsupported(part.path, "no answer earns a score");
    return first.key;
  });
  const [only] = keys;
  if (keys.length === 1 && only) return { key: wholly(only), max };
  return {
    key: {
      type: "composite",
      parts: Object.fromEntries(keys.map((key, index) => [partId(index), wholly(simpleKey(key))])),
      allOrNothing: true,
    },
    max,
  };
}

function wholly<K extends Key>(key: K): K {
  return key.type === "choice" || key.type === "text-entry" || key.type === "composite"
    ? key
    : { ...key, allOrNothing: true };
}

/** The smallest whole numbers in the proportions of these. */
function wholeWeights(maxima: readonly Rational[]): number[] {
  const gcd = (a: bigint, b: bigint): bigint => (b === 0n ? a : gcd(b, a % b));
  const den = maxima.map((max) => max.den).reduce((a, b) => (a / gcd(a, b)) * b, 1n);
  const whole = maxima.map((max) => (max.num * den) / max.den);
  const common = whole.reduce(gcd, 0n);
  return whole.map((weight) => Number(weight / (common === 0n ? 1n : common)));
}

const isBlank = (values: readonly Value[]): boolean => values.every((value) => value === null);

function* combine(domains: readonly Domain[]): Generator<Value[]> {
  const [first, ...rest] = domains;
  if (first === undefined) {
    yield [];
    return;
  }
  for (const value of first.values) for (const others of combine(rest)) yield [value, ...others];
}

function* eachAlone(domains: readonly Domain[]): Generator<Value[]> {
  for (const [index, { values }] of domains.entries()) {
    for (const value of values) yield domains.map((_, other) => (other === index ? value : null));
  }
}

function verify(
  { key, max }: Fitted,
  parts: readonly Part[],
  all: Iterable<Value[]>,
  score: (values: readonly Value[]) => Rational,
  path: string,
): void {
  for (const values of all) {
    const wanted = score(values);
    const response = composeResponse(parts, values);
    // No answer earns nothing here, whatever the file gives for it: the caller says so.
    if (isBlank(values)) continue;
    const earned = multiply(creditFor(key, response), max);
    if (compare(earned, wanted) !== 0) {
      throw new Unsupported(
        path,
        `no scoring of ours fits: ${response === null ? "no answer" : JSON.stringify(response)} earns ${toFraction(wanted)} of ${toFraction(max)} there and ${toFraction(earned)} with the nearest of ours`,
      );
    }
  }
}
