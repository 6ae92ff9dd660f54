import { chooseBest } from "./best-section.ts";
import type { SectionPlan } from "./blueprint.ts";
import { brokenCost, type Place, type Selection, spreadOf, targetCost } from "./selection.ts";
import { weights } from "./stock.ts";
import { placeOfSingle, type Unit } from "./units.ts";

export type Places = ReadonlyMap<string, Place>;

/** Exchanging one pick at a time comes to rest after a few passes. */
const passesMax = 20;
/**
 * Where that does not reach the best there could be, so many are exchanged at once, the best of them found exactly in at
 * most so many steps, until so many tries in a row were in vain, or so many in all were made.
 */
const picksAtOnce = 4;
const stepsMax = 40;
const vainMax = 60;
const triesMax = 600;
/** Costs are whole but for what decides between equals, which is less than this. */
const half = weights.exposure / 2;

export function placesOf(units: Iterable<Unit>): Places {
  const members = new Map<string, Unit[]>();
  for (const unit of units) {
    const others = members.get(unit.place);
    if (others) others.push(unit);
    else members.set(unit.place, [unit]);
  }
  return new Map([...members].map(([name, own]) => [name, placeFor(own)]));
}

function placeFor(units: readonly Unit[]): Place {
  const subSkills = new Int32Array(units.length);
  const topics = new Int32Array(units.length);
  const costs = new Float64Array(units.length);
  let plain = true;
  let least = Number.POSITIVE_INFINITY;
  let index = 0;
  for (const unit of units) {
    subSkills[index] = unit.subSkill;
    topics[index] = unit.topic;
    costs[index] = unit.cost;
    if (unit.related || unit.entries.length > 1) plain = false;
    if (unit.cost < least) least = unit.cost;
    index += 1;
  }
  return { section: units[0]?.section ?? 0, units, plain, subSkills, topics, costs, least };
}

/** Puts the unit of a place that costs least into the selection. @returns it, or undefined where all are chosen. */
export function addCheapest(selection: Selection, place: Place | undefined): Unit | undefined {
  if (!place) return undefined;
  const costs = new Float64Array(place.units.length);
  selection.rank(place, costs);
  const unit = place.units[leastIndex(costs, costs.length)];
  if (unit) selection.add(unit);
  return unit;
}

/** Where the lowest of the first so many stands. */
function leastIndex(costs: Float64Array, length: number): number {
  let least = Number.POSITIVE_INFINITY;
  let at = -1;
  for (let index = 0; index < length; index += 1) {
    const cost = costs[index] ?? least;
    if (cost >= least) continue;
    least = cost;
    at = index;
  }
  return at;
}

/**
 * Makes a full section better and never breaks a constraint for a goal: the best there is where that can be found out in
 * short time, else what exchanging units leads to, one at a time, then two, then some at once, drawn by lot.
 *
 * @param quick Stops at what a first try gives, for places that may not be all there are.
 * @returns whether it is as good as any form can be, `floor` being the least spread there is.
 */
export function improve(
  selection: Selection,
  plan: SectionPlan,
  places: Places,
  floor: number,
  random: () => number,
  quick: boolean,
): boolean {
  const { chosen } = selection.section(plan.index);
  const done = (): boolean => isBest(selection, plan, floor);
  if (done()) return true;
  const found = chooseBest(selection, plan.index, places, quick);
  if (done()) return true;
  if (found !== "open") return found === "best" && !quick;
  const names = namesOf(selection, places, plan);
  let improved = true;
  for (let pass = 0; pass < passesMax && improved && !done(); pass += 1) {
    improved = false;
    for (const unit of [...chosen]) improved = exchange(selection, places, names, [unit]) || improved;
  }
  if (quick || done()) return done();
  exchangeTwo(selection, places, names);
  let vain = 0;
  for (let tried = 0; tried < triesMax && vain < vainMax && !done(); tried += 1) {
    const better =
      tried % 3 === 1
        ? moveAnchor(selection, places, names, random)
        : exchange(selection, places, names, draw([...chosen], picksAtOnce, random));
    vain = better ? 0 : vain + 1;
  }
  return done();
}

function draw(units: readonly Unit[], count: number, random: () => number): Unit[] {
  const left = [...units];
  const drawn: Unit[] = [];
  while (drawn.length < count && left.length > 0) drawn.push(...left.splice(Math.floor(random() * left.length), 1));
  return drawn;
}

function exchangeTwo(selection: Selection, places: Places, names: Names): void {
  const { chosen } = selection.section(names.section);
  const count = chosen.size;
  for (let first = 0; first < count; first += 1) {
    for (let second = first + 1; second < count; second += 1) {
      // Read anew each time: an exchange puts other units in their places.
      const units = [...chosen];
      const [one, other] = [units[first], units[second]];
      if (one && other) exchange(selection, places, names, [one, other]);
    }
  }
}

/**
 * Takes some units out and fills their places, or those named, with the units that are best together, by branch and
 * bound. @returns whether it got better.
 */
