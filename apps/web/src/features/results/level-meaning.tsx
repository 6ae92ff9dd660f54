import { bandSpan, doubleLevelWords, meaningForYou, overallArithmetic } from "@bandwise/core/results/report-words";
import type { IelpOutput } from "@bandwise/core/results/rules";
import { IELP } from "@bandwise/scoring/schemes/ielp";
import { ChevronRight } from "lucide-react";
import { bandSegments } from "../scale/band-scale.ts";

/** What the level means, in the scheme's words; the other levels are folded away beneath. */
export function LevelMeaning({ output }: { output: IelpOutput }) {
  const { overall } = output.trace;
  const { lead, rest } = meaningForYou(overall.cefr, overall.meaning);
  const double = doubleLevelWords(overall.cefr);
  const levels: Readonly<Record<string, string>> = IELP.levels;
  return (
    <section
      className="grid gap-x-12 gap-y-3 pt-5 pb-4 text-ink-2 print:grid-cols-[1.25fr_1fr] wide:grid-cols-[1.25fr_1fr] [&_b]:text-ink"
      aria-label="What this level means"
    >
      <p>
        <b>{lead}</b> {rest}
      </p>
      <p className="text-[0.9375rem] tabular-nums">
        {double === null ? null : `${double} `}
        The four sections count the same: {overallArithmetic(overall.bands, overall.band)}
        <b>{overall.band}</b>.
      </p>
      <details className="group wide:col-span-2 print:hidden">
        <summary className="hit-line w-fit cursor-pointer list-none gap-1.5 text-accent [&::-webkit-details-marker]:hidden">
          <ChevronRight className="size-4 stroke-[1.75] group-open:rotate-90" aria-hidden="true" />
          What the levels mean
        </summary>
        <dl className="pb-3 text-[0.9375rem]">
          {bandSegments.map(({ label }) => {
            const span = bandSpan(label);
            return (
              <div
                key={label}
                className="grid grid-cols-[4rem_minmax(0,1fr)] gap-x-4 border-t border-line py-2 wide:grid-cols-[4rem_9rem_minmax(0,1fr)]"
              >
                <dt className="font-semibold text-accent">{label}</dt>
                <dd className="text-ink-3 tabular-nums">{span === null ? "" : `${span.above}–${span.upTo}`}</dd>
                <dd className="max-wide:col-span-2">{levels[label]}</dd>
              </div>
            );
          })}
        </dl>
      </details>
    </section>
  );
}
