import { getMarkingQuality, qualityFilter } from "@bandwise/core/marking/quality-queries";
import type { Metadata } from "next";
import { LeadTabs } from "@/features/marking/lead-tabs.tsx";
import { Figure, share } from "@/features/marking/quality-figure.tsx";
import { ScriptFilters } from "@/features/marking/script-filters.tsx";
import { SeverityChart } from "@/features/marking/severity-chart.tsx";
import { levelWords, schemeTitles, skillNames } from "@/features/marking/words.ts";
import { forPage } from "@/lib/guards.ts";
import { type StaffPageProps, staffPage } from "@/lib/staff-page.tsx";
import { DataTable } from "@/ui/data-table.tsx";
import { EmptyState } from "@/ui/empty-state.tsx";
import { FilterBar, FilterSelect } from "@/ui/filter-bar.tsx";
import { formatDuration, formatFixed, formatSigned } from "@/ui/format.ts";
import { Notice } from "@/ui/notice.tsx";
import { PageHeader, SectionHeader } from "@/ui/page-header.tsx";
import { StaffPage } from "@/ui/staff-shell.tsx";
import { firstParam } from "@/ui/url.ts";

export const metadata: Metadata = { title: "Marking quality" };

export default staffPage("marking:lead", "Marking quality", MarkingQualityPage);

