import { stringify } from "csv-stringify/sync";
import { fromCell, toCell, toLines, yesNo } from "./csv-cells.ts";
import { type Column, csvColumns, type Row } from "./csv-columns.ts";
import { passageText } from "./csv-passage.ts";
import { questionRow } from "./csv-question.ts";
import { itemOf } from "./csv-read.ts";
import { speakingRow, writingRow } from "./csv-task.ts";
import { turnsText } from "./csv-turns.ts";
import { differences } from "./differences.ts";
import type { ExportItem } from "./write-item.ts";

/**
 * Items as rows of a spreadsheet: what people type. Items in parts and mapped points need QTI. An item that would not come back
 * the same is left out and named; pictures and recordings stand under their names and travel beside the table.
 */
export function writeCsv<Item extends ExportItem>(
  items: Iterable<Item>,
  columns: readonly Column[] = csvColumns,
): {
  readonly csv: string;
  readonly carried: readonly Item[];
  readonly leftOut: readonly { readonly id: string; readonly reason: string }[];
} {
  const rows: Row[] = [];
  const carried: Item[] = [];
  const leftOut: { id: string; reason: string }[] = [];
  for (const item of items) {
    const row = rowOf(item);
    if (typeof row === "string") leftOut.push({ id: item.id, reason: row });
    else {
      rows.push(row);
      carried.push(item);
    }
  }
  const cells = rows.map((row) => columns.map((column) => toCell(row[column] ?? "")));
  const csv = stringify([[...columns], ...cells], {
    // Spreadsheets know UTF-8 by its byte order mark; some take semicolons and tabs for the border of a cell.
    ...{ bom: true, record_delimiter: "windows", quoted_match: /[;\t]/ },
  });
  return { csv, carried, leftOut };
}

/** The item's row, or why it has none. */
function rowOf(item: ExportItem): Row | string {
  const content = contentRow(item);
  if (typeof content === "string") return content;
  const {
    id,
    skill,
    level,
    subSkill,
    topic,
    difficulty,
    difficultyReason = "",
    anchor,
    fairness = "",
    rationale,
  } = item;
  const row: Row = {
    ...{ id, skill, level, sub_skill: subSkill, topic, difficulty: String(difficulty), fairness },
    ...{ difficulty_reason: difficultyReason, anchor: yesNo(anchor) },
    ...content,
    ...("key" in rationale
      ? { rationale: rationale.key, distractors: toLines(Object.entries(rationale.distractors)) }
      : { rationale: rationale.markerNotes }),
  };
  const { item: again, findings } = itemOf(asRead(row));
  const [lost] = differences(again, JSON.parse(JSON.stringify({ ...item, review: undefined })));
  if (lost !== undefined) return `${lost.place} would not come back the same`;
  return findings[0] === undefined ? row : `${findings[0].path} ${findings[0].message}`;
}

/** The row as it will be read. */
function asRead(row: Row): Row {
  return Object.fromEntries(Object.entries(row).map(([column, text]) => [column, fromCell(toCell(text)).trim()]));
}

function contentRow(item: ExportItem): Row | string {
  switch (item.skill) {
    case "writing":
      return writingRow(item.content);
    case "speaking":
      return speakingRow(item.content);
    case "reading": {
      const { kind, title = "", blocks } = item.content.stimulus;
      const question = questionRow(item.content.interaction, item.key);
      return typeof question === "string" ? question : { kind, title, passage: passageText(blocks), ...question };
    }
    case "listening": {
      const { kind, setting, plays, media, durationSeconds, turns, blocks = [] } = item.content.stimulus;
      const question = questionRow(item.content.interaction, item.key);
      if (typeof question === "string") return question;
      return {
        ...{ kind, setting, plays: String(plays), recording: media, seconds: String(durationSeconds) },
        ...{ turns: turnsText(turns), passage: passageText(blocks) },
        ...question,
      };
    }
  }
}
