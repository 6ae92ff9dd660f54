import type { listMyResults } from "@bandwise/core/results/queries";
import { schemeById } from "@bandwise/core/schemes/rules";
import { ChartLine } from "lucide-react";
import { type Column, DataTable } from "@/ui/data-table.tsx";
import { EmptyState } from "@/ui/empty-state.tsx";
import { formatDate } from "@/ui/format.ts";
import { LinkButton, TextLink } from "@/ui/link-button.tsx";
import { ProgressChart } from "./progress-chart.tsx";

type Result = Awaited<ReturnType<typeof listMyResults>>[number];
type Line = Result["overall"];

/** Each skill or criterion over the sittings, examination by examination, drawn and as figures. Results come newest first. */
export function ProgressByPart({ results }: { results: readonly Result[] }) {
  const ids = [...new Set(results.map(({ schemeId }) => schemeId))];
  return (
    <div className="grid gap-10">
      {ids.map((id) => (
        <SchemeProgress key={id} schemeId={id} results={results.filter(({ schemeId }) => schemeId === id).reverse()} />
      ))}
    </div>
  );
}

/** Sittings of one examination, the first one first. */
function SchemeProgress({ schemeId, results }: { schemeId: string; results: readonly Result[] }) {
  const { title, scale } = schemeById(schemeId);
  const parts = results.at(-1)?.parts ?? [];
  const one = parts.some(({ id }) => id === "reading") ? "skill" : "criterion";
  const heading = `progress-${schemeId}`;
  const series = [
    { id: "overall", title: "Overall", lineOf: (result: Result): Line | undefined => result.overall },
    ...parts.map(({ id, title: name }) => ({
      id,
      title: name,
      lineOf: (result: Result): Line | undefined => result.parts.find((part) => part.id === id),
    })),
  ];
  return (
    <section aria-labelledby={heading}>
      <h2 id={heading}>
        {title}, {one} by {one}
      </h2>
      {results.length < 2 ? (
        <EmptyState
          icon={<ChartLine aria-hidden="true" />}
          title="One sitting so far: a good place to start from"
          action={<LinkButton href="/book">Book another sitting</LinkButton>}
        >
          <p>
            From the second on, each {one} has a chart here that shows how far you have come, with the range around
            every score.
          </p>
        </EmptyState>
      ) : (
        <>
          <p className="mt-0.5 max-w-[72ch] text-ink-2">
            The shaded band is the range of each score: where two bands overlap, the scores may be no different.
          </p>
          <div className="mt-5 grid gap-x-10 gap-y-8 wide:grid-cols-2">
            {series.map(({ id, title: name, lineOf }) => {
              const lines = results.flatMap((result) => {
                const line = lineOf(result);
                return line === undefined ? [] : [{ ...line, date: formatDate(result.satAt, result.timeZone) }];
              });
              return (
                <ProgressChart
                  key={id}
                  title={name}
                  scale={scale}
                  points={lines.map(({ score, range }) => ({
                    score: Number(score),
                    low: range === null ? null : Number(range.low),
                    high: range === null ? null : Number(range.high),
                  }))}
                  texts={lines.map(({ score }) => score)}
                  dates={lines.map(({ date }) => date)}
                />
              );
            })}
          </div>
          <h3 className="mt-8 mb-2 text-body">The same in figures</h3>
          <DataTable
            caption={`${title}: scores and their ranges, sitting by sitting`}
            rows={results}
            rowKey={({ id }) => id}
            empty={null}
            columns={[
              {
                id: "sitting",
                header: "Sitting",
                phone: "title",
                cell: (result) => (
                  <TextLink href={`/results/${result.id}`} className="whitespace-nowrap">
                    {formatDate(result.satAt, result.timeZone)}
                  </TextLink>
                ),
              },
              ...series.map(
                ({ id, title: name, lineOf }): Column<Result> => ({
                  id,
                  header: name,
                  align: "right",
                  className: "tabular-nums",
                  cell: (result) => <Figures line={lineOf(result)} />,
                }),
              ),
            ]}
          />
        </>
      )}
    </section>
  );
}

function Figures({ line }: { line: Line | undefined }) {
  if (line === undefined) return <span className="text-ink-3">·</span>;
  return (
    <span className="whitespace-nowrap">
      <b>{line.score}</b>
      {line.range === null ? null : (
        <span className="block text-small text-ink-3">
          {line.range.low === line.range.high ? line.range.low : `${line.range.low}–${line.range.high}`}
        </span>
      )}
    </span>
  );
}
