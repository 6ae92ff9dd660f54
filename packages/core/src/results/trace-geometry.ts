import { IELP, type IelpSection } from "@bandwise/scoring/schemes/ielp";
import type { SectionTrace } from "@bandwise/scoring/trace";
import { creditText, inWords, trimDecimals } from "./report-words.ts";

// Everything in a section's trace is drawn on one axis, the raw score from 0 to its maximum: places are shares of it, in percent.

export interface TraceBlock {
  readonly key: number;
  /** Over the block. */
  readonly level: string;
  /** Under the block: credit, or the mean of the criteria. */
  readonly figure: string;
  readonly start: number;
  readonly width: number;
  /** How much of the block is filled, 0–1. */
  readonly fill: number;
  /** For a pointer resting on it. */
  readonly title: string;
}

export interface RowEnd {
  readonly at: number;
  readonly text: string;
  /** An end of the row that counts. */
  readonly held: boolean;
  /** Whether there is room for it: on every screen, on wide ones only, or nowhere. */
  readonly room: "all" | "wide" | "none";
}

/** As wide as the weight, as full as the credit. Empty for a section of which only the raw score is known. */
export function traceBlocks(trace: SectionTrace): TraceBlock[] {
  const maximum = Number(trace.max);
  const parts =
    trace.kind === "objective"
      ? trace.items.map((item) => ({
          possible: Number(item.weight),
          fill: Number(item.creditDecimal),
          figure: creditText(item.credit),
          level: item.level,
          title: `${item.level}${item.subSkill === undefined ? "" : `, ${inWords(item.subSkill)}`}: credit ${item.credit}`,
        }))
      : trace.kind === "rated"
        ? trace.tasks.map((task) => ({
            possible: Number(task.possible),
            fill: Number(task.meanDecimal) / 10,
            figure: trimDecimals(task.meanDecimal, 1),
            level: task.level,
            title: `Task ${task.level}${task.subSkill === undefined ? "" : `, ${inWords(task.subSkill)}`}: mean ${trimDecimals(task.meanDecimal, 1)}`,
          }))
        : [];
  let before = 0;
  return parts.map(({ possible, ...part }, index) => {
    const start = before;
    const width = (100 * possible) / maximum;
    before += width;
    return { key: index, start, width, ...part };
  });
}

/** The filled parts put end to end. */
export function packBlocks(blocks: readonly TraceBlock[]): { key: number; start: number; width: number }[] {
  let before = 0;
  return blocks
    .filter((block) => block.fill > 0)
    .map((block) => {
      const start = before;
      const width = block.width * block.fill;
      before += width;
      return { key: block.key, start, width };
    });
}

/** The rows of the section's table along the raw score: each from the row before's upper end to its own. */
export function tableRows(
  section: IelpSection,
  held: number | null,
): { start: number; width: number; held: boolean }[] {
  const maximum = IELP.sections[section].maximumHundredths;
  return IELP.rows.map((row, index) => {
    const above = IELP.rows[index - 1]?.[section][1] ?? IELP.rules.belowTableHundredths;
    return {
      start: (100 * above) / maximum,
      width: (100 * (row[section][1] - above)) / maximum,
      held: index + 1 === held,
    };
  });
}

/** Closer than this, in percent of the axis, two figures would run into each other: on a phone, and on a wide screen per character. */
const roomOnPhone = 14;
const roomPerCharacter = 1.15;

/** The figures under the rows: both ends of the held row always, of the others those with room. */
export function rowEnds(section: IelpSection, held: number | null): RowEnd[] {
  const maximum = IELP.sections[section].maximumHundredths;
  const hundredths = [IELP.rules.belowTableHundredths, ...IELP.rows.map((row) => row[section][1])];
  const all = hundredths.map((value, index) => ({
    at: (100 * value) / maximum,
    text: (value / 100).toFixed(2),
    held: held !== null && (index === held || index === held - 1),
  }));
  const withRoom = (first: readonly number[], least: (text: string) => number): number[] => {
    const placed = [...first];
    for (const end of all) {
      if (placed.every((at) => Math.abs(at - end.at) >= least(end.text))) placed.push(end.at);
    }
    return placed;
  };
  const heldEnds = all.filter((end) => end.held).map((end) => end.at);
  const onPhone = withRoom(heldEnds, () => roomOnPhone);
  const onWide = withRoom(onPhone, (text) => text.length * roomPerCharacter);
  return all.map((end) => ({
    ...end,
    room: onPhone.includes(end.at) ? "all" : onWide.includes(end.at) ? "wide" : "none",
  }));
}
