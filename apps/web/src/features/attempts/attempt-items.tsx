import { Badge } from "@/ui/badge.tsx";
import { DataTable } from "@/ui/data-table.tsx";
import { formatClock, formatTime } from "@/ui/format.ts";
import { SectionHeader } from "@/ui/page-header.tsx";
import { nameOf } from "../bank/names.ts";
import { sectionWords } from "../exam/words.ts";
import type { AttemptDetail } from "./attempt-sections.tsx";

const standingWords: Readonly<Record<string, string>> = {
  counted: "counted",
  "late-arrival": "arrived late, counted",
  "made-late": "made late",
  alternative: "from another device",
  expired: "arrived after 24 h",
};

/** The form and what reached us for each item: how many entries of which standing, never the answers. */
export function AttemptItems({ attempt }: { attempt: AttemptDetail }) {
  const { timeZone } = attempt.sitting.centre;
  return (
    <section>
      <SectionHeader level="staff" title="Form and answer ledger" note={`${attempt.items.length} items`} />
      <DataTable
        caption="Items and what arrived for each"
        rows={attempt.items}
        rowKey={(row) => row.id}
        columns={[
          {
            id: "item",
            header: "Item",
            phone: "title",
            cell: (row) => `${sectionWords[row.skill].name} ${row.position}`,
          },
          {
            id: "slug",
            header: "Bank",
            cell: (row) => (
              <span className="font-code">
                {row.item.slug} v{row.itemVersion.version}
              </span>
            ),
          },
          { id: "level", header: "Level", cell: (row) => row.level },
          { id: "sub", header: "Sub-skill", cell: (row) => nameOf(row.subSkill) },
          { id: "anchor", header: "Anchor", phone: "hide", cell: (row) => (row.anchor ? "Anchor" : "") },
          {
            id: "answered",
            header: "Answer",
            cell: (row) => (row.response ? `Made ${formatTime(row.response.madeAt, timeZone)}` : "None"),
          },
          {
            id: "ledger",
            header: "Ledger",
            cell: (row) =>
              row.ledger
                .map((entry) => `${entry.entries} ${standingWords[entry.standing] ?? entry.standing}`)
                .join(", ") || "–",
          },
          {
            id: "recording",
            header: "Recording",
            cell: (row) =>
              row.recordings.length === 0
                ? null
                : row.recordings.map((recording) => (
                    <span key={recording.id} className="mr-2 inline-flex items-center gap-1.5">
                      Take {recording.take}
                      {recording.durationSeconds === null ? "" : ` ${formatClock(recording.durationSeconds)}`}
                      <Badge
                        tone={recording.status === "processed" ? "ok" : recording.status === "failed" ? "bad" : "plain"}
                      >
                        {recording.status}
                      </Badge>
                      {recording.failure}
                    </span>
                  )),
          },
        ]}
        empty={null}
      />
    </section>
  );
}
