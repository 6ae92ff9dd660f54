"use client";

import type { MyAttempt } from "@bandwise/core/delivery/candidate-queries";
import { useState, useTransition } from "react";
import { Button } from "@/ui/button.tsx";
import { Checkbox } from "@/ui/checkbox.tsx";
import { formatTime } from "@/ui/format.ts";
import { TextLink } from "@/ui/link-button.tsx";
import { AgeFields } from "../consent/age-fields.tsx";
import { checkInAction } from "./lobby-actions.ts";

/** Nothing is ticked beforehand; without both the exam cannot begin, and that is said. */
export function ConsentStep({ attempt, onDone }: { attempt: MyAttempt; onDone: () => void }) {
  const [pending, startTransition] = useTransition();
  const [problem, setProblem] = useState<string | null>(null);
  const { guardianAge, age } = attempt;
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
            languageModel: form.get("model") !== null,
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
      {attempt.partnerHost === null ? null : (
        <Checkbox name="model">
          By choice: I agree that what I say in the conversation is sent as text, without my name, to{" "}
          {attempt.partnerHost}, whose language model may then ask me back. Otherwise my partner asks in fixed words;
          the choice itself is never marked.
        </Checkbox>
      )}
      <AgeFields guardianAge={guardianAge} age={age} statement={`I am ${guardianAge} or older.`} />
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
