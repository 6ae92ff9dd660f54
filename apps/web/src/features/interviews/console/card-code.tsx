"use client";

import { useState, useTransition } from "react";
import { Button } from "@/ui/button.tsx";
import { formatTime } from "@/ui/format.ts";
import { renewCardCodeAction } from "./console-actions.ts";

/** A code for a screen in the room; a candidate who is signed in needs none. */
export function CardCode({ attemptId, timeZone }: { attemptId: string; timeZone: string }) {
  const [pending, startTransition] = useTransition();
  const [given, setGiven] = useState<{ code: string; until: Date } | null>(null);
  const [problem, setProblem] = useState<string | null>(null);
  return (
    <div className="grid justify-items-start gap-2">
      {given ? (
        <p>
          On the candidate’s device open <b>/card</b> and type{" "}
          <output className="font-code text-h3 font-semibold whitespace-nowrap">{given.code}</output>, good until{" "}
          {formatTime(given.until, timeZone)}.
        </p>
      ) : null}
      <Button
        size="sm"
        busy={pending}
        onClick={() =>
          startTransition(async () => {
            const result = await renewCardCodeAction(attemptId);
            setProblem(result.ok ? null : result.message);
            if (result.ok) setGiven(result.value);
          })
        }
      >
        {given ? "New code" : "Code for the candidate’s screen"}
      </Button>
      {problem ? (
        <p role="alert" className="text-bad">
          {problem}
        </p>
      ) : null}
    </div>
  );
}
