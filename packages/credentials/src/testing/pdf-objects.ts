import { inflateSync } from "node:zlib";

/** Enough of a PDF reader for files whose objects stand one by one: what pdfkit writes, and what the tests make of it. */
export type PdfValue = null | boolean | number | string | PdfName | PdfRef | readonly PdfValue[] | PdfDictionary;
export interface PdfDictionary {
  readonly [key: string]: PdfValue;
}

export class PdfName {
  readonly name: string;
  constructor(name: string) {
    this.name = name;
  }
}

export class PdfRef {
  readonly id: number;
  constructor(id: number) {
    this.id = id;
  }
}

export interface PdfFile {
  readonly trailer: PdfDictionary;
  readonly ids: readonly number[];
  /** Follows references to what they name; null where nothing is. */
  resolve(value: PdfValue | undefined): PdfValue;
  /** The inflated bytes of a stream, one character each; null where the object is none. */
  stream(value: PdfValue | undefined): string | null;
}

export function isDictionary(value: PdfValue | undefined): value is PdfDictionary {
  return (
    typeof value === "object" &&
    value !== null &&
    !Array.isArray(value) &&
    !(value instanceof PdfName) &&
    !(value instanceof PdfRef)
  );
}

export function nameOf(value: PdfValue | undefined): string | null {
  return value instanceof PdfName ? value.name : null;
}

export function parsePdf(bytes: Uint8Array): PdfFile {
  const source = Buffer.from(bytes).toString("latin1");
  const objects = new Map<number, PdfValue>();
  const streams = new Map<number, string>();
  for (const [, id = "", body = ""] of source.matchAll(/(\d+) 0 obj\s([\s\S]*?)\nendobj/g)) {
    const at = body.indexOf("stream\n");
    const head = parseValue(at < 0 ? body : body.slice(0, at));
    objects.set(Number(id), head);
    if (at < 0) continue;
    const raw = body.slice(at + "stream\n".length, body.lastIndexOf("\nendstream"));
    const flate = isDictionary(head) && nameOf(head.Filter) === "FlateDecode";
    streams.set(Number(id), flate ? inflateSync(Buffer.from(raw, "latin1")).toString("latin1") : raw);
  }
  const trailer = parseValue(source.slice(source.lastIndexOf("trailer") + "trailer".length));
  const resolve = (value: PdfValue | undefined): PdfValue =>
    value instanceof PdfRef ? resolve(objects.get(value.id)) : (value ?? null);
  return {
    trailer: isDictionary(trailer) ? trailer : {},
    ids: [...objects.keys()],
    resolve,
    stream: (value) => (value instanceof PdfRef ? (streams.get(value.id) ?? null) : null),
  };
}

const tokens =
  /\s*(?:(<<|>>|\[|\])|\/([^\s<>[\]()/]*)|(\d+) 0 R\b|(true|false|null)\b|([+-]?(?:\d+\.?\d*|\.\d+))|<([0-9A-Fa-f\s]*)>|(\())/y;

function parseValue(text: string): PdfValue {
  let at = 0;
  const read = (): PdfValue | "]" | ">>" => {
    tokens.lastIndex = at;
    const match = tokens.exec(text);
    if (!match) throw new Error(`cannot read a PDF at “${text.slice(at, at + 30)}”`);
    at = tokens.lastIndex;
    const [, bracket, name, ref, word, number, hex, open] = match;
    if (name !== undefined) return new PdfName(name.replace(/#([0-9A-Fa-f]{2})/g, (_, code) => char(code)));
    if (ref !== undefined) return new PdfRef(Number(ref));
    if (word !== undefined) return word === "null" ? null : word === "true";
    if (number !== undefined) return Number(number);
    if (hex !== undefined) return decoded(hex.replace(/\s/g, "").replace(/../g, char));
    if (open !== undefined) return literal();
    if (bracket === "[") return list("]") as PdfValue[];
    if (bracket === "<<") return dictionary();
    return bracket as "]" | ">>";
  };
  const list = (end: "]" | ">>"): (PdfValue | "]" | ">>")[] => {
    const values: (PdfValue | "]" | ">>")[] = [];
    for (;;) {
      const value = read();
      if (value === end) return values;
      values.push(value);
    }
  };
  const dictionary = (): PdfDictionary => {
    const values = list(">>");
    const made: Record<string, PdfValue> = {};
    for (let index = 0; index + 1 < values.length; index += 2) {
      made[nameOf(values[index]) ?? ""] = values[index + 1] ?? null;
    }
    return made;
  };
  const literal = (): string => {
    let depth = 1;
    let made = "";
    for (; at < text.length; at += 1) {
      const letter = text[at] ?? "";
      if (letter === "\\") {
        at += 1;
        made += text[at] ?? "";
        continue;
      }
      if (letter === "(") depth += 1;
      if (letter === ")") depth -= 1;
      if (depth === 0) break;
      made += letter;
    }
    at += 1;
    return decoded(made);
  };
  const value = read();
  return value === "]" || value === ">>" ? null : value;
}

function char(code: string): string {
  return String.fromCharCode(Number.parseInt(code, 16));
}

/** Text beyond Latin-1 is written in UTF-16 after its mark. */
function decoded(text: string): string {
  if (!text.startsWith("\u00fe\u00ff")) return text;
  return Buffer.from(text.slice(2), "latin1").swap16().toString("utf16le");
}
