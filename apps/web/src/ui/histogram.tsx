"use client";

import { useId } from "react";
import { SvgAt } from "./svg-at.tsx";

export type Bin = { from: number; to: number; count: number };

/** Counts in bins of equal width, printed on each; a limit is dashed and named, what lies beyond it hatched. */
export function Histogram({
  label,
  bins,
  limit,
  height = 168,
}: {
  /** What the picture says, for those who do not see it. */
  label: string;
  bins: readonly Bin[];
  limit?: { at: number; label: string } | undefined;
  height?: number | undefined;
}) {
  const hatch = useId();
  const first = bins[0];
  const last = bins.at(-1);
  if (first === undefined || last === undefined) return null;
  const start = first.from;
  const span = last.to - start;
  const most = Math.max(1, ...bins.map((bin) => bin.count));
  const place = (value: number) => `${((value - start) / span) * 100}%`;
  const base = height + 18;
  return (
    <div className="histogram" role="img" aria-label={label}>
      <svg width="100%" height={base + 20} overflow="visible" aria-hidden="true">
        <defs>
          <pattern id={hatch} width="6" height="6" patternUnits="userSpaceOnUse" patternTransform="rotate(45)">
            <rect width="3" height="6" className="hatch-bad" />
          </pattern>
        </defs>
        {bins.map((bin) => {
          const tall = (bin.count / most) * height;
          const beyond = limit !== undefined && bin.from >= limit.at;
          return (
            <g key={bin.from} className={beyond ? "bin-beyond" : "bin"}>
              <rect
                x={place(bin.from)}
                width={`${((bin.to - bin.from) / span) * 100}%`}
                y={base - tall}
                height={tall}
                {...(beyond ? { fill: `url(#${hatch})` } : {})}
              />
              <SvgAt x={place((bin.from + bin.to) / 2)} y={base - tall}>
                <text y="-5" textAnchor="middle" className="bin-count">
                  {bin.count}
                </text>
              </SvgAt>
            </g>
          );
        })}
        <line x1="0" x2="100%" y1={base} y2={base} className="mark-base" />
        {bins.map((bin) => (
          <SvgAt key={bin.from} x={place(bin.from)} y={base}>
            <text y="15" textAnchor={bin.from === start ? "start" : "middle"} className="ruler-numeral">
              {bin.from}
            </text>
          </SvgAt>
        ))}
        {limit === undefined ? null : (
          <SvgAt x={place(limit.at)}>
            <path d={`M0 0V${base}`} className="limit-line" />
            <text x="-6" y="11" textAnchor="end" className="limit-name">
              {limit.label}
            </text>
          </SvgAt>
        )}
      </svg>
    </div>
  );
}
