import { getDashboard } from "@bandwise/core/results/dashboard-queries";
import type { Metadata } from "next";
import { BandDistribution } from "@/features/overview/band-distribution.tsx";
import { QuietRefresh } from "@/features/overview/quiet-refresh.tsx";
import { TodaysSittings } from "@/features/overview/todays-sittings.tsx";
import { WaitingScripts } from "@/features/overview/waiting-scripts.tsx";
import { forPage, requirePage } from "@/lib/guards.ts";
import { formatCount, formatDuration, formatPercent, formatTime, formatWeekdayDate } from "@/ui/format.ts";
import { TextLink } from "@/ui/link-button.tsx";
import { PageHeader } from "@/ui/page-header.tsx";
import { StaffPage } from "@/ui/staff-shell.tsx";
import { StatStrip, StatTile } from "@/ui/stat-tile.tsx";

export const metadata: Metadata = { title: "Overview" };

export default async function OverviewPage() {
  const context = await requirePage("dashboard:read");
  const dashboard = await forPage(getDashboard(context, {}));
  const { figures, released, now, targetHours } = dashboard;
  const { timeZone } = context.person;
  return (
    <StaffPage>
      <PageHeader
        level="staff"
        title="Overview"
        note={`${formatWeekdayDate(now, timeZone)}, ${formatTime(now, timeZone)}`}
        actions={<QuietRefresh readAt={now.getTime()} />}
      />
      <StatStrip>
        <StatTile
          label="In progress now"
          value={figures.inProgress}
          note={
            figures.openSittings === 0
              ? "no sitting open"
              : `${formatCount(figures.openSittings, "sitting", "sittings")} open`
          }
        />
        <StatTile
          label="Waiting for marks"
          value={figures.waiting}
          note={
            figures.oldest === null
              ? "nothing waits"
              : `oldest ${formatDuration(now.getTime() - figures.oldest.getTime())}`
          }
        />
        <StatTile
          label={`Past ${targetHours} h`}
          value={figures.late}
          tone={figures.late > 0 ? "bad" : "plain"}
          note={figures.late > 0 ? <TextLink href="#oldest">See the oldest</TextLink> : "all within the limit"}
        />
        <StatTile
          label="Ready to release"
          value={figures.ready}
          note={
            <>
              {figures.ready > 0 ? <TextLink href="/admin/results">Review and release</TextLink> : "nothing to release"}
              {figures.review > 0 ? (
                <>
                  , <TextLink href="/admin/results?state=held">{figures.review} held</TextLink>
                </>
              ) : null}
            </>
          }
        />
        <StatTile
          label={`Released within ${targetHours} h`}
          value={released.released === 0 ? "–" : formatPercent((100 * released.inTime) / released.released, 1)}
          note={
            released.released === 0
              ? "nothing released in 30 days"
              : `${released.inTime} of ${released.released}, last 30 days`
          }
        />
      </StatStrip>
      <div className="grid gap-x-10 desk:grid-cols-2">
        <WaitingScripts dashboard={dashboard} />
        <div>
          <TodaysSittings sittings={dashboard.sittings} />
          <BandDistribution dashboard={dashboard} />
        </div>
      </div>
    </StaffPage>
  );
}
