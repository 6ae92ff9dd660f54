"use client";

import { ConfirmDialog } from "@/ui/confirm-dialog.tsx";
import { resendInvitationAction, withdrawInvitationAction } from "./admin-actions.ts";

export function InvitationButtons({ invitationId, email }: { invitationId: string; email: string }) {
  const id = <input type="hidden" name="invitationId" value={invitationId} />;
  return (
    <span className="inline-flex flex-wrap gap-2">
      <ConfirmDialog
        triggerLabel="Send again"
        triggerSize="sm"
        title={`Send the invitation to ${email} again?`}
        consequence={<p>The new link works for 14 days; the older one ends.</p>}
        confirmLabel="Send again"
        action={resendInvitationAction}
      >
        {id}
      </ConfirmDialog>
      <ConfirmDialog
        triggerLabel="Withdraw"
        triggerSize="sm"
        triggerVariant="quiet"
        title={`Withdraw the invitation to ${email}?`}
        consequence={<p>Its link stops working. You can invite the address again.</p>}
        confirmLabel="Withdraw"
        tone="danger"
        action={withdrawInvitationAction}
      >
        {id}
      </ConfirmDialog>
    </span>
  );
}
