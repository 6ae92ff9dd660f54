"use client";

import type { ReactNode } from "react";
import { Button } from "../../ui/button.tsx";
import { DisplayMenu } from "../../ui/display-menu.tsx";
import { SaveState } from "../../ui/save-state.tsx";
import { Wordmark } from "../../ui/wordmark.tsx";
import type { Snapshot } from "./client/session.ts";
import { saveState } from "./client/sync.ts";
import type { ViewProps } from "./section-view.tsx";

/** A screen with one thing to say. */
export function QuietScreen({ title, children }: { title: string; children: ReactNode }) {
  return (
    <div className="exam flex min-h-dvh flex-col bg-paper">
      <header className="flex min-h-16 items-center border-b border-line bg-surface px-4 wide:px-8">
        <Wordmark href={undefined} />
        <span className="ml-auto">
          <DisplayMenu />
        </span>
      </header>
      <main className="mx-auto w-full max-w-[40rem] px-4 py-12 wide:py-20">
        <h1 className="mb-4 text-h1 font-semibold">{title}</h1>
        {children}
      </main>
    </div>
  );
}

export function LoadingScreen() {
  return (
    <QuietScreen title="One moment">
      <p role="status">Your exam is being opened.</p>
    </QuietScreen>
  );
}

export function ProblemScreen({ text }: { text: string }) {
  return (
    <QuietScreen title="This exam cannot be shown here">
      <p>{text}</p>
      <p className="mt-6">
        <a className="link" href="/home">
          Back to your home page
        </a>
      </p>
    </QuietScreen>
  );
}

/** The exam is being written on another device, or in another tab: read-only here until it is taken over. */
export function ElsewhereScreen({ session, snapshot }: ViewProps) {
  const tab = snapshot.phase === "other-tab";
  const { pending } = snapshot.sync;
  return (
    <QuietScreen title={tab ? "Your exam is open in another tab" : "Your exam is open on another device"}>
      <p>
        Only one place can take answers at a time. You can go on there, or continue here: the other{" "}
        {tab ? "tab" : "device"} then turns read-only. The clock runs on either way.
      </p>
      {pending > 0 ? (
        <p className="mt-4" role="status">
          This page still holds {pending} {pending === 1 ? "answer" : "answers"} that {pending === 1 ? "is" : "are"}{" "}
          being sent. {pending === 1 ? "It is" : "They are"} kept and shown to you as an alternative; nothing is
          overwritten.
        </p>
      ) : null}
      {snapshot.problem ? (
        <p role="alert" className="mt-4 text-warn">
          {snapshot.problem}
        </p>
      ) : null}
      <div className="mt-8">
        <Button variant="primary" size="lg" busy={snapshot.busy} onClick={() => void session.continueHere()}>
          Continue here
        </Button>
      </div>
    </QuietScreen>
  );
}

/** Laid over the section: nothing can be changed any more, and what is still being sent is said. */
export function TimeUpScreen({ snapshot }: { snapshot: Snapshot }) {
  const { sync } = snapshot;
  return (
    <div className="fixed inset-0 z-20 grid place-items-center bg-paper/95 p-6">
      <section className="max-w-[36rem] text-exam" role="alert">
        <h2 className="mb-3 text-h1 font-semibold">Time is up</h2>
        <p className="mb-5">
          {sync.online
            ? "Your answers are being handed in."
            : "The connection is away. Your answers are kept on this computer and go out as soon as it is back; they count, because you made them in time."}
        </p>
        <SaveState state={saveState(sync)} />
      </section>
    </div>
  );
}

export function FinishedScreen({ snapshot }: { snapshot: Snapshot }) {
  const waiting = snapshot.sync.pending + snapshot.uploadsPending;
  return (
    <QuietScreen title="Your exam is handed in">
      <p role="status">
        {waiting > 0
          ? "The last of your answers and recordings are being sent. Keep this page open until your receipt appears."
          : "Your receipt is coming."}
      </p>
      <p className="mt-5">
        <SaveState state={snapshot.uploadsPending > 0 ? "saving" : saveState(snapshot.sync)} />
      </p>
    </QuietScreen>
  );
}
