import { findEastAsian } from "./east-asian-fonts.ts";
import { type FaceName, type FontFile, faces, fontFile, weightOf } from "./font-files.ts";

/** Each face comes in files by script; a text takes from the first file that holds a character. */
const scripts = ["latin", "latin-ext", "vietnamese", "greek", "cyrillic", "cyrillic-ext"] as const;

/** Scripts the faces of the look do not have, in Noto's nearest weight. */
const rightToLeft = [
  { script: "arabic", family: "noto-naskh-arabic", weights: [400, 500, 600, 700] },
  { script: "hebrew", family: "noto-serif-hebrew", weights: [300, 400, 500, 600] },
] as const;

/** A piece of text that one file can set, or that none can. */
export interface TextRun {
  readonly text: string;
  readonly file: FontFile | null;
}

const graphemes = new Intl.Segmenter("en", { granularity: "grapheme" });

/** Splits a text into runs of one font file each, composing accents first; marks stay with their letter. */
export function runsOf(face: FaceName, text: string): TextRun[] {
  const [family, style] = faces[face];
  // Most text is plain: the first file holds all of it.
  const first = fontFile(family, scripts[0], style);
  if (/^[ -~]*$/.test(text)) return [{ text, file: first }];
  const composed = text.normalize("NFC");
  if (first && holds(first, composed)) return [{ text: composed, file: first }];
  const runs: { text: string; file: FontFile | null }[] = [];
  for (const { segment } of graphemes.segment(composed)) {
    const last = runs.at(-1);
    const file = last?.file && holds(last.file, segment) ? last.file : fileFor(face, text, segment);
    if (last && last.file === file) last.text += segment;
    else runs.push({ text: segment, file });
  }
  return inReadingOrder(runs);
}

function fileFor(face: FaceName, text: string, segment: string): FontFile | null {
  const [family, style] = faces[face];
  for (const script of scripts) {
    const file = fontFile(family, script, style);
    if (file && holds(file, segment)) return file;
  }
  const weight = weightOf(face);
  for (const { script, family: noto, weights } of rightToLeft) {
    const nearest = weights.find((candidate) => candidate >= weight) ?? weights[weights.length - 1];
    const file = fontFile(noto, script, `${nearest}-normal`, true);
    if (file && holds(file, segment)) return file;
  }
  const eastAsian = findEastAsian(face, text, segment);
  return eastAsian && holds(eastAsian, segment) ? eastAsian : null;
}

/**
 * From the order of writing to that on the page, left to right: what names need of the Unicode bidirectional algorithm
 * (UAX #9). The first letter decides the direction of the whole; marks between two pieces of one direction go with them.
 */
function inReadingOrder(runs: readonly TextRun[]): TextRun[] {
  if (!runs.some((run) => run.file?.rtl)) return [...runs];
  const lettered = runs.map(({ text, file }) => (/\p{L}/u.test(text) ? file?.rtl === true : null));
  const base = lettered.find((direction) => direction !== null) ?? false;
  const directions = lettered.map((direction, index) => {
    if (direction !== null) return direction;
    const before = lettered.slice(0, index).findLast((other) => other !== null) ?? base;
    const after = lettered.slice(index + 1).find((other) => other !== null) ?? base;
    return before === after ? before : base;
  });
  const groups: { rtl: boolean; runs: TextRun[] }[] = [];
  for (const [index, run] of runs.entries()) {
    const rtl = directions[index] ?? base;
    const last = groups.at(-1);
    if (last?.rtl === rtl) last.runs.push(run);
    else groups.push({ rtl, runs: [run] });
  }
  const ordered = groups.map((group) => (group.rtl ? group.runs.reverse() : group.runs));
  return (base ? ordered.reverse() : ordered).flat();
}

function holds({ font }: FontFile, segment: string): boolean {
  for (const character of segment) {
    if (!font.hasGlyphForCodePoint(character.codePointAt(0) ?? 0)) return false;
  }
  return true;
}
