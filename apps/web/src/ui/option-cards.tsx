"use client";

import { type ReactNode, useId } from "react";
import { classNames } from "./class-names.ts";

export type CardOption = { value: string; label: ReactNode };

type CommonProps = {
  legend: ReactNode;
  hideLegend?: boolean | undefined;
  name: string;
  options: readonly CardOption[];
  disabled?: boolean | undefined;
  className?: string | undefined;
};

/** “A”, “B”, “C” … the letter on a card's disc. */
export function optionLetter(index: number): string {
  return String.fromCharCode(65 + index);
}

/** One answer of several, each a card with a letter. */
export function OptionCards({
  legend,
  hideLegend = false,
  name,
  options,
  disabled,
  className,
  value,
  onValueChange,
}: CommonProps & { value: string | null; onValueChange: (value: string) => void }) {
  const group = `${name}-${useId()}`;
  return (
    <fieldset className={classNames("option-cards", className)} disabled={disabled}>
      <legend className={hideLegend ? "sr-only" : "mb-4 font-semibold"}>{legend}</legend>
      {options.map((option, index) => (
        <label key={option.value} className="option-card">
          <input
            type="radio"
            name={group}
            value={option.value}
            checked={option.value === value}
            onChange={() => onValueChange(option.value)}
          />
          <span className="option-disc" aria-hidden="true">
            {optionLetter(index)}
          </span>
          <span className="min-w-0">{option.label}</span>
        </label>
      ))}
    </fieldset>
  );
}

/** Several answers; at `max` the rest wait until one is taken back. */
export function MultiOptionCards({
  legend,
  hideLegend = false,
  name,
  options,
  disabled,
  className,
  value,
  onValueChange,
  max,
}: CommonProps & {
  value: readonly string[];
  onValueChange: (value: string[]) => void;
  max?: number | undefined;
}) {
  const id = useId();
  const full = max !== undefined && value.length >= max;
  return (
    <fieldset
      className={classNames("option-cards", className)}
      data-multiple=""
      disabled={disabled}
      aria-describedby={max === undefined ? undefined : `${id}-count`}
    >
      <legend className={hideLegend ? "sr-only" : "mb-4 font-semibold"}>{legend}</legend>
      {options.map((option, index) => {
        const checked = value.includes(option.value);
        return (
          <label key={option.value} className="option-card">
            <input
              type="checkbox"
              name={name}
              value={option.value}
              checked={checked}
              disabled={full && !checked}
              onChange={() =>
                onValueChange(
                  checked
                    ? value.filter((one) => one !== option.value)
                    : // Kept in the order of the options, so that the same choice is always the same answer.
                      options.map((one) => one.value).filter((one) => one === option.value || value.includes(one)),
                )
              }
            />
            <span className="option-disc" aria-hidden="true">
              {optionLetter(index)}
            </span>
            <span className="min-w-0">{option.label}</span>
          </label>
        );
      })}
      {max === undefined ? null : (
        <p id={`${id}-count`} className="text-ui text-ink-3">
          {value.length} of {max} chosen
          {full ? ". To change, take one back first." : ""}
        </p>
      )}
    </fieldset>
  );
}
