import type { Metadata } from "next";
import { EntranceTitle } from "@/features/people/entrance.tsx";
import { RegisterForm } from "@/features/people/entrance-forms.tsx";
import { TextLink } from "@/ui/link-button.tsx";

export const metadata: Metadata = { title: "Create an account" };

export default function RegisterPage() {
  return (
    <>
      <EntranceTitle title="Create an account">For candidates. Staff are invited by their centre.</EntranceTitle>
      <RegisterForm />
      <p className="mt-5">
        Have one already? <TextLink href="/sign-in">Sign in</TextLink>
      </p>
      <p className="mt-3 text-ui text-ink-2">
        What we keep and why: <TextLink href="/privacy">privacy notice</TextLink>.
      </p>
    </>
  );
}
