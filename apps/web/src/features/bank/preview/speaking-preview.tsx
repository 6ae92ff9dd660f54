"use client";

import type { BankItem } from "@bandwise/core/bank/schema";
import type { OpenContent, TaskContent } from "@bandwise/core/bank/speaking-schema";
import type { ReactNode } from "react";
import { formatDuration } from "@/ui/format.ts";
import { mediaAddress } from "../passage.tsx";
import { SoundButton } from "./sound-button.tsx";

/** A speaking task as the candidate gets it; of an interview also what the examiner says. */
export function SpeakingPreview({ content }: { content: Extract<BankItem, { skill: "speaking" }>["content"] }) {
  switch (content.type) {
    case "interview":
      return <Interview content={content} />;
    case "dialogue":
      return <Dialogue content={content} />;
    case "introduction":
    case "opinion":
    case "picture":
    case "task":
    case undefined:
      return <Monologue content={content} />;
  }
}

type Of<T extends OpenContent["type"]> = Extract<OpenContent, { type: T }>;
type OnePerson = TaskContent | Of<"introduction"> | Of<"opinion"> | Of<"picture">;

function Sheet({ children }: { children: ReactNode }) {
  return (
    <div className="bg-paper px-4 py-6 @2xl:px-8">
      <div className="mx-auto max-w-[45rem]">{children}</div>
    </div>
  );
}

function Times({ children }: { children: ReactNode }) {
  return <p className="mb-4 text-right text-body text-ink-2">{children}</p>;
}

function Prompt({ children }: { children: ReactNode }) {
  return <h2 className="mb-4 text-[1.25rem] leading-7 font-semibold">{children}</h2>;
}

const duration = (seconds: number): string => formatDuration(seconds * 1000);

function Monologue({ content }: { content: OnePerson }) {
  const turn = "turn" in content ? content.turn : undefined;
  const picture = "picture" in content ? content.picture : undefined;
  return (
    <Sheet>
      <Times>
        {duration(content.prepareSeconds)} to prepare, {duration(content.answerSeconds)} to answer
        {content.reRecord ? ", one more recording allowed" : ""}
      </Times>
      <Prompt>{content.prompt}</Prompt>
      <ul className="mb-5 list-disc pl-6">
        {content.points.map((point, index) => (
          <li key={index}>{point}</li>
        ))}
      </ul>
      {turn ? (
        <div className="mb-5 rounded-panel border border-line bg-surface p-4">
          <p className="mb-4">{turn.speaker} speaks first, once.</p>
          <SoundButton media={turn.media} durationSeconds={turn.durationSeconds} />
        </div>
      ) : null}
      {picture && picture.media !== "" ? (
        <img
          src={mediaAddress(picture.media)}
          alt={picture.alternative}
          className="w-full rounded-panel border border-line bg-surface"
        />
      ) : null}
    </Sheet>
  );
}

function Dialogue({ content }: { content: Of<"dialogue"> }) {
  return (
    <Sheet>
      <Times>{duration(content.prepareSeconds)} to read, then each turn is answered at once</Times>
      <Prompt>{content.prompt}</Prompt>
      <ol className="grid gap-3">
        {content.turns.map((turn, index) => (
          <li key={index} className="rounded-panel border border-line bg-surface p-4">
            <p className="mb-4">
              {turn.speaker || "The other person"} speaks, once; {duration(turn.answerSeconds)} to answer.
            </p>
            <SoundButton media={turn.media} durationSeconds={turn.durationSeconds} />
            {turn.listensFor ? (
              <p className="mt-4 text-ink-2">
                Without any of {turn.listensFor.words.join(", ")} it is asked: “{turn.listensFor.otherwise}”
              </p>
            ) : null}
          </li>
        ))}
      </ol>
    </Sheet>
  );
}

function Interview({ content: { part1, part2, part3 } }: { content: Of<"interview"> }) {
  return (
    <Sheet>
      <div className="grid gap-7">
        <InterviewPart name="Part 1" span={part1}>
          {part1.opening.map((line, index) => (
            <p key={index}>{line}</p>
          ))}
          {part1.frames.map((frame, index) => (
            <Asked key={index} title={frame.topic} lead={frame.lead} questions={frame.questions} />
          ))}
        </InterviewPart>
        <InterviewPart name="Part 2" span={part2}>
          <p>{part2.lead}</p>
          <section
            aria-label="Cue card"
            className="rounded-panel border border-line-strong bg-surface p-5 font-read text-read"
          >
            <p className="mb-3 font-semibold">{part2.card.topic}</p>
            <p>You should say:</p>
            <ul className="mb-3 list-disc pl-7">
              {part2.card.points.map((point, index) => (
                <li key={index}>{point}</li>
              ))}
            </ul>
            <p>{part2.card.explain}</p>
          </section>
          <p className="text-body text-ink-2">
            {duration(part2.prepareSeconds)} to prepare, {duration(part2.speakSeconds.min)} to{" "}
            {duration(part2.speakSeconds.max)} to speak. The card is all that the candidate sees.
          </p>
          {part2.roundingOff.map((question, index) => (
            <p key={index}>{question}</p>
          ))}
        </InterviewPart>
        <InterviewPart name="Part 3" span={part3}>
          <p>{part3.lead}</p>
          {part3.themes.map((theme, index) => (
            <Asked key={index} title={theme.theme} questions={theme.questions} />
          ))}
        </InterviewPart>
      </div>
    </Sheet>
  );
}

function InterviewPart({
  name,
  span,
  children,
}: {
  name: string;
  span: { minSeconds: number; maxSeconds: number };
  children: ReactNode;
}) {
  return (
    <section className="grid gap-3">
      <header className="flex items-baseline justify-between gap-3 border-b border-line pb-1">
        <h2 className="text-[1.25rem] leading-7 font-semibold">{name}</h2>
        <p className="text-body text-ink-2">
          {duration(span.minSeconds)} to {duration(span.maxSeconds)}
        </p>
      </header>
      {children}
    </section>
  );
}

function Asked({
  title,
  lead,
  questions,
}: {
  title: string;
  lead?: string;
  questions: readonly { ask: string; followUp: string }[];
}) {
  return (
    <section>
      <h3 className="font-semibold">{title}</h3>
      {lead ? <p className="text-ink-2">{lead}</p> : null}
      <ol className="mt-1 list-decimal pl-7">
        {questions.map(({ ask, followUp }, index) => (
          <li key={index} className="mb-1">
            {ask} <span className="block text-body text-ink-2">{followUp}</span>
          </li>
        ))}
      </ol>
    </section>
  );
}
