import { assembleForm } from "@bandwise/psychometrics/assembly";
import { createPool, type PoolItem } from "@bandwise/psychometrics/pool";
import type { Refusal } from "@bandwise/psychometrics/refusal";
import type { SectionExposure, SimulationPlan, SimulationResult, Writing } from "./assembly-schema.ts";
import { assemblyBlueprint, type FormSection } from "./rules.ts";
import type { Skill } from "./schema.ts";

/** Everything a form is made of, as it was at one moment. */
export interface BankSnapshot {
  readonly sections: readonly FormSection[];
  readonly items: readonly PoolItem[];
}

/** How far a simulation has come. It stands between two candidates, so nobody's met items need keeping. */
export interface SimulationState {
  readonly candidates: number;
  readonly forms: number;
  /** Forms that hold each item of the snapshot, in its order. */
  readonly drawn: readonly number[];
  readonly anchorsMissing: Readonly<Partial<Record<Skill, number>>>;
  readonly refusedBySitting: readonly number[];
  readonly firstRefusal: SimulationResult["firstRefusal"];
}

export function freshState({ items }: BankSnapshot, { sittings }: SimulationPlan): SimulationState {
  return {
    candidates: 0,
    forms: 0,
    drawn: items.map(() => 0),
    anchorsMissing: {},
    refusedBySitting: Array.from({ length: sittings }, () => 0),
    firstRefusal: null,
  };
}

export interface Simulator {
  /** Takes one more candidate through all of their sittings. */
  sitNext(): void;
  state(): SimulationState;
}

/**
 * Continues a simulation from where it stands. One candidate comes after the other, each as often as the plan says: whether
 * a form exists depends on what this candidate has met alone, and exposure evens out in any order. The same snapshot, plan
 * and start give the same end, however often it is interrupted between.
 */
export function createSimulator(snapshot: BankSnapshot, plan: SimulationPlan, start: SimulationState): Simulator {
  const blueprint = assemblyBlueprint(snapshot.sections);
  const drawn = [...start.drawn];
  const pool = createPool(snapshot.items.map((item, at) => ({ ...item, exposure: item.exposure + (drawn[at] ?? 0) })));
  const places = new Map(snapshot.items.map((item, at) => [item.id, at]));
  const anchorsMissing = { ...start.anchorsMissing };
  const refusedBySitting = [...start.refusedBySitting];
  let { candidates, forms, firstRefusal } = start;

  const sitOnce = (sitting: number, met: Set<string>): boolean => {
    const form = assembleForm({ blueprint, pool, met, seed: `${plan.seed}/${candidates}/${sitting}` });
    if (!form.ok) {
      firstRefusal ??= { candidate: candidates, sitting, ...refusalWords(form) };
      return false;
    }
    forms += 1;
    for (const section of form.sections) {
      const skill = section.skill as Skill;
      anchorsMissing[skill] = (anchorsMissing[skill] ?? 0) + section.anchorsMissing;
      for (const { id } of section.picks) {
        met.add(id);
        const at = places.get(id) ?? -1;
        drawn[at] = (drawn[at] ?? 0) + 1;
        pool.addExposure(id, 1);
      }
    }
    return true;
  };

  return {
    sitNext: () => {
      candidates += 1;
      const met = new Set<string>();
      for (let sitting = 1; sitting <= plan.sittings; sitting += 1) {
        if (sitOnce(sitting, met)) continue;
        // Refused once is refused ever after: nothing that they have met is forgotten.
        for (let later = sitting; later <= plan.sittings; later += 1) {
          refusedBySitting[later - 1] = (refusedBySitting[later - 1] ?? 0) + 1;
        }
        return;
      }
    },
    state: () => ({ candidates, forms, drawn, anchorsMissing, refusedBySitting, firstRefusal }),
  };
}

export function refusalWords({ obstacles, write }: Refusal): { sentences: string[]; write: Writing[] } {
  return {
    sentences: obstacles.map(({ sentence }) => sentence),
    write: write.map((entry) => ({ ...entry, skill: entry.skill as Skill })),
  };
}

/** What a simulation came to, section by section. Pretest items are no part of it: nothing is counted by them. */
export function summarise({ sections, items }: BankSnapshot, state: SimulationState): SimulationResult {
  const { forms, refusedBySitting, firstRefusal } = state;
  const skills = [...new Set(sections.map(({ skill }) => skill))];
  return {
    forms,
    refusedBySitting: [...refusedBySitting],
    firstRefusal,
    sections: skills.map((skill) => {
      const scored = items.flatMap((item, at) =>
        item.skill === skill && item.use === "scored" ? [{ item, times: state.drawn[at] ?? 0 }] : [],
      );
      return summariseSection(skill, scored, forms, state.anchorsMissing[skill] ?? 0);
    }),
  };
}

