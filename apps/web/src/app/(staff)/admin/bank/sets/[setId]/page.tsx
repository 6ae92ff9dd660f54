import { getItemSet } from "@bandwise/core/bank/queries";
import { can } from "@bandwise/core/kernel/policy";
import type { Metadata } from "next";
import { SetEditor } from "@/features/bank/editor/set-editor.tsx";
import { bankPath } from "@/features/bank/list-params.ts";
import { StatusBadge } from "@/features/bank/status-badge.tsx";
import { forPage, requirePage } from "@/lib/guards.ts";
import { TextLink } from "@/ui/link-button.tsx";
import { Notice } from "@/ui/notice.tsx";
import { PageHeader } from "@/ui/page-header.tsx";
import { StaffPage } from "@/ui/staff-shell.tsx";

export const metadata: Metadata = { title: "Item set" };

/** The items of a set, and the text they share: changed for all of them at once. */
export default async function ItemSetPage({ params }: { params: Promise<{ setId: string }> }) {
  const context = await requirePage("item:read");
  const { setId } = await params;
  const set = await forPage(getItemSet(context, { setId }));
  const [first] = set.members;
  const obstacle = set.members.find(({ refusal }) => refusal !== null);
  return (
    <StaffPage>
      <p className="pt-3 text-dense">
        <TextLink href={`${bankPath}?set=${set.slug}`}>Items of this set</TextLink>
      </p>
      <PageHeader level="staff" title={set.title} note={<span className="font-code">{set.slug}</span>} />
      <ul className="mb-4 flex flex-wrap gap-x-5 gap-y-2 text-dense">
        {set.members.map((member) => (
          <li key={member.id} className="inline-flex items-center gap-2">
            <TextLink href={`${bankPath}/${member.id}`}>
              <span className="font-code">{member.slug}</span>
            </TextLink>
            <StatusBadge status={member.status} />
          </li>
        ))}
      </ul>
      {obstacle ? (
        <Notice tone="warn">
          {obstacle.slug}: {obstacle.refusal} The shared text changes for all items or for none.
        </Notice>
      ) : first && can(context.viewer, "item:write") ? (
        <SetEditor
          setId={set.id}
          initial={first.item}
          basedOn={Object.fromEntries(set.members.map(({ id, latestVersion }) => [id, latestVersion]))}
        />
      ) : (
        <Notice>
          {first ? "Item writers and admins may change the shared text." : "No item in use belongs to it."}
        </Notice>
      )}
    </StaffPage>
  );
}
