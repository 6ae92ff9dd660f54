"use client";

import { lintBank } from "@bandwise/core/bank/lint";
import { allLevels, type BankItem } from "@bandwise/core/bank/schema";
import { Lightbulb } from "lucide-react";
import { useRouter } from "next/navigation";
import { type FormEvent, useDeferredValue, useRef, useState, useTransition } from "react";
import { Button } from "@/ui/button.tsx";
import { formatCount } from "@/ui/format.ts";
import { LinkButton } from "@/ui/link-button.tsx";
import { FormError } from "@/ui/notice.tsx";
import { notify } from "@/ui/toast.tsx";
import { createItemAction, editItemAction } from "../actions.ts";
import { bankPath } from "../list-params.ts";
import { ItemPreview } from "../preview/item-preview.tsx";
import { type Draft, draftOf, finished, problemsOf } from "./draft.ts";
import { Group, Lines, ProblemsContext } from "./fields.tsx";
import { InteractionFields } from "./interaction-fields.tsx";
import { MetadataFields } from "./metadata-fields.tsx";
import { OpenTaskFields } from "./open-task-fields.tsx";
import { RationaleFields } from "./rationale-fields.tsx";
import { SpeakingFields } from "./speaking-fields.tsx";
import { StimulusFields } from "./stimulus-fields.tsx";
import { ListeningFields, WritingFields } from "./task-fields.tsx";
import { useUnsavedGuard } from "./use-unsaved-guard.ts";

/** The server's names of fields, without the envelope the item travels in. */
function own(fields: Readonly<Record<string, string>>): Record<string, string> {
  return Object.fromEntries(Object.entries(fields).map(([name, rule]) => [name.replace(/^item\./, ""), rule]));
}

/** One item as a form, with the page the candidate gets and the house rules' opinion beside it. */
export function ItemEditor({
  initial,
  stored,
}: {
  initial: BankItem;
  /** Absent for a new item. */
  stored?: { itemId: string; basedOnVersion: number } | undefined;
}) {
  const router = useRouter();
  const form = useRef<HTMLFormElement>(null);
  const [draft, setDraft] = useState<Draft>(() => draftOf(initial));
  const [tried, setTried] = useState(false);
  const [refused, setRefused] = useState<{ message: string; fields: Readonly<Record<string, string>> } | null>(null);
  const [saved, setSaved] = useState(false);
  const [saving, startSaving] = useTransition();
  const [start] = useState(draft);
  useUnsavedGuard(draft !== start && !saved);

  const { item } = draft;
  const setItem = (next: BankItem) => setDraft({ ...draft, item: next });
  const whole = finished(draft, stored ? initial : null);
  const problems = problemsOf(whole);
  const missingReason = draft.reason.trim().length < 3;
  const shown: Record<string, string> = {
    ...(tried && problems),
    ...(tried && missingReason && { reason: "is missing" }),
    ...refused?.fields,
  };

  function save(event: FormEvent) {
    event.preventDefault();
    setTried(true);
    setRefused(null);
    if (Object.keys(problems).length > 0 || missingReason) {
      // After the fields have learnt that they are wrong.
      requestAnimationFrame(() => form.current?.querySelector<HTMLElement>("[aria-invalid=true]")?.focus());
      return;
    }
    startSaving(async () => {
      const change = { item: whole, reason: draft.reason };
      const result = await (stored ? editItemAction({ ...stored, ...change }) : createItemAction(change)).catch(
        () => null,
      );
      if (result?.ok) {
        setSaved(true);
        notify({
          text: `Saved as version ${result.value.version}, a draft. Submit it for review when it is ready.`,
          tone: "ok",
        });
        router.push(`${bankPath}/${result.value.itemId}?version=${result.value.version}`);
        return;
      }
      setRefused(
        result
          ? { message: result.message, fields: own(result.fields) }
          : { message: "The site could not be reached. What you typed is still here: try again.", fields: {} },
      );
    });
  }

  const wrong = Object.keys(shown).length;
  return (
    <div className="grid grid-cols-[minmax(0,1fr)] gap-6 desk:grid-cols-2">
      <ProblemsContext value={shown}>
        <form ref={form} className="grid min-w-0 content-start gap-5" noValidate onSubmit={save}>
          <MetadataFields item={item} isNew={stored === undefined} onChange={setItem} />
          <ContentFields draft={draft} onChange={setDraft} />
          <Group title="This change">
            <Lines
              path="reason"
              label={stored ? "Reason for the change" : "Where the item comes from"}
              rows={2}
              value={draft.reason}
              onChange={(reason) => setDraft({ ...draft, reason })}
            />
          </Group>
          <FormError>
            {refused?.message ??
              (tried && wrong > 0
                ? `${formatCount(wrong, "field needs", "fields need")} a change before this can be saved.`
                : null)}
          </FormError>
          <div className="flex flex-wrap gap-2 pb-8">
            <Button type="submit" variant="primary" busy={saving}>
              {stored ? "Save as a new version" : "Save as a draft"}
            </Button>
            <LinkButton href={stored ? `${bankPath}/${stored.itemId}` : bankPath}>Cancel</LinkButton>
          </div>
        </form>
      </ProblemsContext>
      <Beside item={whole} sound={Object.keys(problems).length === 0} />
    </div>
  );
}

