"use client";

import { Flag } from "lucide-react";
import { useId } from "react";
import { Button } from "../../ui/button.tsx";
import { AlternativeNotice } from "./alternative-notice.tsx";
import { countWords } from "./client/answers.ts";
import type { Item, ViewProps } from "./section-view.tsx";

/** The task on the left, a plain sheet on the right: no spell check, no markup, the words counted. */
export function WritingTask({ session, snapshot, item }: ViewProps & { item: Item }) {
  const id = useId();
  if (item.skill !== "writing") return null;
  const { content } = item;
  const { value, flagged } = session.answerOf(item.id);
  const text = value !== null && typeof value === "object" && "text" in value ? String(value.text) : "";
  const words = countWords(text);
  return (
    <div className="flex h-full flex-col overflow-y-auto desk:flex-row desk:overflow-hidden">
      <section
        aria-label="Task"
        className="bg-paper px-4 py-6 wide:px-12 wide:py-10 desk:w-[34rem] desk:overflow-y-auto"
      >
        <div className="mb-3 flex items-center justify-between gap-3">
          <p className="text-body text-ink-2">
            Task <b className="text-ink">{item.position}</b> of {snapshot.exam.items.length}, about{" "}
            {content.suggestedMinutes} min
          </p>
          <Button
            variant="quiet"
            className="-mr-3.5"
            aria-pressed={flagged}
            icon={<Flag className={`ico ${flagged ? "fill-current text-warn" : ""}`} aria-hidden="true" />}
            onClick={() => void session.flag(item.id, !flagged)}
          >
            {flagged ? "Flagged" : "Flag"}
          </Button>
        </div>
        <h2 className="mb-3 text-[1.375rem] leading-8 font-semibold">{content.title}</h2>
        <div className="font-read text-read">
          <p className="mb-4">{content.situation}</p>
          <p className="mb-3 font-semibold">{content.instruction}</p>
          <ul className="list-disc pl-7">
            {content.points.map((point) => (
              <li key={point}>{point}</li>
            ))}
          </ul>
        </div>
      </section>
      <section
        aria-label="Your answer"
        className="flex min-h-[24rem] flex-1 flex-col px-4 py-6 wide:px-12 wide:py-10 desk:border-l desk:border-line"
      >
        <AlternativeNotice session={session} item={item} />
        <div className="mb-2 flex items-baseline justify-between gap-3">
          <label htmlFor={id} className="font-semibold">
            Your answer
          </label>
          <span id={`${id}-words`} className="text-body text-ink-2 tabular-nums">
            {words} {words === 1 ? "word" : "words"} of {content.minWords}–{content.maxWords}
          </span>
        </div>
        <textarea
          id={id}
          className="min-h-0 flex-1 resize-none rounded-control border border-line-strong bg-surface p-4 font-read text-read wide:p-6"
          value={text}
          maxLength={20_000}
          disabled={snapshot.phase !== "section"}
          aria-describedby={`${id}-words`}
          spellCheck={false}
          autoComplete="off"
          autoCorrect="off"
          autoCapitalize="off"
          data-gramm="false"
          onChange={(event) => session.type(item.id, event.target.value)}
        />
      </section>
    </div>
  );
}
