import { type AssembledSection, assembleForm, type Pick } from "./assembly.ts";
import type { FormBlueprint, SectionBlueprint } from "./blueprint.ts";
import { balance, beyond, meanOf, Stock } from "./parallel-balance.ts";
import { createPool, type Pool, type PoolItem } from "./pool.ts";
import type { Refusal, Writing } from "./refusal.ts";

/** Raise it whenever the same items and seed could give other forms; the assembly engine's own version stands before it. */
const parallelVersion = "parallel-1";
/** Other draws that are balanced where the first cannot be. */
const drawsMax = 6;

export interface ParallelRequest {
  /** Pretest places are left empty: a form that lasts must not hold an item whose trial ends. */
  readonly blueprint: FormBlueprint;
  readonly items: readonly PoolItem[];
  readonly forms: number;
  /** Logits: how far a form's mean difficulty may lie from the set's target, section by section. */
  readonly tolerance: number;
  /** `none`: no item in two forms. `anchors`: all forms hold the same anchors and nothing else in common. */
  readonly overlap: "none" | "anchors";
  readonly seed: string;
}

export interface ParallelForm {
  /** `A`, `B`, … */
  readonly label: string;
  readonly sections: readonly AssembledSection[];
}

export interface ParallelWriting extends Writing {
  /** About where the item should lie, in logits; null: anywhere at its level. */
  readonly difficulty: number | null;
}

export interface ParallelObstacle {
  readonly constraint: "items" | "anchors" | "difficulty";
  readonly skill: string | null;
  /** The label of the form that could not be made, or lies outside the tolerance. */
  readonly form: string | null;
  readonly sentence: string;
}

export interface ParallelRefusal {
  readonly ok: false;
  readonly obstacles: readonly ParallelObstacle[];
  readonly write: readonly ParallelWriting[];
  /** The least tolerance at which the forms found would have held, in logits; null where the forms could not be drawn. */
  readonly reach: number | null;
}

export type ParallelForms =
  | {
      readonly ok: true;
      readonly version: string;
      /** Of each section, in logits. The mean over a whole form keeps the tolerance where its sections do. */
      readonly targets: readonly number[];
      readonly forms: readonly ParallelForm[];
    }
  | ParallelRefusal;

export function formLabel(index: number): string {
  return String.fromCharCode(65 + index);
}

/**
 * Draws so many forms by one blueprint, none of which excludes another, and exchanges items of equal level, tag and anchor
 * role until the mean difficulty of each section lies within the tolerance of the same target in all of them. The target is
 * the blueprint's own, else what the drawn forms have on average. The same items and seed give the same forms.
 *
 * @returns the forms, or which of them cannot be made or brought in, how far they lie apart and what to write.
 */
export function assembleParallelForms(request: ParallelRequest): ParallelForms {
  let closest: Balancing | null = null;
  for (let draw = 1; draw <= drawsMax; draw += 1) {
    const drawn = drawForms(request, draw);
    if (!drawn.ok) return drawn;
    const balancing = balanceAll(request, drawn);
    if (balancing.outside.length === 0) {
      const { targets, forms } = balancing;
      return { ok: true, version: `${drawn.version}+${parallelVersion}`, targets, forms };
    }
    if (closest === null || balancing.reach < closest.reach) closest = balancing;
  }
  if (closest === null) throw new Error("at least one draw is made");
  return difficultyRefusal(request, closest);
}

interface Drawn {
  readonly ok: true;
  readonly version: string;
  readonly pool: Pool;
  readonly forms: readonly ParallelForm[];
}

interface Drawing {
  readonly pool: Pool;
  readonly met: Set<string>;
  /** The form that is being drawn. */
  readonly index: number;
}

/** Form after form, each as if somebody came back who has met all before: so nobody who sat one is barred from another. */
function drawForms(asked: ParallelRequest, draw: number): Drawn | ParallelRefusal {
  const { items, overlap, seed } = asked;
  const blueprint = { sections: asked.blueprint.sections.map((section) => ({ ...section, pretest: 0 })) };
  const pool = createPool(items);
  const met = new Set<string>();
  const forms: ParallelForm[] = [];
  let version = "";
  for (let index = 0; index < asked.forms; index += 1) {
    const form = assembleForm({ blueprint, pool, met, seed: `${seed}/${draw}/${index + 1}` });
    if (!form.ok) return itemsRefusal(form, { ...asked, blueprint }, { pool, met, index });
    version = form.version;
    forms.push({ label: formLabel(index), sections: form.sections });
    meet(met, form.sections, overlap);
    if (index === 0 && overlap === "anchors") keepAnchors(pool, items, form.sections);
  }
  return anchorsRefusal(forms, overlap) ?? { ok: true, version, pool, forms };
}

