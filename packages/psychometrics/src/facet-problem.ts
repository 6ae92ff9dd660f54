import { DisjointSets } from "./rater-design.ts";
import type { RatingTable } from "./rating-table.ts";

/** Whether all criteria share one set of steps (rating scale model) or each has its own (partial credit model). */
export type StepsOf = "scale" | "criterion";

/** A set of steps: the categories that someone gave, from the lowest to the highest. */
export interface StepGroup {
  readonly low: number;
  /** Categories from `low` to the highest one given. */
  readonly width: number;
  readonly counts: Float64Array;
  /** Per category from `low`: its parameter, or -1 for the two ends (fixed at 0) and for categories nobody gave. */
  readonly parameter: Int32Array;
}

/** Why a facet's element has no estimate: its marks could not lie higher or lower, or they say nothing. */
export type Extreme = "lenient" | "severe" | "constant";

/**
 * What the estimation works on: the marks that carry information, as small integers, and the place of each parameter. Places are
 * -1 for elements without an estimate. The last parameter is the standard deviation of the scripts.
 */
export interface FacetProblem {
  readonly scripts: number;
  readonly start: Int32Array;
  readonly rater: Int32Array;
  readonly criterion: Int32Array;
  /** Rater and criterion together. */
  readonly cell: Int32Array;
  /** Category from the lowest one of its step group. */
  readonly category: Int32Array;
  readonly cells: readonly { readonly rater: number; readonly criterion: number }[];
  readonly groups: readonly StepGroup[];
  readonly groupOf: Int32Array;
  readonly raterParameter: Int32Array;
  readonly criterionParameter: Int32Array;
  readonly raterExtreme: ReadonlyMap<number, Extreme>;
  readonly criterionExtreme: ReadonlyMap<number, Extreme>;
  /** Raters and criteria that common marks tie together; within each the severities sum to 0. */
  readonly ties: readonly { readonly raters: readonly number[]; readonly criteria: readonly number[] }[];
  readonly parameters: number;
}

/**
 * Leaves out what has no finite estimate. A rater who gave the top score each time is made ever likelier by ever less severity;
 * in that limit the marks have probability one, so the likelihood of the others is the likelihood of all. The same holds for a
 * criterion, and for a category nobody gave, whose probability goes to 0.
 */
export function createFacetProblem(table: RatingTable, stepsOf: StepsOf): FacetProblem {
  const groupOf = Int32Array.from(table.criteria, (_, criterion) => (stepsOf === "criterion" ? criterion : 0));
  const raterExtreme = new Map<number, Extreme>();
  const criterionExtreme = new Map<number, Extreme>();
  const kept = (mark: number): boolean =>
    !raterExtreme.has(at(table.rater, mark)) && !criterionExtreme.has(at(table.criterion, mark));
  let counts: Float64Array[];
  do {
    counts = countCategories(table, groupOf, kept);
  } while (setAside(table, groupOf, counts, kept, raterExtreme, criterionExtreme));

  const places = Array.from(table.category.keys()).filter(kept);
  const column = (of: (mark: number) => number): Int32Array => Int32Array.from(places, of);
  const rater = column((mark) => at(table.rater, mark));
  const criterion = column((mark) => at(table.criterion, mark));
  let parameters = 0;
  const number = (size: number, left: ReadonlyMap<number, Extreme>): Int32Array =>
    Int32Array.from({ length: size }, (_, index) => (left.has(index) ? -1 : parameters++));
  const raterParameter = number(table.raters.length, raterExtreme);
  const criterionParameter = number(table.criteria.length, criterionExtreme);
  const groups = counts.map((count): StepGroup => {
    const given = [...count.keys()].filter((category) => at(count, category) > 0);
    const low = given[0] ?? 0;
    const width = (given.at(-1) ?? 0) - low + 1;
    const parameter = Int32Array.from({ length: width }, (_, category) =>
      category > 0 && category < width - 1 && at(count, low + category) > 0 ? parameters++ : -1,
    );
    return { low, width, counts: count.slice(low, low + width), parameter };
  });
  const { cell, cells } = createCells(rater, criterion, table.criteria.length);
  const start = new Int32Array(table.scripts.length + 1);
  for (const mark of places) start[at(table.script, mark) + 1] = at(start, at(table.script, mark) + 1) + 1;
  for (let script = 0; script < table.scripts.length; script += 1)
    start[script + 1] = at(start, script + 1) + at(start, script);
  return {
    scripts: table.scripts.length,
    start,
    rater,
    criterion,
    cell,
    category: column((mark) => at(table.category, mark) - (groups[at(groupOf, at(table.criterion, mark))]?.low ?? 0)),
    cells,
    groups,
    groupOf,
    raterParameter,
    criterionParameter,
    raterExtreme,
    criterionExtreme,
    ties: tiesOf(cells, table.raters.length, table.criteria.length),
    parameters: parameters + 1,
  };
}

