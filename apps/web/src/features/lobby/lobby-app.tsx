"use client";

import type { MyAttempt } from "@bandwise/core/delivery/candidate-queries";
import { Clock } from "lucide-react";
import { useState } from "react";
import { CountdownText } from "@/ui/countdown-text.tsx";
import { TextLink } from "@/ui/link-button.tsx";
import { Wordmark } from "@/ui/wordmark.tsx";
import { BrowserCheck } from "./browser-check.tsx";
import { ConsentStep } from "./consent-step.tsx";
import { LobbyPlan } from "./lobby-plan.tsx";
import { LobbyStep } from "./lobby-step.tsx";
import { MicrophoneCheck } from "./microphone-check.tsx";
import { SoundCheck } from "./sound-check.tsx";

const order = ["browser", "sound", "microphone", "consent"] as const;
type Check = (typeof order)[number];

const inWords: Readonly<Record<number, string>> = { 2: "Two", 3: "Three", 4: "Four" };

/** Before the exam: what has been checked in a line each, what is next open, the plan on the right. */
export function LobbyApp({ attempt }: { attempt: MyAttempt }) {
  const [done, setDone] = useState<Readonly<Record<Check, string | null>>>({
    browser: null,
    sound: null,
    microphone: null,
    consent: attempt.status === "checked_in" ? "Given at check-in." : null,
  });
  const [again, setAgain] = useState<Check | null>(null);
  const finish = (check: Check, words: string) => {
    setDone((held) => ({ ...held, [check]: words }));
    setAgain(null);
  };
  const current = again ?? order.find((check) => done[check] === null) ?? null;
  const left = order.filter((check) => done[check] === null).length;
  const startsAt = attempt.sitting.startsAt.getTime();
  const now = attempt.now.getTime();
  const step = (check: Check, title: string, waiting: string, body: React.ReactNode) => (
    <LobbyStep
      key={check}
      title={title}
      state={current === check ? "current" : done[check] === null ? "waiting" : "done"}
      summary={done[check] ?? waiting}
      onAgain={check === "consent" ? undefined : () => setAgain(check)}
    >
      {body}
    </LobbyStep>
  );
  return (
    <div className="flex min-h-dvh flex-col bg-surface">
      <header className="flex min-h-16 flex-wrap items-center gap-x-5 gap-y-1 border-b border-line px-4 py-2 wide:px-8">
        <Wordmark href="/home" />
        <p className="border-line text-ink-2 max-wide:order-1 max-wide:w-full wide:border-l wide:pl-5">
          <b className="mr-1 text-ink">{attempt.plan.title}</b> {attempt.sitting.centre.name}
        </p>
        <div className="ml-auto flex items-center gap-6">
          {startsAt > now ? (
            <span className="inline-flex items-center gap-2 text-ink-2">
              <Clock className="size-5" strokeWidth={1.75} aria-hidden="true" /> Opens in{" "}
              <CountdownText
                endsAt={startsAt}
                serverNow={now}
                suffix=""
                announce={false}
                onEnd={() => location.reload()}
              />
            </span>
          ) : null}
          <TextLink href="/help">Ask for help</TextLink>
        </div>
      </header>
      <div className="mx-auto grid w-full max-w-[75rem] flex-1 content-start desk:content-stretch desk:grid-cols-[minmax(0,1fr)_24rem]">
        <main className="px-4 py-8 wide:px-12 wide:py-10">
          <h1 className="mb-1.5">Check your equipment</h1>
          <p className="mb-6 text-h3 font-normal text-ink-2">
            {left === 0 ? "All done." : left === 1 ? "One step left." : `${inWords[left] ?? left} steps left.`} Repeat
            any check as often as you like; nothing here is scored.
          </p>
          <div className="border-b border-line">
            {step(
              "browser",
              "Browser and storage",
              "We look whether this browser can keep your answers.",
              <BrowserCheck onDone={(words) => finish("browser", words)} />,
            )}
            {step(
              "sound",
              "Sound",
              "You will hear three tones.",
              <SoundCheck onDone={() => finish("sound", "You heard the tones.")} />,
            )}
            {step(
              "microphone",
              "Microphone",
              "You will read a sentence aloud and listen back.",
              <MicrophoneCheck onDone={() => finish("microphone", "You heard yourself clearly.")} />,
            )}
            {step(
              "consent",
              "Consent",
              "You read the privacy notice and agree to recording.",
              <ConsentStep attempt={attempt} onDone={() => finish("consent", "Given.")} />,
            )}
          </div>
        </main>
        <LobbyPlan attempt={attempt} ready={left === 0} />
      </div>
    </div>
  );
}
