import { Badge } from "@/ui/badge.tsx";
import { formatCount } from "@/ui/format.ts";
import type { MarkedScript } from "./use-marking.ts";

type Work = Extract<MarkedScript["work"], { skill: "writing" }>;

/** A written answer as it was typed, in reading type, with its length against the length asked for. */
export function TextResponse({ work }: { work: Work }) {
  const { minWords, maxWords } = work.task;
  const off = work.words < minWords ? minWords - work.words : work.words - maxWords;
  const short = work.words < minWords;
  return (
    <section aria-labelledby="response-heading" className="border-t border-line pt-3">
      <div className="flex flex-wrap items-center justify-between gap-x-4 gap-y-1">
        <h2 id="response-heading" className="text-dense font-normal text-ink-3">
          Response
        </h2>
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
      </div>
      {work.text.trim() === "" ? (
        <p className="mt-2 text-ink-2">Nothing was written.</p>
      ) : (
        <p lang="en" className="measure mt-2 font-read text-read break-words whitespace-pre-wrap">
          {work.text}
        </p>
      )}
    </section>
  );
}
