"use client";

import { classNames } from "./class-names.ts";
import {
  anchorFor,
  bandAxis,
  holds,
  onAxis,
  type PlacedSegment,
  percent,
  placeOn,
  placeSegments,
  type RulerAxis,
  type RulerSegment,
  rangeTextSide,
  scaleEnd,
} from "./ruler-geometry.ts";
import { SvgAt } from "./svg-at.tsx";

export type RulerSize = "sm" | "md" | "lg";
export type RulerGround = "surface" | "paper";

const metrics = {
  sm: { track: 24, head: 42, value: 16, pin: 22 },
  md: { track: 28, head: 42, value: 16, pin: 22 },
  lg: { track: 34, head: 50, value: 20, pin: 26 },
} as const;
const ticksHeight = 28;

/**
 * The scale itself, with a value on it. One image to screen readers: `label` says all it shows, for example
 * “Band 6.50 on a scale from 0 to 10, level C1. Score range 6.20 to 6.80.”
 */
export function Ruler({
  segments,
  value,
  valueText,
  low,
  high,
  rangeText,
  axis = bandAxis,
  size = "md",
  ground = "paper",
  label,
  className,
}: {
  segments: readonly RulerSegment[];
  value?: number | undefined;
  valueText?: string | undefined;
  low?: number | undefined;
  high?: number | undefined;
  rangeText?: string | undefined;
  /** How far the scale goes and how often it is numbered; segments and values are given in its own units. */
  axis?: RulerAxis | undefined;
  size?: RulerSize | undefined;
  /** What the ruler lies on; the gaps between segments show it. */
  ground?: RulerGround | undefined;
  label: string;
  className?: string | undefined;
}) {
  const placed = placeSegments(onAxis(segments, axis));
  const at = (given: number | undefined) => (given === undefined ? undefined : placeOn(given, axis));
  const [place, from, upTo] = [at(value), at(low), at(high)];
  const { track, head, value: valueBase, pin } = metrics[size];
  const top = place === undefined ? 0 : head;
  const height = top + track + ticksHeight;
  return (
    <div className={classNames("ruler", className)} data-size={size} data-ground={ground} role="img" aria-label={label}>
      <svg width="100%" height={height} aria-hidden="true">
        <Track placed={placed} top={top} height={track} value={place} />
        <Scale top={top + track} axis={axis} />
        {place === undefined ? null : (
          <>
            {from === undefined || upTo === undefined ? null : (
              <Bracket low={from} high={upTo} top={top - 16} bottom={top} text={rangeText} />
            )}
            <SvgAt x={percent(place)}>
              <text y={valueBase} textAnchor={anchorFor(place)} className="ruler-value">
                {valueText ?? value}
              </text>
              <path d={`M0 ${pin}V${top - 7}`} className="ruler-pin" />
              <path d={`M-6 ${top - 8}H6L0 ${top}Z`} className="ruler-head" />
            </SvgAt>
          </>
        )}
      </svg>
    </div>
  );
}

function Track({
  placed,
  top,
  height,
  value,
}: {
  placed: readonly PlacedSegment[];
  top: number;
  height: number;
  value: number | undefined;
}) {
  return (
    <g>
      {placed.map((segment) => {
        const held = holds(segment, value);
        const middle = percent((segment.from + segment.to) / 2);
        const width = percent(segment.to - segment.from);
        return (
          <g key={segment.to} data-step={segment.step} data-held={held ? "" : undefined} className="ruler-segment">
            <rect x={percent(segment.from)} y={top} width={width} height={height} />
            {held ? (
              <rect x={percent(segment.from)} y={top + height - 3} width={width} height="3" className="ruler-foot" />
            ) : null}
            <SvgAt x={middle} y={top + height / 2}>
              <text
                textAnchor="middle"
                dy="0.35em"
                className={segment.short === undefined ? undefined : "ruler-one-line"}
              >
                {segment.label}
              </text>
              {segment.short === undefined ? null : (
                <text textAnchor="middle" className="ruler-two-lines">
                  <tspan x="0" dy="-0.15em">
                    {segment.short[0]}
                  </tspan>
                  <tspan x="0" dy="1em">
                    {segment.short[1]}
                  </tspan>
                </text>
              )}
            </SvgAt>
          </g>
        );
      })}
      {placed.slice(0, -1).map((segment) => (
        <line
          key={segment.to}
          x1={percent(segment.to)}
          x2={percent(segment.to)}
          y1={top}
          y2={top + height}
          className="ruler-gap"
        />
      ))}
    </g>
  );
}

/** Ticks at numerals and halfway between them. */
function Scale({ top, axis = bandAxis }: { top: number; axis?: RulerAxis }) {
  return (
    <g>
      {Array.from({ length: (axis.highest / axis.every) * 2 + 1 }, (_, index) => (index / 2) * axis.every).map((at) => {
        const place = placeOn(at, axis);
        const numbered = Number.isInteger(at / axis.every);
        return (
          <SvgAt key={at} x={percent(place)} y={top}>
            {/* The outermost ticks are drawn inside, or half of them would be cut off. */}
            <path
              d={`M${at === 0 ? 0.5 : at === axis.highest ? -0.5 : 0} 0v${numbered ? 6 : 3}`}
              className="ruler-tick"
            />
            {numbered ? (
              <text y="21" textAnchor={anchorFor(place)} className="ruler-numeral">
                {at}
              </text>
            ) : null}
          </SvgAt>
        );
      })}
    </g>
  );
}

