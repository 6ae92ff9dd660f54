"use client";

import { useEffect, useState, useSyncExternalStore } from "react";
import { BetweenSections } from "./between-sections.tsx";
import type { ExamState } from "./client/api.ts";
import { ExamSession } from "./client/session.ts";
import { ElsewhereScreen, FinishedScreen, LoadingScreen, ProblemScreen, TimeUpScreen } from "./quiet-screens.tsx";
import { SectionView } from "./section-view.tsx";

/** The exam page. It draws what the session says; nothing is decided here. */
export function ExamApp({ initial }: { initial: ExamState }) {
  const [session] = useState(() => new ExamSession(initial));
  const snapshot = useSyncExternalStore(session.subscribe, session.getSnapshot, session.getSnapshot);

  useEffect(() => {
    void session.start();
    return () => session.stop();
  }, [session]);

  // Leaving with something unsent: the browser asks first. It is kept either way.
  const unsent = snapshot.sync.pending > 0 || snapshot.uploadsPending > 0;
  useEffect(() => {
    if (!unsent) return;
    const ask = (event: BeforeUnloadEvent) => event.preventDefault();
    addEventListener("beforeunload", ask);
    return () => removeEventListener("beforeunload", ask);
  }, [unsent]);

  switch (snapshot.phase) {
    case "loading":
      return <LoadingScreen />;
    case "broken":
      return <ProblemScreen text={snapshot.problem ?? "This exam is not under way."} />;
    case "other-tab":
    case "elsewhere":
      return <ElsewhereScreen session={session} snapshot={snapshot} />;
    case "between":
      return <BetweenSections session={session} snapshot={snapshot} />;
    case "finished":
      return <FinishedScreen snapshot={snapshot} />;
    case "section":
    case "time-up":
      return (
        <>
          <SectionView session={session} snapshot={snapshot} />
          {snapshot.phase === "time-up" ? <TimeUpScreen snapshot={snapshot} /> : null}
        </>
      );
  }
}
