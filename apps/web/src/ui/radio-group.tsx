"use client";

import { type ReactNode, useId } from "react";
import { classNames } from "./class-names.ts";
import { describedBy, FieldError } from "./field.tsx";

export type RadioOption = { value: string; label: ReactNode; description?: ReactNode; disabled?: boolean | undefined };

export type RadioGroupProps = {
  legend: ReactNode;
  name: string;
  options: readonly RadioOption[];
  defaultValue?: string | undefined;
  value?: string | undefined;
  onValueChange?: ((value: string) => void) | undefined;
  orientation?: "vertical" | "horizontal" | undefined;
  description?: ReactNode;
  error?: ReactNode;
  required?: boolean | undefined;
  className?: string | undefined;
};

export function RadioGroup({
  legend,
  name,
  options,
  defaultValue,
  value,
  onValueChange,
  orientation = "vertical",
  description,
  error,
  required,
  className,
}: RadioGroupProps) {
  const id = useId();
  return (
    <fieldset className={classNames("field", className)} aria-describedby={describedBy(id, description, error)}>
      <legend className="field-label mb-1.5">{legend}</legend>
      {description ? (
        <p id={`${id}-note`} className="field-note">
          {description}
        </p>
      ) : null}
      <div className={orientation === "horizontal" ? "flex flex-wrap gap-x-6" : "grid"}>
        {options.map((option) => (
          <div key={option.value} className="tick">
            <input
              type="radio"
              id={`${id}-${option.value}`}
              name={name}
              value={option.value}
              disabled={option.disabled}
              required={required}
              aria-describedby={option.description ? `${id}-${option.value}-note` : undefined}
              {...(value === undefined
                ? { defaultChecked: option.value === defaultValue }
                : { checked: option.value === value })}
              {...(onValueChange === undefined ? {} : { onChange: () => onValueChange(option.value) })}
            />
            <label htmlFor={`${id}-${option.value}`}>{option.label}</label>
            {option.description ? (
              <p id={`${id}-${option.value}-note`} className="field-note">
                {option.description}
              </p>
            ) : null}
          </div>
        ))}
      </div>
      {error ? <FieldError id={`${id}-error`}>{error}</FieldError> : null}
    </fieldset>
  );
}
