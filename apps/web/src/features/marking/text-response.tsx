"use client";

import type { Annotation } from "@bandwise/core/marking/schema";
import { MessageSquarePlus } from "lucide-react";
import { useRef, useState } from "react";
import { Badge } from "@/ui/badge.tsx";
import { Button } from "@/ui/button.tsx";
import { formatCount } from "@/ui/format.ts";
import { Annotations, type Place } from "./annotations.tsx";
import type { MarkedScript } from "./marking-api.ts";
import { inOrder, segmentsOf } from "./segments.ts";

type Work = Extract<MarkedScript["work"], { skill: "writing" }>;

/** A written answer as it was typed, in reading type, with its length against the length asked for; words chosen in it can be commented on. */
export function TextResponse({
  work,
  annotations,
  disabled,
  onAnnotate,
}: {
  work: Work;
  annotations: readonly Annotation[];
  disabled: boolean;
  onAnnotate: (annotations: readonly Annotation[]) => void;
}) {
  const body = useRef<HTMLParagraphElement>(null);
  const [writing, setWriting] = useState<Place | null>(null);
  const [hint, setHint] = useState(false);
  const numbers = new Map(inOrder(annotations).map(({ index }, place) => [index, place + 1]));

  function comment() {
    const chosen = chosenSpan(body.current);
    setHint(chosen === null);
    setWriting(chosen);
  }

  return (
    <section aria-labelledby="response-heading" className="border-t border-line pt-3">
      <div className="flex flex-wrap items-center justify-between gap-x-4 gap-y-1">
        <h2 id="response-heading" className="text-dense font-normal text-ink-3">
          Response
        </h2>
        <div className="flex flex-wrap items-center gap-2 text-dense">
          <Length work={work} />
          {work.text.trim() === "" || disabled ? null : (
            <Button
              size="sm"
              className="max-wide:min-h-11"
              icon={<MessageSquarePlus aria-hidden="true" />}
              data-comment=""
              // The words stay chosen while the button is pressed.
              onPointerDown={(event) => event.preventDefault()}
              onClick={comment}
            >
              Comment
            </Button>
          )}
        </div>
      </div>
      <p role="status" className="text-dense text-ink-2">
        {hint ? "Choose some words of the answer first, then press Comment." : null}
      </p>
      {work.text.trim() === "" ? (
        <p className="mt-2 text-ink-2">Nothing was written.</p>
      ) : (
        <p
          ref={body}
          lang="en"
          data-answer=""
          className="measure mt-2 mb-3 font-read text-read break-words whitespace-pre-wrap"
        >
          {segmentsOf(work.text, annotations).map(({ start, text, covered, begins }) =>
            covered.length === 0 ? (
              text
            ) : (
              <mark
                key={start}
                data-numbers={begins.map((index) => numbers.get(index)).join(", ")}
                className="bg-hl text-ink underline decoration-accent decoration-2 underline-offset-4 before:mr-0.5 before:align-super before:text-small before:font-semibold before:text-accent before:content-[attr(data-numbers)]"
              >
                {text}
              </mark>
            ),
          )}
        </p>
      )}
      <Annotations
        text={work.text}
        annotations={annotations}
        writing={disabled ? null : writing}
        disabled={disabled}
        onAnnotate={onAnnotate}
        onClose={() => setWriting(null)}
      />
    </section>
  );
}

/** The length of an answer against the length asked for. */
export function Length({ work }: { work: Work }) {
  const { minWords, maxWords } = work.task;
  const short = work.words < minWords;
  const off = short ? minWords - work.words : work.words - maxWords;
  return (
    <p className="flex items-center gap-2 text-dense">
      <span>
        <b className="font-semibold tabular-nums">{formatCount(work.words, "word", "words")}</b>
        <span className="text-ink-3 tabular-nums">
          {" "}
          of {minWords}–{maxWords}
        </span>
      </span>
      {off > 0 ? (
        <Badge tone="warn">
          {off} {short ? "under" : "over"}
        </Badge>
      ) : (
        <Badge tone="ok">In range</Badge>
      )}
    </p>
  );
}

/** The words chosen inside an element, as places in its text; null where none are. */
function chosenSpan(element: HTMLElement | null): { start: number; end: number } | null {
  const selection = window.getSelection();
  if (!element || !selection || selection.isCollapsed || selection.rangeCount === 0) return null;
  const range = selection.getRangeAt(0);
  if (!element.contains(range.startContainer) || !element.contains(range.endContainer)) return null;
  const before = document.createRange();
  before.selectNodeContents(element);
  before.setEnd(range.startContainer, range.startOffset);
  const start = before.toString().length;
  const end = start + range.toString().length;
  return start < end ? { start, end } : null;
}
