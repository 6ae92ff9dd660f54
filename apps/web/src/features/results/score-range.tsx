import type { ScoreRange } from "@bandwise/core/results/range-schema";
import {
  type RangeLine,
  type RangeMethod,
  rangeLines,
  rangeMeaning,
  rangeMethodWords,
  rangeText,
} from "@bandwise/core/results/range-words";
import type { StoredOutput } from "@bandwise/core/results/rules";
import { schemeById } from "@bandwise/core/schemes/rules";
import type { ResultSummary } from "@bandwise/core/schemes/schema";
import { DataTable } from "@/ui/data-table.tsx";
import { percent, placeOn } from "@/ui/ruler-geometry.ts";

interface Shown {
  readonly range: ScoreRange;
  readonly summary: ResultSummary;
  readonly scheme: StoredOutput["scheme"];
}

const methods: Readonly<Record<RangeMethod, string>> = {
  items: "difficulty of the items (Rasch)",
  "double-marks": "pairs of marks (Dahlberg)",
  tolerance: "tolerance of the policy",
  machine: "as the machine states",
  "machine-and-marks": "the machine and examiners’ marks",
};
/** How sure each score is: the range it would fall into two times out of three, drawn on the scale, and how that is known. */
export function ScoreRangeSection({ range, summary, scheme }: Shown) {
  const { highest } = schemeById(scheme).scale;
  return (
    <section className="rule-top pt-5 pb-9 print:pt-3 print:pb-4" aria-labelledby="score-range">
      <h2 id="score-range">How sure this is</h2>
      <p className="mt-0.5 max-w-[72ch] text-ink-2">{rangeMeaning(scheme)}</p>
      <dl className="mt-4 border-b border-line">
        {rangeLines(range, summary).map((line) => (
          <div
            key={line.id}
            className="grid grid-cols-[1fr_auto] items-center gap-x-4 border-t border-line py-1.5 wide:grid-cols-[152px_minmax(0,1fr)_200px] wide:gap-x-6 desk:grid-cols-[200px_minmax(0,1fr)_260px] desk:gap-x-9"
          >
            <dt className={line.id === "overall" ? "font-semibold" : "font-medium"}>{line.name}</dt>
            <dd className="order-3 col-span-2 min-w-0 wide:order-none wide:col-span-1" aria-hidden="true">
              <Bar {...line} highest={highest} />
            </dd>
            <dd className="text-right tabular-nums wide:text-left">
              <b>{line.score}</b>
              <span className="ml-3 text-ink-2">{rangeText(line)}</span>
            </dd>
          </div>
        ))}
      </dl>
      <p className="mt-3 max-w-[72ch] text-ui text-ink-3">{rangeMethodWords(scheme, range)}</p>
    </section>
  );
}

/** The scale, the range on it, and the score. */
function Bar({ score, low, high, highest }: RangeLine & { highest: number }) {
  const at = (value: number) => placeOn(value, { highest, every: 1 });
  const from = at(Number(low));
  const to = Math.max(at(Number(high)), from + 0.04);
  return (
    <svg width="100%" height="20" className="block" aria-hidden="true">
      <rect x="0" y="9" width="100%" height="2" rx="1" className="fill-line" />
      <rect x={percent(from)} y="6" width={percent(to - from)} height="8" rx="4" className="fill-accent opacity-35" />
      <circle cx={percent(at(Number(score)))} cy="10" r="5" className="fill-ink" />
    </svg>
  );
}

const overallFrom: Readonly<Record<Shown["scheme"], string>> = {
  ielp: "mean of four",
  "ielts-speaking": "error of the mean of four criteria",
  "iet-speaking": "mean of the tasks",
};

/** The same with its figures, for staff. */
export function ScoreRangeTable({ range, summary, scheme }: Shown) {
  const rows = rangeLines(range, summary).map((line) => {
    const part = range.sections[line.id];
    return {
      ...line,
      error: part?.error ?? range.overall.error,
      rawError: part?.rawError ?? "",
      how:
        part === undefined
          ? overallFrom[scheme]
          : `${methods[part.method]}${part.scripts === undefined ? "" : `, ${part.scripts} scripts`}`,
    };
  });
  return (
    <DataTable
      caption="Score range"
      rows={rows}
      rowKey={({ id }) => id}
      empty={null}
      columns={[
        { id: "name", header: "Part", phone: "title", cell: ({ name }) => name },
        { id: "score", header: "Score", align: "right", className: "tabular-nums", cell: ({ score }) => score },
        {
          id: "range",
          header: "Range",
          align: "right",
          className: "tabular-nums whitespace-nowrap",
          cell: ({ low, high }) => `${low}–${high}`,
        },
        { id: "error", header: "Error", align: "right", className: "tabular-nums", cell: ({ error }) => error },
        ...(scheme === "ielp"
          ? [
              {
                id: "raw",
                header: "Error, raw",
                align: "right" as const,
                className: "tabular-nums",
                cell: ({ rawError }: (typeof rows)[number]) => rawError,
              },
            ]
          : []),
        { id: "how", header: "From", cell: ({ how }) => how },
      ]}
    />
  );
}
