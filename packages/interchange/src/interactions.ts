import { inlineText, type Reading } from "./html-blocks.ts";
import type { Option, SimpleInteraction } from "./item-model.ts";
import { type Declaration, Unsupported } from "./response-values.ts";
import { childNamed, childrenNamed, descendantsNamed, elementsOf, type XmlElement, type XmlNode } from "./xml.ts";

/** One response variable of the file and what it answers here: how a value of it is said in our identifiers. */
export type Slot = { readonly declaration: Declaration; readonly path: string } & (
  | {
      readonly kind: "choice" | "choices" | "order";
      readonly ids: ReadonlyMap<string, string>;
      readonly most: number;
      readonly gap?: string;
    }
  | { readonly kind: "text"; readonly gap?: string }
  | {
      readonly kind: "pairs";
      readonly prompts: ReadonlyMap<string, string>;
      readonly options: ReadonlyMap<string, string>;
      /** Whether a pair names the prompt first (match) or second (gap match). */
      readonly promptFirst: boolean;
    }
);

/** An interaction as ours, with the response variables it answers: several only where every gap has its own. */
export interface Part {
  readonly interaction: SimpleInteraction;
  readonly slots: readonly Slot[];
  readonly path: string;
}

export interface Declarations {
  readonly responses: ReadonlyMap<string, Declaration>;
}

/** Interactions with no counterpart among our item types, and those a person marks, which become tasks. */
export const markedByPeople = ["extendedTextInteraction", "uploadInteraction"];

export function declarationOf(element: XmlElement, { responses }: Declarations): Declaration {
  const { responseIdentifier = "" } = element.attributes;
  const declaration = responses.get(responseIdentifier);
  if (declaration === undefined)
    throw new Unsupported(element.path, `names the response ${responseIdentifier || "(none)"}, which is not declared`);
  return declaration;
}

/**
 * A block interaction as one of ours.
 *
 * @param fallbackStem what is asked where the interaction has no prompt of its own
 * @throws Unsupported for an interaction with no counterpart
 */
export function readInteraction(
  element: XmlElement,
  declarations: Declarations,
  reading: Reading,
  fallbackStem: string,
): Part {
  const prompt = childNamed(element, "prompt");
  const stem = (prompt && inlineText(prompt.children, reading, false)) || fallbackStem;
  const declaration = declarationOf(element, declarations);
  const { path } = element;
  switch (element.name) {
    case "choiceInteraction": {
      const { options, ids } = readOptions(childrenNamed(element, "simpleChoice"), reading);
      const most = readLimit(element, "maxChoices", options.length, 1);
      if (declaration.cardinality === "single" || most === 1) {
        return {
          interaction: { type: "choice", stem, options },
          slots: [{ kind: "choice", declaration, ids, most: 1, path }],
          path,
        };
      }
      return {
        interaction: { type: "multiple-response", stem, options, choose: most },
        slots: [{ kind: "choices", declaration, ids, most, path }],
        path,
      };
    }
    case "orderInteraction": {
      const { options: elements, ids } = readOptions(childrenNamed(element, "simpleChoice"), reading);
      if (readLimit(element, "maxChoices", elements.length, 0) < elements.length) {
        throw new Unsupported(path, "an order of only some of the choices");
      }
      return {
        interaction: { type: "ordering", stem, elements },
        slots: [{ kind: "order", declaration, ids, most: elements.length, path }],
        path,
      };
    }
    case "matchInteraction":
      return readMatch(element, declaration, stem, reading);
    case "gapMatchInteraction":
      return readGapMatch(element, declaration, stem, reading);
    case "hottextInteraction": {
      const marked = descendantsNamed(element, "hottext");
      const ids = shortIds(marked);
      const text = linesOf(
        element.children.filter((child) => child !== prompt),
        reading,
        (inline) =>
          inline.name === "hottext"
            ? `[[${ids.get(inline.attributes.identifier ?? "")}|${inlineText(inline.children, reading, false).replaceAll(/[|\]]/g, " ")}]]`
            : null,
      );
      const most = readLimit(element, "maxChoices", marked.length, 1);
      return {
        interaction: { type: "hottext", stem, text, choose: most },
        slots: [
          {
            kind: declaration.cardinality === "single" || most === 1 ? "choice" : "choices",
            declaration,
            ids,
            most,
            path,
          },
        ],
        path,
      };
    }
    default:
      throw new Unsupported(path, `${element.name} has no counterpart among our item types`);
  }
}

