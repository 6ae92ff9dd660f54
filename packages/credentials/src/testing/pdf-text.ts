import { inflateSync } from "node:zlib";

interface PdfText {
  readonly source: string;
  /** Inflated. */
  readonly streams: readonly string[];
  /** In the order of the page. */
  readonly text: string;
}

/** Enough of a PDF reader to see what a page says: objects, inflated streams, glyph numbers back to characters. */
export function readPdf(pdf: Uint8Array): PdfText {
  const source = Buffer.from(pdf).toString("latin1");
  const heads = new Map<string, string>();
  const bodies = new Map<string, string>();
  for (const [, id = "", object = ""] of source.matchAll(/(\d+) 0 obj\n([\s\S]*?)\nendobj/g)) {
    const at = object.indexOf("stream\n");
    const head = at < 0 ? object : object.slice(0, at);
    heads.set(id, head);
    if (at < 0) continue;
    const body = object.slice(at + "stream\n".length, object.lastIndexOf("\nendstream"));
    const inflated = head.includes("FlateDecode") ? inflateSync(Buffer.from(body, "latin1")).toString("latin1") : body;
    bodies.set(id, inflated);
  }
  const streams = [...bodies.values()];
  const fonts = new Map<string, string[]>();
  for (const [, name = "", id = ""] of [...heads.values()].join("\n").matchAll(/\/(F\d+) (\d+) 0 R/g)) {
    const [, unicode = ""] = heads.get(id)?.match(/\/ToUnicode (\d+) 0 R/) ?? [];
    fonts.set(name, charactersOf(bodies.get(unicode) ?? ""));
  }
  const page = streams.find((stream) => /^BT$/m.test(stream)) ?? "";
  let current: string[] = [];
  let text = "";
  for (const [, font, glyphs = ""] of page.matchAll(/\/(F\d+) [\d.]+ Tf|<([0-9a-f]+)>/g)) {
    if (font !== undefined) current = fonts.get(font) ?? [];
    for (const [glyph] of glyphs.matchAll(/.{4}/g)) text += current[Number.parseInt(glyph, 16)] ?? "";
  }
  return { source, streams, text };
}

/** The characters of each glyph of an embedded font, from its ToUnicode map. */
function charactersOf(map: string): string[] {
  return [...map.matchAll(/\[([^\]]*)\]/g)].flatMap(([, list = ""]) =>
    [...list.matchAll(/<([0-9a-f ]*)>/g)].map(([, codes = ""]) =>
      codes
        .split(" ")
        .reduce((all, code) => all + (code === "" ? "" : String.fromCharCode(Number.parseInt(code, 16))), ""),
    ),
  );
}
