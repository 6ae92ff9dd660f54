"use client";

import type { InterviewConsole } from "@bandwise/core/interviews/queries";
import { useState, useTransition } from "react";
import { Button } from "@/ui/button.tsx";
import { Checkbox } from "@/ui/checkbox.tsx";
import { ConfirmDialog } from "@/ui/confirm-dialog.tsx";
import { TextLink } from "@/ui/link-button.tsx";
import { FormError, Notice } from "@/ui/notice.tsx";
import { Select } from "@/ui/select.tsx";
import { TextField } from "@/ui/text-field.tsx";
import { AgeFields } from "../../consent/age-fields.tsx";
import { checkIdentityAction, turnAwayAction } from "./console-actions.ts";

const documents = [
  { value: "passport", label: "Passport" },
  { value: "identity-card", label: "Identity card" },
  { value: "driving-licence", label: "Driving licence" },
  { value: "residence-permit", label: "Residence permit" },
];

/** The name on the document against the name booked, and the consents; nothing begins before both are right. */
export function IdentityStage({ console, onChanged }: { console: InterviewConsole; onChanged: () => void }) {
  const [pending, startTransition] = useTransition();
  const [problem, setProblem] = useState<string | null>(null);
  const [differs, setDiffers] = useState(false);
  const { attemptId, candidate, guardianAge } = console;
  return (
    <main className="grid content-start gap-6 overflow-auto p-4 wide:p-8 desk:grid-cols-[minmax(0,38rem)_minmax(0,24rem)] desk:gap-12">
      <section aria-labelledby="identity">
        <h2 id="identity" className="text-h2">
          Identity
        </h2>
        <p className="pt-1 pb-4 text-ink-2">
          Booked for <b className="font-read text-h3 text-ink">{candidate.name}</b>. Type the name as the document has
          it: capitals, accents and hyphens do not matter.
        </p>
        <form
          className="grid gap-4"
          onSubmit={(event) => {
            event.preventDefault();
            const form = new FormData(event.currentTarget);
            startTransition(async () => {
              const result = await checkIdentityAction(attemptId, form);
              setProblem(result.ok ? null : result.message);
              setDiffers(result.ok && !result.value.same);
              if (result.ok && result.value.same) onChanged();
            });
          }}
        >
          <Select label="Document" name="document" options={documents} />
          <TextField
            label="Name on the document"
            name="nameOnDocument"
            autoComplete="off"
            maxLength={200}
            error={differs ? "This is not the name booked." : undefined}
            required
          />
          <Checkbox name="privacy" required>
            The candidate has read the{" "}
            <TextLink href="/privacy" target="_blank">
              privacy notice
            </TextLink>{" "}
            and accepts it.
          </Checkbox>
          <Checkbox name="recording" required>
            The candidate agrees that the interview is recorded.
          </Checkbox>
          <AgeFields
            guardianAge={guardianAge}
            age={candidate.age}
            statement={`The candidate is ${guardianAge} or older.`}
          />
          <FormError>{problem}</FormError>
          <div>
            <Button type="submit" variant="primary" size="lg" busy={pending}>
              Compare and admit
            </Button>
          </div>
        </form>
      </section>
      <aside className="grid content-start gap-4" aria-labelledby="not-right">
        <h2 id="not-right" className="text-h3">
          If something is not right
        </h2>
        {differs ? (
          <Notice tone="warn" title="The names differ: do not begin">
            Look again whether every letter is as printed. If the document really says another name, the interview
            cannot be held: turn the candidate away and tell them to have the name in their account put right before
            they book again.
          </Notice>
        ) : null}
        <TurnAway
          attemptId={attemptId}
          because="identity"
          label="Another name on the document"
          consequence="The attempt is voided with this reason. Nothing of the item bank has been used."
          onDone={onChanged}
        />
        <TurnAway
          attemptId={attemptId}
          because="no-consent"
          label="No consent to recording"
          consequence="The booking is cancelled. The candidate may book again."
          onDone={onChanged}
        />
        <TurnAway
          attemptId={attemptId}
          because="absent"
          label="The candidate is not here"
          consequence="From ten minutes after the booked time: the candidate counts as absent."
          onDone={onChanged}
        />
      </aside>
    </main>
  );
}

function TurnAway({
  attemptId,
  because,
  label,
  consequence,
  onDone,
}: {
  attemptId: string;
  because: string;
  label: string;
  consequence: string;
  onDone: () => void;
}) {
  return (
    <div>
      <ConfirmDialog
        triggerLabel={label}
        title={`${label}: no interview?`}
        consequence={consequence}
        confirmLabel="No interview"
        cancelLabel="Back"
        tone="danger"
        action={async (form) => {
          const result = await turnAwayAction(form);
          if (result.ok) onDone();
          return result;
        }}
      >
        <input type="hidden" name="attemptId" value={attemptId} />
        <input type="hidden" name="because" value={because} />
      </ConfirmDialog>
    </div>
  );
}
