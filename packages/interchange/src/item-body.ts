import { type Piece, readPieces } from "./body.ts";
import type { Reading } from "./html-blocks.ts";
import { type Declarations, markedByPeople, type Part, readGaps, readInteraction } from "./interactions.ts";
import type { Block } from "./item-model.ts";
import { descendantsNamed, type XmlElement } from "./xml.ts";

/** An item's body, read: what is read or heard, and what is asked. */
export interface ItemBody {
  readonly stimulus: readonly Block[];
  readonly parts: readonly Part[];
  readonly audio: XmlElement | null;
  /** The one interaction a person marks, where the item is a writing or speaking task. */
  readonly task: XmlElement | null;
  /** Where several parts are asked: what stands above them all. */
  readonly stem: string;
}

type Gaps = Extract<Piece, { kind: "gaps" }>;

/**
 * Sorts the pieces of a body: passages before the questions are the stimulus, the line just above a question without a prompt
 * is its stem, lines with gaps of one kind belong together.
 *
 * @throws Unsupported
 */
export function readItemBody(body: XmlElement, declarations: Declarations, reading: Reading, title: string): ItemBody {
  const pieces = joinGaps(readPieces(body, reading));
  const stimulus: Block[] = [];
  const parts: Part[] = [];
  let waiting: Block[] = [];
  let audio: XmlElement | null = null;
  let task: XmlElement | null = null;
  const takeStem = (ownPrompt: boolean, instruction: string, at: { readonly path: string }): string => {
    const last = waiting.at(-1);
    const asks = !ownPrompt && (last?.type === "paragraph" || last?.type === "heading");
    if (asks) waiting.pop();
    if (parts.length > 0 && waiting.length > 0) {
      reading.note("warning", at, "what stands between the questions is shown before them");
    }
    stimulus.push(...waiting);
    waiting = [];
    if (asks) return plainText(last.text);
    if (!ownPrompt)
      reading.note(
        "warning",
        at,
        `no instruction stands above the question: ${JSON.stringify(instruction)} was put in`,
      );
    return instruction;
  };
  for (const piece of pieces) {
    if (piece.kind === "blocks") waiting.push(...piece.blocks);
    else if (piece.kind === "audio") {
      if (audio) reading.note("rejected", piece.element, "a second recording in one item");
      audio = piece.element;
      const href = soundOf(piece.element);
      if (href === undefined) reading.note("rejected", piece.element, "a recording without a file");
      else if (!/\.mp3$/i.test(href))
        reading.note("rejected", piece.element, `${href}: recordings are taken as MP3 only`);
      else reading.media(href);
    } else if (piece.kind === "gaps") {
      const instruction = piece.inline === "textEntryInteraction" ? "Complete the text." : "Choose the right words.";
      parts.push(readGaps(piece, declarations, reading, takeStem(false, instruction, piece)));
    } else if (markedByPeople.includes(piece.element.name)) {
      if (task) reading.note("rejected", piece.element, "a second task in one item");
      task = piece.element;
    } else {
      const ownPrompt = piece.element.children.some((child) => typeof child !== "string" && child.name === "prompt");
      const stem = takeStem(ownPrompt, title || "Choose the answer.", piece.element);
      parts.push(readInteraction(piece.element, declarations, reading, stem));
    }
  }
  if (parts.length > 0 && waiting.length > 0) {
    reading.note("warning", body, "what stands after the last question is shown before the first");
  }
  stimulus.push(...waiting);
  return { stimulus, parts, audio, task, stem: title || "Answer all parts." };
}

/** The file of a recording: named by the element itself or by one inside it. */
function soundOf(element: XmlElement): string | undefined {
  const { src, data } = element.attributes;
  const own =
    element.name === "audio" || element.name === "source" ? src : element.name === "object" ? data : undefined;
  return (
    own ??
    descendantsNamed(element, "audio", "source", "object")
      .map(soundOf)
      .find((found) => found !== undefined)
  );
}

/** Consecutive lines with gaps of one kind are one text, and so are lines without gaps between them. */
function joinGaps(pieces: readonly Piece[]): Piece[] {
  const joined: Piece[] = [];
  for (const [index, piece] of pieces.entries()) {
    const last = joined.at(-1);
    if (piece.kind === "gaps" && last?.kind === "gaps" && last.inline === piece.inline && joinable(last, piece)) {
      joined[joined.length - 1] = join(last, piece);
    } else if (piece.kind === "blocks" && last?.kind === "gaps" && betweenLines(last, piece, pieces[index + 1])) {
      const text = piece.blocks.map((block) => (block.type === "paragraph" ? plainText(block.text) : "")).join("\n");
      joined[joined.length - 1] = { ...last, text: `${last.text}\n${text}` };
    } else joined.push(piece);
  }
  return joined;
}

/** A field alone under its question is a question of its own. */
function joinable(last: Gaps, next: Gaps): boolean {
  return (
    last.inline === "inlineChoiceInteraction" || ![last, next].every(({ text }) => /^\uE000\d+\uE000[\s.]*$/.test(text))
  );
}

function betweenLines(last: Gaps, piece: Extract<Piece, { kind: "blocks" }>, next: Piece | undefined): boolean {
  const alone = (gaps: Gaps): boolean => /^\uE000\d+\uE000[\s.]*$/.test(gaps.text);
  return (
    next?.kind === "gaps" &&
    next.inline === last.inline &&
    !alone(next) &&
    !alone(last) &&
    piece.blocks.every((block) => block.type === "paragraph")
  );
}

function join(first: Gaps, second: Gaps): Gaps {
  const shifted = second.text.replaceAll(
    /\uE000([0-9]+)\uE000/g,
    (_, index: string) => `\uE000${Number(index) + first.elements.length}\uE000`,
  );
  return { ...first, text: `${first.text}\n${shifted}`, elements: [...first.elements, ...second.elements] };
}

/** A passage's line without its marks of emphasis. */
function plainText(marked: string): string {
  return marked.replaceAll(/\\([\\*])|\*+/g, (_, kept: string | undefined) => kept ?? "");
}
