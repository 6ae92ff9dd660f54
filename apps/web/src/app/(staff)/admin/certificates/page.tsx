import { listCertificates } from "@bandwise/core/certificates/queries";
import { certificateFilter } from "@bandwise/core/certificates/schema";
import { TriangleAlert } from "lucide-react";
import type { Metadata } from "next";
import { CertificateBadge, statusOptions } from "@/features/certificates/status.tsx";
import { dayWords } from "@/features/certificates/words.ts";
import { pageLinks } from "@/features/lists/page-links.ts";
import { requirePage } from "@/lib/guards.ts";
import { Badge } from "@/ui/badge.tsx";
import { DataTable } from "@/ui/data-table.tsx";
import { EmptyState } from "@/ui/empty-state.tsx";
import { FilterBar, FilterSearch, FilterSelect } from "@/ui/filter-bar.tsx";
import { formatShortDate } from "@/ui/format.ts";
import { PageHeader } from "@/ui/page-header.tsx";
import { Pagination } from "@/ui/pagination.tsx";
import { StaffPage } from "@/ui/staff-shell.tsx";
import { firstParam, type SearchParams } from "@/ui/url.ts";

export const metadata: Metadata = { title: "Certificates" };

const path = "/admin/certificates";

export default async function CertificatesPage({ searchParams }: { searchParams: Promise<SearchParams> }) {
  const params = await searchParams;
  const context = await requirePage("certificate:manage");
  const given = certificateFilter.safeParse({
    page: firstParam(params.page),
    pageSize: 50,
    search: firstParam(params.search),
    status: firstParam(params.status),
  });
  const filter = given.success ? given.data : certificateFilter.parse({});
  const list = await listCertificates(context, filter);
  const filtered = filter.search !== "" || filter.status !== "all";
  return (
    <StaffPage>
      <PageHeader level="staff" title="Certificates" note="Issued at release. Revoking one takes two admins." />
      <FilterBar resetHref={filtered ? path : undefined}>
        <FilterSearch
          name="search"
          label="Name, code or attempt"
          defaultValue={filter.search === "" ? undefined : filter.search}
        />
        <FilterSelect
          name="status"
          label="Any status"
          options={statusOptions}
          defaultValue={filter.status === "all" ? undefined : filter.status}
        />
      </FilterBar>
      <DataTable
        caption="Certificates, newest first"
        rows={list.rows}
        rowKey={(row) => row.id}
        rowHref={(row) => `${path}/${row.id}`}
        columns={[
          { id: "name", header: "Holder", cell: (row) => row.name },
          {
            id: "status",
            header: "Status",
            phone: "plain",
            cell: (row) => (
              <span className="flex flex-wrap gap-1">
                <CertificateBadge status={row.status} />
                {row.intact || row.status === "revoked" ? null : (
                  <Badge tone="bad" icon={<TriangleAlert aria-hidden="true" className="ico" />}>
                    Seal broken
                  </Badge>
                )}
                {row.revocationAsked ? <Badge tone="warn">Revocation asked</Badge> : null}
                {row.statusOnly ? <Badge>Status only</Badge> : null}
              </span>
            ),
          },
          {
            id: "band",
            header: "Band",
            align: "right",
            cell: (row) => (
              <span className="whitespace-nowrap tabular-nums">
                {row.view.overall.score} <span className="text-ink-3">{row.view.overall.cefr}</span>
              </span>
            ),
          },
          { id: "tested", header: "Sat on", cell: (row) => <Nowrap>{dayWords(row.testedOn)}</Nowrap> },
          { id: "issued", header: "Issued", cell: (row) => <Nowrap>{formatShortDate(row.issuedAt, "UTC")}</Nowrap> },
          {
            id: "until",
            header: "Valid until",
            cell: (row) => <Nowrap>{formatShortDate(row.validUntil, "UTC")}</Nowrap>,
          },
          {
            id: "code",
            header: "Code",
            cell: (row) => <span className="font-code whitespace-nowrap">{row.code}</span>,
          },
        ]}
        empty={
          <EmptyState title={filtered ? "Nothing fits" : "No certificate yet"}>
            {filtered ? "Change or clear the filters." : "Each released result brings one."}
          </EmptyState>
        }
      />
      <Pagination {...pageLinks(path, params, list)} />
    </StaffPage>
  );
}

function Nowrap({ children }: { children: string }) {
  return <span className="whitespace-nowrap tabular-nums">{children}</span>;
}
