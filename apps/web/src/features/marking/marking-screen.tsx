"use client";

import type { CannotMarkReason, Queue } from "@bandwise/core/marking/schema";
import { useEffect, useMemo, useRef, useState } from "react";
import { Button } from "@/ui/button.tsx";
import { classNames } from "@/ui/class-names.ts";
import { KeyHint } from "@/ui/key-hint.tsx";
import { Notice } from "@/ui/notice.tsx";
import { Segmented } from "@/ui/segmented.tsx";
import { notify } from "@/ui/toast.tsx";
import { CannotMarkDialog } from "./cannot-mark-dialog.tsx";
import { ContributionBar } from "./contribution-bar.tsx";
import { ExemplarsDialog } from "./exemplars-dialog.tsx";
import { KeysDialog } from "./keys-dialog.tsx";
import { MachineMarks } from "./machine-marks.tsx";
import type { MarkedScript } from "./marking-api.ts";
import { DraftText, MarkingHeader } from "./marking-header.tsx";
import { LostNotice, OverNotice } from "./marking-notices.tsx";
import { MarksPane } from "./marks-pane.tsx";
import { type Attention, odditiesOf } from "./oddities.ts";
import { MarksToDecide, ModelMarks } from "./other-marks.tsx";
import { ResponsePane } from "./response-pane.tsx";
import { ReviewDialog } from "./review-dialog.tsx";
import { useMarking } from "./use-marking.ts";
import { useMarkingKeys } from "./use-marking-keys.ts";
import { useSingleKeys } from "./use-single-keys.ts";
import { useSound } from "./use-sound.ts";
import { silencesOf } from "./waveform.ts";

const views = [
  { value: "response", label: "Response" },
  { value: "marks", label: "Marks" },
] as const;

