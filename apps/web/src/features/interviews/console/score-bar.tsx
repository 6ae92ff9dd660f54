import type { LiveScore } from "./live-score.ts";

/** What the bands come to, worked out as the scheme does it, and what the level's wording would not allow. */
export function ScoreBar({ score }: { score: LiveScore | null }) {
  const figures = [
    { term: "Mean", value: score?.mean ?? "–" },
    { term: "Rounded", value: score?.rounded ?? "–" },
    { term: "Consistency", value: score === null ? "–" : score.penalty === "0.0" ? "no penalty" : `−${score.penalty}` },
  ];
  return (
    <section aria-label="What the bands come to" className="border-t border-line-strong bg-paper px-4 py-2.5 desk:px-6">
      <div className="flex items-end justify-between gap-4">
        <dl className="flex flex-wrap gap-x-6 gap-y-1">
          {figures.map(({ term, value }) => (
            <div key={term}>
              <dt className="text-dense text-ink-3">{term}</dt>
              <dd className="font-semibold tabular-nums">{value}</dd>
            </div>
          ))}
        </dl>
        <p className="text-right">
          <span className="block text-dense text-ink-3">Overall</span>
          <output className="text-[1.75rem]/8 font-semibold tracking-tight tabular-nums" aria-label="Overall band">
            {score?.overall ?? "–"}
          </output>
        </p>
      </div>
      {score === null ? null : (
        <div role="status" className="grid gap-0.5 pt-1.5 text-dense">
          {score.descriptor ? <p className="text-ink-2">{score.descriptor}.</p> : null}
          {score.uneven.length > 0 ? (
            <p className="font-medium text-warn">
              A level or more below {score.rounded}: {score.uneven.join(", ")}.
            </p>
          ) : null}
          {score.advisories.map((advisory) => (
            <p key={advisory} className="text-warn">
              {advisory} Advice only: the score stays.
            </p>
          ))}
        </div>
      )}
    </section>
  );
}