function exchange(
  selection: Selection,
  places: Places,
  names: Names,
  removed: readonly Unit[],
  into: readonly string[] = removed.map((unit) => unit.place),
): boolean {
  for (const unit of removed) selection.drop(unit);
  const open = into.flatMap((name) => places.get(name) ?? []);
  const buffers = names.buffers.slice(0, open.length);
  let best = costTogether(selection, removed) - half;
  let bestUnits = removed;
  let steps = 0;
  const entered: Unit[] = [];
  const descend = (spent: number): void => {
    steps += 1;
    const depth = entered.length;
    const place = open[depth];
    const costs = buffers[depth];
    if (!place || !costs) {
      best = spent - half;
      bestUnits = [...entered];
      return;
    }
    // What the places after this one cost at least.
    const others = names.plain ? leastFixed(open, depth + 1) : leastApart(selection, open, buffers, depth + 1);
    if (names.plain) {
      const rise = leastRise(selection, names, open.length - depth);
      if (spent + rise + leastFixed(open, depth) >= best) return;
    } else if (spent + others >= best) return;
    selection.rank(place, costs);
    for (;;) {
      const index = leastIndex(costs, place.units.length);
      const unit = place.units[index];
      const cost = costs[index] ?? Number.POSITIVE_INFINITY;
      if (!unit || steps > stepsMax || spent + cost + others >= best) return;
      costs[index] = Number.POSITIVE_INFINITY;
      selection.add(unit);
      entered.push(unit);
      descend(spent + cost);
      entered.pop();
      selection.drop(unit);
    }
  };
  if (open.length === removed.length) descend(0);
  for (const unit of bestUnits) selection.add(unit);
  return bestUnits !== removed;
}

/** The least that these places cost: each as if it were the next. */
function leastApart(
  selection: Selection,
  open: readonly Place[],
  buffers: readonly Float64Array[],
  from: number,
): number {
  let least = 0;
  for (let index = from; index < open.length; index += 1) {
    const [place, buffer] = [open[index], buffers[index]];
    if (!place || !buffer) continue;
    selection.rank(place, buffer);
    least += buffer[leastIndex(buffer, place.units.length)] ?? 0;
  }
  return least;
}

/** The least that these places add whatever else is picked. */
function leastFixed(open: readonly Place[], from: number): number {
  let least = 0;
  for (let index = from; index < open.length; index += 1) least += open[index]?.least ?? 0;
  return least;
}

/** The least by which so many more picks raise the cost of spread: each on the rarest sub-skill and the rarest topic. */
function leastRise(selection: Selection, { section, subSkills, topics }: Names, picks: number): number {
  const counts = selection.section(section);
  return weights.spread * (fillUp(counts.subSkills, subSkills, picks) + fillUp(counts.topics, topics, picks));
}

function fillUp(counts: Int32Array, names: readonly number[], picks: number): number {
  let left = picks;
  let rise = 0;
  for (let count = 0, reached = 0; left > 0; count += 1) {
    for (const name of names) if (counts[name] === count) reached += 1;
    const filled = Math.min(left, reached);
    rise += filled * (2 * count + 1);
    left -= filled;
  }
  return rise;
}

/** What these units cost, entered one after the other. */
function costTogether(selection: Selection, units: readonly Unit[]): number {
  let cost = 0;
  for (const unit of units) {
    cost += selection.insertionCost(unit) + brokenCost * selection.insertionBreaks(unit);
    selection.add(unit);
  }
  for (const unit of units) selection.drop(unit);
  return cost;
}

/** Lets another level carry an anchor where that is better. @returns whether it did. */
function moveAnchor(selection: Selection, places: Places, names: Names, random: () => number): boolean {
  const { anchorLevels, chosen, plan } = selection.section(names.section);
  const singles = [...chosen].filter((unit) => unit.entries.length === 1);
  const [from] = draw(
    singles.filter((unit) => unit.anchors > 0),
    1,
    random,
  );
  const [to, ...more] = draw(
    singles.filter((unit) => unit.anchors === 0),
    3,
    random,
  );
  const slotOf = (unit: Unit): number => unit.slots[0] ?? 0;
  if (!from || !to || anchorLevels[plan.slots[slotOf(to)]?.levelIndex ?? 0]) return false;
  return exchange(
    selection,
    places,
    names,
    [from, to, ...more],
    [
      placeOfSingle(plan.index, slotOf(from), false),
      placeOfSingle(plan.index, slotOf(to), true),
      ...more.map((unit) => unit.place),
    ],
  );
}

/** What the units of a section are about. */
interface Names {
  readonly section: number;
  readonly subSkills: readonly number[];
  readonly topics: readonly number[];
  /** Nothing counts here but spread and exposure. */
  readonly plain: boolean;
  /** Room for ranking as many places as are exchanged at once. */
  readonly buffers: readonly Float64Array[];
}

function namesOf(selection: Selection, places: Places, plan: SectionPlan): Names {
  const { bounded, timed, targets } = selection.section(plan.index);
  const subSkills = new Set<number>();
  const topics = new Set<number>();
  let longest = 0;
  let plain = !bounded && !timed && targets.length === 0;
  for (const place of places.values()) {
    if (place.section !== plan.index) continue;
    plain &&= place.plain;
    longest = Math.max(longest, place.units.length);
    for (const unit of place.units) {
      if (unit.entries.length === 1) {
        subSkills.add(unit.subSkill);
        topics.add(unit.topic);
        continue;
      }
      for (const { kind } of unit.entries) {
        subSkills.add(kind.subSkill);
        topics.add(kind.topic);
      }
    }
  }
  const buffers = Array.from({ length: picksAtOnce }, () => new Float64Array(longest));
  return { section: plan.index, subSkills: [...subSkills], topics: [...topics], plain, buffers };
}

/** As good as any form can be: nothing broken, no repeat that could be avoided, on target, the least exposed of all. */
function isBest(selection: Selection, plan: SectionPlan, floor: number): boolean {
  const section = selection.section(plan.index);
  if (targetCost(section) > 0 || spreadOf(section) > floor || selection.brokenIn(plan.index) > 0) return false;
  for (const unit of section.chosen) if (unit.cost >= weights.exposure) return false;
  return true;
}
