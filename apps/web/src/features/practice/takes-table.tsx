import type { PracticeTakeRow } from "@bandwise/core/practice/queries";
import { type Column, DataTable } from "@/ui/data-table.tsx";
import { formatDateTime } from "@/ui/format.ts";
import { TextLink } from "@/ui/link-button.tsx";
import { DeleteTake } from "./delete-take.tsx";
import { ListenButton } from "./listen-button.tsx";

/** Everything one has recorded for practice, the newest first: what each answer scored, to hear again and to delete. */
export function TakesTable({ takes, timeZone }: { takes: readonly PracticeTakeRow[]; timeZone: string }) {
  const criteria = takes[0]?.scores ?? [];
  return (
    <DataTable
      caption="Your recordings, the newest first"
      rows={takes}
      rowKey={({ id }) => id}
      empty={null}
      columns={[
        {
          id: "task",
          header: "Task",
          cell: ({ id, title }) => <TextLink href={`/practice/takes/${id}`}>{title}</TextLink>,
        },
        { id: "when", header: "Recorded", cell: ({ createdAt }) => formatDateTime(createdAt, timeZone) },
        ...criteria.map(
          ({ id, title }): Column<PracticeTakeRow> => ({
            id,
            header: title,
            align: "right",
            className: "tabular-nums",
            cell: ({ status, scores }) =>
              status === "rated" ? (scores.find((one) => one.id === id)?.score ?? "–") : stateWords[status],
          }),
        ),
        {
          id: "acts",
          header: <span className="sr-only">Actions</span>,
          phone: "plain",
          align: "right",
          cell: ({ id, title, createdAt }) => (
            <span className="inline-flex gap-1 whitespace-nowrap">
              <ListenButton
                label={`“${title}” of ${formatDateTime(createdAt, timeZone)}`}
                src={`/api/practice/takes/${id}/audio`}
              />
              <DeleteTake takeId={id} title={title} />
            </span>
          ),
        },
      ]}
    />
  );
}

const stateWords = { failed: "not rated", waiting: "being rated" } as const;
