"use client";

import Link from "next/link";
import { type ReactNode, useId } from "react";
import { classNames } from "./class-names.ts";

export type SegmentedSize = "sm" | "md";

/** One of a few, all in sight. Arrow keys move the choice. */
export function Segmented<Value extends string>({
  legend,
  name,
  options,
  value,
  onValueChange,
  size = "md",
  className,
}: {
  legend: string;
  name: string;
  options: readonly { value: Value; label: ReactNode }[];
  value: Value;
  onValueChange: (value: Value) => void;
  size?: SegmentedSize | undefined;
  className?: string | undefined;
}) {
  // Two switches with one name on a page would otherwise be one group of radio buttons.
  const group = `${name}-${useId()}`;
  return (
    <fieldset className={classNames("segmented", className)} data-size={size}>
      <legend className="sr-only">{legend}</legend>
      {options.map((option) => (
        <label key={option.value}>
          <input
            type="radio"
            name={group}
            value={option.value}
            checked={option.value === value}
            onChange={() => onValueChange(option.value)}
          />
          <span>{option.label}</span>
        </label>
      ))}
    </fieldset>
  );
}

/** The same face made of links, where each choice is an address. */
export function SegmentedLinks({
  label,
  options,
  size = "md",
  className,
}: {
  label: string;
  options: readonly { href: string; label: ReactNode; current: boolean }[];
  size?: SegmentedSize | undefined;
  className?: string | undefined;
}) {
  return (
    <nav aria-label={label} className={classNames("segmented", className)} data-size={size}>
      {options.map((option) => (
        <Link
          key={option.href}
          href={option.href}
          aria-current={option.current ? "page" : undefined}
          scroll={false}
          prefetch={false}
        >
          {option.label}
        </Link>
      ))}
    </nav>
  );
}
