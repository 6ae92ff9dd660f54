import { belowA1, type CefrLevel, cefrLevels, type LevelBand, levelBands, type ReportedLevel } from "./cefr.ts";
import { creditRule, findCredit } from "./credit.ts";
import { ScoringError } from "./error.ts";
import type { IelpScheme } from "./ielp-scheme.ts";
import { type IelpTables, overallLevel, placeOnTable, tablesOf } from "./ielp-table.ts";
import { type CountingRatings, ielpGrid, readRatings } from "./ratings.ts";
import {
  addFraction,
  addWeighted,
  createSum,
  type ExactSum,
  formatScaled,
  fromNumber,
  multiply,
  parseDecimal,
  percentOf,
  type Rational,
  rational,
  roundedSum,
  sumOf,
} from "./rational.ts";
import {
  IELP,
  type IelpComposite,
  type IelpSection,
  ielpSections,
  type SpeakingCriterion,
  type WritingCriterion,
} from "./schemes/ielp.ts";
import { type BandPlace, bandPlace, type IelpTrace, type SectionParts, type SectionTotal, traceIelp } from "./trace.ts";

/** One scored item of Reading or Listening. `id` and `subSkill` only label the breakdown and the trace. */
export interface IelpItem {
  readonly cefr: CefrLevel;
  /** 0–1; a number counts as the decimal it prints as, text as `1/2` or `0.5`. A missing response has credit 0. */
  readonly credit: Rational | number | string;
  readonly subSkill?: string | undefined;
  readonly id?: string | undefined;
}

/** One Writing or Speaking task with the rating or ratings that count; a script that cannot be marked has ratings all 0. */
export interface IelpTask<Criterion extends string> {
  readonly level: LevelBand;
  readonly ratings: CountingRatings<Criterion>;
  readonly subSkill?: string | undefined;
  readonly id?: string | undefined;
}

/** A whole attempt: 12 + 12 items (two per level), 3 writing tasks (A, B, C), 6 speaking tasks (AABBCC), in any order. */
export interface IelpResponses {
  readonly reading: readonly IelpItem[];
  readonly listening: readonly IelpItem[];
  readonly writing: readonly IelpTask<WritingCriterion>[];
  readonly speaking: readonly IelpTask<SpeakingCriterion>[];
}

export interface IelpSectionResult {
  /** Raw, maximum, percent and band with two decimals. */
  readonly raw: string;
  readonly max: string;
  readonly percent: string;
  readonly band: string;
  readonly cefr: ReportedLevel;
}

export interface SubSkillResult {
  readonly subSkill: string;
  /** Credit-weighted points won and possible, two decimals, rounded for reading only. */
  readonly raw: string;
  readonly possible: string;
  readonly percent: string;
}

export interface IelpResult {
  readonly scheme: "ielp";
  readonly version: string;
  readonly hash: string;
  readonly sections: Readonly<Record<IelpSection, IelpSectionResult>>;
  /** Whole percent. */
  readonly composites: Readonly<Record<IelpComposite, number>>;
  readonly overall: { readonly band: string; readonly cefr: ReportedLevel };
  /** Per section in alphabetical order; empty where no part carries a sub-skill. */
  readonly subSkills: Readonly<Record<IelpSection, readonly SubSkillResult[]>>;
  readonly trace?: IelpTrace;
}

export interface ScoreOptions {
  readonly trace?: boolean;
  /** The version of `ielp` to score by; the newest published one unless told. */
  readonly scheme?: IelpScheme;
}

/**
 * Scores a whole attempt (scoring.md, 1). All four sections are needed, with the right number of parts per level: an
 * unanswered item has credit 0, an unmarkable script ratings of 0. Throws ScoringError naming the first bad field.
 *
 * @example scoreIelp({ reading, listening, writing, speaking }, { trace: true }).overall // { band: "6.50", cefr: "C1" }
 */
export function scoreIelp(responses: IelpResponses, options: ScoreOptions = {}): IelpResult {
  const keep = options.trace === true;
  const tables = tablesOf(options.scheme ?? IELP);
  const { writing, speaking } = tables.scheme.sections;
  return assemble(
    tables,
    {
      reading: scoreItems(tables, "reading", responses.reading, keep),
      listening: scoreItems(tables, "listening", responses.listening, keep),
      writing: scoreTasks(tables, "writing", responses.writing, writing.criteria, keep),
      speaking: scoreTasks(tables, "speaking", responses.speaking, speaking.criteria, keep),
    },
    keep,
  );
}

