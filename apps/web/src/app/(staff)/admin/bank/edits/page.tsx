import { type BulkEditRow, listBulkEdits } from "@bandwise/core/bank/bulk-queries";
import { can } from "@bandwise/core/kernel/policy";
import { Undo2 } from "lucide-react";
import type { Metadata } from "next";
import { BankPlaces } from "@/features/bank/bank-places.tsx";
import { undoBulkEditAction } from "@/features/bank/bulk-actions.ts";
import { changeWords } from "@/features/bank/bulk-change.ts";
import { bulkEditsPath } from "@/features/bank/list-params.ts";
import { pageLinks } from "@/features/lists/page-links.ts";
import { forPage, requirePage } from "@/lib/guards.ts";
import { ConfirmDialog } from "@/ui/confirm-dialog.tsx";
import { type Column, DataTable } from "@/ui/data-table.tsx";
import { EmptyState } from "@/ui/empty-state.tsx";
import { formatCount, formatDateTime, formatInteger } from "@/ui/format.ts";
import { PageHeader } from "@/ui/page-header.tsx";
import { Pagination } from "@/ui/pagination.tsx";
import { StaffPage } from "@/ui/staff-shell.tsx";
import { firstParam, type SearchParams } from "@/ui/url.ts";

export const metadata: Metadata = { title: "Bulk edits" };

export default async function BulkEditsPage({ searchParams }: { searchParams: Promise<SearchParams> }) {
  const context = await requirePage("item:read");
  const asked = await searchParams;
  const page = firstParam(asked.page);
  const list = await forPage(listBulkEdits(context, { ...(page && { page }) }));
  const mayUndo = can(context.viewer, "item:write");
  const { timeZone } = context.person;
  const columns: Column<BulkEditRow>[] = [
    {
      id: "at",
      header: "When",
      cell: (row) => <span className="whitespace-nowrap">{formatDateTime(row.at, timeZone)}</span>,
    },
    { id: "change", header: "Change", cell: (row) => <b className="block min-w-40">{changeWords(row.change)}</b> },
    { id: "items", header: "Items", align: "right", cell: (row) => formatInteger(row.items) },
    { id: "reason", header: "Reason", className: "w-full", cell: (row) => row.reason },
    { id: "by", header: "By", cell: (row) => <span className="whitespace-nowrap">{row.by}</span> },
    {
      id: "undo",
      header: "Taken back",
      cell: (row) =>
        row.undoneAt ? (
          <span className="whitespace-nowrap">
            {row.undoneBy}, {formatDateTime(row.undoneAt, timeZone)}
          </span>
        ) : row.undoable && mayUndo ? (
          <ConfirmDialog
            triggerLabel="Undo"
            triggerSize="sm"
            triggerIcon={<Undo2 className="ico" aria-hidden="true" />}
            title="Take this bulk edit back?"
            consequence={
              <p>
                {formatCount(row.items, "item gets", "items get")} back what {row.items === 1 ? "it" : "they"} had
                before “{changeWords(row.change)}”, as new versions. Items that have gone on since stay as they are.
              </p>
            }
            confirmLabel="Undo"
            action={undoBulkEditAction}
          >
            <input type="hidden" name="bulkEditId" value={row.id} />
          </ConfirmDialog>
        ) : (
          "–"
        ),
    },
  ];
  return (
    <StaffPage>
      <PageHeader level="staff" title="Bulk edits" note="Changes made over many items at once" />
      <BankPlaces viewer={context.viewer} current={bulkEditsPath} />
      <DataTable
        caption="Bulk edits, newest first"
        columns={columns}
        rows={list.rows}
        rowKey={(row) => row.id}
        empty={<EmptyState title="None so far">Tick items in the list, or filter it, and choose “Change”.</EmptyState>}
      />
      <Pagination {...pageLinks(bulkEditsPath, asked, list)} />
    </StaffPage>
  );
}
