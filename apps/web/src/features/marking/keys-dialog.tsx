"use client";

import type { RubricFile } from "@bandwise/core/marking/schema";
import { Dialog } from "@/ui/dialog.tsx";
import { KeyHint } from "@/ui/key-hint.tsx";
import { Switch } from "@/ui/switch.tsx";

interface Key {
  readonly keys: readonly string[];
  readonly does: string;
  readonly sound?: true;
}

function criterionKeys({ criteria, scale }: RubricFile): readonly Key[] {
  const choose = { keys: ["1", "…", String(criteria.length)] };
  const give = { keys: [String(scale.lowest), "…", String(scale.highest)], does: "In a criterion: give the mark" };
  return [
    { ...choose, does: "Choose a criterion. While giving a mark: with Shift, or Esc first" },
    give,
    ...(scale.step < 1
      ? [
          { keys: ["."], does: "In a criterion: add the half" },
          { keys: ["←", "→"], does: "In a criterion: half a mark less or more" },
        ]
      : [{ keys: ["↑", "↓"], does: "In a criterion: one more or less" }]),
  ];
}

const keys: readonly Key[] = [
  { keys: ["Enter"], does: "In a criterion: go to the next one, then to the comment" },
  { keys: ["Space"], does: "Play or pause", sound: true },
  { keys: ["J", "L"], does: "Back or on by 5 seconds", sound: true },
  { keys: ["<", ">"], does: "Slower or faster", sound: true },
  { keys: ["R"], does: "Repeat in a loop, or no longer", sound: true },
  { keys: ["S"], does: "Skip silence, or no longer", sound: true },
  { keys: ["C"], does: "Comment on the words chosen, or on this moment of the recording" },
  { keys: ["E"], does: "Show marked exemplars" },
  { keys: ["Ctrl", "S"], does: "Save the draft now" },
  { keys: ["Ctrl", "Enter"], does: "Look the marks over, and again: submit and take the next script" },
  { keys: ["?"], does: "Show these keys" },
];

export function KeysDialog({
  open,
  onOpenChange,
  speaking,
  rubric,
  singleKeys,
  onSingleKeys,
}: {
  open: boolean;
  onOpenChange: (open: boolean) => void;
  speaking: boolean;
  rubric: RubricFile;
  singleKeys: boolean;
  onSingleKeys: (on: boolean) => void;
}) {
  return (
    <Dialog title="Keys" open={open} onOpenChange={onOpenChange}>
      <dl className="grid grid-cols-[auto_minmax(0,1fr)] items-baseline gap-x-4 gap-y-1.5 text-ui">
        {[...criterionKeys(rubric), ...keys]
          .filter((line) => speaking || !line.sound)
          .map((line) => (
            <div key={line.does} className="contents">
              <dt className="flex gap-1 whitespace-nowrap">
                {line.keys.map((key) => (key === "…" ? <span key={key}>…</span> : <KeyHint key={key}>{key}</KeyHint>))}
              </dt>
              <dd className="text-ink-2">{line.does}</dd>
            </div>
          ))}
      </dl>
      <div className="border-t border-line pt-3">
        <Switch name="single-keys" checked={singleKeys} onChange={(event) => onSingleKeys(event.target.checked)}>
          Keys without Ctrl work anywhere on the page
        </Switch>
        <p className="field-note">
          Turn this off if you speak to your computer, or if keys are pressed by accident. Keys in a criterion stay.
        </p>
      </div>
    </Dialog>
  );
}
