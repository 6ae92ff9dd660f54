"use client";

import type { ReactNode } from "react";
import { classNames } from "./class-names.ts";

/** A share of a whole with its figure beside it. Zero-based, one hue. */
export function ProgressBar({
  label,
  value,
  max = 100,
  text,
  hideLabel = false,
  className,
}: {
  label: string;
  value: number;
  max?: number | undefined;
  /** The figure, written out: “67 %”. Without it the bar stands alone and screen readers hear the share. */
  text?: ReactNode;
  hideLabel?: boolean | undefined;
  className?: string | undefined;
}) {
  const share = max > 0 ? Math.min(100, Math.max(0, (value / max) * 100)) : 0;
  return (
    <div className={classNames("grid gap-1", className)}>
      {hideLabel && !text ? null : (
        <div className="flex items-baseline justify-between gap-3">
          <span className={hideLabel ? "sr-only" : "text-ink-2"}>{label}</span>
          {text ? <span className="font-medium tabular-nums">{text}</span> : null}
        </div>
      )}
      {/* biome-ignore lint/a11y/useSemanticElements: a native meter paints itself differently in every browser */}
      <div
        role="meter"
        aria-label={label}
        aria-valuemin={0}
        aria-valuemax={max}
        aria-valuenow={value}
        aria-valuetext={typeof text === "string" ? text : `${Math.round(share)} %`}
      >
        <svg className="bar" aria-hidden="true">
          <rect width="100%" height="100%" className="bar-ground" />
          <rect width={`${share}%`} height="100%" className="bar-value" />
        </svg>
      </div>
    </div>
  );
}
