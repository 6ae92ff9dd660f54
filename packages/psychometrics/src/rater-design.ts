import type { RatingTable } from "./rating-table.ts";

/** Union-find with path halving: which of `size` things hang together. */
export class DisjointSets {
  readonly #parent: Int32Array;

  constructor(size: number) {
    this.#parent = Int32Array.from({ length: size }, (_, index) => index);
  }

  find(thing: number): number {
    let at = thing;
    for (;;) {
      const parent = this.#parent[at] ?? at;
      if (parent === at) return at;
      const grandparent = this.#parent[parent] ?? parent;
      this.#parent[at] = grandparent;
      at = grandparent;
    }
  }

  join(a: number, b: number): void {
    const [low, high] = [this.find(a), this.find(b)].sort((x, y) => x - y) as [number, number];
    this.#parent[high] = low;
  }
}

/**
 * The raters in groups that common scripts hold together, the largest first. More than one group means that a severe rater and
 * a rater with weaker scripts cannot be told apart across groups by the marks alone.
 */
export function connectedRaters(table: RatingTable): readonly (readonly string[])[] {
  const sets = new DisjointSets(table.raters.length);
  for (let mark = 1; mark < table.script.length; mark += 1) {
    if (table.script[mark] === table.script[mark - 1]) sets.join(table.rater[mark] ?? 0, table.rater[mark - 1] ?? 0);
  }
  const groups = new Map<number, string[]>();
  table.raters.forEach((id, rater) => {
    const root = sets.find(rater);
    groups.set(root, [...(groups.get(root) ?? []), id]);
  });
  return [...groups.values()].sort((a, b) => b.length - a.length);
}
