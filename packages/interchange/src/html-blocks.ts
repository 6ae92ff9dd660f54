import type { Block, Finding } from "./item-model.ts";
import {
  childNamed,
  childrenNamed,
  descendantsNamed,
  elementsOf,
  textOf,
  type XmlElement,
  type XmlNode,
} from "./xml.ts";

/**
 * HTML by allow-list: what a passage may hold becomes our blocks, marks that only change the look are named in the report and
 * their text kept, and anything else is a reason to leave the item out. Nothing of the markup itself survives.
 */

/** Where the readers of one file put what they find, and how they name the files it shows. */
export interface Reading {
  note(level: Finding["level"], at: { readonly path: string }, message: string): void;
  /** The bank's name for a picture or recording of the package. */
  media(href: string): string;
}

/** How an inline element that answers something (a gap, a marked word) stands in its text; null where it is none. */
export type InlineMark = (element: XmlElement) => string | null;

const noMark: InlineMark = () => null;
const strong = ["strong", "b"];
const emphasis = ["em", "i", "cite", "dfn", "var"];
const plain = ["span", "abbr", "q", "small", "kbd", "samp", "code", "bdo", "printedVariable", "label"];
const looks = ["u", "sub", "sup", "big", "tt", "s", "del", "ins", "mark", "a", "ruby", "rb", "rt"];

const isInline = (name: string): boolean => ["br", ...strong, ...emphasis, ...plain, ...looks].includes(name);

/** Running text of inline nodes: one line, emphasis as `*…*` and `**…**` where `marked`. */
export function inlineText(
  nodes: readonly XmlNode[],
  reading: Reading,
  marked: boolean,
  mark: InlineMark = noMark,
): string {
  return nodes
    .map((node) => (typeof node === "string" ? escaped(node, marked) : inlineElement(node, reading, marked, mark)))
    .join("")
    .replaceAll(/\s+/g, " ")
    .trim();
}

/** White space stays at the edges here: the words beside an inline element keep their distance. */
function inlineElement(element: XmlElement, reading: Reading, marked: boolean, mark: InlineMark): string {
  const own = mark(element);
  if (own !== null) return own;
  const { name } = element;
  const inner = (): string =>
    element.children
      .map((node) => (typeof node === "string" ? escaped(node, marked) : inlineElement(node, reading, marked, mark)))
      .join("")
      .replaceAll(/\s+/g, " ");
  if (name === "br") return " ";
  if (strong.includes(name) || emphasis.includes(name)) {
    if (!marked) {
      reading.note("warning", element, `${name}: emphasis is kept in passages only, its words stay`);
      return inner();
    }
    return wrapped(inner(), strong.includes(name) ? "**" : "*");
  }
  if (name === "q") return `“${inner()}”`;
  if (plain.includes(name)) return inner();
  if (looks.includes(name)) {
    reading.note("warning", element, `${name}: its look is not kept, its words are`);
    return inner();
  }
  // A paragraph inside an option or a prompt is only its text.
  if (["p", "div"].includes(name)) return ` ${inner()} `;
  reading.note("rejected", element, `${name}: has no counterpart in a line of text`);
  return "";
}

function escaped(text: string, marked: boolean): string {
  // Two brackets open a gap in our texts; U+E000 holds the place of one while a line is put together.
  const gapless = text.replaceAll("[[", "[ [").replaceAll("\uE000", "");
  return marked ? gapless.replaceAll(/[\\*]/g, "\\$&") : gapless;
}

function wrapped(text: string, sign: string): string {
  const words = text.trim();
  if (words === "") return text;
  return `${text.startsWith(" ") ? " " : ""}${sign}${words}${sign}${text.endsWith(" ") ? " " : ""}`;
}

/** Headings, paragraphs, lists, tables and pictures of a passage, in order. */
export function readBlocks(nodes: readonly XmlNode[], reading: Reading): Block[] {
  const blocks: Block[] = [];
  let line: XmlNode[] = [];
  const endLine = (): void => {
    const text = inlineText(line, reading, true);
    if (text !== "") blocks.push({ type: "paragraph", text });
    line = [];
  };
  for (const node of nodes) {
    if (typeof node === "string" || isInline(node.name)) line.push(node);
    else {
      endLine();
      blocks.push(...readBlock(node, reading));
    }
  }
  endLine();
  return blocks;
}

const levels: Readonly<Record<string, 2 | 3 | 4>> = { h1: 2, h2: 2, h3: 3, h4: 4, h5: 4, h6: 4 };

