"use client";

import { type ReactNode, useEffect, useRef, useState } from "react";
import { Button } from "@/ui/button.tsx";
import { formatCount } from "@/ui/format.ts";
import { Notice } from "@/ui/notice.tsx";
import { ReleaseButton } from "./release-button.tsx";

/** The name of the tick boxes that stand in the rows of the table. */
export const chosenField = "attemptId";

interface Choice {
  readonly id: string;
  readonly name: string;
}

/**
 * Ticks in a table drawn by the server, and what can be done with them. The boxes are plain inputs of one form: what is
 * chosen is read from it, so the table itself needs no script.
 */
export function ReleaseSelection({ choices, children }: { choices: readonly Choice[]; children: ReactNode }) {
  const form = useRef<HTMLFormElement>(null);
  const [chosen, setChosen] = useState<readonly string[]>([]);
  const [released, setReleased] = useState(0);

  const read = () => {
    if (form.current !== null) setChosen(new FormData(form.current).getAll(chosenField).map(String));
  };
  const boxes = () => form.current?.querySelectorAll<HTMLInputElement>(`input[name="${chosenField}"]`) ?? [];
  const tickAll = (ticked: boolean) => {
    for (const box of boxes()) box.checked = ticked;
    read();
  };

  const listed = choices.map(({ id }) => id).join(" ");
  // A list that changed (released, refreshed, paged) has other boxes in it.
  useEffect(() => {
    read();
  }, [listed]);

  const picked = choices.filter(({ id }) => chosen.includes(id));
  return (
    <>
      <div role="status" className="empty:hidden">
        {released > 0 ? (
          <Notice tone="ok" title={`${formatCount(released, "result", "results")} released`} className="mb-3">
            <p>Certificates and e-mails are being made. You find the results under Released.</p>
          </Notice>
        ) : null}
      </div>
      {choices.length === 0 ? null : (
        <div className="flex min-h-11 flex-wrap items-center gap-x-3 gap-y-2 pb-2">
          <p className="text-ink-2 tabular-nums" aria-live="polite">
            {picked.length === 0 ? "Choose results to release." : `${picked.length} of ${choices.length} chosen`}
          </p>
          {picked.length === choices.length ? null : (
            <Button size="sm" onClick={() => tickAll(true)}>
              Choose all {choices.length} on this page
            </Button>
          )}
          {picked.length === 0 ? null : (
            <>
              <Button size="sm" variant="quiet" onClick={() => tickAll(false)}>
                Clear
              </Button>
              <span className="ml-auto">
                <ReleaseButton
                  attemptIds={picked.map(({ id }) => id)}
                  names={picked.map(({ name }) => name)}
                  onReleased={(count) => {
                    tickAll(false);
                    setReleased(count);
                  }}
                />
              </span>
            </>
          )}
        </div>
      )}
      <form
        ref={form}
        aria-label="Results"
        onChange={() => {
          setReleased(0);
          read();
        }}
        onSubmit={(event) => event.preventDefault()}
      >
        {children}
      </form>
    </>
  );
}