/** Scores four given raw scores: 0 to the section's maximum, at most two decimals. Throws ScoringError with the section as field. */
export function scoreIelpRaw(
  raw: Readonly<Record<IelpSection, Rational | number | string>>,
  options: ScoreOptions = {},
): IelpResult {
  const tables = tablesOf(options.scheme ?? IELP);
  const given = (section: IelpSection): ScoredSection => ({
    rawHundredths: readRaw(tables, section, raw[section]),
    subSkills: [],
    parts: { kind: "raw" },
  });
  return assemble(
    tables,
    {
      reading: given("reading"),
      listening: given("listening"),
      writing: given("writing"),
      speaking: given("speaking"),
    },
    options.trace === true,
  );
}

/** Scores Reading or Listening alone, as soon as it has been submitted: 12 items, two per level. Throws ScoringError naming the first bad field. */
export function scoreIelpItems(section: "reading" | "listening", items: readonly IelpItem[]): IelpSectionResult {
  const tables = tablesOf(IELP);
  return finishSection(tables, section, scoreItems(tables, section, items, false).rawHundredths).result;
}

/** Band, CEFR and place in the table of one raw score (0 to the section's maximum, at most two decimals). Throws ScoringError with the section as field. */
export function ielpBandFromRaw(section: IelpSection, raw: Rational | number | string): BandPlace {
  const tables = tablesOf(IELP);
  return bandPlace(tables, section, readRaw(tables, section, raw));
}

interface ScoredSection {
  readonly rawHundredths: number;
  readonly subSkills: readonly SubSkillResult[];
  readonly parts: SectionParts;
}

function readRaw(tables: IelpTables, section: IelpSection, value: unknown): number {
  const exact = exactRaw(value);
  if (exact === undefined) {
    throw new ScoringError(section, value === undefined ? "is missing" : "must be a decimal such as 13.00");
  }
  const maximum = tables.scheme.sections[section].maximumHundredths;
  const hundredths = multiply(exact, HUNDRED);
  if (hundredths.num < 0n || hundredths.num > BigInt(maximum) * hundredths.den) {
    throw new ScoringError(section, `must be from 0.00 to ${formatScaled(maximum, 2)}`);
  }
  const writtenDecimals = typeof value === "string" ? (value.split(".")[1] ?? "").length : 0;
  if (hundredths.den !== 1n || writtenDecimals > 2) throw new ScoringError(section, "must have at most two decimals");
  return Number(hundredths.num);
}

const HUNDRED = rational(100);
const PLAIN_DECIMAL = /^-?[0-9.]+$/;

function exactRaw(value: unknown): Rational | undefined {
  if (typeof value === "number") return fromNumber(value);
  if (typeof value === "string") return PLAIN_DECIMAL.test(value) ? parseDecimal(value) : undefined;
  if (typeof value === "object" && value !== null && "num" in value && "den" in value) {
    const { num, den } = value;
    if (typeof num === "bigint" && typeof den === "bigint" && den > 0n) return rational(num, den);
  }
  return undefined;
}

