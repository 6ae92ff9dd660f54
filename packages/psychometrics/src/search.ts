import type { SectionPlan } from "./blueprint.ts";
import type { Pool } from "./pool.ts";
import { type SectionCounts, Selection } from "./selection.ts";
import type { Unit } from "./units.ts";

/** An item that would have to be written: no topic, set or enemy stands against it. */
export interface Missing {
  readonly section: number;
  readonly slot: number;
  /** Null: any sub-skill that the section does not bound. */
  readonly subSkill: number | null;
}

export type Found =
  | {
      readonly kind: "found";
      readonly units: readonly Unit[];
      readonly anchorsMissing: number;
      readonly missing: readonly Missing[];
    }
  /** `unknown`: given up, neither a form nor a proof that there is none within the steps allowed. */
  | { readonly kind: "none" | "unknown" };

export interface Problem {
  readonly pool: Pool;
  readonly enemiesOf: (id: string) => ReadonlySet<string>;
  readonly plans: readonly SectionPlan[];
  /** By section; complete up to exchangeable items. */
  readonly units: readonly (readonly Unit[])[];
}

interface Allowance {
  /** How many anchors may be missing, over all sections. */
  readonly anchors: number;
  /** How many items may be missing. */
  readonly items: number;
}

/** What a search may spend; several may share one. */
export interface Budget {
  steps: number;
}

/** A few seconds. Real blueprints are decided in tens of steps. */
export const enoughSteps = 20_000;

/**
 * Looks for a form that keeps every hard constraint, whatever the goals: depth first over the slot with the fewest
 * choices left, each slot's units in their order, with counting and flow bounds. Sections that exclude nothing of each
 * other are searched apart. Complete: `none` means that there is no such form.
 */
export function searchForm(problem: Problem, allowance: Allowance, budget: Budget): Found {
  const units: Unit[] = [];
  const missing: Missing[] = [];
  let anchorsMissing = 0;
  for (const group of independentSections(problem)) {
    const found = leastMissing(
      problem,
      group,
      {
        anchors: allowance.anchors - anchorsMissing,
        items: allowance.items - missing.length,
      },
      budget,
    );
    if (found.kind !== "found") return found;
    units.push(...found.units);
    missing.push(...found.missing);
    anchorsMissing += found.anchorsMissing;
  }
  return { kind: "found", units, missing, anchorsMissing };
}

/** The form of these sections that lacks the fewest items, and of those one that lacks the fewest anchors. */
function leastMissing(problem: Problem, group: readonly number[], allowance: Allowance, budget: Budget): Found {
  for (let items = 0; items <= allowance.items; items += 1) {
    const any = depthFirst(problem, group, { anchors: allowance.anchors, items }, budget);
    if (any.kind === "none") continue;
    if (any.kind !== "found") return any;
    for (let anchors = 0; anchors < any.anchorsMissing; anchors += 1) {
      const better = depthFirst(problem, group, { anchors, items }, budget);
      if (better.kind === "found") return better;
    }
    return any;
  }
  return { kind: "none" };
}

/** Sections between which something could clash stay together. */
function independentSections({ enemiesOf, plans, units }: Problem): number[][] {
  const parent = plans.map((_, index) => index);
  const rootOf = (index: number): number => {
    const up = parent[index] ?? index;
    return up === index ? index : rootOf(up);
  };
  const sectionsOf = new Map<string, number>();
  const meet = (name: string, section: number): void => {
    const other = sectionsOf.get(name);
    if (other === undefined) sectionsOf.set(name, section);
    else parent[rootOf(section)] = rootOf(other);
  };
  for (const unit of units.flat()) {
    if (!unit.related) continue;
    for (const entry of unit.entries) {
      meet(`item ${entry.id}`, unit.section);
      if (entry.set !== null) meet(`set ${entry.set}`, unit.section);
      for (const enemy of enemiesOf(entry.id)) meet(`item ${enemy}`, unit.section);
    }
  }
  const groups = new Map<number, number[]>();
  for (const { index } of plans) groups.set(rootOf(index), [...(groups.get(rootOf(index)) ?? []), index]);
  return [...groups.values()];
}

/** A unit and the place it has among those of one slot. */
interface Choice {
  readonly unit: Unit;
  readonly index: number;
}

