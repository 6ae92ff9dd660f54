import { DataTable } from "@/ui/data-table.tsx";
import { EmptyState } from "@/ui/empty-state.tsx";
import { formatSigned } from "@/ui/format.ts";
import { SectionHeader } from "@/ui/page-header.tsx";
import type { MachinePage } from "./machine-versions.tsx";
import { Figure } from "./quality-figure.tsx";
import { levelWords } from "./words.ts";

type Row = MachinePage["groups"]["version"][number];

const groupWords: Readonly<Record<keyof MachinePage["groups"], string>> = {
  version: "Version",
  level: "Level",
  firstLanguage: "First language",
  task: "Task",
  month: "Month",
};

/** How the machine agrees with examiners in use: by criterion, by group, and from month to month. */
export function MachineInUse({ page, askedWords }: { page: MachinePage; askedWords: string }) {
  const { drift } = page;
  return (
    <>
      <SectionHeader
        level="staff"
        title="In use"
        note={`${page.rated} settled answers of the last year that the machine rated blind beside examiners; in brackets the 95 % interval. The version in use is looked at every hour: from ${page.fewestWatched} answers on it is taken out of use by itself when a criterion falls below a weighted kappa of ${page.gate.leastKappa} or the means part by more than ${page.gate.mostDifference}, and every admin gets a mail.`}
      />
      {page.rated === 0 ? (
        <EmptyState title="Nothing to compare yet">{askedWords}</EmptyState>
      ) : (
        <>
          <AgreementTable
            caption="Agreement with examiners by criterion"
            title="By criterion"
            header="Criterion"
            rows={page.criteria}
          />
          {(["version", "level", "firstLanguage", "task", "month"] as const).map((key) => (
            <AgreementTable
              key={key}
              caption={`Agreement by ${groupWords[key].toLowerCase()}, all criteria together`}
              title={`By ${groupWords[key].toLowerCase()}, all criteria together`}
              header={groupWords[key]}
              rows={page.groups[key].map((row) => (key === "level" ? { ...row, name: levelWords(row.name) } : row))}
            />
          ))}
          <p className="mb-4 text-dense text-ink-2">
            {drift === null || drift.change.value === null ? (
              "Drift: told once two months have twenty answers each."
            ) : (
              <>
                Drift from {drift.from} to {drift.to}: <Figure of={drift.change} as={signed} /> standard deviations
                {drift.change.value > 0 ? ", more lenient" : ", more severe"} against examiners.
              </>
            )}
          </p>
        </>
      )}
    </>
  );
}

function AgreementTable({
  caption,
  title,
  header,
  rows,
}: {
  caption: string;
  /** What a phone, which has no headers of columns, is told. */
  title: string;
  header: string;
  rows: readonly Row[];
}) {
  return (
    <>
      <h3 className="text-dense font-semibold">{title}</h3>
      <DataTable
        className="mb-4"
        caption={caption}
        rows={rows}
        rowKey={({ name }) => name}
        empty={<EmptyState title={`${header}: nothing yet`}>Nothing was rated by machine and examiner.</EmptyState>}
        columns={[
          { id: "name", header, cell: (row) => row.name },
          { id: "n", header: "Answers", align: "right", cell: (row) => row.answers },
          { id: "qwk", header: "Weighted kappa", align: "right", cell: (row) => <Figure of={row.kappa} /> },
          {
            id: "smd",
            header: "Difference of means",
            align: "right",
            cell: (row) => <Figure of={row.difference} as={signed} />,
          },
        ]}
      />
    </>
  );
}

const signed = (value: number): string => formatSigned(value, 2);
