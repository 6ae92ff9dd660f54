import { Exchanges, half, type SectionProblem, type SlotRange } from "./section-problem.ts";

export interface Relaxation {
  /** No form costs less. */
  readonly bound: number;
  /** The best form met on the way, as numbers of units, if it costs less than what was known before. */
  readonly form: readonly number[] | null;
  /** What the best known form costs. */
  readonly upper: number;
}

/** So many rounds without a better bound, and the steps become half as long. */
const patience = 10;
/** So many rounds in a row whose picks are known, and the prices have come to rest: of 89 better forms one came after 10, none after 20. */
const settled = 30;

/**
 * Puts a price on each sub-skill and each topic instead of counting them (Lagrangian relaxation): the slots then fall
 * apart, each takes its cheapest units, as many of them anchors as must be, and what they cost together is a lower bound
 * of every form. Prices follow the subgradient with Polyak's step. The picks of a round, exchanged one by one for better
 * ones, are a form: the best of all rounds is mostly as good as the bound says a form can be, and then it is over.
 *
 * @param known What a form that is already there costs; Infinity where there is none.
 * @param accept Whether a form keeps what is not counted here.
 */
export function relax(
  problem: SectionProblem,
  known: number,
  rounds: number,
  accept: (form: readonly number[]) => boolean,
): Relaxation {
  const { units, costs, subSkills, topics, margin } = problem;
  const prices = new Prices(problem);
  const slots = new PricedSlots(problem);
  const exchanges = new Exchanges(problem);
  const reduced = new Float64Array(units.length);
  let bound = Number.NEGATIVE_INFINITY;
  let upper = known;
  let form: readonly number[] | null = null;
  let length = 1;
  let vain = 0;
  /** From the same picks the exchanges make the same form: each is tried once. */
  const tried = new Set<string>();
  let familiar = 0;
  for (let round = 0; round < rounds && familiar < settled && bound <= upper - margin; round += 1) {
    const { values } = prices;
    for (let index = 0; index < units.length; index += 1) {
      reduced[index] = (costs[index] ?? 0) + (values[subSkills[index] ?? 0] ?? 0) + (values[topics[index] ?? 0] ?? 0);
    }
    const priced = prices.refunded() + slots.pick(reduced);
    vain = priced > bound + half / 10 ? 0 : vain + 1;
    bound = Math.max(bound, priced);
    const picks = slots.picked.join();
    familiar = tried.has(picks) ? familiar + 1 : 0;
    if (familiar === 0) {
      tried.add(picks);
      const cost = exchanges.improve(slots.picked);
      if (cost < upper - half && accept([...exchanges.picked])) {
        upper = cost;
        form = [...exchanges.picked];
      }
    }
    if (vain > patience) {
      length /= 2;
      vain = 0;
    }
    const gap = upper === Number.POSITIVE_INFINITY ? problem.square : upper - priced;
    prices.follow(slots.picked, length * gap);
  }
  return { bound, form, upper };
}

/** What a pick of each sub-skill and each topic costs in place of the squares of their counts. */
class Prices {
  readonly values: Float64Array;
  readonly #problem: SectionProblem;
  readonly #slopes: Float64Array;
  readonly #best: Float64Array;

  constructor(problem: SectionProblem) {
    const { names, subSkillNames, picks, square } = problem;
    this.#problem = problem;
    this.values = new Float64Array(names);
    this.#slopes = new Float64Array(names);
    this.#best = new Float64Array(names);
    // Where picks fall as evenly as they can, one more of a name costs between two steps of its squares: the lower one.
    const evenly = (count: number): number => square * (2 * Math.floor(picks / Math.max(1, count)) + 1);
    this.values.fill(evenly(subSkillNames), 0, subSkillNames);
    this.values.fill(evenly(names - subSkillNames), subSkillNames);
  }

  /** The least by which squares can exceed what the picks pay for them: nothing or less. Called before `follow`. */
  refunded(): number {
    const { names, square, fewest, most } = this.#problem;
    const best = this.#best;
    let sum = 0;
    for (let name = 0; name < names; name += 1) {
      const price = this.values[name] ?? 0;
      // How many picks of the name are best when each is worth its price and their square is paid.
      let count = Math.floor((price + square) / (2 * square));
      if (count > (most[name] ?? count)) count = most[name] ?? count;
      if (count < (fewest[name] ?? 0)) count = fewest[name] ?? 0;
      best[name] = count;
      sum += square * count * count - price * count;
    }
    return sum;
  }

