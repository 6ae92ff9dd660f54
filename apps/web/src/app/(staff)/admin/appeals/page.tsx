import { listAppeals } from "@bandwise/core/results/appeal-queries";
import { appealFilter } from "@bandwise/core/results/appeal-schema";
import type { Metadata } from "next";
import { AppealsTable } from "@/features/appeals/appeals-table.tsx";
import { pageLinks } from "@/features/lists/page-links.ts";
import { requirePage } from "@/lib/guards.ts";
import { NavTabs } from "@/ui/nav-tabs.tsx";
import { PageHeader } from "@/ui/page-header.tsx";
import { Pagination } from "@/ui/pagination.tsx";
import { StaffPage } from "@/ui/staff-shell.tsx";
import { firstParam, type SearchParams, withParams } from "@/ui/url.ts";

export const metadata: Metadata = { title: "Appeals" };

const path = "/admin/appeals";
const tabs = [
  { state: "open", label: "Open" },
  { state: "closed", label: "Closed" },
  { state: "all", label: "All" },
] as const;

export default async function AppealsPage({ searchParams }: { searchParams: Promise<SearchParams> }) {
  const context = await requirePage("appeal:manage");
  const params = await searchParams;
  const filter = appealFilter.parse({ state: firstParam(params.state), page: firstParam(params.page) });
  const list = await listAppeals(context, filter);
  return (
    <StaffPage>
      <PageHeader
        level="staff"
        title="Appeals"
        note="Candidates ask for a re-mark; a senior examiner gives it without knowing; two admins replace a result."
      />
      <NavTabs
        label="Appeals by state"
        tabs={tabs.map(({ state, label }) => ({
          href: withParams(path, params, { state: state === "open" ? null : state, page: null }),
          label,
          count: state === "open" ? list.counts.open : undefined,
          current: state === filter.state,
        }))}
      />
      <AppealsTable rows={list.rows} now={list.now} />
      {list.total <= list.pageSize && list.page === 1 ? null : <Pagination {...pageLinks(path, params, list)} />}
    </StaffPage>
  );
}
