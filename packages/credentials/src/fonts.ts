import { existsSync, readFileSync } from "node:fs";
import { createRequire } from "node:module";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";
import { create, type Font } from "fontkit";
import { unpackWoff } from "./woff.ts";

/** The faces of the look as the certificate uses them: package, weight and style of the static files. */
const faces = {
  ui: ["inter", "400-normal"],
  uiMedium: ["inter", "500-normal"],
  uiSemibold: ["inter", "600-normal"],
  read: ["source-serif-4", "400-normal"],
  readLight: ["source-serif-4", "300-normal"],
  readSemibold: ["source-serif-4", "600-normal"],
  readItalic: ["source-serif-4", "400-italic"],
  code: ["ibm-plex-mono", "500-normal"],
} as const;
export type FaceName = keyof typeof faces;

/** Each face comes in files by script; a text takes from the first file that holds a character. */
const scripts = ["latin", "latin-ext", "vietnamese", "greek", "cyrillic", "cyrillic-ext"] as const;

export interface FontFile {
  /** Unique within the process; what a document registers it by. */
  readonly id: string;
  readonly font: Font;
}

/** A piece of text that one file can set, or that none can. */
export interface TextRun {
  readonly text: string;
  readonly file: FontFile | null;
}

const opened = new Map<string, FontFile | null>();
let places: NodeJS.Require | undefined;

/** Null where the family has no file for that script. Parsed once per process. */
function fontFile(face: FaceName, script: (typeof scripts)[number]): FontFile | null {
  const [family, style] = faces[face];
  const id = `${family}-${script}-${style}`;
  const known = opened.get(id);
  if (known !== undefined) return known;
  places ??= createRequire(ownPackageFile());
  const path = join(dirname(places.resolve(`@fontsource/${family}/package.json`)), "files", `${id}.woff`);
  const file = existsSync(path) ? { id, font: single(create(unpackWoff(readFileSync(path)))) } : null;
  opened.set(id, file);
  return file;
}

function single(font: ReturnType<typeof create>): Font {
  if ("fonts" in font) throw new Error("a collection where one font was expected");
  return font;
}

/** Found by walking up, because a bundled program runs this code from a folder that cannot see our dependencies. */
function ownPackageFile(): string {
  let folder = dirname(fileURLToPath(import.meta.url));
  for (;;) {
    const found = join(folder, "packages", "credentials", "package.json");
    if (existsSync(found)) return found;
    const above = dirname(folder);
    if (above === folder) throw new Error("the fonts of certificates were not found above this program");
    folder = above;
  }
}

const graphemes = new Intl.Segmenter("en", { granularity: "grapheme" });

/** Splits a text into runs of one font file each, composing accents first; marks stay with their letter. */
export function runsOf(face: FaceName, text: string): TextRun[] {
  // Most text is plain: the first file holds all of it.
  if (/^[ -~]*$/.test(text)) return [{ text, file: fontFile(face, "latin") }];
  const runs: { text: string; file: FontFile | null }[] = [];
  for (const { segment } of graphemes.segment(text.normalize("NFC"))) {
    const last = runs.at(-1);
    const file = last?.file && holds(last.file, segment) ? last.file : fileFor(face, segment);
    if (last && last.file === file) last.text += segment;
    else runs.push({ text: segment, file });
  }
  return runs;
}

function fileFor(face: FaceName, segment: string): FontFile | null {
  for (const script of scripts) {
    const file = fontFile(face, script);
    if (file && holds(file, segment)) return file;
  }
  return null;
}

function holds({ font }: FontFile, segment: string): boolean {
  for (const character of segment) {
    if (!font.hasGlyphForCodePoint(character.codePointAt(0) ?? 0)) return false;
  }
  return true;
}
