"use client";

import { ArrowLeft } from "lucide-react";
import { zoneName } from "@/features/bookings/words.ts";
import { formatTime } from "@/ui/format.ts";
import { LinkButton } from "@/ui/link-button.tsx";
import { SaveState } from "@/ui/save-state.tsx";
import { RecordingLight } from "../recording-light.tsx";
import type { InterviewSession, Snapshot } from "./interview-session.ts";

/** Who is sitting there, whether sound is kept, and whether everything is with the server. */
export function ConsoleHeader({
  snapshot,
  timeZone,
}: {
  session: InterviewSession;
  snapshot: Snapshot;
  timeZone: string;
}) {
  const { console, state, recording, online, pending, soundPending } = snapshot;
  const { sitting } = console;
  const zone = sitting.centre.timeZone;
  const own = zone === timeZone ? "" : ` (${formatTime(sitting.startsAt, timeZone)} yours)`;
  const theirs = state.microphone === "candidate";
  const running = console.status === "in_progress" && state.endedAt === null;
  return (
    <header className="flex min-h-13 flex-wrap items-center justify-between gap-x-4 gap-y-1 border-b border-line py-1 pr-4 pl-1 wide:pr-5 wide:pl-3">
      <div className="flex min-w-0 items-center gap-2">
        <LinkButton
          href="/interviews"
          variant="quiet"
          iconOnly
          className="max-wide:min-h-11 max-wide:min-w-11"
          aria-label="Back to your interviews"
          icon={<ArrowLeft aria-hidden="true" />}
        />
        <div className="min-w-0">
          <h1 className="truncate font-read text-h3">{console.candidate.name}</h1>
          <p className="truncate text-dense text-ink-3">
            <span className="font-code">{console.reference}</span>, {formatTime(sitting.startsAt, zone)}{" "}
            {zoneName(zone)}
            {own}
            <span className="max-desk:hidden">, {sitting.programme}</span>
          </p>
        </div>
      </div>
      <div className="flex items-center gap-4 text-dense max-wide:pl-12">
        {running ? (
          <RecordingLight
            on={recording || (theirs && state.recording)}
            words={theirs ? "Candidate’s microphone records" : recording ? "Recording" : "Not recording"}
          />
        ) : null}
        {console.status === "in_progress" || console.status === "cooling_off" ? (
          <SaveState size="sm" state={online ? (pending + soundPending > 0 ? "saving" : "saved") : "offline"} />
        ) : null}
      </div>
    </header>
  );
}
