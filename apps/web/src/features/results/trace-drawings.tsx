"use client";

import { packBlocks, rowEnds, type TraceBlock, tableRows } from "@bandwise/core/results/trace-geometry";
import type { IelpSection } from "@bandwise/scoring/schemes/ielp";
import { SvgAt } from "@/ui/svg-at.tsx";

// Four drawings on one axis, the raw score. Each is silent to screen readers: the step beside it says the same in words,
// the table under the first one in figures. Places are percentages in attributes, so that a strict content policy holds.

const share = (value: number) => `${Math.round(value * 1000) / 1000}%`;

/** What each item or task could give, and how much of it was earned. */
export function Blocks({ blocks }: { blocks: readonly TraceBlock[] }) {
  return (
    <svg width="100%" height="84" className="block tabular-nums" aria-hidden="true">
      {blocks.map((block) => {
        const earned = block.fill > 0;
        const edge = earned ? "stroke-accent" : "stroke-line-strong";
        return (
          <svg key={block.key} x={share(block.start)} width={share(block.width)} height="84" aria-hidden="true">
            <title>{block.title}</title>
            <SvgAt x="50%">
              <text
                x="-1.5"
                y="13"
                textAnchor="middle"
                className="fill-ink-3 text-[0.78125rem] max-wide:text-[0.6875rem]"
              >
                {block.level}
              </text>
              <text
                x="-1.5"
                y="77"
                textAnchor="middle"
                fontWeight="500"
                className={`text-[0.78125rem] max-wide:text-small ${earned ? "fill-ink" : "fill-ink-3"}`}
              >
                {block.figure}
              </text>
            </SvgAt>
            <rect y="20" width="100%" height="40" className="fill-surface" />
            {earned ? <rect y="20" width={share(100 * block.fill)} height="40" className="fill-accent" /> : null}
            <path d="M0.75 20V60" strokeWidth="1.5" className={edge} />
            <line x1="0" x2="100%" y1="20.75" y2="20.75" strokeWidth="1.5" className={edge} />
            <line x1="0" x2="100%" y1="59.25" y2="59.25" strokeWidth="1.5" className={edge} />
            <SvgAt x="100%">
              <path d="M-3.75 20V60" strokeWidth="1.5" className={edge} />
              <rect x="-3" y="19" width="3" height="42" className="fill-(--ground)" />
            </SvgAt>
          </svg>
        );
      })}
    </svg>
  );
}

/** The earned parts end to end, up to the raw score; from there a dashed line falls to the table below. */
export function Packed({ blocks, raw, maximum }: { blocks: readonly TraceBlock[]; raw: number; maximum: number }) {
  const packed = packBlocks(blocks);
  return (
    <svg width="100%" height="40" overflow="visible" className="block" aria-hidden="true">
      <rect y="6" width="100%" height="28" strokeWidth="1" className="fill-sunken stroke-line" />
      {packed.length === 0 && raw > 0 ? (
        <rect y="6" width={share((100 * raw) / maximum)} height="28" className="fill-accent" />
      ) : null}
      {packed.map((part) => (
        <rect
          key={part.key}
          x={share(part.start)}
          y="6"
          width={share(part.width)}
          height="28"
          className="fill-accent"
        />
      ))}
      {packed.slice(0, -1).map((part) => (
        <SvgAt key={part.key} x={share(part.start + part.width)}>
          <path d="M0 6V34" strokeWidth="1.5" className="stroke-(--ground)" />
        </SvgAt>
      ))}
      <SvgAt x={share((100 * raw) / maximum)}>
        <path d="M0 0V40" strokeWidth="1.5" strokeDasharray="3 3" className="stroke-ink" />
        <path d="M0 40V112" strokeWidth="1.5" strokeDasharray="3 3" className="only-wide stroke-ink print:hidden" />
      </SvgAt>
    </svg>
  );
}

/** The ten rows of the section's table along the raw score. */
export function TableRows({ section, held, raw }: { section: IelpSection; held: number | null; raw: number }) {
  const rows = tableRows(section, held);
  const ends = rowEnds(section, held);
  const first = rows[0];
  return (
    <svg width="100%" height="52" overflow="visible" className="block tabular-nums" aria-hidden="true">
      <rect width="100%" height="28" className="fill-(--ground)" />
      <rect
        x="0"
        y="0.5"
        width={share(first?.start ?? 0)}
        height="27"
        strokeDasharray="2 3"
        className="fill-none stroke-line-strong"
      />
      {rows.map((row) => (
        <rect
          key={row.start}
          x={share(row.start)}
          y="0.5"
          width={share(row.width)}
          height="27"
          className="fill-surface stroke-line-strong"
        />
      ))}
      {rows
        .filter((row) => row.held)
        .map((row) => (
          <rect
            key={row.start}
            x={share(row.start)}
            y="1"
            width={share(row.width)}
            height="26"
            strokeWidth="2"
            className="fill-accent-soft stroke-accent"
          />
        ))}
      {held === null ? (
        <SvgAt x={share(raw)}>
          <path d="M0 0V28" strokeWidth="2" className="stroke-accent" />
        </SvgAt>
      ) : null}
      {ends
        .filter((end) => end.room !== "none")
        .map((end) => (
          <SvgAt key={end.text} x={share(end.at)}>
            <text
              y="45"
              textAnchor={end.at >= 99 ? "end" : end.at <= 2.5 ? "start" : "middle"}
              fontWeight={end.held ? "600" : "400"}
              className={`text-small ${end.held ? "fill-ink" : "fill-ink-3"}${end.room === "wide" ? " only-wide print:hidden" : ""}`}
            >
              {end.text}
            </text>
          </SvgAt>
        ))}
    </svg>
  );
}

/** The held row opened into its ten steps, each with the band it gives. */
export function TenSteps({ section, row, step }: { section: IelpSection; row: number; step: number }) {
  const place = tableRows(section, row)[row - 1];
  const start = place?.start ?? 0;
  const end = start + (place?.width ?? 0);
  const steps = Array.from({ length: 10 }, (_, index) => index + 1);
  return (
    <div>
      <svg
        width="100%"
        height="22"
        viewBox="0 0 100 22"
        preserveAspectRatio="none"
        className="block"
        aria-hidden="true"
      >
        <path d={`M${start} 0L0 22H100L${end} 0z`} className="fill-accent-soft" />
      </svg>
      <svg width="100%" height="32" overflow="visible" className="block tabular-nums" aria-hidden="true">
        <rect y="0.5" width="100%" height="31" className="fill-accent-soft stroke-accent" />
        {steps.map((one) => {
          const held = one === step;
          return (
            <g key={one}>
              {held ? (
                <rect x={`${(one - 1) * 10}%`} y="0.5" width="10%" height="31" className="fill-accent stroke-accent" />
              ) : null}
              {one === 10 ? null : (
                <line x1={`${one * 10}%`} x2={`${one * 10}%`} y1="1" y2="31" className="stroke-accent-line" />
              )}
              <SvgAt x={`${one * 10 - 5}%`}>
                <text
                  y="20.5"
                  textAnchor="middle"
                  fontWeight={held ? "700" : "400"}
                  className={`text-[0.78125rem] ${held ? "fill-on-accent" : "fill-accent-strong"}`}
                >
                  {(row - 1 + one / 10).toFixed(1)}
                </text>
              </SvgAt>
            </g>
          );
        })}
      </svg>
    </div>
  );
}
