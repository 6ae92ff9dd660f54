import { pageInput } from "@bandwise/core/kernel/page";
import { listCentres } from "@bandwise/core/people/queries";
import type { Metadata } from "next";
import { pageLinks } from "@/features/lists/page-links.ts";
import { CentreDialog } from "@/features/people/centre-dialog.tsx";
import { timeZoneOptions } from "@/features/people/time-zones.ts";
import { requirePage } from "@/lib/guards.ts";
import { DataTable } from "@/ui/data-table.tsx";
import { EmptyState } from "@/ui/empty-state.tsx";
import { PageHeader } from "@/ui/page-header.tsx";
import { Pagination } from "@/ui/pagination.tsx";
import { StaffPage } from "@/ui/staff-shell.tsx";
import { firstParam, type SearchParams } from "@/ui/url.ts";

export const metadata: Metadata = { title: "Centres" };

export default async function CentresPage({ searchParams }: { searchParams: Promise<SearchParams> }) {
  const params = await searchParams;
  const context = await requirePage("centre:manage");
  const given = pageInput.safeParse({ page: firstParam(params.page) });
  const list = await listCentres(context, given.success ? given.data : {});
  const zones = timeZoneOptions();
  return (
    <StaffPage>
      <PageHeader level="staff" title="Centres" actions={<CentreDialog zones={zones} />} />
      <DataTable
        caption="Centres"
        rows={list.rows}
        rowKey={(centre) => centre.id}
        columns={[
          { id: "name", header: "Name", cell: (centre) => centre.name },
          { id: "address", header: "Address", cell: (centre) => centre.address },
          { id: "zone", header: "Time zone", cell: (centre) => centre.timeZone.replaceAll("_", " ") },
          { id: "sittings", header: "Sittings", align: "right", cell: (centre) => centre._count.sittings },
          { id: "staff", header: "Tied staff roles", align: "right", cell: (centre) => centre._count.staff },
          {
            id: "do",
            header: <span className="sr-only">Actions</span>,
            align: "right",
            phone: "plain",
            cell: (centre) => <CentreDialog centre={centre} zones={zones} />,
          },
        ]}
        empty={<EmptyState title="No centre yet">A sitting is held at a centre: make the first one.</EmptyState>}
      />
      <Pagination {...pageLinks("/admin/centres", params, list)} />
    </StaffPage>
  );
}