function depthFirst(problem: Problem, group: readonly number[], allowance: Allowance, budget: Budget): Found {
  const selection = new Selection(problem.plans, problem.pool, problem.enemiesOf);
  const bySlot = problem.plans.map((plan, section) =>
    plan.slots.map((_, slot) => (problem.units[section] ?? []).filter((unit) => unit.slots.includes(slot))),
  );
  const last = problem.plans.map((plan) => plan.slots.map(() => -1));
  const missing: Missing[] = [];

  const choicesFor = (section: number, slot: number): Choice[] => {
    const from = last[section]?.[slot] ?? -1;
    const choices: Choice[] = [];
    for (const [index, unit] of (bySlot[section]?.[slot] ?? []).entries()) {
      // A slot's units are taken in their order. A set may still come in through another of its slots.
      if (unit.chosen || (index <= from && unit.entries.length === 1) || !selection.fits(unit)) continue;
      choices.push({ unit, index });
    }
    return choices;
  };

  const descend = (): boolean | "unknown" => {
    budget.steps -= 1;
    if (budget.steps < 0) return "unknown";
    let tightest: { section: number; slot: number; choices: Choice[]; room: number } | null = null;
    let short = missing.length;
    const shared = new Map<string, { open: number; ids: Set<string> }>();
    for (const section of group) {
      const { open, plan } = selection.section(section);
      const choices = plan.slots.map((_, slot) => ((open[slot] ?? 0) > 0 ? choicesFor(section, slot) : []));
      short += shortfall(selection, section, choices, allowance.items - missing.length);
      if (short > allowance.items) return false;
      for (const [slot, own] of choices.entries()) {
        const needed = open[slot] ?? 0;
        if (needed === 0) continue;
        if (group.length > 1) share(shared, plan, slot, needed, own);
        const room = supply(own, slot) - needed;
        if (tightest === null || room < tightest.room) tightest = { section, slot, choices: own, room };
      }
    }
    let sharedShort = missing.length;
    for (const { open, ids } of shared.values()) sharedShort += Math.max(0, open - ids.size);
    if (sharedShort > allowance.items) return false;
    if (anchorsShort(selection, group, (section, slot) => choicesFor(section, slot)) > allowance.anchors) return false;
    if (tightest === null) return minimaReached(selection, group);
    const { section, slot, choices } = tightest;
    const marks = last[section];
    const before = marks?.[slot] ?? -1;
    for (const { unit, index } of choices) {
      if (index <= before) continue;
      selection.add(unit);
      if (marks) marks[slot] = index;
      const done = descend();
      if (done !== false) return done;
      selection.drop(unit);
      if (marks) marks[slot] = before;
    }
    if (missing.length >= allowance.items) return false;
    for (const subSkill of wantedSubSkills(selection, section)) {
      lack(selection, { section, slot, subSkill }, 1);
      missing.push({ section, slot, subSkill });
      const done = descend();
      if (done !== false) return done;
      missing.pop();
      lack(selection, { section, slot, subSkill }, -1);
    }
    return false;
  };

  const done = descend();
  const units = selection.chosen;
  const anchorsMissing = group.reduce((sum, section) => {
    const { plan, anchors } = selection.section(section);
    return sum + plan.anchors - anchors;
  }, 0);
  for (const unit of units) unit.chosen = false;
  if (done === "unknown") return { kind: "unknown" };
  return done ? { kind: "found", units, missing, anchorsMissing } : { kind: "none" };
}

/** Puts a missing item into its slot, or takes it out again. */
function lack(selection: Selection, { section, slot, subSkill }: Missing, step: 1 | -1): void {
  const { open, subSkills } = selection.section(section);
  open[slot] = (open[slot] ?? 0) - step;
  if (subSkill !== null) subSkills[subSkill] = (subSkills[subSkill] ?? 0) + step;
}

function wantedSubSkills(selection: Selection, section: number): (number | null)[] {
  const { plan, subSkills } = selection.section(section);
  const below = plan.subSkillBounds.filter(({ subSkill, min }) => (subSkills[subSkill] ?? 0) < min);
  return [...below.map(({ subSkill }) => subSkill), null];
}

function minimaReached(selection: Selection, group: readonly number[]): boolean {
  return group.every((section) => {
    const { plan, subSkills } = selection.section(section);
    return plan.subSkillBounds.every(({ subSkill, min }) => (subSkills[subSkill] ?? 0) >= min);
  });
}

/** A lower bound of how many anchors the finished form will lack. */
function anchorsShort(
  selection: Selection,
  group: readonly number[],
  choicesFor: (section: number, slot: number) => readonly Choice[],
): number {
  let short = 0;
  for (const index of group) {
    const { plan, anchors, anchorLevels, open } = selection.section(index);
    if (plan.anchors === anchors) continue;
    const reachable = new Set<number>();
    for (const [slot, { levelIndex }] of plan.slots.entries()) {
      if (anchorLevels[levelIndex] || (open[slot] ?? 0) === 0) continue;
      if (choicesFor(index, slot).some(({ unit }) => unit.anchors > 0)) reachable.add(levelIndex);
    }
    short += Math.max(0, plan.anchors - anchors - reachable.size);
  }
  return short;
}

