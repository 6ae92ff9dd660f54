import type { Pool } from "./pool.ts";

export interface Slot {
  readonly level: string;
  /** A second demand, e.g. `interactive`; empty for none. */
  readonly tag: string;
  readonly count: number;
}

export interface Bounds {
  readonly min?: number | undefined;
  readonly max?: number | undefined;
}

/** What a section should come close to; a goal, never a reason to refuse. `weight` 1 when absent. */
export type Target =
  | {
      readonly kind: "difficulty";
      /** Mean of the scored items, of one level alone where it is named; logits. Within `tolerance` it counts as met. */
      readonly mean: number;
      readonly tolerance: number;
      readonly level?: string | undefined;
      readonly weight?: number | undefined;
    }
  | {
      readonly kind: "information";
      /** Fisher information of the scored items at this ability. */
      readonly theta: number;
      readonly atLeast: number;
      readonly weight?: number | undefined;
    };

export interface SectionBlueprint {
  readonly skill: string;
  readonly slots: readonly Slot[];
  /** How many of the scored items come from the anchor pool: at most one per level, fewer where the candidate has met them. */
  readonly anchors?: number | undefined;
  /** Extra, unscored items at any of the section's levels: so many, or as many as there are. */
  readonly pretest?: number | undefined;
  readonly subSkills?: Readonly<Record<string, Bounds>> | undefined;
  /** At most so many scored items of one topic. */
  readonly topicMax?: number | undefined;
  /** `none`: no item of a set. `one`: at most one item of a set. `whole`: all items of a set or none. */
  readonly sets?: "none" | "one" | "whole" | undefined;
  /** The scored items' expected times together. */
  readonly maxSeconds?: number | undefined;
  readonly targets?: readonly Target[] | undefined;
}

export interface FormBlueprint {
  readonly sections: readonly SectionBlueprint[];
}

export interface SlotPlan extends Slot {
  /** Index into `SectionPlan.levels`. */
  readonly levelIndex: number;
}

/** A section of a blueprint in the shape the search reads: equal slots merged, names as numbers. */
export interface SectionPlan {
  readonly index: number;
  readonly skill: string;
  readonly slots: readonly SlotPlan[];
  readonly levels: readonly string[];
  readonly total: number;
  readonly anchors: number;
  readonly pretest: number;
  readonly subSkillBounds: readonly {
    readonly name: string;
    readonly subSkill: number;
    readonly min: number;
    readonly max: number;
  }[];
  readonly topicMax: number;
  readonly sets: "none" | "one" | "whole";
  readonly maxSeconds: number;
  readonly targets: readonly Target[];
}

export function planSections(blueprint: FormBlueprint, pool: Pool): SectionPlan[] {
  return blueprint.sections.map((section, index) => {
    const merged = mergeSlots(section.slots);
    const levels = [...new Set(merged.map((slot) => slot.level))];
    return {
      index,
      skill: section.skill,
      slots: merged.map((slot) => ({ ...slot, levelIndex: levels.indexOf(slot.level) })),
      levels,
      total: merged.reduce((sum, slot) => sum + slot.count, 0),
      anchors: section.anchors ?? 0,
      pretest: section.pretest ?? 0,
      subSkillBounds: Object.entries(section.subSkills ?? {}).map(([name, bounds]) => ({
        name,
        subSkill: pool.subSkill(name),
        min: bounds.min ?? 0,
        max: bounds.max ?? Number.POSITIVE_INFINITY,
      })),
      topicMax: section.topicMax ?? Number.POSITIVE_INFINITY,
      sets: section.sets ?? "none",
      maxSeconds: section.maxSeconds ?? Number.POSITIVE_INFINITY,
      targets: section.targets ?? [],
    };
  });
}

function mergeSlots(slots: readonly Slot[]): Slot[] {
  const counts = new Map<string, Slot>();
  for (const { level, tag, count } of slots) {
    const key = `${level}\n${tag}`;
    counts.set(key, { level, tag, count: count + (counts.get(key)?.count ?? 0) });
  }
  return [...counts.values()].filter((slot) => slot.count > 0);
}

/** What makes a blueprint impossible for every bank, or null. */
export function contradictionIn(plan: SectionPlan): string | null {
  for (const { name, min, max } of plan.subSkillBounds) {
    if (min > max) return `${plan.skill} asks for at least ${min} and at most ${max} ${name} items`;
  }
  const least = plan.subSkillBounds.reduce((sum, { min }) => sum + min, 0);
  if (least > plan.total) return `${plan.skill} has ${plan.total} items and asks for ${least} by sub-skill`;
  if (plan.topicMax < 1 && plan.total > 0) return `${plan.skill} allows no topic at all`;
  return null;
}