function meet(met: Set<string>, sections: readonly AssembledSection[], overlap: ParallelRequest["overlap"]): void {
  for (const { id, anchor } of sections.flatMap(({ picks }) => picks)) {
    if (!(anchor && overlap === "anchors")) met.add(id);
  }
}

/** From now on forms find no anchors but these, nor what belongs to a set with another: a set goes in whole or not at all. */
function keepAnchors(pool: Pool, items: readonly PoolItem[], sections: readonly AssembledSection[]): void {
  const kept = new Set(sections.flatMap(({ picks }) => picks.map(({ id }) => id)));
  const others = items.filter(({ id, anchor }) => anchor && !kept.has(id));
  const sets = new Set(others.flatMap(({ set }) => set ?? []));
  const broken = items.filter(({ id, set }) => !kept.has(id) && set && sets.has(set));
  for (const item of [...others, ...broken]) pool.upsert({ ...item, use: "none" });
}

/** What the first form that cannot be made says, and what to write for it and for all that would follow. */
function itemsRefusal(
  refusal: Refusal,
  { blueprint, forms, overlap }: ParallelRequest,
  drawing: Drawing,
): ParallelRefusal {
  const { pool, met, index } = drawing;
  const label = formLabel(index);
  const obstacles = refusal.obstacles.map(({ sentence, skill }) => ({
    constraint: "items" as const,
    skill: skill ?? null,
    form: label,
    sentence: `form ${label} of ${forms} cannot be made: ${sentence}`,
  }));
  const write: ParallelWriting[] = [];
  let written = 0;
  // As if what the engine asks for were written, form after form; it may ask once for each.
  for (let form = index, asked = 0; form < forms && asked <= forms; ) {
    const made = assembleForm({ blueprint, pool, met, seed: `${form}` });
    if (made.ok) {
      meet(met, made.sections, overlap);
      form += 1;
      continue;
    }
    if (made.write.length === 0) break;
    asked += 1;
    for (const wish of made.write) {
      write.push({ ...wish, difficulty: null });
      for (let count = 0; count < wish.count; count += 1) pool.upsert(asWritten(wish, ++written));
    }
  }
  return { ok: false, obstacles, write: summed(write), reach: null };
}

/** As the engine means it when it says what to write: on a topic of its own, outside sets and without enemies. */
function asWritten({ skill, level, tag, subSkill }: Writing, number: number): PoolItem {
  return {
    ...{ id: `to-write-${number}`, skill, level, tag, topic: `to-write-${number}`, anchor: false, exposure: 0 },
    ...{ subSkill: subSkill ?? `to-write-${number}`, use: "scored", difficulty: 0 },
  };
}

function summed(wishes: readonly ParallelWriting[]): ParallelWriting[] {
  const sums = new Map<string, ParallelWriting>();
  for (const wish of wishes) {
    const key = `${wish.skill}\n${wish.level}\n${wish.tag}\n${wish.subSkill}\n${wish.difficulty}`;
    sums.set(key, { ...wish, count: wish.count + (sums.get(key)?.count ?? 0) });
  }
  return [...sums.values()];
}

/** Forms are not parallel where the later ones have fewer anchors than the first. */
function anchorsRefusal(forms: readonly ParallelForm[], overlap: ParallelRequest["overlap"]): ParallelRefusal | null {
  const obstacles = (forms[0]?.sections ?? []).flatMap(({ skill, anchorsMissing }, at): ParallelObstacle[] => {
    const short = forms.map(({ sections }) => (sections[at]?.anchorsMissing ?? 0) - anchorsMissing);
    const missing = short.reduce((sum, count) => sum + count, 0);
    const first = forms[short.findIndex((count) => count > 0)];
    if (!first) return [];
    const sentence =
      overlap === "anchors"
        ? `${skill} of form ${first.label} cannot hold the anchors of form A: they belong to sets, or exclude items of other forms`
        : `${skill} has no anchors of its own left for form ${first.label}: let the forms share their anchors, or make ${missing} more of its items anchors`;
    return [{ constraint: "anchors", skill, form: first.label, sentence }];
  });
  return obstacles.length > 0 ? { ok: false, obstacles, write: [], reach: null } : null;
}

