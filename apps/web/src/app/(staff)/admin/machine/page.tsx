import { can } from "@bandwise/core/kernel/policy";
import { getMachineMarking } from "@bandwise/core/marking/machine-queries";
import type { Metadata } from "next";
import { LeadTabs } from "@/features/marking/lead-tabs.tsx";
import { CalibrateDialog, VersionActs } from "@/features/marking/machine-acts.tsx";
import { forPage, requirePage } from "@/lib/guards.ts";
import { Badge } from "@/ui/badge.tsx";
import { DataTable } from "@/ui/data-table.tsx";
import { EmptyState } from "@/ui/empty-state.tsx";
import { formatDateTime, formatFixed, formatSigned } from "@/ui/format.ts";
import { Notice } from "@/ui/notice.tsx";
import { PageHeader, SectionHeader } from "@/ui/page-header.tsx";
import { StaffPage } from "@/ui/staff-shell.tsx";

export const metadata: Metadata = { title: "Machine rater" };

type Page = Awaited<ReturnType<typeof getMachineMarking>>;
type Version = Page["versions"][number];
type Agreement = Page["criteria"][number]["agreement"];

const statusWords: Readonly<Record<Version["status"], { label: string; tone: "ok" | "warn" | "bad" | "plain" }>> = {
  measuring: { label: "Being made", tone: "plain" },
  candidate: { label: "Waits", tone: "plain" },
  failed: { label: "Could not be made", tone: "bad" },
  promoted: { label: "In use", tone: "ok" },
  retired: { label: "Retired", tone: "plain" },
  demoted: { label: "Demoted by itself", tone: "bad" },
};
const groupWords: Readonly<Record<keyof Page["groups"], string>> = {
  version: "Version",
  level: "Level",
  firstLanguage: "First language",
  task: "Task",
  month: "Month",
};

export default async function MachinePage() {
  const context = await requirePage("marking:lead");
  const page = await forPage(getMachineMarking(context, {}));
  const governs = can(context.viewer, "marking:govern");
  const { timeZone } = context.person;
  const inUse = page.versions.find(({ status }) => status === "promoted");
  return (
    <StaffPage>
      <PageHeader
        level="staff"
        title="Marking quality"
        note={
          inUse
            ? `Version ${inUse.number} of the machine rater is in use for IELP writing.`
            : "The machine rater as shipped: a heuristic, not validated on local data, that only advises."
        }
      />
      <LeadTabs current="/admin/machine" />
      {page.speechToText === null ? (
        <Notice tone="warn" title="No speech-to-text is configured" className="my-4">
          Of speech only fluency can be measured; everything else goes to examiners. Set SPEECH_TO_TEXT to openai, azure
          or whisper, with the address, key or folder it needs, and start the worker anew. The file .env.example says
          how.
        </Notice>
      ) : (
        <p className="my-4 text-dense text-ink-2">
          Speech to text: {page.speechToText.id}, {page.speechToText.version}.
        </p>
      )}
      <SectionHeader
        level="staff"
        title="Versions"
        note={`Made from answers that examiners have settled here: ${page.confirmed} so far, 200 are needed. A version may count once it has passed the gate: weighted kappa ${page.gate.leastKappa} or more, at most ${page.gate.mostLoss} below that between examiners, means at most ${page.gate.mostDifference} standard deviations apart, by first language and level too.`}
        actions={governs ? <CalibrateDialog confirmed={page.confirmed} /> : null}
      />
      <DataTable
        caption="Versions of the machine rater"
        rows={page.versions}
        rowKey={({ id }) => id}
        empty={<EmptyState title="None yet">The rater as shipped advises until one has passed the gate.</EmptyState>}
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
          { id: "gate", header: "Gate", cell: (row) => <Gate version={row} /> },
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
            cell: (row) => (governs ? <VersionActs version={row} /> : null),
          },
        ]}
      />
      {page.versions
        .slice(0, 3)
        .map((version) =>
          version.report ? <Report key={version.id} version={version} report={version.report} /> : null,
        )}
      <SectionHeader
        level="staff"
        title="In use"
        note={`${page.rated} settled answers of the last year that the machine rated blind beside examiners. With fewer than ${page.fewestWatched} in a row, figures are noise.`}
      />
      {page.rated === 0 ? (
        <EmptyState title="Nothing to compare yet">
          A marking policy says whether the machine rates beside examiners. Agreement by criterion, version, level,
          first language, task and month appears with the first answers that both have rated.
        </EmptyState>
      ) : (
        <>
          <AgreementTable
            caption="Agreement with examiners by criterion"
            header="Criterion"
            rows={page.criteria.map(({ id, name, agreement }) => ({ id, name, responses: agreement.n, agreement }))}
          />
          {(["version", "level", "firstLanguage", "task", "month"] as const).map((key) => (
            <AgreementTable
              key={key}
              caption={`Agreement by ${groupWords[key].toLowerCase()}, all criteria together`}
              header={groupWords[key]}
              rows={page.groups[key].map((row) => ({ id: row.name, ...row }))}
            />
          ))}
        </>
      )}
    </StaffPage>
  );
}

function Gate({ version }: { version: Version }) {
  if (!version.report) return "–";
  if (version.gatePassed) return <Badge tone="ok">Passed</Badge>;
  const first = version.report.criteria.find(({ failures }) => failures.length > 0);
  return (
    <span>
      <Badge tone="warn">Closed</Badge>{" "}
      <span className="text-ink-2">
        {first?.criterion}: {first?.failures[0]}
      </span>
    </span>
  );
}

function Report({ version, report }: { version: Version; report: NonNullable<Version["report"]> }) {
  return (
    <section className="mt-4" aria-label={`Report of version ${version.number}`}>
      <SectionHeader
        level="staff"
        title={`Version ${version.number} at the gate`}
        note={`On answers whose ${report.criteria[0]?.unseen ?? "candidate"} it had not seen.`}
      />
      <DataTable
        caption={`What version ${version.number} showed`}
        rows={report.criteria}
        rowKey={({ criterion }) => criterion}
        empty={<EmptyState title="Nothing" />}
        columns={[
          { id: "criterion", header: "Criterion", cell: (row) => row.criterion },
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
    </section>
  );
}

function AgreementTable({
  caption,
  header,
  rows,
}: {
  caption: string;
  header: string;
  rows: readonly { id: string; name: string; responses: number; agreement: Agreement }[];
}) {
  return (
    <DataTable
      className="mb-4"
      caption={caption}
      rows={rows}
      rowKey={({ id }) => id}
      empty={<EmptyState title={`${header}: nothing yet`}>Nothing was rated by machine and examiner.</EmptyState>}
      columns={[
        { id: "name", header, cell: (row) => row.name },
        { id: "n", header: "Answers", align: "right", cell: (row) => row.responses },
        { id: "qwk", header: "Weighted kappa", align: "right", cell: (row) => fixed(row.agreement.qwk) },
        {
          id: "smd",
          header: "Difference of means",
          align: "right",
          cell: (row) => signed(row.agreement.standardisedDifference),
        },
        { id: "spearman", header: "Spearman", align: "right", cell: (row) => fixed(row.agreement.spearman) },
      ]}
    />
  );
}

const fixed = (value: number | null): string => (value === null ? "–" : formatFixed(value, 2));
const signed = (value: number | null): string => (value === null ? "–" : formatSigned(value, 2));
