"use client";

import { useActionForm } from "@/features/forms/use-action-form.ts";
import { Button } from "@/ui/button.tsx";
import { TextLink } from "@/ui/link-button.tsx";
import { FormError } from "@/ui/notice.tsx";
import { PasswordField } from "@/ui/password-field.tsx";
import { TextField } from "@/ui/text-field.tsx";
import { finishSignInAction, signInAction } from "./session-actions.ts";

export function SignInForm({ next }: { next: string }) {
  const { form, pending, error } = useActionForm(signInAction);
  return (
    <form {...form} className="grid gap-5">
      <FormError>{error}</FormError>
      <input type="hidden" name="next" value={next} />
      <TextField label="E-mail" name="email" type="email" autoComplete="username" size="lg" required autoFocus />
      <PasswordField
        label="Password"
        name="password"
        required
        aside={
          <TextLink href="/forgot-password" className="text-ui">
            Forgotten it?
          </TextLink>
        }
      />
      <Button type="submit" variant="primary" size="lg" busy={pending}>
        Sign in
      </Button>
    </form>
  );
}

export function SecondStepForm({ next }: { next: string }) {
  const { form, pending, error } = useActionForm(finishSignInAction);
  return (
    <form {...form} className="grid gap-5">
      <FormError>{error}</FormError>
      <input type="hidden" name="next" value={next} />
      <TextField
        label="Code"
        name="code"
        size="lg"
        code
        autoComplete="one-time-code"
        description="Six digits from your authenticator app, or one of your recovery codes."
        required
        autoFocus
      />
      <Button type="submit" variant="primary" size="lg" busy={pending}>
        Sign in
      </Button>
    </form>
  );
}
