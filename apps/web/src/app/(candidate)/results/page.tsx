import { listMyResults } from "@bandwise/core/results/queries";
import { ChartNoAxesColumn } from "lucide-react";
import type { Metadata } from "next";
import { ProgressOnRuler } from "@/features/results/progress-on-ruler.tsx";
import { forPage, requirePage } from "@/lib/guards.ts";
import { EmptyState } from "@/ui/empty-state.tsx";
import { formatBand, formatCount } from "@/ui/format.ts";
import { LinkButton } from "@/ui/link-button.tsx";
import { PageHeader } from "@/ui/page-header.tsx";

export const metadata: Metadata = { title: "Results" };

export default async function ResultsPage() {
  const context = await requirePage("result:own");
  const results = await forPage(listMyResults(context, {}));
  const newest = results[0];
  const oldest = results.at(-1);
  const note =
    newest === undefined || oldest === undefined
      ? undefined
      : results.length === 1
        ? "One sitting so far."
        : `From ${formatBand(oldest.overallHundredths / 100)} to ${formatBand(newest.overallHundredths / 100)} in ${formatCount(results.length, "sitting", "sittings")}.`;
  return (
    <main className="page">
      <PageHeader title="Results" note={note} />
      <section className="rule-top pt-6" aria-label="Results over time">
        {results.length === 0 ? (
          <EmptyState
            icon={<ChartNoAxesColumn aria-hidden="true" />}
            title="No result yet"
            action={
              <LinkButton href="/book" variant="primary">
                Book a sitting
              </LinkButton>
            }
          >
            <p>When an examination of yours has been marked and released, it appears here and you get an e-mail.</p>
          </EmptyState>
        ) : (
          <ProgressOnRuler results={results} />
        )}
      </section>
    </main>
  );
}
