"use client";

import { ConfirmDialog } from "@/ui/confirm-dialog.tsx";
import { approveAction, declineAction, withdrawRequestAction } from "./admin-actions.ts";

export function ApprovalButtons({ approvalId, title, own }: { approvalId: string; title: string; own: boolean }) {
  const id = <input type="hidden" name="approvalId" value={approvalId} />;
  if (own) {
    return (
      <ConfirmDialog
        triggerLabel="Withdraw"
        triggerSize="sm"
        title="Withdraw your request?"
        consequence={<p>{title}: nothing is done.</p>}
        confirmLabel="Withdraw"
        action={withdrawRequestAction}
      >
        {id}
      </ConfirmDialog>
    );
  }
  return (
    <span className="inline-flex flex-wrap gap-2">
      <ConfirmDialog
        triggerLabel="Approve"
        triggerSize="sm"
        triggerVariant="primary"
        title="Approve?"
        consequence={<p>{title}: it is done at once, and you are named as the second person.</p>}
        confirmLabel="Approve"
        tone="danger"
        action={approveAction}
      >
        {id}
      </ConfirmDialog>
      <ConfirmDialog
        triggerLabel="Decline"
        triggerSize="sm"
        title="Decline?"
        consequence={<p>{title}: nothing is done. It can be asked for again.</p>}
        confirmLabel="Decline"
        action={declineAction}
      >
        {id}
      </ConfirmDialog>
    </span>
  );
}
