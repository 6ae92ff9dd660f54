import type { listResults } from "@bandwise/core/results/queries";
import { sectionNames } from "@bandwise/core/results/report-words";
import { ielpSections } from "@bandwise/scoring/schemes/ielp";
import { CircleCheck, Hourglass, TriangleAlert } from "lucide-react";
import type { ReactNode } from "react";
import { Badge } from "@/ui/badge.tsx";
import { Checkbox } from "@/ui/checkbox.tsx";
import { type Column, DataTable } from "@/ui/data-table.tsx";
import { formatCount, formatDuration, formatShortDate, formatTime } from "@/ui/format.ts";
import { TextLink } from "@/ui/link-button.tsx";

type ResultRow = Awaited<ReturnType<typeof listResults>>["rows"][number];

/** Attempts with what is known of their result. `selectable` gives each row a tick box named `attemptId`. */
export function ResultsTable({
  rows,
  now,
  selectable,
  empty,
}: {
  rows: readonly ResultRow[];
  now: Date;
  selectable: boolean;
  empty: ReactNode;
}) {
  const columns: Column<ResultRow>[] = [
    ...(selectable
      ? [
          {
            id: "choose",
            header: <span className="sr-only">Choose</span>,
            phone: "plain" as const,
            className: "w-8 max-wide:self-center",
            cell: (row: ResultRow) => (
              <Checkbox
                name="attemptId"
                value={row.id}
                autoComplete="off"
                // The box is small in a dense row: what can be hit reaches beyond it.
                className="relative [&>label]:after:absolute [&>label]:after:-inset-3 [&>label]:after:right-0"
              >
                <span className="sr-only">
                  Choose {row.candidate.name}, {row.reference}
                </span>
              </Checkbox>
            ),
          },
        ]
      : []),
    {
      id: "candidate",
      header: "Candidate",
      phone: "plain",
      className: "font-medium max-wide:grow",
      cell: (row) => (
        <TextLink href={`/admin/results/${row.id}`} className="text-ink! no-underline hover:underline">
          {row.candidate.name}
        </TextLink>
      ),
    },
    { id: "reference", header: "Attempt", cell: (row) => <code>{row.reference}</code>, phone: "plain" },
    {
      id: "sitting",
      header: "Sitting",
      phone: "hide",
      cell: (row) => `${row.sitting.programme.title}, ${row.sitting.centre.name}`,
    },
    {
      id: "submitted",
      header: "Submitted",
      cell: (row) => <When at={row.submittedAt} timeZone={row.sitting.centre.timeZone} />,
    },
    ...ielpSections.map(
      (section): Column<ResultRow> => ({
        id: section,
        header: <abbr title={sectionNames[section]}>{sectionNames[section].charAt(0)}</abbr>,
        phoneLabel: sectionNames[section].charAt(0),
        align: "right",
        className: "tabular-nums",
        cell: (row) => bandOf(row, section),
      }),
    ),
    {
      id: "overall",
      header: "Overall",
      align: "right",
      cell: (row) =>
        row.result === null ? (
          <span className="text-ink-3">not yet</span>
        ) : (
          <span className="tabular-nums whitespace-nowrap">
            <b>{row.result.overall.score}</b> <b className="ml-1 text-accent">{row.result.overall.cefr}</b>
            <Profile row={row} />
          </span>
        ),
    },
    { id: "state", header: "State", phone: "plain", cell: (row) => <State row={row} now={now} /> },
  ];
  return (
    <DataTable
      caption="Results, with bands by section: R reading, L listening, W writing, S speaking"
      columns={columns}
      rows={rows}
      rowKey={(row) => row.id}
      empty={empty}
    />
  );
}

function bandOf(row: ResultRow, section: (typeof ielpSections)[number]): ReactNode {
  // An examination in a single skill has criteria for its parts: they stand on the attempt's own page.
  const band =
    row.result?.parts.find(({ id }) => id === section)?.score ??
    row.scores.find(({ skill }) => skill === section)?.band;
  return band ?? <span className="text-ink-3">·</span>;
}

/** What an admin should know of an uneven interview before it is released. */
function Profile({ row: { profile } }: { row: ResultRow }) {
  if (profile === null || (profile.penalty === "0.0" && profile.advisories === 0)) return null;
  const told = [
    ...(profile.penalty === "0.0" ? [] : [`−${profile.penalty} for consistency`]),
    ...(profile.advisories === 0 ? [] : [formatCount(profile.advisories, "advisory", "advisories")]),
  ];
  return <span className="block text-small text-warn">{told.join(", ")}</span>;
}

function When({ at, timeZone }: { at: Date | null; timeZone: string }) {
  if (at === null) return null;
  return (
    <span className="tabular-nums whitespace-nowrap">
      {formatShortDate(at, timeZone)}, {formatTime(at, timeZone)}
    </span>
  );
}

function State({ row, now }: { row: ResultRow; now: Date }) {
  const { timeZone } = row.sitting.centre;
  if (row.status === "released") {
    return (
      <Badge tone="ok" icon={<CircleCheck aria-hidden="true" />}>
        Released {row.releasedAt === null ? "" : formatShortDate(row.releasedAt, timeZone)}
      </Badge>
    );
  }
  if (row.reviewReason !== null) {
    return (
      <Badge tone="warn" icon={<TriangleAlert aria-hidden="true" />}>
        Review: {row.reviewReason}
      </Badge>
    );
  }
  const age = row.submittedAt === null ? null : formatDuration(now.getTime() - row.submittedAt.getTime());
  if (row.obstacle === null) {
    // What releases itself and has not, has a reason.
    const held = row.automatic?.heldBecause ?? null;
    return held === null ? (
      <Badge tone="accent">Ready{age === null ? "" : `, ${age} since submission`}</Badge>
    ) : (
      <Badge tone="warn" icon={<TriangleAlert aria-hidden="true" />}>
        <span title={held}>Not released by itself</span>
      </Badge>
    );
  }
  const marking = row.scriptsTotal > 0 && row.scriptsSettled < row.scriptsTotal;
  return (
    <Badge icon={<Hourglass aria-hidden="true" />}>
      {marking ? `${row.scriptsSettled} of ${row.scriptsTotal} scripts marked` : "Being worked out"}
      {age === null ? "" : `, ${age}`}
    </Badge>
  );
}
