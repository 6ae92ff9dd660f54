"use client";

import { useState } from "react";
import { isAnswered } from "./client/answers.ts";
import type { ExamSession, Snapshot } from "./client/session.ts";
import { EndDialog } from "./end-dialog.tsx";
import { ExamHeader } from "./exam-header.tsx";
import { HelpDialog } from "./help-dialog.tsx";
import { ItemFooter } from "./item-footer.tsx";
import { ObjectiveItem } from "./objective-item.tsx";
import { SpeakingSection } from "./speaking-section.tsx";
import { useExamKeys } from "./use-exam-keys.ts";
import { WritingTask } from "./writing-task.tsx";

export interface ViewProps {
  readonly session: ExamSession;
  readonly snapshot: Snapshot;
}
export type Item = Snapshot["exam"]["items"][number];

/** The open section: header with the clock, the item in hand, and the way to the others. */
export function SectionView({ session, snapshot }: ViewProps) {
  const { exam, answers } = snapshot;
  const { items } = exam;
  // After a reload one goes on at the first open item; from then on only the candidate moves.
  const [chosen, setChosen] = useState(
    () => (items.find((item) => !isAnswered(answers[item.id]?.value)) ?? items[0])?.id ?? null,
  );
  const [dialog, setDialog] = useState<"end" | "help" | null>(null);
  const section = exam.sections.find((row) => row.status === "open");
  const current = items.find((item) => item.id === chosen) ?? items[0];
  const index = current ? items.indexOf(current) : 0;
  const go = (to: number) => {
    const target = items[to];
    if (target) setChosen(target.id);
    else if (to >= items.length) setDialog("end");
  };
  useExamKeys({
    session,
    item: current,
    go: (by) => go(index + by),
    onHelp: () => setDialog("help"),
    off: dialog !== null,
  });
  if (!section || !current) return null;
  const answered = items.filter((item) => isAnswered(answers[item.id]?.value)).length;
  const share = items.length > 0 ? answered / items.length : 0;

  return (
    <div className="exam flex h-dvh flex-col bg-surface">
      <ExamHeader snapshot={snapshot} skill={section.skill} position={section.position} share={share} />
      {section.skill === "speaking" ? (
        <SpeakingSection session={session} snapshot={snapshot} onEnd={() => setDialog("end")} />
      ) : (
        <>
          <main className="min-h-0 flex-1" key={current.id}>
            {current.skill === "writing" ? (
              <WritingTask session={session} snapshot={snapshot} item={current} />
            ) : (
              <ObjectiveItem session={session} snapshot={snapshot} item={current} total={items.length} />
            )}
          </main>
          <ItemFooter
            snapshot={snapshot}
            current={current.id}
            onSelect={setChosen}
            onStep={(by) => go(index + by)}
            onEnd={() => setDialog("end")}
          />
        </>
      )}
      <EndDialog
        open={dialog === "end"}
        onClose={() => setDialog(null)}
        session={session}
        snapshot={snapshot}
        onSelect={setChosen}
      />
      <HelpDialog open={dialog === "help"} onClose={() => setDialog(null)} />
    </div>
  );
}
