import type { SectionPlan } from "./blueprint.ts";
import { type Cell, type Entry, type Kind, leastExposed, type Pool } from "./pool.ts";
import { exposureCost, lotMost, type SectionStock, type Share, weights } from "./stock.ts";

/**
 * What is picked in one go: an item, or a whole set. Its cost is what it adds whatever else is picked: exposure.
 */
export interface Unit {
  readonly section: number;
  readonly entries: readonly Entry[];
  /** The slot of each entry. */
  readonly slots: readonly number[];
  /** Of its first entry. */
  readonly subSkill: number;
  readonly topic: number;
  readonly anchors: number;
  /** Section and slot. Units of one `place` may stand for each other: same slots, same number of anchors in each. */
  readonly place: string;
  readonly cost: number;
  readonly seconds: number;
  /** Something else in the form could exclude it: an enemy, a set mate, another section that draws on the same items. */
  readonly related: boolean;
  chosen: boolean;
}

/** What a section's units are drawn from. */
export interface UnitSource {
  readonly pool: Pool;
  readonly plan: SectionPlan;
  readonly stock: SectionStock;
  readonly blocked: ReadonlySet<Entry>;
  readonly random: () => number;
  /** Another section draws on the same items. */
  readonly shared: boolean;
}

/** Of so many kinds that are all as little exposed as can be, a form mostly spreads as well as of all. */
const kindsEnough = 24;
/** With fewer kinds than this to choose from, what goes beyond the share is kept in mind where more than the goals counts. */
const kindsFew = 30;
/** With more kinds than this a look at their exposure alone pays. */
const kindsMany = 60;
/** Where difficulty counts, items of one kind differ. */
const moreForTargets = 5;

export interface Candidates {
  readonly units: readonly Unit[];
  /** Whether they are all that the goals could ever ask for. */
  readonly complete: boolean;
}

/**
 * The least exposed items of every kind: what the goals can tell apart, and no more than a form could use. With `few`
 * only some of the kinds where many are equally good.
 */
export function unitsForGoals(source: UnitSource, few: boolean): Candidates {
  const { plan, stock } = source;
  const places = plan.slots.flatMap((slot, index) => {
    const plain = singlesOf(source, index, false, slot.count, stock.slots[index]?.plainShare, few);
    return plan.anchors === 0 ? [plain] : [plain, singlesOf(source, index, true, 1, stock.anchorShare, few)];
  });
  const units = places.flatMap((place) => place.units);
  return {
    units: plan.sets === "whole" ? [...units, ...wholeSets(source)] : units,
    complete: places.every(({ complete }) => complete),
  };
}

function singlesOf(
  source: UnitSource,
  slot: number,
  anchor: boolean,
  needed: number,
  share: Share | undefined,
  few: boolean,
): Candidates {
  const { plan, blocked, random } = source;
  const cell = cellOf(source, slot, anchor);
  if (!cell || !share) return { units: [], complete: true };
  const filled: number[] = [];
  const least: number[] = [];
  for (let index = 0; index < cell.least.length; index += 1) {
    const exposure = cell.least[index] ?? Number.POSITIVE_INFINITY;
    if (exposure === Number.POSITIVE_INFINITY) continue;
    filled.push(index);
    if (exposureCost(exposure, share) === 0) least.push(index);
  }
  const complete = !few || least.length <= kindsEnough;
  const kinds = complete ? usefulKinds(source, cell, filled, needed, share) : drawn(least, kindsEnough, random);
  const perKind = (complete ? needed : 1) + (plan.targets.length > 0 ? moreForTargets : 0);
  const skip = skipFor(plan, blocked);
  const place = placeOfSingle(plan.index, slot, anchor);
  const units: Unit[] = [];
  for (const index of kinds) {
    const kind = cell.kinds[index];
    if (!kind) continue;
    for (const entry of leastExposed(kind, perKind, skip, random)) {
      units.push(makeUnit(source, [entry], [slot], place));
    }
  }
  return { units: complete ? worthwhile(units, plan, needed) : units, complete };
}

/**
 * Where there are many kinds: those within the share, if that leaves enough, and of each sub-skill as many as `worthwhile`
 * would keep. Which of equals, falls by lot. What the candidate has met may be the least exposed of its kind: so many more.
 */
