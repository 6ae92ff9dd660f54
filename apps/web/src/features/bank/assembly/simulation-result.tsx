import type { SimulationDetail } from "@bandwise/core/bank/assembly-queries";
import type { SectionExposure, SimulationResult } from "@bandwise/core/bank/assembly-schema";
import { type Column, DataTable } from "@/ui/data-table.tsx";
import { formatCount, formatInteger } from "@/ui/format.ts";
import { Histogram } from "@/ui/histogram.tsx";
import { Notice } from "@/ui/notice.tsx";
import { SectionHeader } from "@/ui/page-header.tsx";
import { StatStrip, StatTile } from "@/ui/stat-tile.tsx";
import { nameOf, skillNames } from "../names.ts";
import { ExposureCurve } from "./exposure-curve.tsx";
import { RefusalNotice } from "./form-preview.tsx";

const percent = (share: number): string => `${(share * 100).toFixed(1)} %`;

/** What the simulated future came to: who could not sit first, then how worn each section's items are. */
export function SimulationOutcome({ plan, result }: { plan: SimulationDetail["plan"]; result: SimulationResult }) {
  const { firstRefusal, refusedBySitting, sections } = result;
  const refused = refusedBySitting.reduce((sum, count) => sum + count, 0);
  return (
    <div className="grid gap-8 py-4">
      {firstRefusal ? (
        <div className="grid gap-3">
          <RefusalNotice
            title={`First refusal: candidate ${formatInteger(firstRefusal.candidate)} at sitting ${firstRefusal.sitting}`}
            sentences={firstRefusal.sentences}
            write={firstRefusal.write}
          />
          <p className="text-ink-2">
            {formatCount(refused, "sitting", "sittings")} of {formatInteger(plan.candidates * plan.sittings)} could not
            be held:{" "}
            {refusedBySitting
              .flatMap((count, index) => (count > 0 ? [`${formatInteger(count)} at sitting ${index + 1}`] : []))
              .join(", ")}
            .
          </p>
        </div>
      ) : (
        <Notice tone="ok" title="Every candidate got a form at every sitting">
          <p>{formatCount(result.forms, "form", "forms")}, no item met twice by anybody.</p>
        </Notice>
      )}
      {result.forms === 0 ? null : (
        <>
          <StatStrip>
            {sections.map((section) => (
              <StatTile
                key={section.skill}
                label={skillNames[section.skill]}
                value={percent(section.overlap)}
                note={`overlap of two forms; ${percent(section.evenOverlap)} if use were even`}
              />
            ))}
          </StatStrip>
          <section>
            <SectionHeader level="staff" title="Exposure" note="Share of forms that hold each item, sorted" />
            <ExposureCurve
              lines={sections.map(({ skill, curve }) => ({ name: skillNames[skill], rates: curve }))}
              label={`Items sorted by exposure. ${sections
                .map(
                  (one) =>
                    `${skillNames[one.skill]}: at most ${percent(one.maximum)}, on average ${percent(one.mean)} of forms`,
                )
                .join(". ")}.`}
            />
          </section>
          {sections.map((section) => (
            <SectionOutcome key={section.skill} section={section} />
          ))}
        </>
      )}
    </div>
  );
}

function SectionOutcome({ section }: { section: SectionExposure }) {
  const name = skillNames[section.skill];
  return (
    <section>
      <SectionHeader
        level="staff"
        title={name}
        note={[
          `${formatInteger(section.items)} items, ${formatInteger(section.unused)} never drawn`,
          `maximum ${percent(section.maximum)}, mean ${percent(section.mean)}`,
          ...(section.anchorsMissing > 0 ? [`${formatInteger(section.anchorsMissing)} anchors short`] : []),
        ].join(" · ")}
      />
      <div className="grid grid-cols-[minmax(0,1fr)] gap-6 desk:grid-cols-[minmax(0,1fr)_minmax(0,26rem)]">
        <DataTable
          caption={`${name}: exposure by level`}
          rows={section.groups}
          rowKey={(group) => `${group.level} ${group.tag} ${group.anchor}`}
          columns={columns}
          empty="No item was drawn."
        />
        <figure className="grid content-start gap-1">
          <figcaption className="text-dense text-ink-2">Items by exposure, in per cent of forms</figcaption>
          <Histogram
            label={`${name}: ${section.bins.map(({ from, to, count }) => `${count} items at ${from} to ${to} %`).join(", ")}`}
            bins={section.bins}
            height={120}
          />
        </figure>
      </div>
    </section>
  );
}

const columns: readonly Column<SectionExposure["groups"][number]>[] = [
  {
    id: "level",
    header: "Level",
    cell: ({ level, tag, anchor }) =>
      [level, ...(tag === "" ? [] : [nameOf(tag).toLowerCase()]), ...(anchor ? ["anchors"] : [])].join(", "),
  },
  { id: "items", header: "Items", align: "right", cell: ({ items }) => formatInteger(items) },
  { id: "form", header: "A form", align: "right", cell: ({ perForm }) => Number(perForm.toFixed(2)) },
  { id: "mean", header: "If even", align: "right", cell: ({ mean }) => percent(mean) },
  { id: "maximum", header: "Maximum", align: "right", cell: ({ maximum }) => <b>{percent(maximum)}</b> },
];
