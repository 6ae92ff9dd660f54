import { agreementMeasures, agreementOn } from "@bandwise/psychometrics/agreement";
import { scriptsMarkedAlike, scriptsMarkedByAll } from "@bandwise/psychometrics/complete-scores";
import {
  cronbachAlpha,
  type Intraclass,
  intraclass,
  intraclassForms,
  oneWayIntraclass,
} from "@bandwise/psychometrics/intraclass";
import { fitManyFacet, type ManyFacet, NotEstimable } from "@bandwise/psychometrics/many-facet";
import { connectedRaters } from "@bandwise/psychometrics/rater-design";
import type { RatingTable } from "@bandwise/psychometrics/rating-table";

export type StepsOf = "scale" | "criterion";
export type RatersReport = ReturnType<typeof reportOn>;

/**
 * Everything about a table of marks as one value for JSON: no number in it is NaN or infinite. What has no value is null, and
 * `reasons` says why under its path.
 */
export function reportOn(table: RatingTable, stepsOf: StepsOf) {
  const reasons: Record<string, string> = {};
  const agreement = Object.fromEntries(
    table.criteria.map((criterion) => {
      const { n, ...measures } = agreementOn(table, criterion);
      const values = agreementMeasures.map((measure) => {
        const found = measures[measure];
        if (found.value === null) reasons[`agreement.${criterion}.${measure}`] = found.reason;
        return [measure, found.value] as const;
      });
      const uncertainty = agreementMeasures.flatMap((measure) => {
        const found = measures[measure];
        return found.value === null ? [] : [[measure, { se: found.se, low: found.low, high: found.high }] as const];
      });
      return [criterion, { n, ...toRecord(values), uncertainty: toRecord(uncertainty) }];
    }),
  );
  const { icc, iccDetail, alpha } = consistencyOf(table, reasons);
  const { manyFacet, warnings } = severityOf(table, stepsOf, reasons);
  return {
    scale: table.scale,
    counts: {
      marks: table.category.length,
      scripts: table.scripts.length,
      raters: table.raters.length,
      criteria: table.criteria.length,
    },
    agreement,
    icc,
    iccDetail,
    alpha,
    manyFacet,
    connected: connectedRaters(table),
    reasons,
    warnings,
  };
}

function consistencyOf(table: RatingTable, reasons: Record<string, string>) {
  const all = scriptsMarkedByAll(table);
  const six = intraclass(all);
  const alike = scriptsMarkedAlike(table);
  const found: Partial<Record<(typeof intraclassForms)[number], Intraclass>> = six ?? oneWayIntraclass(alike) ?? {};
  const alpha = cronbachAlpha(all);
  const scripts = `${all.targets} of ${table.scripts.length} scripts`;
  const missing =
    table.raters.length < 2
      ? "there is one rater"
      : all.targets < 2
        ? `${scripts} were marked by all ${table.raters.length} raters on every criterion; two are needed`
        : "the scripts' mean scores do not differ";
  for (const form of intraclassForms) if (!found[form]) reasons[`icc.${form}`] = missing;
  if (alpha === null) reasons.alpha = missing;
  const tests = intraclassForms.flatMap((form) => {
    const one = found[form];
    return one
      ? [
          [
            form,
            { f: finite(one.f), df1: one.df1, df2: one.df2, p: one.p, low: finite(one.low), high: finite(one.high) },
          ] as const,
        ]
      : [];
  });
  const used = six ? all : alike;
  return {
    icc: toRecord(intraclassForms.map((form) => [form, finite(found[form]?.value ?? null)] as const)),
    iccDetail: {
      /** Whose marks the coefficients rest on: every rater's, or as many of each script, whoever gave them. */
      matrix: six ? ("all raters" as const) : ("one-way" as const),
      scripts: used.targets,
      raters: used.raters,
      left: used.left,
      tests: toRecord(tests),
    },
    alpha,
  };
}

function severityOf(table: RatingTable, stepsOf: StepsOf, reasons: Record<string, string>) {
  let fit: ManyFacet;
  try {
    fit = fitManyFacet(table, { stepsOf });
  } catch (error) {
    if (!(error instanceof NotEstimable)) throw error;
    reasons.manyFacet = error.message;
    return { manyFacet: null, warnings: [] };
  }
  const raters = fit.raters.map(({ id, measure, extreme, ...rest }) => {
    if (extreme) reasons[`manyFacet.raters.${id}`] = extremes[extreme];
    const { se, infit, outfit, count } = rest;
    return [id, { severity: measure, se, infit, outfit, count }] as const;
  });
  const criteria = fit.criteria.map(({ id, measure, extreme, ...rest }) => {
    if (extreme) reasons[`manyFacet.criteria.${id}`] = extremes[extreme];
    const { se, infit, outfit, count } = rest;
    return [id, { difficulty: measure, se, infit, outfit, count }] as const;
  });
  const stepsFor = (of: (step: ManyFacet["steps"][number]["steps"][number]) => number | null) =>
    stepsOf === "scale"
      ? (fit.steps[0]?.steps.map(of) ?? [])
      : toRecord(fit.steps.map(({ criterion, steps }) => [criterion ?? "", steps.map(of)] as const));
  const manyFacet = {
    logLikelihood: fit.logLikelihood,
    parameters: fit.parameters,
    converged: fit.converged,
    iterations: fit.iterations,
    raters: toRecord(raters),
    criteria: toRecord(criteria),
    /** One for each step of the scale, from the lowest; by criterion where each has its own. */
    steps: stepsFor(({ measure }) => measure),
    stepErrors: stepsFor(({ se }) => se),
    scripts: { sd: fit.scripts.sd, se: fit.scripts.se, reliability: fit.scripts.reliability },
    separation: fit.separation,
  };
  return { manyFacet, warnings: fit.warnings };
}

const extremes = {
  lenient: "every mark is the highest score given",
  severe: "every mark is the lowest score given",
  constant: "every mark is the only score given",
};

function toRecord<K extends string, V>(entries: readonly (readonly [K, V])[]): Record<K, V> {
  return Object.fromEntries(entries) as Record<K, V>;
}

function finite(value: number | null): number | null {
  return value !== null && Number.isFinite(value) ? value : null;
}
