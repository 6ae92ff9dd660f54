import { inlineText, type Reading, readBlocks } from "./html-blocks.ts";
import type { Block } from "./item-model.ts";
import { descendantsNamed, elementsOf, type XmlElement, type XmlNode } from "./xml.ts";

/** What stands in an item's body, in order: passages, whole interactions, and paragraphs with gaps in their lines. */
export type Piece =
  | { readonly kind: "blocks"; readonly blocks: readonly Block[]; readonly path: string }
  | { readonly kind: "interaction"; readonly element: XmlElement }
  | { readonly kind: "audio"; readonly element: XmlElement }
  | {
      readonly kind: "gaps";
      readonly inline: "inlineChoiceInteraction" | "textEntryInteraction";
      /** With `\uE000n\uE000` where the n-th of `elements` stands. */
      readonly text: string;
      readonly elements: readonly XmlElement[];
      readonly path: string;
    };

const inlineInteractions = ["inlineChoiceInteraction", "textEntryInteraction"] as const;
const containers = [
  "div",
  "section",
  "article",
  "blockquote",
  "contentBody",
  "main",
  "ul",
  "ol",
  "li",
  "table",
  "tbody",
  "thead",
  "tr",
  "td",
  "th",
  "dl",
  "dd",
  "dt",
];
const lines = ["ul", "ol", "li", "table", "tbody", "thead", "tr", "td", "th", "dl", "dd", "dt"];

export function isInteraction(name: string): boolean {
  return name.endsWith("Interaction");
}

function isAudio({ name, attributes }: XmlElement): boolean {
  return name === "audio" || (name === "object" && (attributes.type ?? "").startsWith("audio/"));
}

function holdsAnswer(element: XmlElement): boolean {
  return elementsOf(element).some((child) => isInteraction(child.name) || isAudio(child) || holdsAnswer(child));
}

/** The body cut into pieces. Elements that hold no interaction are passages; of those that do, the insides are looked at. */
export function readPieces(body: XmlElement, reading: Reading): Piece[] {
  const pieces: Piece[] = [];
  let passage: XmlNode[] = [];
  const endPassage = (path: string): void => {
    const blocks = readBlocks(passage, reading);
    if (blocks.length > 0) pieces.push({ kind: "blocks", blocks, path });
    passage = [];
  };
  const visit = (nodes: readonly XmlNode[], path: string): void => {
    for (const node of nodes) {
      if (typeof node === "string") passage.push(node);
      else if (node.name === "rubricBlock" || node.name === "feedbackBlock" || node.name === "templateBlock")
        visitAside(node);
      else if (isAudio(node)) {
        endPassage(path);
        pieces.push({ kind: "audio", element: node });
      } else if (node.name === "mediaInteraction" && descendantsNamed(node, "audio", "object").some(isAudio)) {
        endPassage(path);
        pieces.push({ kind: "audio", element: node });
      } else if (inlineInteractions.some((name) => name === node.name)) {
        endPassage(path);
        pieces.push(gapPiece([node], node.path, reading));
      } else if (isInteraction(node.name)) {
        endPassage(path);
        pieces.push({ kind: "interaction", element: node });
      } else if (!holdsAnswer(node)) passage.push(node);
      else if (containers.includes(node.name)) {
        if (lines.includes(node.name))
          reading.note("warning", node, `${node.name}: gaps inside it become lines of text`);
        endPassage(path);
        visit(node.children, node.path);
        endPassage(path);
      } else {
        endPassage(path);
        pieces.push(gapPiece(node.children, node.path, reading));
      }
    }
    endPassage(path);
  };
  const visitAside = (node: XmlElement): void => {
    const view = node.attributes.view ?? "";
    if (node.name === "rubricBlock" && (view === "" || /candidate|testConstructor/.test(view))) {
      visit(node.children, node.path);
    } else if (node.name === "rubricBlock") {
      // Authors' and scorers' notes become the reason of the key (read-item).
      if (!/author|scorer/.test(view))
        reading.note("warning", node, `rubric for ${view}: kept in the original file only`);
    } else if (node.name === "feedbackBlock") {
      reading.note("warning", node, "feedback is not shown in an exam; kept in the original file only");
    } else reading.note("rejected", node, "templateBlock: content that changes from sitting to sitting");
  };
  visit(body.children, body.path);
  return pieces;
}

function gapPiece(nodes: readonly XmlNode[], path: string, reading: Reading): Piece {
  const elements: XmlElement[] = [];
  const text = inlineText(nodes, reading, false, (element) => {
    if (!isInteraction(element.name)) return null;
    elements.push(element);
    return `\uE000${elements.length - 1}\uE000`;
  });
  const kinds = new Set(elements.map(({ name }) => name));
  const inline = inlineInteractions.find((name) => kinds.has(name)) ?? "textEntryInteraction";
  for (const element of elements) {
    if (element.name !== inline)
      reading.note("rejected", element, `${element.name}: stands in one line with ${inline}`);
  }
  return { kind: "gaps", inline, text, elements, path };
}
