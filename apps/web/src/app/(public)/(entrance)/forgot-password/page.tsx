import type { Metadata } from "next";
import { EntranceTitle } from "@/features/people/entrance.tsx";
import { ForgotPasswordForm } from "@/features/people/entrance-forms.tsx";
import { TextLink } from "@/ui/link-button.tsx";

export const metadata: Metadata = { title: "Forgotten password" };

export default function ForgotPasswordPage() {
  return (
    <>
      <EntranceTitle title="Set a new password">We send a link to your address.</EntranceTitle>
      <ForgotPasswordForm />
      <p className="mt-5">
        <TextLink href="/sign-in">Back to signing in</TextLink>
      </p>
    </>
  );
}
