"use client";

import { ConfirmDialog } from "@/ui/confirm-dialog.tsx";
import { TextField } from "@/ui/text-field.tsx";
import { grantTimeAction, voidAttemptAction } from "./attempt-actions.ts";

export function GrantTime({ sectionId, section }: { sectionId: string; section: string }) {
  return (
    <ConfirmDialog
      triggerLabel="Grant time"
      triggerSize="sm"
      title={`Grant time in ${section}`}
      consequence="The candidate’s clock shows it within seconds. It is recorded with your name and cannot be taken back."
      confirmLabel="Grant"
      action={grantTimeAction}
    >
      <input type="hidden" name="sectionId" value={sectionId} />
      <TextField type="number" label="Minutes" name="minutes" min={1} max={120} defaultValue={5} required />
      <TextField label="Reason" name="reason" required minLength={3} maxLength={500} />
    </ConfirmDialog>
  );
}

export function VoidAttempt({ attemptId }: { attemptId: string }) {
  return (
    <ConfirmDialog
      triggerLabel="Void attempt"
      triggerVariant="danger"
      title="Void this attempt?"
      consequence="It ends now and never gets a result. Everything in it is kept. This cannot be undone."
      confirmLabel="Void attempt"
      cancelLabel="Keep it"
      tone="danger"
      action={voidAttemptAction}
    >
      <input type="hidden" name="attemptId" value={attemptId} />
      <TextField label="Reason" name="reason" required minLength={3} maxLength={500} />
    </ConfirmDialog>
  );
}
