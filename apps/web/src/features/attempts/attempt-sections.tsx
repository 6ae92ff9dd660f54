import type { getAttemptDetail } from "@bandwise/core/delivery/queries";
import { DataTable } from "@/ui/data-table.tsx";
import { formatTime } from "@/ui/format.ts";
import { SectionHeader } from "@/ui/page-header.tsx";
import { sectionLength } from "../bookings/words.ts";
import { sectionWords } from "../exam/words.ts";
import { GrantTime } from "./attempt-dialogs.tsx";

export type AttemptDetail = Awaited<ReturnType<typeof getAttemptDetail>>;

const kinds = {
  base: "Programme",
  extra_time: "Extra time",
  outage_credit: "Outage credit",
  grant: "Granted",
} as const;
const states = { not_open: "Not open", open: "Open", closed: "Closed" } as const;

/** Each section with its deadline as the ledger makes it. */
export function AttemptSections({ attempt, mayGrant }: { attempt: AttemptDetail; mayGrant: boolean }) {
  const { timeZone } = attempt.sitting.centre;
  const at = (instant: Date | null) => (instant ? formatTime(instant, timeZone) : "–");
  return (
    <section>
      <SectionHeader level="staff" title="Sections and time" note="Deadline = opened plus the sum of the ledger" />
      <DataTable
        caption="Sections and their time ledgers"
        rows={attempt.sections}
        rowKey={(row) => row.id}
        columns={[
          { id: "skill", header: "Section", phone: "title", cell: (row) => sectionWords[row.skill].name },
          { id: "state", header: "State", cell: (row) => states[row.status] },
          { id: "opened", header: "Opened", cell: (row) => at(row.openedAt) },
          { id: "deadline", header: "Deadline", cell: (row) => at(row.deadline) },
          {
            id: "closed",
            header: "Closed",
            cell: (row) =>
              row.closedAt
                ? `${at(row.closedAt)} ${row.closedBy === "time" ? "by the clock" : "by the candidate"}`
                : "–",
          },
          {
            id: "ledger",
            header: "Time ledger",
            cell: (row) => (
              <ul className="max-wide:inline">
                {row.time.map((entry) => (
                  <li
                    key={entry.id}
                    title={entry.reason}
                    className={row.time.length === 1 ? "max-wide:inline" : undefined}
                  >
                    {kinds[entry.kind]} {sectionLength(entry.seconds)}
                    {entry.kind === "base" ? "" : `: ${entry.reason}`}
                  </li>
                ))}
              </ul>
            ),
          },
          {
            id: "do",
            header: <span className="sr-only">Actions</span>,
            align: "right",
            phone: "plain",
            cell: (row) =>
              mayGrant && row.status !== "closed" && attempt.status === "in_progress" ? (
                <GrantTime sectionId={row.id} section={sectionWords[row.skill].name} />
              ) : null,
          },
        ]}
        empty={null}
      />
    </section>
  );
}
