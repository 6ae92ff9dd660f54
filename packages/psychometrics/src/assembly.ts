import { blockedBy } from "./blocked.ts";
import { contradictionIn, type FormBlueprint, planSections, type SectionPlan } from "./blueprint.ts";
import { addCheapest, improve, type Places, placesOf } from "./improve.ts";
import { type Entry, leastExposed, type Pool } from "./pool.ts";
import { seededRandom } from "./random.ts";
import { explain, type Refusal } from "./refusal.ts";
import { enoughSteps, searchForm } from "./search.ts";
import { Selection } from "./selection.ts";
import { type SectionStock, type SlotStock, stockOf } from "./stock.ts";
import { leastSpread, placeOfSingle, type Unit, type UnitSource, unitsForGoals, unitsForSearch } from "./units.ts";

/** Written into every form: raise it whenever the same pool and seed could give another form. */
const assemblyVersion = "6";

export interface Pick {
  readonly id: string;
  readonly level: string;
  readonly tag: string;
  readonly subSkill: string;
  readonly topic: string;
  readonly difficulty: number;
  readonly anchor: boolean;
  /** False for a pretest item: delivered, never counted. */
  readonly scored: boolean;
  /** Allotments before this one. */
  readonly exposure: number;
  readonly reason: string;
}

export interface AssembledSection {
  readonly skill: string;
  /** In the order of delivery: slot by slot, within a level in an order that tells nothing about anchors and pretest items. */
  readonly picks: readonly Pick[];
  /** How many anchors fewer than asked for: the candidate has met the others, or the bank has none. */
  readonly anchorsMissing: number;
  readonly pretestMissing: number;
}

export type Assembly =
  | {
      readonly ok: true;
      readonly version: string;
      readonly seed: string;
      readonly sections: readonly AssembledSection[];
    }
  | Refusal;

export interface AssemblyRequest {
  readonly blueprint: FormBlueprint;
  readonly pool: Pool;
  /** Ids of every item the candidate has ever met; their set mates and enemies are kept out too. */
  readonly met: Iterable<string>;
  readonly seed: string;
}

/**
 * Makes a form: hard constraints first (slots exactly, nothing met, sub-skill and topic bounds, sets, enemies, time; as
 * many of the anchors asked for as can be), then the goals: no exposure above the unavoidable share, spread of sub-skills
 * and topics, closeness to the targets, the least exposed. The same pool, candidate and seed give the same form.
 *
 * @returns the form, or what stands in its way and what to write to mend it. If any form exists, one is found.
 */
export function assembleForm({ blueprint, pool, met, seed }: AssemblyRequest): Assembly {
  const plans = planSections(blueprint, pool);
  const contradictions = plans.flatMap((plan) => contradictionIn(plan) ?? []);
  if (contradictions.length > 0) {
    return { ok: false, obstacles: [{ constraint: "blueprint", sentence: contradictions.join("; ") }], write: [] };
  }
  const random = seededRandom(seed);
  const blocked = blockedBy(pool, met);
  const sources = plans.map((plan) => ({
    pool,
    plan,
    blocked,
    random,
    stock: stockOf(pool, plan, blocked),
    shared: plans.some((other) => other.index !== plan.index && other.skill === plan.skill),
  }));
  const selection = new Selection(plans, pool);
  const full = sources.every((source) => fillSection(selection, source));
  if (!full || selection.broken() > 0) {
    const total = plans.reduce((sum, plan) => sum + plan.total, 0);
    const complete = {
      pool,
      plans,
      enemiesOf: (id: string) => pool.enemiesOf(id),
      units: sources.map((source) => unitsForSearch(source, total)),
    };
    const anchors = plans.reduce((sum, plan) => sum + plan.anchors, 0);
    const found = searchForm(complete, { anchors, items: 0 }, { steps: enoughSteps });
    if (found.kind !== "found") return explain(complete, sources, found.kind);
    for (const unit of selection.chosen) selection.drop(unit);
    const units = sources.map((source) => [...unitsForGoals(source, false).units]);
    // One object for each unit: the same item must not stand beside itself.
    const known = new Map(units.flat().map((unit) => [unitKey(unit), unit]));
    for (const unit of found.units) {
      const own = known.get(unitKey(unit)) ?? unit;
      if (own === unit) units[unit.section]?.push(unit);
      selection.add(own);
    }
    for (const source of sources) {
      const places = placesOf(units[source.plan.index] ?? []);
      improve(selection, source.plan, places, leastSpread(source), source.random, false);
    }
  }
  return { ok: true, version: assemblyVersion, seed, sections: sources.map((source) => layOut(selection, source)) };
}

function unitKey(unit: Unit): string {
  return `${unit.section}:${unit.entries[0]?.id ?? ""}`;
}

/**
 * Fills a section and makes it as good as can be: first with some of the kinds where there are many, which is mostly
 * enough. @returns false where a place stays empty or only whole sets could tell.
 */
function fillSection(selection: Selection, source: UnitSource): boolean {
  const { plan, random } = source;
  if (plan.sets === "whole") return false;
  const floor = leastSpread(source);
  for (const few of [true, false]) {
    const { units, complete } = unitsForGoals(source, few);
    const places = placesOf(units);
    if (fillGreedily(selection, source, places)) {
      if (improve(selection, plan, places, floor, random, !complete) || complete) return true;
    } else if (complete) return false;
    for (const unit of [...selection.section(plan.index).chosen]) selection.drop(unit);
  }
  return false;
}

