import { listReviewQueue, type ReviewRow, reviewWaits } from "@bandwise/core/bank/review-queries";
import { can } from "@bandwise/core/kernel/policy";
import { MessageSquare } from "lucide-react";
import type { Metadata } from "next";
import { BankPlaces } from "@/features/bank/bank-places.tsx";
import { bankPath, reviewPath } from "@/features/bank/list-params.ts";
import { nameOf } from "@/features/bank/names.ts";
import { pageLinks } from "@/features/lists/page-links.ts";
import { forPage, requirePage } from "@/lib/guards.ts";
import { type Column, DataTable } from "@/ui/data-table.tsx";
import { EmptyState } from "@/ui/empty-state.tsx";
import { formatDateTime } from "@/ui/format.ts";
import { NavTabs } from "@/ui/nav-tabs.tsx";
import { PageHeader } from "@/ui/page-header.tsx";
import { Pagination } from "@/ui/pagination.tsx";
import { StaffPage } from "@/ui/staff-shell.tsx";
import { firstParam, type SearchParams, withParams } from "@/ui/url.ts";

export const metadata: Metadata = { title: "Review queue" };

const tabs = { reviewer: "To review", admin: "Approved, to put into use", author: "Sent back" } as const;
const emptyWords = {
  reviewer: "No version waits for a second reader.",
  admin: "No approved version waits to be put into use.",
  author: "No version waits for its author.",
} as const;

export default async function ReviewQueuePage({ searchParams }: { searchParams: Promise<SearchParams> }) {
  const context = await requirePage("item:read");
  const asked = await searchParams;
  const waitsFor = reviewWaits.find((one) => one === firstParam(asked.waits)) ?? "reviewer";
  const queue = await forPage(
    listReviewQueue(context, { waitsFor, ...(firstParam(asked.page) && { page: firstParam(asked.page) }) }),
  );
  const mayReview = can(context.viewer, "item:review");
  const columns: Column<ReviewRow>[] = [
    { id: "item", header: "Item", cell: (row) => <span className="font-code whitespace-nowrap">{row.slug}</span> },
    {
      id: "stem",
      header: "Stem",
      phone: "plain",
      className: "w-full max-w-0 max-wide:max-w-none",
      cell: (row) => <span className="block truncate max-wide:whitespace-normal">{row.stem}</span>,
    },
    { id: "version", header: "Version", align: "right", cell: (row) => row.version },
    { id: "skill", header: "Skill", cell: (row) => nameOf(row.skill) },
    { id: "level", header: "Level", cell: (row) => <b>{row.level}</b> },
    {
      id: "author",
      header: "Author",
      cell: (row) => <span className="whitespace-nowrap">{row.own ? "You" : row.author}</span>,
    },
    {
      id: "since",
      header: "Since",
      cell: (row) => <span className="whitespace-nowrap">{formatDateTime(row.since, context.person.timeZone)}</span>,
    },
    {
      id: "comments",
      header: "Comments",
      align: "right",
      cell: (row) =>
        row.openComments === 0 ? (
          "–"
        ) : (
          <span className="inline-flex items-center gap-1 text-warn">
            <MessageSquare className="ico" aria-hidden="true" /> {row.openComments} open
          </span>
        ),
    },
  ];
  return (
    <StaffPage>
      <PageHeader level="staff" title="Review queue" note="What waits, for whom and since when" />
      <BankPlaces viewer={context.viewer} current={reviewPath} />
      <NavTabs
        label="Waiting for"
        tabs={reviewWaits.map((wait) => ({
          href: withParams(reviewPath, {}, { waits: wait === "reviewer" ? null : wait }),
          label: tabs[wait],
          count: queue.counts[wait],
          current: wait === waitsFor,
        }))}
      />
      <DataTable
        caption={tabs[waitsFor]}
        columns={columns}
        rows={queue.rows}
        rowKey={(row) => row.versionId}
        rowHref={(row) =>
          waitsFor === "reviewer" && mayReview && !row.own
            ? `${bankPath}/${row.itemId}/review?version=${row.version}`
            : `${bankPath}/${row.itemId}?version=${row.version}`
        }
        empty={<EmptyState title={emptyWords[waitsFor]} />}
      />
      <Pagination {...pageLinks(reviewPath, asked, queue)} />
    </StaffPage>
  );
}