function usefulKinds(
  { pool, plan, blocked, random }: UnitSource,
  cell: Cell,
  filled: number[],
  needed: number,
  share: Share,
): number[] {
  if (filled.length <= kindsMany || !onlySpreadCounts(plan)) return filled;
  let spare = 0;
  for (const { kind } of blocked) if (kind.cell === cell) spare += 1;
  const costs = cell.least.map((exposure) => exposureCost(exposure, share));
  const costOf = (index: number): number => costs[index] ?? 0;
  const within = filled.filter((index) => costOf(index) < weights.overShare);
  const enough = pool.mostRelations === 0 ? needed : kindsFew;
  const left = within.length >= enough + spare ? within : filled;
  const taken = new Map<number, number>();
  return drawn(left, left.length, random)
    .sort((a, b) => costOf(a) - costOf(b))
    .filter((index) => {
      const subSkill = cell.kinds[index]?.subSkill ?? 0;
      const count = taken.get(subSkill) ?? 0;
      taken.set(subSkill, count + 1);
      return count < plan.total + spare;
    });
}

function drawn<T>(values: T[], count: number, random: () => number): T[] {
  for (let index = 0; index < count; index += 1) {
    const other = index + Math.floor(random() * (values.length - index));
    [values[index], values[other]] = [values[other] as T, values[index] as T];
  }
  return values.slice(0, count);
}

/**
 * Leaves out what could never win. Above the share: where enough lies below it. Of one sub-skill: what costs more than as
 * many kinds as the form has picks, for one of these is always on a topic that no other pick has.
 */
function worthwhile(units: readonly Unit[], plan: SectionPlan, needed: number): Unit[] {
  const free = onlySpreadCounts(plan) && !units.some(({ related }) => related);
  const within = units.filter((unit) => unit.cost < weights.overShare);
  const left = within.length >= (free ? needed : Math.max(needed, kindsFew)) ? within : [...units];
  if (!free || left.length <= plan.total) return left;
  const kinds = new Map<number, Set<Kind | undefined>>();
  return left
    .sort((a, b) => a.cost - b.cost)
    .filter(({ subSkill, entries }) => {
      const known = kinds.get(subSkill) ?? new Set();
      kinds.set(subSkill, known);
      return known.size < plan.total && known.add(entries[0]?.kind);
    });
}

/** Nothing distinguishes two items of one kind but how often they were picked. */
function onlySpreadCounts(plan: SectionPlan): boolean {
  const bounded = plan.subSkillBounds.length > 0 || Number.isFinite(plan.topicMax);
  return !bounded && !Number.isFinite(plan.maxSeconds) && plan.targets.length === 0;
}

/** No form of the section has a smaller sum of squared counts of sub-skills and topics. */
export function leastSpread(source: UnitSource): number {
  const subSkills = new Set<number>();
  const topics = new Set<number>();
  for (const slot of source.plan.slots.keys()) {
    for (const anchor of [false, true]) {
      const cell = cellOf(source, slot, anchor);
      for (const name of cell?.subSkills ?? []) subSkills.add(name);
      for (const name of cell?.topics ?? []) topics.add(name);
    }
  }
  return leastSquares(source.plan.total, subSkills.size) + leastSquares(source.plan.total, topics.size);
}

/** The sum of squares when `total` picks fall as evenly as possible on so many names. */
function leastSquares(total: number, names: number): number {
  if (names === 0) return 0;
  const each = Math.floor(total / names);
  const more = total - each * names;
  return more * (each + 1) ** 2 + (names - more) * each ** 2;
}

/**
 * Few enough units to search through, and enough that a form exists with them if one exists at all: items that no
 * constraint tells apart stand for each other, so of each such class as many as a form could use suffice; of those with
 * enemies or set mates so many more as the other picks could exclude.
 */
