import { type FormSetRow, listFormSets } from "@bandwise/core/bank/form-set-queries";
import { can } from "@bandwise/core/kernel/policy";
import { Plus } from "lucide-react";
import type { Metadata } from "next";
import { BankPlaces } from "@/features/bank/bank-places.tsx";
import { overlapNames, SetState } from "@/features/bank/form-sets/set-state.tsx";
import { formSetPath, formSetsPath, newFormSetPath } from "@/features/bank/list-params.ts";
import { pageLinks } from "@/features/lists/page-links.ts";
import { forPage, requirePage } from "@/lib/guards.ts";
import { type Column, DataTable } from "@/ui/data-table.tsx";
import { EmptyState } from "@/ui/empty-state.tsx";
import { formatDate } from "@/ui/format.ts";
import { LinkButton } from "@/ui/link-button.tsx";
import { PageHeader } from "@/ui/page-header.tsx";
import { Pagination } from "@/ui/pagination.tsx";
import { StaffPage } from "@/ui/staff-shell.tsx";
import { firstParam, type SearchParams } from "@/ui/url.ts";

export const metadata: Metadata = { title: "Forms" };

export default async function FormSetsPage({ searchParams }: { searchParams: Promise<SearchParams> }) {
  const context = await requirePage("item:read");
  const asked = await searchParams;
  const page = firstParam(asked.page);
  const sets = await forPage(listFormSets(context, page ? { page } : {}));
  const mayMake = can(context.viewer, "form-set:manage");
  const columns: readonly Column<FormSetRow>[] = [
    { id: "name", header: "Set", phone: "title", cell: (row) => row.name },
    { id: "programme", header: "Programme", cell: (row) => `${row.programme.title}, version ${row.programme.version}` },
    { id: "forms", header: "Forms", align: "right", cell: (row) => row.forms },
    { id: "tolerance", header: "Tolerance", align: "right", cell: (row) => `±${row.tolerance.toFixed(2)}` },
    { id: "overlap", header: "In common", cell: (row) => overlapNames[row.overlap] },
    { id: "made", header: "Made", cell: (row) => formatDate(row.createdAt, context.person.timeZone) },
    { id: "state", header: "State", cell: (row) => <SetState {...row} /> },
  ];
  return (
    <StaffPage>
      <PageHeader
        level="staff"
        title="Forms"
        note="Parallel fixed forms, for centres that want the same few for everybody."
        actions={
          mayMake ? (
            <LinkButton href={newFormSetPath} variant="primary" size="sm" icon={<Plus aria-hidden="true" />}>
              New form set
            </LinkButton>
          ) : null
        }
      />
      <BankPlaces viewer={context.viewer} current={formSetsPath} />
      <DataTable
        caption="Form sets, the newest first"
        rows={sets.rows}
        rowKey={(row) => row.id}
        rowHref={(row) => formSetPath(row.id)}
        columns={columns}
        empty={
          <EmptyState title="No form set yet">
            Without one every candidate gets a form of their own, which is what keeps items fresh longest. Make a set
            where a centre needs printed or identical forms.
          </EmptyState>
        }
      />
      <Pagination {...pageLinks(formSetsPath, asked, sets)} />
    </StaffPage>
  );
}
