import { parse } from "csv-parse/sync";
import { type Cells, cellsOf, fromCell, fromLines, numberOf } from "./csv-cells.ts";
import type { Row } from "./csv-columns.ts";
import { readPassage } from "./csv-passage.ts";
import { readInteraction, readKey } from "./csv-question.ts";
import { readSpeaking, readWriting } from "./csv-task.ts";
import { readTurns } from "./csv-turns.ts";
import type { ItemDraft } from "./item-draft.ts";
import type { Finding } from "./item-model.ts";
import { limits } from "./limits.ts";
import { Refusal } from "./refusal.ts";

/** One row of a file: its draft, or why it cannot be read. */
type CsvRow = { readonly line: number; readonly draft: ItemDraft };

/**
 * Reads a spreadsheet's rows as items. Commas, semicolons and tabs are understood, whichever the first line uses.
 *
 * @throws Refusal where the file as a whole is no such table
 */
export function readCsv(bytes: Uint8Array, file: string): CsvRow[] {
  if (bytes.byteLength > limits.csvBytes) throw new Refusal(file, `is larger than ${limits.csvBytes / 1_000_000} MB`);
  let text: string;
  try {
    text = new TextDecoder("utf-8", { fatal: true }).decode(bytes);
  } catch {
    throw new Refusal(file, "is not UTF-8 text; save it as CSV UTF-8");
  }
  const [head = ""] = text.split(/\r?\n/, 1);
  const delimiter = [",", ";", "\t"].reduce((a, b) => (head.split(b).length > head.split(a).length ? b : a));
  let records: { record: Record<string, string>; info: { lines: number } }[];
  try {
    records = parse(text, {
      ...{ columns: (names: string[]) => names.map((name) => name.trim().toLowerCase()), delimiter, info: true },
      ...{ to: limits.csvRows + 1, skip_empty_lines: true, relax_column_count_less: true, max_record_size: 1_000_000 },
    });
  } catch (error) {
    throw new Refusal(file, `is not CSV: ${error instanceof Error ? error.message : String(error)}`);
  }
  if (records.length > limits.csvRows) throw new Refusal(file, `has more than ${limits.csvRows} rows`);
  const names = head
    .replace(/^\uFEFF/, "")
    .split(delimiter)
    .map((name) => name.trim().replaceAll('"', "").toLowerCase());
  // A table that does not say which skill holds reading items, as all tables once did.
  const needed = names.includes("skill") ? ["id"] : ["id", "type", "stem", "correct"];
  const missing = needed.filter((name) => !names.includes(name));
  if (missing.length > 0)
    throw new Refusal(
      file,
      `lacks the ${missing.length === 1 ? "column" : "columns"} ${missing.join(", ")}; the templates show them all`,
    );
  return records.map(({ record, info }) => {
    const row = Object.fromEntries(
      Object.entries(record).map(([name, cell]) => [name, fromCell(cell ?? "").trim()]),
    ) as Row;
    const { item, findings } = itemOf(row);
    return { line: info.lines, draft: { item, findings, assumed: [] } };
  });
}

/** A row as an item of the bank's shape, whatever stands in it, and what has to be said about it. */
export function itemOf(row: Row): { readonly item: Record<string, unknown>; readonly findings: readonly Finding[] } {
  const cells = cellsOf(row);
  const skill = cells.text("skill") || "reading";
  const item = {
    id: cells.text("id"),
    skill,
    level: cells.text("level"),
    subSkill: cells.text("sub_skill"),
    topic: cells.text("topic"),
    difficulty: numberOf(cells.assume("difficulty", "0", "0 assumed")),
    ...cells.given("difficultyReason", "difficulty_reason"),
    anchor: cells.yes("anchor"),
    ...cells.given("fairness", "fairness"),
    ...readContent(skill, cells),
  };
  return { item, findings: cells.findings() };
}

function readContent(skill: string, cells: Cells): Record<string, unknown> {
  switch (skill) {
    case "reading": {
      const stimulus = {
        kind: cells.text("kind") || "text",
        ...cells.given("title", "title"),
        blocks: readPassage(cells.text("passage")),
      };
      return { content: { stimulus, interaction: readInteraction(cells) }, ...readSolution(cells) };
    }
    case "listening": {
      const blocks = readPassage(cells.text("passage"));
      const stimulus = {
        kind: cells.text("kind") || "recording",
        setting: cells.text("setting"),
        plays: cells.number("plays"),
        media: cells.text("recording"),
        durationSeconds: numberOf(cells.assume("seconds", "1", "measured from the recording")),
        ...(blocks.length > 0 && { blocks }),
        turns: readTurns(cells.text("turns")),
      };
      return { content: { stimulus, interaction: readInteraction(cells) }, ...readSolution(cells) };
    }
    case "writing":
      return { content: readWriting(cells), rationale: { markerNotes: rationaleOf(cells) } };
    case "speaking":
      return { content: readSpeaking(cells), rationale: { markerNotes: rationaleOf(cells) } };
    default:
      return {};
  }
}

const rationaleOf = (cells: Cells): string => cells.assume("rationale", "To be written.", "to be written");

function readSolution(cells: Cells): Record<string, unknown> {
  const distractors = Object.fromEntries(fromLines(cells.text("distractors"), true));
  return { key: readKey(cells), rationale: { key: rationaleOf(cells), distractors } };
}
