import type { SectionPlan, Target } from "./blueprint.ts";
import type { Entry, Pool } from "./pool.ts";
import { weights } from "./stock.ts";
import type { Unit } from "./units.ts";

interface TargetSum {
  readonly target: Target;
  /** Of which slots; null for all. */
  readonly slots: ReadonlySet<number> | null;
  readonly picks: number;
  sum: number;
}

export interface SectionCounts {
  readonly plan: SectionPlan;
  /** Picks still to be made, by slot. */
  readonly open: number[];
  readonly subSkills: Int32Array;
  readonly topics: Int32Array;
  readonly subSkillMin: Int32Array;
  readonly subSkillMax: Float64Array;
  readonly bounded: boolean;
  readonly timed: boolean;
  readonly targets: readonly TargetSum[];
  readonly anchorLevels: boolean[];
  readonly chosen: Set<Unit>;
  anchors: number;
  seconds: number;
  picks: number;
}

/** Units that may stand for each other, laid out for reading in one sweep. */
export interface Place {
  readonly section: number;
  readonly units: readonly Unit[];
  /** Whether every unit is one item that nothing excludes; only then do the arrays say all. */
  readonly plain: boolean;
  readonly subSkills: Int32Array;
  readonly topics: Int32Array;
  readonly costs: Float64Array;
  /** The lowest of them. */
  readonly least: number;
}

/** A broken constraint where costs are compared: above every goal, and small enough for exact sums. */
export const brokenCost = 2 ** 49;

/** A form in the making: which units are chosen, and what one more would cost or break. */
export class Selection {
  readonly sections: readonly SectionCounts[];
  readonly #enemiesOf: (id: string) => ReadonlySet<string>;
  /** Of related units: nobody asks for the others. While a form is improved, an item may stand in two sections for a moment. */
  readonly #ids = new Map<string, number>();
  readonly #sets = new Map<string, number>();

  constructor(plans: readonly SectionPlan[], pool: Pool, enemiesOf = (id: string) => pool.enemiesOf(id)) {
    this.#enemiesOf = enemiesOf;
    this.sections = plans.map((plan) => {
      const subSkillMin = new Int32Array(pool.subSkillNames.length);
      const subSkillMax = new Float64Array(pool.subSkillNames.length).fill(Number.POSITIVE_INFINITY);
      for (const { subSkill, min, max } of plan.subSkillBounds) {
        subSkillMin[subSkill] = min;
        subSkillMax[subSkill] = max;
      }
      return {
        plan,
        open: plan.slots.map((slot) => slot.count),
        subSkills: new Int32Array(pool.subSkillNames.length),
        topics: new Int32Array(pool.topicNames.length),
        subSkillMin,
        subSkillMax,
        bounded: plan.subSkillBounds.length > 0 || Number.isFinite(plan.topicMax),
        timed: Number.isFinite(plan.maxSeconds),
        targets: plan.targets.map((target) => targetSum(target, plan)),
        anchorLevels: plan.levels.map(() => false),
        chosen: new Set(),
        anchors: 0,
        seconds: 0,
        picks: 0,
      };
    });
  }

  get chosen(): Unit[] {
    return this.sections.flatMap((section) => [...section.chosen]);
  }

  section(index: number): SectionCounts {
    const section = this.sections[index];
    if (!section) throw new RangeError(`no section ${index}`);
    return section;
  }

  add(unit: Unit): void {
    unit.chosen = true;
    this.section(unit.section).chosen.add(unit);
    this.#move(unit, 1);
  }

  drop(unit: Unit): void {
    unit.chosen = false;
    this.section(unit.section).chosen.delete(unit);
    this.#move(unit, -1);
  }

