import type { Block } from "./item-model.ts";
import { tag, type Xml } from "./xml-text.ts";

/** Where a package keeps what its items show. */
export const mediaFolder = "media";

/** A block of a passage as HTML. */
export function writeBlock(block: Block): Xml {
  switch (block.type) {
    case "heading":
      return tag(`h${block.level ?? 2}`, {}, ...marked(block.text));
    case "paragraph":
      return tag("p", {}, ...marked(block.text));
    case "list":
      return tag(block.ordered ? "ol" : "ul", {}, ...block.items.map((item) => tag("li", {}, ...marked(item))));
    case "table":
      return tag(
        "table",
        {},
        tag("thead", {}, tag("tr", {}, ...block.header.map((cell) => tag("th", {}, ...marked(cell))))),
        tag(
          "tbody",
          {},
          ...block.rows.map((row) => tag("tr", {}, ...row.map((cell) => tag("td", {}, ...marked(cell))))),
        ),
      );
    case "image": {
      const image = tag("img", { src: `../${mediaFolder}/${block.media}`, alt: block.alternative });
      return block.caption === undefined ? image : tag("figure", {}, image, tag("figcaption", {}, block.caption));
    }
  }
}

/** `**strong**` and `*emphasis*` as elements; a backslash before a sign makes it text. */
function marked(text: string): (Xml | string)[] {
  const pieces: (Xml | string)[] = [];
  let plain = "";
  for (let at = 0; at < text.length; ) {
    const [sign = ""] = /^\*{1,2}/.exec(text.slice(at)) ?? [];
    const end = sign === "" ? -1 : closing(text, sign, at + sign.length);
    if (text[at] === "\\" && /[\\*]/.test(text[at + 1] ?? "")) {
      plain += text[at + 1];
      at += 2;
    } else if (end > at + sign.length) {
      pieces.push(plain, tag(sign === "**" ? "strong" : "em", {}, ...marked(text.slice(at + sign.length, end))));
      plain = "";
      at = end + sign.length;
    } else {
      plain += text[at];
      at += 1;
    }
  }
  return [...pieces, plain].filter((piece) => piece !== "");
}

function closing(text: string, sign: string, from: number): number {
  for (let at = from; at < text.length; at += 1) {
    if (text[at] === "\\") at += 1;
    else if (text.startsWith(sign, at) && (sign === "**" || text[at + 1] !== "*")) return at;
  }
  return -1;
}
