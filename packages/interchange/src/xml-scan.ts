import { limits } from "./limits.ts";
import { Refusal } from "./refusal.ts";

/**
 * Walks over the text once, without building anything, and refuses what must never reach a parser: document types (and
 * with them every entity but XML's own five), too many or too deeply nested elements. What is otherwise wrong with the
 * text the parser will say.
 */
export function refuseCostlyXml(text: string, file: string, mostElements: number): void {
  let depth = 0;
  let elements = 0;
  let at = text.indexOf("<");
  while (at !== -1) {
    if (text.startsWith("<!--", at)) {
      at = after(text, "-->", at + 4);
    } else if (text.startsWith("<![CDATA[", at)) {
      at = after(text, "]]>", at + 9);
    } else if (text.startsWith("<?", at)) {
      at = after(text, "?>", at + 2);
    } else if (text.startsWith("<!", at)) {
      throw new Refusal(
        file,
        `holds a document type or entity declaration (line ${lineAt(text, at)}), which is not read`,
      );
    } else if (text.startsWith("</", at)) {
      depth -= 1;
      at = after(text, ">", at + 2);
    } else {
      const end = tagEnd(text, at + 1);
      elements += 1;
      if (elements > mostElements) throw new Refusal(file, `has more than ${mostElements} elements`);
      if (text[end - 2] !== "/") {
        depth += 1;
        if (depth > limits.xmlDepth) {
          throw new Refusal(file, `nests elements deeper than ${limits.xmlDepth} (line ${lineAt(text, at)})`);
        }
      }
      at = end;
    }
    at = text.indexOf("<", at);
  }
}

function after(text: string, mark: string, from: number): number {
  const found = text.indexOf(mark, from);
  return found === -1 ? text.length : found + mark.length;
}

/** The place after the `>` that ends the tag: one inside a quoted value does not. */
function tagEnd(text: string, from: number): number {
  let quote = "";
  for (let at = from; at < text.length; at += 1) {
    const character = text[at] ?? "";
    if (quote !== "") {
      if (character === quote) quote = "";
    } else if (character === '"' || character === "'") quote = character;
    else if (character === ">") return at + 1;
  }
  return text.length;
}

function lineAt(text: string, at: number): number {
  let line = 1;
  for (let found = text.indexOf("\n"); found !== -1 && found < at; found = text.indexOf("\n", found + 1)) line += 1;
  return line;
}
