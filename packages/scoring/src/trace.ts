import { belowA1, type CefrLevel, type LevelBand, type ReportedLevel } from "./cefr.ts";
import { type IelpTables, overallRow, placeOnTable, stepRange } from "./ielp-table.ts";
import {
  formatHalfUp,
  formatQuotient,
  formatScaled,
  multiply,
  quotientText,
  type Rational,
  rational,
  toFraction,
} from "./rational.ts";
import { type SchemeStamp, stampOf } from "./scheme.ts";
import {
  type IelpComposite,
  type IelpSection,
  ielpComposites,
  ielpSections,
  type SpeakingCriterion,
  type WritingCriterion,
} from "./schemes/ielp.ts";

/**
 * "Why this band": every step of an `ielp` result as plain data (safe to store as JSON and to draw), with nothing of the item
 * but its level, sub-skill and the caller's own id. Exact values are fractions (`49/3`), decimals beside them are for reading.
 */
export interface IelpTrace {
  readonly scheme: SchemeStamp;
  readonly sections: Readonly<Record<IelpSection, SectionTrace>>;
  readonly composites: readonly CompositeTrace[];
  readonly overall: OverallTrace;
}

export type SectionTrace = ObjectiveSectionTrace | RatedSectionTrace | RawSectionTrace;

interface SectionTraceBase {
  readonly section: IelpSection;
  /** Rounded once, two decimals. */
  readonly raw: string;
  readonly max: string;
  readonly percent: string;
  readonly place: BandPlace;
}

/** Reading and Listening: raw = sum of weight × credit. */
export interface ObjectiveSectionTrace extends SectionTraceBase {
  readonly kind: "objective";
  readonly items: readonly ItemTrace[];
  /** The exact sum, before its one rounding. */
  readonly exactRaw: string;
}

/** Writing and Speaking: raw = sum of weight × mean of criteria. */
export interface RatedSectionTrace extends SectionTraceBase {
  readonly kind: "rated";
  readonly tasks: readonly TaskTrace[];
  readonly exactRaw: string;
}

/** A section scored from a given raw score: there are no parts to show. */
export interface RawSectionTrace extends SectionTraceBase {
  readonly kind: "raw";
}

export interface ItemTrace {
  /** From 1, in the order given. */
  readonly position: number;
  readonly id?: string;
  readonly level: CefrLevel;
  readonly subSkill?: string;
  /** Two decimals; also what full credit would add. */
  readonly weight: string;
  /** `0`, `1/2`, `1`. */
  readonly credit: string;
  readonly creditDecimal: string;
  readonly contribution: string;
  readonly contributionDecimal: string;
}

export interface TaskTrace {
  readonly position: number;
  readonly id?: string;
  readonly level: LevelBand;
  readonly subSkill?: string;
  /** Three decimals. */
  readonly weight: string;
  readonly criteria: readonly CriterionTrace[];
  /** Mean of the criteria, 0–10. */
  readonly mean: string;
  readonly meanDecimal: string;
  readonly contribution: string;
  readonly contributionDecimal: string;
  /** Weight × 10. */
  readonly possible: string;
}

export interface CriterionTrace {
  readonly criterion: WritingCriterion | SpeakingCriterion;
  /** Each counting rating, one decimal, in the order given. */
  readonly scores: readonly string[];
  readonly mean: string;
  readonly meanDecimal: string;
}

/** How a raw score became a band. */
export type BandPlace =
  | { readonly below: true; readonly raw: string; readonly band: "0.00"; readonly cefr: typeof belowA1 }
  | {
      readonly below: false;
      readonly raw: string;
      /** From 1, lowest row of the table first. */
      readonly row: number;
      /** Printed ends of the row. */
      readonly lower: string;
      readonly upper: string;
      /** What the ten equal parts are measured from: the row before's upper end (1.00 for the first row). */
      readonly above: string;
      /** 1–10. */
      readonly step: number;
      /** Lowest and highest raw score that take this step. */
      readonly stepLower: string;
      readonly stepUpper: string;
      readonly band: string;
      readonly cefr: ReportedLevel;
    };

