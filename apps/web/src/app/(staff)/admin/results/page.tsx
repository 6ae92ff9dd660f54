import { listResults } from "@bandwise/core/results/queries";
import { resultFilter } from "@bandwise/core/results/schema";
import { CircleCheckBig } from "lucide-react";
import type { Metadata } from "next";
import { ReleaseSelection } from "@/features/results/release-selection.tsx";
import { ResultsTable } from "@/features/results/results-table.tsx";
import { ScoreDistribution } from "@/features/scale/score-distribution.tsx";
import { forPage } from "@/lib/guards.ts";
import { type StaffPageProps, staffPage } from "@/lib/staff-page.tsx";
import { EmptyState } from "@/ui/empty-state.tsx";
import { FilterBar, FilterSearch } from "@/ui/filter-bar.tsx";
import { LinkButton } from "@/ui/link-button.tsx";
import { NavTabs } from "@/ui/nav-tabs.tsx";
import { PageHeader, SectionHeader } from "@/ui/page-header.tsx";
import { Pagination } from "@/ui/pagination.tsx";
import { StaffPage } from "@/ui/staff-shell.tsx";
import { firstParam, withParams } from "@/ui/url.ts";

export const metadata: Metadata = { title: "Results" };

const path = "/admin/results";
const tabs = [
  { state: "ready", label: "Ready to release" },
  { state: "held", label: "Held" },
  { state: "released", label: "Released" },
  { state: "all", label: "All" },
] as const;

const nothing = {
  ready: {
    title: "Nothing waits for release",
    text: "Results come here when the last script of an attempt is marked.",
  },
  held: { title: "Nothing is held back", text: "Attempts that are being marked or reviewed are listed here." },
  released: { title: "Nothing has been released yet", text: "Release results under “Ready to release”." },
  all: { title: "No attempt has been submitted yet", text: "Submitted attempts appear here with their bands." },
} as const;

export default staffPage("result:read", "Results", ResultsPage);

async function ResultsPage({ searchParams, context }: StaffPageProps) {
  const params = await searchParams;
  const filter = resultFilter.parse({
    state: firstParam(params.state),
    search: firstParam(params.search),
    page: firstParam(params.page),
  });
  const list = await forPage(listResults(context, filter));
  const { rows, total, page, pageSize, counts, distributions, now } = list;
  const first = (page - 1) * pageSize;
  const searching = filter.search !== "";
  const { title, text } = nothing[filter.state];
  const table = (
    <ResultsTable
      rows={rows}
      now={now}
      selectable={filter.state === "ready"}
      empty={
        searching ? (
          <EmptyState
            title={`Nothing found for “${filter.search}”`}
            action={<LinkButton href={withParams(path, {}, { state: filter.state })}>Clear the search</LinkButton>}
          >
            <p>Search by a candidate’s name or the beginning of an attempt’s reference.</p>
          </EmptyState>
        ) : (
          <EmptyState icon={<CircleCheckBig aria-hidden="true" />} title={title}>
            <p>{text}</p>
          </EmptyState>
        )
      }
    />
  );
  return (
    <StaffPage>
      <PageHeader level="staff" title="Results" />
      <NavTabs
        label="Results by state"
        tabs={tabs.map(({ state, label }) => ({
          href: withParams(path, params, { state: state === "ready" ? null : state, page: null }),
          label,
          count: state === "ready" || state === "held" ? counts[state] : undefined,
          current: state === filter.state,
        }))}
      />
      <FilterBar
        keep={{ state: filter.state === "ready" ? undefined : filter.state }}
        resetHref={searching ? withParams(path, params, { search: null, page: null }) : undefined}
      >
        <FilterSearch name="search" label="Name or reference" defaultValue={searching ? filter.search : undefined} />
      </FilterBar>
      {filter.state === "ready" ? (
        <ReleaseSelection
          key={`${filter.search} ${page}`}
          choices={rows.map(({ id, candidate }) => ({ id, name: candidate.name }))}
        >
          {table}
        </ReleaseSelection>
      ) : (
        table
      )}
      {total <= pageSize && page === 1 ? null : (
        <Pagination
          summary={
            rows.length === 0
              ? `Nothing on this page, ${total} in all`
              : `${first + 1}–${first + rows.length} of ${total}`
          }
          previousHref={page > 1 ? withParams(path, params, { page: page === 2 ? null : page - 1 }) : undefined}
          nextHref={first + rows.length < total ? withParams(path, params, { page: page + 1 }) : undefined}
        />
      )}
      {distributions.length === 0 ? null : (
        <section aria-labelledby="ready-scores" className="pt-4">
          <SectionHeader
            level="staff"
            id="ready-scores"
            title="Scores that wait for release"
            note="All of them, whatever is searched for."
          />
          <div className="grid gap-x-10 gap-y-6 desk:grid-cols-2">
            {distributions.map((distribution) => (
              <ScoreDistribution
                key={distribution.schemeId}
                distribution={distribution}
                when="that wait for release"
                height={64}
              />
            ))}
          </div>
        </section>
      )}
    </StaffPage>
  );
}
