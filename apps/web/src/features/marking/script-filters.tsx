import { FilterSelect } from "@/ui/filter-bar.tsx";
import { levelWords } from "./words.ts";

/** Which scripts a list or a figure counts: those of a skill, and of a level of task. */
export function ScriptFilters({ skill, level }: { skill: string | undefined; level: string | undefined }) {
  return (
    <>
      <FilterSelect
        name="skill"
        label="Skill"
        defaultValue={skill}
        options={[
          { value: "writing", label: "Writing" },
          { value: "speaking", label: "Speaking" },
        ]}
      />
      <FilterSelect
        name="level"
        label="Level"
        defaultValue={level}
        options={["A", "B", "C"].map((one) => ({ value: one, label: levelWords(one) }))}
      />
    </>
  );
}
