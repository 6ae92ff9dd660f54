import type { SimulationRow } from "@bandwise/core/bank/assembly-queries";
import { type Column, DataTable } from "@/ui/data-table.tsx";
import { EmptyState } from "@/ui/empty-state.tsx";
import { formatDateTime, formatInteger } from "@/ui/format.ts";
import { simulationPath } from "../list-params.ts";

const states = { waiting: "Waiting", running: "Running", done: "Done", failed: "Failed" } as const;

export function SimulationList({ rows, timeZone }: { rows: readonly SimulationRow[]; timeZone: string }) {
  const columns: readonly Column<SimulationRow>[] = [
    { id: "at", header: "Asked for", cell: (row) => formatDateTime(row.createdAt, timeZone) },
    {
      id: "plan",
      header: "Candidates × sittings",
      cell: (row) => `${formatInteger(row.plan.candidates)} × ${row.plan.sittings}`,
    },
    {
      id: "state",
      header: "State",
      cell: (row) => (row.status === "running" ? `${Math.floor((row.done / row.total) * 100)} %` : states[row.status]),
    },
  ];
  return (
    <DataTable
      caption="Simulations of this programme, the newest first"
      rows={rows}
      rowKey={(row) => row.id}
      rowHref={(row) => simulationPath(row.id)}
      columns={columns}
      empty={<EmptyState title="No simulation yet">Ask for one to see exposure before it happens.</EmptyState>}
    />
  );
}
