"use client";

import { useId } from "react";
import { SvgAt } from "./svg-at.tsx";

export type StackTone = 1 | 2 | 3 | "outline" | "hatch";
export type StackSegment = { label: string; value: number; tone: StackTone };

/** Parts of a whole in one row; a part too small for its figure keeps it in the label only. */
export function StackedBar({
  label,
  segments,
  total,
  height = 20,
}: {
  label: string;
  segments: readonly StackSegment[];
  /** What the full width stands for, the same for every row that is compared. */
  total: number;
  height?: number | undefined;
}) {
  const hatch = useId();
  const shown = segments.filter((segment) => segment.value > 0);
  const text = shown.map((segment) => `${segment.label} ${segment.value}`).join(", ");
  const placed = shown.map((segment, index) => {
    const before = shown.slice(0, index).reduce((sum, one) => sum + one.value, 0);
    return {
      ...segment,
      start: total > 0 ? (before / total) * 100 : 0,
      share: total > 0 ? (segment.value / total) * 100 : 0,
    };
  });
  return (
    <div role="img" aria-label={`${label}: ${text === "" ? "none" : text}`}>
      <svg width="100%" height={height} className="stack" aria-hidden="true">
        <defs>
          <pattern id={hatch} width="5" height="5" patternUnits="userSpaceOnUse" patternTransform="rotate(45)">
            <rect width="2" height="5" className="hatch-plain" />
          </pattern>
        </defs>
        {placed.map((segment) => (
          <g key={segment.label} data-tone={segment.tone}>
            <svg x={`${segment.start}%`} width={`${segment.share}%`} height={height} aria-hidden="true">
              <rect width="100%" height="100%" {...(segment.tone === "hatch" ? { fill: `url(#${hatch})` } : {})} />
              <line x1="100%" x2="100%" y1="0" y2="100%" className="stack-gap" />
            </svg>
            {segment.share >= 6 && segment.tone !== "hatch" ? (
              <SvgAt x={`${segment.start + segment.share / 2}%`} y={height / 2}>
                <text textAnchor="middle" dy="0.35em">
                  {segment.value}
                </text>
              </SvgAt>
            ) : null}
          </g>
        ))}
      </svg>
    </div>
  );
}

export function StackedLegend({ items }: { items: readonly StackSegment[] }) {
  return (
    <ul className="flex flex-wrap gap-x-4 gap-y-1 text-small text-ink-2">
      {items.map((item) => (
        <li key={item.label} className="inline-flex items-center gap-1.5">
          <span className="stack-key" data-tone={item.tone} aria-hidden="true" />
          {item.label} <b className="text-ink tabular-nums">{item.value}</b>
        </li>
      ))}
    </ul>
  );
}
