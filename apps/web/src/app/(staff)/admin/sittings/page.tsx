import { getSittingChoices, listSittings } from "@bandwise/core/delivery/queries";
import { listSittingsInput } from "@bandwise/core/delivery/schema";
import { can } from "@bandwise/core/kernel/policy";
import type { Metadata } from "next";
import { endWords } from "@/features/bookings/words.ts";
import { pageLinks } from "@/features/lists/page-links.ts";
import { SittingDialog } from "@/features/sittings/sitting-dialog.tsx";
import { requirePage } from "@/lib/guards.ts";
import { Badge } from "@/ui/badge.tsx";
import { DataTable } from "@/ui/data-table.tsx";
import { EmptyState } from "@/ui/empty-state.tsx";
import { FilterBar, FilterSelect } from "@/ui/filter-bar.tsx";
import { formatDateTime } from "@/ui/format.ts";
import { PageHeader } from "@/ui/page-header.tsx";
import { Pagination } from "@/ui/pagination.tsx";
import { StaffPage } from "@/ui/staff-shell.tsx";
import { firstParam, type SearchParams } from "@/ui/url.ts";

export const metadata: Metadata = { title: "Sittings" };

export default async function SittingsPage({ searchParams }: { searchParams: Promise<SearchParams> }) {
  const params = await searchParams;
  const context = await requirePage("attempt:watch");
  const when = firstParam(params.when);
  const given = listSittingsInput.safeParse({ page: firstParam(params.page), when });
  const list = await listSittings(context, given.success ? given.data : {});
  const choices = can(context.viewer, "sitting:manage") ? await getSittingChoices(context, {}) : null;
  return (
    <StaffPage>
      <PageHeader level="staff" title="Sittings" actions={choices ? <SittingDialog choices={choices} /> : null} />
      <FilterBar resetHref={when ? "/admin/sittings" : undefined}>
        <FilterSelect
          name="when"
          label="When"
          defaultValue={when}
          options={[
            { value: "", label: "Coming and open" },
            { value: "past", label: "Past" },
            { value: "all", label: "All" },
          ]}
        />
      </FilterBar>
      <DataTable
        caption="Sittings"
        rows={list.rows}
        rowKey={(row) => row.id}
        rowHref={(row) => `/admin/sittings/${row.id}`}
        columns={[
          {
            id: "starts",
            header: "Begins",
            phone: "title",
            cell: (row) => formatDateTime(row.startsAt, row.centre.timeZone),
          },
          { id: "ends", header: "Until", cell: (row) => endWords(row.startsAt, row.endsAt, row.centre.timeZone) },
          { id: "centre", header: "Centre", cell: (row) => row.centre.name },
          { id: "programme", header: "Programme", cell: (row) => row.programme.title },
          {
            id: "taken",
            header: "Booked",
            align: "right",
            cell: (row) => `${row.taken} of ${row.capacity}`,
          },
          {
            id: "state",
            header: "State",
            cell: (row) =>
              row.cancelledAt ? (
                <Badge tone="bad">Cancelled</Badge>
              ) : row.endsAt < context.clock.now() ? (
                <Badge>Over</Badge>
              ) : row.startsAt <= context.clock.now() ? (
                <Badge tone="accent">Open now</Badge>
              ) : (
                <Badge tone="ok">Bookable</Badge>
              ),
          },
        ]}
        empty={<EmptyState title="No sitting here">Open one, and candidates can book it at once.</EmptyState>}
      />
      <Pagination {...pageLinks("/admin/sittings", params, list)} />
    </StaffPage>
  );
}
