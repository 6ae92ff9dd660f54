import { ScoringError } from "./error.ts";
import { pointsCredit } from "./points.ts";
import {
  add,
  divide,
  fromNumber,
  multiply,
  ONE,
  parseDecimal,
  type Rational,
  rational,
  toFraction,
  ZERO,
} from "./rational.ts";
import { type AllOrNothing, type PartKey, placesOf, type ResponseKey, textList } from "./response-key.ts";
import { isAccepted } from "./typed-answer.ts";

/**
 * Credit for one response: an exact fraction from 0 to 1 (domain.md, "Partial credit"). Responses are whatever
 * arrived, and what cannot be read earns 0.
 */

/**
 * The credit of `response` under `key`, 0 to 1. Responses: choice `"b"`; multiple-response and hottext `["a","c"]`; text-entry
 * `"str"`; matching, gap-fill and inline-choice `{"p1":"a"}`; cloze `{"1":"str"}`; ordering `["c","a","b"]`; composite the
 * parts' responses by part. Null, undefined and malformed responses earn 0; never throws.
 *
 * @example creditFor({ type: "multiple-response", correct: ["a", "c"] }, ["a"]) // 1/2
 */
export function creditFor(key: ResponseKey, response: unknown): Rational {
  if (key.type === "composite") return whole(key, composite(key, response));
  const credit = key.points === undefined ? plainCredit(key, response) : pointsCredit(key, key.points, response);
  return "allOrNothing" in key ? whole(key, credit) : credit;
}

function plainCredit(key: PartKey, response: unknown): Rational {
  switch (key.type) {
    case "choice":
      return response === key.correct ? ONE : ZERO;
    case "multiple-response":
    case "hottext":
      return multipleResponse(key.correct, response);
    case "text-entry":
      return isAccepted(key, response) ? ONE : ZERO;
    case "matching":
    case "gap-fill":
    case "inline-choice":
      return pairs(key.correct, response, (answer, given) => answer === given);
    case "cloze":
      return pairs(key.gaps, response, isAccepted);
    case "ordering":
      return ordering(key.correct, response);
  }
}

/** `1/2`, `0`, `1`: how a credit is stored. */
export function creditToString(credit: Rational): string {
  return toFraction(credit);
}

/** Reads what `creditToString` wrote, or a decimal (`0.5`). Throws ScoringError (field `credit`) for anything but a value from 0 to 1. */
export function parseCredit(text: string): Rational {
  return readCredit(text, "credit");
}

const FRACTION = /^([0-9]{1,450})\/([0-9]{1,450})$/;
export const creditRule = "must be a number from 0 to 1";

/** Any accepted form of a credit as an exact fraction; a number counts as the decimal it prints as. Throws ScoringError with `field`. */
export function readCredit(value: Rational | number | string, field: string): Rational {
  const credit = findCredit(value);
  if (credit === undefined) throw new ScoringError(field, creditRule);
  return credit;
}

/** As `readCredit`, but undefined where that throws. */
export function findCredit(value: unknown): Rational | undefined {
  if (value === ONE || value === 1 || value === "1") return ONE;
  if (value === ZERO || value === 0 || value === "0") return ZERO;
  const credit = exactCredit(value);
  if (credit === undefined || credit.num < 0n || credit.num > credit.den) return undefined;
  return credit;
}

function exactCredit(value: unknown): Rational | undefined {
  if (typeof value === "number") return fromNumber(value);
  if (typeof value === "string") {
    const fraction = FRACTION.exec(value);
    if (fraction === null) return parseDecimal(value);
    const den = BigInt(fraction[2] ?? "0");
    return den === 0n ? undefined : rational(BigInt(fraction[1] ?? "0"), den);
  }
  if (typeof value === "object" && value !== null && "num" in value && "den" in value) {
    const { num, den } = value;
    if (typeof num !== "bigint" || typeof den !== "bigint" || den <= 0n || num < 0n || num > den) return undefined;
    // Normalised again: a hand-made 2/4 must not be stored as another credit than 1/2.
    return den <= 1_000_000n ? rational(Number(num), Number(den)) : rational(num, den);
  }
  return undefined;
}

function whole(key: AllOrNothing, credit: Rational): Rational {
  return key.allOrNothing === true && credit.num !== credit.den ? ZERO : credit;
}

/** `part / all`, with the constants for the ends so that callers may compare by identity. */
function share(part: number, all: number): Rational {
  if (part <= 0 || all <= 0) return ZERO;
  return part >= all ? ONE : rational(part, all);
}

/** max(0, right chosen − wrong chosen) / right. Choosing an option twice is choosing it once. */
function multipleResponse(correct: readonly string[], response: unknown): Rational {
  const chosen = textList(response);
  if (chosen === undefined) return ZERO;
  const right = new Set(correct);
  let balance = 0;
  for (const choice of new Set(chosen)) balance += right.has(choice) ? 1 : -1;
  return share(balance, right.size);
}

/** Right places / all places of the key; answers in places the key does not know are ignored. */
function pairs<Answer>(
  places: Readonly<Record<string, Answer>>,
  response: unknown,
  isRight: (answer: Answer, given: unknown) => boolean,
): Rational {
  const given = placesOf(response);
  const wanted = Object.entries(places);
  return share(wanted.filter(([place, answer]) => isRight(answer, given.get(place))).length, wanted.length);
}

/** Weighted mean of the parts' credits. */
function composite(key: Extract<ResponseKey, { type: "composite" }>, response: unknown): Rational {
  const given = placesOf(response);
  const weights = new Map(Object.entries(key.weights ?? {}));
  let sum = ZERO;
  let all = 0;
  for (const [part, partKey] of Object.entries(key.parts)) {
    const weight = weights.get(part) ?? 1;
    sum = add(sum, multiply(rational(weight), creditFor(partKey, given.get(part))));
    all += weight;
  }
  return all > 0 ? divide(sum, rational(all)) : ZERO;
}

/**
 * (longest run in right relative order − 1) / (n − 1): the run is the longest subsequence of the response whose elements stand
 * in the key's order, so one misplaced element costs one step wherever it was put. Elements left out count as misplaced; an
 * unknown or repeated element makes the response malformed.
 */
function ordering(correct: readonly string[], response: unknown): Rational {
  const given = textList(response);
  if (given === undefined || given.length > correct.length || new Set(given).size !== given.length) return ZERO;
  const places = given.map((element) => correct.indexOf(element));
  if (places.includes(-1)) return ZERO;
  const longestEndingAt: number[] = [];
  for (const [index, place] of places.entries()) {
    let longest = 1;
    for (let earlier = 0; earlier < index; earlier += 1) {
      if ((places[earlier] ?? place) < place) longest = Math.max(longest, (longestEndingAt[earlier] ?? 0) + 1);
    }
    longestEndingAt.push(longest);
  }
  return share(Math.max(0, ...longestEndingAt) - 1, correct.length - 1);
}
