"use client";

import { Clock } from "lucide-react";
import { CountdownText } from "../../ui/countdown-text.tsx";
import { DisplayMenu } from "../../ui/display-menu.tsx";
import { SaveState } from "../../ui/save-state.tsx";
import { Wordmark } from "../../ui/wordmark.tsx";
import type { Snapshot } from "./client/session.ts";
import { saveState } from "./client/sync.ts";
import { type SectionSkill, sectionWords } from "./words.ts";

function clockTime(at: number): string {
  return new Intl.DateTimeFormat("en-GB", { hour: "2-digit", minute: "2-digit" }).format(at);
}

/** Where one is, whether it is safe, how long is left: nothing else. */
export function ExamHeader({
  snapshot,
  skill,
  position,
  share,
}: {
  snapshot: Snapshot;
  skill: SectionSkill;
  position: number;
  /** How much of the section is answered, 0 to 1. */
  share: number;
}) {
  const { sync, deadline, serverNow, exam } = snapshot;
  return (
    <header className="bg-surface">
      <div className="flex min-h-14 flex-wrap items-center gap-x-4 px-4 wide:min-h-16 wide:px-8">
        <span className="hidden border-r border-line pr-5 wide:block">
          <Wordmark href={undefined} />
        </span>
        <h1 className="flex flex-col leading-tight font-normal wide:flex-row wide:items-baseline wide:gap-2.5">
          <span className="text-body font-semibold wide:text-h3">{sectionWords[skill].name}</span>
          <span className="text-dense text-ink-3 wide:text-body">
            Section {position} of {exam.sections.length}
          </span>
        </h1>
        <div className="ml-auto flex min-w-0 flex-wrap items-center justify-end gap-x-2 wide:gap-x-6">
          <SaveState state={saveState(sync)} at={sync.savedAt === null ? undefined : clockTime(sync.savedAt)} />
          {deadline === null ? null : (
            <span className="inline-flex items-center gap-2">
              <Clock className="hidden size-5 text-ink-3 wide:block" strokeWidth={1.75} aria-hidden="true" />
              <CountdownText endsAt={deadline} serverNow={serverNow} />
            </span>
          )}
          <DisplayMenu />
        </div>
      </div>
      <svg className="block h-[3px] w-full" aria-hidden="true">
        <rect width="100%" height="100%" className="fill-line" />
        <rect width={`${Math.round(share * 100)}%`} height="100%" className="fill-accent" />
      </svg>
    </header>
  );
}