export interface CompositeTrace {
  readonly composite: IelpComposite;
  readonly bands: readonly { readonly section: IelpSection; readonly band: string }[];
  readonly sum: string;
  /** Mean band × 10, exact, before its one rounding. */
  readonly exactPercent: string;
  readonly percent: number;
}

export interface OverallTrace {
  readonly bands: readonly { readonly section: IelpSection; readonly band: string }[];
  readonly sum: string;
  readonly count: number;
  readonly exactMean: string;
  readonly band: string;
  /** From 1; null when the band is 0.00. */
  readonly row: number | null;
  readonly cefr: ReportedLevel;
  readonly meaning: string;
}

/** What the scorer knows about a section; the trace says the same in words and fractions. */
export type SectionParts =
  | { readonly kind: "objective"; readonly items: readonly ScoredItem[]; readonly exactHundredths: Rational }
  | { readonly kind: "rated"; readonly tasks: readonly ScoredTask[]; readonly exactHundredths: Rational }
  | { readonly kind: "raw" };

interface Tagged {
  readonly id?: string | undefined;
  readonly subSkill?: string | undefined;
}

export interface ScoredItem {
  readonly tags: Tagged;
  readonly level: CefrLevel;
  readonly weightHundredths: number;
  readonly credit: Rational;
}

export interface ScoredTask {
  readonly tags: Tagged;
  readonly level: LevelBand;
  readonly weightThousandths: number;
  readonly criteria: readonly (WritingCriterion | SpeakingCriterion)[];
  /** `halves[rating][criterion]`. */
  readonly halves: readonly (readonly number[])[];
}

/** Hundredths in, tenths in: the totals a section came to. */
export interface SectionTotal {
  readonly rawHundredths: number;
  readonly percent: string;
  readonly bandTenths: number;
}

/** The band place of a raw score in hundredths that lies within the section's table. */
export function bandPlace(tables: IelpTables, section: IelpSection, rawHundredths: number): BandPlace {
  const place = placeOnTable(tables, section, rawHundredths);
  const raw = formatScaled(rawHundredths, 2);
  if (place === undefined) return { below: true, raw, band: "0.00", cefr: belowA1 };
  const range = stepRange(place);
  return {
    below: false,
    raw,
    row: place.rowIndex + 1,
    lower: formatScaled(place.lower, 2),
    upper: formatScaled(place.upper, 2),
    above: formatScaled(place.above, 2),
    step: place.step,
    stepLower: formatScaled(range.lowest, 2),
    stepUpper: formatScaled(range.highest, 2),
    band: formatScaled(place.bandTenths * 10, 2),
    cefr: place.cefr,
  };
}

/** Builds the trace of a result whose arithmetic is already done. */
export function traceIelp(
  tables: IelpTables,
  totals: Readonly<Record<IelpSection, SectionTotal>>,
  parts: Readonly<Record<IelpSection, SectionParts>>,
  result: {
    readonly composites: Readonly<Record<IelpComposite, number>>;
    readonly overall: { readonly band: string; readonly cefr: ReportedLevel };
  },
): IelpTrace {
  const section = (name: IelpSection): SectionTrace => sectionTrace(tables, name, totals[name], parts[name]);
  const listed = (names: readonly IelpSection[]) => {
    const sumTenths = names.reduce((sum, name) => sum + totals[name].bandTenths, 0);
    const bands = names.map((name) => ({ section: name, band: formatScaled(totals[name].bandTenths * 10, 2) }));
    return { bands, sumTenths };
  };
  const all = listed(ielpSections);
  const overallTenths = all.sumTenths;
  const row = overallRow(Math.round(Number(result.overall.band) * 100));
  return {
    scheme: stampOf(tables.scheme),
    sections: {
      reading: section("reading"),
      listening: section("listening"),
      writing: section("writing"),
      speaking: section("speaking"),
    },
    composites: ielpComposites.map((composite) => {
      const { bands, sumTenths } = listed(tables.scheme.composites[composite]);
      return {
        composite,
        bands,
        sum: formatScaled(sumTenths * 10, 2),
        exactPercent: toFraction(rational(sumTenths, bands.length)),
        percent: result.composites[composite],
      };
    }),
    overall: {
      bands: all.bands,
      sum: formatScaled(overallTenths * 10, 2),
      count: all.bands.length,
      exactMean: toFraction(rational(overallTenths, 10 * all.bands.length)),
      band: result.overall.band,
      row: row === undefined ? null : row + 1,
      cefr: result.overall.cefr,
      meaning: tables.scheme.levels[result.overall.cefr],
    },
  };
}

