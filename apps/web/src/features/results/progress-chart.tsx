"use client";

import type { ScoreScale } from "@bandwise/core/schemes/schema";
import { percent, placeOn } from "@/ui/ruler-geometry.ts";
import { SvgAt } from "@/ui/svg-at.tsx";
import { bandOutlines, type PlacedPoint, type ProgressPoint, placePoints, textOver } from "./progress-geometry.ts";

const height = 132;
const top = 20;

/** One score over sittings, on the whole of its scale: the range of each as a band, the figure over each point. */
export function ProgressChart({
  title,
  scale,
  points,
  texts,
  dates,
}: {
  title: string;
  scale: ScoreScale;
  points: readonly ProgressPoint[];
  /** Each score as its scheme writes it. */
  texts: readonly string[];
  dates: readonly string[];
}) {
  const placed = placePoints(points, scale.highest, height);
  const spoken = texts.map((text, index) => `${dates[index]}: ${text}`).join("; ");
  const [first, last] = [dates[0], dates.at(-1)];
  return (
    <figure>
      <figcaption className="flex items-baseline justify-between gap-4 pb-1">
        <span className="font-medium">{title}</span>
        <b className="text-h3 tabular-nums">{texts.at(-1)}</b>
      </figcaption>
      <svg
        width="100%"
        height={top + height + 22}
        className="block"
        role="img"
        aria-label={`${title} over ${points.length} sittings, on a scale from 0 to ${scale.highest}. ${spoken}.`}
      >
        <Grid scale={scale} />
        <svg
          y={top}
          width="100%"
          height={height}
          viewBox={`0 0 100 ${height}`}
          preserveAspectRatio="none"
          aria-hidden="true"
        >
          {bandOutlines(placed).map((outline) => (
            <polygon key={outline} points={outline} className="fill-accent opacity-15" />
          ))}
          <polyline
            points={placed.map(({ x, y }) => `${x},${y}`).join(" ")}
            vectorEffect="non-scaling-stroke"
            strokeWidth="1.5"
            className="fill-none stroke-accent"
          />
        </svg>
        {placed.map((point, index) => (
          <Point key={point.x} point={point} text={isLabelled(index, placed.length) ? (texts[index] ?? "") : ""} />
        ))}
        <text x="0" y={top + height + 18} className="fill-ink-3 text-small">
          {first}
        </text>
        {placed.length < 2 ? null : (
          <text x="100%" y={top + height + 18} textAnchor="end" className="fill-ink-3 text-small">
            {last}
          </text>
        )}
      </svg>
    </figure>
  );
}

/** Beyond a handful the first and the last alone carry their figure: the table has them all. */
function isLabelled(index: number, count: number): boolean {
  return count <= 5 || index === 0 || index === count - 1;
}

function Grid({ scale: { highest, levels } }: { scale: ScoreScale }) {
  const down = (score: number) => top + (1 - score / highest) * height;
  const lines = levels.length > 0 ? [0, ...levels.map(({ to }) => to)] : [0, highest / 3, (2 * highest) / 3, highest];
  return (
    <g>
      {lines.map((score) => (
        <line key={score} x1="0" x2="100%" y1={down(score)} y2={down(score)} strokeWidth="1" className="stroke-line" />
      ))}
      {[0, highest].map((score) => (
        <text key={score} x="0" y={down(score) - 3} className="fill-ink-3 text-micro tabular-nums">
          {score}
        </text>
      ))}
    </g>
  );
}

function Point({ point, text }: { point: PlacedPoint; text: string }) {
  const { x, y, band } = point;
  const at = percent(placeOn(x, { highest: 100, every: 10 }));
  return (
    <SvgAt x={at} y={top}>
      {band === null ? null : (
        <rect
          x="-5"
          width="10"
          y={band.top}
          height={Math.max(2, band.bottom - band.top)}
          rx="3"
          className="fill-accent opacity-35"
        />
      )}
      <circle cy={y} r="6.5" className="fill-paper" />
      <circle cy={y} r="4.5" className="fill-ink" />
      <text y={textOver(point)} textAnchor="middle" className="fill-ink text-small tabular-nums">
        {text}
      </text>
    </SvgAt>
  );
}
