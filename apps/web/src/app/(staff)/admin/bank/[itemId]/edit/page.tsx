import { getItem } from "@bandwise/core/bank/queries";
import type { Metadata } from "next";
import { notFound } from "next/navigation";
import { ItemEditor } from "@/features/bank/editor/item-editor.tsx";
import { bankPath } from "@/features/bank/list-params.ts";
import { forPage, requirePage } from "@/lib/guards.ts";
import { TextLink } from "@/ui/link-button.tsx";
import { Notice } from "@/ui/notice.tsx";
import { PageHeader } from "@/ui/page-header.tsx";
import { StaffPage } from "@/ui/staff-shell.tsx";

export const metadata: Metadata = { title: "Edit item" };

/** Goes on from the newest version that was not given up, also where that is a draft. */
export default async function EditItemPage({ params }: { params: Promise<{ itemId: string }> }) {
  const context = await requirePage("item:write");
  const { itemId } = await params;
  const inUse = await forPage(getItem(context, { itemId }));
  const newest = inUse.history.find(({ status }) => status !== "retired");
  if (!newest) notFound();
  const start =
    inUse.shown.version === newest.version
      ? inUse
      : await forPage(getItem(context, { itemId, version: newest.version }));
  return (
    <StaffPage>
      <p className="pt-3 text-dense">
        <TextLink href={`${bankPath}/${itemId}`}>{start.slug}</TextLink>
      </p>
      <PageHeader
        level="staff"
        title={<span className="font-code">{start.slug}</span>}
        note={`A new version, from version ${newest.version}`}
      />
      {start.may.edit ? (
        <ItemEditor
          key={start.latestVersion}
          initial={start.shown.item}
          stored={{ itemId, basedOnVersion: start.latestVersion }}
        />
      ) : (
        <Notice tone="warn">{start.may.editRefusal}</Notice>
      )}
    </StaffPage>
  );
}
