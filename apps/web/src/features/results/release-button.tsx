"use client";

import { ConfirmDialog } from "@/ui/confirm-dialog.tsx";
import { formatCount } from "@/ui/format.ts";
import { notify } from "@/ui/toast.tsx";
import { closeReview, release } from "./actions.ts";

/** Asks before releasing: says how many and that there is no way back. */
export function ReleaseButton({
  attemptIds,
  names,
  onReleased,
}: {
  attemptIds: readonly string[];
  /** Whose results, as far as a sentence holds them. */
  names: readonly string[];
  onReleased?: (count: number) => void;
}) {
  const count = attemptIds.length;
  const results = formatCount(count, "result", "results");
  const shown = names.slice(0, 3).join(", ");
  const others = names.length - 3;
  return (
    <ConfirmDialog
      triggerLabel={`Release ${results}`}
      triggerVariant="primary"
      title={`Release ${results}?`}
      consequence={
        <>
          <p>
            {others > 0 ? `${shown} and ${formatCount(others, "other", "others")}` : shown} will see{" "}
            {count === 1 ? "this result" : "their results"} at once, and an e-mail and a certificate are made for{" "}
            {count === 1 ? "it" : "each"}.
          </p>
          <p className="mt-2">
            <strong>This cannot be taken back.</strong> A released result is never edited; a later one can only replace
            it.
          </p>
        </>
      }
      confirmLabel={`Release ${results}`}
      action={async () => {
        const outcome = await release([...attemptIds]);
        if (outcome.ok) {
          if (onReleased) onReleased(outcome.value.released);
          else notify({ text: `${formatCount(outcome.value.released, "result", "results")} released`, tone: "ok" });
        }
        return outcome;
      }}
    />
  );
}

/** Closes a review of late answers: what it does to the score is said before. */
export function CloseReviewButton({ attemptId, reason }: { attemptId: string; reason: string }) {
  return (
    <ConfirmDialog
      triggerLabel="Close review"
      triggerVariant="primary"
      title="Close this review?"
      consequence={
        <p>
          Held back because: {reason}. The attempt is scored anew from the answers that count now, and can then be
          released.
        </p>
      }
      confirmLabel="Close review"
      action={async () => {
        const outcome = await closeReview(attemptId);
        if (outcome.ok) {
          notify({ text: "Review closed", detail: "The attempt was scored anew.", tone: "ok" });
        }
        return outcome;
      }}
    />
  );
}