/** From the lowest to the highest score, with caps down to the track. */
function Bracket({
  low,
  high,
  top,
  bottom,
  text,
}: {
  low: number;
  high: number;
  top: number;
  bottom: number;
  text: string | undefined;
}) {
  const side = rangeTextSide(high);
  return (
    <g>
      <line x1={percent(low)} x2={percent(high)} y1={top} y2={top} className="ruler-bracket" />
      <line x1={percent(low)} x2={percent(low)} y1={top - 0.75} y2={bottom} className="ruler-bracket" />
      <line x1={percent(high)} x2={percent(high)} y1={top - 0.75} y2={bottom} className="ruler-bracket" />
      {text === undefined ? null : (
        <SvgAt x={percent(side === "right" ? high : low)} y={top}>
          <text
            x={side === "right" ? 8 : -8}
            y="9"
            textAnchor={side === "right" ? "start" : "end"}
            className="ruler-range"
          >
            {text}
          </text>
        </SvgAt>
      )}
    </g>
  );
}

/** A row under the ruler: dot and whisker on the same axis, gridlines at segment ends. Say the figures in text beside. */
export function RulerRow({
  segments: given,
  value: score,
  low: lowest,
  high: highest,
  rangeText,
  axis = bandAxis,
  height = 44,
  ground = "paper",
  className,
}: {
  segments: readonly RulerSegment[];
  value: number;
  low?: number | undefined;
  high?: number | undefined;
  rangeText?: string | undefined;
  axis?: RulerAxis | undefined;
  height?: number | undefined;
  ground?: RulerGround | undefined;
  className?: string | undefined;
}) {
  const segments = onAxis(given, axis);
  const value = placeOn(score, axis);
  const low = lowest === undefined ? undefined : placeOn(lowest, axis);
  const high = highest === undefined ? undefined : placeOn(highest, axis);
  const middle = height / 2;
  const side = rangeTextSide(high ?? value);
  return (
    <svg
      width="100%"
      height={height}
      className={classNames("ruler-row", className)}
      data-ground={ground}
      aria-hidden="true"
    >
      <SvgAt x="0">
        <path d={`M0.5 0V${height}`} className="ruler-grid" />
      </SvgAt>
      {segments.map((segment) => (
        <SvgAt key={segment.to} x={percent(segment.to)}>
          <path d={`M${segment.to >= scaleEnd ? -0.5 : 0} 0V${height}`} className="ruler-grid" />
        </SvgAt>
      ))}
      {low === undefined || high === undefined ? null : (
        <>
          <line x1={percent(low)} x2={percent(high)} y1={middle} y2={middle} className="ruler-whisker" />
          <line x1={percent(low)} x2={percent(low)} y1={middle - 5} y2={middle + 5} className="ruler-whisker" />
          <line x1={percent(high)} x2={percent(high)} y1={middle - 5} y2={middle + 5} className="ruler-whisker" />
          {rangeText === undefined ? null : (
            <SvgAt x={percent(side === "right" ? high : low)} y={middle}>
              <text
                x={side === "right" ? 10 : -10}
                dy="0.35em"
                textAnchor={side === "right" ? "start" : "end"}
                className="ruler-range only-wide"
              >
                {rangeText}
              </text>
            </SvgAt>
          )}
        </>
      )}
      <circle cx={percent(value)} cy={middle} r="7" className="ruler-halo" />
      <circle cx={percent(value)} cy={middle} r="5" className="ruler-dot" />
    </svg>
  );
}

/** Counts along the scale, standing on the ruler: how many results lie where. */
export function RulerHistogram({
  segments,
  bins: given,
  axis = bandAxis,
  label,
  height = 92,
  ground = "surface",
}: {
  segments: readonly RulerSegment[];
  /** In the axis's own units. */
  bins: readonly { from: number; to: number; count: number }[];
  axis?: RulerAxis | undefined;
  label: string;
  height?: number | undefined;
  ground?: RulerGround | undefined;
}) {
  const bins = given.map(({ from, to, count }) => ({ from: placeOn(from, axis), to: placeOn(to, axis), count }));
  const most = Math.max(1, ...bins.map((bin) => bin.count));
  const top = height + 16;
  const { track } = metrics.sm;
  return (
    <div className="ruler" data-size="sm" data-ground={ground} role="img" aria-label={label}>
      <svg width="100%" height={top + track + ticksHeight} aria-hidden="true">
        {bins.map((bin) => {
          const tall = (bin.count / most) * height;
          return bin.count === 0 ? null : (
            <g key={bin.from}>
              <rect
                x={percent(bin.from)}
                width={percent(bin.to - bin.from)}
                y={top - 1 - tall}
                height={tall}
                className="ruler-bin"
              />
              <SvgAt x={percent((bin.from + bin.to) / 2)} y={top - 1 - tall}>
                <text y="-4" textAnchor="middle" className="ruler-numeral">
                  {bin.count}
                </text>
              </SvgAt>
            </g>
          );
        })}
        <Track placed={placeSegments(onAxis(segments, axis))} top={top} height={track} value={undefined} />
        <Scale top={top + track} axis={axis} />
      </svg>
    </div>
  );
}
