import { type BankCell, cellMinimum, levelsOf } from "@bandwise/core/bank/rules";
import { type Skill, skills, subSkills } from "@bandwise/core/bank/schema";
import { HeatMap } from "@/ui/heat-map.tsx";
import { SegmentedLinks } from "@/ui/segmented.tsx";
import { withParams } from "@/ui/url.ts";
import { bankPath, type ListParams } from "./list-params.ts";
import { nameOf, shortNameOf, skillNames } from "./names.ts";

/** The list of one cell: active items alone, because these are what the map counts. */
const cellHref = (skill: Skill, level: string, subSkill: string): string =>
  withParams(bankPath, {}, { skill, level, subSkill, status: "active", map: skill });

export function BankHeatMap({ cells, params }: { cells: readonly BankCell[]; params: ListParams }) {
  const skill = skills.find((one) => one === (params.map ?? params.skill)) ?? "reading";
  const count = (level: string, subSkill: string) =>
    cells.find((cell) => cell.skill === skill && cell.level === level && cell.subSkill === subSkill)?.active ?? 0;
  return (
    <section aria-labelledby="active-items">
      <div className="flex flex-wrap items-center justify-between gap-2 py-2">
        <h2 id="active-items" className="text-ui">
          Active items
        </h2>
        <SegmentedLinks
          label="Skill of the map"
          size="sm"
          options={skills.map((one) => ({
            href: withParams(bankPath, params, { map: one }),
            label: skillNames[one],
            current: one === skill,
          }))}
        />
      </div>
      <HeatMap
        caption={`${skillNames[skill]}: active items by level and sub-skill`}
        rows={levelsOf(skill).map((id) => ({ id, label: shortNameOf(id) }))}
        columns={subSkills[skill].map((id) => ({ id, label: shortNameOf(id), title: nameOf(id) }))}
        value={count}
        minimum={(level, subSkill) => cellMinimum(skill, level, subSkill)}
        totals
        href={(level, subSkill) => cellHref(skill, level, subSkill)}
      />
      <p className="mt-1.5 flex items-center gap-2 text-small text-ink-3">
        <span className="inline-block h-3 w-4 rounded-[2px] border-2 border-dashed border-bad" aria-hidden="true" />
        below the minimum of what the level asks for
      </p>
    </section>
  );
}
