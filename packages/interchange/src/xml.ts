import {
  type XmlElement as LibraryElement,
  XmlElement as LibraryElementClass,
  ParseOption,
  XmlCData,
  XmlDocument,
  XmlText,
} from "libxml2-wasm";
import { limits } from "./limits.ts";
import { Refusal } from "./refusal.ts";
import { refuseCostlyXml } from "./xml-scan.ts";

/** An element as plain data. Its name and attributes are those of QTI 2.x whatever version the file was written in. */
export interface XmlElement {
  readonly name: string;
  readonly attributes: Readonly<Record<string, string>>;
  readonly children: readonly XmlNode[];
  /** Where it stands, in the file's own names: `/qti-assessment-item/qti-item-body/p[2]`. */
  readonly path: string;
}
export type XmlNode = XmlElement | string;

/**
 * Reads one XML document: no document type, no entities but XML's own, no network, bounded size and depth; namespaces and
 * prefixes do not matter.
 *
 * @throws Refusal
 */
export function parseXml(bytes: Uint8Array, file: string): XmlElement {
  return parseBounded(bytes, file, limits.xmlBytes, limits.xmlElements);
}

/** As `parseXml`, with the room a manifest needs. */
export function parseManifest(bytes: Uint8Array, file: string): XmlElement {
  return parseBounded(bytes, file, limits.manifestBytes, limits.manifestElements);
}

function parseBounded(bytes: Uint8Array, file: string, mostBytes: number, mostElements: number): XmlElement {
  if (bytes.byteLength > mostBytes) throw new Refusal(file, `is larger than ${mostBytes / 1_000_000} MB of XML`);
  const text = decode(bytes, file);
  refuseCostlyXml(text, file, mostElements);
  let document: XmlDocument;
  try {
    document = XmlDocument.fromString(text, {
      option: ParseOption.XML_PARSE_NONET | ParseOption.XML_PARSE_NO_XXE | ParseOption.XML_PARSE_NO_SYS_CATALOG,
    });
  } catch (error) {
    throw new Refusal(file, `is not well-formed XML: ${firstLine(error)}`, { cause: error });
  }
  try {
    const { root } = document;
    return toPlain(root, `/${root.name}`);
  } catch (error) {
    throw error instanceof Refusal ? error : new Refusal(file, `cannot be read: ${firstLine(error)}`, { cause: error });
  } finally {
    document.dispose();
  }
}

const readEncodings = new Set(["utf-8", "utf-16le", "utf-16be", "windows-1252"]);

/** As text, by byte order mark or declaration. The declaration itself goes: what follows it is no longer in that encoding. */
function decode(bytes: Uint8Array, file: string): string {
  const start = new TextDecoder("latin1").decode(bytes.subarray(0, 200));
  const marked =
    bytes[0] === 0xff && bytes[1] === 0xfe ? "utf-16le" : bytes[0] === 0xfe && bytes[1] === 0xff ? "utf-16be" : null;
  const declared =
    /^(?:\u00ef\u00bb\u00bf)?<\?xml[^>]*?encoding\s*=\s*["']([A-Za-z0-9._-]+)["']/.exec(start)?.[1] ?? "utf-8";
  let text: string;
  try {
    const decoder = new TextDecoder(marked ?? declared, { fatal: true });
    if (!readEncodings.has(decoder.encoding)) throw new RangeError("not read");
    text = decoder.decode(bytes);
  } catch {
    throw new Refusal(file, `is not text in its encoding (${marked ?? declared}); UTF-8, UTF-16 and Latin-1 are read`);
  }
  return text.replace(/^\uFEFF?\s*<\?xml[^>]*\?>/, (declaration) => declaration.replaceAll(/[^\n]/g, ""));
}

function firstLine(error: unknown): string {
  return (error instanceof Error ? error.message : String(error)).split("\n")[0]?.trim() ?? "";
}

function toPlain(element: LibraryElement, path: string): XmlElement {
  const ofQti3 = element.name.startsWith("qti-");
  const attributes: Record<string, string> = {};
  for (const attribute of element.attrs) {
    const { prefix, name } = attribute as unknown as { prefix: string; name: string };
    const key = prefix === "xml" ? `xml:${name}` : ofQti3 ? camelCase(name) : name;
    if (prefix !== "xsi") Object.defineProperty(attributes, key, { value: attribute.value, enumerable: true });
  }
  const raw: (LibraryElement | string)[] = [];
  const total = new Map<string, number>();
  for (let node = element.firstChild; node !== null; node = node.next) {
    if (node instanceof LibraryElementClass) {
      raw.push(node);
      total.set(node.name, (total.get(node.name) ?? 0) + 1);
    } else if (node instanceof XmlText || node instanceof XmlCData) {
      raw.push(node.content);
    }
  }
  const seen = new Map<string, number>();
  const children = raw.map((node): XmlNode => {
    if (typeof node === "string") return node;
    const place = (seen.get(node.name) ?? 0) + 1;
    seen.set(node.name, place);
    return toPlain(node, `${path}/${node.name}${(total.get(node.name) ?? 0) > 1 ? `[${place}]` : ""}`);
  });
  return { name: ofQti3 ? camelCase(element.name.slice(4)) : element.name, attributes, children, path };
}

/** QTI 3.0 writes `qti-choice-interaction response-identifier` for 2.x's `choiceInteraction responseIdentifier`. */
function camelCase(name: string): string {
  return /^(data|aria)-/.test(name)
    ? name
    : name.replaceAll(/-([a-z0-9])/g, (_, letter: string) => letter.toUpperCase());
}

export function elementsOf(element: XmlElement): XmlElement[] {
  return element.children.filter((child) => typeof child !== "string");
}

export function childrenNamed(element: XmlElement, ...names: readonly string[]): XmlElement[] {
  return elementsOf(element).filter((child) => names.includes(child.name));
}

export function childNamed(element: XmlElement, ...names: readonly string[]): XmlElement | undefined {
  return elementsOf(element).find((child) => names.includes(child.name));
}

export function descendantsNamed(element: XmlElement, ...names: readonly string[]): XmlElement[] {
  return elementsOf(element).flatMap((child) => [
    ...(names.includes(child.name) ? [child] : []),
    ...descendantsNamed(child, ...names),
  ]);
}

/** All text inside, white space as one space: what a value, a title or an identifier says. */
export function textOf(element: XmlElement): string {
  return rawText(element).replaceAll(/\s+/g, " ").trim();
}

/** All text inside, as written. */
export function rawText(element: XmlElement): string {
  return element.children.map((child) => (typeof child === "string" ? child : rawText(child))).join("");
}
