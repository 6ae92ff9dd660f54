import type { getDashboard } from "@bandwise/core/results/dashboard-queries";
import { ChartNoAxesColumn } from "lucide-react";
import { EmptyState } from "@/ui/empty-state.tsx";
import { LinkButton } from "@/ui/link-button.tsx";
import { SectionHeader } from "@/ui/page-header.tsx";
import { ScoreDistribution } from "../scale/score-distribution.tsx";

type Dashboard = Awaited<ReturnType<typeof getDashboard>>;

/** Where the overall scores of the last 30 days lie, each examination on its own scale. */
export function BandDistribution({ dashboard: { distributions } }: { dashboard: Dashboard }) {
  return (
    <section aria-labelledby="bands" className="pt-2">
      <SectionHeader level="staff" id="bands" title="Overall scores, last 30 days" />
      {distributions.length === 0 ? (
        <EmptyState
          icon={<ChartNoAxesColumn aria-hidden="true" />}
          title="Nothing released in the last 30 days"
          action={
            <LinkButton href="/admin/results" size="sm">
              See what can be released
            </LinkButton>
          }
        >
          <p>Scores of released results stand here on their scales.</p>
        </EmptyState>
      ) : (
        <div className="grid gap-6">
          {distributions.map((distribution) => (
            <ScoreDistribution key={distribution.schemeId} distribution={distribution} when="of the last 30 days" />
          ))}
        </div>
      )}
    </section>
  );
}
