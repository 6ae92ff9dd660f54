"use client";

import type { InterviewCard } from "@bandwise/core/interviews/queries";
import { useEffect, useMemo, useState } from "react";
import { useMicrophone } from "@/features/exam/use-microphone.ts";
import { Button } from "@/ui/button.tsx";
import { Notice } from "@/ui/notice.tsx";
import { interviewApi } from "../client-api.ts";
import { SoundKeeper } from "../sound-keeper.ts";
import { CardScreen } from "./card-screen.tsx";
import { useCard } from "./use-card.ts";

/** The signed-in candidate's screen; where both are online it records too, once the examiner has begun. */
export function OwnCard({ attemptId, initial }: { attemptId: string; initial: InterviewCard }) {
  const api = useMemo(() => interviewApi(attemptId), [attemptId]);
  const { card, now, away, refused } = useCard(api.card, initial);
  if (!card) {
    return (
      <main className="p-6">
        <Notice tone="warn">{refused ?? "This interview is not yours to see."}</Notice>
      </main>
    );
  }
  const begun = card.view.phase !== "waiting";
  return (
    <>
      <CardScreen card={card} now={now} away={away} />
      {card.microphone === "candidate" && begun ? (
        <CandidateMicrophone attemptId={attemptId} running={card.view.phase !== "over"} now={card.now} />
      ) : null}
    </>
  );
}

/** Records while the interview runs; afterwards it stays until the server has everything. */
function CandidateMicrophone({ attemptId, running, now }: { attemptId: string; running: boolean; now: number }) {
  const { stream, problem, ask } = useMicrophone();
  const [keeper, setKeeper] = useState<SoundKeeper | null>(null);
  const [pending, setPending] = useState(0);
  const [startedAt] = useState(now);
  useEffect(() => {
    let opened: SoundKeeper | null = null;
    void SoundKeeper.open(`interview-${attemptId}-candidate`, interviewApi(attemptId), setPending).then((made) => {
      opened = made;
      setKeeper(made);
    });
    return () => {
      void opened?.pause();
      opened?.stop();
    };
  }, [attemptId]);
  useEffect(() => {
    if (!keeper) return;
    if (!running) void keeper.close();
    else if (stream) void keeper.record(stream, startedAt);
  }, [keeper, running, stream, startedAt]);
  if (running && problem) {
    return (
      <div className="mx-auto max-w-[46rem] px-5 pb-6">
        <Notice tone="warn" title="Your microphone is needed" action={<Button onClick={ask}>Try again</Button>}>
          {problem}
        </Notice>
      </div>
    );
  }
  if (running || pending === 0) return null;
  return (
    <p role="status" className="mx-auto max-w-[46rem] px-5 pb-6">
      Your recording is being sent. Keep this page open until this line is gone.
    </p>
  );
}
