"use client";

import { Plus } from "lucide-react";
import { useState } from "react";
import { useActionForm } from "@/features/forms/use-action-form.ts";
import { Button } from "@/ui/button.tsx";
import { Dialog } from "@/ui/dialog.tsx";
import { FormError } from "@/ui/notice.tsx";
import { PressButton } from "@/ui/press-button.tsx";
import { Select } from "@/ui/select.tsx";
import { TextField } from "@/ui/text-field.tsx";
import { notify } from "@/ui/toast.tsx";
import { saveSittingAction } from "./sitting-actions.ts";
import { type SittingTimes, sittingDefaults } from "./sitting-defaults.ts";

export interface SittingChoices {
  readonly centres: readonly { id: string; name: string; timeZone: string }[];
  readonly programmes: readonly { id: string; name: string; version: number; title: string }[];
  readonly formSets: readonly { id: string; name: string; programmeId: string }[];
}

export interface SittingDraft {
  readonly sittingId: string;
  readonly centreId: string;
  readonly programmeId: string;
  /** Empty: a form for each candidate. */
  readonly formSetId: string;
  readonly startsAt: string;
  readonly endsAt: string;
  readonly bookBefore: string;
  readonly changeBefore: string;
  readonly capacity: number;
}

const times = [
  { name: "startsAt", label: "Candidates may begin from" },
  { name: "endsAt", label: "… until" },
  { name: "bookBefore", label: "Book before" },
  { name: "changeBefore", label: "Move or cancel before" },
] as const;

/** Opens a sitting, or changes one. Times are those of the centre. */
export function SittingDialog({ choices, sitting }: { choices: SittingChoices; sitting?: SittingDraft }) {
  const [open, setOpen] = useState(false);
  return (
    <Dialog
      title={sitting ? "Change sitting" : "Open a sitting"}
      open={open}
      onOpenChange={setOpen}
      trigger={
        sitting ? (
          <PressButton>Change</PressButton>
        ) : (
          <PressButton variant="primary" size="sm" icon={<Plus aria-hidden="true" />}>
            Open a sitting
          </PressButton>
        )
      }
    >
      {(close) => <SittingForm choices={choices} {...(sitting && { sitting })} close={close} />}
    </Dialog>
  );
}

function SittingForm({
  choices,
  sitting,
  close,
}: {
  choices: SittingChoices;
  sitting?: SittingDraft;
  close: () => void;
}) {
  const { form, pending, error, fieldError } = useActionForm(saveSittingAction, () => {
    notify({ text: "Sitting saved.", tone: "ok" });
    close();
  });
  const [centreId, setCentreId] = useState(sitting?.centreId ?? choices.centres[0]?.id ?? "");
  const [programmeId, setProgrammeId] = useState(sitting?.programmeId ?? choices.programmes[0]?.id ?? "");
  const formSets = choices.formSets.filter((set) => set.programmeId === programmeId);
  const zone = choices.centres.find((centre) => centre.id === centreId)?.timeZone ?? "UTC";
  // Once: what the hand has changed stays when the centre does.
  const [proposed] = useState<SittingTimes>(() => sitting ?? sittingDefaults(new Date(), zone));
  return (
    <form {...form} className="grid gap-4">
      <FormError>{error}</FormError>
      <input type="hidden" name="sittingId" value={sitting?.sittingId ?? ""} />
      {sitting ? (
        <input type="hidden" name="centreId" value={centreId} />
      ) : (
        <>
          <Select
            label="Centre"
            name="centreId"
            value={centreId}
            onChange={(event) => setCentreId(event.target.value)}
            options={choices.centres.map((centre) => ({ value: centre.id, label: centre.name }))}
            error={fieldError("centreId")}
          />
          <Select
            label="Programme"
            name="programmeId"
            value={programmeId}
            onChange={(event) => setProgrammeId(event.target.value)}
            options={choices.programmes.map((programme) => ({
              value: programme.id,
              label: `${programme.title}, version ${programme.version}`,
            }))}
            error={fieldError("programmeId")}
          />
        </>
      )}
      {formSets.length > 0 || sitting?.formSetId ? (
        <Select
          // Another programme has other sets.
          key={programmeId}
          label="Forms"
          name="formSetId"
          defaultValue={sitting?.formSetId ?? ""}
          options={[
            { value: "", label: "A form for each candidate" },
            ...formSets.map((set) => ({ value: set.id, label: `Set “${set.name}”` })),
          ]}
          description={sitting ? "Who has started keeps their form." : "Fixed forms go round evenly."}
          error={fieldError("formSetId")}
        />
      ) : null}
      <p className="text-ui text-ink-2">Times in {zone.replaceAll("_", " ")}.</p>
      <div className="grid gap-4 wide:grid-cols-2">
        {times.map(({ name, label }) => (
          <TextField
            key={name}
            type="datetime-local"
            label={label}
            name={name}
            defaultValue={proposed[name]}
            error={fieldError(name)}
            required
          />
        ))}
      </div>
      <TextField
        type="number"
        label="Places"
        name="capacity"
        min={1}
        max={5000}
        defaultValue={sitting?.capacity ?? 20}
        error={fieldError("capacity")}
        required
      />
      <div className="flex justify-end gap-2">
        <Button onClick={close}>Cancel</Button>
        <Button type="submit" variant="primary" busy={pending}>
          {sitting ? "Save" : "Open for booking"}
        </Button>
      </div>
    </form>
  );
}
