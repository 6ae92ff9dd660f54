import { readAccountLink } from "@bandwise/core/people/account-queries";
import type { Metadata } from "next";
import { DeadLink } from "@/features/people/dead-link.tsx";
import { EntranceTitle } from "@/features/people/entrance.tsx";
import { VerifyEmailForm } from "@/features/people/entrance-forms.tsx";
import { requestContext } from "@/lib/context.ts";
import { forPage } from "@/lib/guards.ts";

export const metadata: Metadata = { title: "Confirm your address", referrer: "no-referrer" };

// A form, not the visit itself: mail programs open links by themselves to look at them.
export default async function VerifyEmailPage({ params }: { params: Promise<{ token: string }> }) {
  const { token } = await params;
  const link = await forPage(readAccountLink(await requestContext(), { token, kind: "verify_email" }));
  if (!link.usable) {
    return (
      <DeadLink href="/sign-in" label="Sign in">
        If you have confirmed your address already, sign in. Otherwise sign in too: we then send you a new link.
      </DeadLink>
    );
  }
  return (
    <>
      <EntranceTitle title="Confirm your address">{link.email}</EntranceTitle>
      <VerifyEmailForm token={token} email={link.email} />
    </>
  );
}