export function unitsForSearch(source: UnitSource, formTotal: number): Unit[] {
  const { pool, plan, blocked } = source;
  const skip = skipFor(plan, blocked);
  const timed = Number.isFinite(plan.maxSeconds);
  const bySeconds = (a: Unit, b: Unit): number => a.seconds - b.seconds || a.cost - b.cost;
  const order = timed ? bySeconds : (a: Unit, b: Unit): number => a.cost - b.cost;
  const excludable = formTotal * (pool.mostRelations + (source.shared ? 1 : 0));
  const bounded = new Set(plan.subSkillBounds.map(({ subSkill }) => subSkill));
  const classes = new Map<string, Unit[]>();
  const keep = (name: string, unit: Unit): void => {
    const members = classes.get(name);
    if (members) members.push(unit);
    else classes.set(name, [unit]);
  };
  const nameOf = (entry: Entry): string => {
    const { subSkill, topic } = entry.kind;
    return `${bounded.has(subSkill) ? subSkill : ""}:${Number.isFinite(plan.topicMax) ? topic : ""}`;
  };
  for (const [index, slot] of plan.slots.entries()) {
    for (const anchor of plan.anchors > 0 ? [false, true] : [false]) {
      for (const kind of cellOf(source, index, anchor)?.kinds ?? []) {
        const wanted = timed ? Number.POSITIVE_INFINITY : slot.count + excludable;
        for (const entry of leastExposed(kind, wanted, skip, source.random)) {
          keep(
            `${index}:${anchor}:${nameOf(entry)}:${source.shared || pool.isRelated(entry)}`,
            single(source, entry, index),
          );
        }
      }
    }
  }
  if (plan.sets === "whole") {
    for (const unit of wholeSets(source)) keep(`${unit.place}:${unit.entries.map(nameOf).join()}:set`, unit);
  }
  return [...classes.values()]
    .flatMap((members) => {
      const [first] = members;
      const needed = plan.total + (first?.related ? excludable : 0);
      return members.sort(order).slice(0, needed);
    })
    .sort(order);
}

export function placeOfSingle(section: number, slot: number, anchor: boolean): string {
  return `${section}:${slot}${anchor ? "a" : "p"}`;
}

/** Single items: which of them a section may not take. */
function skipFor(plan: SectionPlan, blocked: ReadonlySet<Entry>): (entry: Entry) => boolean {
  const singlesOnly = plan.sets !== "one";
  return (entry) => (singlesOnly && entry.set !== null) || (blocked.size > 0 && blocked.has(entry));
}

function cellOf({ pool, plan }: UnitSource, slot: number, anchor: boolean): Cell | undefined {
  const { level, tag } = plan.slots[slot] ?? { level: "", tag: "" };
  return pool.cell(plan.skill, level, tag, "scored", anchor);
}

function single(source: UnitSource, entry: Entry, slot: number): Unit {
  const { anchor } = entry.kind;
  return makeUnit(source, [entry], [slot], placeOfSingle(source.plan.index, slot, anchor));
}

/** Sets that fit into the section with all their items. */
function wholeSets(source: UnitSource): Unit[] {
  const { pool, plan, blocked } = source;
  return pool.sets().flatMap((mates) => {
    const entries = mates.filter((mate) => mate.kind.use === "scored");
    const slots = entries.map((entry) =>
      plan.slots.findIndex(({ level, tag }) => level === entry.kind.level && tag === entry.kind.tag),
    );
    const fits =
      entries.length > 0 &&
      !slots.includes(-1) &&
      entries.every((entry) => entry.kind.skill === plan.skill && !blocked.has(entry)) &&
      !entries.some((entry) => entries.some((other) => pool.enemiesOf(entry.id).has(other.id))) &&
      atMostOneAnchorPerLevel(entries);
    if (!fits) return [];
    const place = slots
      .map((slot, index) => `${slot}${entries[index]?.kind.anchor ? "a" : "p"}`)
      .sort()
      .join();
    return [makeUnit(source, entries, slots, `${plan.index}:set:${place}`)];
  });
}

function atMostOneAnchorPerLevel(entries: readonly Entry[]): boolean {
  const levels = entries.filter(({ kind }) => kind.anchor).map(({ kind }) => kind.level);
  return new Set(levels).size === levels.length;
}

function makeUnit(
  { pool, plan, stock, random, shared }: UnitSource,
  entries: readonly Entry[],
  slots: readonly number[],
  place: string,
): Unit {
  let cost = random() * lotMost;
  let anchors = 0;
  let seconds = 0;
  let related = shared;
  for (const [index, entry] of entries.entries()) {
    const share = entry.kind.anchor ? stock.anchorShare : stock.slots[slots[index] ?? 0]?.plainShare;
    if (share) cost += exposureCost(entry.exposure, share);
    if (entry.kind.anchor) anchors += 1;
    seconds += entry.seconds;
    related ||= pool.isRelated(entry);
  }
  const { subSkill = 0, topic = 0 } = entries[0]?.kind ?? {};
  return {
    section: plan.index,
    entries,
    slots,
    subSkill,
    topic,
    anchors,
    place,
    cost,
    seconds,
    related,
    chosen: false,
  };
}
