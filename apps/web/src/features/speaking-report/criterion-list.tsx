import { ProgressBar } from "@/ui/progress-bar.tsx";

interface Criterion {
  readonly id: string;
  readonly title: string;
  readonly score: string | null;
  readonly by: "machine" | "examiner" | null;
  readonly reason: string | null;
}

/** The four criteria with their scores, who gave each, and why one is not there. */
export function CriterionList({ criteria, settled }: { criteria: readonly Criterion[]; settled: boolean }) {
  return (
    <div className="grid gap-3">
      {criteria.map(({ id, title, score, by, reason }) =>
        score === null ? (
          <p key={id} className="flex flex-wrap justify-between gap-x-3">
            <span className="text-ink-2">{title}</span>
            <span className="text-warn">
              {reason === null ? "No score yet" : `Not measured: ${reason}.`}
              {settled || reason === null ? "" : " An examiner rates it."}
            </span>
          </p>
        ) : (
          <ProgressBar
            key={id}
            label={by === "examiner" ? `${title} (examiner)` : title}
            value={Number(score)}
            text={score}
          />
        ),
      )}
    </div>
  );
}
