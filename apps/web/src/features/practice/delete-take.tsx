"use client";

import { ConfirmDialog } from "@/ui/confirm-dialog.tsx";
import { deleteTakeAction } from "./actions.ts";

export function DeleteTake({ takeId, title }: { takeId: string; title: string }) {
  return (
    <ConfirmDialog
      triggerLabel="Delete"
      triggerVariant="quiet"
      title={`Delete your answer to “${title}”?`}
      consequence="The recording and its feedback are gone for good."
      confirmLabel="Delete"
      tone="danger"
      action={deleteTakeAction}
    >
      <input type="hidden" name="takeId" value={takeId} />
    </ConfirmDialog>
  );
}
