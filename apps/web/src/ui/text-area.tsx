"use client";

import { type TextareaHTMLAttributes, useId } from "react";
import { describedBy, FieldFrame, type FieldFrameProps } from "./field.tsx";

export type TextAreaProps = Omit<TextareaHTMLAttributes<HTMLTextAreaElement>, "name" | "style"> &
  FieldFrameProps & { name: string };

export function TextArea({
  label,
  description,
  error,
  size = "md",
  optional,
  hideLabel,
  aside,
  className,
  rows = 4,
  id: givenId,
  ...area
}: TextAreaProps) {
  const ownId = useId();
  const id = givenId ?? ownId;
  return (
    <FieldFrame {...{ id, label, description, error, size, optional, hideLabel, aside, className }}>
      <textarea
        {...area}
        id={id}
        rows={rows}
        className="input"
        data-size={size}
        aria-invalid={error ? true : undefined}
        aria-describedby={describedBy(id, description, error)}
      />
    </FieldFrame>
  );
}
