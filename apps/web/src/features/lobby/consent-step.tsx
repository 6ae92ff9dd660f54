"use client";

import type { MyAttempt } from "@bandwise/core/delivery/candidate-queries";
import { useState, useTransition } from "react";
import { Button } from "@/ui/button.tsx";
import { Checkbox } from "@/ui/checkbox.tsx";
import { formatTime } from "@/ui/format.ts";
import { TextLink } from "@/ui/link-button.tsx";
import { TextField } from "@/ui/text-field.tsx";
import { checkInAction } from "./lobby-actions.ts";

/** Nothing is ticked beforehand; without both the exam cannot begin, and that is said. */
export function ConsentStep({ attempt, onDone }: { attempt: MyAttempt; onDone: () => void }) {
  const [pending, startTransition] = useTransition();
  const [problem, setProblem] = useState<string | null>(null);
  const [ofAge, setOfAge] = useState(false);
  const { guardianAge, age } = attempt;
  const needsGuardian = guardianAge > 0 && (age === null ? !ofAge : age < guardianAge);
  if (attempt.now < attempt.checkInOpensAt) {
    return (
      <p className="text-ink-2">
        This step opens an hour before your sitting, at{" "}
        {formatTime(attempt.checkInOpensAt, attempt.sitting.centre.timeZone)}. Everything else can be checked now.
      </p>
    );
  }
  return (
    <form
      className="grid max-w-[40rem] gap-4"
      onSubmit={(event) => {
        event.preventDefault();
        const form = new FormData(event.currentTarget);
        startTransition(async () => {
          const result = await checkInAction({
            attemptId: attempt.id,
            privacyNotice: form.get("privacy") !== null,
            recordingConsent: form.get("recording") !== null,
            ofAge: form.get("ofAge") !== null,
            guardianName: String(form.get("guardianName") ?? ""),
          });
          if (result.ok) onDone();
          else setProblem(result.message);
        });
      }}
    >
      <Checkbox name="privacy" required>
        I have read the{" "}
        <TextLink href="/privacy" target="_blank">
          privacy notice
        </TextLink>
        .
      </Checkbox>
      <Checkbox name="recording" required>
        I agree that my speaking answers are recorded, and heard by examiners who do not learn my name.
      </Checkbox>
      {guardianAge > 0 && age === null ? (
        <Checkbox name="ofAge" onChange={(event) => setOfAge(event.target.checked)}>
          I am {guardianAge} or older.
        </Checkbox>
      ) : null}
      {needsGuardian ? (
        <TextField
          label="Parent or guardian"
          name="guardianName"
          description={`Under ${guardianAge}, a parent or guardian has to agree. Their full name stands for that.`}
          maxLength={120}
          required
        />
      ) : null}
      {problem ? (
        <p role="alert" className="text-bad">
          {problem}
        </p>
      ) : null}
      <div>
        <Button type="submit" size="lg" variant="primary" busy={pending}>
          Agree and check in
        </Button>
      </div>
    </form>
  );
}
