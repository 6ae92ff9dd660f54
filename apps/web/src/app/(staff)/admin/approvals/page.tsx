import { approvalKinds } from "@bandwise/core/approvals";
import { listApprovals } from "@bandwise/core/audit/queries";
import { approvalStatuses, listApprovalsInput } from "@bandwise/core/audit/schema";
import type { Metadata } from "next";
import { formSetsPath } from "@/features/bank/list-params.ts";
import { pageLinks } from "@/features/lists/page-links.ts";
import { ApprovalButtons } from "@/features/people/approval-buttons.tsx";
import { actionWords, momentWords } from "@/features/people/audit-words.tsx";
import { requirePage } from "@/lib/guards.ts";
import { DataTable } from "@/ui/data-table.tsx";
import { EmptyState } from "@/ui/empty-state.tsx";
import { TextLink } from "@/ui/link-button.tsx";
import { NavTabs } from "@/ui/nav-tabs.tsx";
import { PageHeader } from "@/ui/page-header.tsx";
import { Pagination } from "@/ui/pagination.tsx";
import { StaffPage } from "@/ui/staff-shell.tsx";
import { firstParam, type SearchParams } from "@/ui/url.ts";

export const metadata: Metadata = { title: "Approvals" };

/** Where what a request is about has a page of its own. */
const pathOf: Readonly<Record<string, string>> = {
  person: "/admin/people",
  certificate: "/admin/certificates",
  appeal: "/admin/appeals",
  "form-set": formSetsPath,
};

export default async function ApprovalsPage({ searchParams }: { searchParams: Promise<SearchParams> }) {
  const params = await searchParams;
  const context = await requirePage("approval:decide");
  const given = listApprovalsInput.safeParse({ page: firstParam(params.page), status: firstParam(params.status) });
  const filters = given.success ? given.data : listApprovalsInput.parse({});
  const list = await listApprovals(context, filters);
  const zone = context.person.timeZone;
  const open = filters.status === "open";
  const titleOf = (kind: string): string => approvalKinds[kind]?.title ?? actionWords(kind);
  return (
    <StaffPage>
      <PageHeader level="staff" title="Approvals" note="Acts that need two persons: one asks, another decides." />
      <NavTabs
        label="Requests by status"
        tabs={approvalStatuses.map((status) => ({
          href: status === "open" ? "/admin/approvals" : `/admin/approvals?status=${status}`,
          label: actionWords(status),
          current: status === filters.status,
        }))}
      />
      <DataTable
        caption="Requests for approval"
        rows={list.rows}
        rowKey={(row) => row.id}
        columns={[
          { id: "kind", header: "What", cell: (row) => titleOf(row.kind) },
          {
            id: "subject",
            header: "About",
            cell: (row) =>
              pathOf[row.subjectType] !== undefined ? (
                <TextLink href={`${pathOf[row.subjectType]}/${row.subjectId}`}>
                  {row.subjectName ?? actionWords(row.subjectType)}
                </TextLink>
              ) : (
                <TextLink href={`/admin/audit?subjectType=${row.subjectType}&subjectId=${row.subjectId}`}>
                  {actionWords(row.subjectType)} <span className="font-code text-small">{row.subjectId.slice(-8)}</span>
                </TextLink>
              ),
          },
          { id: "reason", header: "Reason", cell: (row) => row.reason || "–" },
          { id: "by", header: "Asked by", cell: (row) => row.requestedBy.name },
          {
            id: "at",
            header: "Asked",
            cell: (row) => <span className="tabular-nums">{momentWords(row.requestedAt, zone)}</span>,
          },
          open
            ? {
                id: "do",
                header: <span className="sr-only">Decide</span>,
                align: "right" as const,
                phone: "plain" as const,
                cell: (row) => {
                  const own = row.requestedBy.id === context.person.id;
                  return own || row.refusal === null ? (
                    <ApprovalButtons
                      approvalId={row.id}
                      title={[titleOf(row.kind), row.subjectName ?? ""].filter((part) => part !== "").join(", ")}
                      own={own}
                    />
                  ) : (
                    <span className="text-ink-3">{row.refusal}</span>
                  );
                },
              }
            : {
                id: "decided",
                header: "Decided",
                cell: (row) =>
                  row.decidedAt === null
                    ? "–"
                    : `${momentWords(row.decidedAt, zone)}${row.decidedBy === null ? "" : `, ${row.decidedBy.name}`}`,
              },
        ]}
        empty={<EmptyState title={open ? "Nothing waits for a decision" : "None"} />}
      />
      <Pagination {...pageLinks("/admin/approvals", params, list)} />
    </StaffPage>
  );
}