/** Gaps standing in running text, each with its own response variable. */
export function readGaps(
  gaps: {
    readonly inline: string;
    readonly text: string;
    readonly elements: readonly XmlElement[];
    readonly path: string;
  },
  declarations: Declarations,
  reading: Reading,
  stem: string,
): Part {
  const text = gaps.text.replaceAll(/\uE000([0-9]+)\uE000/g, (_, index: string) => `[[${Number(index) + 1}]]`);
  const { path } = gaps;
  if (gaps.inline === "inlineChoiceInteraction") {
    const read = gaps.elements.map((element, index) => {
      const { options, ids } = readOptions(childrenNamed(element, "inlineChoice"), reading);
      const id = String(index + 1);
      const slot: Slot = {
        kind: "choice",
        declaration: declarationOf(element, declarations),
        ids,
        most: 1,
        gap: id,
        path: element.path,
      };
      return { gap: { id, options }, slot };
    });
    return {
      interaction: { type: "inline-choice", stem, text, gaps: read.map(({ gap }) => gap) },
      slots: read.map(({ slot }) => slot),
      path,
    };
  }
  const [first] = gaps.elements;
  // A field that stands alone under its question needs no text around it.
  if (first && gaps.elements.length === 1 && /^\[\[1\]\][\s.]*$/.test(text)) {
    return {
      interaction: { type: "text-entry", stem, maxLength: lengthOf(first) },
      slots: [{ kind: "text", declaration: declarationOf(first, declarations), path: first.path }],
      path,
    };
  }
  const read = gaps.elements.map((element, index) => {
    const id = String(index + 1);
    const slot: Slot = { kind: "text", declaration: declarationOf(element, declarations), gap: id, path: element.path };
    return { gap: { id, maxLength: lengthOf(element) }, slot };
  });
  return {
    interaction: { type: "cloze", stem, text, gaps: read.map(({ gap }) => gap) },
    slots: read.map(({ slot }) => slot),
    path,
  };
}

/** Twice what the author expected, since the expected length limits nobody; 80 is the most a field takes here. */
function lengthOf(element: XmlElement): number {
  const expected = Number(element.attributes.expectedLength);
  return Number.isInteger(expected) && expected > 0 ? Math.min(80, Math.max(20, expected * 2)) : 80;
}

/** 0 and absent mean what the specification says: no limit, or `absent`. */
function readLimit(element: XmlElement, name: string, all: number, absent: number): number {
  const said = Number(element.attributes[name] ?? absent);
  return Number.isInteger(said) && said > 0 ? Math.min(said, all) : all;
}

function readOptions(
  elements: readonly XmlElement[],
  reading: Reading,
): { options: Option[]; ids: Map<string, string> } {
  const ids = shortIds(elements);
  const options = elements.map((element) => {
    const text = inlineText(
      element.children.filter((child) => !isFeedback(child)),
      reading,
      false,
    );
    if (element.children.some(isFeedback)) {
      reading.note("warning", element, "feedback is not shown in an exam; kept in the original file only");
    }
    if (text === "") reading.note("rejected", element, "an option without text");
    return { id: ids.get(element.attributes.identifier ?? "") ?? "", text };
  });
  return { options, ids };
}

function isFeedback(node: XmlNode): boolean {
  return typeof node !== "string" && (node.name === "feedbackInline" || node.name === "feedbackBlock");
}

/** Identifiers as the bank takes them: kept where all fit (less a letter and a dot before them), else a, b, c … in their order. */
function shortIds(elements: readonly XmlElement[]): Map<string, string> {
  const given = elements.map((element) => element.attributes.identifier ?? "");
  const [twice] = given.filter((id, index) => id === "" || given.indexOf(id) !== index);
  if (twice !== undefined)
    throw new Unsupported(elements[0]?.path ?? "", `two choices called ${JSON.stringify(twice)}`);
  return new Map(given.map((id, index) => [id, fitting(given)?.[index] ?? letter(index)]));
}

