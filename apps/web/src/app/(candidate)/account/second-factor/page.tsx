import { getOwnAccount } from "@bandwise/core/people/account-queries";
import type { Metadata } from "next";
import { RenewRecoveryCodes, SetUpSecondFactor, TurnOffSecondFactor } from "@/features/people/second-factor-forms.tsx";
import { forPage, requirePage } from "@/lib/guards.ts";
import { TextLink } from "@/ui/link-button.tsx";
import { Notice } from "@/ui/notice.tsx";
import { PageHeader } from "@/ui/page-header.tsx";

export const metadata: Metadata = { title: "Second factor" };

export default async function SecondFactorPage() {
  const context = await requirePage("account:own");
  const account = await forPage(getOwnAccount(context, {}));
  const on = account.totpEnabledAt !== null;
  const required = context.person.roles.includes("admin") && !context.settings.demo;
  return (
    <main className="page">
      <PageHeader
        eyebrow={<TextLink href="/account">My data</TextLink>}
        title="Second factor"
        note="After your password, a code that only your phone knows."
      />
      <div className="grid max-w-200 gap-8">
        {required && !on ? (
          <Notice tone="warn" title="Admins need a second factor">
            Set it up here; the staff pages open afterwards.
          </Notice>
        ) : null}
        {on ? (
          <>
            <RenewRecoveryCodes left={account.recoveryCodesLeft} />
            {required ? null : (
              <div className="rule-top pt-4">
                <TurnOffSecondFactor />
              </div>
            )}
          </>
        ) : (
          <SetUpSecondFactor />
        )}
      </div>
    </main>
  );
}