/** One script from its first look to its submission. Whose it is, this page never learns. */
export function MarkingScreen({
  script,
  owner,
  timeZone,
  queue,
  onBegun,
  onDone,
}: {
  script: MarkedScript;
  owner: string;
  timeZone: string;
  queue: Queue;
  /** The first mark was given: time to load the next script. */
  onBegun: () => void;
  /** Submitted: shows the next script, or leads back to the queue. */
  onDone: () => Promise<void>;
}) {
  const { marks, change, draft, lease, save, submit, takeAgain } = useMarking(script, owner);
  const [view, setView] = useState<(typeof views)[number]["value"]>("response");
  const [active, setActive] = useState<string | null>(
    () => script.rubric.criteria.find(({ id }) => script.mine?.scores[id] === undefined)?.id ?? null,
  );
  const [showKeys, setShowKeys] = useState(false);
  const [singleKeys, setSingleKeys] = useSingleKeys();
  const [review, setReview] = useState<readonly string[] | null>(null);
  const [showExemplars, setShowExemplars] = useState(false);
  const [trouble, setTrouble] = useState<string | null>(null);
  const [busy, setBusy] = useState(false);
  const openedAt = useRef(0);
  const { work, rubric, code } = script;

  const recording = work.skill === "speaking" ? work.recording : null;
  const silences = useMemo(
    () => (recording ? silencesOf(recording.peaks, recording.durationSeconds) : []),
    [recording],
  );
  const sound = useSound(recording?.durationSeconds ?? 0, silences);
  const held = lease.kind === "held";

  useEffect(() => {
    openedAt.current = performance.now();
    // From one script to the next the focus would otherwise stay on a button that is gone.
    document.getElementById("script-code")?.focus({ preventScroll: true });
  }, []);

  function attention(): Attention | null {
    // Begun at an earlier time: what was read or heard then is not known here.
    if (script.mine && Object.keys(script.mine.scores).length > 0) return null;
    if (work.skill === "writing") {
      return { skill: "writing", words: work.words, openSeconds: (performance.now() - openedAt.current) / 1000 };
    }
    if (recording?.status !== "processed") return null;
    return { skill: "speaking", durationSeconds: recording.durationSeconds, heardSeconds: sound.heard() };
  }

  async function send(cannotMark?: CannotMarkReason): Promise<string | null> {
    setReview(null);
    setTrouble(null);
    setBusy(true);
    const refused = await submit(cannotMark);
    if (refused !== null) {
      setBusy(false);
      if (cannotMark === undefined) setTrouble(refused);
      return refused;
    }
    notify({ text: `${code} submitted`, tone: "ok" });
    await onDone();
    return null;
  }

  function submitChecked() {
    if (!held || busy) return;
    const missing = rubric.criteria.filter(({ id }) => marks.scores[id] === undefined);
    const [first] = missing;
    if (first) {
      setTrouble(`No mark yet for ${missing.map(({ name }) => name).join(", ")}.`);
      chooseCriterion(rubric.criteria.indexOf(first) + 1);
      return;
    }
    setReview(odditiesOf(marks.scores, attention()));
  }

  function chooseCriterion(place: number) {
    const criterion = rubric.criteria[place - 1];
    setView("marks");
    // The pane may be hidden until this is drawn.
    requestAnimationFrame(() => {
      if (!criterion) {
        if (place > rubric.criteria.length) document.getElementById("marking-comment")?.focus();
        return;
      }
      setActive(criterion.id);
      const box = document.querySelector(`[data-criterion="${place}"]`);
      const control =
        box?.querySelector<HTMLElement>("input:checked") ??
        box?.querySelector<HTMLElement>("input[type=number]") ??
        box?.querySelector<HTMLElement>("input") ??
        box?.querySelector<HTMLElement>("button");
      control?.focus({ preventScroll: true });
      requestAnimationFrame(() => box?.scrollIntoView({ block: "nearest" }));
    });
  }

  useMarkingKeys({
    sound: recording ? sound : null,
    singleKeys,
    chooseCriterion,
    submit: submitChecked,
    save: () => void save(),
    showKeys: () => setShowKeys(true),
    showExemplars: () => setShowExemplars(true),
  });

  return (
    <div className="grid h-dvh grid-rows-[3.25rem_minmax(0,1fr)] bg-surface text-ui [@media(max-height:30rem)]:h-auto">
      <MarkingHeader
        {...{ script, lease, draft, timeZone }}
        onKeys={() => setShowKeys(true)}
        onExemplars={() => setShowExemplars(true)}
      />
      <main className="grid min-h-0 grid-rows-[auto_minmax(0,1fr)]">
        <div>
          <div className="border-b border-line px-4 py-2 desk:hidden">
            <Segmented
              legend="View"
              name="view"
              className="flex w-full"
              options={views}
              value={view}
              onValueChange={setView}
            />
            {draft.kind === "none" ? null : (
              <div className="mt-1.5 wide:hidden">
                <DraftText draft={draft} timeZone={timeZone} />
              </div>
            )}
          </div>
          <div role="alert">
            {lease.kind === "lost" ? <LostNotice message={lease.message} onTake={takeAgain} /> : null}
            {draft.kind === "failed" ? (
              <Notice tone="bad" title="Your marks are kept in this browser, but not saved" className="m-3">
                {draft.message}
              </Notice>
            ) : null}
          </div>
          {script.mine?.finalAt ? (
            <OverNotice mine={script.mine} finalAt={script.mine.finalAt} skill={work.skill} timeZone={timeZone} />
          ) : null}
        </div>
        <div className="min-h-0 desk:grid desk:grid-cols-[minmax(0,1fr)_minmax(35rem,42.75rem)]">
          <div
            className={classNames(
              "flex h-full flex-col gap-4 overflow-auto border-line bg-paper px-4 pt-3 pb-5 desk:flex desk:border-r desk:px-6 desk:pt-4",
              view === "marks" && "max-desk:hidden",
            )}
          >
            <ResponsePane
              {...{ script, sound, silences }}
              annotations={marks.annotations}
              disabled={!held}
              onAnnotate={(annotations) => change({ ...marks, annotations: [...annotations] })}
            />
          </div>
          <div
            className={classNames(
              "grid h-full min-h-0 grid-rows-[minmax(0,1fr)_auto_auto]",
              view === "response" && "max-desk:hidden",
            )}
          >
            <div className="overflow-auto px-4 pb-4 desk:px-6">
              {script.marksToDecide ? (
                <MarksToDecide rubric={rubric} given={script.marksToDecide} tolerance={script.tolerance} />
              ) : null}
              {script.machine ? <MachineMarks rubric={rubric} given={marks.scores} machine={script.machine} /> : null}
              {script.model ? <ModelMarks rubric={rubric} given={marks.scores} model={script.model} /> : null}
              <MarksPane
                rubric={rubric}
                measured={script.measured}
                marks={marks}
                active={active}
                disabled={!held}
                onActivate={setActive}
                onChange={(next) => {
                  setTrouble(null);
                  onBegun();
                  change(next);
                }}
              />
            </div>
            <ContributionBar skill={work.skill} level={script.level} scores={marks.scores} />
            <footer className="border-t border-line px-4 py-2.5 wide:py-3 desk:px-6">
              <p role="alert" className={classNames("text-dense font-medium text-bad", trouble && "pb-2")}>
                {trouble}
              </p>
              <div className="flex items-center gap-2">
                <CannotMarkDialog
                  skill={work.skill}
                  comment={marks.comment}
                  disabled={!held}
                  onComment={(comment) => change({ ...marks, comment })}
                  onSubmit={(reason) => send(reason)}
                />
                <span className="flex-1 max-wide:hidden" />
                <Button className="max-wide:hidden" onClick={() => void save()}>
                  Save draft
                </Button>
                <Button
                  variant="primary"
                  className="max-wide:min-h-11 max-wide:flex-1"
                  busy={busy}
                  onClick={submitChecked}
                  aria-keyshortcuts="Control+Enter"
                >
                  Submit and next
                  <span className="only-wide" aria-hidden="true">
                    <KeyHint inverse>Ctrl Enter</KeyHint>
                  </span>
                </Button>
              </div>
            </footer>
          </div>
        </div>
      </main>
      <KeysDialog
        open={showKeys}
        onOpenChange={setShowKeys}
        speaking={work.skill === "speaking"}
        rubric={rubric}
        singleKeys={singleKeys}
        onSingleKeys={setSingleKeys}
      />
      <ExemplarsDialog skill={work.skill} open={showExemplars} onOpenChange={setShowExemplars} rubric={rubric} />
      <ReviewDialog
        {...{ rubric, marks, review }}
        onBack={() => setReview(null)}
        onSubmit={() => void send()}
        last={queue === "adjudication" ? "Your marks decide." : "Submitted marks cannot be changed."}
      />
    </div>
  );
}
