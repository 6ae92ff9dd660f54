import { type ReactNode, useEffect, useRef } from "react";
import { Stages } from "./speaking-gauge.tsx";
import type { SpeakingPlace } from "./speaking-place.ts";

/** What is asked, whatever the kind of task: its place, its times, the prompt and what stands below it. */
export function TaskPane({
  place,
  times,
  prompt,
  children,
}: {
  place: SpeakingPlace;
  times: ReactNode;
  prompt: string;
  children: ReactNode;
}) {
  return (
    <section aria-label="Task" className="flex-1 bg-paper px-4 py-6 wide:px-12 wide:py-10 desk:overflow-y-auto">
      <div className="mx-auto max-w-[45rem]">
        <div className="mb-4 flex flex-wrap justify-between gap-x-4 text-body text-ink-2">
          <p>
            Task <b className="text-ink">{place.position}</b> of {place.total}
          </p>
          <p>{times}</p>
        </div>
        <h2 className="mb-4 text-[1.25rem] leading-7 font-semibold">{prompt}</h2>
        {children}
      </div>
    </section>
  );
}

/** Where one speaks: how far the task has come, what there is to do now, and what went wrong. */
export function RecorderPane({
  names,
  stage,
  step,
  problem,
  children,
}: {
  names: readonly string[];
  stage: number;
  step: string;
  problem: string | null;
  children: ReactNode;
}) {
  // Where task and recorder share one column, what one has to do next must not stay below the edge.
  const pane = useRef<HTMLElement>(null);
  useEffect(() => {
    if (step !== "ready") pane.current?.scrollIntoView({ block: "nearest" });
  }, [step]);
  return (
    <section
      ref={pane}
      aria-label="Recorder"
      className="flex flex-col border-line bg-surface px-4 py-5 wide:px-10 wide:py-8 desk:w-[29rem] desk:overflow-y-auto desk:border-l"
    >
      <Stages names={names} stage={stage} />
      {children}
      {problem ? (
        <p role="alert" className="mt-5 text-warn">
          {problem}
        </p>
      ) : null}
    </section>
  );
}

export function RecordingNow() {
  return (
    <p className="flex items-center gap-2.5 text-h3 font-semibold wide:justify-center" role="status">
      <span className="size-3.5 rounded-full bg-bad ring-4 ring-bad-soft" aria-hidden="true" /> Recording
    </p>
  );
}
