"use client";

import { type ReactNode, useState, useTransition } from "react";
import { Button, type ButtonSize, type ButtonVariant } from "./button.tsx";
import { Dialog } from "./dialog.tsx";
import { FormError } from "./notice.tsx";
import { PressButton } from "./press-button.tsx";

/** What an action may answer: a message keeps the dialog open and is shown in it. */
export type ConfirmOutcome = { ok: true } | { ok: false; message: string } | { error?: string | undefined } | undefined;

function messageOf(outcome: ConfirmOutcome): string | undefined {
  if (outcome === undefined) return undefined;
  if ("ok" in outcome) return outcome.ok ? undefined : outcome.message;
  return outcome.error;
}

/** Asks before something that has consequences, and says which. Closes when the action went through. */
export function ConfirmDialog({
  triggerLabel,
  triggerVariant = "secondary",
  triggerSize = "md",
  triggerIcon,
  title,
  consequence,
  confirmLabel,
  cancelLabel = "Cancel",
  tone = "primary",
  action,
  children,
}: {
  triggerLabel: ReactNode;
  triggerVariant?: ButtonVariant | undefined;
  triggerSize?: ButtonSize | undefined;
  triggerIcon?: ReactNode;
  title: ReactNode;
  consequence: ReactNode;
  confirmLabel: string;
  cancelLabel?: string | undefined;
  tone?: "primary" | "danger" | undefined;
  // biome-ignore lint/suspicious/noConfusingVoidType: an action may return nothing at all
  action: (form: FormData) => Promise<ConfirmOutcome | void>;
  /** Further fields of the form: hidden ids, a reason. */
  children?: ReactNode;
}) {
  const [open, setOpen] = useState(false);
  const [error, setError] = useState<string | undefined>();
  const [pending, startTransition] = useTransition();

  function submit(form: FormData) {
    startTransition(async () => {
      const message = messageOf((await action(form)) ?? undefined);
      setError(message);
      if (message === undefined) setOpen(false);
    });
  }

  return (
    <Dialog
      role="alertdialog"
      size="sm"
      title={title}
      open={open}
      onOpenChange={(next) => {
        setOpen(next);
        setError(undefined);
      }}
      trigger={
        <PressButton variant={triggerVariant} size={triggerSize} icon={triggerIcon}>
          {triggerLabel}
        </PressButton>
      }
    >
      {(close) => (
        <form
          className="grid gap-4"
          onSubmit={(event) => {
            // Not `action={…}`: React would empty the fields, also when the answer is an error.
            event.preventDefault();
            submit(new FormData(event.currentTarget));
          }}
        >
          <div className="text-ink-2">{consequence}</div>
          {children}
          <FormError>{error}</FormError>
          <div className="flex flex-wrap justify-end gap-2">
            <Button onClick={close}>{cancelLabel}</Button>
            <Button type="submit" variant={tone} busy={pending}>
              {confirmLabel}
            </Button>
          </div>
        </form>
      )}
    </Dialog>
  );
}
