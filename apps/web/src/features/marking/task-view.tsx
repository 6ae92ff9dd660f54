import { formatClock } from "@/ui/format.ts";
import { FollowUpLine } from "../speaking-report/follow-up-line.tsx";
import type { MarkedScript } from "./marking-api.ts";

type Work = MarkedScript["work"];

/** What the candidate was asked, in the words they read; and what the bank tells markers about it. */
export function TaskView({ scriptId, work, markerNotes }: { scriptId: string; work: Work; markerNotes: string }) {
  return (
    <section aria-labelledby="task-heading">
      <h2 id="task-heading" className="text-dense font-normal text-ink-3">
        Task: <span className="font-medium text-ink-2">{work.task.title}</span>
      </h2>
      {work.skill === "writing" ? (
        <WritingTask task={work.task} />
      ) : work.task.type === "interview" ? (
        <InterviewTask task={work.task} />
      ) : (
        <SpeakingTask scriptId={scriptId} task={work.task} recording={work.recording} followUps={work.followUps} />
      )}
      {markerNotes === "" ? null : (
        <details className="mt-2 text-ui">
          <summary className="inline-flex min-h-8 cursor-pointer items-center gap-1 font-medium text-accent">
            Notes for markers
          </summary>
          <p className="measure pb-1 text-ink-2">{markerNotes}</p>
        </details>
      )}
    </section>
  );
}

function Points({ points }: { points: readonly string[] }) {
  return (
    <ol className="my-1 grid list-decimal gap-0.5 pl-6 font-read text-[1.0625rem]/6 marker:font-ui marker:text-ui marker:text-ink-3">
      {points.map((point) => (
        <li key={point}>{point}</li>
      ))}
    </ol>
  );
}

function WritingTask({ task }: { task: Extract<Work, { skill: "writing" }>["task"] }) {
  return (
    <div className="measure">
      <p className="mt-1 font-read text-[1.0625rem]/6">{task.situation}</p>
      <dl className="my-1.5 grid grid-cols-[auto_minmax(0,1fr)] gap-x-3 text-ui">
        <dt className="text-ink-3">Reader</dt>
        <dd>{task.reader}</dd>
        <dt className="text-ink-3">Purpose</dt>
        <dd>{task.purpose}</dd>
      </dl>
      <p className="font-read text-[1.0625rem]/6">{task.instruction}</p>
      <Points points={task.points} />
    </div>
  );
}

type SpeakingWork = Extract<Work, { skill: "speaking" }>;
type Interview = Extract<SpeakingWork["task"], { type: "interview" }>;

/** What an interview is about, part by part; every question is in the recording. */
function InterviewTask({ task }: { task: Interview }) {
  const { part1, part2, part3 } = task;
  return (
    <dl className="measure mt-1 grid grid-cols-[auto_minmax(0,1fr)] gap-x-3 gap-y-1">
      <dt className="text-ink-3">Part 1</dt>
      <dd>{part1.frames.map(({ topic }) => topic).join(", ")}</dd>
      <dt className="text-ink-3">Part 2</dt>
      <dd>
        <p className="font-read text-[1.0625rem]/6">{part2.card.topic}</p>
        <Points points={[...part2.card.points, part2.card.explain]} />
      </dd>
      <dt className="text-ink-3">Part 3</dt>
      <dd>{part3.themes.map(({ theme }) => theme).join(", ")}</dd>
    </dl>
  );
}

function SpeakingTask({
  scriptId,
  task,
  recording,
  followUps,
}: {
  scriptId: string;
  task: Exclude<SpeakingWork["task"], Interview>;
  recording: SpeakingWork["recording"];
  followUps: SpeakingWork["followUps"];
}) {
  const recorded = recording
    ? `Recorded ${formatClock(Math.round(recording.durationSeconds))}, ${recording.take > 1 ? "second" : "first"} attempt kept.`
    : "";
  return (
    <div className="measure">
      {"turn" in task && task.turn ? (
        <div className="my-2 grid gap-1 border-l-2 border-accent-line pl-3">
          <p className="text-dense text-ink-3">{task.turn.speaker} says, in a recording played once:</p>
          <p className="font-read text-[1.0625rem]/6">{task.turn.text}</p>
        </div>
      ) : null}
      {"picture" in task && task.picture ? (
        <img
          src={`/api/marking/scripts/${scriptId}/task/picture`}
          alt={task.picture.alternative}
          className="my-2 max-h-56 max-w-full rounded-control border border-line bg-surface"
        />
      ) : null}
      <p className="mt-0.5 font-read text-exam">{task.prompt}</p>
      {task.type === "dialogue" ? (
        <>
          <ol className="my-2 grid gap-2">
            {task.turns.map((turn, index) => (
              <li key={turn.media} className="border-l-2 border-accent-line pl-3">
                <p className="text-dense text-ink-3">
                  {turn.speaker}, answered in up to {turn.answerSeconds} s:
                </p>
                <p className="font-read text-[1.0625rem]/6">{turn.text}</p>
                <div className="text-dense">
                  {followUps
                    .filter((one) => one.turn === index)
                    .map((one) => (
                      <FollowUpLine key={one.rule} speaker={turn.speaker} followUp={one} />
                    ))}
                </div>
              </li>
            ))}
          </ol>
          <p className="text-dense text-ink-3">Each turn is played once. {recorded}</p>
        </>
      ) : (
        <>
          <Points points={task.points} />
          <p className="text-dense text-ink-3">
            Preparation {task.prepareSeconds} s, answer up to {task.answerSeconds} s. {recorded}
          </p>
        </>
      )}
    </div>
  );
}
