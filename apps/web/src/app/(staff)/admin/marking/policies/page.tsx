import { can } from "@bandwise/core/kernel/policy";
import { listPolicies } from "@bandwise/core/marking/lead-queries";
import { inForce } from "@bandwise/core/marking/policy-rules";
import type { Metadata } from "next";
import { LeadTabs } from "@/features/marking/lead-tabs.tsx";
import { PolicyDialog } from "@/features/marking/policy-dialog.tsx";
import { machineWords, modeWords, policyInWords, spokenModeWords } from "@/features/marking/policy-words.ts";
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
      {programmes.map(({ programme, title, scheme, standard, versions }) => {
        const newest = versions.find(({ skill, level }) => skill === null && level === null);
        const narrower = inForce(versions).filter(({ skill, level }) => skill !== null || level !== null);
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
                    scheme={scheme}
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
              {policyInWords(scheme, newest?.data ?? standard).map((line) => (
                <li key={line}>{line}</li>
              ))}
            </ul>
            {narrower.map((row) => (
              <div key={row.id} className="mb-3 text-dense text-ink-2">
                <h3 className="font-semibold text-ink">{`For ${placeWords(row)}, version ${row.version}`}</h3>
                <ul className="grid gap-0.5">
                  {policyInWords(scheme, row.data).map((line) => (
                    <li key={line}>{line}</li>
                  ))}
                </ul>
              </div>
            ))}
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
                    cell: placeWords,
                  },
                  {
                    id: "mode",
                    header: "Marking",
                    cell: ({ data: { mode } }) =>
                      (scheme === "iet-speaking" ? spokenModeWords[mode] : undefined) ?? modeWords[mode],
                  },
                  ...(scheme === "ielp"
                    ? [
                        {
                          id: "machine",
                          header: "Machine, for writing",
                          cell: ({ data, skill }: (typeof versions)[number]) =>
                            skill === "speaking" ? "–" : machineWords[data.machine],
                        },
                      ]
                    : []),
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

function placeWords({ skill, level }: { readonly skill: string | null; readonly level: string | null }): string {
  return [skill ? skillName(skill) : "every skill", level ? `level ${level}` : null].filter(Boolean).join(", ");
}
