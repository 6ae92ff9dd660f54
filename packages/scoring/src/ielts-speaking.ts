import { type CountingRatings, ieltsGrid, nearestHalves, readRatings } from "./ratings.ts";
import { formatScaled, rational, toFraction } from "./rational.ts";
import { type SchemeStamp, stampOf } from "./scheme.ts";
import { IELTS_SPEAKING, type IeltsCriterion, type IeltsSpeakingScheme } from "./schemes/ielts-speaking.ts";

/** A bound of the overall level's descriptor that the profile of criteria crosses. Shown to the examiner; never changes the score. */
export interface Advisory {
  /** The overall level whose wording is quoted, one decimal. */
  readonly level: string;
  readonly rule: "none-below" | "none-above" | "at-most-below";
  /** The band the rule names, one decimal. */
  readonly limit: string;
  /** How many criteria the rule lets lie below the limit (0 but for `at-most-below`). */
  readonly allowed: number;
  /** The criteria that cross it, in the scheme's order. */
  readonly criteria: readonly IeltsCriterion[];
  readonly descriptor: string;
}

export interface IeltsSpeakingResult {
  readonly scheme: "ielts-speaking";
  readonly version: string;
  readonly hash: string;
  /** Three decimals. */
  readonly mean: string;
  /** One decimal: `rounded`, `penalty` (a positive amount taken off) and `overall`. */
  readonly rounded: string;
  readonly penalty: string;
  readonly overall: string;
  readonly advisories: readonly Advisory[];
  readonly trace?: IeltsSpeakingTrace;
}

export interface IeltsSpeakingTrace {
  readonly scheme: SchemeStamp;
  readonly criteria: readonly {
    readonly criterion: IeltsCriterion;
    /** Each counting rating, one decimal. */
    readonly scores: readonly string[];
    /** Exact mean of the ratings and the half band it was rounded to. */
    readonly mean: string;
    readonly band: string;
    /** `rounded − band`, one decimal, negative when the criterion lies above. */
    readonly belowRounded: string;
    readonly triggersPenalty: boolean;
  }[];
  readonly sum: string;
  readonly exactMean: string;
  readonly rounded: string;
  readonly consistency: IeltsSpeakingScheme["consistency"];
  readonly penalty: string;
  readonly overall: string;
  /** The overall level's wording; null for the levels the scale has no wording for. */
  readonly descriptor: string | null;
}

/**
 * Scores one interview (scoring.md, 2): four criteria 0–9 in steps of 0.5, one rating or all that count (each criterion then
 * takes their mean to the nearest half, ties up). Throws ScoringError naming the bad criterion.
 *
 * @example scoreIeltsSpeaking({ fluency: 7, vocabulary: 6.5, grammar: 6, pronunciation: 7 }).overall // "6.5"
 */
export function scoreIeltsSpeaking(
  ratings: CountingRatings<IeltsCriterion>,
  options: { readonly trace?: boolean; readonly scheme?: IeltsSpeakingScheme } = {},
): IeltsSpeakingResult {
  const scheme = options.scheme ?? IELTS_SPEAKING;
  const read = readRatings(ratings, scheme.criteria, ieltsGrid, "ratings");
  const halves = nearestHalves(read);
  const sum = halves.reduce((total, band) => total + band, 0);
  // The rule's three cases are "to the nearest half, ties up": sum / 8 bands, so sum / 4 halves.
  const rounded = Math.floor((sum + 2) / 4);
  const triggers = halves.map((band) => isInconsistent(rounded - band, scheme.consistency));
  const penalty = triggers.includes(true) ? Math.min(scheme.penaltyHalves, rounded) : 0;
  const overall = rounded - penalty;
  const result: IeltsSpeakingResult = {
    scheme: "ielts-speaking",
    version: scheme.version,
    hash: scheme.hash,
    mean: formatScaled(sum * 125, 3),
    rounded: bandText(rounded),
    penalty: bandText(penalty),
    overall: bandText(overall),
    advisories: advisoriesFor(overall, halves, scheme),
  };
  if (options.trace !== true) return result;
  return {
    ...result,
    trace: {
      scheme: stampOf(scheme),
      criteria: scheme.criteria.map((criterion, place) => {
        const band = halves[place] ?? 0;
        return {
          criterion,
          scores: read.units.map((rating) => bandText(rating[place] ?? 0)),
          mean: toFraction(rational(read.sums[place] ?? 0, 2 * read.units.length)),
          band: bandText(band),
          belowRounded: bandText(rounded - band),
          triggersPenalty: triggers[place] ?? false,
        };
      }),
      sum: bandText(sum),
      exactMean: toFraction(rational(sum, 8)),
      rounded: result.rounded,
      consistency: scheme.consistency,
      penalty: result.penalty,
      overall: result.overall,
      descriptor: scheme.overall.find((level) => level.halves === overall)?.descriptor ?? null,
    },
  };
}

/** Two halves are the one level of the consistency rule. */
function isInconsistent(halvesBelow: number, rule: IeltsSpeakingScheme["consistency"]): boolean {
  return rule === "at-least-1" ? halvesBelow >= 2 : halvesBelow > 2;
}

function advisoriesFor(overall: number, halves: readonly number[], scheme: IeltsSpeakingScheme): Advisory[] {
  const level = scheme.overall.find((candidate) => candidate.halves === overall);
  if (level === undefined) return [];
  const { noneBelow, noneAbove, atMost } = level.limits;
  const advisories: Advisory[] = [];
  const check = (
    rule: Advisory["rule"],
    limit: number | undefined,
    allowed: number,
    crosses: (band: number) => boolean,
  ) => {
    if (limit === undefined) return;
    const criteria = scheme.criteria.filter((_, place) => crosses(halves[place] ?? 0));
    if (criteria.length <= allowed) return;
    advisories.push({
      level: bandText(overall),
      rule,
      limit: bandText(limit),
      allowed,
      criteria,
      descriptor: level.descriptor,
    });
  };
  check("none-below", noneBelow, 0, (band) => band < (noneBelow ?? 0));
  check("none-above", noneAbove, 0, (band) => band > (noneAbove ?? 0));
  check("at-most-below", atMost?.below, atMost?.criteria ?? 0, (band) => band < (atMost?.below ?? 0));
  return advisories;
}

function bandText(halves: number): string {
  return halves < 0 ? `-${formatScaled(-halves * 5, 1)}` : formatScaled(halves * 5, 1);
}
