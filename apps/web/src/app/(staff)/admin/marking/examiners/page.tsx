import { listHolds, listMarkers } from "@bandwise/core/marking/lead-queries";
import type { Metadata } from "next";
import { withdrawAction } from "@/features/marking/lead-actions.ts";
import { LeadTabs } from "@/features/marking/lead-tabs.tsx";
import { ReasonDialog } from "@/features/marking/reason-dialog.tsx";
import { stateWords } from "@/features/marking/standing.tsx";
import { skillName, skillNames } from "@/features/marking/words.ts";
import { forPage, requirePage } from "@/lib/guards.ts";
import { Badge } from "@/ui/badge.tsx";
import { DataTable } from "@/ui/data-table.tsx";
import { EmptyState } from "@/ui/empty-state.tsx";
import { formatDateTime, formatShortDate } from "@/ui/format.ts";
import { PageHeader, SectionHeader } from "@/ui/page-header.tsx";
import { StaffPage } from "@/ui/staff-shell.tsx";

export const metadata: Metadata = { title: "Examiners" };

export default async function ExaminersPage() {
  const context = await requirePage("marking:lead");
  const [{ rows }, holds] = await forPage(Promise.all([listMarkers(context, {}), listHolds(context, {})]));
  const { timeZone, id: own } = context.person;
  return (
    <StaffPage>
      <PageHeader
        level="staff"
        title="Marking quality"
        note="Who is qualified, how seeds went, whose queue stands still"
      />
      <LeadTabs current="/admin/marking/examiners" />
      <SectionHeader level="staff" title="Holds" note="Two missed seeds hold a queue until you decide." />
      <DataTable
        caption="Holds, those that wait first"
        rows={holds}
        rowKey={({ id }) => id}
        rowHref={({ id }) => `/admin/marking/holds/${id}`}
        empty={<EmptyState title="No queue was ever held">Seeds have been met within tolerance.</EmptyState>}
        columns={[
          { id: "who", header: "Examiner", cell: (row) => row.person.name },
          { id: "skill", header: "Skill", cell: (row) => skillName(row.skill) },
          { id: "at", header: "Since", cell: (row) => formatDateTime(row.openedAt, timeZone) },
          { id: "appeal", header: "Appeal", cell: (row) => (row.appealedAt ? "yes" : "no") },
          {
            id: "state",
            header: "State",
            cell: (row) =>
              row.decidedAt === null ? (
                <Badge tone="warn">Waits for you</Badge>
              ) : (
                <Badge tone="ok">{row.verdict === "lifted" ? "Goes on" : "Qualifies again"}</Badge>
              ),
          },
          { id: "back", header: "Sent back", align: "right", cell: (row) => row.sentBack ?? "–" },
        ]}
      />
      <SectionHeader level="staff" title="Examiners" />
      <DataTable
        caption="Examiners by skill"
        rows={rows}
        rowKey={(row) => `${row.personId} ${row.skill}`}
        empty={<EmptyState title="Nobody marks yet">Invite examiners under People.</EmptyState>}
        columns={[
          { id: "name", header: "Examiner", cell: (row) => (row.senior ? `${row.name} (senior)` : row.name) },
          { id: "skill", header: "Skill", cell: (row) => skillNames[row.skill] },
          {
            id: "state",
            header: "Qualification",
            cell: (row) => (
              <span className="inline-flex flex-wrap items-center gap-2">
                <Badge tone={stateWords[row.state].tone}>{stateWords[row.state].words}</Badge>
                {row.state === "qualified" && row.newest?.validUntil ? (
                  <span className="text-ink-3">until {formatShortDate(row.newest.validUntil, timeZone)}</span>
                ) : null}
                {row.hold ? <Badge tone="bad">Held</Badge> : null}
              </span>
            ),
          },
          { id: "marks", header: "Marks in 30 days", align: "right", cell: (row) => row.marks },
          {
            id: "seeds",
            header: "Latest seeds",
            cell: (row) =>
              row.seeds.length === 0 ? (
                <span className="text-ink-3">none yet</span>
              ) : (
                <span className="font-code tracking-widest">
                  <span aria-hidden="true">{row.seeds.map((missed) => (missed ? "✕" : "·")).join("")}</span>
                  <span className="sr-only">
                    {row.seeds.filter(Boolean).length} of {row.seeds.length} missed
                  </span>
                </span>
              ),
          },
          {
            id: "actions",
            header: <span className="sr-only">Actions</span>,
            align: "right",
            phone: "plain",
            cell: (row) =>
              row.state === "qualified" && row.personId !== own ? (
                <ReasonDialog
                  label="Ask to qualify again"
                  title={`Withdraw the ${skillNames[row.skill]} qualification of ${row.name}?`}
                  consequence="No live scripts of this skill until both sets are passed again. Marks given so far stay."
                  field="Reason, such as the drift you see"
                  danger
                  action={withdrawAction.bind(null, row.personId, row.skill)}
                />
              ) : null,
          },
        ]}
      />
    </StaffPage>
  );
}
