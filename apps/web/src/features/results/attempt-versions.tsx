import type { getAttemptResults } from "@bandwise/core/results/queries";
import { remarkWords } from "@bandwise/core/results/report-words";
import { Badge } from "@/ui/badge.tsx";
import { DataTable } from "@/ui/data-table.tsx";
import { EmptyState } from "@/ui/empty-state.tsx";
import { formatCount, formatShortDate, formatTime } from "@/ui/format.ts";

type Attempt = Awaited<ReturnType<typeof getAttemptResults>>;
type Version = Attempt["results"][number];

const states = {
  provisional: { label: "Provisional", tone: "accent" },
  released: { label: "Released", tone: "ok" },
  superseded: { label: "Superseded", tone: "plain" },
} as const;

/** Every result this attempt ever had, newest first: none is edited, a new one supersedes. */
export function AttemptVersions({ versions, timeZone }: { versions: readonly Version[]; timeZone: string }) {
  const when = (at: Date) => `${formatShortDate(at, timeZone)}, ${formatTime(at, timeZone)}`;
  return (
    <DataTable
      caption="Versions of the result"
      rows={versions}
      rowKey={({ id }) => id}
      empty={
        <EmptyState title="No result yet">
          <p>It is worked out by itself when the last script is settled.</p>
        </EmptyState>
      }
      columns={[
        { id: "version", header: "Version", cell: ({ version }) => `Version ${version}` },
        {
          id: "status",
          header: "State",
          phone: "plain",
          cell: ({ status }) => <Badge tone={states[status].tone}>{states[status].label}</Badge>,
        },
        {
          id: "overall",
          header: "Overall",
          align: "right",
          cell: ({ summary: { overall } }) => (
            <span className="tabular-nums whitespace-nowrap">
              <b>{overall.score}</b> <b className="ml-1 text-accent">{overall.cefr}</b>
            </span>
          ),
        },
        { id: "made", header: "Worked out", cell: ({ createdAt }) => when(createdAt) },
        {
          id: "released",
          header: "Released",
          cell: ({ releasedAt, releasedBy }) =>
            releasedAt === null ? null : `${when(releasedAt)}, by ${releasedBy ?? "the programme’s rule"}`,
        },
        { id: "inputs", header: "Frozen inputs", cell: ({ inputs }) => inputsText(inputs) },
        {
          id: "scheme",
          header: "Scheme",
          cell: ({ schemeId, schemeVersion, schemeHash }) => (
            <span className="whitespace-nowrap">
              <code>{schemeId}</code> v{schemeVersion} <code className="text-ink-3">{schemeHash.slice(0, 8)}</code>
            </span>
          ),
        },
      ]}
    />
  );
}

function inputsText({ items, answered, tasks, ratings, unanswered, remarked }: Version["inputs"]): string {
  const rated = `${formatCount(tasks, "task", "tasks")} with ${formatCount(ratings, "rating", "ratings")}`;
  const none = unanswered === 0 ? "" : `, ${unanswered} without response`;
  const anew = remarked.map((one) => ` ${remarkWords(one)}`).join("");
  return `${items} items, ${answered} answered; ${rated}${none}.${anew}`;
}
