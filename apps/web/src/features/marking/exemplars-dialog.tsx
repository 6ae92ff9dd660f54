"use client";

import type { listExemplars } from "@bandwise/core/marking/qualification-queries";
import type { RatedSkill, RubricFile } from "@bandwise/core/marking/schema";
import { useEffect, useState } from "react";
import { Dialog } from "@/ui/dialog.tsx";
import { Notice } from "@/ui/notice.tsx";
import { Segmented } from "@/ui/segmented.tsx";
import { ModelMarks } from "./other-marks.tsx";
import { askedIn } from "./task-words.ts";

type Exemplar = Awaited<ReturnType<typeof listExemplars>>[number];

/** Answers with agreed marks and their reasons, at hand while one marks. Read when first asked for. */
export function ExemplarsDialog({
  skill,
  rubric,
  open,
  onOpenChange,
}: {
  skill: RatedSkill;
  rubric: RubricFile;
  open: boolean;
  onOpenChange: (open: boolean) => void;
}) {
  const [exemplars, setExemplars] = useState<readonly Exemplar[] | "failed" | null>(null);
  const [chosen, setChosen] = useState("0");
  useEffect(() => {
    if (!open || (exemplars !== null && exemplars !== "failed")) return;
    fetch(`/api/marking/exemplars?skill=${skill}&scheme=${rubric.scheme}`)
      .then(async (response) => setExemplars(response.ok ? ((await response.json()) as Exemplar[]) : "failed"))
      .catch(() => setExemplars("failed"));
  }, [open, exemplars, skill, rubric.scheme]);
  const list = exemplars === null || exemplars === "failed" ? [] : exemplars;
  const shown = list[Number(chosen)];
  return (
    <Dialog title="Marked exemplars" size="lg" open={open} onOpenChange={onOpenChange}>
      {exemplars === "failed" ? <Notice tone="bad">They could not be read. Close this and try again.</Notice> : null}
      {exemplars === null ? <p className="text-ink-2">One moment …</p> : null}
      {exemplars !== null && exemplars !== "failed" && list.length === 0 ? (
        <p className="text-ink-2">There are none for this examination yet.</p>
      ) : null}
      {shown ? (
        <>
          <Segmented
            legend="Exemplar"
            name="exemplar"
            size="sm"
            options={list.map(({ level }, place) => ({ value: String(place), label: `${place + 1}, level ${level}` }))}
            value={chosen}
            onValueChange={setChosen}
          />
          <p className="text-dense text-ink-3">{askedIn(shown.work)}</p>
          {shown.work.skill === "writing" ? (
            <p lang="en" className="measure font-read text-read whitespace-pre-wrap">
              {shown.work.text}
            </p>
          ) : (
            // biome-ignore lint/a11y/useMediaCaption: it is judged as it sounds; there is no transcript
            <audio
              key={shown.id}
              controls
              preload="none"
              src={`/api/marking/exemplars/${shown.id}/audio`}
              className="w-full"
            />
          )}
          <ModelMarks rubric={rubric} given={null} model={shown} />
        </>
      ) : null}
    </Dialog>
  );
}
