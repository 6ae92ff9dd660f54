import { assembleForm } from "../src/assembly.ts";
import type { FormBlueprint, SectionBlueprint } from "../src/blueprint.ts";
import { violations } from "../src/form-check.ts";
import { createPool, type PoolItem } from "../src/pool.ts";
import { seededRandom } from "../src/random.ts";
import { formExists } from "./feasibility.ts";

interface Outcome {
  formsMade: number;
  /** Forms that break a constraint. */
  broken: number;
  refusals: number;
  /** Refusals where a solver finds a form. */
  wrong: number;
  /** Given up, neither form nor proof. */
  unknown: number;
}

/** Small banks and blueprints with everything that can stand in the way of each other, by the thousand. */
export function runRandomInstances(from: number, count: number): Outcome {
  const outcome: Outcome = { formsMade: 0, broken: 0, refusals: 0, wrong: 0, unknown: 0 };
  for (let index = from; index < from + count; index += 1) {
    const { items, blueprint, met } = randomInstance(`instance ${index}`);
    const assembly = assembleForm({ blueprint, pool: createPool(items), met, seed: String(index) });
    if (!assembly.ok) {
      outcome.refusals += 1;
      if (assembly.obstacles.some(({ constraint }) => constraint === "unknown")) outcome.unknown += 1;
      if (!formExists(blueprint, items, met)) continue;
      outcome.wrong += 1;
      console.error(`instance ${index}: refused, and there is a form`);
      continue;
    }
    outcome.formsMade += 1;
    // The judge is judged now and then.
    if (index % 20 === 0 && !formExists(blueprint, items, met))
      throw new Error(`instance ${index}: the solver is wrong`);
    const bank = new Map(items.map((item) => [item.id, item]));
    const found = violations(blueprint, bank, met, assembly.sections);
    if (found.length === 0) continue;
    outcome.broken += 1;
    console.error(`instance ${index}: ${found.join("; ")}`);
  }
  return outcome;
}

function randomInstance(seed: string): { items: PoolItem[]; blueprint: FormBlueprint; met: string[] } {
  const random = seededRandom(seed);
  const below = (limit: number): number => Math.floor(random() * limit);
  const oneOf = <T>(values: readonly T[]): T => values[below(values.length)] as T;
  const chance = (share: number): boolean => random() < share;
  const size = 12 + below(40);
  const items = Array.from(
    { length: size },
    (_, index): PoolItem => ({
      id: `i${index}`,
      skill: oneOf(["reading", "reading", "listening"]),
      level: oneOf(["A", "B", "C"]),
      tag: chance(0.15) ? "interactive" : "",
      subSkill: oneOf(["gist", "detail", "tone", "reference"]),
      topic: `topic ${below(8)}`,
      use: chance(0.1) ? oneOf(["pretest", "none"]) : "scored",
      anchor: chance(0.2),
      exposure: below(12),
      difficulty: random() * 4 - 2,
      seconds: 30 + below(4) * 30,
      set: chance(0.2) ? `set ${below(4)}` : null,
      enemies: chance(0.15) ? [`i${below(size)}`].filter((id) => id !== `i${index}`) : [],
    }),
  );
  const section = (skill: string): SectionBlueprint => ({
    skill,
    slots: ["A", "B", "C"].slice(0, 1 + below(3)).map((level) => ({ level, tag: "", count: 1 + below(3) })),
    anchors: below(3),
    pretest: below(3),
    subSkills: chance(0.4) ? { gist: { min: 1 }, tone: { max: 2 } } : {},
    topicMax: chance(0.4) ? 1 + below(2) : undefined,
    sets: oneOf(["none", "one", "whole"]),
    maxSeconds: chance(0.3) ? 300 + below(5) * 60 : undefined,
    targets: chance(0.3) ? [{ kind: "difficulty", mean: 0, tolerance: 0.1 }] : [],
  });
  const blueprint = {
    sections: [section("reading"), ...(chance(0.4) ? [section(oneOf(["reading", "listening"]))] : [])],
  };
  return { items, blueprint, met: Array.from({ length: below(4) }, () => `i${below(size)}`) };
}
