import { categoriesMax, type Mark, type ScoreScale } from "@bandwise/psychometrics/rating-table";
import { CsvError, parse } from "csv-parse/sync";

/** A line that breaks a rule: told as `line N: column: rule`. */
export class CsvProblem extends Error {
  constructor(line: number, column: string, rule: string) {
    super(`line ${line}: ${column}: ${rule}`);
  }
}

export interface MarksFile {
  readonly marks: readonly Mark[];
  /** Where each mark stands. */
  readonly lines: readonly number[];
}

const columns = ["script", "rater", "criterion", "score"] as const;
const number = /^[+-]?(?:\d+(?:\.\d*)?|\.\d+)$/;

/**
 * Reads a table with the columns script, rater, criterion and score, in any order and beside any others, separated by commas,
 * semicolons or tabs, whichever the first line uses. Throws CsvProblem at the first thing that is wrong.
 */
export function readMarks(bytes: Uint8Array): MarksFile {
  let text: string;
  try {
    text = new TextDecoder("utf-8", { fatal: true }).decode(bytes);
  } catch {
    throw new CsvProblem(1, "table", "is not UTF-8 text");
  }
  if (text.trim() === "") throw new CsvProblem(1, "table", "is missing: the input is empty");
  const [head = ""] = text.split(/\r?\n|\r/, 1);
  const delimiter = [",", ";", "\t"].reduce((a, b) => (head.split(b).length > head.split(a).length ? b : a));
  const rows = parseRows(text, delimiter);
  const names = (rows[0]?.record ?? []).map((name) => name.trim().toLowerCase());
  const places = columns.map((column) => {
    const place = names.indexOf(column);
    if (place < 0)
      throw new CsvProblem(1, column, `is missing: the first line names the columns ${columns.join(", ")}`);
    if (names.indexOf(column, place + 1) >= 0) throw new CsvProblem(1, column, "is there twice");
    return place;
  });
  const marks: Mark[] = [];
  const lines: number[] = [];
  for (const { record, line } of rows.slice(1)) {
    if (record.every((cell) => cell.trim() === "")) continue;
    const [script, rater, criterion, score] = columns.map((column, index) => {
      const cell = record[places[index] ?? -1]?.trim() ?? "";
      if (cell === "") throw new CsvProblem(line, column, "is empty");
      return cell;
    }) as [string, string, string, string];
    if (!number.test(score)) throw new CsvProblem(line, "score", `${JSON.stringify(score)} is not a number`);
    marks.push({ script, rater, criterion, score: Number(score) });
    lines.push(line);
  }
  if (marks.length === 0) throw new CsvProblem(2, "table", "is missing: there are no scores below the first line");
  return { marks, lines };
}

function parseRows(text: string, delimiter: string): { record: string[]; line: number }[] {
  try {
    const lines: number[] = [];
    const records = parse(text, {
      ...{ bom: true, delimiter, relax_column_count: true, skip_empty_lines: true },
      on_record: (record: string[], { lines: line }) => {
        lines.push(line);
        return record;
      },
    });
    return records.map((record, index) => ({ record, line: lines[index] ?? 1 }));
  } catch (error) {
    if (!(error instanceof CsvError)) throw error;
    const line = typeof error.lines === "number" ? error.lines : 1;
    throw new CsvProblem(line, "table", `is not CSV: ${error.message}`);
  }
}

/** What of the scale was asked for. */
export type AskedScale = Partial<ScoreScale>;

/**
 * The scale that was asked for, what is left out taken from the scores: the lowest, the highest, and the widest step that reaches
 * all. Throws CsvProblem where they lie on no scale.
 */
export function scaleFor(scores: readonly number[], asked: AskedScale): ScoreScale {
  const min = asked.min ?? scores.reduce((least, score) => Math.min(least, score));
  const top = asked.max ?? scores.reduce((most, score) => Math.max(most, score));
  // Whole millionths, so that 0.1 + 0.2 is where 0.3 is.
  const millionths = (value: number): number => Math.round(value * 1e6);
  const distances = [...scores, top].map((score) => Math.abs(millionths(score) - millionths(min)));
  const step = asked.step ?? (distances.reduce(commonDivisor, 0) / 1e6 || 1);
  // One score alone still lies on a scale of two.
  const max = top > min || asked.max !== undefined ? top : min + step;
  if (asked.step === undefined && (max - min) / step + 1 > categoriesMax)
    throw new CsvProblem(
      1,
      "score",
      `scores lie on no scale of at most ${categoriesMax} steps; give --min, --max and --step`,
    );
  return { min, max, step };
}

function commonDivisor(a: number, b: number): number {
  return b === 0 ? a : commonDivisor(b, a % b);
}
