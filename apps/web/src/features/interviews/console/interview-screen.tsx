"use client";

import { clocksOf } from "@bandwise/core/interviews/ledger";
import type { InterviewScript } from "@bandwise/core/interviews/script";
import { useCallback, useState } from "react";
import { classNames } from "@/ui/class-names.ts";
import { Segmented } from "@/ui/segmented.tsx";
import { BandsPane } from "./bands-pane.tsx";
import { ExaminerMicrophone } from "./examiner-microphone.tsx";
import type { InterviewSession, Snapshot } from "./interview-session.ts";
import { ScriptPane } from "./script-pane.tsx";
import { useConsoleKeys } from "./use-console-keys.ts";
import { useNow } from "./use-now.ts";

const views = [
  { value: "script", label: "Script" },
  { value: "bands", label: "Bands" },
] as const;

/** The script on the left, the bands on the right; on a phone one or the other. */
export function InterviewScreen({
  session,
  snapshot,
  script,
  timeZone,
}: {
  session: InterviewSession;
  snapshot: Snapshot;
  script: InterviewScript;
  timeZone: string;
}) {
  const { state, console } = snapshot;
  const running = console.status === "in_progress" && state.endedAt === null;
  const now = useNow(
    useCallback(() => session.now(), [session]),
    running || console.status === "cooling_off",
  );
  const [view, setView] = useState<(typeof views)[number]["value"]>("script");
  const place = script.steps.findIndex(({ id }) => id === state.step);
  const go = (to: number) => {
    const step = script.steps[to];
    if (step && running) void session.add({ kind: "step", step: step.id });
  };
  useConsoleKeys({ next: () => go(place + 1), back: () => go(place - 1), show: () => setView("bands") });
  return (
    <main className="grid min-h-0 grid-rows-[auto_minmax(0,1fr)]">
      <div className="border-b border-line px-4 py-2 desk:hidden">
        <Segmented
          legend="View"
          name="view"
          className="flex w-full"
          options={views}
          value={view}
          onValueChange={setView}
        />
      </div>
      <div className="min-h-0 desk:grid desk:grid-cols-[minmax(0,1fr)_minmax(35rem,42.75rem)]">
        <div
          className={classNames(
            "grid h-full min-h-0 grid-rows-[minmax(0,1fr)_auto] border-line bg-paper desk:border-r",
            view === "bands" && "max-desk:hidden",
          )}
        >
          <ScriptPane
            {...{ script, state, running, place }}
            clocks={clocksOf(state, script, now)}
            onGo={go}
            onEnd={() => void session.end()}
            attemptId={console.attemptId}
            timeZone={timeZone}
          />
          {running && state.microphone === "examiner" ? (
            <div className="border-t border-line px-4 py-2 desk:px-6">
              <ExaminerMicrophone session={session} running />
            </div>
          ) : null}
        </div>
        <div className={classNames("h-full min-h-0", view === "script" && "max-desk:hidden")}>
          <BandsPane {...{ session, snapshot, now, timeZone }} />
        </div>
      </div>
    </main>
  );
}
