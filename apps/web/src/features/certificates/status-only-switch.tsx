"use client";

import { useId, useOptimistic, useTransition } from "react";
import { Switch } from "@/ui/switch.tsx";
import { notify } from "@/ui/toast.tsx";
import { setStatusOnlyAction } from "./actions.ts";

/** What strangers with the code may see. Takes effect at once; goes back when it could not be saved. */
export function StatusOnlySwitch({ certificateId, statusOnly }: { certificateId: string; statusOnly: boolean }) {
  const [shown, show] = useOptimistic(statusOnly);
  const [pending, startTransition] = useTransition();
  const noteId = useId();

  function change(next: boolean) {
    startTransition(async () => {
      show(next);
      const result = await setStatusOnlyAction({ certificateId, statusOnly: next });
      if (!result.ok) notify({ tone: "bad", text: "This was not saved.", detail: result.message });
    });
  }

  return (
    <div>
      <Switch
        name="statusOnly"
        checked={shown}
        aria-describedby={noteId}
        aria-busy={pending}
        onChange={(event) => change(event.currentTarget.checked)}
      >
        Show the status only
      </Switch>
      <p id={noteId} className="measure mt-1 text-ui text-ink-2">
        {shown
          ? "Whoever has the code sees whether the certificate is valid, and nothing else. Name and bands stand on your document alone."
          : "Whoever has the code sees your name, bands and dates, as on the document: so they can tell that nothing on it was changed."}
      </p>
    </div>
  );
}
