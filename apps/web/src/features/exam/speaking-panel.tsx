"use client";

import { ArrowRight, CircleCheck, RotateCcw, Square } from "lucide-react";
import { Button } from "../../ui/button.tsx";
import { ClipPlayer } from "../../ui/clip-player.tsx";
import { formatClock } from "../../ui/format.ts";
import { Notice } from "../../ui/notice.tsx";
import { Gauge, Ring } from "./speaking-gauge.tsx";
import { RecorderPane, RecordingNow } from "./speaking-panes.tsx";

export type SpeakingStep =
  | { readonly kind: "ready" }
  | { readonly kind: "turn" }
  | { readonly kind: "prepare"; readonly endsAt: number }
  | { readonly kind: "answer"; readonly endsAt: number }
  | { readonly kind: "keeping" }
  | {
      readonly kind: "done";
      readonly sound: string | null;
      readonly seconds: number | null;
      readonly verdict: string | null;
    };

const stages = ["Prepare", "Answer", "Listen back"];

function stageOf(kind: SpeakingStep["kind"]): number {
  return kind === "answer" || kind === "keeping" ? 1 : kind === "done" ? 2 : 0;
}

/** The recorder beside the task: where one is in the three stages, the time, the level, and one thing to do next. */
export function SpeakingPanel({
  step,
  level,
  trouble,
  microphone,
  problem,
  turn,
  mayRepeat,
  prepareSeconds,
  answerSeconds,
  stored,
  continueWords,
  onBegin,
  onAnswerNow,
  onFinish,
  onRepeat,
  onContinue,
}: {
  step: SpeakingStep;
  level: number;
  trouble: string | null;
  microphone: boolean;
  problem: string | null;
  turn: boolean;
  mayRepeat: boolean;
  prepareSeconds: number;
  answerSeconds: number;
  stored: boolean;
  continueWords: string;
  onBegin: () => void;
  onAnswerNow: () => void;
  onFinish: () => void;
  onRepeat: () => void;
  onContinue: () => void;
}) {
  const stage = stageOf(step.kind);
  return (
    <RecorderPane names={stages} stage={stage} step={step.kind} problem={problem}>
      {step.kind === "ready" ? (
        <div className="grid gap-5">
          <p>
            {turn
              ? "You will hear somebody speak, once. Then you have time to prepare."
              : "Your time to prepare starts when you press the button. Recording begins by itself after it."}
          </p>
          <Button variant="primary" size="lg" disabled={!microphone} onClick={onBegin}>
            {turn ? "Listen and prepare" : "Start to prepare"}
          </Button>
        </div>
      ) : null}
      {step.kind === "turn" ? <p role="status">Listen…</p> : null}
      {step.kind === "prepare" ? (
        <Gauge
          ring={<Ring endsAt={step.endsAt} totalSeconds={prepareSeconds} label="to prepare" />}
          level={level}
          trouble={trouble}
          action={
            <Button size="lg" className="w-full" onClick={onAnswerNow}>
              Answer now
            </Button>
          }
        >
          <p className="wide:text-center" role="status">
            Recording begins when the time is over.
          </p>
        </Gauge>
      ) : null}
      {step.kind === "answer" ? (
        <Gauge
          ring={<Ring endsAt={step.endsAt} totalSeconds={answerSeconds} label="to answer" />}
          level={level}
          trouble={trouble}
        >
          <RecordingNow />
        </Gauge>
      ) : null}
      {step.kind === "answer" ? (
        <div className="pt-4 desk:mt-auto desk:pt-8">
          <Button size="lg" className="w-full" icon={<Square className="ico" aria-hidden="true" />} onClick={onFinish}>
            Finish early
          </Button>
        </div>
      ) : null}
      {step.kind === "keeping" ? <p role="status">Your answer is being kept.</p> : null}
      {step.kind === "done" ? (
        <div className="flex flex-1 flex-col">
          <h3 className="mb-3 text-[1.25rem] leading-7 font-semibold">Your answer is recorded.</h3>
          <p className="mb-5 flex gap-2.5" role="status">
            <CircleCheck className="mt-0.5 size-5 shrink-0 text-ok" strokeWidth={1.75} aria-hidden="true" />
            <span>
              {step.seconds === null ? "" : `${formatClock(Math.round(step.seconds))} long. `}
              {stored ? "Safely stored." : "Kept on this computer, being sent."}
            </span>
          </p>
          {step.sound ? (
            <div className="mb-5">
              <ClipPlayer label="Your recording" src={step.sound} durationSeconds={step.seconds ?? 0} />
            </div>
          ) : null}
          {step.verdict ? (
            <Notice tone="warn" title="The sound of this recording" className="mb-5">
              <p>{step.verdict}</p>
            </Notice>
          ) : null}
          {mayRepeat ? (
            <p className="text-body text-ink-2">
              Listen to a few seconds. If something went wrong, you may record this task once more; the new recording
              replaces this one.
            </p>
          ) : null}
          <div className="mt-auto flex flex-wrap gap-2.5 pt-5 desk:pt-8">
            {mayRepeat ? (
              <Button
                size="lg"
                className="flex-1"
                icon={<RotateCcw className="ico" aria-hidden="true" />}
                onClick={onRepeat}
              >
                Record again
              </Button>
            ) : null}
            <Button variant="primary" size="lg" className="flex-1" onClick={onContinue}>
              {continueWords} <ArrowRight className="ico" aria-hidden="true" />
            </Button>
          </div>
        </div>
      ) : null}
    </RecorderPane>
  );
}
