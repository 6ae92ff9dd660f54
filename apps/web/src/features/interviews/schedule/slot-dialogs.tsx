"use client";

import { ConfirmDialog } from "@/ui/confirm-dialog.tsx";
import { Select } from "@/ui/select.tsx";
import { TextField } from "@/ui/text-field.tsx";
import { reassignSlotAction, withdrawSlotAction } from "./schedule-actions.ts";

export function WithdrawSlot({ sittingId, when, booked }: { sittingId: string; when: string; booked: boolean }) {
  return (
    <ConfirmDialog
      triggerLabel="Withdraw"
      triggerVariant="quiet"
      triggerSize="sm"
      title={`Withdraw ${when}?`}
      consequence={
        booked
          ? "The candidate loses the booking, is told by mail, and can book another time."
          : "Nobody has booked this time. It can be opened again."
      }
      confirmLabel="Withdraw"
      cancelLabel="Keep it"
      tone="danger"
      action={withdrawSlotAction}
    >
      <input type="hidden" name="sittingId" value={sittingId} />
      <TextField label="Reason" name="reason" minLength={3} maxLength={500} required />
    </ConfirmDialog>
  );
}

export function ReassignSlot({
  sittingId,
  when,
  examiners,
}: {
  sittingId: string;
  when: string;
  examiners: readonly { id: string; name: string }[];
}) {
  return (
    <ConfirmDialog
      triggerLabel="Give to another"
      triggerVariant="quiet"
      triggerSize="sm"
      title={`Who takes ${when}?`}
      consequence="Nothing changes for the candidate: the time stays, and examiners are not named beforehand."
      confirmLabel="Give it to them"
      action={reassignSlotAction}
    >
      <input type="hidden" name="sittingId" value={sittingId} />
      <Select
        label="Examiner"
        name="examinerId"
        options={examiners.map(({ id, name }) => ({ value: id, label: name }))}
      />
    </ConfirmDialog>
  );
}
