"use client";

import type { RubricFile } from "@bandwise/core/marking/schema";
import { useEffect, useRef } from "react";
import { Button } from "@/ui/button.tsx";
import { Dialog } from "@/ui/dialog.tsx";
import { formatCount } from "@/ui/format.ts";
import { markText, standingOf } from "./descriptors.ts";
import type { Marks } from "./marking-api.ts";

/** The marks once more before they are final, with what each says; and whatever is odd about them. */
export function ReviewDialog({
  rubric,
  marks,
  review,
  last,
  onBack,
  onSubmit,
}: {
  rubric: RubricFile;
  marks: Marks;
  /** What is odd; null while nothing is being reviewed. */
  review: readonly string[] | null;
  last: string;
  onBack: () => void;
  onSubmit: () => void;
}) {
  const submit = useRef(onSubmit);
  submit.current = onSubmit;
  const open = review !== null;
  // The same keys that asked for the review confirm it, a hand's breadth later.
  useEffect(() => {
    if (!open) return;
    const confirm = (event: KeyboardEvent) => {
      if (event.key !== "Enter" || !(event.ctrlKey || event.metaKey) || event.repeat) return;
      event.preventDefault();
      submit.current();
    };
    document.addEventListener("keydown", confirm);
    return () => document.removeEventListener("keydown", confirm);
  }, [open]);
  return (
    <Dialog
      role="alertdialog"
      size="md"
      title="Submit these marks?"
      open={open}
      onOpenChange={(next) => {
        if (!next) onBack();
      }}
    >
      {review && review.length > 0 ? (
        <ul className="grid gap-1 font-medium text-warn">
          {review.map((line) => (
            <li key={line}>{line}</li>
          ))}
        </ul>
      ) : null}
      <dl className="grid border-t border-line text-dense">
        {rubric.criteria.map((criterion) => {
          const mark = marks.scores[criterion.id] ?? 0;
          const standing = standingOf(criterion, mark);
          const near = standing.kind === "at" ? standing.descriptor : (standing.nearer ?? standing.lower);
          return (
            <div
              key={criterion.id}
              className="grid grid-cols-[8rem_2.5rem_minmax(0,1fr)] items-baseline gap-2 border-b border-line py-1.5"
            >
              <dt>{criterion.name}</dt>
              <dd className="text-right text-body font-semibold tabular-nums">{markText(rubric.scale, mark)}</dd>
              <dd className="line-clamp-2 text-ink-2">{near.text}</dd>
            </div>
          );
        })}
      </dl>
      <p className="text-dense text-ink-2">
        {marks.annotations.length === 0 ? "" : `${formatCount(marks.annotations.length, "comment", "comments")}. `}
        {last}
      </p>
      <div className="flex flex-wrap justify-end gap-2">
        <Button className="max-wide:min-h-11" onClick={onBack}>
          Back to marking
        </Button>
        <Button className="max-wide:min-h-11" variant="primary" onClick={onSubmit}>
          Submit and next
        </Button>
      </div>
    </Dialog>
  );
}
