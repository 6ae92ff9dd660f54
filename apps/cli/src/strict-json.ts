import { ScoringError } from "@bandwise/scoring/error";

/**
 * JSON as RFC 8259 has it, read more strictly than JSON.parse: a repeated key is an error with its path, and numbers stay the
 * text they were written as, because 0.1 must reach the scorer as one tenth.
 */
export type JsonValue = null | boolean | string | JsonNumber | readonly JsonValue[] | JsonObject;
export type JsonObject = ReadonlyMap<string, JsonValue>;

export class JsonNumber {
  readonly text: string;
  constructor(text: string) {
    this.text = text;
  }
}

/** How a path names the whole line. */
export const wholeRecord = "record";

/** Far deeper than any record; keeps a hostile line from exhausting the stack. */
const DEEPEST = 64;

const NUMBER = /-?(?:0|[1-9][0-9]*)(?:\.[0-9]+)?(?:[eE][+-]?[0-9]+)?/y;
const WHITE_SPACE = /[ \t\r\n]*/y;
const ESCAPES: Readonly<Record<string, string>> = {
  '"': '"',
  "\\": "\\",
  "/": "/",
  b: "\b",
  f: "\f",
  n: "\n",
  r: "\r",
  t: "\t",
};

/** Parses one JSON text. Throws ScoringError with the path reached and a rule that names the column (from 1). */
export function parseStrictJson(text: string): JsonValue {
  let at = 0;

  const fail = (path: string, expected: string): never => {
    const found = at < text.length ? `column ${at + 1}` : "the end of the line";
    throw new ScoringError(path === "" ? wholeRecord : path, `is not JSON: expected ${expected} at ${found}`);
  };

  const match = (pattern: RegExp): string => {
    pattern.lastIndex = at;
    const found = pattern.exec(text)?.[0] ?? "";
    at += found.length;
    return found;
  };

  const string = (path: string): string => {
    at += 1;
    let result = "";
    for (;;) {
      const start = at;
      while (isPlain(text.charCodeAt(at))) at += 1;
      result += text.slice(start, at);
      const character = text[at];
      if (character === '"') {
        at += 1;
        return result;
      }
      if (character !== "\\") return fail(path, "a closing quotation mark");
      const letter = text[at + 1] ?? "";
      if (letter === "u") {
        const digits = text.slice(at + 2, at + 6);
        if (!/^[0-9a-fA-F]{4}$/.test(digits)) return fail(path, "four hexadecimal digits after \\u");
        result += String.fromCharCode(Number.parseInt(digits, 16));
        at += 6;
      } else {
        const plain = ESCAPES[letter];
        if (plain === undefined) return fail(path, "an escape such as \\n");
        result += plain;
        at += 2;
      }
    }
  };

  const object = (path: string, depth: number): JsonObject => {
    const members = new Map<string, JsonValue>();
    at += 1;
    match(WHITE_SPACE);
    if (text[at] === "}") {
      at += 1;
      return members;
    }
    for (;;) {
      match(WHITE_SPACE);
      if (text[at] !== '"') return fail(path, "a key in quotation marks");
      const key = string(path);
      const memberPath = path === "" ? key : `${path}.${key}`;
      if (members.has(key)) throw new ScoringError(memberPath, "is a duplicate key");
      match(WHITE_SPACE);
      if (text[at] !== ":") return fail(memberPath, "a colon");
      at += 1;
      members.set(key, value(memberPath, depth + 1));
      match(WHITE_SPACE);
      const next = text[at];
      if (next !== "," && next !== "}") return fail(path, "a comma or }");
      at += 1;
      if (next === "}") return members;
    }
  };

  const list = (path: string, depth: number): readonly JsonValue[] => {
    const entries: JsonValue[] = [];
    at += 1;
    match(WHITE_SPACE);
    if (text[at] === "]") {
      at += 1;
      return entries;
    }
    for (;;) {
      entries.push(value(`${path === "" ? wholeRecord : path}[${entries.length}]`, depth + 1));
      match(WHITE_SPACE);
      const next = text[at];
      if (next !== "," && next !== "]") return fail(path, "a comma or ]");
      at += 1;
      if (next === "]") return entries;
    }
  };

  const value = (path: string, depth: number): JsonValue => {
    if (depth > DEEPEST) throw new ScoringError(path, `is nested deeper than ${DEEPEST} levels`);
    match(WHITE_SPACE);
    const character = text[at];
    if (character === "{") return object(path, depth);
    if (character === "[") return list(path, depth);
    if (character === '"') return string(path);
    for (const [word, meaning] of WORDS) {
      if (text.startsWith(word, at)) {
        at += word.length;
        return meaning;
      }
    }
    const number = match(NUMBER);
    return number === "" ? fail(path, "a value") : new JsonNumber(number);
  };

  const result = value("", 0);
  match(WHITE_SPACE);
  return at < text.length ? fail("", "nothing more") : result;
}

/** What may stand in a string as it is: all but the quotation mark, the backslash and control characters (NaN is the end of the text). */
function isPlain(code: number): boolean {
  return code >= 0x20 && code !== 0x22 && code !== 0x5c;
}

const WORDS: readonly (readonly [string, JsonValue])[] = [
  ["true", true],
  ["false", false],
  ["null", null],
];