interface Outside {
  readonly section: SectionBlueprint;
  readonly label: string;
  readonly picks: readonly Pick[];
  readonly target: number;
}

interface Balancing {
  readonly targets: readonly number[];
  readonly forms: readonly ParallelForm[];
  readonly outside: readonly Outside[];
  readonly reach: number;
  readonly stock: Stock;
}

function balanceAll({ blueprint, items, tolerance, overlap }: ParallelRequest, { pool, forms }: Drawn): Balancing {
  const used = forms.flatMap(({ sections }) => sections.flatMap(({ picks }) => picks.map(({ id }) => id)));
  const stock = new Stock(items, used, (id) => pool.enemiesOf(id));
  const outside: Outside[] = [];
  let reach = 0;
  const sections = blueprint.sections.map((section, at) => {
    const picks = forms.map((form) => form.sections[at]?.picks ?? []);
    const target = targetOf(section, picks);
    const request = { section, picks, target, tolerance, stock, keepAnchors: overlap === "anchors" };
    const balanced = balance(request);
    for (const [index, own] of balanced.entries()) {
      reach = Math.max(reach, Math.abs(meanOf(own) - target));
      if (beyond(request, meanOf(own)) > 0) outside.push({ section, label: formLabel(index), picks: own, target });
    }
    return { target, balanced };
  });
  return {
    targets: sections.map(({ target }) => target),
    forms: forms.map((form, index) => ({
      ...form,
      sections: form.sections.map((section, at) => ({
        ...section,
        picks: sections[at]?.balanced[index] ?? section.picks,
      })),
    })),
    outside,
    reach,
    stock,
  };
}

/** The blueprint's own where it names one for the section as a whole. */
function targetOf(section: SectionBlueprint, picks: readonly (readonly Pick[])[]): number {
  const named = section.targets?.find((target) => target.kind === "difficulty" && target.level === undefined);
  if (named?.kind === "difficulty") return named.mean;
  return picks.reduce((sum, own) => sum + meanOf(own), 0) / Math.max(1, picks.length);
}

function difficultyRefusal({ tolerance }: ParallelRequest, { outside, reach, stock }: Balancing): ParallelRefusal {
  return {
    ok: false,
    obstacles: outside.map(({ section, label, picks, target }) => {
      const apart = meanOf(picks) - target;
      const side = apart > 0 ? "above" : "below";
      const sentence = `${section.skill} of form ${label} lies ${Math.abs(apart).toFixed(2)} logits ${side} the set’s ${logits(target)}, more than ±${tolerance.toFixed(2)}`;
      return { constraint: "difficulty" as const, skill: section.skill, form: label, sentence };
    }),
    write: summed(outside.flatMap((one) => itemsToCloseIn(one, tolerance, stock))),
    // Rounded up: what is said must hold.
    reach: Math.ceil(reach * 100 - 1e-6) / 100,
  };
}

/** The fewest items that, each in the place of one pick, would bring a form in, as far as its levels are wide. */
function itemsToCloseIn({ section, picks, target }: Outside, tolerance: number, stock: Stock): ParallelWriting[] {
  const apart = meanOf(picks) - target;
  const harder = apart < 0;
  let short = (Math.abs(apart) - tolerance) * picks.length;
  const rooms = picks
    .map((pick) => {
      const [low, high] = stock.rangeOf(section.skill, pick);
      return { pick, room: Math.max(0, harder ? high - pick.difficulty : pick.difficulty - low) };
    })
    .sort((a, b) => b.room - a.room || (a.pick.id < b.pick.id ? -1 : 1));
  const enough = rooms.reduce((sum, { room }) => sum + room, 0) >= short;
  const write: ParallelWriting[] = [];
  for (const { pick, room } of rooms) {
    if (short <= 1e-9) break;
    // Where the levels are too narrow even together, each gives an equal part of what is lacking.
    const step = enough ? Math.min(room, short) : short / (rooms.length - write.length);
    if (step <= 0) break;
    short -= step;
    const wanted = pick.difficulty + (harder ? step : -step);
    const rounded = (harder ? Math.ceil(wanted * 100 - 1e-6) : Math.floor(wanted * 100 + 1e-6)) / 100;
    const { level, tag } = pick;
    write.push({ skill: section.skill, level, tag, subSkill: null, count: 1, difficulty: rounded });
  }
  return write;
}

function logits(value: number): string {
  return value
    .toFixed(2)
    .replace(/^-(0\.00)$/, "$1")
    .replace("-", "−");
}
