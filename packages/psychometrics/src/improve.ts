import type { SectionPlan } from "./blueprint.ts";
import { type Selection, spreadOf, targetCost } from "./selection.ts";
import { type Unit, weights } from "./units.ts";

/** Units that may stand for each other, by section and place. */
export type Places = ReadonlyMap<string, readonly Unit[]>;

/** How often a form that is not known to be the best is shaken and improved again. */
const shakes = 12;
/** So many picks of a section are thrown at once when shaking. */
const shaken = 3;

export function placesOf(units: Iterable<Unit>): Places {
  const places = new Map<string, Unit[]>();
  for (const unit of units) {
    const key = placeKey(unit);
    const members = places.get(key);
    if (members) members.push(unit);
    else places.set(key, [unit]);
  }
  return places;
}

function placeKey(unit: Unit): string {
  return `${unit.section}:${unit.place}`;
}

export function placeOfSingle(section: number, slot: number, anchor: boolean): string {
  return `${section}:${slot}${anchor ? "a" : "p"}`;
}

/** The unit of a place that breaks least and then costs least now, or undefined where all are chosen. */
export function cheapest(selection: Selection, places: Places, place: string): Unit | undefined {
  let best: Unit | undefined;
  let bestBreaks = Number.POSITIVE_INFINITY;
  let bestCost = Number.POSITIVE_INFINITY;
  for (const unit of places.get(place) ?? []) {
    if (unit.chosen) continue;
    const breaks = selection.insertionBreaks(unit);
    if (breaks > bestBreaks) continue;
    const cost = selection.insertionCost(unit);
    if (breaks < bestBreaks || cost < bestCost) {
      best = unit;
      bestBreaks = breaks;
      bestCost = cost;
    }
  }
  return best;
}

/**
 * Makes a full selection better by exchanging units of one place until nothing helps, then shakes the sections that may
 * still be improved and keeps what came out better. Never breaks a constraint for a goal.
 */
export function improve(selection: Selection, places: Places, random: () => number): void {
  for (const { plan } of selection.sections) descend(selection, places, plan.index);
  for (const { plan } of selection.sections) {
    for (let shake = 0; shake < shakes && mayBeBetter(selection, places, plan); shake += 1) {
      tryShaken(selection, places, plan, random);
    }
  }
}

/** Exchanges one unit at a time for the better: the cost falls by at least half a step each time, so it ends. */
function descend(selection: Selection, places: Places, section: number): void {
  for (let improved = true; improved; ) {
    improved = false;
    for (const unit of [...selection.chosen]) {
      if (unit.section !== section) continue;
      selection.drop(unit);
      const best = cheapest(selection, places, placeKey(unit)) ?? unit;
      const better = isBetter(selection, best, unit);
      selection.add(better ? best : unit);
      improved ||= better;
    }
  }
}

function isBetter(selection: Selection, unit: Unit, than: Unit): boolean {
  const fewer = selection.insertionBreaks(than) - selection.insertionBreaks(unit);
  if (fewer !== 0) return fewer > 0;
  return selection.insertionCost(unit) < selection.insertionCost(than) - weights.exposure / 2;
}

function tryShaken(selection: Selection, places: Places, plan: SectionPlan, random: () => number): void {
  const kept = [...selection.chosen].filter((unit) => unit.section === plan.index);
  const brokenBefore = selection.broken();
  const costBefore = selection.cost();
  if (!moveAnchor(selection, places, plan, kept, random)) {
    for (let throws = 0; throws < shaken; throws += 1) {
      const current = [...selection.chosen].filter((unit) => unit.section === plan.index);
      const thrown = current[Math.floor(random() * current.length)];
      const stand = thrown && places.get(placeKey(thrown));
      const other = stand?.[Math.floor(random() * stand.length)];
      if (!thrown || !other || other.chosen) continue;
      selection.drop(thrown);
      selection.add(other);
    }
  }
  descend(selection, places, plan.index);
  const broken = selection.broken();
  if (broken < brokenBefore || (broken === brokenBefore && selection.cost() < costBefore - weights.exposure / 2))
    return;
  for (const unit of [...selection.chosen]) if (unit.section === plan.index) selection.drop(unit);
  for (const unit of kept) selection.add(unit);
}

/** Every third shake lets another level carry an anchor. @returns whether it did. */
function moveAnchor(
  selection: Selection,
  places: Places,
  plan: SectionPlan,
  units: readonly Unit[],
  random: () => number,
): boolean {
  if (plan.anchors === 0 || random() > 1 / 3) return false;
  const anchors = units.filter((unit) => unit.anchors > 0 && unit.entries.length === 1);
  const from = anchors[Math.floor(random() * anchors.length)];
  const { anchorLevels } = selection.section(plan.index);
  const others = units.filter(
    (unit) =>
      unit.anchors === 0 &&
      unit.entries.length === 1 &&
      !anchorLevels[plan.slots[unit.slots[0] ?? 0]?.levelIndex ?? 0] &&
      (places.get(placeOfSingle(plan.index, unit.slots[0] ?? 0, true))?.length ?? 0) > 0,
  );
  const to = others[Math.floor(random() * others.length)];
  if (!from || !to) return false;
  selection.drop(from);
  selection.drop(to);
  const plain = cheapest(selection, places, placeOfSingle(plan.index, from.slots[0] ?? 0, false));
  if (plain) selection.add(plain);
  const anchor = cheapest(selection, places, placeOfSingle(plan.index, to.slots[0] ?? 0, true));
  if (anchor) selection.add(anchor);
  if (plain && anchor) return true;
  if (plain) selection.drop(plain);
  if (anchor) selection.drop(anchor);
  selection.add(from);
  selection.add(to);
  return false;
}

/** False where the section is as good as any form can be: no repeat that could be avoided, on target, the least exposed of all. */
function mayBeBetter(selection: Selection, places: Places, plan: SectionPlan): boolean {
  const section = selection.section(plan.index);
  if (targetCost(section) > 0) return true;
  const subSkills = new Set<number>();
  const topics = new Set<number>();
  for (const [key, units] of places) {
    if (!key.startsWith(`${plan.index}:`)) continue;
    for (const { entries } of units) {
      for (const { kind } of entries) {
        subSkills.add(kind.subSkill);
        topics.add(kind.topic);
      }
    }
  }
  if (spreadOf(section) > leastSquares(plan.total, subSkills.size) + leastSquares(plan.total, topics.size)) return true;
  for (const unit of selection.chosen) {
    if (unit.section === plan.index && unit.cost >= weights.exposure) return true;
  }
  return false;
}

/** The sum of squares when `total` picks fall as evenly as possible on so many names. */
function leastSquares(total: number, names: number): number {
  if (names === 0) return 0;
  const each = Math.floor(total / names);
  const more = total - each * names;
  return more * (each + 1) ** 2 + (names - more) * each ** 2;
}
