import type { ImportReport } from "@bandwise/core/bank/import-queries";
import { type Column, DataTable } from "@/ui/data-table.tsx";
import { EmptyState } from "@/ui/empty-state.tsx";
import { TextLink } from "@/ui/link-button.tsx";
import { effectName, OutcomeBadge } from "./import-names.tsx";

type Entry = ImportReport["entries"]["rows"][number];

/** What was found in each item: where in its file, and what. */
export function ImportReportTable({ rows, bankPath }: { rows: readonly Entry[]; bankPath: string }) {
  const columns: Column<Entry>[] = [
    {
      id: "item",
      header: "Item",
      className: "min-w-48",
      cell: (row) => (
        <>
          <span className="block font-code break-all">{row.identifier || row.path}</span>
          <span className="block text-small break-all text-ink-3">
            {[row.title, row.path].filter((part) => part !== "").join(" · ")}
          </span>
        </>
      ),
    },
    { id: "outcome", header: "Outcome", cell: (row) => <OutcomeBadge outcome={row.outcome} /> },
    {
      id: "found",
      header: "What was found",
      className: "w-full",
      cell: (row) =>
        row.problems.length === 0 ? (
          <span className="text-ink-3">Nothing to note</span>
        ) : (
          <ul className="grid gap-1">
            {row.problems.map((problem) => (
              <li key={`${problem.path} ${problem.message}`}>
                {problem.path === "" ? null : (
                  <span className="block font-code text-small break-all text-ink-3">{problem.path}</span>
                )}
                {problem.message}
              </li>
            ))}
          </ul>
        ),
    },
    {
      id: "effect",
      header: "In the bank",
      cell: (row) =>
        row.effect === null ? (
          <span className="text-ink-3">–</span>
        ) : row.itemId === null ? (
          effectName(row.effect)
        ) : (
          <TextLink href={`${bankPath}/${row.itemId}`} className="whitespace-nowrap">
            {effectName(row.effect)}
          </TextLink>
        ),
    },
  ];
  return (
    <DataTable
      caption="Items of this import"
      columns={columns}
      rows={rows}
      rowKey={(row) => String(row.position)}
      empty={<EmptyState title="No item here.">Choose another filter.</EmptyState>}
    />
  );
}
