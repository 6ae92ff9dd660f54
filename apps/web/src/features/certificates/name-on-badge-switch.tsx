"use client";

import { useId, useOptimistic, useTransition } from "react";
import { Switch } from "@/ui/switch.tsx";
import { notify } from "@/ui/toast.tsx";
import { setNameOnBadgeAction } from "./actions.ts";

/** Whether the badge may carry the holder's name in plain words. A new badge is signed at once; taken back, it is revoked. */
export function NameOnBadgeSwitch({ certificateId, named }: { certificateId: string; named: boolean }) {
  const [shown, show] = useOptimistic(named);
  const [pending, startTransition] = useTransition();
  const noteId = useId();

  function change(next: boolean) {
    startTransition(async () => {
      show(next);
      const result = await setNameOnBadgeAction({ certificateId, named: next });
      if (!result.ok) notify({ tone: "bad", text: "This was not saved.", detail: result.message });
    });
  }

  return (
    <div>
      <Switch
        name="nameOnBadge"
        checked={shown}
        aria-describedby={noteId}
        aria-busy={pending}
        onChange={(event) => change(event.currentTarget.checked)}
      >
        Put my name on the badge
      </Switch>
      <p id={noteId} className="measure mt-1 text-ui text-ink-2">
        {shown
          ? "The badge files above carry your name for everybody to read. Switch this off and they read as revoked; the badge without your name stays good."
          : "Without it the badge holds only a code from which somebody who knows your name can tell that it is yours."}
      </p>
    </div>
  );
}
