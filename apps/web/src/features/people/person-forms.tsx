"use client";

import { type Role, roles } from "@bandwise/core/kernel/policy";
import { roleTitles } from "@bandwise/core/people/rules";
import { useState } from "react";
import { useActionForm } from "@/features/forms/use-action-form.ts";
import { Button } from "@/ui/button.tsx";
import { Checkbox } from "@/ui/checkbox.tsx";
import { ConfirmDialog } from "@/ui/confirm-dialog.tsx";
import { FormError } from "@/ui/notice.tsx";
import { Select } from "@/ui/select.tsx";
import { TextField } from "@/ui/text-field.tsx";
import { notify } from "@/ui/toast.tsx";
import {
  changeRolesAction,
  endExtraTimeAction,
  grantExtraTimeAction,
  reinstateAction,
  suspendAction,
} from "./admin-actions.ts";

interface Grant {
  readonly role: Role;
  readonly centreId: string | null;
}

export function RolesForm({
  personId,
  grants,
  centres,
}: {
  personId: string;
  grants: readonly Grant[];
  centres: readonly { id: string; name: string }[];
}) {
  const { form, pending, error } = useActionForm(changeRolesAction, () =>
    notify({ text: "Roles saved.", detail: "They count from the next request on.", tone: "ok" }),
  );
  const [ticked, setTicked] = useState<readonly Role[]>(() => grants.map((grant) => grant.role));
  return (
    <form {...form} className="grid gap-3">
      <FormError>{error}</FormError>
      <input type="hidden" name="personId" value={personId} />
      <ul className="grid">
        {roles.map((role) => (
          <li key={role} className="flex min-h-9 flex-wrap items-center justify-between gap-x-4">
            <Checkbox
              name="roles"
              value={role}
              checked={ticked.includes(role)}
              onChange={(event) =>
                setTicked(event.target.checked ? [...ticked, role] : ticked.filter((other) => other !== role))
              }
            >
              {roleTitles[role]}
            </Checkbox>
            {role !== "candidate" && role !== "admin" && ticked.includes(role) && centres.length > 0 ? (
              <Select
                label={`Centre of the role ${roleTitles[role]}`}
                hideLabel
                name={`centre-${role}`}
                placeholder="All centres"
                options={centres.map((centre) => ({ value: centre.id, label: centre.name }))}
                defaultValue={grants.find((grant) => grant.role === role)?.centreId ?? ""}
              />
            ) : null}
          </li>
        ))}
      </ul>
      <div>
        <Button type="submit" busy={pending}>
          Save roles
        </Button>
      </div>
    </form>
  );
}

export function SuspendDialog({ personId, name }: { personId: string; name: string }) {
  return (
    <ConfirmDialog
      triggerLabel="Suspend"
      triggerVariant="danger"
      title={`Suspend ${name}?`}
      consequence={
        <p>
          Every session ends at once and signing in is refused until you reinstate the account. Nothing is deleted;
          answers an open exam page still holds are accepted.
        </p>
      }
      confirmLabel="Suspend"
      tone="danger"
      action={suspendAction}
    >
      <input type="hidden" name="personId" value={personId} />
    </ConfirmDialog>
  );
}

export function ReinstateDialog({ personId, name }: { personId: string; name: string }) {
  return (
    <ConfirmDialog
      triggerLabel="Reinstate"
      title={`Reinstate ${name}?`}
      consequence={<p>The account can sign in again, with the roles it had.</p>}
      confirmLabel="Reinstate"
      action={reinstateAction}
    >
      <input type="hidden" name="personId" value={personId} />
    </ConfirmDialog>
  );
}

export function ExtraTimeForm({ personId }: { personId: string }) {
  const { form, pending, error, fieldError } = useActionForm(grantExtraTimeAction, () =>
    notify({ text: "Extra time granted.", tone: "ok" }),
  );
  return (
    <form {...form} className="grid gap-3">
      <FormError>{error}</FormError>
      <input type="hidden" name="personId" value={personId} />
      <div className="grid items-start gap-3 wide:grid-cols-[7rem_minmax(0,1fr)]">
        <TextField
          label="Percent"
          name="percent"
          type="number"
          min={5}
          max={300}
          defaultValue={25}
          error={fieldError("percent")}
          required
        />
        <TextField
          label="Reason"
          name="reason"
          maxLength={300}
          description="Seen by admins; the person finds it in their data."
          error={fieldError("reason")}
          required
        />
      </div>
      <div>
        <Button type="submit" busy={pending}>
          Grant extra time
        </Button>
      </div>
    </form>
  );
}

export function EndExtraTimeDialog({ personId }: { personId: string }) {
  return (
    <ConfirmDialog
      triggerLabel="End"
      triggerSize="sm"
      title="End the extra time?"
      consequence={<p>Sittings the person has already checked in to keep it.</p>}
      confirmLabel="End it"
      action={endExtraTimeAction}
    >
      <input type="hidden" name="personId" value={personId} />
    </ConfirmDialog>
  );
}
