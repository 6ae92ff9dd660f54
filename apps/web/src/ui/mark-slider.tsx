"use client";

import { useState } from "react";
import { classNames } from "./class-names.ts";

/** A mark on a long scale of whole steps, 0 to 100: a slider for the eye, a field for the exact figure. Empty until one is touched. */
export function MarkSlider({
  name,
  label,
  value,
  lowest,
  highest,
  step,
  onValueChange,
  disabled = false,
  className,
}: {
  name: string;
  label: string;
  value: number | null;
  lowest: number;
  highest: number;
  step: number;
  onValueChange: (value: number) => void;
  disabled?: boolean | undefined;
  className?: string | undefined;
}) {
  const range = { min: lowest, max: highest, step };
  // What stands in the field while a hand is in it: emptied, it is empty, though the mark stays until another is typed.
  const [typed, setTyped] = useState<string | null>(null);
  function take(text: string) {
    const next = Number(text);
    if (text === "" || !Number.isFinite(next)) return;
    const steps = Math.round((Math.min(Math.max(next, lowest), highest) - lowest) / step);
    onValueChange(lowest + steps * step);
  }
  return (
    <fieldset className={classNames("min-w-0", className)} disabled={disabled}>
      <legend className="sr-only">
        {label}, {lowest} to {highest}
      </legend>
      <div className="mark-slider">
        <input
          type="range"
          name={`${name}-slider`}
          aria-label={`${label}, slider`}
          data-empty={value === null ? "" : undefined}
          {...range}
          value={value ?? (lowest + highest) / 2}
          onChange={(event) => take(event.target.value)}
        />
        <input
          type="number"
          inputMode="numeric"
          name={name}
          aria-label={label}
          className="input text-right tabular-nums"
          {...range}
          value={typed ?? value ?? ""}
          onFocus={(event) => event.target.select()}
          onBlur={() => setTyped(null)}
          onChange={(event) => {
            setTyped(event.target.value);
            take(event.target.value);
          }}
        />
      </div>
    </fieldset>
  );
}