/** A lower bound of how many items a section lacks, given what each slot may still choose. More than `limit` is enough to know. */
function shortfall(
  selection: Selection,
  section: number,
  choices: readonly (readonly Choice[])[],
  limit: number,
): number {
  const { plan, open, subSkills, topics } = selection.section(section);
  const remaining = open.reduce((sum, count) => sum + count, 0);
  const plain = open.reduce((sum, count, slot) => sum + Math.max(0, count - supply(choices[slot] ?? [], slot)), 0);
  if (plain > limit || remaining === 0) {
    return Math.max(plain, ...plan.subSkillBounds.map(({ subSkill, min }) => min - (subSkills[subSkill] ?? 0)));
  }
  let short = plain;
  if (plan.subSkillBounds.length > 0) {
    const bounds = new Map(plan.subSkillBounds.map((bound) => [bound.subSkill, bound]));
    const bySubSkill = tally(plan, choices, (unit, index) => unit.entries[index]?.kind.subSkill ?? -1);
    const mostOf = (subSkill: number): number =>
      (bounds.get(subSkill)?.max ?? Number.POSITIVE_INFINITY) - (subSkills[subSkill] ?? 0);
    const leastOf = (subSkill: number): number =>
      Math.max(0, (bounds.get(subSkill)?.min ?? 0) - (subSkills[subSkill] ?? 0));
    const demanded = plan.subSkillBounds.reduce((sum, { subSkill }) => sum + leastOf(subSkill), 0);
    short = Math.max(
      short,
      demanded - remaining,
      remaining - maxFlow(open, bySubSkill, mostOf),
      demanded - maxFlow(open, bySubSkill, leastOf),
    );
  }
  if (Number.isFinite(plan.topicMax)) {
    const byTopic = tally(plan, choices, (unit, index) => unit.entries[index]?.kind.topic ?? -1);
    short = Math.max(short, remaining - maxFlow(open, byTopic, (topic) => plan.topicMax - (topics[topic] ?? 0)));
  }
  return Math.max(short, tooSlow(selection.section(section), choices));
}

/** How many picks at least would have to be missing for the rest to keep the time, each slot taking its quickest. */
function tooSlow({ plan, open, seconds }: SectionCounts, choices: readonly (readonly Choice[])[]): number {
  if (!Number.isFinite(plan.maxSeconds)) return 0;
  const quickest = open.flatMap((count, slot) =>
    (choices[slot] ?? [])
      // A set that fills several places of a slot is as quick in each.
      .flatMap(({ unit }) => unit.slots.filter((own) => own === slot).map(() => unit.seconds / unit.entries.length))
      .sort((a, b) => a - b)
      .slice(0, count),
  );
  quickest.sort((a, b) => b - a);
  let excess = seconds + quickest.reduce((sum, own) => sum + own, 0) - plan.maxSeconds;
  let missing = 0;
  for (const own of quickest) {
    if (excess <= 1e-9) break;
    excess -= own;
    missing += 1;
  }
  return missing;
}

/** Notes who else wants the same items: together they must not want more than there are. */
function share(
  shared: Map<string, { open: number; ids: Set<string> }>,
  plan: SectionPlan,
  slot: number,
  needed: number,
  choices: readonly Choice[],
): void {
  const { level = "", tag = "" } = plan.slots[slot] ?? {};
  const key = [plan.skill, level, tag].join("\n");
  const known = shared.get(key) ?? { open: 0, ids: new Set<string>() };
  shared.set(key, known);
  known.open += needed;
  for (const { unit } of choices) {
    for (const [index, entry] of unit.entries.entries()) if (unit.slots[index] === slot) known.ids.add(entry.id);
  }
}

/** How many of a slot's picks its choices could make: a set may make several. */
function supply(choices: readonly Choice[], slot: number): number {
  let picks = 0;
  for (const { unit } of choices) for (const own of unit.slots) if (own === slot) picks += 1;
  return picks;
}

/** How many choices each slot has in each group. */
function tally(
  plan: SectionPlan,
  choices: readonly (readonly Choice[])[],
  groupOf: (unit: Unit, index: number) => number,
): Map<number, number>[] {
  return plan.slots.map((_, slot) => {
    const counts = new Map<number, number>();
    for (const { unit } of choices[slot] ?? []) {
      for (const [index, own] of unit.slots.entries()) {
        if (own === slot) counts.set(groupOf(unit, index), (counts.get(groupOf(unit, index)) ?? 0) + 1);
      }
    }
    return counts;
  });
}

/** How many picks slots and groups can agree on: each slot up to its demand, each group up to its limit (augmenting paths). */
function maxFlow(
  demands: readonly number[],
  supplies: readonly ReadonlyMap<number, number>[],
  limitOf: (group: number) => number,
): number {
  const used = new Map<number, number>();
  const flows = supplies.map(() => new Map<number, number>());
  const push = (slot: number, seen: Set<number>): boolean => {
    const flow = flows[slot];
    for (const [group, supply] of supplies[slot] ?? []) {
      if (seen.has(group) || (flow?.get(group) ?? 0) >= supply) continue;
      seen.add(group);
      if ((used.get(group) ?? 0) < limitOf(group)) {
        used.set(group, (used.get(group) ?? 0) + 1);
        flow?.set(group, (flow.get(group) ?? 0) + 1);
        return true;
      }
      for (const [other, otherFlow] of flows.entries()) {
        if (other === slot || (otherFlow.get(group) ?? 0) === 0 || !push(other, seen)) continue;
        otherFlow.set(group, (otherFlow.get(group) ?? 0) - 1);
        flow?.set(group, (flow.get(group) ?? 0) + 1);
        return true;
      }
    }
    return false;
  };
  let total = 0;
  for (const [slot, demand] of demands.entries()) {
    for (let unit = 0; unit < demand && push(slot, new Set()); unit += 1) total += 1;
  }
  return total;
}
