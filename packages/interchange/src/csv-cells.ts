import { type Column, csvColumns, type Row } from "./csv-columns.ts";
import type { Finding } from "./item-model.ts";

/**
 * Text in a spreadsheet's cell. A cell that begins with =, +, -, @ (or their wide forms), tab, return or line feed would be run as
 * a formula by some spreadsheets, so an apostrophe goes before it, as a person would type it; reading takes it off again.
 * Numbers stay numbers.
 */
const formula = /^'*[=+\-@＝＋－＠\t\r\n]/;
const number = /^-?[0-9]+(\.[0-9]+)?$/;

export function toCell(text: string): string {
  return formula.test(text) && !number.test(text) ? `'${text}` : text;
}

export function fromCell(cell: string): string {
  return cell.startsWith("'") && formula.test(cell) ? cell.slice(1) : cell;
}

/** Entries with a name, one a line: `a) an apple`. A line without a name goes on with the entry before it. */
export function toLines(entries: readonly (readonly [name: string, text: string])[]): string {
  return entries.map(([name, text]) => `${name}) ${text}`).join("\n");
}

const entry = /^([A-Za-z0-9:./-]{1,40})\)\s?(.*)$/;
/** Wrong answers may be named by what was typed: `2:at nine) …`. */
const looseEntry = /^([^()]{1,60})\)\s?(.*)$/;

/** A first line without a name is an entry named by nothing, which no schema lets pass: it is not lost on the way. */
export function fromLines(cell: string, isLoose = false): [string, string][] {
  const entries: [string, string][] = [];
  for (const line of plainLines(cell)) {
    const [, name, text = ""] = (isLoose ? looseEntry : entry).exec(line) ?? [];
    const last = entries.at(-1);
    if (name !== undefined) entries.push([name, text.trim()]);
    else if (last) last[1] = `${last[1]}\n${line}`;
    else entries.push(["", line]);
  }
  return entries;
}

/** One thing a line, empty lines aside. */
export function plainLines(cell: string): string[] {
  return cell
    .split(/\r?\n/)
    .map((line) => line.trim())
    .filter((line) => line !== "");
}

export const isYes = (text: string): boolean => /^(yes|y|true|1|x)$/i.test(text);
export const yesNo = (is: boolean | undefined): string => (is ? "yes" : "no");

/** A comma for a point is what some spreadsheets write. Text that is no number stays text: the bank's schema says so. */
export function numberOf(text: string): number | string {
  const value = Number(text.replace(",", "."));
  return text !== "" && Number.isFinite(value) ? value : text;
}

/** A row being read. What nobody asked for is told in the end: nothing typed is dropped without a word. */
export interface Cells {
  text(column: Column): string;
  number(column: Column): number | string;
  yes(column: Column): boolean;
  /** The field where the cell says something, nothing where it does not. */
  given(field: string, column: Column): Record<string, string>;
  /** What is taken where the cell is empty, told as a warning. */
  assume(column: Column, value: string, told: string): string;
  refuse(column: Column, message: string): void;
  findings(): Finding[];
}

export function cellsOf(row: Row): Cells {
  const asked = new Set<string>();
  const findings: Finding[] = [];
  const text = (column: Column): string => {
    asked.add(column);
    return row[column] ?? "";
  };
  return {
    text,
    number: (column) => numberOf(text(column)),
    yes: (column) => isYes(text(column)),
    given: (field, column) => (text(column) === "" ? {} : { [field]: text(column) }),
    assume(column, value, told) {
      if (text(column) !== "") return text(column);
      findings.push({ level: "warning", path: column, message: `not said in the table: ${told}` });
      return value;
    },
    refuse: (column, message) => void findings.push({ level: "rejected", path: column, message }),
    findings: () => [
      ...findings,
      ...Object.entries(row)
        .filter(([column, cell]) => cell !== "" && !asked.has(column))
        .map(([column]): Finding => {
          const isKnown = csvColumns.some((known) => known === column);
          const why = isKnown ? "such an item has no use for it" : "there is no such column";
          return { level: "warning", path: column, message: `${why}; it was left out` };
        }),
    ],
  };
}
