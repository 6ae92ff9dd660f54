import { listMyResults } from "@bandwise/core/results/queries";
import { ChartNoAxesColumn } from "lucide-react";
import type { Metadata } from "next";
import { ProgressByPart } from "@/features/results/progress-by-part.tsx";
import { ProgressBySchemes } from "@/features/results/progress-on-ruler.tsx";
import { forPage, requirePage } from "@/lib/guards.ts";
import { EmptyState } from "@/ui/empty-state.tsx";
import { LinkButton } from "@/ui/link-button.tsx";
import { PageHeader } from "@/ui/page-header.tsx";

export const metadata: Metadata = { title: "Results" };

export default async function ResultsPage() {
  const context = await requirePage("result:own");
  const results = await forPage(listMyResults(context, {}));
  const note = results.length === 1 ? "One sitting so far." : undefined;
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
          <ProgressBySchemes results={results} />
        )}
      </section>
      {results.length === 0 ? null : (
        <div className="rule-top mt-10 pt-6">
          <ProgressByPart results={results} />
        </div>
      )}
    </main>
  );
}
