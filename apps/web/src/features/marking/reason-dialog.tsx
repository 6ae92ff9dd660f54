"use client";

import type { ReactNode } from "react";
import type { ActionResult } from "@/lib/action.ts";
import { ConfirmDialog } from "@/ui/confirm-dialog.tsx";
import { TextArea } from "@/ui/text-area.tsx";

/** Asks for a reason in words before an act that is put on record. */
export function ReasonDialog({
  label,
  title,
  consequence,
  field,
  primary = false,
  danger = false,
  action,
}: {
  label: ReactNode;
  title: string;
  consequence: string;
  /** What the words are. */
  field: string;
  primary?: boolean;
  danger?: boolean;
  action: (words: string) => Promise<ActionResult<null>>;
}) {
  return (
    <ConfirmDialog
      triggerLabel={label}
      triggerVariant={primary ? "primary" : "secondary"}
      title={title}
      consequence={consequence}
      confirmLabel={typeof label === "string" ? label : title}
      tone={danger ? "danger" : "primary"}
      action={async (form) => {
        const answer = await action(String(form.get("words") ?? ""));
        return answer.ok ? { ok: true } : { ok: false, message: answer.message };
      }}
    >
      <TextArea label={field} name="words" rows={4} required minLength={3} maxLength={2000} />
    </ConfirmDialog>
  );
}