function scoreItems(
  { scheme, itemWeights }: IelpTables,
  section: IelpSection,
  items: readonly IelpItem[],
  keep: boolean,
): ScoredSection {
  const perLevel = scheme.objective.itemsPerLevel;
  const list = listOf(items, section);
  const counts = [0, 0, 0, 0, 0, 0];
  const sum = createSum();
  const bySubSkill: Breakdown = [];
  const scored = [];
  for (let index = 0; index < list.length; index += 1) {
    const item = partOf(list, index, section);
    const level = cefrLevels.indexOf(item.cefr);
    if (level === -1) throw new ScoringError(`${section}[${index}].cefr`, `must be one of ${cefrLevels.join(", ")}`);
    counts[level] = (counts[level] ?? 0) + 1;
    const weightHundredths = itemWeights[level] ?? 0;
    const credit = findCredit(item.credit);
    if (credit === undefined) throw new ScoringError(`${section}[${index}].credit`, creditRule);
    addWeighted(sum, weightHundredths, credit);
    if (item.subSkill !== undefined) {
      const line = breakdownLine(bySubSkill, item.subSkill);
      line.possibleHundredths += weightHundredths;
      addWeighted(line.won, weightHundredths, credit);
    }
    if (keep) scored.push({ tags: item, level: item.cefr, weightHundredths, credit });
  }
  if (list.length !== perLevel * cefrLevels.length || counts.some((count) => count !== perLevel)) {
    const has = cefrLevels.map((level, index) => `${level} ${counts[index] ?? 0}`).join(", ");
    throw new ScoringError(
      section,
      `needs ${perLevel * cefrLevels.length} items, ${perLevel} per CEFR level (has ${list.length}: ${has})`,
    );
  }
  return {
    rawHundredths: roundedSum(sum),
    subSkills: breakdownOf(bySubSkill),
    parts: keep ? { kind: "objective", items: scored, exactHundredths: sumOf(sum) } : NO_PARTS,
  };
}

function scoreTasks<Criterion extends WritingCriterion | SpeakingCriterion>(
  { scheme }: IelpTables,
  section: "writing" | "speaking",
  tasks: readonly IelpTask<Criterion>[],
  criteria: readonly Criterion[],
  keep: boolean,
): ScoredSection {
  const wanted = scheme.sections[section].tasks;
  const list = listOf(tasks, section);
  const counts = { A: 0, B: 0, C: 0 };
  const sum = createSum();
  const bySubSkill: Breakdown = [];
  const scored = [];
  for (let index = 0; index < list.length; index += 1) {
    const task = partOf(list, index, section);
    if (!levelBands.includes(task.level)) {
      throw new ScoringError(`${section}[${index}].level`, `must be one of ${levelBands.join(", ")}`);
    }
    counts[task.level] += 1;
    const weightThousandths = scheme.rated.weightThousandths[task.level];
    const ratings = readRatings(task.ratings, criteria, ielpGrid, `${section}[${index}].ratings`);
    let halves = 0;
    for (const criterionSum of ratings.sums) halves += criterionSum;
    // weight/1000 × halves / (2 × ratings × criteria) points, × 100 for hundredths.
    const num = weightThousandths * halves;
    const den = 20 * ratings.units.length * criteria.length;
    addFraction(sum, num, den);
    if (task.subSkill !== undefined) {
      const line = breakdownLine(bySubSkill, task.subSkill);
      line.possibleHundredths += weightThousandths;
      addFraction(line.won, num, den);
    }
    if (keep) scored.push({ tags: task, level: task.level, weightThousandths, criteria, halves: ratings.units });
  }
  if (levelBands.some((level) => counts[level] !== wanted[level])) {
    const count = (of: Readonly<Record<LevelBand, number>>) =>
      levelBands.map((level) => `${level} ${of[level]}`).join(", ");
    throw new ScoringError(section, `needs the tasks ${count(wanted)} (has ${count(counts)})`);
  }
  return {
    rawHundredths: roundedSum(sum),
    subSkills: breakdownOf(bySubSkill),
    parts: keep ? { kind: "rated", tasks: scored, exactHundredths: sumOf(sum) } : NO_PARTS,
  };
}

const NO_PARTS: SectionParts = { kind: "raw" };

function listOf<Part>(parts: readonly Part[], section: IelpSection): readonly Part[] {
  if (!Array.isArray(parts)) throw new ScoringError(section, parts === undefined ? "is missing" : "must be a list");
  return parts;
}

function partOf<Part>(parts: readonly Part[], index: number, section: IelpSection): Part {
  const part = parts[index];
  if (typeof part !== "object" || part === null) throw new ScoringError(`${section}[${index}]`, "must be an object");
  return part;
}

interface BreakdownLine {
  readonly subSkill: string;
  /** A rated task's possible points are 10 × its weight: its weight in thousandths is its maximum in hundredths. */
  possibleHundredths: number;
  readonly won: ExactSum;
}

/** A section has a handful of sub-skills: looking along a list is quicker than hashing. */
type Breakdown = BreakdownLine[];

