"use client";

import { SvgAt } from "@/ui/svg-at.tsx";

/** One line a section, told apart by its dashes as well as by its ink. */
const looks = [
  { ink: "stroke-accent", dash: undefined },
  { ink: "stroke-ink", dash: "7 4" },
  { ink: "stroke-ink-2", dash: "2 3" },
  { ink: "stroke-ink-3", dash: "9 3 2 3" },
] as const;

/** Room for the topmost figure. */
const plotTop = 18;

const lookAt = (index: number) => looks[index % looks.length] ?? looks[0];

interface CurveLine {
  readonly name: string;
  /** Shares of forms, greatest first. */
  readonly rates: readonly number[];
}

/** Items sorted by exposure: a flat line is even use, a steep beginning a few worn items. Zero-based. */
export function ExposureCurve({
  lines,
  label,
  height = 220,
}: {
  lines: readonly CurveLine[];
  label: string;
  height?: number;
}) {
  const most = Math.max(0.0001, ...lines.flatMap(({ rates }) => rates));
  const top = niceTop(most * 100) / 100;
  const base = height + plotTop;
  const marks = [0, 0.25, 0.5, 0.75, 1].map((share) => share * top);
  return (
    <figure className="grid gap-2">
      <svg width="100%" height={base + 22} role="img" aria-label={label} overflow="visible" className="tabular-nums">
        {marks.map((mark) => (
          <SvgAt key={mark} x="0" y={base - (mark / top) * height}>
            <line x1="0" x2="100%" y1="0" y2="0" className="ruler-grid" />
          </SvgAt>
        ))}
        <svg
          y={plotTop}
          width="100%"
          height={height}
          viewBox="0 0 1000 1000"
          preserveAspectRatio="none"
          aria-hidden="true"
        >
          {lines.map(({ name, rates }, index) => (
            <path
              key={name}
              d={stepsOf(rates, top)}
              fill="none"
              strokeWidth="2"
              strokeDasharray={lookAt(index).dash}
              vectorEffect="non-scaling-stroke"
              className={lookAt(index).ink}
            />
          ))}
        </svg>
        {marks.slice(1).map((mark) => (
          <SvgAt key={mark} x="100%" y={base - (mark / top) * height}>
            <text y="-4" textAnchor="end" className="ruler-numeral">
              {percent(mark)}
            </text>
          </SvgAt>
        ))}
        <text y={base + 16} className="ruler-numeral">
          Most drawn item
        </text>
        <SvgAt x="100%" y={base + 16}>
          <text textAnchor="end" className="ruler-numeral">
            Least drawn
          </text>
        </SvgAt>
      </svg>
      <figcaption>
        <ul className="flex flex-wrap gap-x-5 gap-y-1 text-dense text-ink-2">
          {lines.map(({ name, rates }, index) => (
            <li key={name} className="inline-flex items-center gap-2">
              <svg width="32" height="8" aria-hidden="true">
                <path d="M0 4H32" strokeWidth="2" strokeDasharray={lookAt(index).dash} className={lookAt(index).ink} />
              </svg>
              {name} <b className="text-ink tabular-nums">{percent(rates[0] ?? 0)}</b> at most
            </li>
          ))}
        </ul>
      </figcaption>
    </figure>
  );
}

function stepsOf(rates: readonly number[], top: number): string {
  const across = 1000 / Math.max(1, rates.length);
  return rates
    .map((rate, index) => {
      const y = (1000 * (1 - rate / top)).toFixed(1);
      return `${index === 0 ? `M0 ${y}` : `V${y}`}H${((index + 1) * across).toFixed(1)}`;
    })
    .join("");
}

/** The next of 1, 2, 4, 10, 20 … per cent: its quarters are figures one can read. */
function niceTop(percentage: number): number {
  const size = 10 ** Math.floor(Math.log10(percentage));
  return size * ([1, 2, 4, 8, 10].find((step) => step * size >= percentage) ?? 10);
}

function percent(share: number): string {
  const value = share * 100;
  return `${value === 0 || value >= 10 ? Math.round(value) : Number(value.toPrecision(2))} %`;
}
