import { abilityFor, chance, type ScoredItem } from "./rasch.ts";

export interface GroupResidual {
  /** Credit earned on the group, unweighted. */
  readonly won: number;
  /** Credit that a person of the ability all items point to is expected to earn on it. */
  readonly expected: number;
  /** Their difference in standard errors: Σ(x − P) / √Σ P(1 − P). 0 without items. */
  readonly standardised: number;
}

/**
 * How a group of items went beside what all items lead to expect under the Rasch model (Wright & Stone 1979, Best Test Design,
 * chapter 4, residuals summed over items as by Smith 1986, Educational and Psychological Measurement 46). The group counts
 * towards the ability too, which makes small departures smaller. Partial credit has less variance than is assumed.
 *
 * @throws RangeError as `abilityFor` does
 */
export function groupResidual(all: readonly ScoredItem[], group: readonly ScoredItem[]): GroupResidual {
  const ability = abilityFor(all);
  let [won, expected, variance] = [0, 0, 0];
  for (const { difficulty, credit } of group) {
    const p = chance(ability, difficulty);
    won += credit;
    expected += p;
    variance += p * (1 - p);
  }
  return { won, expected, standardised: variance === 0 ? 0 : (won - expected) / Math.sqrt(variance) };
}
