import type { FormBlueprint } from "../src/blueprint.ts";
import type { PoolItem } from "../src/pool.ts";
import { seededRandom } from "../src/random.ts";

const cefrLevels = ["A1", "A2", "B1", "B2", "C1", "C2"];
const bands = ["A", "B", "C"];
const topicCount = 40;

/** The shape of an `ielp` form: what the starter programme asks for. */
export const ielpForm: FormBlueprint = {
  sections: [
    { skill: "reading", slots: cefrLevels.map((level) => ({ level, tag: "", count: 2 })), anchors: 2 },
    { skill: "listening", slots: cefrLevels.map((level) => ({ level, tag: "", count: 2 })), anchors: 2 },
    { skill: "writing", slots: bands.map((level) => ({ level, tag: "", count: 1 })) },
    {
      skill: "speaking",
      slots: bands.flatMap((level) => ["", "interactive"].map((tag) => ({ level, tag, count: 1 }))),
    },
  ],
};

/** A share of the bank, by what the forms ask of it: each slot wears about alike. */
const parts = [
  { skill: "reading", share: 0.36, levels: cefrLevels, tags: [""], subSkills: 7, anchors: 0.1 },
  { skill: "listening", share: 0.36, levels: cefrLevels, tags: [""], subSkills: 7, anchors: 0.1 },
  { skill: "writing", share: 0.1, levels: bands, tags: [""], subSkills: 5, anchors: 0 },
  { skill: "speaking", share: 0.18, levels: bands, tags: ["", "interactive"], subSkills: 6, anchors: 0 },
];

/** A bank of about so many items, the same each time; topics and sub-skills are as uneven as writers make them. */
export function makeBank(size: number): PoolItem[] {
  const random = seededRandom(`bank of ${size}`);
  const uneven = (names: number): number => Math.floor(random() ** 1.5 * names);
  return parts.flatMap(({ skill, share, levels, tags, subSkills, anchors }) => {
    const cells = levels.flatMap((level) => tags.map((tag) => ({ level, tag })));
    return cells.flatMap(({ level, tag }, cell) =>
      Array.from(
        { length: Math.round((size * share) / cells.length) },
        (_, index): PoolItem => ({
          id: `${skill}-${cell}-${String(index).padStart(7, "0")}`,
          skill,
          level,
          tag,
          subSkill: `sub-skill ${uneven(subSkills)}`,
          topic: `topic ${uneven(topicCount)}`,
          use: "scored",
          anchor: index < (size * share * anchors) / cells.length,
          exposure: 0,
          difficulty: levels.indexOf(level) - 2 + random(),
        }),
      ),
    );
  });
}
