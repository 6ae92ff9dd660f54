import type { Pick } from "./assembly.ts";
import type { SectionBlueprint } from "./blueprint.ts";
import type { PoolItem } from "./pool.ts";

interface BalanceRequest {
  readonly section: SectionBlueprint;
  /** Of the section, form by form. */
  readonly picks: readonly (readonly Pick[])[];
  /** Where every form's mean should lie, in logits, and how far from it it may. */
  readonly target: number;
  readonly tolerance: number;
  readonly stock: Stock;
  /** Anchors that all forms share stay where they are. */
  readonly keepAnchors: boolean;
}

/** Sums of decimal fractions: below this two means count as equal. */
const exact = 1e-9;
/** Unused items tried in the place of one pick: those whose difficulty comes nearest to what is wanted. */
const nearest = 12;
/** Each exchange brings the forms closer; more than these never came up for 20 forms. */
const exchangesMax = 500;

/** The items a section may draw on, cell by cell and by difficulty, and which of them stand in a form. */
export class Stock {
  readonly #cells = new Map<string, PoolItem[]>();
  readonly #items = new Map<string, PoolItem>();
  readonly #used = new Set<string>();
  readonly #enemiesOf: (id: string) => ReadonlySet<string>;

  constructor(items: readonly PoolItem[], used: Iterable<string>, enemiesOf: (id: string) => ReadonlySet<string>) {
    this.#enemiesOf = enemiesOf;
    for (const id of used) this.#used.add(id);
    for (const item of items) {
      this.#items.set(item.id, item);
      if (item.use !== "scored" || isInSet(item)) continue;
      const key = cellOf(item.skill, item);
      const cell = this.#cells.get(key);
      if (cell) cell.push(item);
      else this.#cells.set(key, [item]);
    }
    for (const cell of this.#cells.values()) {
      cell.sort((a, b) => a.difficulty - b.difficulty || (a.id < b.id ? -1 : 1));
    }
  }

  /** Members of sets go together or not at all: they are never exchanged. */
  isSingle(id: string): boolean {
    const item = this.#items.get(id);
    return item !== undefined && !isInSet(item);
  }

  secondsOf(id: string): number {
    return this.#items.get(id)?.seconds ?? 0;
  }

  /** The lowest and highest difficulty of a pick's cell. */
  rangeOf(skill: string, pick: Pick): readonly [number, number] {
    const cell = this.#cells.get(cellOf(skill, pick)) ?? [];
    return [cell[0]?.difficulty ?? pick.difficulty, cell.at(-1)?.difficulty ?? pick.difficulty];
  }

