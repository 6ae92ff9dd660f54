import { parse } from "csv-parse/sync";
import { fromCell, fromLines } from "./csv-cells.ts";
import { readPassage } from "./csv-passage.ts";
import type { ItemDraft } from "./item-draft.ts";
import type { Finding, Option } from "./item-model.ts";
import { limits } from "./limits.ts";
import { Refusal } from "./refusal.ts";

/**
 * Items as rows of a spreadsheet: what people type. It carries reading items of one question with a plain key; recordings,
 * tasks, items in parts and mapped points need QTI. An item that would not come back the same is left out and named.
 */
export const csvColumns = [
  ...["id", "level", "sub_skill", "topic", "difficulty", "difficulty_reason", "anchor", "fairness"],
  ...["kind", "title", "passage", "type", "stem", "text", "prompts", "options", "choose", "max_length"],
  ...["correct", "all_or_nothing", "spelling_tolerance", "case_sensitive", "numeric", "rationale", "distractors"],
] as const;
type Column = (typeof csvColumns)[number];
export type Row = Readonly<Partial<Record<Column, string>>>;

/** One row of a file: its draft, or why it cannot be read. */
export type CsvRow = { readonly line: number; readonly draft: ItemDraft };

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
  const missing = ["id", "type", "stem", "correct"].filter((name) => !names.includes(name));
  if (missing.length > 0)
    throw new Refusal(file, `lacks the column ${missing.join(", ")}; the template shows them all`);
  const unknown = names.filter((name) => name !== "" && !csvColumns.some((column) => column === name));
  return records.map(({ record, info }) => {
    const row = Object.fromEntries(
      Object.entries(record).map(([name, cell]) => [name, fromCell(cell ?? "").trim()]),
    ) as Row;
    const findings = unknown
      .filter((name) => (record[name] ?? "") !== "")
      .map((name): Finding => ({ level: "warning", path: name, message: "there is no such column; it was left out" }));
    return { line: info.lines, draft: { item: itemOf(row), findings, assumed: [] } };
  });
}

/** A row as an item of the bank's shape, whatever stands in it. */
export function itemOf(row: Row): Record<string, unknown> {
  const cell = (name: Column): string => row[name] ?? "";
  const optional = (name: string, column: Column): Record<string, string> =>
    cell(column) === "" ? {} : { [name]: cell(column) };
  return {
    id: cell("id"),
    skill: "reading",
    level: cell("level"),
    subSkill: cell("sub_skill"),
    topic: cell("topic"),
    difficulty: numberOf(cell("difficulty") || "0"),
    ...optional("difficultyReason", "difficulty_reason"),
    anchor: isYes(cell("anchor")),
    ...optional("fairness", "fairness"),
    content: {
      stimulus: { kind: cell("kind") || "text", ...optional("title", "title"), blocks: readPassage(cell("passage")) },
      interaction: interactionOf(row),
    },
    key: keyOf(row),
    rationale: {
      key: cell("rationale") || "To be written.",
      distractors: Object.fromEntries(fromLines(cell("distractors"))),
    },
  };
}

const isYes = (text: string): boolean => /^(yes|y|true|1|x)$/i.test(text);

/** A comma for a point is what some spreadsheets write. Text that is no number stays text: the bank's schema says so. */
function numberOf(text: string): number | string {
  const value = Number(text.replace(",", "."));
  return Number.isFinite(value) ? value : text;
}

function interactionOf(row: Row): Record<string, unknown> {
  const { type = "", stem = "", text = "" } = row;
  const options = (column: "options" | "prompts"): Option[] =>
    fromLines(row[column] ?? "").map(([id, words]) => ({ id, text: words }));
  switch (type) {
    case "choice":
      return { type, stem, options: options("options") };
    case "multiple-response":
      return {
        type,
        stem,
        options: options("options"),
        choose: numberOf(row.choose || String(idsIn(row.correct ?? "").length)),
      };
    case "ordering":
      return { type, stem, elements: options("options") };
    case "matching":
      return { type, stem, prompts: options("prompts"), options: options("options") };
    case "gap-fill":
      return { type, stem, text, options: options("options") };
    case "hottext":
      return { type, stem, text, choose: numberOf(row.choose || String(idsIn(row.correct ?? "").length)) };
    case "inline-choice": {
      const gaps = new Map<string, Option[]>();
      for (const { id, text: words } of options("options")) {
        const [gap = "", option = ""] = id.split(".");
        gaps.set(gap, [...(gaps.get(gap) ?? []), { id: option, text: words }]);
      }
      return { type, stem, text, gaps: [...gaps].map(([id, own]) => ({ id, options: own })) };
    }
    case "text-entry":
      return { type, stem, maxLength: numberOf(row.max_length || "40") };
    case "cloze":
      return {
        type,
        stem,
        text,
        gaps: fromLines(row.max_length ?? "").map(([id, length]) => ({ id, maxLength: numberOf(length) })),
      };
    default:
      return { type };
  }
}

function idsIn(cell: string): string[] {
  return cell.split(/[,;\s]+/).filter((id) => id !== "");
}

function keyOf(row: Row): Record<string, unknown> {
  const { type = "", correct = "" } = row;
  const wholly = isYes(row.all_or_nothing ?? "") ? { allOrNothing: true } : {};
  const words = (cell: string): string[] =>
    cell
      .split("|")
      .map((word) => word.trim())
      .filter((word) => word !== "");
  const typed = {
    spellingTolerance: numberOf(row.spelling_tolerance || "0"),
    ...(isYes(row.case_sensitive ?? "") ? { caseSensitive: true } : {}),
    ...(isYes(row.numeric ?? "") ? { numeric: true } : {}),
  };
  switch (type) {
    case "choice":
      return { type, correct };
    case "multiple-response":
    case "ordering":
    case "hottext":
      return { type, correct: idsIn(correct), ...wholly };
    case "matching":
    case "gap-fill":
    case "inline-choice":
      return { type, correct: Object.fromEntries(fromLines(correct)), ...wholly };
    case "text-entry":
      return { type, accepted: words(correct), ...typed };
    case "cloze":
      return {
        type,
        gaps: Object.fromEntries(fromLines(correct).map(([gap, cell]) => [gap, { accepted: words(cell), ...typed }])),
        ...wholly,
      };
    default:
      return { type };
  }
}
