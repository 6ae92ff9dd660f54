"use client";

import { Plus } from "lucide-react";
import { useState } from "react";
import { useActionForm } from "@/features/forms/use-action-form.ts";
import { Button } from "@/ui/button.tsx";
import { Dialog } from "@/ui/dialog.tsx";
import { FormError } from "@/ui/notice.tsx";
import { PressButton } from "@/ui/press-button.tsx";
import { Select, type SelectOption } from "@/ui/select.tsx";
import { TextField } from "@/ui/text-field.tsx";
import { notify } from "@/ui/toast.tsx";
import { saveCentreAction } from "./admin-actions.ts";

interface Centre {
  readonly id: string;
  readonly name: string;
  readonly timeZone: string;
  readonly address: string;
}

/** Without a centre: a new one. */
export function CentreDialog({ centre, zones }: { centre?: Centre; zones: readonly SelectOption[] }) {
  const [open, setOpen] = useState(false);
  return (
    <Dialog
      title={centre ? `Change ${centre.name}` : "New centre"}
      open={open}
      onOpenChange={setOpen}
      trigger={
        centre ? (
          <PressButton size="sm">Change</PressButton>
        ) : (
          <PressButton variant="primary" size="sm" icon={<Plus aria-hidden="true" />}>
            New centre
          </PressButton>
        )
      }
    >
      {(close) => <CentreForm {...(centre && { centre })} zones={zones} close={close} />}
    </Dialog>
  );
}

function CentreForm({ centre, zones, close }: { centre?: Centre; zones: readonly SelectOption[]; close: () => void }) {
  const { form, pending, error, fieldError } = useActionForm(saveCentreAction, () => {
    notify({ text: "Centre saved.", tone: "ok" });
    close();
  });
  return (
    <form {...form} className="grid gap-5">
      <FormError>{error}</FormError>
      <input type="hidden" name="centreId" value={centre?.id ?? ""} />
      <TextField
        label="Name"
        name="name"
        defaultValue={centre?.name}
        error={fieldError("name")}
        required
        maxLength={120}
      />
      <TextField
        label="Address"
        name="address"
        defaultValue={centre?.address}
        description="Postal address, or “online”. Candidates read it in their booking."
        error={fieldError("address")}
        required
        maxLength={300}
      />
      <Select
        label="Time zone"
        name="timeZone"
        options={zones}
        defaultValue={centre?.timeZone ?? "UTC"}
        description="Times of its sittings are said in this zone."
        error={fieldError("timeZone")}
      />
      <div className="flex flex-wrap justify-end gap-2">
        <Button onClick={close}>Cancel</Button>
        <Button type="submit" variant="primary" busy={pending}>
          Save
        </Button>
      </div>
    </form>
  );
}
