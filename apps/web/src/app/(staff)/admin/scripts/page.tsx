import { can } from "@bandwise/core/kernel/policy";
import { listScripts } from "@bandwise/core/marking/queries";
import { scriptFilter } from "@bandwise/core/marking/schema";
import type { Metadata } from "next";
import { pageLinks } from "@/features/lists/page-links.ts";
import { ReopenDialog } from "@/features/marking/reopen-dialog.tsx";
import { ScriptFilters } from "@/features/marking/script-filters.tsx";
import { cannotMarkText, skillName, statusWords } from "@/features/marking/words.ts";
import { forPage } from "@/lib/guards.ts";
import { type StaffPageProps, staffPage } from "@/lib/staff-page.tsx";
import { Badge, type BadgeTone } from "@/ui/badge.tsx";
import { type Column, DataTable } from "@/ui/data-table.tsx";
import { EmptyState } from "@/ui/empty-state.tsx";
import { FilterBar } from "@/ui/filter-bar.tsx";
import { formatDateTime, formatDuration, formatTime } from "@/ui/format.ts";
import { TextLink } from "@/ui/link-button.tsx";
import { NavTabs } from "@/ui/nav-tabs.tsx";
import { PageHeader } from "@/ui/page-header.tsx";
import { Pagination } from "@/ui/pagination.tsx";
import { StaffPage } from "@/ui/staff-shell.tsx";
import { firstParam, withParams } from "@/ui/url.ts";

export const metadata: Metadata = { title: "Scripts" };

type Row = Awaited<ReturnType<typeof listScripts>>["rows"][number];

const tabs = [
  { status: null, label: "Open", count: "open" },
  { status: "waiting", label: "Waiting", count: "waiting" },
  { status: "leased", label: "Being marked", count: "leased" },
  { status: "adjudication", label: "Adjudication", count: "adjudication" },
  { status: "cannot_be_marked", label: "Held", count: "cannot_be_marked" },
  { status: "settled", label: "Settled", count: "settled" },
] as const;

const tones: Readonly<Record<string, BadgeTone>> = {
  adjudication: "warn",
  leased: "accent",
  cannot_be_marked: "warn",
  settled: "ok",
};

export default staffPage("script:watch", "Scripts", ScriptsPage);

async function ScriptsPage({ searchParams, context }: StaffPageProps) {
  const params = await searchParams;
  const given = Object.fromEntries(Object.entries(params).map(([name, value]) => [name, firstParam(value)]));
  const filter = scriptFilter.parse({ ...given, page: Number(given.page) || 1, pageSize: 50 });
  const list = await forPage(listScripts(context, filter));
  const manages = can(context.viewer, "attempt:manage");
  const pages = pageLinks("/admin/scripts", params, list);
  return (
    <StaffPage>
      <PageHeader level="staff" title="Scripts" note="What is to be marked, who has it and how long it has waited" />
      <NavTabs
        label="Scripts by state"
        tabs={tabs.map((tab) => ({
          href: withParams("/admin/scripts", params, { status: tab.status, page: null }),
          label: tab.label,
          count: list.counts[tab.count],
          current: (filter.status ?? null) === tab.status,
        }))}
      />
      <FilterBar
        keep={{ status: filter.status }}
        resetHref={
          filter.skill || filter.level ? withParams("/admin/scripts", {}, { status: filter.status ?? null }) : undefined
        }
        label="Filter the scripts"
      >
        <ScriptFilters skill={filter.skill} level={filter.level} />
      </FilterBar>
      <DataTable
        caption="Scripts, the longest waiting first"
        rows={list.rows}
        rowKey={(row) => row.id}
        columns={columns({ now: list.now, timeZone: context.person.timeZone, manages })}
        empty={
          <EmptyState title={filter.status === "cannot_be_marked" ? "Nothing is held" : "Nothing waits"}>
            {filter.skill || filter.level
              ? "Clear the filters to see the others."
              : "Scripts come in as candidates submit their exams."}
          </EmptyState>
        }
      />
      {list.total > list.pageSize ? <Pagination {...pages} /> : null}
    </StaffPage>
  );
}

function columns({ now, timeZone, manages }: { now: Date; timeZone: string; manages: boolean }): Column<Row>[] {
  return [
    { id: "code", header: "Script", cell: (row) => <span className="font-code font-medium">{row.code}</span> },
    { id: "skill", header: "Skill", cell: (row) => skillName(row.skill) },
    { id: "level", header: "Level", cell: (row) => row.level },
    {
      id: "state",
      header: "State",
      cell: (row) => <Badge tone={tones[row.status]}>{statusWords[row.status] ?? row.status}</Badge>,
    },
    {
      id: "age",
      header: "Waited",
      align: "right",
      cell: (row) => (
        <span className="tabular-nums">
          {formatDuration((row.settledAt ?? now).getTime() - row.waitingSince.getTime())}
        </span>
      ),
    },
    { id: "who", header: "With", cell: (row) => <Holder row={row} now={now} timeZone={timeZone} /> },
    ...(manages ? ([attemptColumn, actionColumn] satisfies Column<Row>[]) : []),
  ];
}

function Holder({ row, now, timeZone }: { row: Row; now: Date; timeZone: string }) {
  if (row.status === "leased" && row.leaseHolder && row.leaseExpiresAt) {
    const lapsed = row.leaseExpiresAt < now;
    return (
      <>
        {row.leaseHolder.name}{" "}
        <span className="text-ink-3 tabular-nums">
          {lapsed ? "lapsed" : "until"} {formatTime(row.leaseExpiresAt, timeZone)}
        </span>
      </>
    );
  }
  if (!row.rating)
    return <span className="text-ink-3">{row.status === "settled" ? "nobody: nothing was answered" : "nobody"}</span>;
  const { rater, cannotMark, comment } = row.rating;
  return (
    <>
      {row.status === "waiting" ? `nobody, after ${rater.name}` : rater.name}
      {cannotMark ? <span className="text-ink-2">: {cannotMarkText(cannotMark, row.skill).toLowerCase()}</span> : null}
      {row.status === "cannot_be_marked" && comment !== "" ? <span className="text-ink-2"> (“{comment}”)</span> : null}
      {row.status === "settled" && row.settledAt ? (
        <span className="text-ink-3 tabular-nums"> {formatDateTime(row.settledAt, timeZone)}</span>
      ) : null}
    </>
  );
}

const attemptColumn: Column<Row> = {
  id: "attempt",
  header: "Attempt",
  cell: (row) =>
    row.attempt ? (
      <TextLink href={`/admin/attempts/${row.attempt.id}`} className="font-code">
        {row.attempt.reference}
      </TextLink>
    ) : null,
};

const actionColumn: Column<Row> = {
  id: "actions",
  header: <span className="sr-only">Actions</span>,
  align: "right",
  phone: "plain",
  cell: (row) =>
    row.status === "cannot_be_marked" ? (
      <ReopenDialog
        scriptId={row.id}
        code={row.code}
        consequence="It goes to another examiner. What the first one said stays on record and no longer counts."
      />
    ) : null,
};
