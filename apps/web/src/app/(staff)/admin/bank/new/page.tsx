import { skills } from "@bandwise/core/bank/schema";
import { openTypes } from "@bandwise/core/bank/speaking-schema";
import type { Metadata } from "next";
import { blankItem } from "@/features/bank/editor/draft.ts";
import { ItemEditor } from "@/features/bank/editor/item-editor.tsx";
import { bankPath } from "@/features/bank/list-params.ts";
import { nameOf, skillNames } from "@/features/bank/names.ts";
import { requirePage } from "@/lib/guards.ts";
import { TextLink } from "@/ui/link-button.tsx";
import { PageHeader } from "@/ui/page-header.tsx";
import { SegmentedLinks } from "@/ui/segmented.tsx";
import { StaffPage } from "@/ui/staff-shell.tsx";
import { firstParam, type SearchParams, withParams } from "@/ui/url.ts";

export const metadata: Metadata = { title: "New item" };

export default async function NewItemPage({ searchParams }: { searchParams: Promise<SearchParams> }) {
  await requirePage("item:write");
  const asked = await searchParams;
  const skill = skills.find((one) => one === firstParam(asked.skill)) ?? "reading";
  const level = firstParam(asked.level);
  const subSkill = firstParam(asked.subSkill);
  const open = skill === "speaking" ? openTypes.find((one) => one === firstParam(asked.type)) : undefined;
  return (
    <StaffPage>
      <p className="pt-3 text-dense">
        <TextLink href={bankPath}>Item bank</TextLink>
      </p>
      <PageHeader
        level="staff"
        title="New item"
        actions={
          <SegmentedLinks
            label="Skill"
            size="sm"
            options={skills.map((one) => ({
              href: withParams(`${bankPath}/new`, {}, { skill: one }),
              label: skillNames[one],
              current: one === skill,
            }))}
          />
        }
      />
      {skill === "speaking" ? (
        <div className="overflow-x-auto pb-4">
          <SegmentedLinks
            label="Kind of speaking task"
            size="sm"
            options={[undefined, ...openTypes].map((one) => ({
              href: withParams(`${bankPath}/new`, {}, { skill, type: one ?? null }),
              label: one === undefined ? "Task of one band" : nameOf(one),
              current: one === open,
            }))}
          />
        </div>
      ) : null}
      <ItemEditor
        key={`${skill} ${level} ${subSkill} ${open}`}
        initial={blankItem(skill, { level, subSkill, type: open })}
      />
    </StaffPage>
  );
}
