import { printable } from "./printable.ts";
import type { RatersReport } from "./raters-report.ts";

/** The same report for a reader: tables of a terminal's width, numbers with their errors, what is missing and why. */
export function ratersText(report: RatersReport): string {
  const { scale, counts, agreement, icc, iccDetail, alpha, manyFacet } = report;
  const { marks, scripts, raters, criteria } = counts;
  const parts = [
    `marks ${marks}, scripts ${scripts}, raters ${raters}, criteria ${criteria}; scores ${scale.min} to ${scale.max} by ${scale.step}`,
    grid(
      ["agreement", "pairs", "exact", "adjacent", "kappa", "linear", "quadratic (95 %)"],
      Object.entries(agreement).map(([criterion, { n, uncertainty, ...values }]) => {
        const range = uncertainty.quadratic;
        const quadratic = range
          ? `${two(values.quadratic)} (${two(range.low)} to ${two(range.high)})`
          : two(values.quadratic);
        return [
          criterion,
          n,
          percent(values.exact),
          percent(values.adjacent),
          two(values.kappa),
          two(values.linear),
          quadratic,
        ];
      }),
    ),
    grid(
      ["intraclass correlation", "value", "95 %", "F", "degrees"],
      [
        ...Object.entries(icc).map(([form, value]) => {
          const test = iccDetail.tests[form as keyof typeof icc];
          return [
            form,
            two(value),
            test ? `${two(test.low)} to ${two(test.high)}` : "",
            test ? two(test.f) : "",
            test ? `${test.df1}, ${test.df2}` : "",
          ];
        }),
        ["alpha (raters as items)", two(alpha), "", "", ""],
      ],
    ),
    `from ${iccDetail.scripts} scripts with ${iccDetail.raters} marks each${iccDetail.matrix === "one-way" ? ", whoever gave them" : ""}; ${iccDetail.left} scripts left out`,
  ];
  if (manyFacet) {
    const step = (values: readonly (number | null)[]): string => values.map(two).join("  ");
    const groups: readonly (readonly [string, readonly (number | null)[]])[] = Array.isArray(manyFacet.steps)
      ? [["steps", manyFacet.steps]]
      : Object.entries(manyFacet.steps).map(([criterion, steps]) => [`steps of ${criterion}`, steps]);
    parts.push(
      grid(
        ["rater", "severity", "error", "infit", "outfit", "marks"],
        Object.entries(manyFacet.raters)
          .sort(([, a], [, b]) => (b.severity ?? 0) - (a.severity ?? 0))
          .map(([id, { severity, se, infit, outfit, count }]) => [
            id,
            two(severity),
            two(se),
            two(infit),
            two(outfit),
            count,
          ]),
      ),
      grid(
        ["criterion", "difficulty", "error", "infit", "outfit", "marks"],
        Object.entries(manyFacet.criteria).map(([id, { difficulty, se, infit, outfit, count }]) => [
          ...[id, two(difficulty), two(se), two(infit), two(outfit), count],
        ]),
      ),
      groups.map(([name, steps]) => `${printable(name)}  ${step(steps)}`).join("\n"),
      [
        "logits; severe raters and hard criteria are above 0",
        `scripts: standard deviation ${two(manyFacet.scripts.sd)} (error ${two(manyFacet.scripts.se)}), reliability ${two(manyFacet.scripts.reliability)}`,
        `raters: separation ${two(manyFacet.separation?.separation ?? null)}, reliability ${two(manyFacet.separation?.reliability ?? null)}`,
        `log-likelihood ${manyFacet.logLikelihood.toFixed(4)}, ${manyFacet.parameters} parameters`,
      ].join("\n"),
    );
  }
  const notes = [
    ...report.warnings.map((warning) => `warning: ${printable(warning)}`),
    ...Object.entries(report.reasons).map(([path, reason]) => `no ${printable(path)}: ${printable(reason)}`),
  ];
  if (notes.length > 0) parts.push(notes.join("\n"));
  return `${parts.join("\n\n")}\n`;
}

/** Left column left, numbers right. */
function grid(head: readonly string[], rows: readonly (readonly (string | number)[])[]): string {
  const cells = [head, ...rows.map((row) => row.map((cell) => printable(String(cell))))];
  const widths = head.map((_, column) => Math.max(...cells.map((row) => row[column]?.length ?? 0)));
  return cells
    .map((row) =>
      row
        .map((cell, column) => (column === 0 ? cell.padEnd(widths[column] ?? 0) : cell.padStart(widths[column] ?? 0)))
        .join("  ")
        .trimEnd(),
    )
    .join("\n");
}

function two(value: number | null): string {
  return value === null ? "–" : value.toFixed(2);
}

function percent(value: number | null): string {
  return value === null ? "–" : `${(100 * value).toFixed(0)} %`;
}
