import type { BankFigures } from "@bandwise/core/bank/queries";
import { type BankCell, cellMinimum, formsBeforeRepeat, levelsOf, thinnestCells } from "@bandwise/core/bank/rules";
import { type Skill, skills, subSkills } from "@bandwise/core/bank/schema";
import { ielp } from "@bandwise/core/delivery/programmes";
import Link from "next/link";
import { formatCount } from "@/ui/format.ts";
import { HeatMap } from "@/ui/heat-map.tsx";
import { SectionHeader } from "@/ui/page-header.tsx";
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
        rows={levelsOf(skill).map((id) => ({ id, label: id }))}
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

export function BankHealth({ cells, figures }: { cells: readonly BankCell[]; figures: BankFigures }) {
  const left = ielp.sections.map((section) => `${formsBeforeRepeat(cells, section)} ${skillNames[section.skill]}`);
  return (
    <section>
      <SectionHeader level="staff" title="Bank health" />
      <dl className="grid gap-2 text-dense">
        <div>
          <dt className="text-ink-3">Sittings left before a repeat</dt>
          <dd className="tabular-nums">{left.join(", ")}</dd>
        </div>
        <div>
          <dt className="text-ink-3">Highest exposure</dt>
          <dd className="tabular-nums">
            {figures.mostAllotted ? (
              <>
                <b>{figures.mostAllotted.allotted}</b> forms,{" "}
                <Link href={`${bankPath}/${figures.mostAllotted.id}`} className="link font-code" prefetch={false}>
                  {figures.mostAllotted.slug}
                </Link>
              </>
            ) : (
              "No form has been made yet"
            )}
          </dd>
        </div>
      </dl>
    </section>
  );
}

const shownCells = 8;

export function WriteNext({ cells }: { cells: readonly BankCell[] }) {
  const thin = thinnestCells(cells);
  return (
    <section>
      <SectionHeader
        level="staff"
        title="Write next"
        note={thin.length > shownCells ? `${shownCells} of ${thin.length}` : undefined}
      />
      {thin.length === 0 ? (
        <p className="text-dense text-ink-2">Every level has what it asks for.</p>
      ) : (
        <ol className="grid text-dense">
          {thin.slice(0, shownCells).map(({ skill, level, subSkill, missing }) => (
            <li key={`${skill} ${level} ${subSkill}`} className="flex items-baseline gap-2">
              <b className="w-7 flex-none">{level}</b>
              <Link
                href={withParams(`${bankPath}/new`, {}, { skill, level, subSkill })}
                className="link min-w-0 flex-1 py-1"
                prefetch={false}
              >
                {nameOf(subSkill)}, {skillNames[skill]}
              </Link>
              <span className="text-ink-3 tabular-nums">{formatCount(missing, "item", "items")}</span>
            </li>
          ))}
        </ol>
      )}
    </section>
  );
}
