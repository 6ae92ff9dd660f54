"use client";

import type { InterviewConsole } from "@bandwise/core/interviews/queries";
import { useEffect, useState, useSyncExternalStore } from "react";
import { Button } from "@/ui/button.tsx";
import { LinkButton } from "@/ui/link-button.tsx";
import { Notice } from "@/ui/notice.tsx";
import { ConsoleHeader } from "./console-header.tsx";
import { IdentityStage } from "./identity-stage.tsx";
import { InterviewScreen } from "./interview-screen.tsx";
import { InterviewSession, type Snapshot } from "./interview-session.ts";
import { ReadyStage } from "./ready-stage.tsx";

/** The examiner's console. It draws what the session says; nothing is decided here. */
export function ConsoleApp({ initial, timeZone }: { initial: InterviewConsole; timeZone: string }) {
  const [session] = useState(() => new InterviewSession(initial));
  const snapshot = useSyncExternalStore(session.subscribe, session.getSnapshot, session.getSnapshot);

  useEffect(() => {
    void session.start();
    return () => session.stop();
  }, [session]);

  // Leaving with something unsent: the browser asks first. It is kept either way.
  const unsent = snapshot.pending > 0 || snapshot.soundPending > 0 || snapshot.recording;
  useEffect(() => {
    if (!unsent) return;
    const ask = (event: BeforeUnloadEvent) => event.preventDefault();
    addEventListener("beforeunload", ask);
    return () => removeEventListener("beforeunload", ask);
  }, [unsent]);

  return (
    <div className="grid h-dvh grid-cols-[minmax(0,1fr)] grid-rows-[auto_minmax(0,1fr)] bg-surface text-ui">
      <ConsoleHeader session={session} snapshot={snapshot} timeZone={timeZone} />
      <Stage session={session} snapshot={snapshot} timeZone={timeZone} />
    </div>
  );
}

function Stage({ session, snapshot, timeZone }: { session: InterviewSession; snapshot: Snapshot; timeZone: string }) {
  const { place, console } = snapshot;
  if (place === "loading") return <main className="p-6 text-ink-3">Opening…</main>;
  if (place === "broken") {
    return (
      <Quiet title="This browser cannot keep the interview safe">
        It does not let us store anything on it. Use an ordinary window of a current browser.
      </Quiet>
    );
  }
  if (place === "other-tab") {
    return (
      <Quiet title="This interview is open in another tab">
        <Button variant="primary" onClick={() => void session.takeTab(true)}>
          Continue here
        </Button>
      </Quiet>
    );
  }
  if (console.attemptStatus === "booked") {
    return <IdentityStage console={console} onChanged={() => void session.refresh()} />;
  }
  if (console.status === "identified" && console.attemptStatus === "checked_in") {
    return <ReadyStage session={session} snapshot={snapshot} />;
  }
  if (console.status === null || console.script === null) {
    return <Quiet title="There is no interview">{console.endReason ?? "This booking was cancelled."}</Quiet>;
  }
  return <InterviewScreen {...{ session, snapshot, timeZone }} script={console.script} />;
}

function Quiet({ title, children }: { title: string; children: React.ReactNode }) {
  return (
    <main className="grid content-start gap-4 p-4 wide:p-8">
      <Notice title={title}>{children}</Notice>
      <div>
        <LinkButton href="/interviews">Back to your interviews</LinkButton>
      </div>
    </main>
  );
}
