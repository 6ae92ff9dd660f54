import type { ReportedLevel } from "./cefr.ts";
import { IELP, type IelpSection } from "./schemes/ielp.ts";

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

/** The same rows per section, so that a look-up is a walk over ten numbers. */
const rowsOf: Readonly<Record<IelpSection, readonly { readonly lower: number; readonly upper: number }[]>> = {
  reading: IELP.rows.map((row) => ({ lower: row.reading[0], upper: row.reading[1] })),
  listening: IELP.rows.map((row) => ({ lower: row.listening[0], upper: row.listening[1] })),
  writing: IELP.rows.map((row) => ({ lower: row.writing[0], upper: row.writing[1] })),
  speaking: IELP.rows.map((row) => ({ lower: row.speaking[0], upper: row.speaking[1] })),
};

/** The level each row prints, lowest row first. */
export const rowLevels: readonly ReportedLevel[] = IELP.rows.map((row) => row.cefr);

/** The place of a raw score (hundredths, already within 0 and the maximum), undefined below the table. */
export function placeOnTable(section: IelpSection, raw: number): TablePlace | undefined {
  if (raw < IELP.rules.belowTableHundredths) return undefined;
  const rows = rowsOf[section];
  let above: number = IELP.rules.belowTableHundredths;
  for (let rowIndex = 0; rowIndex < rows.length; rowIndex += 1) {
    const row = rows[rowIndex];
    const cefr = rowLevels[rowIndex];
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
