"use client";

import { ConfirmDialog } from "@/ui/confirm-dialog.tsx";
import { TextField } from "@/ui/text-field.tsx";
import { cancelSittingAction } from "./sitting-actions.ts";

export function CancelSitting({ sittingId, booked }: { sittingId: string; booked: number }) {
  return (
    <ConfirmDialog
      triggerLabel="Cancel sitting"
      triggerVariant="danger"
      title="Cancel this sitting?"
      consequence={
        booked === 0
          ? "Nobody has booked it. It cannot be opened again."
          : `${booked} ${booked === 1 ? "booking is" : "bookings are"} cancelled and told by e-mail. Exams under way go on. It cannot be opened again.`
      }
      confirmLabel="Cancel sitting"
      cancelLabel="Keep it"
      tone="danger"
      action={cancelSittingAction}
    >
      <input type="hidden" name="sittingId" value={sittingId} />
      <TextField label="Reason" name="reason" required minLength={3} maxLength={500} />
    </ConfirmDialog>
  );
}
