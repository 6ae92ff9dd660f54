/**
 * A scoring scheme is versioned data. A result stores id, version and hash, so years later anyone can tell which weights,
 * tables and wording it was judged by: change a scheme's data and its version must change with it (a test pins each hash).
 */

export type SchemeId = "ielp" | "ielts-speaking" | "iet-speaking";

/** What a result stores to name its scheme; `hash` is SHA-256 in hex over the canonical JSON of everything but the hash. */
export interface SchemeStamp {
  readonly id: SchemeId;
  readonly version: string;
  readonly hash: string;
}

type Json = string | number | boolean | null | readonly Json[] | { readonly [key: string]: Json };

/** JSON with object keys in code-unit order and no white space: equal data give equal text, whatever the order it was written in. */
export function canonicalJson(value: unknown): string {
  return write(value as Json);
}

function write(value: Json): string {
  if (value === null || typeof value !== "object") return JSON.stringify(value);
  if (isList(value)) return `[${value.map(write).join(",")}]`;
  const members = Object.keys(value)
    .sort()
    .map((key) => `${JSON.stringify(key)}:${write(value[key] ?? null)}`);
  return `{${members.join(",")}}`;
}

function isList(value: Json): value is readonly Json[] {
  return Array.isArray(value);
}

/** Gives scheme data its hash and freezes it to the bottom. */
export function defineScheme<const Data extends { readonly id: SchemeId; readonly version: string }>(
  data: Data,
): Data & { readonly hash: string } {
  return deepFreeze({ ...data, hash: sha256(canonicalJson(data)) });
}

export function stampOf(scheme: SchemeStamp): SchemeStamp {
  return { id: scheme.id, version: scheme.version, hash: scheme.hash };
}

function deepFreeze<T>(value: T): T {
  if (typeof value === "object" && value !== null && !Object.isFrozen(value)) {
    Object.freeze(value);
    for (const member of Object.values(value)) deepFreeze(member);
  }
  return value;
}

/** The first 32 bits of the fractional parts of the roots of the first primes (FIPS 180-4, 4.2.2 and 5.3.3). */
function primeRoots(count: number, root: (prime: number) => number): number[] {
  const found: number[] = [];
  for (let candidate = 2; found.length < count; candidate += 1) {
    let prime = true;
    for (let divisor = 2; divisor * divisor <= candidate; divisor += 1) if (candidate % divisor === 0) prime = false;
    if (prime) found.push(Math.floor((root(candidate) % 1) * 2 ** 32) | 0);
  }
  return found;
}

const ROUND_CONSTANTS = primeRoots(64, Math.cbrt);
const INITIAL_STATE = primeRoots(8, Math.sqrt);

function rotate(word: number, by: number): number {
  return (word >>> by) | (word << (32 - by));
}

/** SHA-256 (FIPS 180-4) of a text's UTF-8 bytes, in lower-case hex. Written out because this package runs anywhere, browsers included, and synchronously. */
export function sha256(text: string): string {
  const bytes = utf8(text);
  const bitLength = bytes.length * 8;
  bytes.push(0x80);
  while (bytes.length % 64 !== 56) bytes.push(0);
  for (let shift = 56; shift >= 0; shift -= 8) bytes.push(Math.floor(bitLength / 2 ** shift) & 0xff);

  const at = (list: readonly number[], index: number): number => list[index] ?? 0;
  const state = [...INITIAL_STATE];
  const schedule: number[] = [];
  for (let block = 0; block < bytes.length; block += 64) {
    for (let index = 0; index < 16; index += 1) {
      const start = block + index * 4;
      schedule[index] =
        (at(bytes, start) << 24) | (at(bytes, start + 1) << 16) | (at(bytes, start + 2) << 8) | at(bytes, start + 3);
    }
    for (let index = 16; index < 64; index += 1) {
      const early = at(schedule, index - 15);
      const late = at(schedule, index - 2);
      const sigma0 = rotate(early, 7) ^ rotate(early, 18) ^ (early >>> 3);
      const sigma1 = rotate(late, 17) ^ rotate(late, 19) ^ (late >>> 10);
      schedule[index] = (at(schedule, index - 16) + sigma0 + at(schedule, index - 7) + sigma1) | 0;
    }
    let [a = 0, b = 0, c = 0, d = 0, e = 0, f = 0, g = 0, h = 0] = state;
    for (let index = 0; index < 64; index += 1) {
      const sum1 = rotate(e, 6) ^ rotate(e, 11) ^ rotate(e, 25);
      const choice = (e & f) ^ (~e & g);
      const first = (h + sum1 + choice + at(ROUND_CONSTANTS, index) + at(schedule, index)) | 0;
      const sum0 = rotate(a, 2) ^ rotate(a, 13) ^ rotate(a, 22);
      const majority = (a & b) ^ (a & c) ^ (b & c);
      h = g;
      g = f;
      f = e;
      e = (d + first) | 0;
      d = c;
      c = b;
      b = a;
      a = (first + ((sum0 + majority) | 0)) | 0;
    }
    [a, b, c, d, e, f, g, h].forEach((word, index) => {
      state[index] = (at(state, index) + word) | 0;
    });
  }
  return state.map((word) => (word >>> 0).toString(16).padStart(8, "0")).join("");
}

function utf8(text: string): number[] {
  const bytes: number[] = [];
  for (const character of text) {
    const code = character.codePointAt(0) ?? 0;
    if (code < 0x80) bytes.push(code);
    else if (code < 0x800) bytes.push(0xc0 | (code >> 6), 0x80 | (code & 0x3f));
    else if (code < 0x10000) bytes.push(0xe0 | (code >> 12), 0x80 | ((code >> 6) & 0x3f), 0x80 | (code & 0x3f));
    else {
      bytes.push(0xf0 | (code >> 18), 0x80 | ((code >> 12) & 0x3f), 0x80 | ((code >> 6) & 0x3f), 0x80 | (code & 0x3f));
    }
  }
  return bytes;
}
