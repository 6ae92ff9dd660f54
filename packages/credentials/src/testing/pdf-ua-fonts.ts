import { isDictionary, nameOf, type PdfDictionary, type PdfFile } from "./pdf-objects.ts";
import type { Report } from "./pdf-ua.ts";
import { operationsOf } from "./pdf-ua-content.ts";

/** Fonts are in the file, and every letter that is shown leads back to a character. */
export function checkFonts(file: PdfFile, page: PdfDictionary, report: Report): void {
  const resources = file.resolve(page.Resources);
  const fonts = isDictionary(resources) ? file.resolve(resources.Font) : null;
  if (!isDictionary(fonts)) return;
  const shown = glyphsOf(file, page);
  for (const [key, reference] of Object.entries(fonts)) {
    const font = file.resolve(reference);
    if (!isDictionary(font)) continue;
    const name = nameOf(font.BaseFont) ?? key;
    const descendants = file.resolve(font.DescendantFonts);
    const inner = Array.isArray(descendants) ? file.resolve(descendants[0]) : font;
    const descriptor = isDictionary(inner) ? file.resolve(inner.FontDescriptor) : null;
    const embedded = ["FontFile", "FontFile2", "FontFile3"];
    if (!isDictionary(descriptor) || !embedded.some((entry) => file.stream(descriptor[entry]) !== null)) {
      report("31-009", `${name} is not embedded`);
    }
    if (isDictionary(inner) && nameOf(inner.Subtype) === "CIDFontType2" && inner.CIDToGIDMap === undefined) {
      report("31-004", `${name} does not say how its glyphs are numbered`);
    }
    const map = file.stream(font.ToUnicode);
    if (map === null) {
      report("31-027", `${name} has no way back to characters`);
      continue;
    }
    const characters = charactersOf(map);
    const glyphs = shown.get(key) ?? new Set<number>();
    if (glyphs.has(0)) report("31-030", `${name} shows the glyph for what it does not have`);
    const unread = [...glyphs].filter((glyph) => glyph !== 0 && (characters.get(glyph) ?? "") === "");
    if (unread.length > 0) report("10-001", `${unread.length} glyphs of ${name} lead to no character`);
    // Of what Unicode calls no character, nothing can be read aloud.
    const none = ["\u0000", "\ufeff", "\ufffe"];
    const odd = [...glyphs].some((glyph) => none.some((character) => characters.get(glyph)?.includes(character)));
    if (odd) report("31-028", `${name} leads to U+0000, U+FEFF or U+FFFE`);
  }
}

/** Glyph numbers of two bytes by the font they are shown in. */
function glyphsOf(file: PdfFile, page: PdfDictionary): Map<string, Set<number>> {
  const contents = Array.isArray(page.Contents) ? [...page.Contents] : [page.Contents ?? null];
  const shown = new Map<string, Set<number>>();
  let font = "";
  for (const { operator, operands } of operationsOf(contents.map((part) => file.stream(part) ?? "").join("\n"))) {
    if (operator === "Tf") font = /\/(\S+)/.exec(operands)?.[1] ?? "";
    if (operator !== "Tj" && operator !== "TJ") continue;
    const glyphs = shown.get(font) ?? new Set<number>();
    for (const [, hex = ""] of operands.matchAll(/<([0-9A-Fa-f\s]*)>/g)) {
      for (const [glyph] of hex.replace(/\s/g, "").matchAll(/.{4}/g)) glyphs.add(Number.parseInt(glyph, 16));
    }
    shown.set(font, glyphs);
  }
  return shown;
}

/** From glyph to characters, by the ranges and single places of a ToUnicode map. */
function charactersOf(map: string): Map<number, string> {
  const found = new Map<number, string>();
  const text = (hex: string) => Buffer.from(hex.replace(/\s/g, ""), "hex").swap16().toString("utf16le");
  for (const [, block = ""] of map.matchAll(/beginbfrange([\s\S]*?)endbfrange/g)) {
    for (const [, from = "", , list, first] of block.matchAll(
      /<([0-9A-Fa-f]+)>\s*<([0-9A-Fa-f]+)>\s*(?:\[([^\]]*)\]|<([0-9A-Fa-f]+)>)/g,
    )) {
      const start = Number.parseInt(from, 16);
      if (first !== undefined) found.set(start, text(first));
      for (const [index, [, hex = ""]] of [...(list ?? "").matchAll(/<([0-9A-Fa-f\s]*)>/g)].entries()) {
        found.set(start + index, text(hex));
      }
    }
  }
  for (const [, block = ""] of map.matchAll(/beginbfchar([\s\S]*?)endbfchar/g)) {
    for (const [, from = "", to = ""] of block.matchAll(/<([0-9A-Fa-f]+)>\s*<([0-9A-Fa-f]+)>/g)) {
      found.set(Number.parseInt(from, 16), text(to));
    }
  }
  return found;
}
