import type { IeltsSpeakingOutput } from "@bandwise/core/results/rules";
import { interviewCriteria, interviewSteps } from "@bandwise/core/results/trace-words";
import { ieltsSpeaking } from "@bandwise/core/schemes/ielts-speaking-rules";
import { IELTS_SPEAKING } from "@bandwise/scoring/schemes/ielts-speaking";
import type { ReactNode } from "react";
import { type RulerGround, RulerRow } from "@/ui/ruler.tsx";
import { rulerOf } from "../scale/band-scale.ts";
import { ScoreAxis } from "./score-axis.tsx";

/** The result of one interview: the overall band, the four criteria with what their bands mean, and every step between. */
export function InterviewReport({
  output,
  ground = "paper",
  children,
}: {
  output: IeltsSpeakingOutput;
  ground?: RulerGround | undefined;
  /** What stands between the criteria and the steps. */
  children?: ReactNode;
}) {
  const summary = ieltsSpeaking.summary(output);
  return (
    <>
      <ScoreAxis summary={summary} scale={ieltsSpeaking.scale} ground={ground} />
      <p className="measure pt-5 pb-6 text-ink-2">
        <b className="text-ink">At {summary.overall.score}:</b> {summary.overall.meaning}
      </p>
      <Criteria output={output} />
      {children}
      <Steps output={output} ground={ground} />
    </>
  );
}

function Criteria({ output }: { output: IeltsSpeakingOutput }) {
  return (
    <section className="rule-top pt-5 pb-8 print:pt-3" aria-labelledby="criteria">
      <h2 id="criteria">What the bands mean</h2>
      <dl className="mt-4 grid gap-x-10 gap-y-6 wide:grid-cols-2">
        {interviewCriteria(output).map(({ criterion, band, words, marks }) => (
          <div key={criterion} className="grid content-start gap-1 border-t border-line pt-3">
            <dt className="flex items-baseline justify-between gap-4 font-medium">
              {IELTS_SPEAKING.criterionTitles[criterion]}
              <b className="text-h3 tabular-nums">{band}</b>
            </dt>
            {words.map(({ at, words: said }) => (
              <dd key={at} className="grid grid-cols-[1.5rem_minmax(0,1fr)] gap-2 text-ink-2">
                <span className="font-semibold text-ink tabular-nums">{at}</span>
                <span className="first-letter:uppercase">{said}</span>
              </dd>
            ))}
            {marks === null ? null : <dd className="text-ui text-ink-3 tabular-nums">{marks}</dd>}
          </div>
        ))}
      </dl>
    </section>
  );
}

function Steps({ output, ground }: { output: IeltsSpeakingOutput; ground: RulerGround }) {
  const { trace } = output;
  const { segments, axis } = rulerOf(ieltsSpeaking.scale);
  return (
    <section className="rule-top pt-5 pb-8" aria-labelledby="why-this-band">
      <h2 id="why-this-band">Why this band</h2>
      <p className="mt-0.5 text-ink-2">Every step from the four criteria to the band, drawn to the ruler above.</p>
      <ol className="mt-3 border-b border-line">
        {interviewSteps(output).map(({ id, title, text, figure, at }) => (
          <li
            key={id}
            className="grid grid-cols-[1fr_auto] gap-x-4 border-t border-line py-2 wide:grid-cols-[208px_minmax(0,1fr)_120px] wide:gap-x-6 desk:grid-cols-[256px_minmax(0,1fr)_170px] desk:gap-x-9"
          >
            <div>
              <h3 className="text-body">{title}</h3>
              <p className="text-ui text-ink-2 tabular-nums first-letter:uppercase">{text}</p>
            </div>
            <div className="min-w-0 self-center max-wide:order-3 max-wide:col-span-2">
              <RulerRow
                segments={segments}
                axis={axis}
                value={Number(at)}
                height={id === "overall" ? 44 : 36}
                ground={ground}
              />
            </div>
            <p className="self-center text-[1.3125rem] tracking-[-0.015em] tabular-nums">
              <b>{figure}</b>
            </p>
          </li>
        ))}
      </ol>
      <p className="pt-4 text-[0.9375rem] text-ink-3">
        Scheme <code>{trace.scheme.id}</code> version {trace.scheme.version},{" "}
        <code>{trace.scheme.hash.slice(0, 12)}</code>. Anyone with these figures can work the result out again.
      </p>
    </section>
  );
}
