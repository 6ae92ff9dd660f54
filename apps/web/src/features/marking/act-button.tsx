"use client";

import { useTransition } from "react";
import type { ActionResult } from "@/lib/action.ts";
import { Button } from "@/ui/button.tsx";
import { notify } from "@/ui/toast.tsx";

/** A button that leads on to a script; where there is none it says so. */
export function ActButton({
  label,
  none,
  primary = false,
  action,
}: {
  label: string;
  none: string;
  primary?: boolean;
  action: () => Promise<ActionResult<null>>;
}) {
  const [pending, start] = useTransition();
  return (
    <Button
      variant={primary ? "primary" : "secondary"}
      busy={pending}
      className="max-wide:min-h-11"
      onClick={() =>
        start(async () => {
          const answer = await action();
          notify(answer.ok ? { text: none } : { text: answer.message, tone: "bad" });
        })
      }
    >
      {label}
    </Button>
  );
}
