import type { ItemDetail } from "@bandwise/core/bank/queries";
import { itemType } from "@bandwise/core/bank/rules";
import { Check } from "lucide-react";
import { DefinitionList } from "@/ui/definition-list.tsx";
import { formatInteger } from "@/ui/format.ts";
import { TextLink } from "@/ui/link-button.tsx";
import { formSetPath } from "./list-params.ts";
import { difficultyText, nameOf, signed, skillNames } from "./names.ts";

const guessed = { chance: "No better than chance", "better-than-chance": "Better than chance" } as const;

export function ItemFacts({ stored }: { stored: ItemDetail }) {
  const { item, sound } = stored.shown;
  return (
    <DefinitionList
      dense
      items={[
        { term: "Skill", detail: skillNames[item.skill] },
        { term: "Level", detail: <b>{nameOf(item.level)}</b> },
        { term: "Sub-skill", detail: nameOf(item.subSkill) },
        { term: "Topic", detail: nameOf(item.topic) },
        { term: "Type", detail: nameOf(itemType(item)) },
        {
          term: "Difficulty",
          detail: (
            <>
              {difficultyText(item.difficulty)} logits, estimated
              {item.difficultyReason ? <span className="block text-ink-3">{item.difficultyReason}</span> : null}
            </>
          ),
        },
        ...(item.fairness ? [{ term: "Fairness", detail: item.fairness }] : []),
        { term: "Anchor", detail: item.anchor ? "Yes" : "No" },
        ...(sound
          ? [
              {
                term: "Recording",
                detail: (
                  <>
                    {sound.durationSeconds === null ? "not measured" : `${sound.durationSeconds.toFixed(1)} s`}
                    {sound.loudness === null ? "" : `, ${signed(sound.loudness, 1)} LUFS`}
                    {sound.warnings.map((warning) => (
                      <span key={warning} className="block text-warn">
                        {warning}
                      </span>
                    ))}
                  </>
                ),
              },
            ]
          : []),
        { term: "In forms", detail: formatInteger(stored.exposure) },
        ...(stored.formSets.length > 0
          ? [
              {
                term: "Form sets",
                detail: stored.formSets.map(({ id, name, state, forms }) => (
                  <span key={id} className="block">
                    {stored.may.seeFormSets ? <TextLink href={formSetPath(id)}>{name}</TextLink> : name}
                    {`: ${forms.join(", ")}${state === "draft" ? " (draft)" : ""}`}
                  </span>
                )),
              },
            ]
          : []),
        { term: "Presented", detail: formatInteger(stored.presented) },
        {
          term: "Hash",
          detail: <span className="font-code text-small break-all">{stored.shown.hash.slice(0, 16)}</span>,
        },
      ]}
    />
  );
}

/** “b”, “a, d” or “p1 d, p2 a”: an answer in the names of the item's own parts. */
function solutionWords(solution: unknown): string {
  if (Array.isArray(solution)) return solution.map(solutionWords).join(", ");
  if (typeof solution === "object" && solution !== null) {
    return Object.entries(solution)
      .map(([part, answer]) => `${part} ${solutionWords(answer)}`)
      .join(", ");
  }
  return String(solution);
}

/** What a second hand signed; an item nobody has solved blind says so. */
export function ReviewChecklist({ stored }: { stored: ItemDetail }) {
  const { review } = stored.shown.item;
  if (!review) return <p className="text-dense text-ink-2">No second hand has signed this version yet.</p>;
  return (
    <div className="grid gap-2 text-dense">
      <ul className="grid gap-1">
        {review.checklist.map((line) => (
          <li key={line} className="flex gap-2">
            <Check className="ico relative top-0.5 flex-none text-ok" aria-hidden="true" />
            {line}
          </li>
        ))}
      </ul>
      {review.solvedWithStimulus === undefined ? null : (
        <DefinitionList
          dense
          items={[
            { term: "Solved blind", detail: solutionWords(review.solvedWithStimulus) },
            {
              term: "Without text",
              detail: review.solvedWithoutStimulus
                ? guessed[review.solvedWithoutStimulus]
                : "Not tried in this wording",
            },
          ]}
        />
      )}
    </div>
  );
}
