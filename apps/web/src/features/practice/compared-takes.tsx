import type { PracticeTake } from "@bandwise/core/practice/queries";
import { type Column, DataTable } from "@/ui/data-table.tsx";
import { formatShortDate, formatTime } from "@/ui/format.ts";
import { TextLink } from "@/ui/link-button.tsx";
import { ListenButton } from "./listen-button.tsx";

type Answer = Pick<PracticeTake, "id" | "createdAt" | "criteria">;

/** All answers to one task, this one among them: when, how they scored, and to listen to one after the other. */
export function ComparedTakes({ take }: { take: PracticeTake }) {
  const { timeZone } = take;
  const rows: readonly Answer[] = [take, ...take.others].toSorted(
    (a, b) => b.createdAt.getTime() - a.createdAt.getTime(),
  );
  const when = ({ createdAt }: Answer) => `${formatShortDate(createdAt, timeZone)}, ${formatTime(createdAt, timeZone)}`;
  return (
    <DataTable
      caption={`Your answers to “${take.title}”, the newest first`}
      rows={rows}
      rowKey={({ id }) => id}
      selectedKey={take.id}
      empty={null}
      columns={[
        {
          id: "answer",
          header: "Answer",
          cell: (row) =>
            row.id === take.id ? (
              <>
                <b>{when(row)}</b> <span className="text-ink-2">this one</span>
              </>
            ) : (
              <TextLink href={`/practice/takes/${row.id}`}>{when(row)}</TextLink>
            ),
        },
        ...take.criteria.map(
          ({ id, title }): Column<Answer> => ({
            id,
            header: title,
            align: "right",
            className: "tabular-nums",
            cell: ({ criteria }) => criteria.find((one) => one.id === id)?.score ?? "–",
          }),
        ),
        {
          id: "listen",
          header: <span className="sr-only">Recording</span>,
          phone: "plain",
          align: "right",
          cell: (row) => (
            <ListenButton label={`the answer of ${when(row)}`} src={`/api/practice/takes/${row.id}/audio`} />
          ),
        },
      ]}
    />
  );
}
