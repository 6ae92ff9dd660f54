import type { getDashboard } from "@bandwise/core/results/dashboard-queries";
import { CalendarDays } from "lucide-react";
import { EmptyState } from "@/ui/empty-state.tsx";
import { formatTime } from "@/ui/format.ts";
import { LinkButton } from "@/ui/link-button.tsx";
import { SectionHeader } from "@/ui/page-header.tsx";
import { StackedBar, StackedLegend, type StackSegment } from "@/ui/stacked-bar.tsx";

type Sitting = Awaited<ReturnType<typeof getDashboard>>["sittings"][number];

function segmentsOf(sitting: Pick<Sitting, "submitted" | "inProgress" | "checkedIn" | "booked" | "noShow">) {
  return [
    { label: "submitted", value: sitting.submitted, tone: 1 },
    { label: "in progress", value: sitting.inProgress, tone: 2 },
    { label: "checked in", value: sitting.checkedIn, tone: 3 },
    { label: "booked", value: sitting.booked, tone: "outline" },
    { label: "no-show", value: sitting.noShow, tone: "hatch" },
  ] as const satisfies readonly StackSegment[];
}

/** Today's sittings with how far their candidates have come; all bars are drawn to one scale. */
export function TodaysSittings({ sittings }: { sittings: readonly Sitting[] }) {
  const rows = sittings.map((sitting) => {
    const segments = segmentsOf(sitting);
    return { sitting, segments, taken: segments.reduce((sum, { value }) => sum + value, 0) };
  });
  const taken = rows.reduce((sum, row) => sum + row.taken, 0);
  const longest = Math.max(1, ...rows.map((row) => row.taken));
  const legend = segmentsOf({
    submitted: sum(sittings, "submitted"),
    inProgress: sum(sittings, "inProgress"),
    checkedIn: sum(sittings, "checkedIn"),
    booked: sum(sittings, "booked"),
    noShow: sum(sittings, "noShow"),
  });
  return (
    <section aria-labelledby="today">
      <SectionHeader
        level="staff"
        id="today"
        title="Today’s sittings"
        note={sittings.length === 0 ? undefined : `${taken} ${taken === 1 ? "place" : "places"} taken`}
      />
      {sittings.length === 0 ? (
        <EmptyState
          icon={<CalendarDays aria-hidden="true" />}
          title="No sitting today"
          action={
            <LinkButton href="/admin/sittings" size="sm">
              Open a sitting
            </LinkButton>
          }
        >
          <p>Sittings of the day appear here with how many are booked, sitting and done.</p>
        </EmptyState>
      ) : (
        <>
          <ul>
            {rows.map(({ sitting, segments, taken: places }) => (
              <li
                key={sitting.id}
                className="grid min-h-8.5 grid-cols-[44px_minmax(72px,0.8fr)_minmax(0,2fr)_56px] items-center gap-3 border-b border-line py-1 text-dense"
              >
                <b className="tabular-nums">{formatTime(sitting.startsAt, sitting.timeZone)}</b>
                <span className="truncate" title={`${sitting.centre}, ${sitting.programme}`}>
                  {sitting.centre} <span className="text-ink-3">{sitting.programme}</span>
                </span>
                <StackedBar
                  label={`${formatTime(sitting.startsAt, sitting.timeZone)}, ${sitting.centre}, ${sitting.programme}`}
                  segments={segments}
                  total={longest}
                />
                <span className="text-right text-ink-3 tabular-nums">
                  {places}/{sitting.capacity}
                  <span className="sr-only"> places taken</span>
                </span>
              </li>
            ))}
          </ul>
          <div className="pt-2.5">
            <StackedLegend items={legend} />
          </div>
        </>
      )}
    </section>
  );
}

function sum(
  sittings: readonly Sitting[],
  field: "submitted" | "inProgress" | "checkedIn" | "booked" | "noShow",
): number {
  return sittings.reduce((total, sitting) => total + sitting[field], 0);
}
