import type { ScoreRange } from "@bandwise/core/results/range-schema";
import { DataTable } from "@/ui/data-table.tsx";
import { percent } from "@/ui/ruler-geometry.ts";
import { sectionNames } from "./words.ts";

interface Line {
  readonly name: string;
  readonly band: string;
  readonly low: string;
  readonly high: string;
}

interface Shown {
  readonly range: ScoreRange;
  readonly output: {
    readonly overall: { readonly band: string };
    readonly sections: Readonly<Record<string, { readonly band: string }>>;
  };
}

function linesOf({ range, output }: Shown): readonly Line[] {
  return [
    { name: "Overall", band: output.overall.band, ...range.overall },
    ...Object.entries(range.sections).map(([section, line]) => ({
      name: nameOf(section),
      band: output.sections[section]?.band ?? "",
      low: line.low,
      high: line.high,
    })),
  ];
}

const names: Readonly<Record<string, string>> = sectionNames;

function nameOf(section: string): string {
  return names[section] ?? section;
}

/** How sure each band is: the range it would fall into two times out of three, drawn on the scale, and how that is known. */
export function ScoreRangeSection({ range, output }: Shown) {
  const paired = Object.values(range.sections).some(({ method }) => method === "double-marks");
  return (
    <section className="rule-top pt-5 pb-9 print:pt-3 print:pb-4" aria-labelledby="score-range">
      <h2 id="score-range">How sure this is</h2>
      <p className="mt-0.5 max-w-[72ch] text-ink-2">
        No test measures exactly. On another day, with the same tasks and other examiners, about two results in three
        would lie in these ranges.
      </p>
      <dl className="mt-4 border-b border-line">
        {linesOf({ range, output }).map((line) => (
          <div
            key={line.name}
            className="grid grid-cols-[1fr_auto] items-center gap-x-4 border-t border-line py-1.5 wide:grid-cols-[152px_minmax(0,1fr)_200px] wide:gap-x-6 desk:grid-cols-[200px_minmax(0,1fr)_260px] desk:gap-x-9"
          >
            <dt className={line.name === "Overall" ? "font-semibold" : "font-medium"}>{line.name}</dt>
            <dd className="order-3 col-span-2 min-w-0 wide:order-none wide:col-span-1" aria-hidden="true">
              <Bar {...line} />
            </dd>
            <dd className="text-right tabular-nums wide:text-left">
              <b>{line.band}</b>
              <span className="ml-3 text-ink-2">
                {line.low === line.high ? line.low : `${line.low} to ${line.high}`}
              </span>
            </dd>
          </div>
        ))}
      </dl>
      <p className="mt-3 max-w-[72ch] text-ui text-ink-3">
        Reading and Listening: one standard error of a person of this ability on these items, by their difficulty (Rasch
        model). Writing and Speaking: one standard error of the marks,{" "}
        {paired
          ? "from how far two examiners’ marks of the same answers lie apart"
          : "as large as the marking rules let two examiners differ, until enough answers have two marks"}
        . The overall band’s follows from the four. Which tasks came up is not part of it.
      </p>
    </section>
  );
}

/** The scale from 0 to 10, the range on it, and the band. */
function Bar({ band, low, high }: Line) {
  const from = Number(low);
  const to = Math.max(Number(high), from + 0.04);
  return (
    <svg width="100%" height="20" className="block" aria-hidden="true">
      <rect x="0" y="9" width="100%" height="2" rx="1" className="fill-line" />
      <rect x={percent(from)} y="6" width={percent(to - from)} height="8" rx="4" className="fill-accent opacity-35" />
      <circle cx={percent(Number(band))} cy="10" r="5" className="fill-ink" />
    </svg>
  );
}

const methods: Readonly<Record<ScoreRange["sections"][string]["method"], string>> = {
  items: "difficulty of the items (Rasch)",
  "double-marks": "pairs of marks (Dahlberg)",
  tolerance: "tolerance of the policy",
};

/** The same with its figures, for staff. */
export function ScoreRangeTable({ range, output }: Shown) {
  const rows = [
    { name: "Overall", band: output.overall.band, ...range.overall, rawError: "", how: "mean of four" },
    ...Object.entries(range.sections).map(([section, line]) => ({
      ...line,
      name: nameOf(section),
      band: output.sections[section]?.band ?? "",
      how: `${methods[line.method]}${line.scripts === undefined ? "" : `, ${line.scripts} scripts`}`,
    })),
  ];
  return (
    <DataTable
      caption="Score range"
      rows={rows}
      rowKey={({ name }) => name}
      empty={null}
      columns={[
        { id: "name", header: "Part", phone: "title", cell: ({ name }) => name },
        { id: "band", header: "Band", align: "right", className: "tabular-nums", cell: ({ band }) => band },
        {
          id: "range",
          header: "Range",
          align: "right",
          className: "tabular-nums whitespace-nowrap",
          cell: ({ low, high }) => `${low}–${high}`,
        },
        { id: "error", header: "Error, bands", align: "right", className: "tabular-nums", cell: ({ error }) => error },
        {
          id: "raw",
          header: "Error, raw",
          align: "right",
          className: "tabular-nums",
          cell: ({ rawError }) => rawError,
        },
        { id: "how", header: "From", cell: ({ how }) => how },
      ]}
    />
  );
}
