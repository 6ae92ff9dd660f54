"use client";

import { useRef } from "react";
import { useActionForm } from "@/features/forms/use-action-form.ts";
import { Button } from "@/ui/button.tsx";
import { ConfirmDialog } from "@/ui/confirm-dialog.tsx";
import { FormError } from "@/ui/notice.tsx";
import { PasswordField } from "@/ui/password-field.tsx";
import { RadioGroup } from "@/ui/radio-group.tsx";
import { Select, type SelectOption } from "@/ui/select.tsx";
import { TextField } from "@/ui/text-field.tsx";
import { notify } from "@/ui/toast.tsx";
import {
  changePasswordAction,
  requestErasureAction,
  updateProfileAction,
  withdrawErasureAction,
} from "./account-actions.ts";

export interface Profile {
  readonly name: string;
  readonly timeZone: string;
  /** YYYY-MM-DD. */
  readonly dateOfBirth: string;
  readonly firstLanguage: string;
  readonly school: string;
}

export function ProfileForm({ profile, zones }: { profile: Profile; zones: readonly SelectOption[] }) {
  const { form, pending, error, fieldError } = useActionForm(updateProfileAction, () =>
    notify({ text: "Saved.", tone: "ok" }),
  );
  return (
    <form {...form} className="grid gap-5">
      <FormError>{error}</FormError>
      <TextField
        label="Name"
        name="name"
        autoComplete="name"
        defaultValue={profile.name}
        description="As it should stand on your next certificate. One already issued keeps its name."
        error={fieldError("name")}
        required
        maxLength={120}
      />
      <div className="grid gap-5 wide:grid-cols-2">
        <TextField
          label="Date of birth"
          name="dateOfBirth"
          type="date"
          autoComplete="bday"
          defaultValue={profile.dateOfBirth}
          description="Tells you from others of your name, and whether a guardian must agree."
          error={fieldError("dateOfBirth")}
          optional
        />
        <Select
          label="Time zone"
          name="timeZone"
          options={zones}
          defaultValue={profile.timeZone}
          error={fieldError("timeZone")}
        />
      </div>
      <div className="grid gap-5 wide:grid-cols-2">
        <TextField
          label="First language"
          name="firstLanguage"
          defaultValue={profile.firstLanguage}
          description="Used only to check that the tests are fair to speakers of all languages."
          maxLength={120}
          optional
        />
        <TextField
          label="School"
          name="school"
          autoComplete="organization"
          defaultValue={profile.school}
          description="Used only to check that the tests are fair to all schools."
          maxLength={120}
          optional
        />
      </div>
      <div>
        <Button type="submit" variant="primary" busy={pending}>
          Save
        </Button>
      </div>
    </form>
  );
}

export function ChangePasswordForm({ email }: { email: string }) {
  const fields = useRef<HTMLFormElement>(null);
  const { form, pending, error, fieldError } = useActionForm(changePasswordAction, () => {
    fields.current?.reset();
    notify({ text: "Password changed.", detail: "All other devices are signed out.", tone: "ok" });
  });
  return (
    <form {...form} ref={fields} className="grid gap-5">
      <FormError>{error}</FormError>
      <input type="hidden" name="email" autoComplete="username" value={email} readOnly />
      <div className="grid gap-5 wide:grid-cols-2">
        <PasswordField label="Present password" name="current" size="md" error={fieldError("current")} required />
        <PasswordField
          label="New password"
          name="password"
          size="md"
          autoComplete="new-password"
          description="At least 10 characters."
          error={fieldError("password")}
          required
          minLength={10}
        />
      </div>
      <div>
        <Button type="submit" busy={pending}>
          Change password
        </Button>
      </div>
    </form>
  );
}

export function ErasureDialog() {
  return (
    <ConfirmDialog
      triggerLabel="Ask for erasure"
      triggerVariant="danger"
      title="Ask for your data to be erased?"
      consequence={
        <p>
          Two members of staff decide. Then your name, address, writing and recordings are deleted for good, and you can
          no longer sign in. Your bands stay without your name.
        </p>
      }
      confirmLabel="Ask for erasure"
      tone="danger"
      action={requestErasureAction}
    >
      <RadioGroup
        legend="Certificates you hold"
        name="certificates"
        defaultValue="keep"
        options={[
          {
            value: "keep",
            label: "Keep them",
            description: "Your name stays on them, and anyone with the code can check them.",
          },
          { value: "revoke", label: "Revoke them", description: "Their page says so and no longer shows your name." },
        ]}
      />
      <PasswordField label="Your password" name="password" size="md" required />
    </ConfirmDialog>
  );
}

export function WithdrawErasureDialog({ approvalId }: { approvalId: string }) {
  return (
    <ConfirmDialog
      triggerLabel="Withdraw the request"
      title="Keep your account?"
      consequence={<p>Nothing has been erased. Your account stays as it is.</p>}
      confirmLabel="Keep my account"
      action={withdrawErasureAction}
    >
      <input type="hidden" name="approvalId" value={approvalId} />
    </ConfirmDialog>
  );
}
