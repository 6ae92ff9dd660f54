"use client";

import { type InputHTMLAttributes, type ReactNode, useId } from "react";
import { classNames } from "./class-names.ts";
import { describedBy, FieldError } from "./field.tsx";

export type CheckboxProps = Omit<InputHTMLAttributes<HTMLInputElement>, "type" | "style"> & {
  children: ReactNode;
  description?: ReactNode;
  error?: ReactNode;
};

export function Checkbox({ children, description, error, className, id: givenId, ...input }: CheckboxProps) {
  const ownId = useId();
  const id = givenId ?? ownId;
  return (
    <div className={classNames("tick", className)}>
      <input
        {...input}
        id={id}
        type="checkbox"
        aria-invalid={error ? true : undefined}
        aria-describedby={describedBy(id, description, error)}
      />
      <label htmlFor={id}>{children}</label>
      {description ? (
        <p id={`${id}-note`} className="field-note">
          {description}
        </p>
      ) : null}
      {error ? (
        <div className="col-start-2">
          <FieldError id={`${id}-error`}>{error}</FieldError>
        </div>
      ) : null}
    </div>
  );
}
