"use client";

import { type ReactNode, useEffect, useState } from "react";
import { CountdownRing } from "../../ui/countdown-ring.tsx";
import { LevelMeter } from "../../ui/level-meter.tsx";

/** Where one is in a task, with all its stages in view. */
export function Stages({ names, stage }: { names: readonly string[]; stage: number }) {
  return (
    <ol className="mb-5 flex desk:mb-8  justify-between gap-2 border-b border-line pb-3 text-body">
      {names.map((name, index) => (
        <li
          key={name}
          aria-current={index === stage ? "step" : undefined}
          className="flex items-center gap-2 aria-[current=step]:font-semibold"
        >
          <span
            className={`grid size-6 place-items-center rounded-full text-small tabular-nums ${index === stage ? "bg-ink text-paper" : "border border-line-strong text-ink-2"}`}
          >
            {index + 1}
          </span>
          {name}
        </li>
      ))}
    </ol>
  );
}

/** The time, what is going on, and the level: one under the other, on a phone beside each other. */
export function Gauge({
  ring,
  level,
  trouble,
  action,
  children,
}: {
  ring: ReactNode;
  level: number;
  /** What is wrong with the sound while it can be mended. */
  trouble: string | null;
  action?: ReactNode;
  children: ReactNode;
}) {
  return (
    <div className="grid gap-x-5 gap-y-4 max-wide:grid-cols-[auto_minmax(0,1fr)] max-wide:items-center wide:gap-y-5">
      {ring}
      <div className="grid gap-3 wide:gap-5">
        {children}
        <LevelMeter level={level} />
        <p role="status" className="min-h-6 text-body text-warn">
          {trouble}
        </p>
      </div>
      {action ? <div className="max-wide:col-span-2">{action}</div> : null}
    </div>
  );
}

/** Ticks four times a second; the deadline itself is a timer of the task. */
export function Ring({ endsAt, totalSeconds, label }: { endsAt: number; totalSeconds: number; label: string }) {
  const [left, setLeft] = useState(totalSeconds);
  useEffect(() => {
    const tick = () => setLeft(Math.max(0, (endsAt - performance.now()) / 1000));
    tick();
    const timer = setInterval(tick, 250);
    return () => clearInterval(timer);
  }, [endsAt]);
  return (
    <div className="grid justify-items-center">
      <CountdownRing secondsLeft={left} totalSeconds={totalSeconds} label={label} />
    </div>
  );
}
