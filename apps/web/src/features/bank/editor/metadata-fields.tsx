"use client";

import { levelsOf } from "@bandwise/core/bank/rules";
import { allLevels, type BankItem, subSkills, topics } from "@bandwise/core/bank/schema";
import { Checkbox } from "@/ui/checkbox.tsx";
import { nameOf } from "../names.ts";
import { Choice, Figure, Group, Line } from "./fields.tsx";

/**
 * What the bank files an item under. Level and sub-skill come from the lists of the item's own skill; a task for one band
 * and one for everybody have different content, so no choice here turns one into the other.
 */
export function MetadataFields({
  item,
  isNew,
  onChange,
}: {
  item: BankItem;
  isNew: boolean;
  onChange: (item: BankItem) => void;
}) {
  // Both lists hold exactly what the skill's schema takes.
  const patch = (changes: Partial<Record<"level" | "subSkill", string>>) =>
    onChange({ ...item, ...changes } as BankItem);
  const named = (values: readonly string[]) => values.map((value) => ({ value, label: nameOf(value) }));
  return (
    <Group title="Metadata">
      <Line
        path="id"
        label="Name"
        code
        readOnly={!isNew}
        placeholder="r-b1-11"
        description={
          isNew ? "Lower-case letters, digits and hyphens. It names the item over all its versions." : undefined
        }
        value={item.id}
        onChange={(id) => onChange({ ...item, id })}
      />
      <div className="grid gap-3 wide:grid-cols-3">
        <Choice
          path="level"
          label="Level"
          value={item.level as string}
          options={named(levelsOf(item.skill).filter((level) => (level === allLevels) === (item.level === allLevels)))}
          onChange={(level) => patch({ level })}
        />
        <Choice
          path="subSkill"
          label="Sub-skill"
          value={item.subSkill as string}
          options={named(subSkills[item.skill])}
          onChange={(subSkill) => patch({ subSkill })}
        />
        <Choice
          path="topic"
          label="Topic"
          value={item.topic}
          options={topics.map((value) => ({ value, label: nameOf(value) }))}
          onChange={(topic) => onChange({ ...item, topic })}
        />
      </div>
      <div className="grid gap-3 wide:grid-cols-[9rem_minmax(0,1fr)]">
        <Figure
          path="difficulty"
          label="Difficulty, logits"
          min={-4}
          max={4}
          step={0.1}
          value={item.difficulty}
          onChange={(difficulty) => onChange({ ...item, difficulty })}
        />
        <Line
          path="difficultyReason"
          label="Why it lies beside its level"
          optional
          value={item.difficultyReason ?? ""}
          onChange={(difficultyReason) => onChange({ ...item, difficultyReason })}
        />
      </div>
      <Line
        path="fairness"
        label="Why it favours and hurts nobody"
        optional
        value={item.fairness ?? ""}
        onChange={(fairness) => onChange({ ...item, fairness })}
      />
      <Checkbox
        name="anchor"
        checked={item.anchor}
        onChange={(event) => onChange({ ...item, anchor: event.target.checked })}
      >
        Anchor: keeps forms on one scale
      </Checkbox>
    </Group>
  );
}
