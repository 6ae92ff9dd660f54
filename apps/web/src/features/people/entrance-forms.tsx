"use client";

import type { ReactNode } from "react";
import { type FormAction, useActionForm } from "@/features/forms/use-action-form.ts";
import { Button } from "@/ui/button.tsx";
import { TextLink } from "@/ui/link-button.tsx";
import { FormError, Notice } from "@/ui/notice.tsx";
import { PasswordField } from "@/ui/password-field.tsx";
import { TextField } from "@/ui/text-field.tsx";
import {
  acceptInvitationAction,
  registerAction,
  requestResetAction,
  resetPasswordAction,
  verifyEmailAction,
} from "./entrance-actions.ts";
import { OwnTimeZone } from "./own-time-zone.tsx";

type FieldError = (name: string) => string | undefined;

/** What the forms at the entrance have in common; `done` takes the form's place where the page stays. */
function EntranceForm<T>({
  action,
  submit,
  done,
  children,
}: {
  action: FormAction<T>;
  submit: string;
  done?: (value: T & {}) => ReactNode;
  children: (fieldError: FieldError) => ReactNode;
}) {
  const { form, pending, error, fieldError, value } = useActionForm(action);
  if (value && done) return done(value);
  return (
    <form {...form} className="grid gap-5">
      <FormError>{error}</FormError>
      {children(fieldError)}
      <Button type="submit" variant="primary" size="lg" busy={pending}>
        {submit}
      </Button>
    </form>
  );
}

function NameField({ error, defaultValue }: { error: string | undefined; defaultValue?: string }) {
  return (
    <TextField
      label="Name"
      name="name"
      autoComplete="name"
      size="lg"
      description="As it should stand on your certificate."
      {...(defaultValue !== undefined && { defaultValue })}
      error={error}
      required
      maxLength={120}
    />
  );
}

function EmailField({ error, autoFocus = false }: { error: string | undefined; autoFocus?: boolean }) {
  return (
    <TextField
      label="E-mail"
      name="email"
      type="email"
      autoComplete="username"
      size="lg"
      error={error}
      required
      autoFocus={autoFocus}
    />
  );
}

function NewPasswordField({ label = "Password", error }: { label?: string; error: string | undefined }) {
  return (
    <PasswordField
      label={label}
      name="password"
      autoComplete="new-password"
      description="At least 10 characters. A few words in a row are easy to remember and hard to guess."
      error={error}
      required
      minLength={10}
    />
  );
}

export function RegisterForm() {
  return (
    <EntranceForm
      action={registerAction}
      submit="Create account"
      done={({ email }) => (
        <Notice tone="ok" title="Look into your mail">
          We have written to {email}. Open the link in that mail to confirm the address.
        </Notice>
      )}
    >
      {(fieldError) => (
        <>
          <OwnTimeZone />
          <NameField error={fieldError("name")} />
          <EmailField error={fieldError("email")} />
          <NewPasswordField error={fieldError("password")} />
        </>
      )}
    </EntranceForm>
  );
}

export function VerifyEmailForm({ token, email }: { token: string; email: string }) {
  return (
    <EntranceForm action={verifyEmailAction} submit="Confirm and sign in">
      {(fieldError) => (
        <>
          <input type="hidden" name="token" value={token} />
          <input type="hidden" name="email" autoComplete="username" value={email} readOnly />
          <PasswordField
            label="Password"
            name="password"
            error={fieldError("password")}
            description="The one you chose when you registered. It shows that the account is yours and not only the address."
            required
            autoFocus
            aside={
              <TextLink href="/forgot-password" className="text-ui">
                Not yours?
              </TextLink>
            }
          />
        </>
      )}
    </EntranceForm>
  );
}

export function ForgotPasswordForm() {
  return (
    <EntranceForm
      action={requestResetAction}
      submit="Send the link"
      done={({ email }) => (
        <Notice tone="ok" title="Look into your mail">
          If {email} has an account, a link is on its way. It works once, for 30 minutes.
        </Notice>
      )}
    >
      {(fieldError) => <EmailField error={fieldError("email")} autoFocus />}
    </EntranceForm>
  );
}

export function ResetPasswordForm({ token, email }: { token: string; email: string }) {
  return (
    <EntranceForm action={resetPasswordAction} submit="Set the password">
      {(fieldError) => (
        <>
          <input type="hidden" name="token" value={token} />
          <input type="hidden" name="email" autoComplete="username" value={email} readOnly />
          <NewPasswordField label="New password" error={fieldError("password")} />
        </>
      )}
    </EntranceForm>
  );
}

export function AcceptInvitationForm({ token, name }: { token: string; name: string }) {
  return (
    <EntranceForm action={acceptInvitationAction} submit="Join">
      {(fieldError) => (
        <>
          <OwnTimeZone />
          <input type="hidden" name="token" value={token} />
          <NameField error={fieldError("name")} defaultValue={name} />
          <NewPasswordField error={fieldError("password")} />
        </>
      )}
    </EntranceForm>
  );
}
