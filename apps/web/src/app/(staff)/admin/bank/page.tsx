import { bankOverview, listFilterChoices, listItems, listSavedViews } from "@bandwise/core/bank/list-queries";
import { can } from "@bandwise/core/kernel/policy";
import { Plus } from "lucide-react";
import type { Metadata } from "next";
import { BankFilters } from "@/features/bank/bank-filters.tsx";
import { BankHeatMap } from "@/features/bank/bank-heat-map.tsx";
import { BankPlaces } from "@/features/bank/bank-places.tsx";
import { BankTable } from "@/features/bank/bank-table.tsx";
import { BulkBar, bulkForm } from "@/features/bank/bulk-bar.tsx";
import { bankPath, listParams } from "@/features/bank/list-params.ts";
import { isView, SavedViewTools, viewHref } from "@/features/bank/saved-views.tsx";
import { pageLinks } from "@/features/lists/page-links.ts";
import { forPage } from "@/lib/guards.ts";
import { type StaffPageProps, staffPage } from "@/lib/staff-page.tsx";
import { formatInteger } from "@/ui/format.ts";
import { LinkButton } from "@/ui/link-button.tsx";
import { NavTabs } from "@/ui/nav-tabs.tsx";
import { PageHeader } from "@/ui/page-header.tsx";
import { Pagination } from "@/ui/pagination.tsx";
import { StaffPage } from "@/ui/staff-shell.tsx";
import { withParams } from "@/ui/url.ts";

export const metadata: Metadata = { title: "Item bank" };

export default staffPage("item:read", "Item bank", BankPage);

async function BankPage({ searchParams, context }: StaffPageProps) {
  const params = listParams(await searchParams);
  const { map: _map, ...filter } = params;
  const [list, { cells, figures }, choices, saved] = await forPage(
    Promise.all([
      listItems(context, { ...filter } as Parameters<typeof listItems>[1]),
      bankOverview(context, {}),
      listFilterChoices(context, {}),
      listSavedViews(context, {}),
    ]),
  );
  const mayChange = can(context.viewer, "item:write");
  const views = [
    { label: "All items", count: figures.items, set: {} },
    { label: "Versions waiting", count: figures.waiting, set: { waiting: "yes" } },
    { label: "Anchors", count: figures.anchors, set: { anchor: "yes", status: "active" } },
  ];
  const { page: _page, sort: _sort, direction: _direction, ...chosen } = filter;
  return (
    <StaffPage>
      <PageHeader
        level="staff"
        title="Item bank"
        note={`${formatInteger(figures.items)} items, ${formatInteger(figures.active)} active`}
        actions={
          mayChange ? (
            <LinkButton href={`${bankPath}/new`} variant="primary" size="sm" icon={<Plus aria-hidden="true" />}>
              New item
            </LinkButton>
          ) : null
        }
      />
      <BankPlaces viewer={context.viewer} current={bankPath} />
      <NavTabs
        label="Views"
        tabs={[
          ...views.map(({ label, count, set }) => ({
            href: withParams(bankPath, {}, set),
            label,
            count,
            current: isView(chosen, set),
          })),
          ...saved.map((view) => ({ href: viewHref(view), label: view.name, current: isView(params, view.query) })),
        ]}
      />
      <BankFilters params={params} choices={choices} />
      <div className="pt-2">
        <SavedViewTools params={params} views={saved} />
      </div>
      <div className="grid grid-cols-[minmax(0,1fr)] gap-6 desk:grid-cols-[minmax(0,1fr)_300px]">
        <aside aria-label="Active items by level and sub-skill" className="order-2 max-desk:order-1">
          <BankHeatMap cells={cells} params={params} />
        </aside>
        <div className="order-1 min-w-0 max-desk:order-2">
          {mayChange ? (
            // Other rows, nothing ticked.
            <BulkBar key={list.rows.map(({ id }) => id).join()} filter={chosen} total={list.total} />
          ) : null}
          <BankTable rows={list.rows} params={params} ticks={mayChange ? bulkForm : undefined} />
          <Pagination {...pageLinks(bankPath, params, list)} />
        </div>
      </div>
    </StaffPage>
  );
}
