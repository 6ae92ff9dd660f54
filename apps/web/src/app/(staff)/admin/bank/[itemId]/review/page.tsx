import { itemDifference } from "@bandwise/core/bank/difference";
import { getItem } from "@bandwise/core/bank/queries";
import { reviewChecklist } from "@bandwise/core/bank/review-rules";
import { KeyRound } from "lucide-react";
import type { Metadata } from "next";
import { AnswerKey } from "@/features/bank/answer-key.tsx";
import { Comments } from "@/features/bank/comments.tsx";
import { ItemFacts } from "@/features/bank/item-facts.tsx";
import { ItemDifference } from "@/features/bank/item-history.tsx";
import { bankPath, reviewPath } from "@/features/bank/list-params.ts";
import { ReviewDesk } from "@/features/bank/review-desk.tsx";
import { StatusBadge } from "@/features/bank/status-badge.tsx";
import { forPage, requirePage } from "@/lib/guards.ts";
import { TextLink } from "@/ui/link-button.tsx";
import { Notice } from "@/ui/notice.tsx";
import { PageHeader, SectionHeader } from "@/ui/page-header.tsx";
import { StaffPage } from "@/ui/staff-shell.tsx";

export const metadata: Metadata = { title: "Review an item" };

/** A second person reads the version in review: as a candidate first, then with its key, and signs or sends it back. */
export default async function ReviewItemPage({ params }: { params: Promise<{ itemId: string }> }) {
  const context = await requirePage("item:review");
  const { itemId } = await params;
  const listed = await forPage(getItem(context, { itemId }));
  const reviewing = listed.history.find(({ status }) => status === "in_review");
  const item =
    reviewing && reviewing.version !== listed.shown.version
      ? await forPage(getItem(context, { itemId, version: reviewing.version }))
      : listed;
  const { shown } = item;
  const before = item.history.find(({ version }) => version < shown.version);
  const earlier = reviewing && before ? await forPage(getItem(context, { itemId, version: before.version })) : null;
  return (
    <StaffPage>
      <p className="pt-3 text-dense">
        <TextLink href={reviewPath}>Review queue</TextLink>
      </p>
      <PageHeader
        level="staff"
        title={<span className="font-code">{item.slug}</span>}
        note={
          <span className="inline-flex flex-wrap items-center gap-2">
            <StatusBadge status={shown.status} /> version {shown.version}
            <TextLink href={`${bankPath}/${item.id}?version=${shown.version}`}>The item’s page</TextLink>
          </span>
        }
      />
      {item.may.review ? null : (
        <Notice tone="warn" className="mb-4">
          {reviewing
            ? "You wrote this version: a second person has to review it."
            : "No version of this item is in review."}
        </Notice>
      )}
      <ReviewDesk
        skill={shown.item.skill}
        content={shown.item.content}
        form={
          item.may.review && !shown.approved
            ? { versionId: shown.id, slug: item.slug, checklist: reviewChecklist(shown.item), next: reviewPath }
            : null
        }
        beside={
          <>
            {shown.approved ? <Notice tone="ok">This version is approved and waits for an admin.</Notice> : null}
            <SectionHeader level="staff" title="Comments" />
            <Comments item={item} timeZone={context.person.timeZone} />
            <SectionHeader level="staff" title="Metadata" />
            <ItemFacts stored={item} />
          </>
        }
      >
        <details className="rounded-panel border border-line-strong px-4 py-3">
          <summary className="flex cursor-pointer items-center gap-2 text-ui font-semibold">
            <KeyRound className="ico" aria-hidden="true" /> Key and reasons
            <span className="font-normal text-ink-3">solve the item first</span>
          </summary>
          <div className="mt-2">
            <AnswerKey item={shown.item} />
          </div>
        </details>
        {earlier ? (
          <ItemDifference
            before={earlier.shown.version}
            after={shown.version}
            changes={itemDifference(earlier.shown.item, shown.item)}
          />
        ) : null}
      </ReviewDesk>
    </StaffPage>
  );
}
