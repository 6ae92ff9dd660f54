import { readInvitation } from "@bandwise/core/people/account-queries";
import { roleTitles } from "@bandwise/core/people/rules";
import type { Metadata } from "next";
import { DeadLink } from "@/features/people/dead-link.tsx";
import { EntranceTitle } from "@/features/people/entrance.tsx";
import { AcceptInvitationForm } from "@/features/people/entrance-forms.tsx";
import { requestContext } from "@/lib/context.ts";
import { forPage } from "@/lib/guards.ts";

export const metadata: Metadata = { title: "Invitation", referrer: "no-referrer" };

export default async function InvitationPage({ params }: { params: Promise<{ token: string }> }) {
  const { token } = await params;
  const invitation = await forPage(readInvitation(await requestContext(), { token }));
  if (!invitation.usable) {
    return (
      <DeadLink href="/sign-in" label="Sign in">
        If you have joined already, sign in. Otherwise ask whoever invited you to send it again.
      </DeadLink>
    );
  }
  const titles = invitation.roles.map((role) => roleTitles[role].toLowerCase());
  return (
    <>
      <EntranceTitle title="You are invited">
        As {titles.join(", ")}, with the address {invitation.email}.
      </EntranceTitle>
      <AcceptInvitationForm token={token} name={invitation.name} />
    </>
  );
}
