import { can } from "@bandwise/core/kernel/policy";
import { listPolicies } from "@bandwise/core/marking/lead-queries";
import type { Metadata } from "next";
import { LeadTabs } from "@/features/marking/lead-tabs.tsx";
import { PolicyDialog } from "@/features/marking/policy-dialog.tsx";
import { modeWords, policyInWords } from "@/features/marking/policy-words.ts";
import { skillName } from "@/features/marking/words.ts";
import { forPage, requirePage } from "@/lib/guards.ts";
import { DataTable } from "@/ui/data-table.tsx";
import { EmptyState } from "@/ui/empty-state.tsx";
import { formatDateTime } from "@/ui/format.ts";
import { PageHeader, SectionHeader } from "@/ui/page-header.tsx";
import { StaffPage } from "@/ui/staff-shell.tsx";

export const metadata: Metadata = { title: "Marking policies" };

export default async function PoliciesPage() {
  const context = await requirePage("marking:lead");
  const programmes = await forPage(listPolicies(context, {}));
  const governs = can(context.viewer, "marking:govern");
  const { timeZone } = context.person;
  return (
    <StaffPage>
      <PageHeader
        level="staff"
        title="Marking quality"
        note="How each programme is marked. A script keeps the policy it was made under."
      />
      <LeadTabs current="/admin/marking/policies" />
      {programmes.map(({ programme, title, standard, versions }) => {
        const newest = versions.find(({ skill, level }) => skill === null && level === null);
        return (
          <section key={programme} aria-label={title} className="mb-6">
            <SectionHeader
              level="staff"
              title={title}
              note={newest ? `Version ${newest.version}` : "The standard policy"}
              actions={
                governs ? (
                  <PolicyDialog
                    programme={programme}
                    title={title}
                    standard={newest?.data ?? standard}
                    versions={versions.map(({ skill, level, version, data }) => ({
                      skill: skill === "writing" || skill === "speaking" ? skill : null,
                      level,
                      version,
                      data,
                    }))}
                  />
                ) : null
              }
            />
            <ul className="mb-3 grid gap-0.5 text-dense text-ink-2">
              {policyInWords(newest?.data ?? standard).map((line) => (
                <li key={line}>{line}</li>
              ))}
            </ul>
            {versions.length === 0 ? null : (
              <DataTable
                caption={`Versions for ${title}`}
                rows={versions}
                rowKey={({ id }) => id}
                empty={<EmptyState title="None" />}
                columns={[
                  { id: "version", header: "Version", cell: (row) => row.version },
                  {
                    id: "place",
                    header: "Holds for",
                    cell: (row) =>
                      [row.skill ? skillName(row.skill) : "every skill", row.level ? `level ${row.level}` : null]
                        .filter(Boolean)
                        .join(", "),
                  },
                  { id: "mode", header: "Marking", cell: (row) => modeWords[row.data.mode] },
                  { id: "reason", header: "Why", cell: (row) => row.reason },
                  { id: "by", header: "By", cell: (row) => row.by ?? "–" },
                  {
                    id: "at",
                    header: "Published",
                    align: "right",
                    cell: (row) => <span className="tabular-nums">{formatDateTime(row.createdAt, timeZone)}</span>,
                  },
                ]}
              />
            )}
          </section>
        );
      })}
    </StaffPage>
  );
}
