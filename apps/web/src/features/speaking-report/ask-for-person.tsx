"use client";

import { ConfirmDialog } from "@/ui/confirm-dialog.tsx";
import { askForPersonAction } from "./actions.ts";

export function AskForPerson({ resultId }: { resultId: string }) {
  return (
    <ConfirmDialog
      triggerLabel="Ask for a human examiner"
      title="Ask for a human examiner?"
      consequence="A senior examiner listens to all of your answers, without seeing the machine's scores. If the result changes, the new one takes the place of this one."
      confirmLabel="Ask"
      action={askForPersonAction}
    >
      <input type="hidden" name="resultId" value={resultId} />
    </ConfirmDialog>
  );
}
