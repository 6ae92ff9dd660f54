import { type FacetElement, fitManyFacet } from "./many-facet.ts";
import { createRatingTable, type Mark, type ScoreScale } from "./rating-table.ts";

/** A rater's severity period by period. */
export interface SeverityDrift {
  readonly rater: string;
  /** In the order of the periods' names (dates as 2026-03 sort rightly). */
  readonly periods: readonly (Omit<FacetElement, "id" | "measure"> & {
    readonly period: string;
    readonly severity: number | null;
  })[];
  /** Last period with an estimate less the first one, in logits; null with fewer than two. */
  readonly change: { readonly difference: number; readonly se: number } | null;
}

/**
 * Severity over time: each rater counts as another one in each period, in one fit over all marks, so that errors and the
 * change's error are those of the whole design. Scripts of different periods are taken to be equally good, and any that are marked
 * in two periods tie them together. Throws as createRatingTable and fitManyFacet do.
 */
export function severityDrift(
  marks: readonly (Mark & { readonly period: string })[],
  scale: ScoreScale,
): { readonly raters: readonly SeverityDrift[]; readonly warnings: readonly string[] } {
  const names = new Map<string, { rater: string; period: string }>();
  const nameOf = (rater: string, period: string): string => {
    let name = `${rater} in ${period}`;
    // "A in B" in "C" and "A" in "B in C" would be one name.
    while ((names.get(name)?.rater ?? rater) !== rater) name += " ";
    names.set(name, { rater, period });
    return name;
  };
  const fit = fitManyFacet(
    createRatingTable(
      marks.map(({ period, ...mark }) => ({ ...mark, rater: nameOf(mark.rater, period) })),
      scale,
    ),
  );
  const raters = new Map<string, (FacetElement & { period: string })[]>();
  for (const element of fit.raters) {
    const { rater, period } = names.get(element.id) ?? { rater: element.id, period: "" };
    raters.set(rater, [...(raters.get(rater) ?? []), { ...element, period }]);
  }
  const drifts = [...raters].map(([rater, elements]): SeverityDrift => {
    const periods = elements.sort((a, b) => (a.period < b.period ? -1 : 1));
    const known = periods.filter(({ measure, se }) => measure !== null && se !== null);
    const first = known[0];
    const last = known.at(-1);
    const change =
      first && last && first !== last
        ? {
            difference: (last.measure ?? 0) - (first.measure ?? 0),
            se: Math.sqrt(
              (last.se ?? 0) ** 2 + (first.se ?? 0) ** 2 - 2 * (fit.severityCovariance(first.id, last.id) ?? 0),
            ),
          }
        : null;
    return {
      rater,
      periods: periods.map(({ id: _id, measure, ...rest }) => ({ ...rest, severity: measure })),
      change,
    };
  });
  return { raters: drifts, warnings: fit.warnings };
}
