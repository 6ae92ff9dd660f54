import type { listAppeals } from "@bandwise/core/results/appeal-queries";
import { CircleCheckBig, TriangleAlert } from "lucide-react";
import { Badge } from "@/ui/badge.tsx";
import { DataTable } from "@/ui/data-table.tsx";
import { EmptyState } from "@/ui/empty-state.tsx";
import { formatShortDate } from "@/ui/format.ts";
import { appealStates, feeWords, skillList } from "./words.ts";

type Appeals = Awaited<ReturnType<typeof listAppeals>>;

/** Appeals with what is due; a row opens its own page. */
export function AppealsTable({ rows, now }: Pick<Appeals, "rows" | "now">) {
  return (
    <DataTable
      caption="Appeals"
      rows={rows}
      rowKey={({ id }) => id}
      rowHref={({ id }) => `/admin/appeals/${id}`}
      empty={
        <EmptyState icon={<CircleCheckBig aria-hidden="true" />} title="No appeal here">
          <p>Candidates ask for a re-mark on the page of their result.</p>
        </EmptyState>
      }
      columns={[
        { id: "candidate", header: "Candidate", phone: "title", cell: ({ attempt }) => attempt.candidate.name },
        { id: "attempt", header: "Attempt", phone: "plain", cell: ({ attempt }) => <code>{attempt.reference}</code> },
        {
          id: "programme",
          header: "Examination",
          phone: "hide",
          cell: ({ attempt }) => attempt.sitting.programme.title,
        },
        { id: "skills", header: "Skills", cell: ({ skills }) => skillList(skills) },
        {
          id: "asked",
          header: "Asked",
          cell: ({ askedAt, attempt }) => formatShortDate(askedAt, attempt.sitting.centre.timeZone),
        },
        {
          id: "due",
          header: "Due",
          cell: ({ dueAt, closedAt, attempt }) =>
            closedAt === null && dueAt < now ? (
              <Badge tone="bad" icon={<TriangleAlert aria-hidden="true" />}>
                {formatShortDate(dueAt, attempt.sitting.centre.timeZone)}
              </Badge>
            ) : (
              formatShortDate(dueAt, attempt.sitting.centre.timeZone)
            ),
        },
        {
          id: "fee",
          header: "Fee",
          cell: ({ fee }) => (fee === "due" ? <Badge tone="warn">due</Badge> : feeWords[fee].replace("fee ", "")),
        },
        {
          id: "state",
          header: "State",
          phone: "plain",
          cell: ({ status, marked, scripts }) => (
            <Badge tone={appealStates[status].tone}>
              {status === "marking" ? `${marked} of ${scripts} marked anew` : appealStates[status].label}
            </Badge>
          ),
        },
      ]}
    />
  );
}
