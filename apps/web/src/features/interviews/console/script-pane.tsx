"use client";

import { type Clocks, type InterviewState, paceOf } from "@bandwise/core/interviews/ledger";
import type { InterviewScript, ScriptStep } from "@bandwise/core/interviews/script";
import { ArrowLeft, ArrowRight } from "lucide-react";
import { Button } from "@/ui/button.tsx";
import { classNames } from "@/ui/class-names.ts";
import { formatClock } from "@/ui/format.ts";
import { KeyHint } from "@/ui/key-hint.tsx";
import { CardCode } from "./card-code.tsx";

const paceWords = { short: "go on", within: "may end", over: "over" } as const;

/** What to say now, what comes next, and how long each part has taken. */
export function ScriptPane({
  script,
  state,
  clocks,
  running,
  place,
  onGo,
  onEnd,
  attemptId,
  timeZone,
}: {
  script: InterviewScript;
  state: InterviewState;
  clocks: Clocks;
  running: boolean;
  /** Of the step in the script; −1 before the first. */
  place: number;
  onGo: (place: number) => void;
  onEnd: () => void;
  attemptId: string;
  timeZone: string;
}) {
  const step = script.steps[place];
  const next = script.steps[place + 1];
  return (
    <div className="flex h-full min-h-0 flex-col overflow-auto px-4 pt-3 pb-4 desk:px-6 desk:pt-4">
      <PartClocks script={script} clocks={clocks} part={step?.part ?? null} />
      {running && step ? (
        <>
          <CurrentStep script={script} step={step} seconds={clocks.stepSeconds} />
          <div className="sticky bottom-0 mt-auto border-t border-line bg-paper pt-3">
            <p className="min-h-10 pb-2 text-dense text-ink-3">
              {next ? <>Then: {next.text}</> : "This is the last line."}
            </p>
            <div className="flex gap-2">
              <Button
                size="lg"
                icon={<ArrowLeft aria-hidden="true" />}
                onClick={() => onGo(place - 1)}
                {...(place <= 0 && { disabled: true })}
                aria-keyshortcuts="b PageUp"
              >
                Back
                <span className="only-desk" aria-hidden="true">
                  <KeyHint>B</KeyHint>
                </span>
              </Button>
              {next ? (
                <Button
                  size="lg"
                  variant="primary"
                  className="flex-1"
                  icon={<ArrowRight aria-hidden="true" />}
                  onClick={() => onGo(place + 1)}
                  aria-keyshortcuts="n PageDown"
                >
                  {nextWords(next)}
                  <span className="only-desk" aria-hidden="true">
                    <KeyHint inverse>N</KeyHint>
                  </span>
                </Button>
              ) : (
                <Button size="lg" variant="primary" className="flex-1" onClick={onEnd}>
                  End the interview
                </Button>
              )}
            </div>
          </div>
          <details className="pt-4 text-dense">
            <summary className="cursor-pointer text-ink-2">Whole script, and the candidate’s screen</summary>
            <div className="py-3">
              <CardCode attemptId={attemptId} timeZone={timeZone} />
            </div>
            <ol className="grid gap-0.5">
              {script.steps.map((one, index) => (
                <li key={one.id}>
                  <button
                    type="button"
                    className={classNames(
                      "w-full rounded-control px-2 py-1.5 text-left",
                      index === place ? "bg-accent-soft font-semibold" : "text-ink-2",
                    )}
                    aria-current={index === place ? "step" : undefined}
                    onClick={() => onGo(index)}
                  >
                    {one.part}. {one.text}
                  </button>
                </li>
              ))}
            </ol>
          </details>
        </>
      ) : (
        <div className="grid gap-2 py-6">
          <h2 className="text-h2">The interview is over</h2>
          <p className="text-ink-2">
            It took {formatClock(clocks.totalSeconds)}. {state.notes === "" ? "" : "Your notes stand beside the bands."}
          </p>
        </div>
      )}
    </div>
  );
}

