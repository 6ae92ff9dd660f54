"use client";

import { Check, Circle, CircleDashed } from "lucide-react";
import type { ReactNode } from "react";
import { Button } from "@/ui/button.tsx";

export function LobbyStep({
  title,
  state,
  summary,
  onAgain,
  children,
}: {
  title: string;
  state: "done" | "current" | "waiting";
  summary: string;
  onAgain: (() => void) | undefined;
  children: ReactNode;
}) {
  const icon = {
    done: <Check className="size-5" aria-hidden="true" />,
    current: <Circle className="size-3 fill-current" aria-hidden="true" />,
    waiting: <CircleDashed className="size-5" aria-hidden="true" />,
  }[state];
  const disc = { done: "bg-ok-soft text-ok", current: "bg-accent text-on-accent", waiting: "text-ink-3" }[state];
  return (
    <section className="flex gap-4 border-t border-line py-3.5" aria-current={state === "current" ? "step" : undefined}>
      <span className={`grid size-8 shrink-0 place-items-center rounded-full ${disc}`}>{icon}</span>
      <div className="min-w-0 flex-1">
        <div className="flex flex-wrap items-center gap-x-4 wide:min-h-8">
          <h2 className="text-body font-semibold wide:w-44">
            {title}
            {state === "done" ? <span className="sr-only">: done</span> : null}
          </h2>
          {state === "current" ? null : <p className="text-ink-2">{summary}</p>}
          {state === "done" && onAgain ? (
            <Button
              variant="quiet"
              size="sm"
              className="ml-auto"
              onClick={onAgain}
              aria-label={`Check again: ${title}`}
            >
              Again
            </Button>
          ) : null}
        </div>
        {state === "current" ? <div className="mt-2 grid gap-4 pb-3">{children}</div> : null}
      </div>
    </section>
  );
}
