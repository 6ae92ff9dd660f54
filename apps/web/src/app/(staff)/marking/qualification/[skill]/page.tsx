import { getMarkerStanding, getQualification } from "@bandwise/core/marking/qualification-queries";
import type { Metadata } from "next";
import { notFound } from "next/navigation";
import { ActButton } from "@/features/marking/act-button.tsx";
import { takeBenchmarkAction } from "@/features/marking/lead-actions.ts";
import { stateWords } from "@/features/marking/standing.tsx";
import { skillNames } from "@/features/marking/words.ts";
import { forPage, requirePage } from "@/lib/guards.ts";
import { Badge } from "@/ui/badge.tsx";
import { DataTable } from "@/ui/data-table.tsx";
import { EmptyState } from "@/ui/empty-state.tsx";
import { formatDateTime, formatShortDate } from "@/ui/format.ts";
import { PageHeader, SectionHeader } from "@/ui/page-header.tsx";
import { ProgressBar } from "@/ui/progress-bar.tsx";
import { StaffPage } from "@/ui/staff-shell.tsx";

export const metadata: Metadata = { title: "Qualification" };

const stepNames = { training: "Training", set_one: "First set", set_two: "Second set" } as const;

export default async function QualificationPage({ params }: { params: Promise<{ skill: string }> }) {
  const context = await requirePage("script:mark");
  const { skill } = await params;
  if (skill !== "writing" && skill !== "speaking") notFound();
  const [standing, found] = await forPage(
    Promise.all([getMarkerStanding(context, {}), getQualification(context, { skill })]),
  );
  const mine = standing.skills.find((one) => one.skill === skill);
  const { timeZone } = context.person;
  const { rule } = found;
  const begun = mine?.steps.some(({ done }) => done > 0);
  return (
    <StaffPage>
      <PageHeader
        level="staff"
        title={`Qualification: ${skillNames[skill]}`}
        note={<Badge tone={stateWords[found.state].tone}>{stateWords[found.state].words}</Badge>}
        actions={
          mine && found.state !== "qualified" ? (
            <ActButton
              primary
              label={begun ? "Go on" : "Begin"}
              none="There are no more scripts in this round."
              action={takeBenchmarkAction.bind(null, skill)}
            />
          ) : null
        }
      />
      <p className="measure mb-4 text-ink-2">
        Training scripts come first: after your own marks you see those that experienced examiners agreed on, and why.
        Then two sets of {rule.setSize}. In each, {rule.exactPercent} % of your marks must be the agreed ones and{" "}
        {rule.adjacentPercent} % at most {rule.adjacentPoints} point away. It then holds for {rule.validDays} days.
      </p>
      {mine && found.state !== "qualified" ? (
        <div className="mb-6 grid gap-4 desk:grid-cols-3">
          {mine.steps.map(({ use, done, of }) => (
            <ProgressBar
              key={use}
              label={stepNames[use]}
              value={done}
              max={Math.max(1, of)}
              text={`${done} of ${of}`}
            />
          ))}
        </div>
      ) : null}
      <SectionHeader level="staff" title="Decisions" />
      <DataTable
        caption="Decisions on this qualification, newest first"
        rows={found.decisions}
        rowKey={({ id }) => id}
        empty={<EmptyState title="None yet">The first follows from your second set.</EmptyState>}
        columns={[
          { id: "at", header: "When", cell: (row) => formatDateTime(row.decidedAt, timeZone) },
          { id: "verdict", header: "Decision", cell: (row) => verdicts[row.verdict] },
          { id: "reason", header: "Why", cell: (row) => row.reason },
          {
            id: "until",
            header: "Valid until",
            align: "right",
            cell: (row) => (row.validUntil ? formatShortDate(row.validUntil, timeZone) : "–"),
          },
        ]}
      />
      <SectionHeader
        level="staff"
        title="Scripts"
        note="Agreement is shown once a round is decided; of training at once."
      />
      <DataTable
        caption="Training and qualification scripts you have marked"
        rows={found.scripts}
        rowKey={({ code }) => code}
        rowHref={({ code }) => `/marking/${code}`}
        empty={<EmptyState title="None yet">Begin with the training scripts.</EmptyState>}
        columns={[
          { id: "code", header: "Script", cell: (row) => <span className="font-code">{row.code}</span> },
          { id: "use", header: "Part", cell: (row) => `${stepNames[row.use]}, round ${row.round ?? 1}` },
          { id: "level", header: "Level", cell: (row) => row.level },
          { id: "marked", header: "Marked", cell: (row) => (row.marked ? "yes" : "begun") },
          {
            id: "exact",
            header: "As agreed",
            align: "right",
            cell: (row) => (row.agreement ? `${row.agreement.exact} of ${row.agreement.marks}` : "–"),
          },
          {
            id: "adjacent",
            header: "Within a point",
            align: "right",
            cell: (row) => (row.agreement ? `${row.agreement.adjacent} of ${row.agreement.marks}` : "–"),
          },
        ]}
      />
    </StaffPage>
  );
}

const verdicts = { passed: "Passed", failed: "Not passed", withdrawn: "Withdrawn" } as const;
