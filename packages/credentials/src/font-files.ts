import { existsSync, readFileSync } from "node:fs";
import { createRequire } from "node:module";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";
import { create, type Font } from "fontkit";
import { unpackWoff } from "./woff.ts";

/** The faces of the look as the certificate uses them: package, weight and style of the static files. */
export const faces = {
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

export interface FontFile {
  /** Unique within the process; what a document registers it by. */
  readonly id: string;
  readonly font: Font;
  /** Written from right to left: shaped as a whole, never spaced (its letters join). */
  readonly rtl?: boolean;
  /** Drawn with an outline of this many ems, because the file holds the thinnest weight alone. */
  readonly outline?: number;
}

const opened = new Map<string, FontFile | null>();
let places: NodeJS.Require | undefined;

/** Null where the family has no file for that script and style. Parsed once per process. */
export function fontFile(family: string, script: string, style: string, rtl = false): FontFile | null {
  const id = `${family}-${script}-${style}`;
  const known = opened.get(id);
  if (known !== undefined) return known;
  const path = join(fontFolder(`@fontsource/${family}`), "files", `${id}.woff`);
  const file = existsSync(path) ? { id, font: openFont(unpackWoff(readFileSync(path))), rtl } : null;
  opened.set(id, file);
  return file;
}

/** Where a font package of ours lies. */
export function fontFolder(name: string): string {
  places ??= createRequire(ownPackageFile());
  return dirname(places.resolve(`${name}/package.json`));
}

/** The weight of a face, 300 to 600. */
export function weightOf(face: FaceName): number {
  return Number.parseInt(faces[face][1], 10);
}

export function openFont(bytes: Buffer): Font {
  const font = create(bytes);
  if ("fonts" in font) throw new Error("a collection where one font was expected");
  return rememberShapes(font);
}

/** Words kept shaped per font file: all that stands on every certificate and most of reports, and the names of the last few hundred. */
const REMEMBERED = 3000;

/**
 * Shaping (kerning, ligatures, contexts) is half of what a certificate costs, and most words stand on all of them. Whoever
 * asks gets a copy: pdfkit scales the positions in place.
 */
function rememberShapes(font: Font): Font {
  const layout = font.layout.bind(font);
  const shape: Font["layout"] = (...asked) => withCharacters(layout(...asked));
  const known = new Map<string, ReturnType<Font["layout"]>>();
  font.layout = (text, features, ...rest) => {
    // Features come as a list of names or not at all; whatever else is asked for is not kept.
    if (rest.length > 0 || (features !== undefined && !Array.isArray(features))) return shape(text, features, ...rest);
    const key = features === undefined ? text : `${features.join()} ${text}`;
    let run = known.get(key);
    if (run === undefined) {
      run = shape(text, features);
      if (known.size >= REMEMBERED) known.clear();
      known.set(key, run);
    }
    const copy = Object.create(Object.getPrototypeOf(run) as object) as typeof run;
    return Object.assign(copy, run, { positions: run.positions.map((position) => ({ ...position })) });
  };
  return font;
}

/**
 * Arabic letters are drawn as a stroke and its dots, of which only one carries the letter. What carries none gets a character
 * without width or effect, for each glyph of an accessible file must lead back to one.
 */
const wordJoiner = 0x2060;

/** In copies: the font keeps its glyphs, and shaping would take such a character for one to be hidden. */
function withCharacters(run: ReturnType<Font["layout"]>): ReturnType<Font["layout"]> {
  run.glyphs = run.glyphs.map((glyph) =>
    glyph.codePoints.length > 0 ? glyph : Object.create(glyph, { codePoints: { value: [wordJoiner] } }),
  );
  return run;
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
