"use client";

import { ConfirmDialog } from "@/ui/confirm-dialog.tsx";
import { TextField } from "@/ui/text-field.tsx";
import { reopenAction } from "./actions.ts";

export function ReopenDialog({ scriptId, code, consequence }: { scriptId: string; code: string; consequence: string }) {
  return (
    <ConfirmDialog
      triggerLabel={
        <>
          Send back<span className="sr-only"> {code}</span>
        </>
      }
      triggerSize="sm"
      title={`Send ${code} back to be marked?`}
      consequence={consequence}
      confirmLabel="Send back"
      action={async (form) => {
        const answer = await reopenAction(scriptId, String(form.get("reason") ?? ""));
        return answer.ok
          ? { ok: true }
          : { ok: false, message: answer.fields.reason ? "Say why in a few words." : answer.message };
      }}
    >
      <TextField
        label="Reason"
        name="reason"
        required
        minLength={3}
        maxLength={500}
        description="Kept in the audit record."
      />
    </ConfirmDialog>
  );
}
