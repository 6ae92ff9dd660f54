"use client";

import { ConfirmDialog } from "@/ui/confirm-dialog.tsx";
import { cancelBookingAction } from "./booking-actions.ts";

export function CancelBooking({ attemptId }: { attemptId: string }) {
  return (
    <ConfirmDialog
      triggerLabel="Cancel booking"
      triggerVariant="quiet"
      title="Cancel this booking?"
      consequence="Your place goes to somebody else. You can book another sitting at any time."
      confirmLabel="Cancel booking"
      cancelLabel="Keep it"
      tone="danger"
      action={cancelBookingAction}
    >
      <input type="hidden" name="attemptId" value={attemptId} />
    </ConfirmDialog>
  );
}