interface Drawn {
  readonly item: PoolItem;
  readonly times: number;
}

function summariseSection(skill: Skill, all: readonly Drawn[], forms: number, anchorsMissing: number): SectionExposure {
  // A level that no form asks for says nothing about how evenly the bank is used.
  const used = groupsOf(all).filter((members) => members.some(({ times }) => times > 0));
  const groups = used.flatMap((members) => summariseGroup(members, forms));
  const drawn = used.flat();
  const rates = drawn.map(({ times }) => times / Math.max(1, forms)).sort((a, b) => b - a);
  const perForm = sum(rates);
  return {
    skill,
    items: drawn.length,
    unused: drawn.filter(({ times }) => times === 0).length,
    mean: drawn.length === 0 ? 0 : perForm / drawn.length,
    maximum: rates[0] ?? 0,
    evenMaximum: Math.max(0, ...groups.map(({ mean }) => mean)),
    overlap: overlapOf(drawn, forms),
    evenOverlap: overlapOf(used.flatMap(spreadEvenly), forms),
    anchorsMissing,
    groups,
    curve: thinned(rates),
    bins: binsOf(rates),
  };
}

function groupsOf(all: readonly Drawn[]): Drawn[][] {
  const groups = new Map<string, Drawn[]>();
  for (const one of all) {
    const key = `${one.item.level}\n${one.item.tag}\n${one.item.anchor}`;
    const members = groups.get(key);
    if (members) members.push(one);
    else groups.set(key, [one]);
  }
  return [...groups].sort(([a], [b]) => (a < b ? -1 : 1)).map(([, members]) => members);
}

function summariseGroup(members: readonly Drawn[], forms: number): SectionExposure["groups"] {
  const [first] = members;
  if (!first) return [];
  const perForm = sum(members.map(({ times }) => times)) / Math.max(1, forms);
  return [
    {
      level: first.item.level,
      tag: first.item.tag,
      anchor: first.item.anchor,
      items: members.length,
      perForm,
      mean: perForm / members.length,
      maximum: members.reduce((most, { times }) => Math.max(most, times), 0) / Math.max(1, forms),
    },
  ];
}

/** Mean share of items that two of the forms have in common: each item drawn n times is shared by n(n−1)/2 pairs of them. */
function overlapOf(drawn: readonly Drawn[], forms: number): number {
  const draws = sum(drawn.map(({ times }) => times));
  if (forms < 2 || draws === 0) return 0;
  const shared = sum(drawn.map(({ times }) => times * (times - 1)));
  return shared / (draws * (forms - 1));
}

/** The same draws, as evenly over the items as whole numbers allow. */
function spreadEvenly(members: readonly Drawn[]): Drawn[] {
  const draws = sum(members.map(({ times }) => times));
  const each = Math.floor(draws / members.length);
  const more = draws - each * members.length;
  return members.map(({ item }, at) => ({ item, times: each + (at < more ? 1 : 0) }));
}

const curvePoints = 200;

/** Every so many-th rate, the first and the last always among them. */
function thinned(rates: readonly number[]): number[] {
  if (rates.length <= curvePoints) return [...rates];
  return Array.from(
    { length: curvePoints },
    (_, index) => rates[Math.round((index * (rates.length - 1)) / (curvePoints - 1))] ?? 0,
  );
}

/** Widths that make readable edges; the first that needs no more than ten bins. */
const binWidths = [0.1, 0.2, 0.5, 1, 2, 5, 10];

function binsOf(rates: readonly number[]): SectionExposure["bins"] {
  const most = (rates[0] ?? 0) * 100;
  const width = binWidths.find((one) => most / one <= 10) ?? 10;
  const count = Math.max(1, Math.ceil(most / width));
  const bins = Array.from({ length: count }, (_, index) => ({
    from: tidy(index * width),
    to: tidy((index + 1) * width),
    count: 0,
  }));
  for (const rate of rates) {
    const bin = bins[Math.min(count - 1, Math.floor((rate * 100) / width))];
    if (bin) bin.count += 1;
  }
  return bins;
}

const tidy = (value: number): number => Math.round(value * 10) / 10;
const sum = (values: readonly number[]): number => values.reduce((total, value) => total + value, 0);
