import type { SectionPlan } from "./blueprint.ts";
import { type Cell, type Entry, leastExposed, type Pool } from "./pool.ts";

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

/**
 * Goals are weighed so far apart that a later one never buys a worse earlier one: first no item above the share nobody
 * can avoid, then spread, then closeness to the targets, then the least exposed. All together stay far below 2^53: sums are exact.
 */
export const weights = { exposure: 1, target: 1e4, spread: 1e8, overShare: 1e12 };

/** An item may be up to this much more exposed than is unavoidable, for the sake of the other goals. */
const tolerableShare = 1.1;
/** Below the limit a few allotments more or less are no reason for anything: a tenth of the way up is. */
const exposureSteps = 10;
const overShareSteps = 30;

/** Until which exposure an item may be picked, and where counting begins. */
interface Share {
  readonly limit: number;
  readonly base: number;
}

/**
 * The exposure that a fair share of all allotments gives each item of these cells, this form's picks included. What lies
 * above it by no more than a tenth may still be picked freely.
 */
function shareOf(cells: readonly Cell[], picks: number): Share {
  let count = 0;
  let allotted = picks;
  let base = Number.POSITIVE_INFINITY;
  for (const cell of cells) {
    count += cell.count;
    allotted += cell.allotted;
    for (const least of cell.least) if (least < base) base = least;
  }
  const fair = count === 0 ? 0 : allotted / count;
  const limit = Math.max(Math.ceil(fair), Math.floor(fair * tolerableShare));
  return { limit, base: Math.min(base, limit) };
}

/** What picking an item of this exposure costs: nothing for the least exposed, much above the limit. */
export function exposureCost(exposure: number, { limit, base }: Share): number {
  const over = Math.max(0, exposure + 1 - limit);
  const overSteps = over === 0 ? 0 : Math.min(overShareSteps, Math.ceil((over * 10) / Math.max(1, limit)));
  const steps = Math.floor(((exposure - base) * exposureSteps) / Math.max(exposureSteps, limit - base));
  return overSteps * weights.overShare + Math.min(exposureSteps, Math.max(0, steps)) * weights.exposure;
}

/** How many unmet items a slot has, and what their exposure may be. */
export interface SlotStock {
  readonly plain: number;
  readonly anchors: number;
  readonly plainShare: Share;
}

export interface SectionStock {
  readonly slots: readonly SlotStock[];
  readonly anchorShare: Share;
}

/** What there is for a section, the blocked items left out of the count. */
export function stockOf(pool: Pool, plan: SectionPlan, blocked: ReadonlySet<Entry>): SectionStock {
  const anchorCells = cellsOf(pool, plan, true);
  return {
    anchorShare: shareOf([...anchorCells], plan.anchors),
    slots: plan.slots.map((slot) => {
      const plain = pool.cell(plan.skill, slot.level, slot.tag, "scored", false);
      const anchors = pool.cell(plan.skill, slot.level, slot.tag, "scored", true);
      return {
        plain: unmetIn(plain, plan, blocked),
        anchors: unmetIn(anchors, plan, blocked),
        plainShare: shareOf(plain ? [plain] : [], slot.count),
      };
    }),
  };
}

function cellsOf(pool: Pool, plan: SectionPlan, anchor: boolean): Set<Cell> {
  const cells = plan.slots.map((slot) => pool.cell(plan.skill, slot.level, slot.tag, "scored", anchor));
  return new Set(cells.filter((cell) => cell !== undefined));
}

/** Single items: which of them a section may not take. */
function skipFor(plan: SectionPlan, blocked: ReadonlySet<Entry>): (entry: Entry) => boolean {
  const singlesOnly = plan.sets !== "one";
  return (entry) => (singlesOnly && entry.set !== null) || (blocked.size > 0 && blocked.has(entry));
}

function unmetIn(cell: Cell | undefined, plan: SectionPlan, blocked: ReadonlySet<Entry>): number {
  if (!cell) return 0;
  let unmet = plan.sets === "none" ? cell.count - cell.inSets : cell.count;
  for (const entry of blocked) if (entry.kind.cell === cell && (plan.sets !== "none" || entry.set === null)) unmet -= 1;
  return unmet;
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

/** Of so many kinds that are all as little exposed as can be, a form spreads as well as of all. */
const kindsEnough = 64;
/** With fewer kinds than this to choose from, two items of one kind may have to stand together. */
const kindsFew = 30;

/** The least exposed items of every kind, or of enough kinds: what the goals can tell apart, and no more than a form could use. */
export function unitsForGoals(source: UnitSource): Unit[] {
  const { plan, stock } = source;
  const singles = plan.slots.flatMap((slot, index) => {
    const plain = singlesOf(source, index, false, slot.count, stock.slots[index]?.plainShare);
    const anchors = plan.anchors === 0 ? [] : singlesOf(source, index, true, 1, stock.anchorShare);
    return [...withinShare(plain, slot.count), ...anchors];
  });
  return plan.sets === "whole" ? [...singles, ...wholeSets(source)] : singles;
}

function singlesOf(
  source: UnitSource,
  slot: number,
  anchor: boolean,
  needed: number,
  share: Share | undefined,
): Unit[] {
  const { plan, blocked, random } = source;
  const skip = skipFor(plan, blocked);
  const cell = cellOf(source, slot, anchor);
  if (!cell || !share) return [];
  const filled: number[] = [];
  const least: number[] = [];
  for (let index = 0; index < cell.least.length; index += 1) {
    const exposure = cell.least[index] ?? Number.POSITIVE_INFINITY;
    if (exposure === Number.POSITIVE_INFINITY) continue;
    filled.push(index);
    if (exposureCost(exposure, share) === 0) least.push(index);
  }
  const kinds = least.length > kindsEnough ? drawn(least, kindsEnough, random) : filled;
  // Where difficulty counts, items of one kind differ.
  const perKind = (kinds.length < kindsFew ? needed : 1) + (plan.targets.length > 0 ? 5 : 0);
  const place = placeOfSingle(plan.index, slot, anchor);
  return kinds.flatMap((index) => {
    const kind = cell.kinds[index];
    if (!kind) return [];
    return leastExposed(kind, perKind, skip, random).map((entry) => makeUnit(source, [entry], [slot], place));
  });
}

function drawn<T>(values: T[], count: number, random: () => number): T[] {
  for (let index = 0; index < count; index += 1) {
    const other = index + Math.floor(random() * (values.length - index));
    [values[index], values[other]] = [values[other] as T, values[index] as T];
  }
  return values.slice(0, count);
}

/** Leaves out what is exposed above the limit where enough lies below it: it could never win. */
function withinShare(units: Unit[], needed: number): Unit[] {
  const within = units.filter((unit) => unit.cost < weights.overShare);
  return within.length >= Math.max(needed, kindsFew) ? within : units;
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
  // A whole form of these is less than half a step: it decides between equals and nothing else.
  let cost = random() * 0.004;
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
