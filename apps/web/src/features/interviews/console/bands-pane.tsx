"use client";

import { type BandsInProgress, bandsInProgress } from "@bandwise/core/interviews/ledger";
import { useEffect, useRef, useState } from "react";
import { CriterionMarks } from "@/features/marking/criterion-marks.tsx";
import { Button } from "@/ui/button.tsx";
import { ConfirmDialog } from "@/ui/confirm-dialog.tsx";
import { formatClock, formatDateTime } from "@/ui/format.ts";
import { FormError, Notice } from "@/ui/notice.tsx";
import { TextArea } from "@/ui/text-area.tsx";
import type { InterviewSession, Snapshot } from "./interview-session.ts";
import { liveScore } from "./live-score.ts";
import { ScoreBar } from "./score-bar.tsx";

const noteAfterMs = 700;

/** The four criteria beside their descriptors, what they come to, the notes, and the end of it. */
export function BandsPane({
  session,
  snapshot,
  now,
  timeZone,
}: {
  session: InterviewSession;
  snapshot: Snapshot;
  now: number;
  timeZone: string;
}) {
  const { console, state, busy, problem } = snapshot;
  const { rubric, status } = console;
  const [active, setActive] = useState<string | null>(null);
  // What the hand has just done, ahead of what is kept: a half follows its whole within a tenth of a second.
  const [changed, setChanged] = useState<BandsInProgress | null>(null);
  const [comment, setComment] = useState(console.comment);
  const cooling = status === "cooling_off";
  const given: BandsInProgress = changed ?? (status === "in_progress" ? state.bands : (console.bands ?? {}));
  const score = liveScore(given);
  const disabled = status === "final" || (cooling && (console.amendableUntil ?? 0) <= now);

  function mark(criterion: string, value: number) {
    const next = bandsInProgress.parse({ ...given, [criterion]: value });
    setChanged(next);
    if (status === "in_progress") void session.add({ kind: "bands", bands: next });
  }

  return (
    <div className="grid h-full min-h-0 grid-rows-[minmax(0,1fr)_auto_auto]">
      <div className="overflow-auto px-4 pb-4 desk:px-6">
        <div className="flex items-baseline justify-between gap-3 pt-3 pb-1.5">
          <h2 className="text-h2">Bands</h2>
          <p className="text-dense text-ink-3">Half bands from 0 to 9, rubric version {rubric.version}</p>
        </div>
        {rubric.criteria.map((criterion, index) => (
          <CriterionMarks
            key={criterion.id}
            criterion={criterion}
            scale={rubric.scale}
            place={index + 1}
            mark={bandOf(given, criterion.id)}
            active={active === criterion.id}
            disabled={disabled}
            onActivate={() => setActive(criterion.id)}
            onMark={(value) => mark(criterion.id, value)}
          />
        ))}
        <div className="-mx-4 grid gap-4 border-t border-line px-4 pt-3 desk:-mx-6 desk:px-6">
          <Notes session={session} kept={state.notes} readOnly={status !== "in_progress"} />
          {state.endedAt === null ? null : (
            <TextArea
              label={
                <>
                  Comment for the record{" "}
                  <span className="font-normal text-ink-3">(optional, not shown to the candidate)</span>
                </>
              }
              name="comment"
              rows={2}
              maxLength={4000}
              readOnly={disabled}
              value={comment}
              onChange={(event) => setComment(event.target.value)}
            />
          )}
        </div>
      </div>
      <ScoreBar score={score} />
      <footer className="grid gap-2 border-t border-line px-4 py-2.5 wide:py-3 desk:px-6">
        <FormError>{problem}</FormError>
        {status === "final" ? (
          <Notice tone="ok" title="Final">
            {console.finalAt
              ? `Since ${formatDateTime(console.finalAt, timeZone)}${console.finalBy === "time" ? ", by itself" : ""}. These marks are the first rating of this interview.`
              : null}
          </Notice>
        ) : cooling ? (
          <div className="flex flex-wrap items-center justify-between gap-3">
            <p role="timer">
              Final in{" "}
              <b className="tabular-nums">{formatClock(Math.max(0, ((console.amendableUntil ?? now) - now) / 1000))}</b>
              , by itself
            </p>
            <div className="flex gap-2">
              <Button
                busy={busy}
                {...((disabled || score === null) && { disabled: true })}
                onClick={() =>
                  score && void session.amend({ bands: score.bands, comment }).then(() => setChanged(null))
                }
              >
                Save the change
              </Button>
              <ConfirmDialog
                triggerLabel="Make final now"
                triggerVariant="primary"
                title="Make these marks final?"
                consequence={`Overall ${score?.overall ?? "–"}. They cannot be changed any more.`}
                confirmLabel="Make final"
                action={async () => {
                  if (score) await session.amend({ bands: score.bands, comment });
                  await session.makeFinal();
                }}
              />
            </div>
          </div>
        ) : (
          <Button
            variant="primary"
            size="lg"
            busy={busy}
            disabledReason={
              state.endedAt === null
                ? "After the last line of the script."
                : score === null
                  ? "Give all four bands first."
                  : undefined
            }
            onClick={() => score && void session.finish({ bands: score.bands, comment })}
          >
            Finish and hand in
          </Button>
        )}
      </footer>
    </div>
  );
}

function bandOf(given: BandsInProgress, criterion: string): number | null {
  const entry = Object.entries(given).find(([id]) => id === criterion);
  return entry?.[1] ?? null;
}

/** Kept after each pause of the hand; a page that was reloaded shows them as they stood. */
function Notes({ session, kept, readOnly }: { session: InterviewSession; kept: string; readOnly: boolean }) {
  const [text, setText] = useState(kept);
  const timer = useRef<ReturnType<typeof setTimeout>>(undefined);
  const own = useRef(kept);
  useEffect(() => {
    // From this browser's store or another device, while nobody is typing here.
    if (own.current === text) setText(kept);
    own.current = kept;
  }, [kept, text]);
  const keep = (value: string) => {
    clearTimeout(timer.current);
    if (value !== own.current) {
      own.current = value;
      void session.add({ kind: "notes", text: value });
    }
  };
  return (
    <TextArea
      label="Notes"
      name="notes"
      rows={5}
      maxLength={8000}
      readOnly={readOnly}
      value={text}
      onChange={(event) => {
        const { value } = event.target;
        setText(value);
        clearTimeout(timer.current);
        timer.current = setTimeout(() => keep(value), noteAfterMs);
      }}
      onBlur={() => keep(text)}
    />
  );
}
