import { can } from "@bandwise/core/kernel/policy";
import { getOwnAccount } from "@bandwise/core/people/account-queries";
import { Download } from "lucide-react";
import type { Metadata } from "next";
import type { ReactNode } from "react";
import {
  ChangePasswordForm,
  ErasureDialog,
  ProfileForm,
  WithdrawErasureDialog,
} from "@/features/people/account-forms.tsx";
import { timeZoneOptions } from "@/features/people/time-zones.ts";
import { forPage, requirePage } from "@/lib/guards.ts";
import { Badge } from "@/ui/badge.tsx";
import { buttonLook } from "@/ui/button.tsx";
import { formatDate } from "@/ui/format.ts";
import { LinkButton } from "@/ui/link-button.tsx";
import { PageHeader } from "@/ui/page-header.tsx";

export const metadata: Metadata = { title: "My data" };

export default async function AccountPage() {
  const context = await requirePage("account:own");
  const account = await forPage(getOwnAccount(context, {}));
  const { person, viewer } = context;
  const [extra] = account.accommodations;
  return (
    <main className="page">
      <PageHeader title="My data" note={account.email} />
      <div className="grid max-w-200 gap-12">
        <Part title="About you">
          <ProfileForm
            profile={{
              name: account.name,
              timeZone: account.timeZone,
              dateOfBirth: account.dateOfBirth?.toISOString().slice(0, 10) ?? "",
              firstLanguage: account.firstLanguage ?? "",
              school: account.school ?? "",
            }}
            zones={timeZoneOptions()}
          />
        </Part>
        {can(viewer, "booking:own") ? (
          <Part title="Extra time">
            {extra ? (
              <p>
                You have <b>{extra.extraTimePercent} % extra time</b> in every section, since{" "}
                {formatDate(extra.createdAt, person.timeZone)}. It is added when you check in.
              </p>
            ) : (
              <p className="measure text-ink-2">
                You have the standard time. If a condition slows you down, tell your centre before you book: it can
                grant extra time.
              </p>
            )}
          </Part>
        ) : null}
        <Part title="Password">
          <ChangePasswordForm email={account.email ?? ""} />
        </Part>
        <Part title="Second factor">
          <div className="flex flex-wrap items-center gap-x-4 gap-y-2">
            {account.totpEnabledAt === null ? <Badge>Off</Badge> : <Badge tone="ok">On</Badge>}
            <p className="min-w-0 flex-1 text-ink-2">
              {account.totpEnabledAt === null
                ? "A code from your phone, asked for after the password."
                : `On since ${formatDate(account.totpEnabledAt, person.timeZone)}, ${account.recoveryCodesLeft} of 10 recovery codes left.`}
            </p>
            <LinkButton href="/account/second-factor">
              {account.totpEnabledAt === null ? "Set up" : "Change"}
            </LinkButton>
          </div>
        </Part>
        <Part title="Take your data with you">
          <p className="measure pb-4 text-ink-2">
            One file (JSON) with everything kept about you: account, bookings, answers, results, certificates. It names
            each recording and the address that gives you its sound.
          </p>
          <a href="/api/account/data" className="btn" {...buttonLook({})} download>
            <Download aria-hidden="true" />
            Download my data
          </a>
        </Part>
        <Part title="Erase your data">
          {account.erasure ? (
            <div className="grid justify-items-start gap-4">
              <p>
                You asked for this on {formatDate(account.erasure.requestedAt, person.timeZone)}.{" "}
                {account.erasure.kind === "person:erase-request"
                  ? "It waits for two members of staff."
                  : "One member of staff has agreed; it waits for a second."}
              </p>
              {account.erasure.requestedById === person.id ? (
                <WithdrawErasureDialog approvalId={account.erasure.id} />
              ) : null}
            </div>
          ) : (
            <>
              <p className="measure pb-4 text-ink-2">
                Two members of staff must agree. An attempt that is still being marked is finished first.
              </p>
              <ErasureDialog />
            </>
          )}
        </Part>
      </div>
    </main>
  );
}

function Part({ title, children }: { title: string; children: ReactNode }) {
  return (
    <section className="rule-top pt-4">
      <h2 className="pb-4">{title}</h2>
      {children}
    </section>
  );
}
