import type { LinearModel } from "@bandwise/evaluator/model";

/**
 * What would be measured of an answer of this worth (0 to 1): each feature lies on its side of the norm that the model as shipped
 * gives it, a little beside where it should.
 */
export function measuredFeatures(
  { norms, criteria }: Pick<LinearModel, "norms" | "criteria">,
  worth: number,
  next: () => number,
): Record<string, number> {
  const weights = Object.values(criteria).flatMap((criterion) => Object.entries(criterion.weights));
  const signs = new Map([
    ...weights.map(([name, weight]) => [name, Math.sign(weight)] as const),
    ["wordConfidence", 1],
    ["unsureWords", -1],
  ]);
  return Object.fromEntries(
    Object.entries(norms).map(([name, { transform, middle, deviation }]) => {
      const value = middle + deviation * ((signs.get(name) ?? 0) * 3 * (worth - 0.5) + 0.4 * (next() - 0.5));
      const natural = transform === "log" ? Math.expm1(value) : transform === "root" ? Math.max(0, value) ** 2 : value;
      return [name, natural];
    }),
  );
}
