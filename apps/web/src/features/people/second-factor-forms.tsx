"use client";

import { useActionForm } from "@/features/forms/use-action-form.ts";
import { Button } from "@/ui/button.tsx";
import { ConfirmDialog } from "@/ui/confirm-dialog.tsx";
import { LinkButton } from "@/ui/link-button.tsx";
import { FormError, Notice } from "@/ui/notice.tsx";
import { PasswordField } from "@/ui/password-field.tsx";
import { QrCode } from "@/ui/qr-code.tsx";
import { TextField } from "@/ui/text-field.tsx";
import { beginTotpAction, disableTotpAction, enableTotpAction, renewCodesAction } from "./account-actions.ts";

export function SetUpSecondFactor() {
  const begin = useActionForm(beginTotpAction);
  const enable = useActionForm(enableTotpAction);
  if (enable.value) return <RecoveryCodes codes={enable.value.recoveryCodes} />;
  if (!begin.value) {
    return (
      <form {...begin.form} className="grid max-w-100 gap-5">
        <FormError>{begin.error}</FormError>
        <PasswordField label="Your password" name="password" error={begin.fieldError("password")} required />
        <div>
          <Button type="submit" variant="primary" busy={begin.pending}>
            Begin
          </Button>
        </div>
      </form>
    );
  }
  return (
    <div className="grid items-start gap-8 wide:grid-cols-[13rem_minmax(0,1fr)]">
      <QrCode matrix={begin.value.matrix} label="QR code for your authenticator app" className="w-52 rounded-control" />
      <form {...enable.form} className="grid max-w-100 gap-5">
        <p>Scan the code with an authenticator app, or type this secret into it:</p>
        <p className="font-code text-ui break-words">{begin.value.secret}</p>
        <FormError>{enable.error}</FormError>
        <TextField
          label="Code the app shows"
          name="code"
          code
          inputMode="numeric"
          autoComplete="one-time-code"
          error={enable.fieldError("code")}
          required
        />
        <div>
          <Button type="submit" variant="primary" busy={enable.pending}>
            Turn on
          </Button>
        </div>
      </form>
    </div>
  );
}

function RecoveryCodes({ codes }: { codes: readonly string[] }) {
  return (
    <div className="grid gap-5">
      <Notice tone="warn" title="Keep these codes where only you can find them">
        Each one lets you in once without the app. They are not shown again.
      </Notice>
      <ul className="grid max-w-100 grid-cols-2 gap-x-8 gap-y-2 font-code">
        {codes.map((code) => (
          <li key={code}>{code}</li>
        ))}
      </ul>
      <div>
        <LinkButton href="/account" variant="primary">
          I have kept them
        </LinkButton>
      </div>
    </div>
  );
}

export function RenewRecoveryCodes({ left }: { left: number }) {
  const { form, pending, error, fieldError, value } = useActionForm(renewCodesAction);
  if (value) return <RecoveryCodes codes={value.recoveryCodes} />;
  return (
    <form {...form} className="grid max-w-100 gap-5">
      <p>{left} of 10 recovery codes are left. New ones replace them all.</p>
      <FormError>{error}</FormError>
      <PasswordField label="Your password" name="password" size="md" error={fieldError("password")} required />
      <div className="flex flex-wrap gap-2">
        <Button type="submit" busy={pending}>
          Make new codes
        </Button>
      </div>
    </form>
  );
}

export function TurnOffSecondFactor() {
  return (
    <ConfirmDialog
      triggerLabel="Turn off"
      triggerVariant="danger"
      title="Turn the second factor off?"
      consequence={<p>Your password alone will then open your account.</p>}
      confirmLabel="Turn off"
      tone="danger"
      action={disableTotpAction}
    >
      <PasswordField label="Your password" name="password" size="md" required />
    </ConfirmDialog>
  );
}
