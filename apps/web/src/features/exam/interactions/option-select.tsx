"use client";

import type { SelectHTMLAttributes } from "react";
import { classNames } from "../../../ui/class-names.ts";

interface Option {
  readonly id: string;
  readonly text: string;
}

/** One of some options for a place, in the browser's own list: keys, touch and screen readers find what they know. */
export function OptionSelect({
  options,
  blank,
  chosen,
  onChoose,
  className,
  ...rest
}: Pick<SelectHTMLAttributes<HTMLSelectElement>, "id" | "aria-label" | "className"> & {
  options: readonly Option[];
  blank: string;
  chosen: string;
  onChoose: (id: string | null) => void;
}) {
  return (
    <select
      {...rest}
      className={classNames("hit rounded-control border border-line-strong bg-surface font-ui text-exam", className)}
      value={chosen}
      onChange={(event) => onChoose(event.target.value === "" ? null : event.target.value)}
    >
      <option value="">{blank}</option>
      {options.map((option) => (
        <option key={option.id} value={option.id}>
          {option.text}
        </option>
      ))}
    </select>
  );
}