function sectionTrace(
  tables: IelpTables,
  section: IelpSection,
  total: SectionTotal,
  parts: SectionParts,
): SectionTrace {
  const base: SectionTraceBase = {
    section,
    raw: formatScaled(total.rawHundredths, 2),
    max: formatScaled(tables.scheme.sections[section].maximumHundredths, 2),
    percent: total.percent,
    place: bandPlace(tables, section, total.rawHundredths),
  };
  switch (parts.kind) {
    case "raw":
      return { kind: "raw", ...base };
    case "objective":
      return {
        kind: "objective",
        ...base,
        items: parts.items.map(itemTrace),
        exactRaw: inPoints(parts.exactHundredths),
      };
    case "rated":
      return { kind: "rated", ...base, tasks: parts.tasks.map(taskTrace), exactRaw: inPoints(parts.exactHundredths) };
  }
}

function inPoints(hundredths: Rational): string {
  return toFraction(multiply(hundredths, HUNDREDTH));
}

const HUNDREDTH = rational(1, 100);

function itemTrace(item: ScoredItem, index: number): ItemTrace {
  const { num, den } = item.credit;
  const weight = formatScaled(item.weightHundredths, 2);
  const step = { position: index + 1, level: item.level, weight };
  if (den <= 1_000_000n) {
    const [won, all] = [Number(num), Number(den)];
    const credit = {
      credit: quotientText(won, all),
      creditDecimal: formatQuotient(won, all, 3),
      contribution: quotientText(item.weightHundredths * won, 100 * all),
      contributionDecimal: formatQuotient(item.weightHundredths * won, 100 * all, 3),
    };
    return tagged(step, credit, item.tags);
  }
  const contribution = multiply(item.credit, rational(item.weightHundredths, 100));
  const credit = {
    credit: toFraction(item.credit),
    creditDecimal: formatHalfUp(item.credit, 3),
    contribution: toFraction(contribution),
    contributionDecimal: formatHalfUp(contribution, 3),
  };
  return tagged(step, credit, item.tags);
}

function taskTrace(task: ScoredTask, index: number): TaskTrace {
  const ratings = task.halves.length;
  const criteria: CriterionTrace[] = [];
  let sum = 0;
  for (let place = 0; place < task.criteria.length; place += 1) {
    const criterion = task.criteria[place];
    if (criterion === undefined) continue;
    const scores: string[] = [];
    let criterionSum = 0;
    for (const rating of task.halves) {
      const halves = rating[place] ?? 0;
      criterionSum += halves;
      scores.push(formatScaled(halves * 5, 1));
    }
    sum += criterionSum;
    criteria.push({
      criterion,
      scores,
      mean: quotientText(criterionSum, 2 * ratings),
      meanDecimal: formatQuotient(criterionSum, 2 * ratings, 3),
    });
  }
  const den = 2 * ratings * task.criteria.length;
  const weight = formatScaled(task.weightThousandths, 3);
  const step = { position: index + 1, level: task.level, weight };
  const marks = {
    criteria,
    mean: quotientText(sum, den),
    meanDecimal: formatQuotient(sum, den, 3),
    contribution: quotientText(task.weightThousandths * sum, 1000 * den),
    contributionDecimal: formatQuotient(task.weightThousandths * sum, 1000 * den, 3),
    possible: formatScaled(task.weightThousandths * 10, 3),
  };
  return tagged(step, marks, task.tags);
}

/** Adds the caller's labels, leaving out those it did not give. */
function tagged<Step extends object, Rest extends object>(
  step: Step,
  rest: Rest,
  { id, subSkill }: Tagged,
): Step & Rest & { id?: string; subSkill?: string } {
  const labels: { id?: string; subSkill?: string } = {};
  if (id !== undefined) labels.id = id;
  if (subSkill !== undefined) labels.subSkill = subSkill;
  return Object.assign(labels, step, rest);
}
