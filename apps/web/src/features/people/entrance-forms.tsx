"use client";

import { useActionForm } from "@/features/forms/use-action-form.ts";
import { Button } from "@/ui/button.tsx";
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

const passwordNote = "At least 10 characters. A few words in a row are easy to remember and hard to guess.";

export function RegisterForm() {
  const { form, pending, error, fieldError, value } = useActionForm(registerAction);
  if (value) {
    return (
      <Notice tone="ok" title="Look into your mail">
        We have written to {value.email}. Open the link in that mail to confirm the address, then sign in.
      </Notice>
    );
  }
  return (
    <form {...form} className="grid gap-5">
      <FormError>{error}</FormError>
      <OwnTimeZone />
      <TextField
        label="Name"
        name="name"
        autoComplete="name"
        size="lg"
        description="As it should stand on your certificate."
        error={fieldError("name")}
        required
        maxLength={120}
      />
      <TextField
        label="E-mail"
        name="email"
        type="email"
        autoComplete="username"
        size="lg"
        error={fieldError("email")}
        required
      />
      <PasswordField
        label="Password"
        name="password"
        autoComplete="new-password"
        description={passwordNote}
        error={fieldError("password")}
        required
        minLength={10}
      />
      <Button type="submit" variant="primary" size="lg" busy={pending}>
        Create account
      </Button>
    </form>
  );
}

export function VerifyEmailForm({ token }: { token: string }) {
  const { form, pending, error } = useActionForm(verifyEmailAction);
  return (
    <form {...form} className="grid gap-5">
      <FormError>{error}</FormError>
      <input type="hidden" name="token" value={token} />
      <Button type="submit" variant="primary" size="lg" busy={pending}>
        Confirm this address
      </Button>
    </form>
  );
}

export function ForgotPasswordForm() {
  const { form, pending, error, fieldError, value } = useActionForm(requestResetAction);
  if (value) {
    return (
      <Notice tone="ok" title="Look into your mail">
        If {value.email} has an account, a link is on its way. It works once, for 30 minutes.
      </Notice>
    );
  }
  return (
    <form {...form} className="grid gap-5">
      <FormError>{error}</FormError>
      <TextField
        label="E-mail"
        name="email"
        type="email"
        autoComplete="username"
        size="lg"
        error={fieldError("email")}
        required
        autoFocus
      />
      <Button type="submit" variant="primary" size="lg" busy={pending}>
        Send the link
      </Button>
    </form>
  );
}

export function ResetPasswordForm({ token, email }: { token: string; email: string }) {
  const { form, pending, error, fieldError } = useActionForm(resetPasswordAction);
  return (
    <form {...form} className="grid gap-5">
      <FormError>{error}</FormError>
      <input type="hidden" name="token" value={token} />
      <input type="hidden" name="email" autoComplete="username" value={email} readOnly />
      <PasswordField
        label="New password"
        name="password"
        autoComplete="new-password"
        description={passwordNote}
        error={fieldError("password")}
        required
        minLength={10}
        autoFocus
      />
      <Button type="submit" variant="primary" size="lg" busy={pending}>
        Set the password
      </Button>
    </form>
  );
}

export function AcceptInvitationForm({ token, name }: { token: string; name: string }) {
  const { form, pending, error, fieldError } = useActionForm(acceptInvitationAction);
  return (
    <form {...form} className="grid gap-5">
      <FormError>{error}</FormError>
      <OwnTimeZone />
      <input type="hidden" name="token" value={token} />
      <TextField
        label="Name"
        name="name"
        autoComplete="name"
        size="lg"
        defaultValue={name}
        error={fieldError("name")}
        required
        maxLength={120}
      />
      <PasswordField
        label="Password"
        name="password"
        autoComplete="new-password"
        description={passwordNote}
        error={fieldError("password")}
        required
        minLength={10}
      />
      <Button type="submit" variant="primary" size="lg" busy={pending}>
        Join
      </Button>
    </form>
  );
}
