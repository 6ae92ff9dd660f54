"use client";

import { Button } from "../../ui/button.tsx";
import { KeyHint } from "../../ui/key-hint.tsx";
import { ExamDialog } from "./exam-dialog.tsx";

const keys = [
  { keys: ["A", "…", "H"], does: "choose an answer" },
  { keys: ["F"], does: "flag for later, or take the flag off" },
  { keys: ["Alt", "←"], does: "the item before" },
  { keys: ["Alt", "→"], does: "the next item" },
  { keys: ["Tab"], does: "to the next control; arrows within a group of answers" },
  { keys: ["?"], does: "this list" },
];

export function HelpDialog({ open, onClose }: { open: boolean; onClose: () => void }) {
  return (
    <ExamDialog open={open} onClose={onClose} title="Keys">
      <dl className="grid grid-cols-[auto_1fr] items-baseline gap-x-5 gap-y-2.5">
        {keys.map((row) => (
          <div key={row.does} className="contents">
            <dt className="whitespace-nowrap">
              {row.keys.map((key) => (
                <KeyHint key={key}>{key}</KeyHint>
              ))}
            </dt>
            <dd>{row.does}</dd>
          </div>
        ))}
      </dl>
      <div className="mt-6 text-right">
        <Button size="lg" onClick={onClose}>
          Close
        </Button>
      </div>
    </ExamDialog>
  );
}
