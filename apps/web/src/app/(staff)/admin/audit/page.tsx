import { listAudit, listAuditFacets } from "@bandwise/core/audit/queries";
import { listAuditInput } from "@bandwise/core/audit/schema";
import type { Metadata } from "next";
import { pageLinks } from "@/features/lists/page-links.ts";
import { actionWords, actorWords, detailWords, momentWords } from "@/features/people/audit-words.tsx";
import { type StaffPageProps, staffPage } from "@/lib/staff-page.tsx";
import { DataTable } from "@/ui/data-table.tsx";
import { EmptyState } from "@/ui/empty-state.tsx";
import { FilterBar, FilterSearch, FilterSelect } from "@/ui/filter-bar.tsx";
import { TextLink } from "@/ui/link-button.tsx";
import { PageHeader } from "@/ui/page-header.tsx";
import { Pagination } from "@/ui/pagination.tsx";
import { StaffPage } from "@/ui/staff-shell.tsx";
import { firstParam, withParams } from "@/ui/url.ts";

export const metadata: Metadata = { title: "Audit" };

export default staffPage("audit:read", "Audit", AuditPage);

async function AuditPage({ searchParams, context }: StaffPageProps) {
  const params = await searchParams;
  const given = listAuditInput.safeParse({
    page: firstParam(params.page),
    pageSize: 50,
    action: firstParam(params.action),
    subjectType: firstParam(params.subjectType),
    subjectId: firstParam(params.subjectId),
    actorId: firstParam(params.actorId) || undefined,
  });
  const filters = given.success ? given.data : listAuditInput.parse({});
  const [list, facets] = await Promise.all([listAudit(context, filters), listAuditFacets(context, {})]);
  const filtered =
    filters.action !== "" || filters.subjectType !== "" || filters.subjectId !== "" || filters.actorId !== undefined;
  const option = (value: string) => ({ value, label: actionWords(value) });
  return (
    <StaffPage>
      <PageHeader level="staff" title="Audit" note="Every change, by whom and when. Nothing here can be edited." />
      <FilterBar resetHref={filtered ? "/admin/audit" : undefined} keep={{ actorId: filters.actorId }}>
        <FilterSelect
          name="action"
          label="Any action"
          options={facets.actions.map(option)}
          defaultValue={filters.action || undefined}
        />
        <FilterSelect
          name="subjectType"
          label="Any subject"
          options={facets.subjectTypes.map(option)}
          defaultValue={filters.subjectType || undefined}
        />
        <FilterSearch name="subjectId" label="Subject’s id" defaultValue={filters.subjectId || undefined} />
      </FilterBar>
      <DataTable
        caption="Audit trail, newest first"
        rows={list.rows}
        rowKey={(row) => row.id}
        columns={[
          {
            id: "action",
            header: "Action",
            cell: (row) => <span className="whitespace-nowrap">{actionWords(row.action)}</span>,
          },
          {
            id: "at",
            header: "When",
            cell: (row) => (
              <span className="whitespace-nowrap tabular-nums">{momentWords(row.at, context.person.timeZone)}</span>
            ),
          },
          {
            id: "actor",
            header: "Who",
            cell: (row) =>
              row.actorId === null ? (
                <span className="text-ink-2">{actorWords(row)}</span>
              ) : (
                <TextLink
                  href={withParams("/admin/audit", params, { actorId: row.actorId, page: null })}
                  className="whitespace-nowrap"
                >
                  {actorWords(row)}
                </TextLink>
              ),
          },
          {
            id: "subject",
            header: "Subject",
            cell: (row) => (
              <TextLink
                href={withParams("/admin/audit", {}, { subjectType: row.subjectType, subjectId: row.subjectId })}
                title={row.subjectId}
                className="whitespace-nowrap"
              >
                {actionWords(row.subjectType)} <span className="font-code text-small">{row.subjectId.slice(-8)}</span>
              </TextLink>
            ),
          },
          {
            id: "detail",
            header: "Detail",
            cell: (row) => <span className="wrap-anywhere text-ink-2">{detailWords(row.detail)}</span>,
          },
        ]}
        empty={<EmptyState title="Nothing fits">Change or clear the filters.</EmptyState>}
      />
      <Pagination {...pageLinks("/admin/audit", params, list)} />
    </StaffPage>
  );
}
