"use client";

import { Button } from "../../ui/button.tsx";
import { ItemSquares } from "../../ui/item-squares.tsx";
import { isAnswered } from "./client/answers.ts";
import { ExamDialog } from "./exam-dialog.tsx";
import type { ViewProps } from "./section-view.tsx";
import { sectionWords } from "./words.ts";

/** Before a section ends for good: what is unanswered and what is flagged, with the way back to it. */
export function EndDialog({
  open,
  onClose,
  session,
  snapshot,
  onSelect,
}: ViewProps & { open: boolean; onClose: () => void; onSelect: (id: string) => void }) {
  const { items, sections } = snapshot.exam;
  const section = sections.find((row) => row.status === "open");
  if (!section) return null;
  const last = section === sections.at(-1);
  const words = sectionWords[section.skill];
  const open_ = items.filter((item) => !isAnswered(snapshot.answers[item.id]?.value));
  const flagged = items.filter((item) => snapshot.answers[item.id]?.flagged);
  const shown = items.filter((item) => open_.includes(item) || flagged.includes(item));
  return (
    <ExamDialog open={open} onClose={onClose} title={last ? "Finish and hand in?" : `Finish ${words.name}?`}>
      <p>
        {open_.length === 0
          ? `All ${items.length} ${words.many} are answered.`
          : `${open_.length} of ${items.length} ${words.many} ${open_.length === 1 ? "is" : "are"} not answered.`}
        {flagged.length > 0 ? ` ${flagged.length} flagged.` : ""} After this you cannot come back to this section.
      </p>
      {shown.length > 0 && section.skill !== "speaking" ? (
        <ItemSquares
          className="mt-4 flex-wrap"
          label="Not answered or flagged"
          items={shown.map((item) => ({
            id: item.id,
            label: String(item.position),
            answered: isAnswered(snapshot.answers[item.id]?.value),
            flagged: snapshot.answers[item.id]?.flagged ?? false,
            current: false,
          }))}
          onSelect={(id) => {
            onSelect(id);
            onClose();
          }}
        />
      ) : null}
      {snapshot.problem ? (
        <p role="alert" className="mt-4 text-warn">
          {snapshot.problem}
        </p>
      ) : null}
      <div className="mt-6 flex flex-wrap justify-end gap-3">
        <Button size="lg" onClick={onClose}>
          Go back
        </Button>
        <Button
          variant="primary"
          size="lg"
          busy={snapshot.busy}
          onClick={() => void session.endSection().then(() => (session.getSnapshot().problem ? undefined : onClose()))}
        >
          {last ? "Hand in" : `Finish ${words.name}`}
        </Button>
      </div>
    </ExamDialog>
  );
}
