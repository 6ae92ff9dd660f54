import {
  conditionalError,
  markError,
  markErrorFromTolerance,
  meanError,
  sumError,
} from "@bandwise/psychometrics/standard-error";
import { type IelpResult, ielpBandFromRaw } from "@bandwise/scoring/ielp";
import { IELP, type IelpSection, ielpSections } from "@bandwise/scoring/schemes/ielp";
import type { ScoreRange } from "./range-schema.ts";
import type { ResultInputs } from "./schema.ts";

/** With thirty pairs the error's own error is 13 % (1/√60): fewer say too little. */
export const fewestDoubleMarks = 30;

/** What the marks of a skill are worth: how far pairs of them lay apart, and what the policy tolerates. */
export interface MarkEvidence {
  /** Between the means of the criteria, in points, of scripts that were marked twice. */
  readonly differences: readonly number[];
  readonly tolerance: number;
}

export interface MarkErrorFound {
  readonly error: number;
  readonly method: "double-marks" | "tolerance";
  readonly scripts?: number;
}

export function errorOfMarks({ differences, tolerance }: MarkEvidence): MarkErrorFound {
  const found = differences.length < fewestDoubleMarks ? null : markError(differences);
  return found === null
    ? { error: markErrorFromTolerance(tolerance), method: "tolerance" }
    : { error: found, method: "double-marks", scripts: differences.length };
}

/** An exact fraction as stored, `1/2` or `1`, for estimates that are not exact. */
export function fractionValue(fraction: string): number {
  const [over = "0", under = "1"] = fraction.split("/");
  return Number(over) / Number(under);
}

const two = (value: number) => value.toFixed(2);

/**
 * The range of an `ielp` result: each section's raw score one standard error down and up, read off the table like any raw
 * score; the overall band one standard error of a mean of four down and up. Never beyond the scale, never without the band itself.
 *
 * @param difficulties item version → logits
 */
export function ielpRange(
  inputs: ResultInputs,
  output: Pick<IelpResult, "sections" | "overall">,
  difficulties: ReadonlyMap<string, number>,
  marks: Readonly<Record<"writing" | "speaking", MarkErrorFound>>,
): ScoreRange {
  const sections: ScoreRange["sections"] = {};
  const errors: number[] = [];
  for (const section of ielpSections) {
    const found = sectionError(section, inputs, difficulties, marks);
    const { raw, max, band } = output.sections[section];
    const bandAt = (points: number) =>
      Number(ielpBandFromRaw(section, two(Math.min(Number(max), Math.max(0, points)))).band);
    const low = Math.min(Number(band), bandAt(Number(raw) - found.rawError));
    const high = Math.max(Number(band), bandAt(Number(raw) + found.rawError));
    const error = (high - low) / 2;
    errors.push(error);
    sections[section] = { ...found, rawError: two(found.rawError), low: two(low), high: two(high), error: two(error) };
  }
  const error = meanError(errors);
  const overall = Number(output.overall.band);
  return {
    format: 1,
    sections,
    overall: { error: two(error), low: two(Math.max(0, overall - error)), high: two(Math.min(10, overall + error)) },
  };
}

function sectionError(
  section: IelpSection,
  inputs: ResultInputs,
  difficulties: ReadonlyMap<string, number>,
  marks: Readonly<Record<"writing" | "speaking", MarkErrorFound>>,
): { rawError: number; method: ScoreRange["sections"][string]["method"]; scripts?: number } {
  if (section === "reading" || section === "listening") {
    const items = inputs.items.filter(({ skill }) => skill === section);
    const rawError = conditionalError(
      items.map(({ level, credit, itemVersionId }) => ({
        difficulty: difficulties.get(itemVersionId) ?? 0,
        weight: IELP.objective.weightHundredths[level] / 100,
        credit: fractionValue(credit),
      })),
    );
    return { rawError, method: "items" };
  }
  const { error, ...how } = marks[section];
  const tasks = inputs.tasks
    .filter(({ skill }) => skill === section)
    .map(({ level, ratings }) => ({
      weight: weightOf(level),
      // What was never given is 0 whoever looks at it.
      marks: ratings.filter(({ ratingId }) => ratingId !== null).length,
    }));
  return { rawError: sumError(tasks, error), ...how };
}

const weights: Readonly<Record<string, number>> = IELP.rated.weightThousandths;

function weightOf(level: string | null): number {
  return (weights[level ?? ""] ?? 0) / 1000;
}
