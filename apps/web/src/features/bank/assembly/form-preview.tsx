import type { FormPreview, PreviewSection } from "@bandwise/core/bank/assembly-queries";
import type { Writing } from "@bandwise/core/bank/assembly-schema";
import { FlaskConical } from "lucide-react";
import { Badge } from "@/ui/badge.tsx";
import { type Column, DataTable } from "@/ui/data-table.tsx";
import { formatCount } from "@/ui/format.ts";
import { Notice } from "@/ui/notice.tsx";
import { SectionHeader } from "@/ui/page-header.tsx";
import { ProgressBar } from "@/ui/progress-bar.tsx";
import { difficultyText, nameOf, skillNames } from "../names.ts";
import { placedItemColumns, reasonColumn } from "../placed-item-columns.tsx";
import { DifficultySpread } from "./difficulty-spread.tsx";

type Pick = PreviewSection["picks"][number];

/** The form section by section, or which sitting cannot be held and what to write. */
export function FormPreviewResult({ preview }: { preview: FormPreview }) {
  const { outcome } = preview;
  if (!outcome.ok) {
    return <RefusalNotice title={`No form for sitting ${outcome.sitting}`} {...outcome} />;
  }
  return (
    <div className="grid gap-8">
      {outcome.sections.map((section) => (
        <SectionPreview key={section.skill} section={section} />
      ))}
      <p className="text-dense text-ink-3">
        Engine {outcome.engineVersion}, seed <code>{preview.seed}</code>. The same bank and seed give the same form;
        looking allots nothing.
      </p>
    </div>
  );
}

/** Why there is no form, in the engine's words, and the fewest items that mend it. */
export function RefusalNotice({
  title,
  sentences,
  write,
}: {
  title: string;
  sentences: readonly string[];
  write: readonly Writing[];
}) {
  return (
    <Notice tone="bad" title={title}>
      <ul className="list-disc pl-5">
        {sentences.map((sentence) => (
          <li key={sentence} className="first-letter:uppercase">
            {sentence}.
          </li>
        ))}
      </ul>
      {write.length > 0 ? (
        <>
          <p className="mt-2 font-medium">Write next</p>
          <ul className="list-disc pl-5">
            {write.map((entry) => (
              <li key={`${entry.skill} ${entry.level} ${entry.tag} ${entry.subSkill}`}>
                {formatCount(entry.count, "item", "items")} for {skillNames[entry.skill].toLowerCase()} {entry.level}
                {entry.tag === "" ? "" : `, ${nameOf(entry.tag).toLowerCase()}`}
                {entry.subSkill === null ? "" : `, ${nameOf(entry.subSkill).toLowerCase()}`}
              </li>
            ))}
          </ul>
        </>
      ) : null}
    </Notice>
  );
}

const mean = (values: readonly number[]): number =>
  values.reduce((sum, value) => sum + value, 0) / Math.max(1, values.length);

function counted(values: readonly string[]): [string, number][] {
  const counts = new Map<string, number>();
  for (const value of values) counts.set(value, (counts.get(value) ?? 0) + 1);
  return [...counts].sort(([a, x], [b, y]) => y - x || a.localeCompare(b));
}

function SectionPreview({ section }: { section: PreviewSection }) {
  const name = skillNames[section.skill];
  const scored = section.picks.filter((pick) => pick.scored);
  const subSkills = counted(scored.map((pick) => pick.subSkill));
  const topics = counted(scored.map((pick) => pick.topic));
  const levels = [...new Set(scored.map((pick) => pick.level))];
  const reached = difficultyText(mean(scored.map((pick) => pick.difficulty)));
  const target = difficultyText(mean(scored.map((pick) => pick.centre)));
  return (
    <section>
      <SectionHeader
        level="staff"
        title={name}
        note={[
          formatCount(section.picks.length, "item", "items"),
          `mean difficulty ${reached}, target ${target} logits`,
          ...(section.anchorsMissing > 0 ? [formatCount(section.anchorsMissing, "anchor short", "anchors short")] : []),
          ...(section.pretestMissing > 0
            ? [formatCount(section.pretestMissing, "pretest place empty", "pretest places empty")]
            : []),
        ].join(" · ")}
      />
      <div className="grid grid-cols-[minmax(0,1fr)] gap-6 desk:grid-cols-[minmax(0,1fr)_320px]">
        <DataTable
          caption={`${name}: items of the form with the reason for each`}
          rows={section.picks}
          rowKey={(pick) => pick.itemId}
          columns={columns}
          empty="This section has no items."
        />
        <div className="grid content-start gap-5">
          <figure className="grid gap-2">
            <figcaption className="text-dense text-ink-2">
              Difficulty in logits; the bar marks the level’s centre
              {scored.some((one) => one.anchor) ? ", anchors are hollow" : ""}
            </figcaption>
            <DifficultySpread
              label={`${name}: mean difficulty ${reached} logits against a target of ${target}`}
              rows={levels.map((level) => {
                const own = scored.filter((pick) => pick.level === level);
                return {
                  level,
                  centre: own[0]?.centre ?? 0,
                  items: own.map(({ itemId, difficulty, anchor }) => ({ id: itemId, difficulty, anchor })),
                };
              })}
            />
          </figure>
          <div className="grid gap-2 text-dense">
            <h3 className="text-dense font-normal text-ink-2">Sub-skills</h3>
            {subSkills.map(([subSkill, count]) => (
              <ProgressBar
                key={subSkill}
                label={nameOf(subSkill)}
                value={count}
                max={scored.length}
                text={`${count} of ${scored.length}`}
              />
            ))}
          </div>
          <p className="text-dense">
            <span className="text-ink-2">{formatCount(topics.length, "topic", "topics")}: </span>
            {topics.map(([topic, count]) => `${nameOf(topic)}${count > 1 ? ` × ${count}` : ""}`).join(" · ")}
          </p>
        </div>
      </div>
    </section>
  );
}

const columns: readonly Column<Pick>[] = [
  placedItemColumns.item,
  {
    id: "level",
    header: "Level",
    cell: (pick) => `${pick.level}${pick.tag === "" ? "" : `, ${nameOf(pick.tag).toLowerCase()}`}`,
  },
  placedItemColumns.subSkill,
  placedItemColumns.topic,
  placedItemColumns.difficulty,
  { id: "exposure", header: "Allotted", align: "right", cell: (pick) => pick.exposure },
  reasonColumn((pick) => (pick.scored ? null : <Badge icon={<FlaskConical aria-hidden="true" />}>Unscored</Badge>)),
];
