import type { ScoreRange } from "@bandwise/core/results/range-schema";
import type { StoredOutput } from "@bandwise/core/results/rules";
import { schemeById } from "@bandwise/core/schemes/rules";
import type { ResultSummary } from "@bandwise/core/schemes/schema";
import { DataTable } from "@/ui/data-table.tsx";
import { percent, placeOn } from "@/ui/ruler-geometry.ts";

interface Line {
  readonly id: string;
  readonly name: string;
  readonly score: string;
  readonly low: string;
  readonly high: string;
}

interface Shown {
  readonly range: ScoreRange;
  readonly summary: ResultSummary;
  readonly scheme: StoredOutput["scheme"];
}

const methods: Readonly<Record<ScoreRange["sections"][string]["method"], string>> = {
  items: "difficulty of the items (Rasch)",
  "double-marks": "pairs of marks (Dahlberg)",
  tolerance: "tolerance of the policy",
  machine: "as the machine states",
  "machine-and-marks": "the machine and examiners’ marks",
};
type Method = keyof typeof methods;

function linesOf({ range, summary }: Shown): readonly Line[] {
  return [
    { id: "overall", name: "Overall", score: summary.overall.score, ...range.overall },
    ...summary.parts.flatMap(({ id, title, score }) => {
      const line = range.sections[id];
      return line === undefined ? [] : [{ id, name: title, score, low: line.low, high: line.high }];
    }),
  ];
}

function paired(used: ReadonlySet<Method>): string {
  return used.has("double-marks")
    ? "from how far two examiners’ marks of the same answers lie apart"
    : "as large as the marking rules let two examiners differ, until enough answers have two marks";
}

/** Where the figures come from, in a candidate's words. */
function method(scheme: Shown["scheme"], used: ReadonlySet<Method>): string {
  switch (scheme) {
    case "ielp":
      return `Reading and Listening: one standard error of a person of this ability on these items, by their difficulty (Rasch model). Writing and Speaking: one standard error of the marks, ${paired(used)}. The overall band’s follows from the four. Which tasks came up is not part of it.`;
    case "ielts-speaking":
      return `One standard error of the examiner’s marks, ${paired(used)}: each criterion’s and the mean’s, then to the half band as the score itself. What was taken off for consistency stays taken off. Which questions came up is not part of it.`;
    case "iet-speaking": {
      const machine = used.has("machine") || used.has("machine-and-marks");
      const people = used.has("double-marks") || used.has("tolerance") || used.has("machine-and-marks");
      return [
        machine
          ? "What the machine measured: one standard error as the machine itself states it, taken to be the same in every answer, which makes the range as wide as it can be."
          : "",
        people ? `What examiners gave: one standard error of their marks, ${paired(used)}.` : "",
        "Which tasks came up is not part of it.",
      ]
        .filter((sentence) => sentence !== "")
        .join(" ");
    }
  }
}

/** How sure each score is: the range it would fall into two times out of three, drawn on the scale, and how that is known. */
export function ScoreRangeSection(shown: Shown) {
  const used = new Set(Object.values(shown.range.sections).map(({ method }) => method));
  const { highest } = schemeById(shown.scheme).scale;
  return (
    <section className="rule-top pt-5 pb-9 print:pt-3 print:pb-4" aria-labelledby="score-range">
      <h2 id="score-range">How sure this is</h2>
      <p className="mt-0.5 max-w-[72ch] text-ink-2">
        No test measures exactly.{" "}
        {shown.scheme === "iet-speaking"
          ? "In about two cases of three the score that fits you lies in these ranges."
          : "On another day, with the same tasks and other examiners, about two results in three would lie in these ranges."}
      </p>
      <dl className="mt-4 border-b border-line">
        {linesOf(shown).map((line) => (
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
              <span className="ml-3 text-ink-2">
                {line.low === line.high ? line.low : `${line.low} to ${line.high}`}
              </span>
            </dd>
          </div>
        ))}
      </dl>
      <p className="mt-3 max-w-[72ch] text-ui text-ink-3">{method(shown.scheme, used)}</p>
    </section>
  );
}

/** The scale, the range on it, and the score. */
function Bar({ score, low, high, highest }: Line & { highest: number }) {
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
  const rows = linesOf({ range, summary, scheme }).map((line) => {
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
