import { itemDifference } from "@bandwise/core/bank/difference";
import { isInPreparation, statusWords } from "@bandwise/core/bank/life-cycle-rules";
import { getItem } from "@bandwise/core/bank/queries";
import { can } from "@bandwise/core/kernel/policy";
import { Eye, LockKeyhole, Pencil } from "lucide-react";
import type { Metadata } from "next";
import { AnswerKey } from "@/features/bank/answer-key.tsx";
import { Comments } from "@/features/bank/comments.tsx";
import { ItemActions } from "@/features/bank/item-actions.tsx";
import { ItemFacts, ReviewChecklist } from "@/features/bank/item-facts.tsx";
import { ItemDifference, ItemHistory } from "@/features/bank/item-history.tsx";
import { bankPath } from "@/features/bank/list-params.ts";
import { ItemPreview } from "@/features/bank/preview/item-preview.tsx";
import { EnemyPanel, SetPanel } from "@/features/bank/relations.tsx";
import { StatusBadge } from "@/features/bank/status-badge.tsx";
import { forPage, requirePage } from "@/lib/guards.ts";
import { LinkButton, TextLink } from "@/ui/link-button.tsx";
import { Notice } from "@/ui/notice.tsx";
import { PageHeader, SectionHeader } from "@/ui/page-header.tsx";
import { StaffPage } from "@/ui/staff-shell.tsx";
import { firstParam, type SearchParams } from "@/ui/url.ts";

export const metadata: Metadata = { title: "Item" };

function versionIn(value: SearchParams[string]): number | undefined {
  const text = firstParam(value);
  return text !== undefined && /^\d{1,6}$/.test(text) ? Number(text) : undefined;
}

export default async function ItemPage({
  params,
  searchParams,
}: {
  params: Promise<{ itemId: string }>;
  searchParams: Promise<SearchParams>;
}) {
  const context = await requirePage("item:read");
  const { itemId } = await params;
  const asked = await searchParams;
  const version = versionIn(asked.version);
  const compared = versionIn(asked.compare);
  const stored = await forPage(getItem(context, { itemId, ...(version !== undefined && { version }) }));
  const before = compared === undefined ? null : await forPage(getItem(context, { itemId, version: compared }));
  const { shown } = stored;
  const waiting = stored.history.find(({ status }) => isInPreparation(status));
  return (
    <StaffPage>
      <p className="pt-3 text-dense">
        <TextLink href={bankPath}>Item bank</TextLink>
      </p>
      <PageHeader
        level="staff"
        title={<span className="font-code">{stored.slug}</span>}
        note={
          <span className="inline-flex flex-wrap items-center gap-2">
            <StatusBadge status={shown.status} /> version {shown.version} of {stored.latestVersion}
          </span>
        }
        actions={
          <>
            {stored.may.edit ? (
              <LinkButton
                href={`${bankPath}/${stored.id}/edit`}
                size="sm"
                icon={<Pencil className="ico" aria-hidden="true" />}
              >
                Edit as new version
              </LinkButton>
            ) : null}
            {stored.may.review ? (
              <LinkButton
                href={`${bankPath}/${stored.id}/review`}
                size="sm"
                variant={shown.approved ? "secondary" : "primary"}
                icon={<Eye className="ico" aria-hidden="true" />}
              >
                Review
              </LinkButton>
            ) : null}
            <ItemActions item={stored} />
          </>
        }
      />
      {waiting && waiting.version !== shown.version ? (
        <Notice
          tone="plain"
          className="mb-4"
          action={
            <TextLink href={`${bankPath}/${stored.id}?version=${waiting.version}`}>
              Show version {waiting.version}
            </TextLink>
          }
        >
          Version {waiting.version} is {statusWords[waiting.status]}: {waiting.reason}
        </Notice>
      ) : null}
      {shown.status === "in_review" && shown.approved ? (
        <Notice tone="ok" className="mb-4">
          This version is approved and waits to be put into use by an admin.
        </Notice>
      ) : null}
      {stored.may.editRefusal && can(context.viewer, "item:write") ? (
        <p className="mb-3 text-dense text-ink-2">{stored.may.editRefusal}</p>
      ) : null}
      {before ? (
        <ItemDifference
          before={before.shown.version}
          after={shown.version}
          changes={itemDifference(before.shown.item, shown.item)}
        />
      ) : null}
      <div className="grid grid-cols-[minmax(0,1fr)] gap-6 desk:grid-cols-[minmax(0,1fr)_300px]">
        <div className="grid min-w-0 content-start gap-5">
          <ItemPreview skill={shown.item.skill} content={shown.item.content} />
          <section aria-labelledby="staff-only" className="rounded-panel border border-line-strong px-4 pt-3 pb-1">
            <h2 id="staff-only" className="flex items-center gap-2 pb-2 text-ui">
              <LockKeyhole className="ico" aria-hidden="true" /> Staff only
              <span className="font-normal text-ink-3">never shown to a candidate before release</span>
            </h2>
            <AnswerKey item={shown.item} />
          </section>
        </div>
        <aside aria-label="About this item" className="min-w-0">
          <SectionHeader level="staff" title="Metadata" />
          <ItemFacts stored={stored} />
          <SectionHeader level="staff" title="Review" />
          <ReviewChecklist stored={stored} />
          <SectionHeader
            level="staff"
            title="Comments"
            note={stored.openComments > 0 ? `${stored.openComments} open` : undefined}
          />
          <Comments item={stored} timeZone={context.person.timeZone} />
          <SectionHeader level="staff" title="Set" />
          <SetPanel item={stored} />
          <SectionHeader level="staff" title="Kept apart" />
          <EnemyPanel item={stored} />
          <SectionHeader level="staff" title="History" />
          <ItemHistory item={stored} timeZone={context.person.timeZone} />
        </aside>
      </div>
    </StaffPage>
  );
}