function nextWords(next: ScriptStep): string {
  if (next.kind === "prepare") return "Show the card";
  if (next.kind === "speak") return "Start the long turn";
  return next.id.endsWith(".lead") ? "Go on" : "Next";
}

function PartClocks({ script, clocks, part }: { script: InterviewScript; clocks: Clocks; part: number | null }) {
  return (
    <ol className="grid grid-cols-3 gap-3 pb-4" aria-label="Time of the parts">
      {script.parts.map((one) => {
        const seconds = clocks.partSeconds[one.part];
        const pace = paceOf(seconds, one);
        const current = one.part === part;
        return (
          <li
            key={one.part}
            aria-current={current ? "step" : undefined}
            className={classNames("border-t-2 pt-1.5", current ? "border-accent" : "border-line")}
          >
            <p className="truncate text-dense text-ink-3">
              Part {one.part}
              <span className="max-wide:hidden">, {one.title}</span>
            </p>
            <p className="tabular-nums">
              <b
                className={classNames(
                  "text-h3 font-semibold",
                  pace === "over" && "text-warn",
                  !current && seconds === 0 && "text-ink-3",
                )}
              >
                {formatClock(seconds)}
              </b>{" "}
              <span className="text-dense text-ink-3">
                <span className="whitespace-nowrap">
                  of {formatClock(one.minSeconds)}–{formatClock(one.maxSeconds)}
                </span>
                {current ? (
                  <span className="max-wide:block">
                    <span className="max-wide:hidden">, </span>
                    {paceWords[pace]}
                  </span>
                ) : null}
              </span>
            </p>
          </li>
        );
      })}
    </ol>
  );
}

function CurrentStep({ script, step, seconds }: { script: InterviewScript; step: ScriptStep; seconds: number }) {
  const timed = step.kind === "prepare" || step.kind === "speak";
  return (
    <section aria-labelledby="step" className="grid gap-3 pb-6">
      <p className="text-dense font-medium text-ink-3">{step.topic}</p>
      <h2 id="step" aria-live="polite" className="max-w-[38ch] font-read text-[1.625rem]/9 font-medium">
        {step.text}
      </h2>
      {step.followUp ? (
        <p className="max-w-[52ch] text-body text-ink-2">
          <span className="text-dense text-ink-3">If the answer stays short: </span>
          {step.followUp}
        </p>
      ) : null}
      {timed ? (
        <>
          <TurnClock step={step} seconds={seconds} />
          <div className="max-w-[36rem] rounded-panel border border-line bg-surface p-4">
            <p className="text-dense text-ink-3">On the candidate’s screen</p>
            <p className="pt-1 font-read text-read font-semibold">{script.card.topic}</p>
            <ul className="list-disc pt-1 pl-5 font-read text-body">
              {script.card.points.map((point) => (
                <li key={point}>{point}</li>
              ))}
            </ul>
            <p className="pt-1 font-read text-body">{script.card.explain}</p>
          </div>
        </>
      ) : null}
    </section>
  );
}

function TurnClock({ step, seconds }: { step: ScriptStep; seconds: number }) {
  const { minSeconds, maxSeconds } = step;
  if (minSeconds === null || maxSeconds === null) return null;
  if (step.kind === "prepare") {
    const left = maxSeconds - seconds;
    return (
      <p role="timer" className="text-h1 font-semibold tabular-nums">
        {formatClock(left)}{" "}
        <span className="text-body font-normal text-ink-3">
          {left > 0 ? "to prepare" : "time is up: begin the long turn"}
        </span>
      </p>
    );
  }
  const pace = paceOf(seconds, { minSeconds, maxSeconds });
  return (
    <p role="timer" className={classNames("text-h1 font-semibold tabular-nums", pace === "over" && "text-warn")}>
      {formatClock(seconds)}{" "}
      <span className="text-body font-normal text-ink-3">
        {pace === "short"
          ? `prompt to go on before ${formatClock(minSeconds)}`
          : pace === "within"
            ? `stop at ${formatClock(maxSeconds)}`
            : "stop now"}
      </span>
    </p>
  );
}