  /** Names picked more often than their price is worth become dearer, the others cheaper. */
  follow(picked: Int32Array, gap: number): void {
    const { names, square, subSkills, topics, fewest } = this.#problem;
    const [values, best] = [this.values, this.#best];
    const slopes = this.#slopes.fill(0);
    for (const index of picked) {
      const subSkill = subSkills[index] ?? 0;
      const topic = topics[index] ?? 0;
      slopes[subSkill] = (slopes[subSkill] ?? 0) + 1;
      slopes[topic] = (slopes[topic] ?? 0) + 1;
    }
    let squares = 0;
    for (let name = 0; name < names; name += 1) {
      const count = best[name] ?? 0;
      let slope = (slopes[name] ?? 0) - count;
      // Where two counts are equally good, the bound changes by as little as may be.
      if (slope < 0 && count > (fewest[name] ?? 0) && values[name] === square * (2 * count - 1)) slope += 1;
      slopes[name] = slope;
      squares += slope * slope;
    }
    if (squares === 0) return;
    const step = gap / squares;
    for (let name = 0; name < names; name += 1) {
      const price = values[name] ?? 0;
      const count = best[name] ?? 0;
      const next = price + step * (slopes[name] ?? 0);
      // Not past the price at which one pick less becomes as good: beyond it the slope is another.
      const kink = square * (2 * count - 1);
      values[name] = next < kink && price > kink && count > (fewest[name] ?? 0) ? kink : next;
    }
  }
}

/** The cheapest units of each slot, with anchors where they cost the least more. */
class PricedSlots {
  /** Slot by slot; an anchor stands last in its slot. */
  readonly picked: Int32Array;
  readonly #problem: SectionProblem;
  /** By slot: the cheapest anchor, where the last pick stands, and what the anchor would cost more than that. */
  readonly #anchors: Int32Array;
  readonly #ends: Int32Array;
  readonly #more: Float64Array;

  constructor(problem: SectionProblem) {
    this.#problem = problem;
    this.picked = new Int32Array(problem.picks);
    this.#anchors = new Int32Array(problem.slots.length);
    this.#ends = new Int32Array(problem.slots.length);
    this.#more = new Float64Array(problem.slots.length);
  }

  /** @returns what they cost together. */
  pick(costs: Float64Array): number {
    const { slots, anchors } = this.#problem;
    let end = 0;
    for (let at = 0; at < slots.length; at += 1) {
      const slot = slots[at] as SlotRange;
      const found = cheapest(costs, slot, this.picked, end);
      end += slot.count;
      // Where only an anchor can fill the slot, it comes first.
      const last = found < end ? Number.MAX_VALUE : (costs[this.picked[end - 1] ?? 0] ?? 0);
      const anchor = leastIn(costs, slot.anchorsFrom, slot.to);
      this.#anchors[at] = anchor;
      this.#ends[at] = end - 1;
      this.#more[at] = anchor < 0 ? Number.POSITIVE_INFINITY : (costs[anchor] ?? 0) - last;
    }
    for (let count = 0; count < anchors; count += 1) {
      const at = leastIn(this.#more, 0, slots.length);
      this.picked[this.#ends[at] ?? 0] = this.#anchors[at] ?? 0;
      this.#more[at] = Number.POSITIVE_INFINITY;
    }
    let sum = 0;
    for (const index of this.picked) sum += costs[index] ?? 0;
    return sum;
  }
}

/** Writes the slot's cheapest plain units, in order, into `picked` from `start`. @returns where they end. */
function cheapest(reduced: Float64Array, slot: SlotRange, picked: Int32Array, start: number): number {
  let end = start;
  for (let index = slot.from; index < slot.anchorsFrom; index += 1) {
    const cost = reduced[index] ?? 0;
    let place = end;
    if (end - start < slot.count) end += 1;
    else if (cost >= (reduced[picked[end - 1] ?? 0] ?? 0)) continue;
    else place = end - 1;
    while (place > start && (reduced[picked[place - 1] ?? 0] ?? 0) > cost) {
      picked[place] = picked[place - 1] ?? 0;
      place -= 1;
    }
    picked[place] = index;
  }
  return end;
}

function leastIn(values: Float64Array, from: number, to: number): number {
  let least = -1;
  for (let index = from; index < to; index += 1) {
    if (least < 0 || (values[index] ?? 0) < (values[least] ?? 0)) least = index;
  }
  return least;
}
