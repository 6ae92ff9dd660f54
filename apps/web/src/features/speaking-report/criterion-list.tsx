import { ProgressBar } from "@/ui/progress-bar.tsx";

interface Criterion {
  readonly id: string;
  readonly title: string;
  readonly score: string | null;
  readonly by: "machine" | "examiner" | null;
  readonly reason: string | null;
}

/** The four criteria with their scores and who gave each; those without one together, with the reason they share. */
export function CriterionList({ criteria, settled }: { criteria: readonly Criterion[]; settled: boolean }) {
  const missing = criteria.filter(({ score }) => score === null);
  const reasons = [...new Set(missing.map(({ reason }) => reason))];
  return (
    <div className="grid gap-3">
      {criteria.map(({ id, title, score, by }) =>
        score === null ? null : (
          <ProgressBar
            key={id}
            label={by === "examiner" ? `${title} (examiner)` : title}
            value={Number(score)}
            text={score}
          />
        ),
      )}
      {reasons.map((reason) => {
        const titles = missing.filter((one) => one.reason === reason).map(({ title }) => title);
        return (
          <p key={reason} className="flex flex-wrap justify-between gap-x-3">
            <span className="text-ink-2">{listOf(titles)}</span>
            <span className="text-warn">
              {reason === null ? "No score yet" : `Not measured: ${reason}.`}
              {settled || reason === null ? "" : ` An examiner rates ${titles.length === 1 ? "it" : "them"}.`}
            </span>
          </p>
        );
      })}
    </div>
  );
}

const listOf = (titles: readonly string[]): string => new Intl.ListFormat("en-GB").format(titles);
