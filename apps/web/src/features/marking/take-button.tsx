"use client";

import type { RatedSkill } from "@bandwise/core/marking/schema";
import { useTransition } from "react";
import { Button } from "@/ui/button.tsx";
import { notify } from "@/ui/toast.tsx";
import { takeNextAction } from "./actions.ts";
import { skillNames } from "./words.ts";

export function TakeButton({
  skill,
  holding,
  variant,
}: {
  skill: RatedSkill;
  holding: boolean;
  variant: "primary" | "secondary";
}) {
  const [pending, start] = useTransition();
  return (
    <Button
      variant={variant}
      busy={pending}
      className="max-wide:min-h-11"
      onClick={() =>
        start(async () => {
          const answer = await takeNextAction(skill);
          if (!answer.ok) notify({ text: answer.message, tone: "bad" });
          else notify({ text: `No ${skill} script waits now.`, detail: "Others may have taken the last ones." });
        })
      }
    >
      {holding ? `Go on with ${skillNames[skill]}` : `Take next ${skillNames[skill]}`}
    </Button>
  );
}
