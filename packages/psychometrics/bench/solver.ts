import createHighs from "highs";
import { blockedBy } from "../src/blocked.ts";
import { type FormBlueprint, planSections } from "../src/blueprint.ts";
import { pickCost } from "../src/form-cost.ts";
import type { Entry, Pool } from "../src/pool.ts";
import { stockOf, weights } from "../src/stock.ts";

/**
 * The same problem as an integer program: the same slots and anchors, the same goals in the same order. Squares of counts
 * are convex, so each count is a sum of steps that cost 1, 3, 5 …; the goals' weights are as far apart as they must be.
 */
const spreadWeight = 10_000;
const overShareWeight = 10_000_000;

interface Solved {
  readonly seconds: number;
  readonly status: string;
  /** Per section; null where the solver found nothing in its time. */
  readonly picks: readonly (readonly string[])[] | null;
  readonly variables: number;
}

const highs = await createHighs();

/** `reduced`: of items equal in slot, anchor, sub-skill and topic only the two least exposed, which is all a form can use. */
export function solve(
  pool: Pool,
  blueprint: FormBlueprint,
  { reduced, secondsMax }: { reduced: boolean; secondsMax: number },
): Solved {
  const start = performance.now();
  const plans = planSections(blueprint, pool);
  const blocked = blockedBy(pool, []);
  const goals: string[] = [];
  const rows: string[] = [];
  const bounds: string[] = [];
  const binaries: string[] = [];
  const items: { entry: Entry; section: number }[] = [];
  for (const plan of plans) {
    const stock = stockOf(pool, plan, blocked);
    const bySubSkill = new Map<number, string[]>();
    const byTopic = new Map<number, string[]>();
    const byLevel = new Map<number, string[]>();
    for (const [slot, { level, tag, count, levelIndex }] of plan.slots.entries()) {
      const own: string[] = [];
      for (const anchor of plan.anchors > 0 ? [false, true] : [false]) {
        for (const kind of pool.cell(plan.skill, level, tag, "scored", anchor)?.kinds ?? []) {
          const all = kind.buckets.flat();
          for (const entry of reduced ? all.slice(0, 2) : all) {
            const name = `x${items.length}`;
            items.push({ entry, section: plan.index });
            const cost = pickCost(stock, anchor, slot, entry.exposure);
            const over = Math.floor(cost / weights.overShare);
            goals.push(`${over * overShareWeight + (cost - over * weights.overShare)} ${name}`);
            binaries.push(name);
            own.push(name);
            if (anchor) add(byLevel, levelIndex, name);
            add(bySubSkill, kind.subSkill, name);
            add(byTopic, kind.topic, name);
          }
        }
      }
      rows.push(`${own.join(" + ")} = ${count}`);
    }
    const anchors = [...byLevel.values()];
    if (anchors.length > 0) rows.push(`${anchors.flat().join(" + ")} = ${Math.min(plan.anchors, anchors.length)}`);
    for (const level of anchors) rows.push(`${level.join(" + ")} <= 1`);
    for (const [kind, groups] of [bySubSkill, byTopic].entries()) {
      for (const [group, names] of groups) {
        const steps = Array.from({ length: plan.total }, (_, step) => `y${plan.index}k${kind}g${group}n${step}`);
        for (const [step, name] of steps.entries()) {
          goals.push(`${spreadWeight * (2 * step + 1)} ${name}`);
          bounds.push(`0 <= ${name} <= 1`);
        }
        rows.push(`${names.join(" + ")} - ${steps.join(" - ")} = 0`);
      }
    }
  }
  const text = [
    `Minimize\n obj: ${goals.join("\n + ")}`,
    `Subject To\n${rows.map((row, index) => ` c${index}: ${row.replaceAll(/((?:\S+ ){40})/g, "$1\n")}`).join("\n")}`,
    `Bounds\n${bounds.join("\n")}`,
    `Binary\n${binaries.join("\n")}`,
    "End",
  ].join("\n");
  const solution = highs.solve(text, { mip_rel_gap: 0, time_limit: secondsMax });
  const chosen = items.filter((_, index) => primalOf(solution.Columns[`x${index}`]) > 0.5);
  const picks = plans.map(({ index }) =>
    chosen.filter(({ section }) => section === index).map(({ entry }) => entry.id),
  );
  const complete = plans.every(({ index, total }) => picks[index]?.length === total);
  return {
    seconds: (performance.now() - start) / 1000,
    status: solution.Status,
    picks: complete ? picks : null,
    variables: binaries.length,
  };
}

function primalOf(column: object | undefined): number {
  return column !== undefined && "Primal" in column ? Number(column.Primal) : 0;
}

function add(groups: Map<number, string[]>, group: number, name: string): void {
  const names = groups.get(group);
  if (names) names.push(name);
  else groups.set(group, [name]);
}
