"use client";

import type { AnswerValue } from "@bandwise/core/delivery/schema";
import { CornerUpLeft, ShieldCheck } from "lucide-react";
import { useRouter } from "next/navigation";
import { useRef, useState, useTransition } from "react";
import type { ActionResult } from "@/lib/action.ts";
import { Button } from "@/ui/button.tsx";
import { Checkbox } from "@/ui/checkbox.tsx";
import { FormError } from "@/ui/notice.tsx";
import { SectionHeader } from "@/ui/page-header.tsx";
import { Select } from "@/ui/select.tsx";
import { TextArea } from "@/ui/text-area.tsx";
import { notify } from "@/ui/toast.tsx";
import { approveVersionAction, returnVersionAction } from "./review-actions.ts";

export interface ReviewFormProps {
  readonly versionId: string;
  readonly slug: string;
  readonly checklist: readonly string[];
  /** Where to go when done: the queue. */
  readonly next: string;
  /** The reviewer's own answer; null for a task that has no key. */
  readonly solution: { readonly value: AnswerValue; readonly words: string | null } | null;
}

/** What a reviewer signs: an own solution, each line of the checklist, a word to the author; then approved or sent back. */
export function ReviewForm({ versionId, slug, checklist, solution, next }: ReviewFormProps) {
  const router = useRouter();
  const form = useRef<HTMLFormElement>(null);
  const [error, setError] = useState<string | null>(null);
  const [busy, setBusy] = useState<"approve" | "return" | null>(null);
  const [pending, start] = useTransition();

  function send(kind: "approve" | "return", action: (data: FormData) => Promise<ActionResult<unknown>>) {
    if (form.current === null) return;
    const data = new FormData(form.current);
    setBusy(kind);
    start(async () => {
      const result = await action(data).catch(() => null);
      setBusy(null);
      if (result?.ok) {
        notify({ text: kind === "approve" ? `${slug} is approved.` : `${slug} went back to its author.`, tone: "ok" });
        router.push(next);
        return;
      }
      setError(result ? result.message : "The site could not be reached. What you typed is still here: try again.");
    });
  }

  return (
    <form ref={form} className="grid gap-4" onSubmit={(event) => event.preventDefault()}>
      <SectionHeader level="staff" title="Your review" />
      <input type="hidden" name="versionId" value={versionId} />
      {solution ? (
        <div className="grid gap-4 wide:grid-cols-2 desk:grid-cols-1">
          <div className="grid content-start gap-1">
            <p className="text-ui font-semibold">Your own answer</p>
            {solution.words === null ? (
              <p className="text-dense text-ink-2">Answer the item as a candidate would, before you look at the key.</p>
            ) : (
              <p role="status" className="text-dense break-words">
                {solution.words}
              </p>
            )}
            <input type="hidden" name="solvedWithStimulus" value={JSON.stringify(solution.value)} />
          </div>
          <Select
            name="solvedWithoutStimulus"
            label="Without the text"
            placeholder="Choose"
            options={[
              { value: "chance", label: "No better than chance" },
              { value: "better-than-chance", label: "Better than chance" },
            ]}
          />
        </div>
      ) : null}
      <fieldset className="grid gap-2">
        <legend className="mb-1 text-ui font-semibold">Checklist</legend>
        {checklist.map((line) => (
          <Checkbox key={line} name="checklist" value={line}>
            {line}
          </Checkbox>
        ))}
      </fieldset>
      <TextArea
        name="summary"
        label="To the author"
        description="What to mend, when you send it back. Why the key is right, when you answered otherwise."
        rows={3}
        maxLength={2000}
        optional
      />
      <FormError>{error}</FormError>
      <div className="flex flex-wrap gap-2">
        <Button
          variant="primary"
          busy={pending && busy === "approve"}
          icon={<ShieldCheck className="ico" aria-hidden="true" />}
          onClick={() => send("approve", approveVersionAction)}
        >
          Approve
        </Button>
        <Button
          busy={pending && busy === "return"}
          icon={<CornerUpLeft className="ico" aria-hidden="true" />}
          onClick={() => send("return", returnVersionAction)}
        >
          Send back
        </Button>
      </div>
    </form>
  );
}
