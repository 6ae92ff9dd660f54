"use client";

import { firstPlayOf, turnOfPlay } from "@bandwise/core/delivery/rules";
import { ArrowRight, Check, CircleCheck, Square, Volume2 } from "lucide-react";
import { useEffect, useEffectEvent, useRef, useState } from "react";
import { Button } from "../../ui/button.tsx";
import { formatDuration } from "../../ui/format.ts";
import { type PartnerReply, partnerThinksSeconds } from "./client/api.ts";
import { afterAnswer, type DialogueStep, isShort, resumeAt } from "./client/dialogue.ts";
import type { Take } from "./client/recorder.ts";
import { spokenSamples } from "./client/spoken.ts";
import { Gauge, Ring } from "./speaking-gauge.tsx";
import { RecorderPane, RecordingNow, TaskPane } from "./speaking-panes.tsx";
import { type Dialogue, playOrSkip, playToEnd, type SpeakingPlace } from "./speaking-place.ts";
import { useCapture } from "./use-capture.ts";

const stages = ["Read", "Talk", "Done"];

/** A conversation: read the situation, then hear each turn once and answer it at once. All answers are one recording. */
export function DialogueTask({ content, place }: { content: Dialogue; place: SpeakingPlace }) {
  const { stream, timeUp } = place;
  // Named when it began: a page that comes back before the end goes on, another device finds it begun and so over.
  const begun = place.plays.length > 0;
  const [step, setStep] = useState<DialogueStep>(place.answered && !begun ? { kind: "done" } : { kind: "ready" });
  const [endsAt, setEndsAt] = useState(0);
  const [problem, setProblem] = useState<string | null>(null);
  const take = useRef<Take | null>(null);
  const spokenMs = useRef(0);
  const opening = useRef(false);
  const ending = useRef(false);
  const turns = content.turns.length;

  const timed = (next: DialogueStep, seconds: number) => {
    setEndsAt(performance.now() + seconds * 1000);
    setStep(next);
  };

  const begin = () => {
    setProblem(null);
    if (begun) void open();
    else timed({ kind: "read" }, content.prepareSeconds);
  };

  const open = useEffectEvent(async () => {
    if (opening.current) return;
    opening.current = true;
    try {
      take.current = await place.openTake(1, 0);
      // Begun on another device: what was said there is all there will be.
      void go(take.current ? resumeAt(take.current.turns, turns) : { kind: "done" });
    } catch {
      setProblem("The recording could not be started. Check the microphone and try again.");
      setStep({ kind: "ready" });
    } finally {
      opening.current = false;
    }
  });

  const go = useEffectEvent(async (next: DialogueStep): Promise<void> => {
    if (next.kind === "keeping") return close();
    if (next.kind === "answer") return answer(next);
    if (next.kind !== "turn") return setStep(next);
    // Answered once before the page was opened anew, and asked back: the partner waits for that answer.
    const asked = place.asked.find(({ turn }) => turn === next.turn);
    if (asked) return answer({ turn: next.turn, pressed: true, asks: asked.rule === "short" ? null : asked.words });
    setStep(next);
    try {
      const sound = await place.playTurn(firstPlayOf(next.turn) + (next.again ? 1 : 0));
      // Heard before a reload, and over: the answer is due.
      const due = { turn: next.turn, pressed: next.again, asks: null };
      if (!sound) return answer(due);
      await playToEnd(sound, () => answer(due));
    } catch {
      setProblem("The recording could not be played. Try again.");
      setStep({ kind: "ready" });
    }
  });

  const answer = useEffectEvent((due: { turn: number; pressed: boolean; asks: string | null }) => {
    if (!stream || !take.current || ending.current) return;
    spokenMs.current = 0;
    take.current.record(stream);
    timed({ kind: "answer", ...due }, content.turns[due.turn]?.answerSeconds ?? 0);
  });

  const endAnswer = useEffectEvent(async () => {
    if (step.kind !== "answer" || !take.current) return;
    const { turn, pressed } = step;
    const belowSeconds = content.whenShort?.belowSeconds ?? null;
    const said = spokenMs.current;
    const listens = content.turns[turn]?.listens === true && !pressed && !isShort(said, belowSeconds);
    setStep(listens ? { kind: "hearing", turn } : { kind: "keeping" });
    const stretch = await take.current.pause();
    const reply = listens ? await askBack(turn, stretch) : null;
    const next = afterAnswer({ turn, pressed, spokenMs: said, asks: reply?.words ?? null }, { turns, belowSeconds });
    if (next.kind === "keeping" || (next.kind === "turn" && !next.again)) await take.current?.pause(turn + 1);
    if (next.kind === "answer" && next.asks === null) place.tellPrompted(turn);
    if (next.kind === "answer" && next.asks !== null && reply?.sound) {
      setStep({ kind: "asking", turn, asks: next.asks });
      await playOrSkip(reply.sound);
    }
    // The section's end has closed the take meanwhile.
    if (take.current) void go(next);
  });

  /** A partner who cannot tell in time what was said goes on. */
  async function askBack(turn: number, stretch: Blob): Promise<PartnerReply | null> {
    try {
      return await place.hearTurn(turn, await spokenSamples(stretch));
    } catch {
      return null;
    }
  }

  const close = useEffectEvent(async () => {
    const held = take.current;
    ending.current = true;
    take.current = null;
    setStep({ kind: "keeping" });
    await held?.close();
    setStep({ kind: "done" });
  });

  const onTimeout = useEffectEvent((kind: DialogueStep["kind"]) => {
    if (kind === "read") void open();
    if (kind === "answer") void endAnswer();
  });
  useEffect(() => {
    if (step.kind !== "read" && step.kind !== "answer") return;
    const timer = setTimeout(() => onTimeout(step.kind), Math.max(0, endsAt - performance.now()));
    return () => clearTimeout(timer);
  }, [step, endsAt]);

  useEffect(() => {
    if (timeUp) void close();
  }, [timeUp]);
  // A page that goes away keeps what it has; where the exam goes on, so does the conversation.
  const leaving = useEffectEvent(() => void take.current?.pause());
  useEffect(() => () => leaving(), []);

  const { level, trouble } = useCapture(
    stream,
    { watching: step.kind !== "done", recording: step.kind === "answer" },
    (ms) => {
      if (step.kind === "answer") spokenMs.current += ms;
    },
  );

  const reacts = content.turns.some(({ listens }) => listens)
    ? ` If something important is missing from an answer, you may be asked for it, once a turn; that takes at most ${partnerThinksSeconds} seconds.`
    : "";
  const stage = step.kind === "ready" || step.kind === "read" ? 0 : step.kind === "done" ? 2 : 1;
  const turn = "turn" in step ? step.turn : null;
  const answered = step.kind === "keeping" || step.kind === "done" ? turns : (turn ?? 0);
  const speaker = content.turns[turn ?? 0]?.speaker ?? "";
  return (
    <div className="flex h-full flex-col desk:flex-row">
      <TaskPane
        place={place}
        times={`${formatDuration(content.prepareSeconds * 1000)} to read, then ${turns} turns that are answered at once`}
        prompt={content.prompt}
      >
        <ol className="grid gap-2">
          {content.turns.map((one, index) => (
            <li
              key={index}
              aria-current={index === turn ? "step" : undefined}
              className="flex items-center gap-3 border-t border-line py-2.5 text-ink-2 aria-[current=step]:font-semibold aria-[current=step]:text-ink"
            >
              {index < answered ? (
                <Check className="size-5 shrink-0 text-ok" strokeWidth={1.75} aria-hidden="true" />
              ) : (
                <Volume2 className="size-5 shrink-0" strokeWidth={1.75} aria-hidden="true" />
              )}
              {one.speaker}, turn {index + 1}
              {index < answered ? <span className="sr-only">: answered</span> : null}
            </li>
          ))}
        </ol>
      </TaskPane>
      <RecorderPane names={stages} stage={stage} step={step.kind} problem={problem}>
        {step.kind === "ready" ? (
          <div className="grid gap-5">
            <p>
              {begun
                ? `The conversation goes on at turn ${turnOfPlay(Math.max(...place.plays)) + 1}. What you have said is kept.`
                : `You will hear each turn once. Answer when it is over: recording begins by itself.${reacts}`}
            </p>
            <Button variant="primary" size="lg" disabled={stream === null} onClick={begin}>
              {begun ? "Go on" : "Start to read"}
            </Button>
          </div>
        ) : null}
        {step.kind === "read" ? (
          <Gauge
            ring={<Ring endsAt={endsAt} totalSeconds={content.prepareSeconds} label="to read" />}
            level={level}
            trouble={trouble}
            action={
              <Button size="lg" className="w-full" onClick={() => void open()}>
                Begin now
              </Button>
            }
          >
            <p className="wide:text-center" role="status">
              The conversation begins when the time is over.
            </p>
          </Gauge>
        ) : null}
        {step.kind === "turn" ? (
          <p role="status" className="text-h3">
            {step.again ? `${speaker} says it again. Listen…` : `${speaker} is speaking. Listen…`}
          </p>
        ) : null}
        {step.kind === "answer" ? (
          <>
            <Gauge
              ring={
                <Ring endsAt={endsAt} totalSeconds={content.turns[step.turn]?.answerSeconds ?? 0} label="to answer" />
              }
              level={level}
              trouble={trouble}
            >
              {step.pressed && (step.asks ?? content.whenShort) ? (
                <p role="status" className="wide:text-center">
                  {step.asks === null ? null : <span className="block text-body text-ink-2">{speaker} asks back:</span>}
                  <span className="text-h3">{step.asks === null ? content.whenShort?.prompt : `“${step.asks}”`}</span>
                </p>
              ) : null}
              <RecordingNow />
            </Gauge>
            <div className="pt-4 desk:mt-auto desk:pt-8">
              <Button
                size="lg"
                className="w-full"
                icon={<Square className="ico" aria-hidden="true" />}
                onClick={() => void endAnswer()}
              >
                Finish answer
              </Button>
            </div>
          </>
        ) : null}
        {step.kind === "asking" ? (
          <div role="status" className="grid gap-3">
            <p className="text-ink-2">{speaker} asks back. Listen…</p>
            <p className="text-h3">“{step.asks}”</p>
          </div>
        ) : null}
        {step.kind === "hearing" ? <p role="status">{speaker} thinks for a moment…</p> : null}
        {step.kind === "keeping" ? <p role="status">Your answer is being kept.</p> : null}
        {step.kind === "done" ? (
          <div className="flex flex-1 flex-col">
            <h3 className="mb-3 text-[1.25rem] leading-7 font-semibold">Your conversation is recorded.</h3>
            <p className="mb-5 flex gap-2.5" role="status">
              <CircleCheck className="mt-0.5 size-5 shrink-0 text-ok" strokeWidth={1.75} aria-hidden="true" />
              {place.stored ? "Safely stored." : "Kept on this computer, being sent."}
            </p>
            <div className="mt-auto flex pt-5 desk:pt-8">
              <Button variant="primary" size="lg" className="flex-1" onClick={() => place.onContinue()}>
                {place.continueWords} <ArrowRight className="ico" aria-hidden="true" />
              </Button>
            </div>
          </div>
        ) : null}
      </RecorderPane>
    </div>
  );
}
