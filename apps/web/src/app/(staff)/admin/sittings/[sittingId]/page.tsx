import { getSitting, getSittingChoices } from "@bandwise/core/delivery/queries";
import { can } from "@bandwise/core/kernel/policy";
import type { Metadata } from "next";
import { StateBadge } from "@/features/attempts/state-badge.tsx";
import { CancelSitting } from "@/features/sittings/cancel-sitting.tsx";
import { SittingDialog } from "@/features/sittings/sitting-dialog.tsx";
import { wallClock } from "@/features/sittings/zoned-time.ts";
import { forPage, requirePage } from "@/lib/guards.ts";
import { DataTable } from "@/ui/data-table.tsx";
import { DefinitionList } from "@/ui/definition-list.tsx";
import { EmptyState } from "@/ui/empty-state.tsx";
import { formatDateTime } from "@/ui/format.ts";
import { TextLink } from "@/ui/link-button.tsx";
import { Notice } from "@/ui/notice.tsx";
import { PageHeader, SectionHeader } from "@/ui/page-header.tsx";
import { StaffPage } from "@/ui/staff-shell.tsx";

export const metadata: Metadata = { title: "Sitting" };

export default async function SittingPage({ params }: { params: Promise<{ sittingId: string }> }) {
  const context = await requirePage("attempt:watch");
  const sitting = await forPage(getSitting(context, await params));
  const choices = can(context.viewer, "sitting:manage") ? await getSittingChoices(context, {}) : null;
  const { timeZone } = sitting.centre;
  const at = (instant: Date) => formatDateTime(instant, timeZone);
  const open = sitting.attempts.filter((attempt) => attempt.status === "booked" || attempt.status === "checked_in");
  return (
    <StaffPage>
      <PageHeader
        level="staff"
        title={`${sitting.programme.title}, ${at(sitting.startsAt)}`}
        note={sitting.centre.name}
        actions={
          choices && !sitting.cancelledAt ? (
            <>
              <SittingDialog
                choices={choices}
                sitting={{
                  sittingId: sitting.id,
                  centreId: sitting.centre.id,
                  programmeId: sitting.programme.id,
                  formSetId: sitting.formSet?.id ?? "",
                  startsAt: wallClock(sitting.startsAt, timeZone),
                  endsAt: wallClock(sitting.endsAt, timeZone),
                  bookBefore: wallClock(sitting.bookBefore, timeZone),
                  changeBefore: wallClock(sitting.changeBefore, timeZone),
                  capacity: sitting.capacity,
                }}
              />
              <CancelSitting sittingId={sitting.id} booked={open.length} />
            </>
          ) : null
        }
      />
      {sitting.cancelledAt ? (
        <Notice tone="bad" title={`Cancelled on ${at(sitting.cancelledAt)}`}>
          {sitting.cancelReason}
        </Notice>
      ) : null}
      <DefinitionList
        dense
        className="grid max-w-[52rem] wide:grid-cols-2 wide:gap-x-8"
        items={[
          { term: "Begins", detail: at(sitting.startsAt) },
          { term: "Until", detail: at(sitting.endsAt) },
          { term: "Book before", detail: at(sitting.bookBefore) },
          { term: "Change before", detail: at(sitting.changeBefore) },
          { term: "Places", detail: `${sitting.taken} of ${sitting.capacity} taken` },
          {
            term: "Forms",
            detail: sitting.formSet ? (
              choices ? (
                <TextLink href={`/admin/bank/forms/${sitting.formSet.id}`}>Set “{sitting.formSet.name}”</TextLink>
              ) : (
                `Set “${sitting.formSet.name}”`
              )
            ) : (
              "one for each candidate"
            ),
          },
          { term: "Time zone", detail: timeZone.replaceAll("_", " ") },
        ]}
      />
      <SectionHeader level="staff" title="Who is booked" note={`${sitting.attempts.length} in all`} />
      <DataTable
        caption="Bookings of this sitting"
        rows={sitting.attempts}
        rowKey={(row) => row.id}
        rowHref={(row) => `/admin/attempts/${row.id}`}
        columns={[
          { id: "name", header: "Candidate", phone: "title", cell: (row) => row.candidate.name },
          { id: "reference", header: "Reference", cell: (row) => <span className="font-code">{row.reference}</span> },
          { id: "state", header: "State", cell: (row) => <StateBadge state={row.status} /> },
          {
            id: "extra",
            header: "Extra time",
            align: "right",
            cell: (row) => {
              const percent =
                row.status === "booked"
                  ? Math.max(0, ...row.candidate.accommodations.map((entry) => entry.extraTimePercent))
                  : row.extraTimePercent;
              return percent > 0 ? `${percent} %` : "–";
            },
          },
          ...(sitting.formSet
            ? [
                {
                  id: "form",
                  header: "Form",
                  cell: (row: (typeof sitting.attempts)[number]) => row.fixedForm?.label ?? "–",
                },
              ]
            : []),
          { id: "booked", header: "Booked", cell: (row) => at(row.bookedAt) },
        ]}
        empty={<EmptyState title="Nobody has booked yet" />}
      />
    </StaffPage>
  );
}