  #move(unit: Unit, step: 1 | -1): void {
    const section = this.section(unit.section);
    for (const [index, entry] of unit.entries.entries()) {
      const slot = unit.slots[index] ?? 0;
      section.open[slot] = (section.open[slot] ?? 0) - step;
      if (unit.related) this.#countId(entry.id, step);
      if (entry.kind.anchor) {
        section.anchors += step;
        section.anchorLevels[section.plan.slots[slot]?.levelIndex ?? 0] = step === 1;
      }
      countUp(section, entry, step);
      for (const sum of section.targets)
        if (sum.slots?.has(slot) ?? true) sum.sum += step * valueFor(sum.target, entry);
    }
    section.seconds += step * unit.seconds;
    const set = unit.entries[0]?.set ?? null;
    if (set !== null) this.#sets.set(set, (this.#sets.get(set) ?? 0) + step);
  }

  #countId(id: string, step: 1 | -1): void {
    const count = (this.#ids.get(id) ?? 0) + step;
    if (count === 0) this.#ids.delete(id);
    else this.#ids.set(id, count);
  }

  /** How many chosen units may not stand beside this one. */
  #clashes(unit: Unit): number {
    let clashes = 0;
    for (const entry of unit.entries) {
      if (this.#ids.has(entry.id)) clashes += 1;
      for (const enemy of this.#enemiesOf(entry.id)) if (this.#ids.has(enemy)) clashes += 1;
    }
    const set = unit.entries[0]?.set ?? null;
    return clashes + (set === null ? 0 : (this.#sets.get(set) ?? 0));
  }

  /** Whether a unit can be added without breaking an upper bound; what must still be reached is another question. */
  fits(unit: Unit): boolean {
    const section = this.section(unit.section);
    const { plan } = section;
    if (section.timed && section.seconds + unit.seconds > plan.maxSeconds) return false;
    if (unit.anchors > 0 && section.anchors + unit.anchors > plan.anchors) return false;
    const [entry] = unit.entries;
    const [slot] = unit.slots;
    if (unit.entries.length === 1 && entry && slot !== undefined) {
      if (!this.#fitsOne(section, entry, slot)) return false;
    } else if (!this.#fitsTogether(section, unit)) return false;
    return !unit.related || this.#clashes(unit) === 0;
  }

  #fitsOne(section: SectionCounts, { kind }: Entry, slot: number): boolean {
    if ((section.open[slot] ?? 0) < 1) return false;
    if (kind.anchor && section.anchorLevels[section.plan.slots[slot]?.levelIndex ?? 0]) return false;
    if (!section.bounded) return true;
    return (
      at(section.subSkills, kind.subSkill) < at(section.subSkillMax, kind.subSkill) &&
      at(section.topics, kind.topic) < section.plan.topicMax
    );
  }

  #fitsTogether(section: SectionCounts, unit: Unit): boolean {
    let done = 0;
    let fit = true;
    for (const [index, entry] of unit.entries.entries()) {
      const slot = unit.slots[index] ?? 0;
      fit = this.#fitsOne(section, entry, slot);
      if (!fit) break;
      section.open[slot] = (section.open[slot] ?? 0) - 1;
      if (entry.kind.anchor) section.anchorLevels[section.plan.slots[slot]?.levelIndex ?? 0] = true;
      countUp(section, entry, 1);
      done += 1;
    }
    for (const [index, entry] of unit.entries.slice(0, done).entries()) {
      const slot = unit.slots[index] ?? 0;
      section.open[slot] = (section.open[slot] ?? 0) + 1;
      if (entry.kind.anchor) section.anchorLevels[section.plan.slots[slot]?.levelIndex ?? 0] = false;
      countUp(section, entry, -1);
    }
    return fit;
  }

  /** Takes an item that fills no slot into the form, if nothing in it stands against that. */
  admit(entry: Entry): boolean {
    const sets = entry.set === null ? 0 : (this.#sets.get(entry.set) ?? 0);
    const clash = this.#ids.has(entry.id) || [...this.#enemiesOf(entry.id)].some((id) => this.#ids.has(id));
    if (clash || sets > 0) return false;
    this.#countId(entry.id, 1);
    if (entry.set !== null) this.#sets.set(entry.set, 1);
    return true;
  }

  /** By how much the goals' cost would rise with this unit: comparable among units of one place. */
  insertionCost(unit: Unit): number {
    const section = this.section(unit.section);
    const [entry] = unit.entries;
    let cost = unit.cost;
    if (unit.entries.length === 1 && entry) cost += spreadCost(section, entry);
    else {
      for (const member of unit.entries) {
        cost += spreadCost(section, member);
        countUp(section, member, 1);
      }
      for (const member of unit.entries) countUp(section, member, -1);
    }
    for (const sum of section.targets) {
      let added = 0;
      for (const [index, member] of unit.entries.entries()) {
        if (sum.slots?.has(unit.slots[index] ?? 0) ?? true) added += valueFor(sum.target, member);
      }
      cost += missBy(sum, sum.sum + added) - missBy(sum, sum.sum);
    }
    return cost;
  }

  /** How many more constraints would be broken with this unit, fewer where it fills a minimum: comparable among units of one place. */
  insertionBreaks(unit: Unit): number {
    const section = this.section(unit.section);
    let broken = unit.related ? this.#clashes(unit) : 0;
    if (section.bounded) {
      for (const member of unit.entries) {
        broken += boundsBroken(section, member);
        countUp(section, member, 1);
      }
      for (const member of unit.entries) countUp(section, member, -1);
    }
    if (section.timed) {
      const { maxSeconds } = section.plan;
      broken += overtime(section.seconds + unit.seconds, maxSeconds) - overtime(section.seconds, maxSeconds);
    }
    return broken;
  }

  /**
   * What each unit of a place would cost now, broken constraints included; Infinity for those that are chosen. This is
   * where assembly spends its time: most places need nothing but their counts.
   */
  rank(place: Place, costs: Float64Array): void {
    const section = this.section(place.section);
    const { subSkills, topics } = section;
    const { units } = place;
    const plain = place.plain && !section.bounded && !section.timed && section.targets.length === 0;
    const step = 2 * weights.spread;
    for (let index = 0; index < units.length; index += 1) {
      const unit = units[index];
      if (unit === undefined || unit.chosen) costs[index] = Number.POSITIVE_INFINITY;
      else if (plain) {
        const same = at(subSkills, at(place.subSkills, index)) + at(topics, at(place.topics, index));
        costs[index] = at(place.costs, index) + step * same + step;
      } else costs[index] = this.insertionCost(unit) + brokenCost * this.insertionBreaks(unit);
    }
  }

  /** How many constraints are broken; meant for a selection in which every slot is full. */
  broken(): number {
    return this.sections.reduce((sum, { plan }) => sum + this.brokenIn(plan.index), 0);
  }

  brokenIn(index: number): number {
    const section = this.section(index);
    const { plan } = section;
    let broken = section.open.reduce((sum, open) => sum + Math.abs(open), 0);
    for (const { subSkill, min, max } of plan.subSkillBounds) {
      const count = at(section.subSkills, subSkill);
      broken += Math.max(0, min - count) + Math.max(0, count - max);
    }
    if (Number.isFinite(plan.topicMax)) {
      for (const count of section.topics) broken += Math.max(0, count - plan.topicMax);
    }
    broken += overtime(section.seconds, plan.maxSeconds);
    for (const unit of [...section.chosen]) {
      if (!unit.related) continue;
      this.drop(unit);
      broken += this.#clashes(unit);
      this.add(unit);
    }
    return broken;
  }
}

/** Sum of squared counts of sub-skills and of topics: the fewer repeats, the smaller. */
export function spreadOf(section: SectionCounts): number {
  let squares = 0;
  for (const count of section.subSkills) squares += count * count;
  for (const count of section.topics) squares += count * count;
  return squares;
}

export function targetCost(section: SectionCounts): number {
  return section.targets.reduce((cost, sum) => cost + missBy(sum, sum.sum), 0);
}

function targetSum(target: Target, plan: SectionPlan): TargetSum {
  const level = target.kind === "difficulty" ? target.level : undefined;
  const slots = plan.slots.flatMap((slot, index) => (level === undefined || slot.level === level ? [index] : []));
  const picks = slots.reduce((sum, slot) => sum + (plan.slots[slot]?.count ?? 0), 0);
  return { target, slots: level === undefined ? null : new Set(slots), picks: Math.max(1, picks), sum: 0 };
}

/** Difficulties are summed as distances from the target, so that a half-made form is judged as if the rest were on it. */
function valueFor(target: Target, entry: Entry): number {
  if (target.kind === "difficulty") return entry.difficulty - target.mean;
  const odds = Math.exp(entry.discrimination * (target.theta - entry.difficulty));
  return (entry.discrimination ** 2 * odds) / (1 + odds) ** 2;
}

/** In hundredths, so that the goal after this one still has a say among forms that are equally close. */
function missBy({ target, picks }: TargetSum, sum: number): number {
  const miss =
    target.kind === "difficulty"
      ? Math.max(0, Math.abs(sum / picks) - target.tolerance)
      : Math.max(0, target.atLeast - sum);
  return miss <= 1e-9 ? 0 : weights.target * (target.weight ?? 1) * Math.ceil(miss * 100 - 1e-6);
}

function spreadCost(section: SectionCounts, { kind }: Entry): number {
  return weights.spread * (2 * at(section.subSkills, kind.subSkill) + 2 * at(section.topics, kind.topic) + 2);
}

/** A minute too long weighs about as much as another broken constraint; sums must stay exact. */
function overtime(seconds: number, maxSeconds: number): number {
  return Math.max(0, seconds - maxSeconds) / 64;
}

function boundsBroken(section: SectionCounts, { kind }: Entry): number {
  const ofSubSkill = at(section.subSkills, kind.subSkill);
  let broken = at(section.topics, kind.topic) >= section.plan.topicMax ? 1 : 0;
  if (ofSubSkill >= at(section.subSkillMax, kind.subSkill)) broken += 1;
  if (ofSubSkill < at(section.subSkillMin, kind.subSkill)) broken -= 1;
  return broken;
}

function countUp(section: SectionCounts, { kind }: Entry, step: number): void {
  section.subSkills[kind.subSkill] = at(section.subSkills, kind.subSkill) + step;
  section.topics[kind.topic] = at(section.topics, kind.topic) + step;
}

function at(counts: Int32Array | Float64Array, index: number): number {
  return counts[index] ?? 0;
}
