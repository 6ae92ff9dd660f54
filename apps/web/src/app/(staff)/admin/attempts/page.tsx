import { listAttempts } from "@bandwise/core/delivery/queries";
import { attemptStates, listAttemptsInput } from "@bandwise/core/delivery/schema";
import { TriangleAlert } from "lucide-react";
import type { Metadata } from "next";
import { StateBadge } from "@/features/attempts/state-badge.tsx";
import { attemptStateWords } from "@/features/bookings/words.ts";
import { sectionWords } from "@/features/exam/words.ts";
import { pageLinks } from "@/features/lists/page-links.ts";
import { type StaffPageProps, staffPage } from "@/lib/staff-page.tsx";
import { Badge } from "@/ui/badge.tsx";
import { DataTable } from "@/ui/data-table.tsx";
import { EmptyState } from "@/ui/empty-state.tsx";
import { FilterBar, FilterCheck, FilterSearch, FilterSelect } from "@/ui/filter-bar.tsx";
import { formatDateTime } from "@/ui/format.ts";
import { PageHeader } from "@/ui/page-header.tsx";
import { Pagination } from "@/ui/pagination.tsx";
import { StaffPage } from "@/ui/staff-shell.tsx";
import { firstParam } from "@/ui/url.ts";

export const metadata: Metadata = { title: "Attempts" };

export default staffPage("attempt:watch", "Attempts", AttemptsPage);

async function AttemptsPage({ searchParams, context }: StaffPageProps) {
  const params = await searchParams;
  const state = firstParam(params.state);
  const search = firstParam(params.search);
  const attention = firstParam(params.attention);
  const given = listAttemptsInput.safeParse({
    page: firstParam(params.page),
    ...(state && { state }),
    ...(search && { search }),
    ...(attention && { attention }),
  });
  const list = await listAttempts(context, given.success ? given.data : {});
  return (
    <StaffPage>
      <PageHeader level="staff" title="Attempts" />
      <FilterBar resetHref={state || search || attention ? "/admin/attempts" : undefined}>
        <FilterSearch
          name="search"
          label="Search by name or reference"
          placeholder="Name or reference"
          defaultValue={search}
        />
        <FilterSelect
          name="state"
          label="State"
          defaultValue={state}
          options={[
            { value: "", label: "Any state" },
            ...attemptStates.map((value) => ({ value, label: attemptStateWords[value] ?? value })),
          ]}
        />
        <FilterCheck name="attention" defaultChecked={attention !== undefined}>
          Needs a look
        </FilterCheck>
      </FilterBar>
      <DataTable
        caption="Attempts"
        rows={list.rows}
        rowKey={(row) => row.id}
        rowHref={(row) => `/admin/attempts/${row.id}`}
        columns={[
          { id: "name", header: "Candidate", phone: "title", cell: (row) => row.candidate.name },
          { id: "reference", header: "Reference", cell: (row) => <span className="font-code">{row.reference}</span> },
          { id: "programme", header: "Programme", cell: (row) => row.sitting.programme.title },
          {
            id: "sitting",
            header: "Sitting",
            className: "wide:whitespace-nowrap",
            cell: (row) => formatDateTime(row.sitting.startsAt, row.sitting.centre.timeZone),
          },
          {
            id: "state",
            header: "State",
            cell: (row) => (
              <span className="inline-flex items-center gap-2">
                <StateBadge state={row.status} />
                {row.reviewReason ? (
                  <Badge tone="warn" icon={<TriangleAlert aria-hidden="true" />}>
                    Look
                  </Badge>
                ) : null}
              </span>
            ),
          },
          {
            id: "progress",
            header: "Progress",
            className: "wide:whitespace-nowrap",
            cell: (row) => {
              const open = row.sections.find((section) => section.status === "open");
              if (open) return `In ${sectionWords[open.skill].name}`;
              const closed = row.sections.filter((section) => section.status === "closed").length;
              const settled = row.scripts.filter((script) => script.status === "settled").length;
              if (row.scripts.length > 0) return `${settled} of ${row.scripts.length} scripts marked`;
              return row.sections.length > 0 ? `${closed} of ${row.sections.length} sections` : "–";
            },
          },
        ]}
        empty={<EmptyState title="No attempt fits">Change or clear the filters.</EmptyState>}
      />
      <Pagination {...pageLinks("/admin/attempts", params, list)} />
    </StaffPage>
  );
}
