import { itemLevels, itemStatuses, itemTypes, skills, subSkills, topics } from "@bandwise/core/bank/schema";
import { FilterBar, FilterCheck, FilterSearch, FilterSelect } from "@/ui/filter-bar.tsx";
import { bankPath, type ListParams } from "./list-params.ts";
import { nameOf } from "./names.ts";

const asOptions = (ids: readonly string[]) => ids.map((value) => ({ value, label: nameOf(value) }));
const allSubSkills = [...new Set(skills.flatMap((skill): readonly string[] => subSkills[skill]))];

/** Every piece of metadata; what is chosen lives in the address and is found by the database. */
export function BankFilters({ params }: { params: ListParams }) {
  const skill = skills.find((one) => one === params.skill);
  const set = Object.entries(params).some(
    ([name, value]) => value && !["sort", "direction", "page", "map"].includes(name),
  );
  return (
    <FilterBar
      label="Filter the items"
      keep={{ sort: params.sort, direction: params.direction, map: params.map, waiting: params.waiting }}
      resetHref={set ? bankPath : undefined}
    >
      <FilterSearch name="search" label="Search stems and texts" defaultValue={params.search} />
      <FilterSelect name="skill" label="Skill" options={asOptions(skills)} defaultValue={params.skill} />
      <FilterSelect name="level" label="Level" options={asOptions(itemLevels)} defaultValue={params.level} />
      <FilterSelect
        name="subSkill"
        label="Sub-skill"
        options={asOptions(skill ? subSkills[skill] : allSubSkills)}
        defaultValue={params.subSkill}
      />
      <FilterSelect name="topic" label="Topic" options={asOptions(topics)} defaultValue={params.topic} />
      <FilterSelect name="type" label="Type" options={asOptions(itemTypes)} defaultValue={params.type} />
      <FilterSelect name="status" label="Status" options={asOptions(itemStatuses)} defaultValue={params.status} />
      <FilterCheck name="anchor" value="yes" defaultChecked={params.anchor === "yes"}>
        Anchors
      </FilterCheck>
      <DifficultyBound name="minDifficulty" label="Difficulty from" value={params.minDifficulty} />
      <DifficultyBound name="maxDifficulty" label="to" value={params.maxDifficulty} />
    </FilterBar>
  );
}

function DifficultyBound({ name, label, value }: { name: string; label: string; value: string | undefined }) {
  return (
    <label className="relative inline-flex flex-none items-center gap-1.5 text-dense text-ink-2">
      {label}
      {name === "maxDifficulty" ? <span className="sr-only">difficulty</span> : null}
      <input
        key={value ?? "empty"}
        type="number"
        name={name}
        min={-4}
        max={4}
        step={0.1}
        defaultValue={value}
        placeholder={name === "minDifficulty" ? "−4" : "4"}
        className="input min-h-7 w-16 px-2 text-dense max-wide:min-h-11"
      />
    </label>
  );
}