  /** Unused items of a pick's cell, the nearest to this difficulty, that no item of any form excludes. */
  nearestUnused(skill: string, pick: Pick, difficulty: number): PoolItem[] {
    const cell = this.#cells.get(cellOf(skill, pick)) ?? [];
    let above = cell.findIndex((item) => item.difficulty >= difficulty);
    if (above < 0) above = cell.length;
    let below = above - 1;
    const found: PoolItem[] = [];
    while (found.length < nearest && (below >= 0 || above < cell.length)) {
      const [low, high] = [cell[below], cell[above]];
      const takeHigh = !low || (high && high.difficulty - difficulty <= difficulty - low.difficulty);
      const item = takeHigh ? high : low;
      if (takeHigh) above += 1;
      else below -= 1;
      if (item && !this.#used.has(item.id) && this.#goesWithAll(item.id, pick.id)) found.push(item);
    }
    return found;
  }

  /** Whether no form holds an enemy of it; whom it replaces does not count. */
  #goesWithAll(id: string, replaced: string): boolean {
    for (const enemy of this.#enemiesOf(id)) if (enemy !== replaced && this.#used.has(enemy)) return false;
    return true;
  }

  exchange(out: string, into: string): void {
    this.#used.delete(out);
    this.#used.add(into);
  }
}

interface Exchange {
  readonly form: number;
  readonly at: number;
  /** Another form's pick, or an unused item. */
  readonly with: { readonly form: number; readonly at: number } | { readonly item: PoolItem };
  readonly miss: number;
  readonly spread: number;
  readonly exposure: number;
}

/**
 * Exchanges items of equal level, tag and anchor role between the forms, or for unused ones, until every form's mean lies
 * within the tolerance of the target or no exchange brings them closer. Bounds by sub-skill, topic and time hold throughout;
 * among exchanges that bring the same, the one that keeps sub-skills and topics spread best is made.
 */
export function balance(request: BalanceRequest): Pick[][] {
  const forms = request.picks.map((picks) => [...picks]);
  for (let count = 0; count < exchangesMax && missOf(request, forms) > 0; count += 1) {
    const best = bestExchange(request, forms);
    if (!best) break;
    const out = forms[best.form]?.[best.at];
    if (!out) break;
    if ("item" in best.with) {
      request.stock.exchange(out.id, best.with.item.id);
      put(forms, best.form, best.at, pickFrom(best.with.item, out));
    } else {
      const other = forms[best.with.form]?.[best.with.at];
      if (!other) break;
      put(forms, best.form, best.at, moved(other));
      put(forms, best.with.form, best.with.at, moved(out));
    }
  }
  return forms;
}

const reason = "brings the forms together in difficulty";

function moved(pick: Pick): Pick {
  return { ...pick, reason };
}

function pickFrom(item: PoolItem, like: Pick): Pick {
  const { id, subSkill, topic, difficulty, exposure } = item;
  return { ...like, id, subSkill, topic, difficulty, exposure, reason };
}

function put(forms: Pick[][], form: number, at: number, pick: Pick): void {
  const picks = forms[form];
  if (picks) picks[at] = pick;
}

export function meanOf(picks: readonly Pick[]): number {
  return picks.reduce((sum, { difficulty }) => sum + difficulty, 0) / Math.max(1, picks.length);
}

/** How far beyond the tolerance a mean lies. */
export function beyond({ target, tolerance }: Omit<BalanceRequest, "picks" | "stock">, mean: number): number {
  const excess = Math.abs(mean - target) - tolerance;
  return excess <= exact ? 0 : excess;
}

/** Squared, so that the form that is farthest out comes in first. */
function missOf(request: BalanceRequest, forms: readonly (readonly Pick[])[]): number {
  return forms.reduce((sum, picks) => sum + beyond(request, meanOf(picks)) ** 2, 0);
}

function bestExchange(request: BalanceRequest, forms: readonly (readonly Pick[])[]): Exchange | null {
  const { section, stock, target, keepAnchors } = request;
  const misses = forms.map((picks) => beyond(request, meanOf(picks)) ** 2);
  const now = misses.reduce((sum, miss) => sum + miss, 0);
  let best: Exchange | null = null;
  const consider = (exchange: Exchange): void => {
    if (exchange.miss < now - exact && (best === null || compare(exchange, best) < 0)) best = exchange;
  };
  for (const [form, picks] of forms.entries()) {
    if ((misses[form] ?? 0) === 0) continue;
    for (const [at, pick] of picks.entries()) {
      if (!stock.isSingle(pick.id) || (keepAnchors && pick.anchor)) continue;
      const wanted = pick.difficulty - (meanOf(picks) - target) * picks.length;
      for (const item of stock.nearestUnused(section.skill, pick, wanted)) {
        const after = replaced(picks, at, pickFrom(item, pick));
        if (!keepsBounds(request, after)) continue;
        const miss = now - (misses[form] ?? 0) + beyond(request, meanOf(after)) ** 2;
        const spread = spreadOf(after) - spreadOf(picks);
        consider({ form, at, with: { item }, miss, spread, exposure: item.exposure });
      }
      for (const [otherForm, others] of forms.entries()) {
        if (otherForm === form) continue;
        for (const [otherAt, other] of others.entries()) {
          if (cellOf("", other) !== cellOf("", pick) || !stock.isSingle(other.id)) continue;
          const [mine, theirs] = [replaced(picks, at, other), replaced(others, otherAt, pick)];
          if (!keepsBounds(request, mine) || !keepsBounds(request, theirs)) continue;
          const miss =
            now -
            (misses[form] ?? 0) -
            (misses[otherForm] ?? 0) +
            beyond(request, meanOf(mine)) ** 2 +
            beyond(request, meanOf(theirs)) ** 2;
          const spread = spreadOf(mine) + spreadOf(theirs) - spreadOf(picks) - spreadOf(others);
          consider({ form, at, with: { form: otherForm, at: otherAt }, miss, spread, exposure: 0 });
        }
      }
    }
  }
  return best;
}

/** Below zero: the first is the better one. What is equally good falls by the order in which it was met, which is fixed. */
function compare(a: Exchange, b: Exchange): number {
  const miss = a.miss - b.miss;
  if (Math.abs(miss) > exact) return miss;
  return a.spread - b.spread || a.exposure - b.exposure;
}

function replaced(picks: readonly Pick[], at: number, pick: Pick): Pick[] {
  return picks.map((one, index) => (index === at ? pick : one));
}

function keepsBounds({ section, stock }: BalanceRequest, picks: readonly Pick[]): boolean {
  const { subSkills, topicMax, maxSeconds } = section;
  if (maxSeconds !== undefined && picks.reduce((sum, { id }) => sum + stock.secondsOf(id), 0) > maxSeconds)
    return false;
  if (topicMax !== undefined && Math.max(0, ...countsOf(picks, "topic").values()) > topicMax) return false;
  if (subSkills === undefined) return true;
  const counts = countsOf(picks, "subSkill");
  return Object.entries(subSkills).every(([name, { min = 0, max = Number.POSITIVE_INFINITY }]) => {
    const count = counts.get(name) ?? 0;
    return count >= min && count <= max;
  });
}

function countsOf(picks: readonly Pick[], by: "subSkill" | "topic"): Map<string, number> {
  const counts = new Map<string, number>();
  for (const pick of picks) counts.set(pick[by], (counts.get(pick[by]) ?? 0) + 1);
  return counts;
}

/** Sum of squared counts: the fewer repeats, the smaller. */
function spreadOf(picks: readonly Pick[]): number {
  let squares = 0;
  for (const by of ["subSkill", "topic"] as const) {
    for (const count of countsOf(picks, by).values()) squares += count * count;
  }
  return squares;
}

function isInSet({ set }: PoolItem): boolean {
  return set !== undefined && set !== null;
}

/** Items of one cell may stand for each other in a slot. */
function cellOf(
  skill: string,
  { level, tag, anchor }: { readonly level: string; readonly tag: string; readonly anchor: boolean },
): string {
  return `${skill}\n${level}\n${tag}\n${anchor ? "anchor" : ""}`;
}
