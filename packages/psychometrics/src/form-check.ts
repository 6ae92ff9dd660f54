import type { AssembledSection } from "./assembly.ts";
import type { FormBlueprint, SectionBlueprint } from "./blueprint.ts";
import type { PoolItem } from "./pool.ts";

/**
 * Everything a form breaks, in words; empty when it keeps all. Written apart from the engine and on purpose without its
 * index: it is what the engine is held against.
 */
export function violations(
  blueprint: FormBlueprint,
  bank: ReadonlyMap<string, PoolItem>,
  met: Iterable<string>,
  sections: readonly Pick<AssembledSection, "picks">[],
): string[] {
  const broken: string[] = [];
  const all = sections.flatMap(({ picks }) => picks);
  const items = all.map(({ id }) => bank.get(id));
  if (new Set(all.map(({ id }) => id)).size !== all.length) broken.push("an item twice");
  const known = items.filter((item) => item !== undefined);
  if (known.length < items.length) broken.push("an item that is not in the bank");
  const metIds = new Set(met);
  const metSets = new Set([...metIds].flatMap((id) => bank.get(id)?.set ?? []));
  for (const item of known) {
    if (metIds.has(item.id)) broken.push(`${item.id} has been met`);
    if (item.set && metSets.has(item.set)) broken.push(`a set mate of ${item.id} has been met`);
    if ([...metIds].some((id) => areEnemies(item, bank.get(id), id)))
      broken.push(`an enemy of ${item.id} has been met`);
    if (known.some((other) => areEnemies(item, other, other.id))) broken.push(`${item.id} stands with an enemy`);
  }
  const setsOf = ({ picks }: Pick<AssembledSection, "picks">) =>
    new Set(picks.flatMap(({ id }) => bank.get(id)?.set ?? []));
  const sets = sections.flatMap((section) => [...setsOf(section)]);
  if (new Set(sets).size !== sets.length) broken.push("a set in two sections");
  for (const [index, section] of blueprint.sections.entries()) {
    const picks = sections[index]?.picks ?? [];
    const own = picks.flatMap(({ id, scored }) => {
      const item = bank.get(id);
      return item ? [{ item, scored }] : [];
    });
    broken.push(...own.flatMap(({ item, scored }) => wrongUse(section, item, scored)));
    broken.push(
      ...sectionViolations(
        section,
        own.filter(({ scored }) => scored).map(({ item }) => item),
        bank,
      ),
    );
  }
  return broken;
}

function areEnemies(item: PoolItem, other: PoolItem | undefined, otherId: string): boolean {
  return (item.enemies?.includes(otherId) ?? false) || (other?.enemies?.includes(item.id) ?? false);
}

function wrongUse(section: SectionBlueprint, item: PoolItem, scored: boolean): string[] {
  if (item.skill !== section.skill) return [`${item.id} is of another skill`];
  return item.use === (scored ? "scored" : "pretest") ? [] : [`${item.id} is for ${item.use}`];
}

function sectionViolations(
  section: SectionBlueprint,
  scored: readonly PoolItem[],
  bank: ReadonlyMap<string, PoolItem>,
): string[] {
  const broken: string[] = [];
  const count = (test: (item: PoolItem) => boolean): number => scored.filter(test).length;
  const slots = new Set(
    section.slots.map(
      ({ level, tag }) => `${level}
${tag}`,
    ),
  );
  let total = 0;
  for (const slot of slots) {
    const [level = "", tag = ""] = slot.split("\n");
    const needed = section.slots
      .filter((same) => same.level === level && same.tag === tag)
      .reduce((sum, same) => sum + same.count, 0);
    total += needed;
    const here = count((item) => item.level === level && item.tag === tag);
    if (here !== needed) broken.push(`${here} instead of ${needed} at ${level} ${tag}`);
  }
  if (scored.length !== total) broken.push(`${scored.length} scored items instead of ${total}`);
  for (const level of new Set(scored.map((item) => item.level))) {
    if (count((item) => item.anchor && item.level === level) > 1) broken.push(`two anchors at ${level}`);
  }
  if (count((item) => item.anchor) > (section.anchors ?? 0)) broken.push("too many anchors");
  for (const [name, { min = 0, max = Number.POSITIVE_INFINITY }] of Object.entries(section.subSkills ?? {})) {
    const here = count((item) => item.subSkill === name);
    if (here < min || here > max) broken.push(`${here} of ${name}, not ${min} to ${max}`);
  }
  for (const topic of new Set(scored.map((item) => item.topic))) {
    if (count((item) => item.topic === topic) > (section.topicMax ?? Number.POSITIVE_INFINITY))
      broken.push(`too much ${topic}`);
  }
  const seconds = scored.reduce((sum, item) => sum + (item.seconds ?? 0), 0);
  if (seconds > (section.maxSeconds ?? Number.POSITIVE_INFINITY)) broken.push(`${seconds} s are too long`);
  for (const set of new Set(scored.flatMap((item) => item.set ?? []))) {
    const here = count((item) => item.set === set);
    if ((section.sets ?? "none") === "none") broken.push(`${set} is a set`);
    if (section.sets === "one" && here > 1) broken.push(`${here} items of set ${set}`);
    const whole = [...bank.values()].filter((item) => item.set === set && item.use === "scored").length;
    if (section.sets === "whole" && here !== whole) broken.push(`set ${set} is not whole`);
  }
  return broken;
}
