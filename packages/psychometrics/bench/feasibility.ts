import createHighs from "highs";
import type { FormBlueprint, SectionBlueprint } from "../src/blueprint.ts";
import type { PoolItem } from "../src/pool.ts";

const highs = await createHighs();

/**
 * Whether any form exists, by an integer-programming solver: the constraints written down once more, from the items and
 * the blueprint alone, to hold the engine's refusals against.
 */
export function formExists(blueprint: FormBlueprint, items: readonly PoolItem[], met: readonly string[]): boolean {
  const open = unmet(items, met);
  const rows: string[] = [];
  const names: string[] = [];
  const bySection = blueprint.sections.map((section, at) =>
    open
      .filter((item) => mayStandIn(section, item, items, open))
      .map((item) => {
        const name = `x${at}i${items.indexOf(item)}`;
        names.push(name);
        return { item, name };
      }),
  );
  const sum = (own: readonly { name: string }[]): string => own.map(({ name }) => name).join(" + ");
  for (const [at, section] of blueprint.sections.entries()) {
    const own = bySection[at] ?? [];
    const most = (which: readonly { name: string }[], count: number): void => {
      if (which.length > count) rows.push(`${sum(which)} <= ${count}`);
    };
    for (const [slot, count] of slotsOf(section)) {
      const fitting = own.filter(({ item }) => slotName(item) === slot);
      if (fitting.length < count) return false;
      rows.push(`${sum(fitting)} = ${count}`);
    }
    const anchors = own.filter(({ item }) => item.anchor);
    most(anchors, section.anchors ?? 0);
    for (const level of new Set(anchors.map(({ item }) => item.level))) {
      most(
        anchors.filter(({ item }) => item.level === level),
        1,
      );
    }
    for (const [name, { min = 0, max = Number.POSITIVE_INFINITY }] of Object.entries(section.subSkills ?? {})) {
      const some = own.filter(({ item }) => item.subSkill === name);
      if (some.length < min) return false;
      if (min > 0) rows.push(`${sum(some)} >= ${min}`);
      most(some, max);
    }
    for (const topic of new Set(own.map(({ item }) => item.topic))) {
      most(
        own.filter(({ item }) => item.topic === topic),
        section.topicMax ?? Number.POSITIVE_INFINITY,
      );
    }
    if (section.maxSeconds !== undefined && own.length > 0) {
      rows.push(`${own.map(({ item, name }) => `${item.seconds ?? 0} ${name}`).join(" + ")} <= ${section.maxSeconds}`);
    }
    for (const set of new Set(own.flatMap(({ item }) => item.set ?? []))) {
      const mates = own.filter(({ item }) => item.set === set);
      if (section.sets === "one") most(mates, 1);
      const [first, ...others] = mates;
      if (section.sets === "whole" && first) for (const mate of others) rows.push(`${first.name} - ${mate.name} = 0`);
      // The set is in this section: it may be in no other.
      names.push(`s${at}${setName(set)}`);
      for (const { name } of mates) rows.push(`${name} - s${at}${setName(set)} <= 0`);
    }
  }
  const all = bySection.flat();
  for (const set of new Set(all.flatMap(({ item }) => item.set ?? []))) {
    const sections = names.filter((name) => name.startsWith("s") && name.endsWith(setName(set)));
    if (sections.length > 1) rows.push(`${sections.join(" + ")} <= 1`);
  }
  for (const [index, one] of all.entries()) {
    for (const other of all.slice(index + 1)) {
      const same = one.item.id === other.item.id;
      if (same || areEnemies(one.item, other.item)) rows.push(`${one.name} + ${other.name} <= 1`);
    }
  }
  if (names.length === 0) return true;
  const text = [
    `Minimize\n obj: 0 ${names[0]}`,
    `Subject To\n${rows.map((row, index) => ` c${index}: ${row}`).join("\n")}`,
    `Binary\n${names.join("\n")}`,
    "End",
  ].join("\n");
  const { Status } = highs.solve(text);
  if (Status !== "Optimal" && Status !== "Infeasible") throw new Error(`the solver says ${Status}`);
  return Status === "Optimal";
}

function unmet(items: readonly PoolItem[], met: readonly string[]): PoolItem[] {
  const seen = items.filter(({ id }) => met.includes(id));
  const sets = new Set(seen.flatMap(({ set }) => set ?? []));
  return items.filter(
    (item) =>
      !met.includes(item.id) &&
      !(item.set && sets.has(item.set)) &&
      !item.enemies?.some((id) => met.includes(id)) &&
      !seen.some((other) => other.enemies?.includes(item.id)),
  );
}

function mayStandIn(
  section: SectionBlueprint,
  item: PoolItem,
  items: readonly PoolItem[],
  open: readonly PoolItem[],
): boolean {
  const fits = (own: PoolItem): boolean =>
    own.use === "scored" && own.skill === section.skill && slotsOf(section).has(slotName(own));
  if (!fits(item)) return false;
  if (!item.set || section.sets === "one") return true;
  if (section.sets !== "whole") return false;
  const mates = items.filter(({ set, use }) => set === item.set && use === "scored");
  return mates.every((mate) => fits(mate) && open.includes(mate));
}

function slotsOf({ slots }: SectionBlueprint): Map<string, number> {
  const counts = new Map<string, number>();
  for (const slot of slots) counts.set(slotName(slot), (counts.get(slotName(slot)) ?? 0) + slot.count);
  return counts;
}

const slotName = ({ level, tag }: { level: string; tag: string }): string => `${level}/${tag}`;
const setName = (set: string): string => `t${set.replaceAll(/\W/g, "_")}`;

function areEnemies(one: PoolItem, other: PoolItem): boolean {
  return (one.enemies?.includes(other.id) ?? false) || (other.enemies?.includes(one.id) ?? false);
}
