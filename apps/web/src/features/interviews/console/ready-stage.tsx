"use client";

import { Button } from "@/ui/button.tsx";
import { FormError } from "@/ui/notice.tsx";
import { RadioGroup } from "@/ui/radio-group.tsx";
import { CardCode } from "./card-code.tsx";
import { ExaminerMicrophone } from "./examiner-microphone.tsx";
import type { InterviewSession, Snapshot } from "./interview-session.ts";
import { useMicrophoneChoice } from "./use-microphone-choice.ts";

/** The candidate is who was booked. What is left: whose microphone, the candidate's screen, and to begin. */
export function ReadyStage({ session, snapshot }: { session: InterviewSession; snapshot: Snapshot }) {
  const { console, busy, problem } = snapshot;
  const [side, choose] = useMicrophoneChoice(console.attemptId);
  return (
    <main className="grid content-start gap-6 overflow-auto p-4 wide:p-8">
      <section aria-labelledby="ready" className="grid max-w-[38rem] gap-5">
        <h2 id="ready" className="text-h2">
          Identity checked
        </h2>
        <RadioGroup
          legend="Recorded through"
          name="microphone"
          value={side}
          onValueChange={(value) => choose(value === "candidate" ? "candidate" : "examiner")}
          options={[
            { value: "examiner", label: "Your microphone", description: "One room, one microphone between you." },
            {
              value: "candidate",
              label: "The candidate’s microphone",
              description: "Both online: the candidate is signed in and has the own screen open.",
            },
          ]}
        />
        {side === "examiner" ? <ExaminerMicrophone session={session} running={false} /> : null}
        <CardCode attemptId={console.attemptId} timeZone={console.sitting.centre.timeZone} />
        {console.extraTimePercent > 0 ? (
          <p>Extra time of {console.extraTimePercent} % is in all times of the script.</p>
        ) : null}
        <FormError>{problem}</FormError>
        <div>
          <Button variant="primary" size="lg" busy={busy} onClick={() => void session.begin(side)}>
            Begin the interview
          </Button>
          <p className="pt-2 text-ink-3">The clock and the recording start with this.</p>
        </div>
      </section>
    </main>
  );
}
