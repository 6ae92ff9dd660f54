import type { Slot } from "@bandwise/psychometrics/blueprint";
import { type BankCell, cellMinimum, type FormSection, levelsOf, slotDemand } from "./rules.ts";
import { type Skill, skills, subSkills } from "./schema.ts";

/**
 * Whether a bank can carry a programme, and what to write so that it can. Pure: the counts come from the database, the
 * judgement is here.
 */

export const healthPolicy = {
  /** A candidate may come again, so every one must find this many forms without a repeat. */
  sittingsNeeded: 2,
  /** Below this writers should already be at work: an item takes weeks from draft to active. */
  sittingsWanted: 5,
  /** Exposure rate that an item should not pass: .25 as large programmes set it, more where the bank leaves no choice. */
  exposureLimit: 0.25,
  /** The least that any choice of items allows is count ÷ pool; up to half above it is chance, not a favourite. */
  unavoidableFactor: 1.5,
  /** A rested item comes back below this share of its limit, so that it does not go in and out. */
  wakeShare: 0.5,
  /** Rates are counted over this many days … */
  windowDays: 90,
  /** … and mean nothing below so many forms. */
  formsCounted: 50,
  reviewAfterDays: 730,
} as const;

/** Items of one slot of a form: what the engine may draw for it. */
export interface SlotStock {
  readonly skill: Skill;
  readonly level: string;
  /** `interactive`, the type of an open task, or empty. */
  readonly tag: string;
  /** Active items outside the anchor pool and outside sets, each group of enemies counted once. */
  readonly plain: number;
  readonly anchors: number;
  readonly pretest: number;
  readonly resting: number;
  /** Allotments an item, over the active ones. */
  readonly exposure: { readonly least: number; readonly median: number; readonly most: number };
}

export const healthStates = ["green", "amber", "red"] as const;
export type HealthState = (typeof healthStates)[number];

export interface SlotHealth extends SlotStock {
  readonly state: HealthState;
  /** Items of this slot in one form. */
  readonly perForm: number;
  /** Forms any one candidate is sure of before an item would have to come again. */
  readonly sittingsLeft: number;
  /** The lowest exposure rate that any way of choosing could reach: items a form ÷ items there are. */
  readonly unavoidableRate: number;
  /** Rate above which an item is rested. */
  readonly exposureLimit: number;
  /** Active items to add until the slot is green. */
  readonly missing: number;
  /** What is wrong, in a sentence; empty when nothing is. */
  readonly reasons: readonly string[];
}

export interface SectionHealth {
  readonly skill: Skill;
  readonly state: HealthState;
  readonly slots: readonly SlotHealth[];
  readonly sittingsLeft: number;
  /** Share of items that two candidates are expected to have in common when exposure is even. */
  readonly overlap: number;
  readonly anchorsPerForm: number;
  /** Levels with an anchor: a form takes at most one a level. */
  readonly anchorLevels: number;
  readonly reasons: readonly string[];
}

export interface BankHealth {
  readonly state: HealthState;
  readonly sections: readonly SectionHealth[];
  /** Slots short of items first, then sub-skills that a level asks for. */
  readonly writeNext: readonly { skill: Skill; level: string; what: string; missing: number; why: string }[];
}

const worst = (states: readonly HealthState[]): HealthState =>
  healthStates.toReversed().find((state) => states.includes(state)) ?? "green";

/** How often an item of this slot may be drawn, as a share of forms. */
export function exposureLimitOf(perForm: number, items: number): number {
  const unavoidable = items === 0 ? 1 : perForm / items;
  return Math.min(1, Math.max(healthPolicy.exposureLimit, healthPolicy.unavoidableFactor * unavoidable));
}

/** The judgement over a whole programme: section by section, slot by slot, with what to write to mend it. */
export function assessBank(
  sections: readonly FormSection[],
  slots: readonly SlotStock[],
  cells: readonly BankCell[],
): BankHealth {
  const judged = sections.map((section) => assessSection(section, slots));
  const short = judged
    .flatMap((section) => section.slots)
    .filter((slot) => slot.missing > 0)
    .sort((a, b) => a.sittingsLeft - b.sittingsLeft || b.missing - a.missing)
    .map((slot) => ({
      skill: slot.skill,
      level: slot.level,
      what: slot.tag === "" ? "items" : `${slot.tag} items`,
      missing: slot.missing,
      why: `${slot.sittingsLeft} of ${healthPolicy.sittingsWanted} sittings without a repeat`,
    }));
  const drawn = new Set(judged.flatMap(({ skill, slots: own }) => own.map(({ level }) => `${skill} ${level}`)));
  const thin = thinnestCells(cells)
    .filter((cell) => drawn.has(`${cell.skill} ${cell.level}`))
    .map(({ skill, level, subSkill, missing }) => ({
      skill,
      level,
      what: subSkill,
      missing,
      why: "the level asks for this sub-skill",
    }));
  return { state: worst(judged.map((section) => section.state)), sections: judged, writeNext: [...short, ...thin] };
}

