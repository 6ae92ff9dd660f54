"use client";

import { type KeyboardEvent, type PointerEvent, useId, useMemo, useRef } from "react";
import { formatClock } from "@/ui/format.ts";
import { SvgAt } from "@/ui/svg-at.tsx";
import { barsOf, type Stretch, tickSeconds } from "./waveform.ts";

const barCount = 186;
const height = 120;

/** The recording's shape: what was played in ink, what is to come in grey, pauses as a shade. Click, drag or arrows seek. */
export function Waveform({
  peaks,
  silences,
  durationSeconds,
  at,
  pins,
  onSeek,
}: {
  peaks: readonly number[];
  silences: readonly Stretch[];
  durationSeconds: number;
  at: number;
  /** Seconds that are commented on, in order. */
  pins: readonly number[];
  onSeek: (seconds: number) => void;
}) {
  const id = useId();
  const box = useRef<HTMLDivElement>(null);
  const bars = useMemo(() => barsOf(peaks, barCount), [peaks]);
  const path = useMemo(
    () =>
      bars
        .map((bar, index) => {
          const tall = Math.max(2, bar * (height - 8));
          return `M${index * 4} ${(height - tall) / 2}h2.6v${tall}h-2.6z`;
        })
        .join(""),
    [bars],
  );
  const width = Math.max(1, bars.length * 4);
  const share = durationSeconds > 0 ? Math.min(1, at / durationSeconds) : 0;
  const step = tickSeconds(durationSeconds);
  const ticks = Array.from({ length: Math.floor(durationSeconds / step) + 1 }, (_, index) => index * step);

  function seekTo(event: PointerEvent) {
    const frame = box.current?.getBoundingClientRect();
    if (frame) onSeek(Math.min(1, Math.max(0, (event.clientX - frame.left) / frame.width)) * durationSeconds);
  }

  function onKeyDown(event: KeyboardEvent) {
    const steps: Readonly<Record<string, number>> = {
      ArrowLeft: at - 1,
      ArrowDown: at - 1,
      ArrowRight: at + 1,
      ArrowUp: at + 1,
      PageDown: at - 5,
      PageUp: at + 5,
      Home: 0,
      End: durationSeconds,
    };
    const target = steps[event.key];
    if (target === undefined || event.ctrlKey || event.metaKey || event.altKey) return;
    event.preventDefault();
    onSeek(target);
  }

  return (
    <div>
      {pins.length === 0 ? null : (
        <svg className="block h-5 w-full overflow-visible text-small" aria-hidden="true">
          {pins.map((pin, place) => (
            <SvgAt key={pin} x={`${Math.min(1, pin / Math.max(durationSeconds, 0.1)) * 100}%`}>
              <circle cy={9} r={8} className="fill-accent" />
              <text y={13} textAnchor="middle" className="fill-on-accent font-semibold tabular-nums">
                {place + 1}
              </text>
            </SvgAt>
          ))}
        </svg>
      )}
      <div
        ref={box}
        role="slider"
        tabIndex={0}
        aria-label="Place in the recording"
        aria-valuemin={0}
        aria-valuemax={Math.round(durationSeconds)}
        aria-valuenow={Math.round(at)}
        aria-valuetext={`${formatClock(Math.floor(at))} of ${formatClock(Math.round(durationSeconds))}`}
        className="cursor-pointer touch-pan-y"
        onKeyDown={onKeyDown}
        onPointerDown={(event) => {
          if (event.button !== 0) return;
          event.currentTarget.setPointerCapture(event.pointerId);
          seekTo(event);
        }}
        onPointerMove={(event) => {
          if (event.currentTarget.hasPointerCapture(event.pointerId)) seekTo(event);
        }}
      >
        <svg
          className="block h-24 w-full wide:h-30"
          viewBox={`0 0 ${width} ${height}`}
          preserveAspectRatio="none"
          aria-hidden="true"
        >
          <defs>
            <clipPath id={`${id}-played`}>
              <rect width={width * share} height={height} />
            </clipPath>
          </defs>
          {silences.map(({ from, to }) => (
            <rect
              key={from}
              x={(from / durationSeconds) * width}
              width={((to - from) / durationSeconds) * width}
              height={height}
              className="fill-sunken"
            />
          ))}
          <path d={path} className="fill-line-strong" />
          <path d={path} clipPath={`url(#${id}-played)`} className="fill-accent" />
          <line
            x1={width * share}
            x2={width * share}
            y2={height}
            className="stroke-ink stroke-2 [vector-effect:non-scaling-stroke]"
          />
        </svg>
      </div>
      <svg className="block h-5 w-full overflow-visible border-t border-line-strong text-small" aria-hidden="true">
        {ticks.map((tick) => {
          const place = tick / durationSeconds;
          return (
            <SvgAt key={tick} x={`${place * 100}%`}>
              <text
                y={15}
                textAnchor={tick === 0 ? "start" : place > 0.96 ? "end" : "middle"}
                className="fill-ink-3 tabular-nums"
              >
                {formatClock(tick)}
              </text>
            </SvgAt>
          );
        })}
      </svg>
    </div>
  );
}
