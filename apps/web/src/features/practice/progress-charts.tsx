import { formatShortDate } from "@/ui/format.ts";

interface Point {
  readonly at: Date;
  readonly score: number;
}

export interface Series {
  readonly id: string;
  readonly title: string;
  /** Oldest first. */
  readonly points: readonly Point[];
}

const [width, height, edge] = [280, 96, 6] as const;

/** One small chart a criterion, all on the same scale from 0 to 100, answer after answer. */
export function ProgressCharts({ series, timeZone }: { series: readonly Series[]; timeZone: string }) {
  return (
    <div className="grid gap-6 wide:grid-cols-2">
      {series.map(({ id, title, points }) => (
        <figure key={id}>
          <figcaption className="flex justify-between gap-3">
            <span className="text-ink-2">{title}</span>
            <span className="tabular-nums">
              {points.length === 0
                ? "not measured yet"
                : `${points[0]?.score.toFixed(0)} → ${points.at(-1)?.score.toFixed(0)}, ${points.length} ${points.length === 1 ? "answer" : "answers"}`}
            </span>
          </figcaption>
          <div className="mt-1 grid grid-cols-[auto_minmax(0,1fr)] gap-x-2 text-small text-ink-3 tabular-nums">
            <p className="flex flex-col justify-between text-right" aria-hidden="true">
              {[100, 50, 0].map((score) => (
                <span key={score}>{score}</span>
              ))}
            </p>
            <svg
              viewBox={`0 0 ${width} ${height}`}
              className="block w-full"
              role="img"
              aria-label={`${title}: ${points.map(({ score }) => score.toFixed(0)).join(", ") || "none"}`}
            >
              {[0, 50, 100].map((score) => (
                <line key={score} x1="0" x2={width} y1={yOf(score)} y2={yOf(score)} className="stroke-line" />
              ))}
              {points.length > 1 ? (
                <polyline
                  points={points.map(({ score }, at) => `${xOf(at, points.length)},${yOf(score)}`).join(" ")}
                  fill="none"
                  className="stroke-accent"
                  strokeWidth="2"
                />
              ) : null}
              {points.map(({ at, score }, index) => (
                <circle
                  key={at.getTime()}
                  cx={xOf(index, points.length)}
                  cy={yOf(score)}
                  r="3"
                  className="fill-accent"
                />
              ))}
            </svg>
            <p className="col-start-2 flex justify-between">
              {[
                ...new Set(
                  [points[0], points.at(-1)].flatMap((one) => (one ? [formatShortDate(one.at, timeZone)] : [])),
                ),
              ].map((day) => (
                <span key={day}>{day}</span>
              ))}
            </p>
          </div>
        </figure>
      ))}
    </div>
  );
}

function xOf(at: number, count: number): number {
  return count === 1 ? width / 2 : edge + (at * (width - 2 * edge)) / (count - 1);
}

function yOf(score: number): number {
  return edge + (1 - score / 100) * (height - 2 * edge);
}