function ContentFields({ draft, onChange }: { draft: Draft; onChange: (draft: Draft) => void }) {
  const { item } = draft;
  const setItem = (next: BankItem) => onChange({ ...draft, item: next });
  if (item.skill === "writing" || item.skill === "speaking") {
    return (
      <>
        {item.skill === "writing" ? (
          <WritingFields value={item.content} onChange={(content) => setItem({ ...item, content })} />
        ) : item.level === allLevels ? (
          <OpenTaskFields itemId={item.id} value={item.content} onChange={(content) => setItem({ ...item, content })} />
        ) : (
          <SpeakingFields itemId={item.id} value={item.content} onChange={(content) => setItem({ ...item, content })} />
        )}
        <Group title="For markers" note="Staff only">
          <Lines
            path="rationale.markerNotes"
            label="Notes for markers"
            rows={5}
            value={item.rationale.markerNotes}
            onChange={(markerNotes) => setItem({ ...item, rationale: { markerNotes } })}
          />
        </Group>
      </>
    );
  }
  return (
    <>
      {item.skill === "reading" ? (
        <StimulusFields
          itemId={item.id}
          value={item.content.stimulus}
          onChange={(stimulus) => setItem({ ...item, content: { ...item.content, stimulus } })}
        />
      ) : (
        <ListeningFields
          itemId={item.id}
          value={item.content.stimulus}
          onChange={(stimulus) => setItem({ ...item, content: { ...item.content, stimulus } })}
        />
      )}
      <InteractionFields
        item={item}
        onChange={({ interaction, key }) =>
          onChange({
            ...draft,
            item: { ...item, key, content: { ...item.content, interaction } } as BankItem,
            // Another type of answer has other wrong answers.
            wrongAnswers: interaction.type === item.content.interaction.type ? draft.wrongAnswers : [],
          })
        }
      />
      <RationaleFields
        item={item}
        wrongAnswers={draft.wrongAnswers}
        onKey={(key) => setItem({ ...item, rationale: { ...item.rationale, key } })}
        onWrongAnswers={(wrongAnswers) => onChange({ ...draft, wrongAnswers })}
      />
    </>
  );
}

/** Preview and hints follow the typing when there is time for them. */
function Beside({ item, sound }: { item: BankItem; sound: boolean }) {
  const late = useDeferredValue(item);
  const hints = sound ? lintBank([late]).filter((finding) => finding.itemId === late.id) : [];
  return (
    <div className="min-w-0">
      <div className="grid gap-4 desk:sticky desk:top-4">
        <h2 className="text-ui">As the candidate sees it</h2>
        <ItemPreview skill={late.skill} content={late.content} />
        <section aria-labelledby="house-rules">
          <h2 id="house-rules" className="pb-1.5 text-ui">
            House rules
          </h2>
          <div role="status" className="text-dense">
            {sound ? null : <p className="text-ink-3">Checked as soon as nothing is missing.</p>}
            {sound && hints.length === 0 ? <p className="text-ink-2">Nothing to say: the item keeps them.</p> : null}
            <ul className="grid gap-1">
              {hints.map((hint) => (
                <li key={`${hint.rule} ${hint.message}`} className="flex gap-2">
                  <Lightbulb className="ico relative top-0.5 flex-none text-warn" aria-hidden="true" />
                  {hint.message}
                </li>
              ))}
            </ul>
          </div>
        </section>
      </div>
    </div>
  );
}