async function MarkingQualityPage({ searchParams, context }: StaffPageProps) {
  const params = await searchParams;
  const filter = qualityFilter.parse({
    scheme: firstParam(params.scheme),
    skill: firstParam(params.skill),
    level: firstParam(params.level),
    days: Number(firstParam(params.days)),
  });
  const quality = await forPage(getMarkingQuality(context, filter));
  const { manyFacet } = quality;
  const fit = manyFacet.kind === "fitted" ? manyFacet.fit : null;
  const groups = fit?.connected.length ?? 0;
  const step = quality.step === 0.5 ? "half a point" : "a point";
  const near = quality.nearPoints === 1 ? "Within a point" : `Within ${quality.nearPoints} points`;
  const nameOf = (id: string) => quality.raters.find((rater) => rater.id === id)?.name ?? id;
  return (
    <StaffPage>
      <PageHeader
        level="staff"
        title="Marking quality"
        note={`${schemeTitles[filter.scheme]}, ${skillNames[filter.skill].toLowerCase()}: ${quality.marks} first marks, ${quality.settled} scripts settled in ${filter.days} days`}
      />
      <LeadTabs current="/admin/marking" />
      <FilterBar keep={{}} label="Choose what is counted">
        <FilterSelect
          name="scheme"
          label="Examination"
          defaultValue={filter.scheme}
          options={Object.entries(schemeTitles).map(([value, label]) => ({ value, label }))}
        />
        {filter.scheme === "ielp" ? <ScriptFilters skill={filter.skill} level={filter.level} /> : null}
        <FilterSelect
          name="days"
          label="Time"
          defaultValue={String(filter.days)}
          options={[7, 30, 90, 365].map((days) => ({ value: String(days), label: `${days} days` }))}
        />
      </FilterBar>
      {groups > 1 ? (
        <Notice tone="warn" title="Examiners fall into groups that share no script" className="mb-4">
          Severities are comparable inside a group only:{" "}
          {fit?.connected.map((group) => group.map(nameOf).join(", ")).join(" · ")}. One script marked across two groups
          joins them.
        </Notice>
      ) : null}
      <SectionHeader
        level="staff"
        title="Criteria"
        note={`Scripts that two examiners marked, on the scale of ${schemeTitles[filter.scheme]} alone. Adjacent: the same mark or the next, ${step} away. In brackets the 95 % interval.`}
      />
      <DataTable
        caption="Agreement by criterion"
        rows={quality.criteria}
        rowKey={({ id }) => id}
        empty={<EmptyState title="No rubric">There is none for this skill.</EmptyState>}
        columns={[
          { id: "name", header: "Criterion", cell: (row) => row.name },
          { id: "n", header: "Pairs", align: "right", cell: (row) => row.agreement?.n ?? 0 },
          {
            id: "exact",
            header: "Exact",
            align: "right",
            cell: (row) => <Figure of={row.agreement?.exact} as={share} />,
          },
          {
            id: "adjacent",
            header: "Adjacent",
            align: "right",
            cell: (row) => <Figure of={row.agreement?.adjacent} as={share} />,
          },
          {
            id: "quadratic",
            header: "Weighted kappa",
            align: "right",
            cell: (row) => <Figure of={row.agreement?.quadratic} />,
          },
          {
            id: "icc",
            header: "ICC(1,1)",
            align: "right",
            cell: (row) => <Figure of={row.intraclass ?? undefined} />,
          },
        ]}
      />
      <SectionHeader level="staff" title="Tasks" note="All criteria together; the interval counts each script once." />
      <DataTable
        caption="Agreement by level of task"
        rows={quality.tasks}
        rowKey={({ level }) => level}
        empty={<EmptyState title="Nothing was marked in this time">Choose a longer one.</EmptyState>}
        columns={[
          { id: "level", header: "Level", cell: (row) => levelWords(row.level) },
          { id: "n", header: "Scripts twice", align: "right", cell: (row) => row.agreement.scripts },
          {
            id: "exact",
            header: "Exact",
            align: "right",
            cell: (row) => <Figure of={row.agreement.exact} as={share} />,
          },
          {
            id: "adjacent",
            header: near,
            align: "right",
            cell: (row) => <Figure of={row.agreement.adjacent} as={share} />,
          },
          {
            id: "quadratic",
            header: "Weighted kappa",
            align: "right",
            cell: (row) => <Figure of={row.agreement.quadratic} />,
          },
        ]}
      />
      <SectionHeader
        level="staff"
        title="Examiners"
        note={
          manyFacet.kind === "none"
            ? `Severity cannot be said: ${manyFacet.reason}.`
            : `Severity in logits by the many-facet Rasch model, severe above 0. Infit near 1: consistent. Reliability of the differences ${
                fit?.separation ? formatFixed(fit.separation.reliability, 2) : "–"
              }.`
        }
      />
      {fit ? (
        <SeverityChart
          raters={fit.raters.flatMap(({ id, measure, se, count }) =>
            measure === null || se === null ? [] : [{ name: nameOf(id), severity: measure, se, count }],
          )}
        />
      ) : null}
      <DataTable
        caption="Examiners"
        rows={quality.raters}
        rowKey={({ id }) => id}
        empty={<EmptyState title="Nobody has marked in this time">Choose a longer one.</EmptyState>}
        columns={[
          { id: "name", header: "Examiner", cell: (row) => row.name },
          { id: "marks", header: "Marks", align: "right", cell: (row) => row.marks },
          { id: "twice", header: "Of these twice", align: "right", cell: (row) => row.agreement.scripts },
          {
            id: "adjacent",
            header: near,
            align: "right",
            cell: (row) => <Figure of={row.agreement.adjacent} as={share} />,
          },
          {
            id: "quadratic",
            header: "Weighted kappa",
            align: "right",
            cell: (row) => <Figure of={row.agreement.quadratic} />,
          },
          {
            id: "severity",
            header: "Severity ± SE",
            align: "right",
            cell: (row) => {
              const found = fit?.raters.find(({ id }) => id === row.id);
              return found?.measure == null
                ? "–"
                : `${formatSigned(found.measure, 2)} ± ${formatFixed(found.se ?? 0, 2)}`;
            },
          },
          {
            id: "fit",
            header: "Infit / outfit",
            align: "right",
            cell: (row) => {
              const found = fit?.raters.find(({ id }) => id === row.id);
              return found?.infit == null
                ? "–"
                : `${formatFixed(found.infit, 2)} / ${formatFixed(found.outfit ?? 0, 2)}`;
            },
          },
          {
            id: "drift",
            header: "Drift",
            align: "right",
            cell: (row) => {
              const change = quality.drift.find(({ rater }) => rater === row.id)?.change;
              return change ? `${formatSigned(change.difference, 2)} ± ${formatFixed(change.se, 2)}` : "–";
            },
          },
          {
            id: "speed",
            header: "Usual time",
            align: "right",
            cell: (row) => (row.medianSeconds === null ? "–" : formatDuration(row.medianSeconds * 1000)),
          },
        ]}
      />
      <p className="mt-3 text-dense text-ink-3">
        Drift: severity in the last month less that in the first, in logits. Figures with few pairs have wide intervals:
        read those first.
      </p>
    </StaffPage>
  );
}
