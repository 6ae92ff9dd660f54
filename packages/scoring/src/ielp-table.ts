import { belowA1, cefrLevels, type ReportedLevel } from "./cefr.ts";
import type { IelpScheme } from "./ielp-scheme.ts";
import type { IelpSection } from "./schemes/ielp.ts";

/** Where a raw score stands in the table of scoring.md, 1. Raw scores and row ends in hundredths. */
export interface TablePlace {
  /** From 0, lowest row first. */
  readonly rowIndex: number;
  readonly cefr: ReportedLevel;
  /** Printed ends. */
  readonly lower: number;
  readonly upper: number;
  /** What the row's ten parts are measured from: the upper end of the row before, 1.00 for the first. */
  readonly above: number;
  readonly step: number;
  readonly bandTenths: number;
}

const STEPS = 10;

/** A scheme's data in the order the arithmetic walks them. */
export interface IelpTables {
  readonly scheme: IelpScheme;
  /** Item weights in the order of `cefrLevels`. */
  readonly itemWeights: readonly number[];
  /** The same rows per section, so that a look-up is a walk over ten numbers. */
  readonly rows: Readonly<Record<IelpSection, readonly { readonly lower: number; readonly upper: number }[]>>;
  /** The level each row prints, lowest row first. */
  readonly rowLevels: readonly ReportedLevel[];
  readonly belowTable: number;
}

const prepared = new WeakMap<IelpScheme, IelpTables>();

/** The tables of a scheme, made once for each: schemes are frozen. */
export function tablesOf(scheme: IelpScheme): IelpTables {
  const known = prepared.get(scheme);
  if (known !== undefined) return known;
  const ends = (section: IelpSection) => scheme.rows.map((row) => ({ lower: row[section][0], upper: row[section][1] }));
  const tables: IelpTables = {
    scheme,
    itemWeights: cefrLevels.map((level) => scheme.objective.weightHundredths[level]),
    rows: {
      reading: ends("reading"),
      listening: ends("listening"),
      writing: ends("writing"),
      speaking: ends("speaking"),
    },
    rowLevels: scheme.rows.map((row) => row.cefr),
    belowTable: scheme.rules.belowTableHundredths,
  };
  prepared.set(scheme, tables);
  return tables;
}

/** The place of a raw score (hundredths, already within 0 and the maximum), undefined below the table. */
export function placeOnTable(tables: IelpTables, section: IelpSection, raw: number): TablePlace | undefined {
  if (raw < tables.belowTable) return undefined;
  const rows = tables.rows[section];
  let above = tables.belowTable;
  for (let rowIndex = 0; rowIndex < rows.length; rowIndex += 1) {
    const row = rows[rowIndex];
    const cefr = tables.rowLevels[rowIndex];
    if (row === undefined || cefr === undefined) break;
    const { lower, upper } = row;
    if (raw <= upper) {
      // Both counts are small integers: a whole quotient is exact in binary, and no other quotient rounds to a whole one.
      const step = Math.min(STEPS, Math.max(1, Math.ceil((STEPS * (raw - above)) / (upper - above))));
      return { rowIndex, cefr, lower, upper, above, step, bandTenths: rowIndex * STEPS + step };
    }
    above = upper;
  }
  throw new RangeError(`raw score ${raw} lies above the ${section} table`);
}

/** The lowest and highest raw score (hundredths) that take the same step. */
export function stepRange(place: TablePlace): { readonly lowest: number; readonly highest: number } {
  const width = place.upper - place.above;
  const end = (step: number): number => place.above + Math.floor((width * step) / STEPS);
  // Only the first row contains the value it is measured from (1.00); any other row's belongs to the row before.
  const lowest = place.rowIndex === 0 && place.step === 1 ? place.above : end(place.step - 1) + 1;
  return { lowest, highest: end(place.step) };
}

/** Row (from 0) that holds an overall band in hundredths, undefined at 0.00. Each row reaches from above the previous row's end to its own. */
export function overallRow(bandHundredths: number): number | undefined {
  return bandHundredths === 0 ? undefined : Math.ceil(bandHundredths / 100) - 1;
}

/** The level of an overall band in hundredths. */
export function overallLevel(tables: IelpTables, bandHundredths: number): ReportedLevel {
  const row = overallRow(bandHundredths);
  return row === undefined ? belowA1 : (tables.rowLevels[row] ?? belowA1);
}
