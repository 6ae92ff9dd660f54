"use client";

import { type FormEvent, startTransition, useActionState, useEffect, useEffectEvent } from "react";
import type { ActionResult } from "@/lib/action.ts";

export type FormAction<T> = (before: ActionResult<T> | null, form: FormData) => Promise<ActionResult<T>>;

/**
 * A form on a server action. It works without script; with it the fields keep what was typed when the answer is an
 * error (React empties a form whose `action` ran). Spread `form` onto `<form>`. `onDone` runs once per success.
 */
export function useActionForm<T>(action: FormAction<T>, onDone?: (value: T) => void) {
  const [result, run, pending] = useActionState(action, null);
  const done = useEffectEvent((value: T) => onDone?.(value));
  useEffect(() => {
    if (result?.ok) done(result.value);
  }, [result]);
  const fields = result?.ok === false ? result.fields : {};
  return {
    form: {
      action: run,
      onSubmit: (event: FormEvent<HTMLFormElement>) => {
        event.preventDefault();
        const given = new FormData(event.currentTarget);
        startTransition(() => run(given));
      },
    },
    pending,
    value: result?.ok === true ? result.value : undefined,
    /** The whole form's trouble; what belongs to a field stands at the field. */
    error: result?.ok === false && Object.keys(fields).length === 0 ? result.message : undefined,
    /** A rule of the domain ("is missing") as a sentence under its field. */
    fieldError: (name: string): string | undefined =>
      fields[name] === undefined ? undefined : `This ${fields[name]}.`,
  };
}