function readBlock(element: XmlElement, reading: Reading): Block[] {
  const { name } = element;
  const level = levels[name];
  if (level !== undefined) {
    const text = inlineText(element.children, reading, true);
    return text === "" ? [] : [{ type: "heading", text, ...(level === 2 ? {} : { level }) }];
  }
  switch (name) {
    case "p":
    case "pre":
    case "address":
    case "caption":
    case "figcaption":
      return readParagraph(element, reading);
    case "div":
    case "section":
    case "article":
    case "blockquote":
    case "contentBody":
    case "stimulusBody":
    case "header":
    case "footer":
    case "main":
    case "rubricBlock":
      return readBlocks(element.children, reading);
    case "ul":
    case "ol":
      return readList(element, reading);
    case "table":
      return readTable(element, reading);
    case "figure":
      return readFigure(element, reading);
    case "img":
    case "object":
    case "picture":
      return readImage(element, reading);
    case "hr":
      reading.note("warning", element, "hr: a ruled line is not kept");
      return [];
    case "stylesheet":
      reading.note("warning", element, "stylesheet: the exam has one look, style sheets are not kept");
      return [];
    default:
      reading.note("rejected", element, `${name}: has no counterpart in a passage`);
      return [];
  }
}

/** A paragraph's text; pictures inside it follow as blocks of their own. */
function readParagraph(element: XmlElement, reading: Reading): Block[] {
  const pictures = descendantsNamed(element, "img", "object");
  const text = inlineText(element.children, reading, true, ({ name }) =>
    ["img", "object"].includes(name) ? " " : null,
  );
  if (pictures.length > 0 && text !== "")
    reading.note("warning", element, `${element.name}: pictures inside a line are shown after it`);
  return [
    ...(text === "" ? [] : [{ type: "paragraph" as const, text }]),
    ...pictures.flatMap((picture) => readImage(picture, reading)),
  ];
}

function readList(element: XmlElement, reading: Reading): Block[] {
  const items: string[] = [];
  const addItems = (list: XmlElement): void => {
    for (const item of childrenNamed(list, "li")) {
      const nested = descendantsNamed(item, "ul", "ol");
      if (nested.length > 0) reading.note("warning", item, "a list inside a list becomes part of the outer one");
      const text = inlineText(
        item.children.filter((child) => typeof child === "string" || !["ul", "ol"].includes(child.name)),
        reading,
        true,
      );
      if (text !== "") items.push(text);
      for (const list of childrenNamed(item, "ul", "ol")) addItems(list);
    }
  };
  addItems(element);
  for (const other of elementsOf(element)) {
    if (other.name !== "li") reading.note("rejected", other, `${other.name}: is no part of a list`);
  }
  return items.length === 0 ? [] : [{ type: "list", ordered: element.name === "ol", items }];
}

function readTable(element: XmlElement, reading: Reading): Block[] {
  const caption = childNamed(element, "caption");
  const rows = descendantsNamed(element, "tr").map((row) =>
    elementsOf(row).map((cell) => {
      if (cell.attributes.colspan !== undefined || cell.attributes.rowspan !== undefined) {
        reading.note("rejected", cell, "a cell over several columns or rows has no counterpart");
      }
      return inlineText(cell.children, reading, true);
    }),
  );
  const [header = [], ...rest] = rows;
  const first = descendantsNamed(element, "tr")[0];
  if (first && !elementsOf(first).every(({ name }) => name === "th")) {
    reading.note("warning", first, "the first row of a table is its head here");
  }
  if (header.length === 0 || rest.length === 0 || header.some((cell) => cell === "")) {
    reading.note("rejected", element, "a table needs a head without empty cells and at least one row");
    return [];
  }
  if (rest.some((row) => row.length !== header.length))
    reading.note("rejected", element, "a table whose rows differ in length");
  return [...(caption ? readParagraph(caption, reading) : []), { type: "table", header, rows: rest }];
}

function readFigure(element: XmlElement, reading: Reading): Block[] {
  const caption = childNamed(element, "figcaption");
  const blocks = readBlocks(
    element.children.filter((child) => child !== caption),
    reading,
  );
  const [only] = blocks;
  if (blocks.length === 1 && only?.type === "image" && caption) return [{ ...only, caption: textOf(caption) }];
  return [...blocks, ...(caption ? readParagraph(caption, reading) : [])];
}

function readImage(element: XmlElement, reading: Reading): Block[] {
  if (element.name === "picture") return readBlocks(childrenNamed(element, "img"), reading);
  const { src, data, alt, type = "" } = element.attributes;
  const href = src ?? data ?? "";
  if (element.name === "object" && !type.startsWith("image/")) {
    reading.note("rejected", element, `object of type ${type || "unknown"}: only pictures can stand in a passage`);
    return [];
  }
  const alternative = (alt ?? textOf(element)).trim();
  if (alternative === "") reading.note("warning", element, "a picture without alternative text: to be written");
  return [{ type: "image", media: reading.media(href), alternative: alternative || "To be written." }];
}
