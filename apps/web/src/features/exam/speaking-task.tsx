"use client";

import { useEffect, useEffectEvent, useRef, useState } from "react";
import { formatDuration } from "../../ui/format.ts";
import type { Take } from "./client/recorder.ts";
import { SpeakingPanel, type SpeakingStep } from "./speaking-panel.tsx";
import { TaskPane } from "./speaking-panes.tsx";
import { type Monologue, playToEnd, type SpeakingPlace } from "./speaking-place.ts";
import { useCapture } from "./use-capture.ts";

/** One task: hear the turn where there is one, prepare, answer, listen back, perhaps once more. */
export function SpeakingTask({ content, place }: { content: Monologue; place: SpeakingPlace }) {
  const { stream, answered } = place;
  const [step, setStep] = useState<SpeakingStep>(
    answered ? { kind: "done", sound: null, seconds: null, verdict: null } : { kind: "ready" },
  );
  const [problem, setProblem] = useState<string | null>(null);
  const [takes, setTakes] = useState(Math.max(place.takesMade, answered ? 1 : 0));
  const take = useRef<Take | null>(null);
  const starting = useRef(false);

  const { level, trouble, verdict } = useCapture(stream, {
    watching: step.kind !== "done",
    recording: step.kind === "answer",
  });

  const finish = useEffectEvent(async () => {
    const running = take.current;
    if (!running) return;
    take.current = null;
    setStep({ kind: "keeping" });
    const { sound, durationSeconds } = await running.close();
    setStep({ kind: "done", sound: URL.createObjectURL(sound), seconds: durationSeconds, verdict: verdict() });
  });

  async function record(): Promise<void> {
    if (!stream || starting.current) return;
    starting.current = true;
    try {
      const opened = await place.openTake(takes + 1, null);
      opened?.record(stream);
      take.current = opened;
      setTakes(takes + 1);
      setStep({ kind: "answer", endsAt: performance.now() + content.answerSeconds * 1000 });
    } catch {
      setProblem("The recording could not be started. Check the microphone and try again.");
      setStep({ kind: "ready" });
    } finally {
      starting.current = false;
    }
  }

  const prepare = () => setStep({ kind: "prepare", endsAt: performance.now() + content.prepareSeconds * 1000 });

  const begin = async () => {
    setProblem(null);
    if (!content.turn || takes > 0) return prepare();
    setStep({ kind: "turn" });
    try {
      const sound = await place.playTurn(1);
      if (!sound) return prepare();
      await playToEnd(sound, prepare);
    } catch {
      setProblem("The recording could not be played. Try again.");
      setStep({ kind: "ready" });
    }
  };

  const onTimeout = useEffectEvent((kind: SpeakingStep["kind"]) => {
    if (kind === "prepare") void record();
    if (kind === "answer") void finish();
  });
  useEffect(() => {
    if (step.kind !== "prepare" && step.kind !== "answer") return;
    const timer = setTimeout(() => onTimeout(step.kind), Math.max(0, step.endsAt - performance.now()));
    return () => clearTimeout(timer);
  }, [step]);

  // The section's own end cuts a take off; what was said until then is kept.
  const { timeUp } = place;
  useEffect(() => {
    if (timeUp) void finish();
  }, [timeUp]);

  const leaving = useEffectEvent(() => {
    void take.current?.close();
    take.current = null;
  });
  useEffect(() => () => leaving(), []);

  return (
    <div className="flex h-full flex-col desk:flex-row">
      <TaskPane
        place={place}
        times={`${formatDuration(content.prepareSeconds * 1000)} to prepare, ${formatDuration(content.answerSeconds * 1000)} to answer`}
        prompt={content.prompt}
      >
        <ul className="mb-5 list-disc pl-6">
          {content.points.map((point) => (
            <li key={point}>{point}</li>
          ))}
        </ul>
        {content.picture ? (
          <img
            src={place.pictureUrl}
            alt={content.picture.alternative}
            className={`w-full rounded-panel border border-line bg-surface ${step.kind === "done" ? "max-desk:hidden" : ""}`}
          />
        ) : null}
      </TaskPane>
      <SpeakingPanel
        step={step}
        level={level}
        trouble={trouble}
        microphone={stream !== null}
        problem={problem}
        turn={content.turn !== null && takes === 0}
        mayRepeat={content.reRecord && takes < 2 && !timeUp}
        answerSeconds={content.answerSeconds}
        prepareSeconds={content.prepareSeconds}
        stored={place.stored}
        continueWords={place.continueWords}
        onBegin={() => void begin()}
        onAnswerNow={() => void record()}
        onFinish={() => void finish()}
        onRepeat={prepare}
        onContinue={() => place.onContinue()}
      />
    </div>
  );
}
