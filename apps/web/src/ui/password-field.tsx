"use client";

import { Eye, EyeOff } from "lucide-react";
import { useId, useState } from "react";
import { describedBy, FieldFrame } from "./field.tsx";
import type { TextFieldProps } from "./text-field.tsx";

export function PasswordField({
  label,
  description,
  error,
  size = "lg",
  aside,
  optional,
  hideLabel,
  code: _code,
  className,
  id: givenId,
  ...input
}: Omit<TextFieldProps, "type">) {
  const ownId = useId();
  const id = givenId ?? ownId;
  const [shown, setShown] = useState(false);
  return (
    <FieldFrame {...{ id, label, description, error, size, aside, optional, hideLabel, className }}>
      <div className="relative">
        <input
          autoComplete="current-password"
          {...input}
          id={id}
          type={shown ? "text" : "password"}
          className="input password-input"
          data-size={size}
          aria-invalid={error ? true : undefined}
          aria-describedby={describedBy(id, description, error)}
        />
        <button
          type="button"
          className="absolute inset-y-0 right-0 grid w-11 place-items-center text-ink-2"
          aria-label={shown ? "Hide password" : "Show password"}
          aria-pressed={shown}
          onClick={() => setShown(!shown)}
        >
          {shown ? <EyeOff className="size-5 stroke-[1.75]" /> : <Eye className="size-5 stroke-[1.75]" />}
        </button>
      </div>
    </FieldFrame>
  );
}
