"use client";

import type { BankItem } from "@bandwise/core/bank/schema";
import { useState } from "react";
import type { AnswerProps } from "../../exam/interactions/answer-props.ts";
import { InteractionView } from "../../exam/interactions/interaction-view.tsx";
import { Passage } from "../passage.tsx";
import { SoundButton } from "./sound-button.tsx";
import { SpeakingPreview } from "./speaking-preview.tsx";

/**
 * An item with the exam page's own parts, as a candidate sees it: answers can be tried and are kept nowhere. It gets
 * the content alone; key and rationale never enter.
 */
export function ItemPreview({
  skill,
  content,
  answer,
}: Pick<BankItem, "skill"> & {
  content: BankItem["content"];
  /** Where somebody wants to know what is answered: a reviewer's own solution. */
  answer?: PreviewAnswer;
}) {
  return (
    <section aria-label="Preview" className="exam @container overflow-hidden rounded-panel border border-line">
      <PreviewBody {...({ skill, content } as Previewed)} answer={answer} />
    </section>
  );
}

type PreviewAnswer = Pick<AnswerProps, "value" | "onValueChange">;

type Previewed = {
  [S in BankItem["skill"]]: Pick<Extract<BankItem, { skill: S }>, "skill" | "content">;
}[BankItem["skill"]];

function PreviewBody({ answer, ...item }: Previewed & { answer: PreviewAnswer | undefined }) {
  switch (item.skill) {
    case "reading":
      return (
        <TwoSides
          left={<Passage {...item.content.stimulus} />}
          right={<Question interaction={item.content.interaction} answer={answer} />}
        />
      );
    case "listening":
      return (
        <div className="px-4 py-6 @2xl:px-8">
          <div className="mx-auto max-w-[45rem]">
            <PreviewPlayer stimulus={item.content.stimulus} />
            <Passage blocks={item.content.stimulus.blocks ?? []} />
            <Question interaction={item.content.interaction} answer={answer} />
          </div>
        </div>
      );
    case "writing":
      return <TwoSides left={<WritingPrompt content={item.content} />} right={<Sheet content={item.content} />} />;
    case "speaking":
      return <SpeakingPreview content={item.content} />;
  }
}

function TwoSides({ left, right }: { left: React.ReactNode; right: React.ReactNode }) {
  return (
    <div className="grid @3xl:grid-cols-[minmax(0,1fr)_minmax(0,0.9fr)]">
      <div className="max-h-[44rem] overflow-y-auto bg-paper px-4 py-6 @2xl:px-8">{left}</div>
      <div className="border-line bg-surface px-4 py-6 @max-3xl:border-t @2xl:px-8 @3xl:border-l">{right}</div>
    </div>
  );
}

type Objective = Extract<Previewed, { skill: "reading" | "listening" }>["content"];

function Question({
  interaction,
  answer,
}: {
  interaction: Objective["interaction"];
  answer: PreviewAnswer | undefined;
}) {
  const [tried, setTried] = useState<AnswerProps["value"]>(null);
  return (
    // Another kind of answer starts empty.
    <InteractionView
      key={interaction.type}
      interaction={withNamedOptions(interaction)}
      value={answer ? answer.value : tried}
      disabled={false}
      onValueChange={answer ? answer.onValueChange : setTried}
    />
  );
}

/** While an item is being written some options have no words yet; a control without a name says nothing to a screen reader. */
function withNamedOptions(interaction: Objective["interaction"]): Objective["interaction"] {
  return JSON.parse(JSON.stringify(interaction), (_, value) =>
    typeof value === "object" && value !== null && typeof value.id === "string" && value.text?.trim() === ""
      ? { ...value, text: `(option ${value.id})` }
      : value,
  );
}

type Listening = Extract<Previewed, { skill: "listening" }>["content"]["stimulus"];

/** Staff may play as often as they like; the count that a candidate has stands beside it. */
function PreviewPlayer({ stimulus }: { stimulus: Listening }) {
  return (
    <div className="mb-6 rounded-panel border border-line bg-paper p-4">
      <p className="mb-4">{stimulus.setting}</p>
      <SoundButton
        media={stimulus.media}
        durationSeconds={stimulus.durationSeconds}
        note={stimulus.plays === 1 ? "1 play" : `${stimulus.plays} plays`}
      />
    </div>
  );
}

type Writing = Extract<Previewed, { skill: "writing" }>["content"];

function WritingPrompt({ content }: { content: Writing }) {
  return (
    <>
      <p className="mb-3 text-body text-ink-2">About {content.suggestedMinutes} min</p>
      <h2 className="mb-3 text-[1.375rem] leading-8 font-semibold">{content.title}</h2>
      <div className="font-read text-read">
        <p className="mb-4">{content.situation}</p>
        <p className="mb-3 font-semibold">{content.instruction}</p>
        <ul className="list-disc pl-7">
          {content.points.map((point, index) => (
            <li key={index}>{point}</li>
          ))}
        </ul>
      </div>
    </>
  );
}

function Sheet({ content }: { content: Writing }) {
  const [text, setText] = useState("");
  const words = text.split(/\s+/).filter((word) => word !== "").length;
  return (
    <label className="grid gap-2">
      <span className="flex items-baseline justify-between gap-3">
        <span className="font-semibold">Your answer</span>
        <span className="text-body text-ink-2 tabular-nums">
          {words} {words === 1 ? "word" : "words"} of {content.minWords}–{content.maxWords}
        </span>
      </span>
      <textarea
        className="min-h-72 resize-none rounded-control border border-line-strong bg-surface p-4 font-read text-read"
        value={text}
        spellCheck={false}
        onChange={(event) => setText(event.target.value)}
      />
    </label>
  );
}
