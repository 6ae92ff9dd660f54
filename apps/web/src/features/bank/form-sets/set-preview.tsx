import type { FormSetPreview } from "@bandwise/core/bank/form-set-queries";
import { formatCount, formatInteger } from "@/ui/format.ts";
import { TextLink } from "@/ui/link-button.tsx";
import { Notice } from "@/ui/notice.tsx";
import { withParams } from "@/ui/url.ts";
import { newFormSetPath } from "../list-params.ts";
import { difficultyText, nameOf, skillNames } from "../names.ts";
import { overlapWords, SetFigures } from "./set-figures.tsx";

/** What the bank would give by this plan. */
export function SetPreview({ preview, name }: { preview: FormSetPreview; name: string }) {
  const { outcome, plan, poolSize } = preview;
  if (outcome.ok) {
    return (
      <div className="grid gap-2">
        <Notice tone="ok" title={`${formatCount(outcome.forms.length, "form", "forms")} can be made`}>
          <p>
            From {formatInteger(poolSize)} items in use. {overlapWords(outcome.forms)}
          </p>
        </Notice>
        <SetFigures targets={outcome.targets} forms={outcome.forms} tolerance={plan.tolerance} />
      </div>
    );
  }
  return (
    <Notice tone="bad" title="These forms cannot be made">
      <ul className="list-disc pl-5">
        {outcome.obstacles.map(({ sentence }) => (
          <li key={sentence} className="first-letter:uppercase">
            {sentence}.
          </li>
        ))}
      </ul>
      {outcome.reach === null ? null : (
        <p className="mt-2">
          <TextLink
            href={withParams(newFormSetPath, {}, { ...plan, name, tolerance: outcome.reach })}
          >{`With a tolerance of ±${outcome.reach.toFixed(2)} they can.`}</TextLink>
        </p>
      )}
      {outcome.write.length > 0 ? (
        <>
          <p className="mt-2 font-medium">{outcome.reach === null ? "Write next" : "Or write"}</p>
          <ul className="list-disc pl-5">
            {outcome.write.map((entry) => (
              <li key={`${entry.skill} ${entry.level} ${entry.tag} ${entry.subSkill} ${entry.difficulty}`}>
                {formatCount(entry.count, "item", "items")} for{" "}
                {(skillNames[entry.skill as keyof typeof skillNames] ?? entry.skill).toLowerCase()} {entry.level}
                {entry.tag === "" ? "" : `, ${nameOf(entry.tag).toLowerCase()}`}
                {entry.subSkill === null ? "" : `, ${nameOf(entry.subSkill).toLowerCase()}`}
                {entry.difficulty === null ? "" : `, of about ${difficultyText(entry.difficulty)} logits`}
              </li>
            ))}
          </ul>
        </>
      ) : null}
    </Notice>
  );
}
