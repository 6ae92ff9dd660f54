/// <reference path="./wawoff2.d.ts" />
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { decompress } from "wawoff2";
import { type FaceName, type FontFile, fontFolder, openFont, weightOf } from "./font-files.ts";

/**
 * Chinese, Japanese and Korean in Noto Serif. A family has some hundred files of a hundred characters each; only those that
 * a text needs are opened, and before it is set: unpacking them takes a promise.
 */
type Family = "jp" | "kr" | "sc";

/** The files hold the thinnest weight (200) and make the others from it; an outline does the same for print, in ems by weight. */
const outlines: Readonly<Record<number, number>> = { 300: 0.008, 400: 0.016, 500: 0.022, 600: 0.03 };

const letters = /[\p{scx=Han}\p{scx=Hiragana}\p{scx=Katakana}\p{scx=Hangul}]/u;

/** Kana say Japanese and Hangul Korean; Chinese characters alone are drawn as in Chinese. */
function familiesFor(text: string): readonly Family[] {
  if (/[\p{sc=Hiragana}\p{sc=Katakana}]/u.test(text)) return ["jp", "sc", "kr"];
  return /\p{sc=Hangul}/u.test(text) ? ["kr", "sc", "jp"] : ["sc", "jp", "kr"];
}

const slices = new Map<Family, ReadonlyMap<number, string>>();
const opened = new Map<string, FontFile["font"]>();

/** Opens the files that `text`, or a line of some of its words, needs. */
export async function prepareEastAsian(text: string): Promise<void> {
  if (!letters.test(text)) return;
  const orders = [text, ...text.split(/\s+/)].map(familiesFor);
  for (const character of new Set(text.normalize("NFC"))) {
    if (!letters.test(character)) continue;
    for (const order of orders) await open(order, character);
  }
}

let unpacked: Promise<unknown> = Promise.resolve();

/** One at a time: what the library gives is a window on its own memory, which its next call fills anew. */
function unpack(path: string): Promise<FontFile["font"]> {
  const mine = unpacked.then(async () => openFont(Buffer.from(await decompress(readFileSync(path)))));
  unpacked = mine.catch(() => undefined);
  return mine;
}

async function open(order: readonly Family[], character: string): Promise<void> {
  for (const family of order) {
    const slice = sliceOf(family, character);
    if (slice === undefined) continue;
    const id = `noto-serif-${family}-${slice}`;
    if (!opened.has(id)) {
      const path = join(folder(family), "files", `${id}-wght-normal.woff2`);
      opened.set(id, await unpack(path));
    }
    return;
  }
}

/** The file that a segment of `text` is set from; null for other scripts, and for what was not prepared. */
export function findEastAsian(face: FaceName, text: string, segment: string): FontFile | null {
  if (!letters.test(segment)) return null;
  const [first = ""] = segment;
  for (const family of familiesFor(text)) {
    const slice = sliceOf(family, first);
    if (slice === undefined) continue;
    const id = `noto-serif-${family}-${slice}`;
    const font = opened.get(id);
    return font ? { id, font, outline: outlines[weightOf(face)] ?? 0 } : null;
  }
  return null;
}

function folder(family: Family): string {
  return fontFolder(`@fontsource-variable/noto-serif-${family}`);
}

/** Which numbered file of a family holds a character, by the family's own list of ranges. */
function sliceOf(family: Family, character: string): string | undefined {
  let known = slices.get(family);
  if (known === undefined) {
    const listed = JSON.parse(readFileSync(join(folder(family), "unicode.json"), "utf8")) as Record<string, string>;
    const byCharacter = new Map<number, string>();
    for (const [name, ranges] of Object.entries(listed)) {
      const slice = /^\[(\d+)\]$/.exec(name)?.[1];
      if (slice === undefined) continue;
      for (const range of ranges.split(",")) {
        const [from = 0, to = from] = range
          .replace("U+", "")
          .split("-")
          .map((code) => Number.parseInt(code, 16));
        for (let code = from; code <= to; code += 1) byCharacter.set(code, slice);
      }
    }
    known = byCharacter;
    slices.set(family, known);
  }
  return known.get(character.codePointAt(0) ?? 0);
}
