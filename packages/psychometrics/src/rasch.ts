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

/** Probability of full credit under the Rasch model. */
export function chance(ability: number, difficulty: number): number {
  return 1 / (1 + Math.exp(difficulty - ability));
}

/**
 * The ability, in logits, at which the expected weighted score equals the one reached; 0 without items.
 *
 * @throws RangeError for a credit outside 0–1, a weight that is not positive or a difficulty that is not a number
 */
export function abilityFor(items: readonly ScoredItem[]): number {
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
  let [low, high] = [-widestAbility, widestAbility];
  // The expected score rises with the ability: halving finds it to 1e-12.
  for (let step = 0; step < 45; step += 1) {
    const ability = (low + high) / 2;
    const expected = items.reduce((sum, { weight, difficulty }) => sum + weight * chance(ability, difficulty), 0);
    if (expected < score) low = ability;
    else high = ability;
  }
  return (low + high) / 2;
}
