"use client";

import { type CannotMarkReason, cannotMarkReasons, type RatedSkill } from "@bandwise/core/marking/schema";
import { Ban } from "lucide-react";
import { useState } from "react";
import { Button } from "@/ui/button.tsx";
import { Dialog } from "@/ui/dialog.tsx";
import { FormError } from "@/ui/notice.tsx";
import { PressButton } from "@/ui/press-button.tsx";
import { RadioGroup } from "@/ui/radio-group.tsx";
import { TextArea } from "@/ui/text-area.tsx";
import { cannotMarkWords, consequenceOf } from "./words.ts";

/** The way out where there is nothing to judge; each reason says what follows from it. */
export function CannotMarkDialog({
  skill,
  comment,
  disabled,
  onComment,
  onSubmit,
}: {
  skill: RatedSkill;
  comment: string;
  disabled: boolean;
  onComment: (comment: string) => void;
  /** Null when it went through. */
  onSubmit: (reason: CannotMarkReason) => Promise<string | null>;
}) {
  const [reason, setReason] = useState<CannotMarkReason | null>(null);
  const [error, setError] = useState<string | null>(null);
  const [busy, setBusy] = useState(false);
  return (
    <Dialog
      title="Why can it not be marked?"
      trigger={
        <PressButton
          variant="quiet"
          isDisabled={disabled}
          className="-ml-3.5 max-wide:min-h-11"
          icon={<Ban aria-hidden="true" />}
        >
          <span className="max-wide:sr-only">Cannot be marked</span>
        </PressButton>
      }
    >
      {(close) => (
        <form
          className="grid gap-4"
          onSubmit={async (event) => {
            event.preventDefault();
            if (reason === null) {
              setError("Choose a reason first.");
              return;
            }
            setBusy(true);
            const refused = await onSubmit(reason);
            setBusy(false);
            setError(refused);
            if (refused === null) close();
          }}
        >
          <RadioGroup
            legend="Reason"
            name="reason"
            options={cannotMarkReasons.map((known) => ({
              value: known,
              label: cannotMarkWords[known][skill],
              description: consequenceOf(known),
            }))}
            value={reason ?? ""}
            onValueChange={(value) => setReason(cannotMarkReasons.find((known) => known === value) ?? null)}
          />
          <TextArea
            label="Comment for the record"
            name="comment"
            optional
            rows={2}
            maxLength={4000}
            value={comment}
            onChange={(event) => onComment(event.target.value)}
          />
          <FormError>{error}</FormError>
          <div className="flex flex-wrap justify-end gap-2">
            <Button onClick={close}>Back to marking</Button>
            <Button type="submit" variant="primary" busy={busy}>
              Submit and next
            </Button>
          </div>
        </form>
      )}
    </Dialog>
  );
}
