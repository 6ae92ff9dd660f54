"use client";

import { useTransition } from "react";
import { Button } from "@/ui/button.tsx";
import { notify } from "@/ui/toast.tsx";
import { putBackAction } from "./actions.ts";

/** Gives a script back at once instead of after two silent minutes. */
export function PutBackButton({ code }: { code: string }) {
  const [pending, start] = useTransition();
  return (
    <Button
      size="sm"
      className="max-wide:min-h-11"
      busy={pending}
      aria-label={`Put ${code} back into the queue`}
      onClick={() =>
        start(async () => {
          const answer = await putBackAction(code);
          if (answer.ok) notify({ text: `${code} is back in the queue`, detail: "Your marks so far are kept." });
          else notify({ text: answer.message, tone: "bad" });
        })
      }
    >
      Put back
    </Button>
  );
}
