import type { Block } from "./item-model.ts";

/**
 * A passage as plain text that people can type: paragraphs between empty lines, `# ` to `### ` headings, `- ` and `1. ` lists, rows
 * of a table between bars with the head first, `![what it shows](file) caption` for a picture.
 */
export function passageText(blocks: readonly Block[]): string {
  return blocks.map(blockText).join("\n\n");
}

function blockText(block: Block): string {
  switch (block.type) {
    case "heading":
      return `${"#".repeat((block.level ?? 2) - 1)} ${block.text}`;
    case "paragraph":
      return block.text;
    case "list":
      return block.items.map((item, index) => `${block.ordered ? `${index + 1}.` : "-"} ${item}`).join("\n");
    case "table":
      return [block.header, ...block.rows].map((row) => `| ${row.join(" | ")} |`).join("\n");
    case "image":
      return `![${block.alternative}](${block.media})${block.caption === undefined ? "" : ` ${block.caption}`}`;
  }
}

export function readPassage(text: string): Block[] {
  return text
    .split(/\r?\n\s*\n/)
    .map((chunk) =>
      chunk
        .split(/\r?\n/)
        .map((line) => line.trim())
        .filter((line) => line !== ""),
    )
    .filter((lines) => lines.length > 0)
    .flatMap(readChunk);
}

function readChunk(lines: readonly string[]): Block[] {
  const [first = ""] = lines;
  const heading = /^(#{1,3}) (.+)$/.exec(first);
  if (heading && lines.length === 1) {
    const level = ((heading[1]?.length ?? 1) + 1) as 2 | 3 | 4;
    return [{ type: "heading", text: heading[2] ?? "", ...(level === 2 ? {} : { level }) }];
  }
  const image = /^!\[([^\]]*)\]\(([^)]+)\)\s*(.*)$/.exec(first);
  if (image && lines.length === 1) {
    const [, alternative = "", media = "", caption = ""] = image;
    return [{ type: "image", media, alternative, ...(caption === "" ? {} : { caption }) }];
  }
  if (lines.every((line) => line.startsWith("- "))) {
    return [{ type: "list", ordered: false, items: lines.map((line) => line.slice(2).trim()) }];
  }
  if (lines.every((line) => /^[0-9]+\. /.test(line))) {
    return [{ type: "list", ordered: true, items: lines.map((line) => line.replace(/^[0-9]+\. /, "").trim()) }];
  }
  if (lines.length > 1 && lines.every((line) => /^\|.*\|$/.test(line))) {
    const [header = [], ...rows] = lines.map((line) =>
      line
        .slice(1, -1)
        .split("|")
        .map((cell) => cell.trim()),
    );
    return [{ type: "table", header, rows }];
  }
  return [{ type: "paragraph", text: lines.join(" ") }];
}
