"use client";

import { SvgAt } from "@/ui/svg-at.tsx";
import { difficultyText } from "../names.ts";

interface PlotRow {
  readonly name: string;
  /** Where the forms should lie, in logits. */
  readonly target: number;
  readonly means: readonly { readonly label: string; readonly mean: number }[];
}

/** Room for the sections' names on the left, and for half a disc on the right. */
const [left, right] = [22, 96];
const lane = 24;
const radius = 10;
/** Discs nearer to each other than this share of the width go to lanes of their own; a phone is the measure. */
const apart = 8;

interface Disc {
  readonly label: string;
  readonly x: number;
  readonly lane: number;
  readonly outside: boolean;
}

/**
 * Every form as a lettered disc, section by section, at its distance from the target: within the band they are parallel,
 * a hollow disc lies outside.
 */
export function FormsPlot({ rows, tolerance }: { rows: readonly PlotRow[]; tolerance: number }) {
  const farthest = Math.max(
    0,
    ...rows.flatMap(({ target, means }) => means.map(({ mean }) => Math.abs(mean - target))),
  );
  const end = Math.max(2 * tolerance, farthest * 1.15);
  const place = (distance: number): number => left + ((distance + end) / (2 * end)) * (right - left);
  let top = 26;
  const placed = rows.map((row) => {
    const discs = inLanes(row, tolerance, place);
    const height = Math.max(1, ...discs.map((disc) => disc.lane + 1)) * lane + 14;
    const y = top;
    top += height;
    return { ...row, discs, y, height };
  });
  return (
    <svg
      width="100%"
      height={top + 24}
      role="img"
      aria-label={`How far each form lies from the target, in logits, ±${tolerance.toFixed(2)} allowed. ${rows.map(rowWords).join(" ")}`}
      overflow="visible"
      className="tabular-nums"
    >
      <rect
        x={`${place(-tolerance)}%`}
        width={`${place(tolerance) - place(-tolerance)}%`}
        y="18"
        height={top - 18}
        className="fill-accent-soft"
      />
      {[-tolerance, 0, tolerance].map((distance) => (
        <SvgAt key={distance} x={`${place(distance)}%`}>
          <path
            d={`M0 18V${top}`}
            strokeDasharray={distance === 0 ? undefined : "4 3"}
            className={distance === 0 ? "stroke-ink-3" : "stroke-accent"}
          />
          <text y="11" textAnchor="middle" className="ruler-numeral">
            {distance === 0 ? "target" : difficultyText(distance)}
          </text>
        </SvgAt>
      ))}
      {placed.map(({ name, target, discs, y, height }) => (
        <g key={name}>
          <line x1="0" x2="100%" y1={y + height} y2={y + height} className="ruler-grid" />
          <text y={y + height / 2 - 3} className="fill-ink text-dense">
            {name}
          </text>
          <text y={y + height / 2 + 12} className="ruler-numeral">
            {difficultyText(target)}
          </text>
          {discs.map((disc) => (
            <SvgAt key={disc.label} x={`${disc.x}%`} y={y + 7 + lane / 2 + disc.lane * lane}>
              <circle
                r={radius}
                strokeWidth="1.5"
                className={disc.outside ? "fill-surface stroke-bad" : "fill-accent stroke-accent"}
              />
              <text
                dy="0.35em"
                textAnchor="middle"
                className={
                  disc.outside ? "fill-bad text-[12px] font-semibold" : "fill-on-accent text-[12px] font-semibold"
                }
              >
                {disc.label}
              </text>
            </SvgAt>
          ))}
        </g>
      ))}
      <SvgAt x={`${place(-end)}%`} y={top + 18}>
        <text className="ruler-numeral">← easier</text>
      </SvgAt>
      <SvgAt x={`${place(end)}%`} y={top + 18}>
        <text textAnchor="end" className="ruler-numeral">
          harder →
        </text>
      </SvgAt>
    </svg>
  );
}

function rowWords({ name, target, means }: PlotRow): string {
  const forms = means.map(({ label, mean }) => `${label} ${difficultyText(mean - target)}`).join(", ");
  return `${name}, target ${difficultyText(target)}: ${forms}.`;
}

/** Each disc in the first lane where nothing stands too near. */
function inLanes({ target, means }: PlotRow, tolerance: number, place: (distance: number) => number): Disc[] {
  const ends: number[] = [];
  return [...means]
    .sort((a, b) => a.mean - b.mean || (a.label < b.label ? -1 : 1))
    .map(({ label, mean }) => {
      const x = place(mean - target);
      const free = ends.findIndex((end) => x - end >= apart);
      const own = free < 0 ? ends.length : free;
      ends[own] = x;
      return { label, x, lane: own, outside: Math.abs(mean - target) > tolerance + 1e-9 };
    });
}
