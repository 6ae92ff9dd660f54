import { ArrowLeft, BookOpenCheck, EyeOff, GraduationCap, Hourglass, Keyboard } from "lucide-react";
import { Badge } from "@/ui/badge.tsx";
import { Button } from "@/ui/button.tsx";
import { formatCount, formatTime } from "@/ui/format.ts";
import { LinkButton } from "@/ui/link-button.tsx";
import { SaveState } from "@/ui/save-state.tsx";
import type { MarkedScript } from "./marking-api.ts";
import type { DraftState, Lease } from "./use-marking.ts";
import { schemeTitles, skillNames } from "./words.ts";

export function MarkingHeader({
  script,
  lease,
  draft,
  timeZone,
  onKeys,
  onExemplars,
}: {
  script: MarkedScript;
  lease: Lease;
  draft: DraftState;
  timeZone: string;
  onKeys: () => void;
  onExemplars: () => void;
}) {
  return (
    <header className="flex items-center justify-between gap-3 border-b border-line pr-4 pl-1 wide:pr-5 wide:pl-3">
      <div className="flex min-w-0 items-center gap-2 wide:gap-3.5">
        <LinkButton
          href="/marking"
          variant="quiet"
          iconOnly
          className="max-wide:min-h-11 max-wide:min-w-11"
          aria-label="Back to the queue"
          icon={<ArrowLeft aria-hidden="true" />}
        />
        <h1 id="script-code" tabIndex={-1} className="font-code text-body font-medium whitespace-nowrap outline-none">
          <span className="sr-only">Script </span>
          {script.code}
        </h1>
        <p className="min-w-0 truncate text-ink-3 max-desk:hidden">{placeWords(script)}</p>
        <span className="max-desk:hidden">
          {script.purpose === "live" ? (
            <Badge icon={<EyeOff className="size-3.5" aria-hidden="true" />}>
              {script.marksToDecide ? "Adjudication" : "Identity hidden"}
            </Badge>
          ) : (
            <Badge tone="accent" icon={<GraduationCap className="size-3.5" aria-hidden="true" />}>
              {script.purpose === "training" ? "Training" : "Qualification"}
            </Badge>
          )}
        </span>
      </div>
      <div className="flex items-center gap-3 text-dense wide:gap-5">
        <LeaseText lease={lease} timeZone={timeZone} />
        <span className="only-wide">
          <DraftText draft={draft} timeZone={timeZone} />
        </span>
        <p className="whitespace-nowrap text-ink-3 tabular-nums max-desk:hidden">
          {formatCount(script.waiting, "waits", "waiting")}
        </p>
        <Button
          size="sm"
          className="max-wide:min-h-11"
          icon={<BookOpenCheck aria-hidden="true" />}
          onClick={onExemplars}
        >
          <span className="max-wide:sr-only">Exemplars</span>
        </Button>
        <span className="only-wide">
          <Button size="sm" icon={<Keyboard aria-hidden="true" />} onClick={onKeys}>
            Keys
          </Button>
        </span>
      </div>
    </header>
  );
}

/** Whether it counts among a section's tasks of levels or is put to everybody. */
function placeWords({ level, position, tasks, work, rubric }: MarkedScript): string {
  const title = schemeTitles[rubric.scheme];
  if (work.skill === "speaking" && work.task.type === "interview") return title;
  const place = `task ${position} of ${tasks}`;
  return level === "all" ? `${title}, ${place}` : `${title} ${skillNames[work.skill]}, ${place}, level ${level}`;
}

function LeaseText({ lease, timeZone }: { lease: Lease; timeZone: string }) {
  if (lease.kind === "over") return <p className="whitespace-nowrap">Marked</p>;
  if (lease.kind === "lost") return <p className="font-medium whitespace-nowrap text-warn">Not with you</p>;
  return (
    <p className="flex items-center gap-1.5 whitespace-nowrap">
      <Hourglass className="ico text-ink-3" aria-hidden="true" />
      <span>
        Yours until <b className="font-semibold tabular-nums">{formatTime(lease.until, timeZone)}</b>
      </span>
    </p>
  );
}

export function DraftText({ draft, timeZone }: { draft: DraftState; timeZone: string }) {
  switch (draft.kind) {
    case "none":
      return null;
    case "saved":
      return <SaveState size="sm" state="saved" at={formatTime(draft.at, timeZone)} />;
    case "unsaved":
    case "saving":
      return <SaveState size="sm" state="saving" />;
    case "offline":
      return <SaveState size="sm" state="offline" />;
    case "kept":
      return <p className="font-medium whitespace-nowrap text-warn">Kept in this browser</p>;
    case "failed":
      return <SaveState size="sm" state="failed" />;
  }
}
