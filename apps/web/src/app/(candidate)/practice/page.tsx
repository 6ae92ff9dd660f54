import { getPracticeHome } from "@bandwise/core/practice/queries";
import type { Metadata } from "next";
import { GoalForm } from "@/features/practice/goal-form.tsx";
import { PracticeCalendar } from "@/features/practice/practice-calendar.tsx";
import { ProgressCharts } from "@/features/practice/progress-charts.tsx";
import { TakesTable } from "@/features/practice/takes-table.tsx";
import { kindWords } from "@/features/practice/words.ts";
import { requirePage } from "@/lib/guards.ts";
import { EmptyState } from "@/ui/empty-state.tsx";
import { LinkButton } from "@/ui/link-button.tsx";
import { Notice } from "@/ui/notice.tsx";
import { PageHeader } from "@/ui/page-header.tsx";

export const metadata: Metadata = { title: "Practice" };

export default async function PracticePage() {
  const context = await requirePage("practice:own");
  const { kinds, takes, goal, calendar, hears, timeZone } = await getPracticeHome(context, {});
  const oldestFirst = takes.toReversed();
  const series = (takes[0]?.scores ?? []).map(({ id, title }) => ({
    id,
    title,
    points: oldestFirst.flatMap(({ createdAt, scores }) => {
      const score = scores.find((one) => one.id === id)?.score ?? null;
      return score === null ? [] : [{ at: createdAt, score: Number(score) }];
    }),
  }));
  return (
    <main className="page">
      <PageHeader
        title="Practice"
        note="The tasks of the speaking test, as often as you like. Nobody sees this but you, and nothing counts."
      />
      {hears ? null : (
        <Notice className="mb-6" title="Only fluency can be measured here at present">
          <p>There is no speech-to-text on this installation: what needs your words written down has no score.</p>
        </Notice>
      )}
      <ul className="mb-6 grid gap-x-8 gap-y-4 wide:grid-cols-2">
        {kinds.map(({ kind, next }) => (
          <li key={kind} className="rule-top flex flex-col items-start gap-2 py-4">
            <h2 className="text-h3">{kindWords[kind].title}</h2>
            <p className="text-ink-2">{kindWords[kind].what}</p>
            {next === null ? (
              <p className="text-ink-2">There is no task of this kind yet.</p>
            ) : (
              <LinkButton href={`/practice/${next.id}`} variant="primary">
                {next.title}
              </LinkButton>
            )}
          </li>
        ))}
      </ul>
      <section className="rule-top py-6">
        <h2 className="mb-4 text-h2">Progress</h2>
        {takes.length === 0 ? (
          <EmptyState title="Nothing recorded yet">Your scores over time appear here after the first task.</EmptyState>
        ) : (
          <ProgressCharts series={series} timeZone={timeZone} />
        )}
      </section>
      <section className="rule-top grid gap-8 py-6 desk:grid-cols-2">
        <div>
          <h2 className="mb-4 text-h2">Goal</h2>
          <GoalForm goal={goal && { ...goal, until: goal.until?.toISOString().slice(0, 10) ?? null }} />
        </div>
        <div>
          <h2 className="mb-4 text-h2">Calendar</h2>
          <PracticeCalendar weeks={calendar} />
        </div>
      </section>
      {takes.length === 0 ? null : (
        <section className="rule-top py-6">
          <h2 className="mb-3 text-h2">Your recordings</h2>
          <TakesTable takes={takes} timeZone={timeZone} />
        </section>
      )}
    </main>
  );
}
