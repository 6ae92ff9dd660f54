import type { getDashboard } from "@bandwise/core/results/dashboard-queries";
import { sectionNames } from "@bandwise/core/results/report-words";
import { CircleCheckBig, Hourglass, TriangleAlert } from "lucide-react";
import { Badge } from "@/ui/badge.tsx";
import { EmptyState } from "@/ui/empty-state.tsx";
import { formatDuration } from "@/ui/format.ts";
import { Histogram } from "@/ui/histogram.tsx";
import { SectionHeader } from "@/ui/page-header.tsx";

type Dashboard = Awaited<ReturnType<typeof getDashboard>>;

const stepHours = 6;

/** How long scripts have been waiting, and which have waited longest. */
export function WaitingScripts({ dashboard }: { dashboard: Dashboard }) {
  const { waitingByAge, oldest, now, targetHours } = dashboard;
  const bins = waitingByAge.map((count, step) => ({ from: step * stepHours, to: (step + 1) * stepHours, count }));
  const late = bins.at(-1)?.count ?? 0;
  const total = bins.reduce((sum, bin) => sum + bin.count, 0);
  const spoken = bins
    .filter((bin) => bin.count > 0)
    .map(
      (bin) => `${bin.from >= targetHours ? `past ${targetHours}` : `${bin.from} to ${bin.to}`} hours: ${bin.count}`,
    );
  return (
    <section aria-labelledby="waiting">
      <SectionHeader
        level="staff"
        id="waiting"
        title="Waiting scripts by age"
        note={total === 0 ? undefined : "hours since submission"}
      />
      {total === 0 ? (
        <EmptyState icon={<CircleCheckBig aria-hidden="true" />} title="No script is waiting">
          <p>Scripts appear here when an attempt is submitted, and leave when they are marked.</p>
        </EmptyState>
      ) : (
        <>
          <Histogram
            label={`Waiting scripts by age. ${spoken.join(", ")}. The limit is ${targetHours} hours; ${late} past it.`}
            bins={bins}
            limit={{ at: targetHours, label: `${targetHours} h` }}
          />
          <table id="oldest" className="mt-6 w-full text-dense">
            <caption className="sr-only">The scripts that have waited longest</caption>
            <thead className="sr-only">
              <tr>
                <th scope="col">Script</th>
                <th scope="col">Kind</th>
                <th scope="col">Waiting</th>
                <th scope="col">State</th>
              </tr>
            </thead>
            <tbody>
              {oldest.map((script) => (
                <tr key={script.code} className="border-b border-line last:border-0">
                  <td className="py-1.5 pr-3 whitespace-nowrap">
                    <code>{script.code}</code>
                  </td>
                  <td className="py-1.5 pr-3 max-wide:hidden">
                    {sectionNames[script.skill]}, task {script.level}
                  </td>
                  <td className="py-1.5 pr-3 text-right font-semibold whitespace-nowrap tabular-nums">
                    {formatDuration(now.getTime() - script.waitingSince.getTime())}
                  </td>
                  <td className="py-1.5">
                    <ScriptState script={script} now={now} targetHours={targetHours} />
                  </td>
                </tr>
              ))}
            </tbody>
          </table>
        </>
      )}
    </section>
  );
}

function ScriptState({
  script,
  now,
  targetHours,
}: {
  script: Dashboard["oldest"][number];
  now: Date;
  targetHours: number;
}) {
  const over = now.getTime() - script.waitingSince.getTime() - targetHours * 3_600_000;
  return (
    <span className="flex flex-wrap gap-1.5">
      {over > 0 ? (
        <Badge tone="bad" icon={<TriangleAlert aria-hidden="true" />}>
          Over by {formatDuration(over)}
        </Badge>
      ) : null}
      {script.leaseHolder === null ? null : (
        <Badge icon={<Hourglass aria-hidden="true" />}>With {script.leaseHolder.name}</Badge>
      )}
      {over <= 0 && script.leaseHolder === null ? <Badge>In the queue</Badge> : null}
    </span>
  );
}
