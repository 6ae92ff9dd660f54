import type { getDashboard } from "@bandwise/core/results/queries";
import { ChartNoAxesColumn } from "lucide-react";
import { EmptyState } from "@/ui/empty-state.tsx";
import { formatBand, formatCount } from "@/ui/format.ts";
import { LinkButton } from "@/ui/link-button.tsx";
import { SectionHeader } from "@/ui/page-header.tsx";
import { RulerHistogram } from "@/ui/ruler.tsx";
import { bandSegments } from "../scale/band-scale.ts";

type Dashboard = Awaited<ReturnType<typeof getDashboard>>;

/** Where the overall bands of the last 30 days lie on the scale. */
export function BandDistribution({ dashboard }: { dashboard: Dashboard }) {
  const { bandCounts, released } = dashboard;
  const bins = bandCounts.map((count, step) => ({ from: step / 2, to: (step + 1) / 2, count }));
  const spoken = bins
    .filter((bin) => bin.count > 0)
    .map((bin) => `up to ${formatBand(bin.to)}: ${bin.count}`)
    .join(", ");
  const median = released.median === null ? null : formatBand(released.median / 100);
  const note = `${formatCount(released.released, "result", "results")}${median === null ? "" : `, median ${median}`}`;
  return (
    <section aria-labelledby="bands" className="pt-2">
      <SectionHeader
        level="staff"
        id="bands"
        title="Overall bands, last 30 days"
        note={released.released === 0 ? undefined : note}
      />
      {released.released === 0 ? (
        <EmptyState
          icon={<ChartNoAxesColumn aria-hidden="true" />}
          title="Nothing released in the last 30 days"
          action={
            <LinkButton href="/admin/results" size="sm">
              See what can be released
            </LinkButton>
          }
        >
          <p>Bands of released results stand here on the scale.</p>
        </EmptyState>
      ) : (
        <RulerHistogram
          segments={bandSegments}
          bins={bins}
          label={`Overall bands of the last 30 days, in steps of half a band. ${spoken}. Median ${median ?? "none"}.`}
        />
      )}
    </section>
  );
}
