import { compare, parseDecimal, type Rational } from "./rational.ts";

/** Whether a typed answer is one of those accepted. */

/**
 * What is accepted as a typed answer. Case-sensitive texts are compared as written, and no slip is forgiven; numbers are
 * compared by their value, so that `01`, `1.0` and `+1` are all 1.
 */
export interface Entered {
  readonly accepted: readonly string[];
  readonly spellingTolerance: 0 | 1;
  readonly caseSensitive?: boolean | undefined;
  readonly numeric?: boolean | undefined;
}

export function isAccepted(
  { accepted, spellingTolerance, caseSensitive, numeric }: Entered,
  response: unknown,
): boolean {
  if (typeof response !== "string") return false;
  if (numeric === true) {
    const given = typedNumber(response);
    return given !== undefined && accepted.some((variant) => isSame(typedNumber(variant), given));
  }
  const read = caseSensitive === true ? asWritten : foldText;
  const given = read(response);
  if (given === "") return false;
  return accepted.some((variant) => {
    const wanted = read(variant);
    if (wanted === "") return false;
    return given === wanted || (caseSensitive !== true && spellingTolerance === 1 && isOneLetterSlip(wanted, given));
  });
}

const TYPED_NUMBER = /^([+\-\u2212]?)0*([0-9]{1,30}(?:\.[0-9]{1,30})?)$/u;

/** The value of a number as people type it; undefined where the text is none. */
function typedNumber(text: string): Rational | undefined {
  const [, sign = "", digits] = TYPED_NUMBER.exec(text.trim().replace(/^([+\-\u2212]?)\./u, "$10.")) ?? [];
  return digits === undefined ? undefined : parseDecimal(`${sign === "" || sign === "+" ? "" : "-"}${digits}`);
}

function isSame(a: Rational | undefined, b: Rational): boolean {
  return a !== undefined && compare(a, b) === 0;
}

/** Nothing folded but the ways to write one character, and white space, which nobody sees. */
function asWritten(text: string): string {
  return text.normalize("NFC").replace(/\s+/gu, " ").trim();
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