function breakdownLine(breakdown: Breakdown, subSkill: string): BreakdownLine {
  for (const line of breakdown) if (line.subSkill === subSkill) return line;
  const line = { subSkill, possibleHundredths: 0, won: createSum() };
  breakdown.push(line);
  return line;
}

function breakdownOf(breakdown: Breakdown): readonly SubSkillResult[] {
  if (breakdown.length > 1) breakdown.sort(bySubSkillName);
  return breakdown.map(subSkillResult);
}

function bySubSkillName(a: BreakdownLine, b: BreakdownLine): number {
  return a.subSkill < b.subSkill ? -1 : 1;
}

function subSkillResult({ subSkill, possibleHundredths, won }: BreakdownLine): SubSkillResult {
  return {
    subSkill,
    raw: formatScaled(roundedSum(won), 2),
    possible: formatScaled(possibleHundredths, 2),
    percent: percentOf(won, possibleHundredths),
  };
}

function assemble(
  tables: IelpTables,
  scored: Readonly<Record<IelpSection, ScoredSection>>,
  trace: boolean,
): IelpResult {
  const { scheme } = tables;
  const reading = finishSection(tables, "reading", scored.reading.rawHundredths);
  const listening = finishSection(tables, "listening", scored.listening.rawHundredths);
  const writing = finishSection(tables, "writing", scored.writing.rawHundredths);
  const speaking = finishSection(tables, "speaking", scored.speaking.rawHundredths);
  const totals = {
    reading: reading.total,
    listening: listening.total,
    writing: writing.total,
    speaking: speaking.total,
  };

  let sumTenths = 0;
  for (const section of ielpSections) sumTenths += totals[section].bandTenths;
  // Mean of four in hundredths, half up: sum × 10 / 4 = sum × 5 / 2.
  const bandHundredths = Math.floor((sumTenths * 5 + 1) / 2);
  const overall: IelpResult["overall"] = {
    band: formatScaled(bandHundredths, 2),
    cefr: overallLevel(tables, bandHundredths),
  };
  const composites = {
    literacy: compositeOf(scheme.composites.literacy, totals),
    comprehension: compositeOf(scheme.composites.comprehension, totals),
    conversation: compositeOf(scheme.composites.conversation, totals),
    production: compositeOf(scheme.composites.production, totals),
  };
  const result: IelpResult = {
    scheme: "ielp",
    version: scheme.version,
    hash: scheme.hash,
    sections: {
      reading: reading.result,
      listening: listening.result,
      writing: writing.result,
      speaking: speaking.result,
    },
    composites,
    overall,
    subSkills: {
      reading: scored.reading.subSkills,
      listening: scored.listening.subSkills,
      writing: scored.writing.subSkills,
      speaking: scored.speaking.subSkills,
    },
  };
  if (!trace) return result;
  const parts = {
    reading: scored.reading.parts,
    listening: scored.listening.parts,
    writing: scored.writing.parts,
    speaking: scored.speaking.parts,
  };
  return { ...result, trace: traceIelp(tables, totals, parts, { composites, overall }) };
}

/** Mean band × 10 as a whole percent, half up: the mean of the bands counted in tenths. */
function compositeOf(sections: readonly IelpSection[], totals: Readonly<Record<IelpSection, SectionTotal>>): number {
  let tenths = 0;
  for (const section of sections) tenths += totals[section].bandTenths;
  return Math.floor((2 * tenths + sections.length) / (2 * sections.length));
}

function finishSection(
  tables: IelpTables,
  section: IelpSection,
  rawHundredths: number,
): { readonly total: SectionTotal; readonly result: IelpSectionResult } {
  const maximum = tables.scheme.sections[section].maximumHundredths;
  const place = placeOnTable(tables, section, rawHundredths);
  const bandTenths = place?.bandTenths ?? 0;
  // raw / max × 100 in hundredths of a percent, half up.
  const percent = formatScaled(Math.floor((2 * 10_000 * rawHundredths + maximum) / (2 * maximum)), 2);
  return {
    total: { rawHundredths, percent, bandTenths },
    result: {
      raw: formatScaled(rawHundredths, 2),
      max: formatScaled(maximum, 2),
      percent,
      band: formatScaled(bandTenths * 10, 2),
      cefr: place?.cefr ?? belowA1,
    },
  };
}
