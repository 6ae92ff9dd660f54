import type { SectionPlan } from "./blueprint.ts";
import type { Cell, Entry, Pool } from "./pool.ts";

/**
 * Goals are weighed so far apart that a later one never buys a worse earlier one: first no item above the share nobody
 * can avoid, then spread, then closeness to the targets, then the least exposed. All together stay far below 2^53: sums are exact.
 */
export const weights = { exposure: 1, target: 1e4, spread: 1e8, overShare: 1e12 };

/** What the lot adds to an item at most: it decides between equals and nothing else, for a form of it stays below half a step. */
export const lotMost = 0.004;

/** An item may be up to this much more exposed than is unavoidable, for the sake of the other goals. */
const tolerableShare = 1.1;
/** Below the limit a few allotments more or less are no reason for anything: a tenth of the way up is. */
export const exposureSteps = 10;
export const overShareSteps = 30;

/** Until which exposure an item may be picked, and where counting begins. */
export interface Share {
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

function unmetIn(cell: Cell | undefined, plan: SectionPlan, blocked: ReadonlySet<Entry>): number {
  if (!cell) return 0;
  let unmet = plan.sets === "none" ? cell.count - cell.inSets : cell.count;
  for (const entry of blocked) if (entry.kind.cell === cell && (plan.sets !== "none" || entry.set === null)) unmet -= 1;
  return unmet;
}
