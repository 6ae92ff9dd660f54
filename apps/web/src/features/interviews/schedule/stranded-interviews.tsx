import type { listStrandedInterviews } from "@bandwise/core/interviews/overdue-queries";
import { DataTable } from "@/ui/data-table.tsx";
import { formatShortDate, formatTime } from "@/ui/format.ts";
import { LinkButton } from "@/ui/link-button.tsx";
import { ReassignSlot } from "./slot-dialogs.tsx";
import { strandingWords } from "./words.ts";

type Row = Awaited<ReturnType<typeof listStrandedInterviews>>[number];

function when({ startsAt, centre }: Row): string {
  return `${formatShortDate(startsAt, centre.timeZone)}, ${formatTime(startsAt, centre.timeZone)}`;
}

/** Interviews that go no further by themselves, each with what is wrong and the one thing to do about it. */
export function StrandedInterviews({
  rows,
  examiners,
}: {
  rows: readonly Row[];
  examiners: readonly { id: string; name: string }[];
}) {
  return (
    <section aria-labelledby="stranded" className="pb-6">
      <h2 id="stranded" className="pb-2 text-h3">
        Waiting for an admin
      </h2>
      <DataTable
        caption="Interviews waiting for an admin"
        rows={rows}
        rowKey={(row) => row.attemptId}
        empty={null}
        columns={[
          { id: "when", header: "Time", phone: "title", className: "whitespace-nowrap", cell: when },
          { id: "candidate", header: "Candidate", cell: (row) => row.candidateName },
          { id: "examiner", header: "Examiner", cell: (row) => row.examinerName },
          {
            id: "why",
            header: "What is wrong",
            cell: (row) => row.reviewReason ?? strandingWords(row.why),
          },
          {
            id: "act",
            header: "To do",
            cell: (row) =>
              row.reassignable ? (
                <ReassignSlot sittingId={row.sittingId} when={when(row)} examiners={examiners} />
              ) : (
                <LinkButton size="sm" href={`/admin/attempts/${row.attemptId}`}>
                  Open the attempt
                </LinkButton>
              ),
          },
        ]}
      />
    </section>
  );
}
