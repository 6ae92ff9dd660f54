import { listSubjectHistory } from "@bandwise/core/audit/queries";
import { getPerson, listCentreOptions } from "@bandwise/core/people/queries";
import type { Metadata } from "next";
import type { ReactNode } from "react";
import { attemptStateWords } from "@/features/bookings/words.ts";
import { actionWords, actorWords, detailWords, momentWords } from "@/features/people/audit-words.tsx";
import { StatusBadge } from "@/features/people/person-badges.tsx";
import {
  EndExtraTimeDialog,
  ExtraTimeForm,
  ReinstateDialog,
  RolesForm,
  SuspendDialog,
} from "@/features/people/person-forms.tsx";
import { forPage, requirePage } from "@/lib/guards.ts";
import { DefinitionList } from "@/ui/definition-list.tsx";
import { formatDate, formatDateTime, formatShortDate } from "@/ui/format.ts";
import { TextLink } from "@/ui/link-button.tsx";
import { PageHeader, SectionHeader } from "@/ui/page-header.tsx";
import { StaffPage } from "@/ui/staff-shell.tsx";

export const metadata: Metadata = { title: "Person" };

export default async function PersonPage({ params }: { params: Promise<{ personId: string }> }) {
  const { personId } = await params;
  const context = await requirePage("person:manage");
  const person = await forPage(getPerson(context, { personId }));
  const [history, centres] = await Promise.all([
    listSubjectHistory(context, { subjectType: "person", subjectId: personId }),
    listCentreOptions(context, {}),
  ]);
  const zone = context.person.timeZone;
  const running = person.accommodations.find((one) => one.endedAt === null);
  const isSelf = context.person.id === personId;
  return (
    <StaffPage>
      <p className="pt-3 text-dense">
        <TextLink href="/admin/people">People</TextLink>
      </p>
      <PageHeader
        level="staff"
        title={person.name}
        note={<StatusBadge status={person.status} emailVerifiedAt={person.emailVerifiedAt} />}
        actions={
          isSelf || person.status === "erased" ? null : person.status === "suspended" ? (
            <ReinstateDialog personId={person.id} name={person.name} />
          ) : (
            <SuspendDialog personId={person.id} name={person.name} />
          )
        }
      />
      <div className="grid items-start gap-x-8 gap-y-6 desk:grid-cols-2">
        <Part title="Account">
          <DefinitionList
            dense
            items={[
              { term: "E-mail", detail: person.email ?? "Erased" },
              {
                term: "Confirmed",
                detail: person.emailVerifiedAt === null ? "Not yet" : formatDateTime(person.emailVerifiedAt, zone),
              },
              {
                term: "Second factor",
                detail: person.totpEnabledAt === null ? "Off" : `On since ${formatDate(person.totpEnabledAt, zone)}`,
              },
              {
                term: "Date of birth",
                detail: person.dateOfBirth === null ? "Not given" : formatDate(person.dateOfBirth, "UTC"),
              },
              { term: "Time zone", detail: person.timeZone },
              { term: "Since", detail: formatDate(person.createdAt, zone) },
              ...(person.suspendedAt === null
                ? []
                : [{ term: "Suspended", detail: formatDateTime(person.suspendedAt, zone) }]),
            ]}
          />
        </Part>
        {person.status === "erased" ? null : (
          <Part title="Roles">
            <RolesForm personId={person.id} grants={person.roles} centres={centres} />
          </Part>
        )}
        {person.status === "erased" ? null : (
          <Part title="Extra time">
            {running ? (
              <div className="flex flex-wrap items-center justify-between gap-3 pb-4">
                <p>
                  <b>{running.extraTimePercent} %</b> since {formatShortDate(running.createdAt, zone)}: {running.reason}
                </p>
                <EndExtraTimeDialog personId={person.id} />
              </div>
            ) : (
              <p className="pb-3 text-ink-2">None. It would be added to every section when the person checks in.</p>
            )}
            <ExtraTimeForm personId={person.id} />
          </Part>
        )}
        <Part title="Attempts">
          {person.attempts.length === 0 ? (
            <p className="text-ink-2">None booked.</p>
          ) : (
            <ul className="grid">
              {person.attempts.map((attempt) => (
                <li key={attempt.id} className="flex min-h-8 items-center gap-4 border-t border-line first:border-0">
                  <TextLink href={`/admin/attempts/${attempt.id}`} className="font-code">
                    {attempt.reference}
                  </TextLink>
                  <span>{attemptStateWords[attempt.status] ?? attempt.status}</span>
                  <span className="ml-auto text-ink-3">{formatShortDate(attempt.bookedAt, zone)}</span>
                </li>
              ))}
            </ul>
          )}
        </Part>
      </div>
      <div className="h-6" />
      <Part title="History">
        {history.length === 0 ? (
          <p className="text-ink-2">Nothing yet.</p>
        ) : (
          <ol className="grid text-dense">
            {history.map((row) => (
              <li
                key={row.id}
                className="grid min-h-8 items-center gap-x-4 border-t border-line py-1 first:border-0 wide:grid-cols-[10rem_14rem_minmax(0,1fr)_12rem]"
              >
                <span className="text-ink-3 tabular-nums">{momentWords(row.at, zone)}</span>
                <span>{actionWords(row.action)}</span>
                <span className="min-w-0 break-words text-ink-2">{detailWords(row.detail)}</span>
                <span className="text-ink-2 wide:text-right">{actorWords(row)}</span>
              </li>
            ))}
          </ol>
        )}
      </Part>
    </StaffPage>
  );
}

function Part({ title, children }: { title: string; children: ReactNode }) {
  return (
    <section className="rule-top">
      <SectionHeader level="staff" title={title} />
      {children}
    </section>
  );
}
