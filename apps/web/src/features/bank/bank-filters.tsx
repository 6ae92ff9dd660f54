import type { listFilterChoices } from "@bandwise/core/bank/list-queries";
import { itemLevels, itemStatuses, itemTypes, skills, subSkills, topics } from "@bandwise/core/bank/schema";
import { FilterBar, FilterCheck, FilterMore, FilterSearch, FilterSelect } from "@/ui/filter-bar.tsx";
import { bankPath, type ListParams } from "./list-params.ts";
import { nameOf } from "./names.ts";

const asOptions = (ids: readonly string[]) => ids.map((value) => ({ value, label: nameOf(value) }));
const allSubSkills = [...new Set(skills.flatMap((skill): readonly string[] => subSkills[skill]))];

/** Every piece of metadata; what is chosen lives in the address and is found by the database. */
export function BankFilters({
  params,
  choices,
}: {
  params: ListParams;
  choices: Awaited<ReturnType<typeof listFilterChoices>>;
}) {
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
      <FilterMore set={further.filter((name) => params[name]).length}>
        <FilterCheck name="enemy" value="yes" defaultChecked={params.enemy === "yes"}>
          Kept apart
        </FilterCheck>
        <FilterSelect
          name="set"
          label="Set"
          options={[
            { value: "any", label: "In any set" },
            ...choices.sets.map(({ slug, title }) => ({ value: slug, label: title })),
          ]}
          defaultValue={params.set}
        />
        <FilterSelect name="author" label="Author" options={choices.authors.map(person)} defaultValue={params.author} />
        <FilterSelect
          name="reviewer"
          label="Reviewer"
          options={choices.reviewers.map(person)}
          defaultValue={params.reviewer}
        />
        <Range title="Difficulty" names={["minDifficulty", "maxDifficulty"]} params={params} {...logits} />
        <Range title="Exposure" names={["minExposure", "maxExposure"]} params={params} min={0} />
        <Range title="Changed" names={["changedAfter", "changedBefore"]} params={params} type="date" />
      </FilterMore>
    </FilterBar>
  );
}

const further = [
  "enemy",
  "set",
  "author",
  "reviewer",
  "minDifficulty",
  "maxDifficulty",
  "minExposure",
  "maxExposure",
  "changedAfter",
  "changedBefore",
] as const satisfies readonly (keyof ListParams)[];
const logits = { min: -4, max: 4, step: 0.1 };

function person({ id, name }: { id: string; name: string }): { value: string; label: string } {
  return { value: id, label: name };
}

/** Both ends of a range, kept together where the line breaks. */
function Range({
  title,
  names,
  params,
  type = "number",
  ...limits
}: {
  title: string;
  names: readonly [keyof ListParams, keyof ListParams];
  params: ListParams;
  type?: "number" | "date";
  min?: number;
  max?: number;
  step?: number;
}) {
  return (
    <fieldset className="relative inline-flex flex-none items-center gap-1.5 text-dense text-ink-2">
      <legend className="sr-only">{title}</legend>
      {names.map((name, index) => (
        <label key={name} className="inline-flex items-center gap-1.5">
          {index === 0 ? `${title} from` : "to"}
          <input
            key={params[name] ?? "empty"}
            type={type}
            name={name}
            {...limits}
            defaultValue={params[name]}
            className={`input min-h-7 px-2 text-dense max-wide:min-h-11 ${type === "date" ? "w-36" : "w-16"}`}
          />
        </label>
      ))}
    </fieldset>
  );
}
