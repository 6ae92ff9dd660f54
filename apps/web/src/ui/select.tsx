"use client";

import { ChevronDown } from "lucide-react";
import { type SelectHTMLAttributes, useId } from "react";
import { describedBy, FieldFrame, type FieldFrameProps } from "./field.tsx";

export type SelectOption = { value: string; label: string; disabled?: boolean | undefined };

export type SelectProps = Omit<SelectHTMLAttributes<HTMLSelectElement>, "size" | "name" | "style" | "children"> &
  FieldFrameProps & {
    name: string;
    options: readonly SelectOption[];
    /** Shown while nothing is chosen; it has the empty value. */
    placeholder?: string | undefined;
  };

/** The system's own list under our own face: it works without script and is the best list on a phone. */
export function Select({
  label,
  description,
  error,
  size = "md",
  optional,
  hideLabel,
  aside,
  className,
  options,
  placeholder,
  id: givenId,
  ...select
}: SelectProps) {
  const ownId = useId();
  const id = givenId ?? ownId;
  return (
    <FieldFrame {...{ id, label, description, error, size, optional, hideLabel, aside, className }}>
      <div className="select">
        <select
          {...select}
          id={id}
          className="input"
          data-size={size}
          aria-invalid={error ? true : undefined}
          aria-describedby={describedBy(id, description, error)}
        >
          {placeholder === undefined ? null : <option value="">{placeholder}</option>}
          {options.map((option) => (
            <option key={option.value} value={option.value} disabled={option.disabled}>
              {option.label}
            </option>
          ))}
        </select>
        <ChevronDown className="ico" aria-hidden="true" />
      </div>
    </FieldFrame>
  );
}