function countCategories(table: RatingTable, groupOf: Int32Array, kept: (mark: number) => boolean): Float64Array[] {
  const counts = Array.from({ length: Math.max(0, ...groupOf) + 1 }, () => new Float64Array(table.categories));
  table.category.forEach((category, mark) => {
    const count = counts[at(groupOf, at(table.criterion, mark))];
    if (count && kept(mark)) count[category] = at(count, category) + 1;
  });
  return counts;
}

/** Whether a rater or a criterion was set aside: then the ends of the scale may have moved. */
function setAside(
  table: RatingTable,
  groupOf: Int32Array,
  counts: readonly Float64Array[],
  kept: (mark: number) => boolean,
  raterExtreme: Map<number, Extreme>,
  criterionExtreme: Map<number, Extreme>,
): boolean {
  const ends = counts.map((count) => {
    const given = [...count.keys()].filter((category) => at(count, category) > 0);
    return { low: given[0] ?? 0, high: given.at(-1) ?? 0 };
  });
  const seen = [new Map<number, number>(), new Map<number, number>()] as const;
  table.category.forEach((category, mark) => {
    if (!kept(mark)) return;
    const { low, high } = ends[at(groupOf, at(table.criterion, mark))] ?? { low: 0, high: 0 };
    // Bits of what an element's marks allow: 1 all at the top, 2 all at the bottom.
    const allows = (category === high ? 1 : 0) | (category === low ? 2 : 0);
    seen[0].set(at(table.rater, mark), (seen[0].get(at(table.rater, mark)) ?? 3) & allows);
    seen[1].set(at(table.criterion, mark), (seen[1].get(at(table.criterion, mark)) ?? 3) & allows);
  });
  const before = raterExtreme.size + criterionExtreme.size;
  const why = (allows: number): Extreme => (allows === 1 ? "lenient" : allows === 2 ? "severe" : "constant");
  for (const [rater, allows] of seen[0]) if (allows > 0) raterExtreme.set(rater, why(allows));
  for (const [criterion, allows] of seen[1]) if (allows > 0) criterionExtreme.set(criterion, why(allows));
  return raterExtreme.size + criterionExtreme.size > before;
}

function createCells(
  rater: Int32Array,
  criterion: Int32Array,
  criteria: number,
): { cell: Int32Array; cells: { rater: number; criterion: number }[] } {
  const places = new Map<number, number>();
  const cells: { rater: number; criterion: number }[] = [];
  const cell = rater.map((one, mark) => {
    const key = one * criteria + at(criterion, mark);
    const known = places.get(key);
    if (known !== undefined) return known;
    places.set(key, cells.length);
    return cells.push({ rater: one, criterion: at(criterion, mark) }) - 1;
  });
  return { cell, cells };
}

function tiesOf(cells: FacetProblem["cells"], raters: number, criteria: number): FacetProblem["ties"] {
  const sets = new DisjointSets(raters + criteria);
  for (const { rater, criterion } of cells) sets.join(rater, raters + criterion);
  const ties = new Map<number, { raters: Set<number>; criteria: Set<number> }>();
  for (const { rater, criterion } of cells) {
    const root = sets.find(rater);
    const tie = ties.get(root) ?? { raters: new Set(), criteria: new Set() };
    tie.raters.add(rater);
    tie.criteria.add(criterion);
    ties.set(root, tie);
  }
  return [...ties.values()].map((tie) => ({ raters: [...tie.raters], criteria: [...tie.criteria] }));
}

function at(column: ArrayLike<number>, index: number): number {
  return column[index] ?? 0;
}