function assessSection(section: FormSection, stocks: readonly SlotStock[]): SectionHealth {
  const slots = section.slots
    .flatMap(slotDemand)
    .map(({ level, tag, count }) => assessSlot(stockOf(stocks, section.skill, level, tag), count));
  const anchorsPerForm = section.anchors ?? 0;
  const anchorLevels = slots.filter((slot) => slot.anchors > 0).length;
  const items = slots.reduce((sum, slot) => sum + slot.perForm, 0);
  const common = slots.reduce((sum, slot) => sum + (slot.plain === 0 ? 0 : slot.perForm ** 2 / slot.plain), 0);
  const anchorsMissing =
    anchorLevels < anchorsPerForm
      ? [
          `${sentence(section.skill)}: a form takes ${plural(anchorsPerForm, "anchor")}, each of another level; ${plural(anchorLevels, "level")} hold one`,
        ]
      : [];
  return {
    skill: section.skill,
    state: worst([...slots.map((slot) => slot.state), anchorsMissing.length > 0 ? "red" : "green"]),
    slots,
    sittingsLeft: Math.min(...slots.map((slot) => slot.sittingsLeft)),
    overlap: items === 0 ? 0 : Math.min(1, common / items),
    anchorsPerForm,
    anchorLevels,
    reasons: [...anchorsMissing, ...slots.flatMap((slot) => slot.reasons)],
  };
}

function stockOf(stocks: readonly SlotStock[], skill: Skill, level: string, tag: string): SlotStock {
  const found = stocks.find((stock) => stock.skill === skill && stock.level === level && stock.tag === tag);
  const none = { plain: 0, anchors: 0, pretest: 0, resting: 0, exposure: { least: 0, median: 0, most: 0 } };
  return found ?? { skill, level, tag, ...none };
}

/** Anchors are left out of the sum: a candidate who has met them gets none. */
function assessSlot(stock: SlotStock, perForm: number): SlotHealth {
  const { sittingsNeeded, sittingsWanted } = healthPolicy;
  const sittingsLeft = Math.floor(stock.plain / perForm);
  const state = sittingsLeft < sittingsNeeded ? "red" : sittingsLeft < sittingsWanted ? "amber" : "green";
  const name = `${sentence(stock.skill)} ${stock.level}${stock.tag === "" ? "" : ` ${stock.tag}`}`;
  return {
    ...stock,
    state,
    perForm,
    sittingsLeft,
    unavoidableRate: stock.plain === 0 ? 1 : Math.min(1, perForm / stock.plain),
    exposureLimit: exposureLimitOf(perForm, stock.plain),
    missing: Math.max(0, sittingsWanted * perForm - stock.plain),
    reasons:
      state === "green"
        ? []
        : [
            `${name}: ${plural(stock.plain, "item")} for ${plural(sittingsLeft, "sitting")} without a repeat; ${sittingsNeeded} are needed, ${sittingsWanted} wanted`,
          ],
  };
}

function sentence(words: string): string {
  return words.charAt(0).toUpperCase() + words.slice(1);
}

function plural(count: number, noun: string): string {
  return `${count} ${noun}${count === 1 ? "" : "s"}`;
}

/** What to write next: the cells below their minimum, the emptiest first, among equals the level whose items wear out fastest. */
export function thinnestCells(cells: readonly BankCell[]): (BankCell & { readonly missing: number })[] {
  const wear = (skill: Skill, level: string): number => {
    const own = cells.filter((cell) => cell.skill === skill && cell.level === level);
    const active = own.reduce((sum, cell) => sum + cell.active, 0);
    return active === 0 ? Number.POSITIVE_INFINITY : own.reduce((sum, cell) => sum + cell.allotted, 0) / active;
  };
  return skills
    .flatMap((skill) =>
      levelsOf(skill).flatMap((level) =>
        subSkills[skill].map((subSkill) => {
          const found = cells.find(
            (cell) => cell.skill === skill && cell.level === level && cell.subSkill === subSkill,
          );
          const cell = found ?? { skill, level, subSkill, active: 0, allotted: 0 };
          return { ...cell, missing: Math.max(0, cellMinimum(skill, level, subSkill) - cell.active) };
        }),
      ),
    )
    .filter((cell) => cell.missing > 0)
    .sort((a, b) => b.missing - a.missing || compare(wear(b.skill, b.level), wear(a.skill, a.level)));
}

/** Infinity − Infinity is not a number: two empty levels are equals. */
function compare(a: number, b: number): number {
  return a === b ? 0 : a - b;
}

/** What forms take of each slot of a skill. */
export interface SectionDemand {
  readonly skill: Skill;
  readonly slots: readonly Slot[];
}

/** One section a skill that takes of each slot as many as the programme that takes most: what wears the bank. */
export function widestDemand(programmes: readonly (readonly FormSection[])[]): SectionDemand[] {
  const widest = new Map<Skill, Map<string, Slot>>();
  for (const { skill, slots } of programmes.flat()) {
    const known = widest.get(skill) ?? new Map<string, Slot>();
    widest.set(skill, known);
    for (const slot of slots.flatMap(slotDemand)) {
      const key = `${slot.level}\n${slot.tag}`;
      known.set(key, { ...slot, count: Math.max(slot.count, known.get(key)?.count ?? 0) });
    }
  }
  return [...widest].map(([skill, slots]) => ({ skill, slots: [...slots.values()] }));
}

/** How an item that is in use stands to its limit. */
export function decideRest(item: {
  readonly status: "active" | "resting";
  /** The rule wakes what the rule has rested: whoever rested an item may know more than how often it was drawn. */
  readonly restedByHand: boolean;
  readonly anchor: boolean;
  /** Forms that held it within the window, and all forms within the window. */
  readonly drawn: number;
  readonly forms: number;
  readonly limit: number;
}): "rest" | "wake" | "stay" {
  if (item.status === "resting" && item.restedByHand) return "stay";
  // Anchors are exempt from the cap; their protection is that few are in use.
  if (item.anchor || item.forms < healthPolicy.formsCounted) return item.status === "resting" ? "wake" : "stay";
  const rate = item.drawn / item.forms;
  if (item.status === "active") return rate > item.limit ? "rest" : "stay";
  return rate < item.limit * healthPolicy.wakeShare ? "wake" : "stay";
}
