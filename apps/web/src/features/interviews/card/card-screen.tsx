import type { InterviewCard } from "@bandwise/core/interviews/queries";
import { formatClock } from "@/ui/format.ts";
import { RecordingLight } from "../recording-light.tsx";

const quiet = {
  waiting: { title: "Your interview has not begun", text: "Your examiner begins it with you. Keep this page open." },
  talking: { title: "Listen to your examiner", text: "In the second part your topic appears here." },
  over: { title: "The interview is over", text: "Thank you. You may close this page." },
} as const;

/** What lies before the candidate: the topic while she prepares and speaks. */
export function CardScreen({ card, now, away }: { card: InterviewCard; now: number; away: boolean }) {
  const { view } = card;
  return (
    <main className="mx-auto grid min-h-dvh max-w-[46rem] content-start gap-6 px-5 py-6 wide:py-12">
      <header className="flex flex-wrap items-center justify-between gap-3 text-ui text-ink-3">
        <p>{card.programme}</p>
        <RecordingLight on={card.recording} words={card.recording ? "Being recorded" : "Not being recorded"} />
      </header>
      {"since" in view && card.card ? (
        <>
          <section aria-labelledby="topic" className="rounded-panel border border-line-strong bg-surface p-6 wide:p-10">
            <h1 id="topic" className="font-read text-[1.75rem]/9 font-semibold">
              {card.card.topic}
            </h1>
            <p className="pt-4 font-read text-read">You should say</p>
            <ul className="list-disc pl-6 font-read text-read">
              {card.card.points.map((point) => (
                <li key={point}>{point}</li>
              ))}
            </ul>
            <p className="pt-3 font-read text-read">{card.card.explain}</p>
          </section>
          <CardClock view={view} now={now} />
        </>
      ) : "since" in view ? null : (
        <section className="grid gap-2">
          <h1 className="text-h1">{quiet[view.phase].title}</h1>
          <p className="text-exam text-ink-2">{quiet[view.phase].text}</p>
        </section>
      )}
      {away ? (
        <p role="status" className="text-warn">
          The line is away. Go on: your examiner can hear you.
        </p>
      ) : null}
    </main>
  );
}

function CardClock({ view, now }: { view: Extract<InterviewCard["view"], { since: number }>; now: number }) {
  const seconds = Math.max(0, (now - view.since) / 1000);
  const left = Math.max(0, view.maxSeconds - seconds);
  return (
    <p role="timer" className="text-exam">
      <b className="text-h1 tabular-nums">{formatClock(view.phase === "prepare" ? left : Math.floor(seconds))}</b>{" "}
      <span className="text-ink-2">
        {view.phase === "prepare"
          ? "to prepare; you may make notes"
          : `speaking; ${formatClock(view.minSeconds)} to ${formatClock(view.maxSeconds)}, your examiner says when to stop`}
      </span>
    </p>
  );
}
