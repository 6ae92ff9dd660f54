/** Standard errors of scores. Sources beside each function; what they leave out is said there. */

export interface ScoredItem {
  /** Logits, on one scale with the persons. */
  readonly difficulty: number;
  /** What full credit adds to the raw score. */
  readonly weight: number;
  /** 0–1 */
  readonly credit: number;
}

/**
 * How much of an item is taken off a perfect raw score, or added to one of nothing, so that an ability can be found at all:
 * the customary 0.3 (Linacre, Winsteps manual, EXTRSCORE).
 */
const extremeShare = 0.3;
const widestAbility = 12;

/**
 * Standard error of a weighted raw score for a person of the ability that this score points to, under the Rasch model: the
 * root of Σ w²·P·(1 − P) (Lord 1980, Applications of Item Response Theory, section 4.1; Kolen, Zeng & Hanson 1996, JEM 33),
 * the ability being where the expected weighted score equals the one reached. It says how far the score would move with the
 * same items anew, guessing and the choice of items left out. In raw points; 0 without items.
 *
 * @throws RangeError for a credit outside 0–1, a weight that is not positive or a difficulty that is not a number
 */
export function conditionalError(items: readonly ScoredItem[]): number {
  for (const { credit, weight, difficulty } of items) {
    if (!(credit >= 0 && credit <= 1)) throw new RangeError(`credit ${credit} is not between 0 and 1`);
    if (!(weight > 0)) throw new RangeError(`weight ${weight} is not positive`);
    if (!Number.isFinite(difficulty)) throw new RangeError("a difficulty is not a number");
  }
  if (items.length === 0) return 0;
  const most = items.reduce((sum, { weight }) => sum + weight, 0);
  const margin = (extremeShare * most) / items.length;
  const won = items.reduce((sum, { weight, credit }) => sum + weight * credit, 0);
  const score = Math.min(most - margin, Math.max(margin, won));
  const share = (ability: number, difficulty: number) => 1 / (1 + Math.exp(difficulty - ability));
  let [low, high] = [-widestAbility, widestAbility];
  // The expected score rises with the ability: halving finds it to 1e-12.
  for (let step = 0; step < 45; step += 1) {
    const ability = (low + high) / 2;
    const expected = items.reduce((sum, { weight, difficulty }) => sum + weight * share(ability, difficulty), 0);
    if (expected < score) low = ability;
    else high = ability;
  }
  const ability = (low + high) / 2;
  const variance = items.reduce((sum, { weight, difficulty }) => {
    const p = share(ability, difficulty);
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
