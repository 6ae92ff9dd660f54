import { type BankItem, cefrLevels, type ItemLevel, itemLevels, type Skill, skills } from "../schema.ts";
import { normalised, shingles } from "../text-measures.ts";
import { isObjective, isSpeaking, taskTextOf } from "./parts.ts";
import { cells, groupBy, type Problem, type Rule } from "./rule.ts";

/** The bank as a whole: enough of everything, spread, and nothing twice. */

/** Per level (reading, listening) or band (writing, speaking): fewer and a repeater soon meets the same item. */
const minimumCount: Record<Skill, number> = { reading: 10, listening: 10, writing: 8, speaking: 12 };
const minimumSubSkills: Record<Skill, number> = { reading: 4, listening: 4, writing: 3, speaking: 3 };
const minimumTopics: Record<Skill, number> = { reading: 5, listening: 5, writing: 4, speaking: 5 };
const minimumAnchors = 2;
const minimumInteractive = 2;
const minimumPictures = 2;
const SHARED_RUN = 5;
const SHARED_SHARE = 0.3;

export function noSharedStimulus(items: readonly BankItem[]): Problem[] {
  const texts = items.map((item) => normalised(taskTextOf(item).join(" ")));
  const runs = texts.map((text) => shingles(text, SHARED_RUN));
  const holders = new Map<string, number[]>();
  const problems: Problem[] = [];
  for (const [at, item] of items.entries()) {
    const own = runs[at] ?? new Set<string>();
    const overlap = new Map<number, number>();
    for (const run of own) {
      for (const other of holders.get(run) ?? []) overlap.set(other, (overlap.get(other) ?? 0) + 1);
      holders.set(run, [...(holders.get(run) ?? []), at]);
    }
    const twins = new Set(
      [...texts.slice(0, at).entries()].filter(([, text]) => text === texts[at]).map(([other]) => other),
    );
    for (const [other, shared] of overlap)
      if (shared / Math.min(own.size, runs[other]?.size ?? 0) > SHARED_SHARE) twins.add(other);
    for (const twin of twins)
      problems.push({ itemId: item.id, message: `shares its stimulus with ${items[twin]?.id}` });
  }
  return problems;
}

export function enoughItems(items: readonly BankItem[]): Problem[] {
  const found = cells(items);
  const expected = skills.flatMap((skill) => {
    const levels: readonly ItemLevel[] =
      skill === "reading" || skill === "listening" ? cefrLevels : itemLevels.filter((level) => level.length === 1);
    return levels.map((level) => ({ name: `${skill} ${level}`, minimum: minimumCount[skill] }));
  });
  return expected.flatMap(({ name, minimum }) => {
    const count = found.get(name)?.length ?? 0;
    return count >= minimum ? [] : [{ message: `${name}: ${count} items; at least ${minimum} are needed` }];
  });
}

export function enoughAnchors(items: readonly BankItem[]): Problem[] {
  return [...cells(items)].flatMap(([name, cell]) => {
    const anchors = cell.filter((item) => item.anchor);
    if (cell.every(isObjective))
      return anchors.length >= minimumAnchors
        ? []
        : [{ message: `${name}: ${anchors.length} anchors; at least ${minimumAnchors} are needed` }];
    return anchors.map((item) => ({ itemId: item.id, message: "tasks marked by people are not anchors" }));
  });
}

function spread(what: string, minimum: Record<Skill, number>, read: (item: BankItem) => string): Rule {
  return (items) =>
    [...cells(items)].flatMap(([name, cell]) => {
      const [first] = cell;
      const count = new Set(cell.map(read)).size;
      if (!first || count >= minimum[first.skill]) return [];
      return [{ message: `${name}: ${count} ${what}; at least ${minimum[first.skill]} are needed` }];
    });
}

/** A form takes two speaking tasks of a band, one of them interactive, so both kinds need a choice. */
export function speakingKinds(items: readonly BankItem[]): Problem[] {
  const groups = groupBy(items.filter(isSpeaking), (item) => item.level);
  return [...groups].flatMap(([band, tasks]) => {
    const interactive = tasks.filter((task) => task.content.turn !== undefined).length;
    const pictures = tasks.filter((task) => task.content.picture !== undefined).length;
    const problems: Problem[] = [];
    if (interactive < minimumInteractive)
      problems.push({
        message: `speaking ${band}: ${interactive} interactive tasks; at least ${minimumInteractive} are needed`,
      });
    if (tasks.length - interactive < minimumInteractive)
      problems.push({ message: `speaking ${band}: fewer than ${minimumInteractive} tasks without a recorded turn` });
    if (band === "A" && pictures < minimumPictures)
      problems.push({ message: `speaking A: ${pictures} pictures; at least ${minimumPictures} are needed` });
    return problems;
  });
}

export const subSkillsSpread = spread("sub-skills", minimumSubSkills, (item) => item.subSkill);
export const topicsSpread = spread("topics", minimumTopics, (item) => item.topic);
