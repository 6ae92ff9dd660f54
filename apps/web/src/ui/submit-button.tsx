"use client";

import { useFormStatus } from "react-dom";
import { Button, type ButtonProps } from "./button.tsx";

/** A submit button that says so while its form's action runs. */
export function SubmitButton({ busyLabel, children, ...rest }: ButtonProps & { busyLabel?: string | undefined }) {
  const { pending } = useFormStatus();
  return (
    <Button variant="primary" {...rest} type="submit" busy={pending}>
      {pending ? (busyLabel ?? children) : children}
    </Button>
  );
}
