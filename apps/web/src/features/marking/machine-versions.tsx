import type { getMachineMarking } from "@bandwise/core/marking/machine-queries";
import { Badge } from "@/ui/badge.tsx";
import { DataTable } from "@/ui/data-table.tsx";
import { EmptyState } from "@/ui/empty-state.tsx";
import { formatDateTime, formatFixed, formatSigned } from "@/ui/format.ts";
import { SectionHeader } from "@/ui/page-header.tsx";
import { VersionActs } from "./machine-acts.tsx";

export type MachinePage = Awaited<ReturnType<typeof getMachineMarking>>;
type Version = MachinePage["versions"][number];
type Report = NonNullable<Version["report"]>;

const statusWords: Readonly<Record<Version["status"], { label: string; tone: "ok" | "warn" | "bad" | "plain" }>> = {
  measuring: { label: "Being made", tone: "plain" },
  candidate: { label: "Waits", tone: "plain" },
  failed: { label: "Could not be made", tone: "bad" },
  promoted: { label: "In use", tone: "ok" },
  retired: { label: "Retired", tone: "plain" },
  demoted: { label: "Demoted by itself", tone: "bad" },
};

/** Every version that was made, and what may be done with it. */
export function VersionTable({ page, governs, timeZone }: { page: MachinePage; governs: boolean; timeZone: string }) {
  const nameOf = criterionNames(page);
  return (
    <DataTable
      caption="Versions of the machine rater"
      rows={page.versions}
      rowKey={({ id }) => id}
      empty={
        <EmptyState title="None yet">
          {page.confirmed >= 200
            ? "Examiners have settled enough answers: a version can be made."
            : `A version is learned from 200 answers that examiners have settled; there are ${page.confirmed}. Until one has passed the gate, the rater as shipped is asked.`}
        </EmptyState>
      }
      columns={[
        { id: "number", header: "Version", cell: (row) => row.number },
        {
          id: "status",
          header: "State",
          cell: (row) => <Badge tone={statusWords[row.status].tone}>{statusWords[row.status].label}</Badge>,
        },
        {
          id: "learned",
          header: "Answers",
          align: "right",
          cell: (row) => (row.status === "measuring" ? `${row.measured} of ${row.responses}` : row.responses),
        },
        { id: "gate", header: "Gate", cell: (row) => <Gate version={row} nameOf={nameOf} /> },
        { id: "why", header: "Why it ended", cell: (row) => row.endReason ?? "–" },
        {
          id: "made",
          header: "Made",
          cell: (row) => (
            <span className="tabular-nums">
              {formatDateTime(row.createdAt, timeZone)}, {row.createdBy}
            </span>
          ),
        },
        {
          id: "acts",
          header: <span className="sr-only">Acts</span>,
          cell: (row) => (governs ? <VersionActs version={row} scheme={page.scheme} /> : null),
        },
      ]}
    />
  );
}

function Gate({ version, nameOf }: { version: Version; nameOf: (id: string) => string }) {
  if (!version.report) return "–";
  if (version.gatePassed) return <Badge tone="ok">Passed</Badge>;
  const broken = version.report.criteria.filter(({ failures }) => failures.length > 0);
  const [first] = broken;
  return (
    <span>
      <Badge tone="warn">Closed</Badge>{" "}
      <span className="text-ink-2">
        {first ? `${nameOf(first.criterion)}: ${first.failures[0]}` : ""}
        {broken.length > 1 ? `, and ${broken.length - 1} more` : ""}
      </span>
    </span>
  );
}

/** What a version showed on answers it had not seen, criterion by criterion and by group, and what the gate said. */
export function VersionReport({ page, version, report }: { page: MachinePage; version: Version; report: Report }) {
  const nameOf = criterionNames(page);
  const groups = [...new Set(report.criteria.flatMap(({ subgroups }) => subgroups.map(({ name }) => name)))];
  return (
    <section className="mt-4" aria-label={`Report of version ${version.number}`}>
      <SectionHeader
        level="staff"
        title={`Version ${version.number} at the gate`}
        note={`On answers whose ${report.criteria[0]?.unseen ?? "candidate"} it had not seen.${
          page.scheme === "iet-speaking" && report.measures !== null
            ? ` Measured as: ${report.measures}${report.measures === page.measures ? "" : ", which is not how answers are measured now: it counts for nothing until they are again"}.`
            : ""
        }`}
      />
      <DataTable
        caption={`What version ${version.number} showed`}
        rows={report.criteria}
        rowKey={({ criterion }) => criterion}
        empty={<EmptyState title="Nothing" />}
        columns={[
          { id: "criterion", header: "Criterion", cell: (row) => nameOf(row.criterion) },
          { id: "n", header: "Answers", align: "right", cell: (row) => row.agreement.n },
          { id: "qwk", header: "Weighted kappa", align: "right", cell: (row) => fixed(row.agreement.qwk) },
          { id: "human", header: "Between examiners", align: "right", cell: (row) => fixed(row.humanKappa) },
          {
            id: "smd",
            header: "Difference of means",
            align: "right",
            cell: (row) => signed(row.agreement.standardisedDifference),
          },
          { id: "spearman", header: "Spearman", align: "right", cell: (row) => fixed(row.agreement.spearman) },
          {
            id: "gate",
            header: "What is missing",
            cell: (row) => (row.failures.length === 0 ? "Nothing" : row.failures.join("; ")),
          },
          { id: "unjudged", header: "Too few to judge", cell: (row) => row.unjudged.join(", ") || "–" },
        ]}
      />
      {groups.length === 0 ? null : (
        <DataTable
          className="mt-3"
          caption={`Version ${version.number} by group: difference of means`}
          rows={groups}
          rowKey={(name) => name}
          empty={<EmptyState title="Nothing" />}
          columns={[
            { id: "name", header: "Group", cell: (name) => name.replace(/^level all$/, "every level") },
            {
              id: "n",
              header: "Answers",
              align: "right",
              cell: (name) => Math.max(...report.criteria.map((row) => groupOf(row.subgroups, name)?.agreement.n ?? 0)),
            },
            ...report.criteria.map(({ criterion, subgroups }) => ({
              id: criterion,
              header: nameOf(criterion),
              align: "right" as const,
              cell: (name: string) => signed(groupOf(subgroups, name)?.agreement.standardisedDifference ?? null),
            })),
          ]}
        />
      )}
    </section>
  );
}

function groupOf(subgroups: Report["criteria"][number]["subgroups"], name: string) {
  return subgroups.find((group) => group.name === name);
}

function criterionNames(page: MachinePage): (id: string) => string {
  return (id) => page.criteria.find((criterion) => criterion.id === id)?.name ?? id;
}

const fixed = (value: number | null): string => (value === null ? "–" : formatFixed(value, 2));
const signed = (value: number | null): string => (value === null ? "–" : formatSigned(value, 2));
