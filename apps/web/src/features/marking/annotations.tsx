"use client";

import type { Annotation } from "@bandwise/core/marking/schema";
import { Trash2 } from "lucide-react";
import { useState } from "react";
import { Button } from "@/ui/button.tsx";
import { formatClock } from "@/ui/format.ts";
import { TextArea } from "@/ui/text-area.tsx";
import { inOrder, isSpan } from "./segments.ts";

/** Where a comment is about to go: what it will be without its words. */
export type Place = { readonly start: number; readonly end: number } | { readonly atSeconds: number };

/** The comments on places of an answer, numbered as they stand in it, and the form for the one being written. */
export function Annotations({
  text,
  annotations,
  writing,
  disabled,
  onAnnotate,
  onClose,
  onSeek,
}: {
  text: string;
  annotations: readonly Annotation[];
  writing: Place | null;
  disabled: boolean;
  /** All of them as they are from now on. */
  onAnnotate: (annotations: readonly Annotation[]) => void;
  /** The form is no longer wanted. */
  onClose: () => void;
  onSeek?: ((seconds: number) => void) | undefined;
}) {
  const listed = inOrder(annotations);
  return (
    <div className="grid gap-2">
      {writing ? (
        <WriteForm
          key={JSON.stringify(writing)}
          text={text}
          writing={writing}
          onWritten={(annotation) => {
            onAnnotate([...annotations, annotation]);
            onClose();
          }}
          onCancel={onClose}
        />
      ) : null}
      {listed.length === 0 ? null : (
        <ol aria-label="Your comments on the answer" className="grid border-t border-line">
          {listed.map(({ annotation, index }, place) => (
            <li
              key={`${index}-${annotation.note}`}
              className="flex items-baseline gap-2 border-b border-line py-1.5 text-dense"
            >
              <span className="w-5 shrink-0 text-right font-semibold text-accent tabular-nums">{place + 1}</span>
              <span className="min-w-0 flex-1">
                {isSpan(annotation) ? (
                  <q className="text-ink-3">{shortened(text.slice(annotation.start, annotation.end))}</q>
                ) : (
                  <Button
                    size="sm"
                    variant="quiet"
                    className="-my-1 -ml-2 max-wide:min-h-11"
                    onClick={() => onSeek?.(annotation.atSeconds)}
                  >
                    {formatClock(Math.floor(annotation.atSeconds))}
                  </Button>
                )}{" "}
                {annotation.note}
              </span>
              {disabled ? null : (
                <Button
                  size="sm"
                  variant="quiet"
                  iconOnly
                  className="-my-1 max-wide:min-h-11 max-wide:min-w-11"
                  aria-label={`Remove comment ${place + 1}`}
                  icon={<Trash2 aria-hidden="true" />}
                  onClick={() => onAnnotate(annotations.filter((_, other) => other !== index))}
                />
              )}
            </li>
          ))}
        </ol>
      )}
    </div>
  );
}

function WriteForm({
  text,
  writing,
  onWritten,
  onCancel,
}: {
  text: string;
  writing: Place;
  onWritten: (annotation: Annotation) => void;
  onCancel: () => void;
}) {
  const [note, setNote] = useState("");
  const place =
    "start" in writing ? text.slice(writing.start, writing.end) : formatClock(Math.floor(writing.atSeconds));
  const save = () => {
    if (note.trim() !== "") onWritten({ ...writing, note: note.trim() });
  };
  return (
    <form
      className="grid gap-2 border-y border-line bg-surface py-2"
      onSubmit={(event) => {
        event.preventDefault();
        save();
      }}
    >
      <TextArea
        autoFocus
        label={`Comment on ${"start" in writing ? `“${shortened(place)}”` : place}`}
        name="note"
        rows={2}
        maxLength={500}
        value={note}
        onChange={(event) => setNote(event.target.value)}
        onKeyDown={(event) => {
          if (event.key === "Escape") onCancel();
          if (event.key === "Enter" && !event.shiftKey) {
            event.preventDefault();
            event.stopPropagation();
            save();
          }
        }}
      />
      <div className="flex justify-end gap-2">
        <Button size="sm" className="max-wide:min-h-11" onClick={onCancel}>
          Cancel
        </Button>
        <Button size="sm" className="max-wide:min-h-11" type="submit" variant="primary">
          Add comment
        </Button>
      </div>
    </form>
  );
}

function shortened(words: string): string {
  return words.length > 60 ? `${words.slice(0, 57)}…` : words;
}
