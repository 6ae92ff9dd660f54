import { getItem } from "@bandwise/core/bank/queries";
import type { Metadata } from "next";
import { notFound } from "next/navigation";
import { ItemEditor } from "@/features/bank/editor/item-editor.tsx";
import { bankPath } from "@/features/bank/list-params.ts";
import { forPage, requirePage } from "@/lib/guards.ts";
import { TextLink } from "@/ui/link-button.tsx";
import { PageHeader } from "@/ui/page-header.tsx";
import { StaffPage } from "@/ui/staff-shell.tsx";

export const metadata: Metadata = { title: "Edit item" };

/** Goes on from the newest version, also where that is a draft that is not in use yet. */
export default async function EditItemPage({ params }: { params: Promise<{ itemId: string }> }) {
  const context = await requirePage("item:write");
  const { itemId } = await params;
  const inUse = await forPage(getItem(context, { itemId }));
  const newest =
    inUse.shown.version === inUse.latestVersion
      ? inUse
      : await forPage(getItem(context, { itemId, version: inUse.latestVersion }));
  if (inUse.history.every(({ status }) => status === "retired")) notFound();
  return (
    <StaffPage>
      <p className="pt-3 text-dense">
        <TextLink href={`${bankPath}/${itemId}`}>{newest.slug}</TextLink>
      </p>
      <PageHeader
        level="staff"
        title={<span className="font-code">{newest.slug}</span>}
        note={`A new version, from version ${newest.latestVersion}`}
      />
      <ItemEditor
        key={newest.latestVersion}
        initial={newest.shown.item}
        stored={{ itemId, basedOnVersion: newest.latestVersion }}
      />
    </StaffPage>
  );
}