/** The identifiers in the bank's form, null where one of them has none of its own. */
function fitting(given: readonly string[]): string[] | null {
  const plain = given.map((id) => id.replace(/^[a-z]\./, ""));
  return plain.every((id, index) => /^[a-z0-9-]{1,16}$/.test(id) && plain.indexOf(id) === index) ? plain : null;
}

function letter(index: number): string {
  return index < 26 ? String.fromCharCode(97 + index) : `${letter(Math.floor(index / 26) - 1)}${letter(index % 26)}`;
}

function readMatch(element: XmlElement, declaration: Declaration, stem: string, reading: Reading): Part {
  const [left, right] = childrenNamed(element, "simpleMatchSet");
  if (left === undefined || right === undefined) throw new Unsupported(element.path, "a match without two sets");
  const sets = [left, right].map((set) => childrenNamed(set, "simpleAssociableChoice"));
  // Ours pairs each prompt with one option; the set whose members may be used once is the one that asks.
  const once = sets.map((set) =>
    set.every((choice) => choice.attributes.matchMax === "1" || choice.attributes.matchMax === undefined),
  );
  const promptFirst = once[0] === true;
  if (!promptFirst && once[1] !== true) {
    throw new Unsupported(element.path, "a match in which members of both sets may be used more than once");
  }
  const [asking = [], offered = []] = promptFirst ? sets : [...sets].reverse();
  const prompts = readOptions(asking, reading);
  const options = readOptions(offered, reading);
  return {
    interaction: { type: "matching", stem, prompts: prompts.options, options: options.options },
    slots: [
      { kind: "pairs", declaration, prompts: prompts.ids, options: options.ids, promptFirst, path: element.path },
    ],
    path: element.path,
  };
}

function readGapMatch(element: XmlElement, declaration: Declaration, stem: string, reading: Reading): Part {
  const [picture] = childrenNamed(element, "gapImg");
  if (picture) throw new Unsupported(picture.path, "pictures to be put into gaps");
  const choices = childrenNamed(element, "gapText");
  const { options, ids } = readOptions(choices, reading);
  const gaps = descendantsNamed(element, "gap");
  const names = gaps.map((gap) => gap.attributes.identifier ?? "");
  if (new Set(names).size !== names.length) throw new Unsupported(element.path, "two gaps with one identifier");
  const kept = names.every((name) => name.startsWith("g.")) ? fitting(names) : null;
  const prompts = new Map(names.map((name, index) => [name, kept?.[index] ?? String(index + 1)]));
  const text = linesOf(
    element.children.filter((child) => typeof child === "string" || !["prompt", "gapText"].includes(child.name)),
    reading,
    (inline) => (inline.name === "gap" ? `[[${prompts.get(inline.attributes.identifier ?? "")}]]` : null),
  );
  return {
    interaction: { type: "gap-fill", stem, text, options },
    slots: [{ kind: "pairs", declaration, prompts, options: ids, promptFirst: false, path: element.path }],
    path: element.path,
  };
}

const lineHolders = ["p", "li", "td", "th", "h1", "h2", "h3", "h4", "h5", "h6", "pre", "caption", "dd", "dt"];

/** Block content as lines of text, one a paragraph. */
function linesOf(nodes: readonly XmlNode[], reading: Reading, mark: (element: XmlElement) => string | null): string {
  const lines: string[] = [];
  let line: XmlNode[] = [];
  const endLine = (): void => {
    const text = inlineText(line, reading, false, mark);
    if (text !== "") lines.push(text);
    line = [];
  };
  const visit = (children: readonly XmlNode[]): void => {
    for (const node of children) {
      if (typeof node === "string") line.push(node);
      else if (lineHolders.includes(node.name)) {
        endLine();
        line = [...node.children];
        endLine();
      } else if (
        ["div", "blockquote", "section", "ul", "ol", "table", "tbody", "thead", "tr", "dl"].includes(node.name)
      ) {
        endLine();
        visit(elementsOf(node).length === 0 ? node.children : elementsOf(node));
        endLine();
      } else line.push(node);
    }
  };
  visit(nodes);
  endLine();
  return lines.join("\n");
}
