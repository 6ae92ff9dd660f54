"use client";

import { type InputHTMLAttributes, useId } from "react";
import { describedBy, FieldFrame, type FieldFrameProps } from "./field.tsx";

export type TextFieldProps = Omit<InputHTMLAttributes<HTMLInputElement>, "size" | "name" | "style"> &
  FieldFrameProps & {
    name: string;
    /** Sets the value in the code face: certificate codes, item keys. */
    code?: boolean | undefined;
  };

export function TextField({
  label,
  description,
  error,
  size = "md",
  optional,
  hideLabel,
  aside,
  code = false,
  className,
  id: givenId,
  ...input
}: TextFieldProps) {
  const ownId = useId();
  const id = givenId ?? ownId;
  return (
    <FieldFrame {...{ id, label, description, error, size, optional, hideLabel, aside, className }}>
      <input
        type="text"
        {...input}
        id={id}
        className="input"
        data-size={size}
        data-code={code ? "" : undefined}
        aria-invalid={error ? true : undefined}
        aria-describedby={describedBy(id, description, error)}
      />
    </FieldFrame>
  );
}
