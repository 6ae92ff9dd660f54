import {
  reportWords,
  shortTitle,
  spokenMeaning,
  spokenRaters,
  trimDecimals,
} from "@bandwise/core/results/report-words";
import type { IetSpeakingOutput } from "@bandwise/core/results/rules";
import { spokenPlace } from "@bandwise/core/results/trace-words";
import { ietSpeaking } from "@bandwise/core/schemes/iet-speaking-rules";
import type { MachineStanding } from "@bandwise/core/schemes/schema";
import { IET_SPEAKING } from "@bandwise/scoring/schemes/iet-speaking";
import type { ReactNode } from "react";
import { Notice } from "@/ui/notice.tsx";
import { type RulerGround, RulerRow } from "@/ui/ruler.tsx";
import { rulerOf } from "../scale/band-scale.ts";
import { ScoreAxis } from "./score-axis.tsx";

const cell = "border-b border-line py-2 pr-4 text-right tabular-nums last:pr-0";

/** The result of the spoken test: score and level, the criteria over all tasks, and each task with what was rated. */
export function SpokenTestReport({
  output,
  machine,
  ground = "paper",
  children,
}: {
  output: IetSpeakingOutput;
  machine: MachineStanding;
  ground?: RulerGround | undefined;
  /** What stands between the tasks and the steps. */
  children?: ReactNode;
}) {
  const summary = ietSpeaking.summary(output);
  const [, standing = ""] = ietSpeaking.workings(output, machine).notes;
  const { trace } = output;
  const { segments, axis } = rulerOf(ietSpeaking.scale);
  return (
    <>
      <ScoreAxis summary={summary} scale={ietSpeaking.scale} ground={ground} />
      <div className="grid gap-4 pt-5 pb-6">
        <p className="measure text-ink-2">
          <b className="text-ink first-letter:uppercase">At {summary.overall.cefr}:</b>{" "}
          {spokenMeaning(output, summary.overall.meaning)}
        </p>
        <Notice tone={machine === "not-validated" ? "warn" : "plain"} title={standing}>
          {spokenRaters(machine)}
        </Notice>
      </div>
      <section className="rule-top pt-5 pb-8" aria-labelledby="by-task">
        <h2 id="by-task">Task by task</h2>
        <p className="mt-0.5 text-ink-2">{reportWords.tasks}</p>
        <div className="overflow-x-auto">
          <table className="mt-3 w-full min-w-[34rem] text-[0.9375rem]">
            <caption className="sr-only">Scores by task and criterion, 0 to 100</caption>
            <thead className="text-ui text-ink-3">
              <tr>
                <th scope="col" className="border-b border-line py-2 pr-4 text-left font-medium">
                  Task
                </th>
                {IET_SPEAKING.criteria.map((criterion) => (
                  <th key={criterion} scope="col" className={`${cell} font-medium`}>
                    {shortTitle(IET_SPEAKING.criterionTitles[criterion])}
                  </th>
                ))}
                <th scope="col" className={`${cell} font-medium`}>
                  Score
                </th>
              </tr>
            </thead>
            <tbody>
              {trace.tasks.map(({ task, criteria, score }) => (
                <tr key={task}>
                  <th scope="row" className="border-b border-line py-2 pr-4 text-left font-medium">
                    {IET_SPEAKING.tasks.find(({ id }) => id === task)?.title}
                  </th>
                  {criteria.map(({ criterion, meanDecimal }) => (
                    <td key={criterion} className={cell}>
                      {trimDecimals(meanDecimal, 2)}
                    </td>
                  ))}
                  <td className={cell}>
                    <b>{score}</b>
                  </td>
                </tr>
              ))}
            </tbody>
          </table>
        </div>
      </section>
      {children}
      <section className="rule-top pt-5 pb-8" aria-labelledby="why-this-score">
        <h2 id="why-this-score">Why this score</h2>
        <ol className="mt-3 border-b border-line">
          {[
            ...trace.tasks.map(({ task, score }) => ({
              id: task as string,
              title: IET_SPEAKING.tasks.find(({ id }) => id === task)?.title ?? task,
              score,
            })),
            { id: "overall", title: "Overall, their mean", score: output.overall },
          ].map(({ id, title, score }) => (
            <li
              key={id}
              className="grid grid-cols-[1fr_auto] gap-x-4 border-t border-line wide:grid-cols-[208px_minmax(0,1fr)_120px] wide:gap-x-6 desk:grid-cols-[256px_minmax(0,1fr)_170px] desk:gap-x-9"
            >
              <p className="flex h-10 items-center font-medium">{title}</p>
              <div className="min-w-0 max-wide:order-3 max-wide:col-span-2">
                <RulerRow segments={segments} axis={axis} value={Number(score)} height={40} ground={ground} />
              </div>
              <p className="flex h-10 items-center text-[1.1875rem] tabular-nums">
                <b>{score}</b>
              </p>
            </li>
          ))}
        </ol>
        <p className="pt-4 text-[0.9375rem] text-ink-3 tabular-nums [&_b]:text-ink">
          <b>{output.overall}</b> {spokenPlace(output)}. Scheme <code>{trace.scheme.id}</code> version{" "}
          {trace.scheme.version}, <code>{trace.scheme.hash.slice(0, 12)}</code>. Anyone with these figures can work the
          result out again.
        </p>
      </section>
    </>
  );
}
