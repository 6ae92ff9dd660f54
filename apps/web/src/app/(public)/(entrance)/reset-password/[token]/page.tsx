import { readAccountLink } from "@bandwise/core/people/account-queries";
import type { Metadata } from "next";
import { DeadLink } from "@/features/people/dead-link.tsx";
import { EntranceTitle } from "@/features/people/entrance.tsx";
import { ResetPasswordForm } from "@/features/people/entrance-forms.tsx";
import { requestContext } from "@/lib/context.ts";
import { forPage } from "@/lib/guards.ts";

export const metadata: Metadata = { title: "Set a new password", referrer: "no-referrer" };

export default async function ResetPasswordPage({ params }: { params: Promise<{ token: string }> }) {
  const { token } = await params;
  const link = await forPage(readAccountLink(await requestContext(), { token, kind: "reset_password" }));
  if (!link.usable) {
    return (
      <DeadLink href="/forgot-password" label="Ask for a new link">
        Your password is as it was.
      </DeadLink>
    );
  }
  return (
    <>
      <EntranceTitle title="Set a new password">{link.email}</EntranceTitle>
      <ResetPasswordForm token={token} email={link.email} />
    </>
  );
}
