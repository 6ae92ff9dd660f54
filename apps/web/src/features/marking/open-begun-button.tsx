"use client";

import { useRouter } from "next/navigation";
import { useTransition } from "react";
import { Button } from "@/ui/button.tsx";
import { notify } from "@/ui/toast.tsx";
import { retake } from "./marking-api.ts";

/** Opens a script that was begun, taking it up again where its lease has lapsed. */
export function OpenBegunButton({ code, held }: { code: string; held: boolean }) {
  const router = useRouter();
  const [pending, start] = useTransition();
  return (
    <Button
      size="sm"
      variant="primary"
      className="max-wide:min-h-11"
      busy={pending}
      aria-label={`Go on with ${code}`}
      onClick={() =>
        start(async () => {
          const answer = held ? null : await retake(code);
          if (answer?.ok === false) {
            notify({ text: answer.message, tone: "bad" });
            router.refresh();
          } else router.push(`/marking/${code}`);
        })
      }
    >
      Go on
    </Button>
  );
}