/** A first form of a section, place by place the cheapest. @returns false where a place stays empty. */
function fillGreedily(selection: Selection, { plan, stock, random }: UnitSource, places: Places): boolean {
  const anchored = anchorSlots(plan, stock, places, random);
  const wanted = plan.slots.flatMap((slot, index) => [
    ...(anchored.has(index) ? [placeOfSingle(plan.index, index, true)] : []),
    ...Array.from({ length: slot.count - (anchored.has(index) ? 1 : 0) }, () =>
      placeOfSingle(plan.index, index, false),
    ),
  ]);
  return wanted.every((place) => addCheapest(selection, places.get(place)) !== undefined);
}

/**
 * The slots that carry an anchor, at most one a level: first those that would not be full without one, then those whose
 * least exposed anchor has been used least; ties fall by the seed.
 */
function anchorSlots(plan: SectionPlan, stock: SectionStock, places: Places, random: () => number): Set<number> {
  const slots = plan.slots
    .map((slot, index) => ({
      index,
      level: slot.levelIndex,
      cost: Math.min(...(places.get(placeOfSingle(plan.index, index, true))?.costs ?? []).map(Math.floor)),
      scarce: (stock.slots[index]?.plain ?? 0) < slot.count,
      rank: random(),
    }))
    .filter(({ cost }) => Number.isFinite(cost))
    .sort((a, b) => Number(b.scarce) - Number(a.scarce) || a.cost - b.cost || a.rank - b.rank);
  const perLevel = slots.filter(({ level }, index) => slots.findIndex((other) => other.level === level) === index);
  return new Set(perLevel.slice(0, plan.anchors).map(({ index }) => index));
}

/** A section's picks in the order of delivery, pretest items among them. */
function layOut(selection: Selection, source: UnitSource): AssembledSection {
  const { plan, random } = source;
  const { anchors } = selection.section(plan.index);
  const chosen = [...selection.section(plan.index).chosen];
  const pretest = pickPretest(selection, source);
  const bySlot = plan.slots.map((slot, index) => {
    const scored = chosen.flatMap((unit) => unit.entries.filter((_, entry) => unit.slots[entry] === index));
    const extra = pretest.filter(({ kind }) => kind.level === slot.level && kind.tag === slot.tag);
    return shuffled([...scored.sort(byId), ...extra], random).map((entry) => toPick(source, entry, index));
  });
  return {
    skill: plan.skill,
    picks: bySlot.flat(),
    anchorsMissing: plan.anchors - anchors,
    pretestMissing: plan.pretest - pretest.length,
  };
}

/** The pretest items delivered least so far, which is where answers are needed most. */
function pickPretest(selection: Selection, { pool, plan, blocked, random }: UnitSource): Entry[] {
  if (plan.pretest === 0) return [];
  const candidates = plan.slots
    .flatMap(({ level, tag }) => pool.cell(plan.skill, level, tag, "pretest", false)?.kinds ?? [])
    .flatMap((kind) => leastExposed(kind, plan.pretest, (entry) => blocked.has(entry), random))
    .map((entry) => ({ entry, rank: random() }))
    .sort((a, b) => a.entry.exposure - b.entry.exposure || a.rank - b.rank);
  const picked: Entry[] = [];
  for (const { entry } of candidates) {
    if (picked.length === plan.pretest) break;
    if (selection.admit(entry)) picked.push(entry);
  }
  return picked;
}

function toPick({ pool, plan, stock }: UnitSource, entry: Entry, slot: number): Pick {
  const { kind } = entry;
  return {
    id: entry.id,
    level: kind.level,
    tag: kind.tag,
    subSkill: pool.subSkillNames[kind.subSkill] ?? "",
    topic: pool.topicNames[kind.topic] ?? "",
    difficulty: entry.difficulty,
    anchor: kind.anchor,
    scored: kind.use === "scored",
    exposure: entry.exposure,
    reason: reasonFor(entry, plan, stock, stock.slots[slot]),
  };
}

function reasonFor(
  { kind, exposure }: Entry,
  plan: SectionPlan,
  section: SectionStock,
  slot: SlotStock | undefined,
): string {
  if (kind.use === "pretest") return "pretest: among those tried least";
  const share = kind.anchor ? section.anchorShare : slot?.plainShare;
  const unmet = (kind.anchor ? slot?.anchors : slot?.plain) ?? 0;
  const of = `${unmet} unmet${kind.anchor ? " anchors" : ""} at ${kind.level}`;
  if (exposure + 1 > (share?.limit ?? 0)) return `above its share for want of another among ${of}`;
  const goals = plan.targets.length > 0 ? "best spread and closest to target" : "best spread";
  return `${goals} within the least exposed of ${of}`;
}

function shuffled<T>(values: readonly T[], random: () => number): T[] {
  return values
    .map((value) => ({ value, rank: random() }))
    .sort((a, b) => a.rank - b.rank)
    .map(({ value }) => value);
}

/** Chosen in whatever order the search took: what is drawn by lot must not depend on that. */
function byId(a: Entry, b: Entry): number {
  return a.id < b.id ? -1 : 1;
}
