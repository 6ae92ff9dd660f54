import type { Places } from "./improve.ts";
import type { SectionCounts } from "./selection.ts";
import { exposureSteps, lotMost, overShareSteps, weights } from "./stock.ts";
import { placeOfSingle, type Unit } from "./units.ts";

/** Costs are whole but for what decides between equals, which is less than this. */
export const half = weights.exposure / 2;

/** Exchanging one pick at a time comes to rest after a few passes. */
const passesMax = 10;

/** The units of one slot: the plain ones from `from`, the anchors from `anchorsFrom` to before `to`. */
export interface SlotRange {
  readonly count: number;
  readonly from: number;
  readonly anchorsFrom: number;
  readonly to: number;
}

/** A section of single items laid out as numbers. */
export interface SectionProblem {
  readonly units: readonly Unit[];
  /** The goals that count here, in weights just as far apart as a section of this size needs. */
  readonly costs: Float64Array;
  /** What a pick adds to the squares: its sub-skill and its topic, numbered in one row. */
  readonly subSkills: Int32Array;
  readonly topics: Int32Array;
  readonly names: number;
  readonly subSkillNames: number;
  /** How many picks each name may have. */
  readonly fewest: Float64Array;
  readonly most: Float64Array;
  readonly slots: readonly SlotRange[];
  readonly picks: number;
  readonly anchors: number;
  /** A form that is better than another costs less by this at least: a step, but for what the lot adds. */
  readonly margin: number;
  /** The weight of spread, and of a count beyond its bounds: more than all goals together. */
  readonly square: number;
  readonly beyond: number;
}

export function problemOf(section: SectionCounts, places: Places): SectionProblem {
  const { plan, anchors, subSkillMin, subSkillMax } = section;
  const units: Unit[] = [];
  const slots = plan.slots.map(({ count }, slot) => {
    const from = units.length;
    for (const unit of places.get(placeOfSingle(plan.index, slot, false))?.units ?? []) units.push(unit);
    const anchorsFrom = units.length;
    if (anchors > 0)
      for (const unit of places.get(placeOfSingle(plan.index, slot, true))?.units ?? []) units.push(unit);
    return { count, from, anchorsFrom, to: units.length };
  });
  // The squares of a section rise in twos: half of what exposure can add up to keeps the goals apart.
  const square = (plan.total * exposureSteps * weights.exposure) / 2 + 1;
  const overShare = 2 * square * plan.total ** 2;
  const costs = Float64Array.from(units, ({ cost }) => {
    const over = Math.floor(cost / weights.overShare);
    return over * overShare + (cost - over * weights.overShare);
  });
  const numbers = new Map<number, number>();
  const numbered = (name: number): number => {
    const known = numbers.get(name) ?? numbers.size;
    numbers.set(name, known);
    return known;
  };
  const subSkills = Int32Array.from(units, ({ subSkill }) => numbered(subSkill));
  const subSkillNames = numbers.size;
  const topics = Int32Array.from(units, ({ topic }) => numbered(-1 - topic));
  const fewest = new Float64Array(numbers.size);
  const most = new Float64Array(numbers.size).fill(plan.topicMax);
  for (const [name, number] of numbers) {
    if (name < 0) continue;
    fewest[number] = subSkillMin[name] ?? 0;
    most[number] = subSkillMax[name] ?? Number.POSITIVE_INFINITY;
  }
  const layout = { units, costs, subSkills, topics, names: numbers.size, subSkillNames, fewest, most, slots };
  const margin = Math.max(half, weights.exposure - lotMost * plan.total);
  return {
    ...layout,
    picks: plan.total,
    anchors,
    margin,
    square,
    beyond: overShare * overShareSteps * (plan.total + 1),
  };
}

/** Exchanges single picks for the best in their place until nothing helps. */
export class Exchanges {
  /** What `improve` has made of the picks. */
  readonly picked: Int32Array;
  readonly #problem: SectionProblem;
  readonly #counts: Int32Array;
  /** What one more pick of each name would cost. */
  readonly #more: Float64Array;
  /** The same of a name without picks. */
  readonly #first: Float64Array;
  readonly #taken: Uint8Array;

  constructor(problem: SectionProblem) {
    this.#problem = problem;
    this.picked = new Int32Array(problem.picks);
    this.#counts = new Int32Array(problem.names);
    this.#more = new Float64Array(problem.names);
    for (let name = 0; name < problem.names; name += 1) this.#price(name);
    this.#first = this.#more.slice();
    this.#taken = new Uint8Array(problem.units.length);
  }

  /** @param from slot by slot, one unit or more for each. @returns what the picks cost in the end. */
  improve(from: ArrayLike<number>): number {
    const { slots, costs, square, fewest, most, beyond } = this.#problem;
    const picked = this.picked;
    picked.set(from);
    this.#counts.fill(0);
    this.#taken.fill(0);
    this.#more.set(this.#first);
    for (const index of picked) this.#take(index, 1);
    let still = 0;
    for (let pass = 0; pass < passesMax && still < picked.length; pass += 1) {
      let place = 0;
      for (const slot of slots) {
        for (const end = place + slot.count; place < end; place += 1) {
          const old = picked[place] ?? 0;
          this.#take(old, -1);
          const best = this.#cheapest(slot, old);
          this.#take(best, 1);
          picked[place] = best;
          still = best === old ? still + 1 : 1;
        }
      }
    }
    let cost = 0;
    for (const index of picked) cost += costs[index] ?? 0;
    for (let name = 0; name < this.#counts.length; name += 1) {
      const count = this.#counts[name] ?? 0;
      const broken = Math.max(0, count - (most[name] ?? count)) + Math.max(0, (fewest[name] ?? count) - count);
      cost += square * count * count + beyond * broken;
    }
    return cost;
  }

  /** The unit that would cost least in the place of this one. */
  #cheapest({ from, anchorsFrom, to }: SlotRange, old: number): number {
    const [first, end] = old < anchorsFrom ? [from, anchorsFrom] : [anchorsFrom, to];
    let best = old;
    let least = this.#costOf(old) - half;
    for (let index = first; index < end; index += 1) {
      const cost = this.#costOf(index);
      if (cost >= least || this.#taken[index] === 1) continue;
      least = cost;
      best = index;
    }
    return best;
  }

  // A method, not a function of `#cheapest`: that would make one anew for each of thousands of looks.
  #costOf(index: number): number {
    const { costs, subSkills, topics } = this.#problem;
    return (costs[index] ?? 0) + (this.#more[subSkills[index] ?? 0] ?? 0) + (this.#more[topics[index] ?? 0] ?? 0);
  }

  #take(index: number, step: 1 | -1): void {
    const { subSkills, topics } = this.#problem;
    const subSkill = subSkills[index] ?? 0;
    const topic = topics[index] ?? 0;
    this.#taken[index] = step === 1 ? 1 : 0;
    this.#counts[subSkill] = (this.#counts[subSkill] ?? 0) + step;
    this.#counts[topic] = (this.#counts[topic] ?? 0) + step;
    this.#price(subSkill);
    this.#price(topic);
  }

  #price(name: number): void {
    const { square, fewest, most, beyond } = this.#problem;
    const count = this.#counts[name] ?? 0;
    let more = square * (2 * count + 1);
    if (count >= (most[name] ?? Number.POSITIVE_INFINITY)) more += beyond;
    if (count < (fewest[name] ?? 0)) more -= beyond;
    this.#more[name] = more;
  }
}
