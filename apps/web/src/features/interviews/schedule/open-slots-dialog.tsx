"use client";

import type { getSlotChoices } from "@bandwise/core/interviews/schedule-queries";
import { Plus } from "lucide-react";
import { useState } from "react";
import { useActionForm } from "@/features/forms/use-action-form.ts";
import { Button } from "@/ui/button.tsx";
import { Checkbox } from "@/ui/checkbox.tsx";
import { Dialog } from "@/ui/dialog.tsx";
import { formatCount } from "@/ui/format.ts";
import { FormError } from "@/ui/notice.tsx";
import { PressButton } from "@/ui/press-button.tsx";
import { Select } from "@/ui/select.tsx";
import { TextField } from "@/ui/text-field.tsx";
import { notify } from "@/ui/toast.tsx";
import { openSlotsAction } from "./schedule-actions.ts";

export type SlotChoices = Awaited<ReturnType<typeof getSlotChoices>>;

/** Opens times for interviews: one every so many minutes between two times, on one day or on several. */
export function OpenSlotsDialog({ choices, day }: { choices: SlotChoices; day: string }) {
  const [open, setOpen] = useState(false);
  return (
    <Dialog
      title="Open times for interviews"
      open={open}
      onOpenChange={setOpen}
      trigger={
        <PressButton variant="primary" size="sm" icon={<Plus aria-hidden="true" />}>
          Open times
        </PressButton>
      }
    >
      {(close) => <SlotsForm choices={choices} day={day} close={close} />}
    </Dialog>
  );
}

function SlotsForm({ choices, day, close }: { choices: SlotChoices; day: string; close: () => void }) {
  const { form, pending, error, fieldError } = useActionForm(openSlotsAction, ({ opened }) => {
    notify({ text: `${formatCount(opened, "time is", "times are")} open for booking.`, tone: "ok" });
    close();
  });
  const [centreId, setCentreId] = useState(choices.centres[0]?.id ?? "");
  const zone = choices.centres.find(({ id }) => id === centreId)?.timeZone ?? "UTC";
  return (
    <form {...form} className="grid gap-4">
      <FormError>{error ?? fieldError("startsAt")}</FormError>
      {choices.examiners.length > 1 ? (
        <Select
          label="Examiner"
          name="examinerId"
          options={choices.examiners.map(({ id, name }) => ({ value: id, label: name }))}
          error={fieldError("examinerId")}
        />
      ) : (
        <input type="hidden" name="examinerId" value={choices.examiners[0]?.id ?? ""} />
      )}
      <div className="grid gap-4 wide:grid-cols-2">
        <Select
          label="Programme"
          name="programmeId"
          options={choices.programmes.map(({ id, title, version }) => ({
            value: id,
            label: `${title}, version ${version}`,
          }))}
          error={fieldError("programmeId")}
        />
        <Select
          label="Centre"
          name="centreId"
          value={centreId}
          onChange={(event) => setCentreId(event.target.value)}
          options={choices.centres.map(({ id, name }) => ({ value: id, label: name }))}
          error={fieldError("centreId")}
        />
      </div>
      <p className="text-ui text-ink-2">Times in {zone.replaceAll("_", " ")}.</p>
      <div className="grid grid-cols-2 gap-4">
        <TextField
          type="date"
          label="First day"
          name="firstDay"
          defaultValue={day}
          error={fieldError("firstDay")}
          required
        />
        <TextField
          type="date"
          label="Last day"
          name="lastDay"
          defaultValue={day}
          error={fieldError("lastDay")}
          required
        />
        <TextField type="time" label="From" name="from" defaultValue="09:00" error={fieldError("from")} required />
        <TextField type="time" label="Until" name="until" defaultValue="12:00" error={fieldError("until")} required />
        <TextField
          type="number"
          label="One every … minutes"
          name="every"
          min={5}
          max={240}
          defaultValue={30}
          error={fieldError("every")}
          required
        />
        <TextField
          type="number"
          label="Minutes each"
          name="minutes"
          min={10}
          max={120}
          defaultValue={25}
          error={fieldError("minutes")}
          required
        />
        <TextField
          type="number"
          label="Book until … hours before"
          name="bookHours"
          min={0}
          max={720}
          step="any"
          defaultValue={2}
          error={fieldError("bookHours")}
          required
        />
        <TextField
          type="number"
          label="Change until … hours before"
          name="changeHours"
          min={0}
          max={720}
          step="any"
          defaultValue={24}
          error={fieldError("changeHours")}
          required
        />
      </div>
      <Checkbox name="weekends">Saturdays and Sundays too</Checkbox>
      <div className="flex justify-end gap-2">
        <Button onClick={close}>Cancel</Button>
        <Button type="submit" variant="primary" busy={pending}>
          Open for booking
        </Button>
      </div>
    </form>
  );
}
