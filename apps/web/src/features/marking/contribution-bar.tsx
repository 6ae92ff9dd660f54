import { contributionOf } from "@bandwise/core/marking/rules";
import type { RatedSkill, Scores } from "@bandwise/core/marking/schema";

/** The arithmetic of a script, in the open: mean × weight = what it adds to the section. Nothing where it has no weight. */
export function ContributionBar({ skill, level, scores }: { skill: RatedSkill; level: string; scores: Scores }) {
  const added = contributionOf(skill, level, scores);
  if (added === null) return null;
  const { mean, weight, raw, maximum } = added;
  return (
    <div className="flex items-center justify-between gap-4 border-t border-line bg-paper px-4 py-2 wide:px-6 wide:py-2.5">
      <dl className="flex items-end gap-2 tabular-nums wide:gap-3">
        <Figure label="Mean" value={mean} />
        <Figure label={`Weight ${level}`} value={weight} operator="before:content-['×']" />
        <Figure label="Raw score" value={raw} of={maximum} operator="before:content-['=']" />
      </dl>
      <p className="only-wide text-small text-ink-3">
        {raw === null ? "Shown once every criterion has its mark." : "Exact here; rounded once, at the section total."}
      </p>
    </div>
  );
}

function Figure({
  label,
  value,
  of,
  operator,
}: {
  label: string;
  value: string | null;
  of?: string;
  /** The sign before it, as the class that draws it. */
  operator?: string;
}) {
  const sign =
    operator &&
    `relative pl-5 wide:pl-6 before:absolute before:bottom-0 before:left-0.5 before:leading-6 before:text-ink-3 ${operator}`;
  return (
    <div className={sign}>
      <dt className="text-small text-ink-3">{label}</dt>
      <dd className="text-body font-semibold tracking-tight whitespace-nowrap wide:text-[1.125rem]/6">
        {value ?? <span className="text-ink-3">–</span>}
        {of === undefined ? null : <span className="text-ui font-normal tracking-normal text-ink-3"> of {of}</span>}
      </dd>
    </div>
  );
}
