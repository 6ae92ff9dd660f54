import type { ImportRow } from "@bandwise/core/bank/import-queries";
import { type Column, DataTable } from "@/ui/data-table.tsx";
import { EmptyState } from "@/ui/empty-state.tsx";
import { formatDateTime, formatInteger } from "@/ui/format.ts";
import { ImportStatus } from "./import-names.tsx";

/** Every file that was brought so far. */
export function ImportHistory({
  rows,
  importPath,
  timeZone,
}: {
  rows: readonly ImportRow[];
  importPath: string;
  timeZone: string;
}) {
  const columns: Column<ImportRow>[] = [
    { id: "file", header: "File", cell: (row) => <span className="font-code break-all">{row.fileName}</span> },
    { id: "status", header: "Status", cell: (row) => <ImportStatus status={row.status} /> },
    { id: "size", header: "Size", align: "right", cell: (row) => `${formatInteger(Math.ceil(row.bytes / 1000))} kB` },
    { id: "by", header: "By", cell: (row) => row.by },
    {
      id: "at",
      header: "At",
      cell: (row) => <span className="whitespace-nowrap">{formatDateTime(row.createdAt, timeZone)}</span>,
    },
  ];
  return (
    <DataTable
      caption="Imports"
      columns={columns}
      rows={rows}
      rowKey={(row) => row.id}
      rowHref={(row) => `${importPath}/${row.id}`}
      empty={<EmptyState title="Nothing was imported yet.">The reports of your imports stay here.</EmptyState>}
    />
  );
}
