import type { SectionPlan } from "./blueprint.ts";
import { type Budget, enoughSteps, type Missing, type Problem, searchForm } from "./search.ts";
import type { Unit, UnitSource } from "./units.ts";

/** Items to write: with them added, a form exists. */
export interface Writing {
  readonly skill: string;
  readonly level: string;
  readonly tag: string;
  /** Null: any. */
  readonly subSkill: string | null;
  readonly count: number;
}

export interface Obstacle {
  /** `slot`: too few items. The others: enough items, but not together. `unknown`: given up before it was decided. */
  readonly constraint:
    | "slot"
    | "sub-skill"
    | "topic"
    | "enemies"
    | "sets"
    | "time"
    | "together"
    | "blueprint"
    | "unknown";
  readonly skill?: string;
  readonly level?: string;
  readonly tag?: string;
  readonly subSkill?: string;
  readonly needed?: number;
  readonly available?: number;
  readonly sentence: string;
}

export interface Refusal {
  readonly ok: false;
  readonly obstacles: readonly Obstacle[];
  /** The fewest items that mend it, on new topics, outside sets and without enemies. Empty where no item could. */
  readonly write: readonly Writing[];
}

const noEnemies: ReadonlySet<string> = new Set();

/** Why there is no form, in numbers and words. */
export function explain(problem: Problem, sources: readonly UnitSource[], why: "none" | "unknown"): Refusal {
  // The candidate waits for this answer: what it names is exact, what it does not find out in time it leaves unsaid.
  const budget = { steps: enoughSteps / 4 };
  const slots = sources.flatMap(slotObstacles);
  const found = why === "none" ? missingItems(problem, budget) : null;
  const write = toWrite(problem, found);
  if (slots.length > 0) return { ok: false, obstacles: slots, write };
  if (why === "unknown") {
    const sentence = "The search gave up: the constraints are too entangled to tell whether a form exists";
    return { ok: false, obstacles: [{ constraint: "unknown", sentence }], write: [] };
  }
  const subSkills = sources.flatMap((source) => subSkillObstacles(source, problem.units[source.plan.index] ?? []));
  return { ok: false, obstacles: subSkills.length > 0 ? subSkills : [entangled(problem, write, budget)], write };
}

/** Slots that have fewer unmet items than they need; one anchor a level may fill in where anchors are asked for. */
function slotObstacles({ plan, stock }: UnitSource): Obstacle[] {
  return plan.slots.flatMap((slot, index) => {
    const { plain = 0, anchors = 0 } = stock.slots[index] ?? {};
    const available = plain + (plan.anchors > 0 ? Math.min(1, anchors) : 0);
    if (available >= slot.count) return [];
    const { level, tag, count } = slot;
    const kind = tag === "" ? "" : ` ${tag}`;
    const sentence = `${plan.skill} ${level} needs ${count} unseen${kind} item${count === 1 ? "" : "s"} and has ${available}`;
    return [{ constraint: "slot", skill: plan.skill, level, tag, needed: count, available, sentence } as const];
  });
}

function subSkillObstacles({ plan }: UnitSource, units: readonly Unit[]): Obstacle[] {
  return plan.subSkillBounds.flatMap(({ name, subSkill, min }) => {
    const perSlot = plan.slots.map((slot, index) =>
      Math.min(
        slot.count,
        units.flatMap((unit) =>
          unit.entries.filter((entry, at) => unit.slots[at] === index && entry.kind.subSkill === subSkill),
        ).length,
      ),
    );
    const available = perSlot.reduce((sum, count) => sum + count, 0);
    if (available >= min) return [];
    const sentence = `${plan.skill} needs ${min} unseen ${name} items and has ${available} that its slots could take`;
    return [{ constraint: "sub-skill", skill: plan.skill, subSkill: name, needed: min, available, sentence } as const];
  });
}

/** Enough items, but they do not go together: the first constraint without which they would. */
function entangled(problem: Problem, write: readonly Writing[], budget: Budget): Obstacle {
  const { plans } = problem;
  const without: readonly [Obstacle["constraint"], string, () => Problem][] = [
    [
      "enemies",
      "too many of the unseen items are enemies of each other",
      () => ({ ...problem, enemiesOf: () => noEnemies }),
    ],
    [
      "topic",
      "too many of the unseen items share a topic",
      () => relaxed(problem, { topicMax: Number.POSITIVE_INFINITY }),
    ],
    [
      "sub-skill",
      "the unseen items do not meet the bounds by sub-skill",
      () => relaxed(problem, { subSkillBounds: [] }),
    ],
    ["time", "the unseen items take too long", () => relaxed(problem, { maxSeconds: Number.POSITIVE_INFINITY })],
  ];
  const mend = write.length > 0 ? `: ${writingSentence(write)} would mend it` : "";
  for (const [constraint, words, relax] of without) {
    if (searchForm(relax(), { anchors: Number.POSITIVE_INFINITY, items: 0 }, budget).kind === "found") {
      return { constraint, sentence: `There are enough unseen items, but ${words}${mend}` };
    }
  }
  const sets = plans.some((plan) => plan.sets !== "none");
  return {
    constraint: sets ? "sets" : "together",
    sentence: sets
      ? `There are enough unseen items, but too many of them belong to sets${mend}`
      : `There are enough unseen items, but no choice of them keeps every constraint${mend}`,
  };
}

function relaxed(problem: Problem, change: Partial<SectionPlan>): Problem {
  return { ...problem, plans: problem.plans.map((plan) => ({ ...plan, ...change })) };
}

/** The fewest items whose absence explains it. */
function missingItems(problem: Problem, budget: Budget): readonly Missing[] | null {
  const items = problem.plans.reduce((sum, plan) => sum + plan.total, 0);
  const found = searchForm(problem, { anchors: Number.POSITIVE_INFINITY, items }, budget);
  return found.kind === "found" ? found.missing : null;
}

function toWrite({ pool, plans }: Problem, missing: readonly Missing[] | null): Writing[] {
  const counts = new Map<string, Writing>();
  for (const { section, slot, subSkill } of missing ?? []) {
    const plan = plans[section];
    const { level = "", tag = "" } = plan?.slots[slot] ?? {};
    const name = subSkill === null ? null : (pool.subSkillNames[subSkill] ?? null);
    const key = `${section}:${slot}:${subSkill}`;
    const count = (counts.get(key)?.count ?? 0) + 1;
    counts.set(key, { skill: plan?.skill ?? "", level, tag, subSkill: name, count });
  }
  return [...counts.values()];
}

/** `one more B2 reading item on detail and two more C1 listening items`, in figures. */
function writingSentence(write: readonly Writing[]): string {
  return write
    .map(({ skill, level, tag, subSkill, count }) =>
      [
        `${count} more ${level}`,
        skill,
        tag,
        `item${count === 1 ? "" : "s"}`,
        subSkill === null ? "" : `testing ${subSkill}`,
      ]
        .filter((word) => word !== "")
        .join(" "),
    )
    .join(" and ");
}
