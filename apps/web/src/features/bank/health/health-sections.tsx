import type { SectionHealth, SlotHealth } from "@bandwise/core/bank/health";
import Link from "next/link";
import { type Column, DataTable } from "@/ui/data-table.tsx";
import { SectionHeader } from "@/ui/page-header.tsx";
import { withParams } from "@/ui/url.ts";
import { bankPath } from "../list-params.ts";
import { nameOf, skillNames } from "../names.ts";
import { ExposureRange } from "./exposure-range.tsx";
import { HealthBadge } from "./health-verdict.tsx";

/** One table a section: what the form takes, what is there, how long it lasts and how worn it is. */
export function HealthSections({ sections }: { sections: readonly SectionHealth[] }) {
  const most = Math.max(1, ...sections.flatMap((section) => section.slots.map((slot) => slot.exposure.most)));
  return (
    <div className="grid content-start gap-8">
      {sections.map((section) => (
        <section key={section.skill}>
          <SectionHeader
            level="staff"
            title={skillNames[section.skill]}
            note={
              section.anchorsPerForm > 0
                ? `${section.anchorsPerForm} anchors a form, from ${section.anchorLevels} levels`
                : "No anchors"
            }
          />
          <DataTable
            caption={`${skillNames[section.skill]}: items by slot of the form`}
            rows={section.slots}
            rowKey={(slot) => `${slot.level} ${slot.tag}`}
            columns={columnsOf(most)}
            empty="This section has no slots."
          />
        </section>
      ))}
    </div>
  );
}

const listHref = (slot: SlotHealth): string =>
  withParams(bankPath, {}, { skill: slot.skill, level: slot.level, status: "active" });

function columnsOf(most: number): Column<SlotHealth>[] {
  return [
    {
      id: "level",
      header: "Level",
      phone: "title",
      cell: (slot) => (
        <Link href={listHref(slot)} className="link" prefetch={false}>
          {slot.level}
          {slot.tag === "" ? "" : `, ${nameOf(slot.tag).toLowerCase()}`}
        </Link>
      ),
    },
    { id: "state", header: "State", cell: (slot) => <HealthBadge state={slot.state} /> },
    { id: "form", header: "A form", align: "right", cell: (slot) => slot.perForm },
    {
      id: "active",
      header: "Active",
      align: "right",
      cell: (slot) => (slot.anchors > 0 ? `${slot.plain} + ${slot.anchors}` : slot.plain),
      phoneLabel: "Active items + anchors",
    },
    { id: "coming", header: "Pretest", align: "right", cell: (slot) => slot.pretest },
    { id: "resting", header: "Resting", align: "right", cell: (slot) => slot.resting },
    { id: "sittings", header: "Sittings left", align: "right", cell: (slot) => <b>{slot.sittingsLeft}</b> },
    {
      id: "rate",
      header: "Least rate",
      align: "right",
      phone: "hide",
      cell: (slot) => slot.unavoidableRate.toFixed(2).replace(/^0/, ""),
    },
    {
      id: "exposure",
      header: "Exposure",
      phone: "plain",
      cell: (slot) => <ExposureRange {...slot.exposure} greatest={most} />,
    },
  ];
}
