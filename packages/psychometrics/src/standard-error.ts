import { abilityFor, chance, type ScoredItem } from "./rasch.ts";

/** Standard errors of scores. Sources beside each function; what they leave out is said there. */

/**
 * Standard error of a weighted raw score for a person of the ability that this score points to, under the Rasch model: the
 * root of Σ w²·P·(1 − P) (Lord 1980, Applications of Item Response Theory, section 4.1; Kolen, Zeng & Hanson 1996, JEM 33),
 * the ability being where the expected weighted score equals the one reached. It says how far the score would move with the
 * same items anew, guessing and the choice of items left out. In raw points; 0 without items.
 *
 * @throws RangeError for a credit outside 0–1, a weight that is not positive or a difficulty that is not a number
 */
export function conditionalError(items: readonly ScoredItem[]): number {
  if (items.length === 0) return 0;
  const ability = abilityFor(items);
  const variance = items.reduce((sum, { weight, difficulty }) => {
    const p = chance(ability, difficulty);
    return sum + weight ** 2 * p * (1 - p);
  }, 0);
  return Math.sqrt(variance);
}

/**
 * Standard error of one mark, from how far two independent marks of the same script lay apart: √(Σ d² / 2n) (Dahlberg 1940,
 * Statistical Methods for Medical and Biological Students). Null without differences. Errors that two examiners share do
 * not show in it.
 */
export function markError(differences: readonly number[]): number | null {
  if (differences.length === 0) return null;
  return Math.sqrt(differences.reduce((sum, difference) => sum + difference ** 2, 0) / (2 * differences.length));
}

const normal95 = 1.959964;

/**
 * The same where nothing has been marked twice yet: as large as it would be if two marks kept within `tolerance` 19 times
 * out of 20, the difference of two marks having √2 times the error of one. A prior, not a finding.
 */
export function markErrorFromTolerance(tolerance: number): number {
  return tolerance / normal95 / Math.SQRT2;
}

/** Error of a weighted sum of task scores, each the mean of so many independent marks; in raw points. */
export function sumError(
  tasks: readonly { readonly weight: number; readonly marks: number }[],
  oneMark: number,
): number {
  return Math.sqrt(
    tasks.reduce((sum, { weight, marks }) => sum + (marks > 0 ? (weight * oneMark) ** 2 / marks : 0), 0),
  );
}

/** Error of a mean of independent scores from theirs. */
export function meanError(errors: readonly number[]): number {
  if (errors.length === 0) return 0;
  return Math.sqrt(errors.reduce((sum, error) => sum + error ** 2, 0)) / errors.length;
}
