"use client";

import { roles } from "@bandwise/core/kernel/policy";
import { roleTitles } from "@bandwise/core/people/rules";
import { UserPlus } from "lucide-react";
import { useActionForm } from "@/features/forms/use-action-form.ts";
import { Button } from "@/ui/button.tsx";
import { Checkbox } from "@/ui/checkbox.tsx";
import { Dialog } from "@/ui/dialog.tsx";
import { FieldError } from "@/ui/field.tsx";
import { formatCount } from "@/ui/format.ts";
import { FormError, Notice } from "@/ui/notice.tsx";
import { PressButton } from "@/ui/press-button.tsx";
import { TextArea } from "@/ui/text-area.tsx";
import { inviteAction } from "./admin-actions.ts";

export function InviteDialog() {
  return (
    <Dialog
      title="Invite people"
      trigger={
        <PressButton variant="primary" size="sm" icon={<UserPlus aria-hidden="true" />}>
          Invite
        </PressButton>
      }
    >
      {(close) => <InviteForm close={close} />}
    </Dialog>
  );
}

function InviteForm({ close }: { close: () => void }) {
  const { form, pending, error, fieldError, value } = useActionForm(inviteAction);
  if (value) {
    return (
      <div className="grid gap-4">
        <Notice tone="ok" title={`${formatCount(value.invited, "invitation", "invitations")} on the way`}>
          {value.known.length === 0 ? null : `Left out, because they have an account: ${value.known.join(", ")}.`}
        </Notice>
        <div className="flex justify-end">
          <Button variant="primary" onClick={close}>
            Done
          </Button>
        </div>
      </div>
    );
  }
  const rolesError = fieldError("roles");
  return (
    <form {...form} className="grid gap-5">
      <FormError>{error}</FormError>
      <TextArea
        label="Addresses"
        name="people"
        rows={5}
        placeholder="Ada Example <ada@example.org>"
        description="One per line, with or without a name. Up to 200."
        error={fieldError("people")}
        required
      />
      <fieldset className="field">
        <legend className="field-label mb-1.5">Roles</legend>
        <div className="grid wide:grid-cols-2">
          {roles.map((role) => (
            <Checkbox key={role} name="roles" value={role}>
              {roleTitles[role]}
            </Checkbox>
          ))}
        </div>
        {rolesError ? <FieldError id="invite-roles-error">{rolesError}</FieldError> : null}
      </fieldset>
      <div className="flex flex-wrap justify-end gap-2">
        <Button onClick={close}>Cancel</Button>
        <Button type="submit" variant="primary" busy={pending}>
          Send invitations
        </Button>
      </div>
    </form>
  );
}
