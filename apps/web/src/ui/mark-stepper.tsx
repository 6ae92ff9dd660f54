"use client";

import { type KeyboardEvent, useId, useRef } from "react";
import { classNames } from "./class-names.ts";
import { formatMark } from "./format.ts";
import { type MarkEntry, typeMark } from "./mark-keys.ts";

/**
 * A mark from 0 to 10 (or 9) in halves. Wide: a radio button for each on a scale, arrows move by a half, digits and a point type it.
 * Phone: keys for the wholes and one that adds the half.
 */
export function MarkStepper({
  name,
  label,
  value,
  onValueChange,
  highest = 10,
  disabled = false,
  className,
}: {
  name: string;
  label: string;
  value: number | null;
  onValueChange: (value: number) => void;
  highest?: 9 | 10;
  disabled?: boolean | undefined;
  className?: string | undefined;
}) {
  const group = `${name}-${useId()}`;
  const stops = Array.from({ length: 2 * highest + 1 }, (_, index) => index / 2);
  const wholes = Array.from({ length: highest + 1 }, (_, index) => index);
  const scale = useRef<HTMLDivElement>(null);
  const typed = useRef({ typed: "", atMs: 0 });

  function onKeyDown(event: KeyboardEvent) {
    if (disabled || event.ctrlKey || event.metaKey || event.altKey) return;
    const entry: MarkEntry = { value, ...typed.current };
    const next = typeMark(entry, event.key, event.timeStamp, highest);
    if (next === null) return;
    event.preventDefault();
    typed.current = { typed: next.typed, atMs: next.atMs };
    if (next.value === null) return;
    onValueChange(next.value);
    // The focus follows the mark, so that the arrows go on from there.
    scale.current?.querySelector<HTMLInputElement>(`input[value="${next.value}"]`)?.focus();
  }

  return (
    <fieldset className={classNames("min-w-0", className)} disabled={disabled}>
      <legend className="sr-only">
        {label}, 0 to {highest} in halves
      </legend>
      {/* biome-ignore lint/a11y/noStaticElementInteractions: the keys typed here belong to the radio buttons inside */}
      <div ref={scale} className="mark-stepper" data-highest={highest} onKeyDown={onKeyDown}>
        {stops.map((stop) => (
          <label key={stop} className="mark-stop" data-half={Number.isInteger(stop) ? undefined : ""}>
            <input
              type="radio"
              name={group}
              value={stop}
              checked={stop === value}
              aria-label={formatMark(stop)}
              onChange={() => onValueChange(stop)}
            />
            <span aria-hidden="true">
              <b>{stop}</b>
            </span>
          </label>
        ))}
      </div>
      <div className="mark-keys">
        {wholes.map((whole) => (
          <button
            key={whole}
            type="button"
            aria-pressed={value !== null && Math.floor(value) === whole}
            onClick={() => onValueChange(whole)}
          >
            {whole}
          </button>
        ))}
        <button
          type="button"
          aria-pressed={value !== null && !Number.isInteger(value)}
          aria-label="Add a half"
          disabled={value === null || value === highest}
          onClick={() => {
            if (value !== null) onValueChange(Number.isInteger(value) ? value + 0.5 : Math.floor(value));
          }}
        >
          +½
        </button>
      </div>
    </fieldset>
  );
}
