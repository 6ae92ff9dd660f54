import { ScoringError } from "./error.ts";
import { fromNumber, ONE, parseDecimal, type Rational, rational, toFraction, ZERO } from "./rational.ts";

/**
 * Credit for one response: an exact fraction from 0 to 1 (domain.md, "Partial credit"). Keys have the shape of the item bank's
 * `key` column; responses are whatever arrived, and what cannot be read earns 0.
 */

type AllOrNothing = { readonly allOrNothing?: boolean | undefined };

export type ResponseKey =
  | { readonly type: "choice"; readonly correct: string }
  | ({ readonly type: "multiple-response"; readonly correct: readonly string[] } & AllOrNothing)
  | { readonly type: "text-entry"; readonly accepted: readonly string[]; readonly spellingTolerance: 0 | 1 }
  | ({ readonly type: "matching"; readonly correct: Readonly<Record<string, string>> } & AllOrNothing)
  | ({ readonly type: "ordering"; readonly correct: readonly string[] } & AllOrNothing)
  | ({ readonly type: "gap-fill"; readonly correct: Readonly<Record<string, string>> } & AllOrNothing);

/**
 * The credit of `response` under `key`, 0 to 1. Responses: choice `"b"`; multiple-response `["a","c"]`; text-entry `"str"`;
 * matching and gap-fill `{"p1":"a"}`; ordering `["c","a","b"]`. Null, undefined and malformed responses earn 0; never throws.
 *
 * @example creditFor({ type: "multiple-response", correct: ["a", "c"] }, ["a"]) // 1/2
 */
export function creditFor(key: ResponseKey, response: unknown): Rational {
  switch (key.type) {
    case "choice":
      return response === key.correct ? ONE : ZERO;
    case "multiple-response":
      return whole(key, multipleResponse(key.correct, response));
    case "text-entry":
      return textEntry(key.accepted, key.spellingTolerance, response) ? ONE : ZERO;
    case "matching":
    case "gap-fill":
      return whole(key, pairs(key.correct, response));
    case "ordering":
      return whole(key, ordering(key.correct, response));
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
  return key.allOrNothing === true && credit !== ONE ? ZERO : credit;
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

/** Right pairs / all pairs of the key; pairs for prompts the key does not know are ignored. */
function pairs(correct: Readonly<Record<string, string>>, response: unknown): Rational {
  if (typeof response !== "object" || response === null || Array.isArray(response)) return ZERO;
  const given = new Map<string, unknown>(Object.entries(response));
  const prompts = Object.entries(correct);
  return share(prompts.filter(([prompt, answer]) => given.get(prompt) === answer).length, prompts.length);
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

function textList(response: unknown): string[] | undefined {
  if (!Array.isArray(response)) return undefined;
  const list = response.filter((entry): entry is string => typeof entry === "string");
  return list.length === response.length ? list : undefined;
}

function textEntry(accepted: readonly string[], spellingTolerance: 0 | 1, response: unknown): boolean {
  if (typeof response !== "string") return false;
  const given = foldText(response);
  if (given === "") return false;
  return accepted.some((variant) => {
    const wanted = foldText(variant);
    return wanted !== "" && (given === wanted || (spellingTolerance === 1 && isOneLetterSlip(wanted, given)));
  });
}

/**
 * A typed answer with case, punctuation and white space folded: `" Twenty-One. "` → `"twenty one"`, `"don't"` → `"dont"`.
 * Marks that carry a number's meaning stay: `3.50` is not `350`, `7:30` not `730`, `-5` not `5`; `%`, `&`, `#` and `@` stay too.
 * A comma before three digits is a thousands mark and goes (`10,000` = `10000`).
 */
export function foldText(text: string): string {
  return text
    .normalize("NFKC")
    .toLowerCase()
    .replace(/(?<=[0-9]),(?=[0-9]{3}(?![0-9]))/g, "")
    .replace(/(?<=^|\s)[-\u2010\u2011\u2012\u2013\u2212](?=[0-9])/gu, "\uE000")
    .replace(/(?<=[0-9])([.,:/])(?=[0-9])/g, (mark) => NUMBER_MARKS[mark] ?? mark)
    .replace(/['\u2018\u2019\u02BC\u0060\u00B4]/gu, "")
    .replace(/(?:(?![%&#@])\p{P})+/gu, " ")
    .replace(/[\uE000-\uE004]/gu, (mark) => KEPT_MARKS[mark] ?? mark)
    .replace(/\s+/gu, " ")
    .trim();
}

/** Private-use stand-ins carry the marks that stay past the stripping of punctuation. */
const KEPT_MARKS: Readonly<Record<string, string>> = {
  "\uE000": "-",
  "\uE001": ".",
  "\uE002": ",",
  "\uE003": ":",
  "\uE004": "/",
};
const NUMBER_MARKS: Readonly<Record<string, string>> = { ".": "\uE001", ",": "\uE002", ":": "\uE003", "/": "\uE004" };

const LETTER = /^\p{L}\p{M}*$/u;

/** Whether one letter was inserted, dropped or changed. Digits, signs and spaces are never forgiven: 15 is not 16. */
function isOneLetterSlip(wanted: string, given: string): boolean {
  if (Math.abs(wanted.length - given.length) > 2) return false;
  const want = [...wanted];
  const have = [...given];
  const longer = want.length >= have.length ? want : have;
  const shorter = want.length >= have.length ? have : want;
  if (longer.length - shorter.length > 1) return false;
  let start = 0;
  while (start < shorter.length && want[start] === have[start]) start += 1;
  const isLetter = (character: string | undefined): boolean => character !== undefined && LETTER.test(character);
  if (longer.length === shorter.length) {
    return (
      isLetter(want[start]) &&
      isLetter(have[start]) &&
      want.slice(start + 1).join("") === have.slice(start + 1).join("")
    );
  }
  return isLetter(longer[start]) && longer.slice(start + 1).join("") === shorter.slice(start).join("");
}
