import type { SpeakingReport as Report } from "@bandwise/core/results/speaking-report-queries";
import { CircleCheck } from "lucide-react";
import { Badge } from "@/ui/badge.tsx";
import { formatDateTime } from "@/ui/format.ts";
import { LinkButton, TextLink } from "@/ui/link-button.tsx";
import { Notice } from "@/ui/notice.tsx";
import { AskForPerson } from "./ask-for-person.tsx";
import { CriterionList } from "./criterion-list.tsx";
import { FollowUpLine } from "./follow-up-line.tsx";
import { HeardAnswer } from "./heard-answer.tsx";
import { LookAgain } from "./look-again.tsx";
import { flagWords, stateWords } from "./words.ts";

/** From handing in to the result: what becomes of each answer, then what it was worth, why, and what to do next. */
export function SpeakingReport({ report, asked }: { report: Report; asked: boolean }) {
  const { result, tasks, feedback, moving } = report;
  return (
    <main className="page page-narrow">
      {moving ? <LookAgain /> : null}
      <p className="mb-3 flex items-center gap-2 font-medium text-ok">
        <CircleCheck className="size-6" strokeWidth={1.75} aria-hidden="true" /> Handed in
      </p>
      <h1 className="mb-3">{result === null ? "Your answers are being rated" : "Your result"}</h1>
      <p className="measure mb-6 text-ink-2">
        {report.title}, {formatDateTime(report.submittedAt, report.timeZone)}. Receipt{" "}
        <span className="font-code">{report.receipt}</span>.{" "}
        {result === null
          ? report.withExaminer
            ? "Everything is stored. You get an e-mail when the examiner has finished."
            : "Everything is stored. This usually takes less than a minute, and the page follows by itself. What the machine has not rated after 15 minutes goes to an examiner."
          : ""}
      </p>
      {result === null ? null : <Outcome report={report} result={result} asked={asked} />}
      {report.withExaminer && result === null ? (
        <Notice tone="warn" title="Part of this could not be measured by the machine" className="mb-6">
          <p>What is missing, and why, stands with each task. An examiner rates it; nothing is guessed.</p>
        </Notice>
      ) : null}
      {report.machineRated && !report.validated ? (
        <p className="mb-6 text-ink-2">
          Machine-rated, not yet validated on local data: the machine’s scores have not been compared with examiners’
          marks on this installation.
        </p>
      ) : null}
      {feedback.strengths.length + feedback.advice.length > 0 ? <FeedbackSection feedback={feedback} /> : null}
      <section className="rule-top py-5">
        <h2 className="mb-3 text-h2">Your answers</h2>
        <ol className="grid gap-8">
          {tasks.map((task) => (
            <li key={task.position} className="grid gap-4 border-t border-line pt-4">
              <div className="flex flex-wrap items-baseline justify-between gap-3">
                <h3 className="text-h3">
                  Task {task.position}: {task.title}
                </h3>
                <span role="status">
                  <Badge tone={stateWords[task.state].tone}>{stateWords[task.state].label}</Badge>
                </span>
              </div>
              {task.state === "rated" || task.state === "examiner" ? (
                <CriterionList criteria={task.criteria} settled={task.state === "rated"} />
              ) : null}
              {task.flags.map((flag) => (
                <p key={flag} className="text-warn">
                  {flagWords[flag] ?? flag}
                </p>
              ))}
              {task.recording === null ? null : (
                <HeardAnswer
                  label={`task ${task.position}`}
                  src={`/api/account/recordings/${task.recording.id}`}
                  text={task.text}
                  noticed={task.evidence}
                />
              )}
              {task.followUps.length === 0 ? null : (
                <div className="border-l-2 border-accent-line pl-3">
                  <h4 className="font-medium">What you were asked back</h4>
                  <ul aria-label={`What you were asked back in task ${task.position}`} className="mt-1 grid gap-1">
                    {task.followUps.map((one) => (
                      <li key={`${one.turn} ${one.rule}`}>
                        <FollowUpLine speaker={`Turn ${one.turn + 1}, your partner`} followUp={one} />
                      </li>
                    ))}
                  </ul>
                </div>
              )}
            </li>
          ))}
        </ol>
      </section>
      <div className="flex flex-wrap gap-3">
        <LinkButton href="/home" size="lg">
          To your home page
        </LinkButton>
        <LinkButton href="/practice" size="lg">
          Practise
        </LinkButton>
      </div>
    </main>
  );
}

function Outcome({ report, result, asked }: { report: Report; result: NonNullable<Report["result"]>; asked: boolean }) {
  return (
    <section className="rule-top mb-6 py-5" aria-label="Result">
      <div className="flex flex-wrap items-baseline gap-x-6 gap-y-2">
        <p className="text-display font-semibold tabular-nums">{result.overall}</p>
        <p>
          <b className="text-h2">{result.cefr}</b>
          <span className="block text-ink-2">{result.descriptor}.</span>
        </p>
      </div>
      <p className="mt-2 text-ink-2">Of 100: the mean of your four tasks, {result.tasks.join(", ")}.</p>
      {report.earlier.length > 0 ? (
        <ul aria-label="Earlier results" className="mt-2 text-ink-2">
          {report.earlier.map((one) => (
            <li key={one.id} className="tabular-nums">
              <TextLink href={`/results/${one.id}`}>
                {one.releasedAt ? formatDateTime(one.releasedAt, report.timeZone) : "Before"}
              </TextLink>
              : {one.overall}, {one.cefr} ({change(Number(result.overall) - Number(one.overall))} since)
            </li>
          ))}
        </ul>
      ) : null}
      <div className="mt-4 flex flex-wrap gap-3">
        <LinkButton href={`/results/${result.id}`} variant="primary">
          Full result
        </LinkButton>
        {result.certificate === null ? null : (
          <LinkButton href={`/verify/${result.certificate}`}>Certificate</LinkButton>
        )}
        {report.machineRated && !asked ? <AskForPerson resultId={result.id} /> : null}
      </div>
      {asked ? (
        <p className="mt-4" role="status">
          You have asked for a human examiner. You hear by e-mail what comes of it.{" "}
          <TextLink href={`/results/${result.id}`}>More on your result</TextLink>
        </p>
      ) : null}
    </section>
  );
}

/** “+3.20”, with a true minus. */
function change(points: number): string {
  return `${points < 0 ? "−" : "+"}${Math.abs(points).toFixed(2)}`;
}

/** What was good and what to do next; the same words after an exam and after practice. */
export function FeedbackSection({ feedback }: { feedback: Report["feedback"] }) {
  return (
    <section className="rule-top grid gap-6 py-5 wide:grid-cols-2">
      {feedback.strengths.length > 0 ? (
        <div>
          <h2 className="mb-2 text-h2">Strengths</h2>
          <ul className="list-disc pl-5">
            {feedback.strengths.map((words) => (
              <li key={words}>{words}</li>
            ))}
          </ul>
        </div>
      ) : null}
      {feedback.advice.length > 0 ? (
        <div>
          <h2 className="mb-2 text-h2">Next steps</h2>
          <ul className="grid gap-3">
            {[...new Set(feedback.advice.map(({ title }) => title))].map((title) => (
              <li key={title}>
                <b>{title}.</b>{" "}
                {feedback.advice
                  .filter((one) => one.title === title)
                  .map(({ words }) => words)
                  .join(" ")}
              </li>
            ))}
          </ul>
        </div>
      ) : null}
    </section>
  );
}
