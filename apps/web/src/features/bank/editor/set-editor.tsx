"use client";

import { stimulusOf } from "@bandwise/core/bank/relation-rules";
import type { BankItem } from "@bandwise/core/bank/schema";
import { useRouter } from "next/navigation";
import { useDeferredValue, useState, useTransition } from "react";
import { Button } from "@/ui/button.tsx";
import { formatCount } from "@/ui/format.ts";
import { FormError } from "@/ui/notice.tsx";
import { notify } from "@/ui/toast.tsx";
import { ItemPreview } from "../preview/item-preview.tsx";
import { editSetStimulusAction } from "../relation-actions.ts";
import { draftOf, finished, problemsOf } from "./draft.ts";
import { Group, Lines, ProblemsContext } from "./fields.tsx";
import { StimulusFields } from "./stimulus-fields.tsx";
import { ListeningFields } from "./task-fields.tsx";
import { useUnsavedGuard } from "./use-unsaved-guard.ts";

/** The shared text of a set, edited on its first item and written to every one as a new draft. */
export function SetEditor({
  setId,
  initial,
  basedOn,
}: {
  setId: string;
  initial: BankItem;
  basedOn: Readonly<Record<string, number>>;
}) {
  const router = useRouter();
  const [item, setItem] = useState(initial);
  const [reason, setReason] = useState("");
  const [error, setError] = useState<string | null>(null);
  const [tried, setTried] = useState(false);
  const [saving, start] = useTransition();
  const [saved, setSaved] = useState(false);
  const shown = useDeferredValue(item);
  useUnsavedGuard(item !== initial && !saved);
  const whole = finished({ ...draftOf(item), reason }, initial);
  // Only what stands in the shared text is changed here.
  const problems = Object.fromEntries(
    Object.entries(problemsOf(whole)).filter(([field]) => field.startsWith("content.stimulus")),
  );

  function save() {
    setTried(true);
    const stimulus = stimulusOf(whole);
    if (!stimulus || Object.keys(problems).length > 0 || reason.trim().length < 3) {
      setError("Some fields need a change before this can be saved.");
      return;
    }
    start(async () => {
      const result = await editSetStimulusAction({ setId, basedOn: { ...basedOn }, stimulus, reason }).catch(
        () => null,
      );
      if (result?.ok) {
        setSaved(true);
        notify({ text: `${formatCount(result.value.items, "item has", "items have")} a new draft.`, tone: "ok" });
        router.refresh();
        return;
      }
      setError(result ? result.message : "The site could not be reached. What you typed is still here: try again.");
    });
  }

  return (
    <div className="grid grid-cols-[minmax(0,1fr)] gap-6 desk:grid-cols-2">
      <ProblemsContext
        value={{ ...(tried && problems), ...(tried && reason.trim().length < 3 && { reason: "is missing" }) }}
      >
        <div className="grid min-w-0 content-start gap-5">
          {item.skill === "reading" ? (
            <StimulusFields
              itemId={item.id}
              value={item.content.stimulus}
              onChange={(stimulus) => setItem({ ...item, content: { ...item.content, stimulus } })}
            />
          ) : item.skill === "listening" ? (
            <ListeningFields
              itemId={item.id}
              value={item.content.stimulus}
              onChange={(stimulus) => setItem({ ...item, content: { ...item.content, stimulus } })}
            />
          ) : null}
          <Group title="This change">
            <Lines path="reason" label="Reason for the change" rows={2} value={reason} onChange={setReason} />
          </Group>
          <FormError>{error}</FormError>
          <div>
            <Button variant="primary" busy={saving} onClick={save}>
              Save for all {Object.keys(basedOn).length}
            </Button>
          </div>
        </div>
      </ProblemsContext>
      <div className="min-w-0">
        <h2 className="pb-3 text-ui">As the candidate sees it, with {item.id}</h2>
        <ItemPreview skill={shown.skill} content={shown.content} />
      </div>
    </div>
  );
}
