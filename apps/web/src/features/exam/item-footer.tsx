"use client";

import { ArrowLeft, ArrowRight, Flag, LayoutGrid } from "lucide-react";
import { useRef } from "react";
import { Button } from "../../ui/button.tsx";
import { ItemSquares } from "../../ui/item-squares.tsx";
import { isAnswered } from "./client/answers.ts";
import type { Snapshot } from "./client/session.ts";
import { sectionWords } from "./words.ts";

/** The items of the section: answered, flagged, current; back and next. On a phone they open as a sheet. */
export function ItemFooter({
  snapshot,
  current,
  onSelect,
  onStep,
  onEnd,
}: {
  snapshot: Snapshot;
  current: string;
  onSelect: (id: string) => void;
  onStep: (by: number) => void;
  onEnd: () => void;
}) {
  const sheet = useRef<HTMLDialogElement>(null);
  const { items } = snapshot.exam;
  const index = items.findIndex((item) => item.id === current);
  const last = index === items.length - 1;
  const skill = items[0]?.skill ?? "reading";
  const itemName = sectionWords[skill].one === "task" ? "Task" : "Item";
  const squares = items.map((item) => ({
    id: item.id,
    label: String(item.position),
    answered: isAnswered(snapshot.answers[item.id]?.value),
    flagged: snapshot.answers[item.id]?.flagged ?? false,
    current: item.id === current,
  }));
  const answered = squares.filter((square) => square.answered).length;
  const flagged = squares.filter((square) => square.flagged).length;
  return (
    <footer className="flex items-center gap-4 border-t border-line bg-surface px-4 py-2.5 wide:px-8 wide:py-4">
      <p className="hidden min-w-56 gap-4 text-ui text-ink-2 desk:flex">
        <span>{answered} answered</span>
        <span>{items.length - answered} left</span>
        {flagged > 0 ? (
          <span className="inline-flex items-center gap-1">
            <Flag className="size-3.5 fill-current text-warn" aria-hidden="true" /> {flagged} flagged
          </span>
        ) : null}
      </p>
      <ItemSquares
        className="max-wide:hidden wide:mx-auto"
        label={`${itemName}s of this section`}
        itemName={itemName}
        items={squares}
        onSelect={onSelect}
      />
      <button
        type="button"
        className="hit inline-flex items-center gap-2 font-semibold tabular-nums wide:hidden"
        onClick={() => sheet.current?.showModal()}
        aria-label={`${itemName} ${index + 1} of ${items.length}: show all`}
      >
        <LayoutGrid className="size-5 text-ink-3" aria-hidden="true" /> {index + 1} / {items.length}
      </button>
      <div className="ml-auto flex gap-2.5 wide:ml-0">
        <Button
          size="lg"
          onClick={() => onStep(-1)}
          disabled={index === 0}
          aria-label="Back"
          icon={<ArrowLeft className="ico" />}
        >
          <span className="max-wide:hidden">Back</span>
        </Button>
        <Button variant="primary" size="lg" onClick={() => (last ? onEnd() : onStep(1))}>
          {last ? "Finish section" : "Next"} {last ? null : <ArrowRight className="ico" aria-hidden="true" />}
        </Button>
      </div>
      <dialog
        ref={sheet}
        className="m-auto w-[min(22rem,calc(100vw-2rem))] rounded-panel border border-line bg-surface p-5 text-ink shadow-float"
        aria-label={`${itemName}s of this section`}
      >
        <p className="mb-4 text-body text-ink-2">
          {answered} answered, {items.length - answered} left, {flagged} flagged
        </p>
        <ItemSquares
          className="flex-wrap"
          label={`${itemName}s`}
          itemName={itemName}
          items={squares}
          onSelect={(id) => {
            onSelect(id);
            sheet.current?.close();
          }}
        />
        <div className="mt-5 flex justify-between gap-3">
          <Button onClick={onEnd}>Finish section</Button>
          <Button variant="quiet" onClick={() => sheet.current?.close()}>
            Close
          </Button>
        </div>
      </dialog>
    </footer>
  );
}
