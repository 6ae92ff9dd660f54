import { schemeById } from "../schemes/rules.ts";

/** How the overall scores of one scheme fall. */
export interface Distribution {
  readonly schemeId: string;
  readonly count: number;
  /** In the scheme's units. */
  readonly median: number;
  /** From 0 to the end of the scale in steps of half a numeral; an end belongs to the lower step, as on the scale. */
  readonly bins: readonly { readonly from: number; readonly to: number; readonly count: number }[];
}

/** One distribution per scheme that has a score, the one with the most first. */
export function distributionsOf(
  scores: readonly { readonly schemeId: string; readonly overallHundredths: number; readonly count: number }[],
): Distribution[] {
  return [...new Set(scores.map(({ schemeId }) => schemeId))]
    .map((schemeId) =>
      distributionOf(
        schemeId,
        scores.filter((score) => score.schemeId === schemeId),
      ),
    )
    .sort((a, b) => b.count - a.count || (a.schemeId < b.schemeId ? -1 : 1));
}

function distributionOf(
  schemeId: string,
  given: readonly { readonly overallHundredths: number; readonly count: number }[],
): Distribution {
  const { highest, every } = schemeById(schemeId).scale;
  const step = every / 2;
  const stepOf = (hundredths: number) => Math.max(0, Math.ceil(hundredths / (step * 100)) - 1);
  const scores = [...given].sort((a, b) => a.overallHundredths - b.overallHundredths);
  const total = scores.reduce((sum, { count }) => sum + count, 0);
  const scoreAt = (place: number): number => {
    let passed = 0;
    for (const { overallHundredths, count } of scores) {
      passed += count;
      if (place < passed) return overallHundredths;
    }
    return 0;
  };
  return {
    schemeId,
    count: total,
    median: (scoreAt(Math.floor((total - 1) / 2)) + scoreAt(Math.floor(total / 2))) / 200,
    bins: Array.from({ length: highest / step }, (_, index) => ({
      from: index * step,
      to: (index + 1) * step,
      count: scores.reduce(
        (sum, { overallHundredths, count }) => sum + (stepOf(overallHundredths) === index ? count : 0),
        0,
      ),
    })),
  };
}
