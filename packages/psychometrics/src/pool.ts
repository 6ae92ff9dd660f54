/** What assembly must know of an item. */
export interface PoolItem {
  readonly id: string;
  readonly skill: string;
  readonly level: string;
  /** A second demand a slot may make, e.g. `interactive`; empty for none. */
  readonly tag: string;
  readonly subSkill: string;
  readonly topic: string;
  /** `scored` and `pretest` items may be picked; `none` is known only for its set mates and enemies (resting, retired). */
  readonly use: "scored" | "pretest" | "none";
  readonly anchor: boolean;
  /** How often it has been allotted so far. */
  readonly exposure: number;
  /** Logits. */
  readonly difficulty: number;
  /** Slope of the two-parameter model; 1 when absent. */
  readonly discrimination?: number | undefined;
  /** How long a candidate is expected to take; 0 when absent. */
  readonly seconds?: number | undefined;
  /** Items of one set share a stimulus. */
  readonly set?: string | null | undefined;
  /** Items that may never share a form with it; one side saying so is enough. */
  readonly enemies?: readonly string[] | undefined;
}

/** An item as the pool keeps it. */
export interface Entry {
  readonly id: string;
  readonly kind: Kind;
  readonly difficulty: number;
  readonly discrimination: number;
  readonly seconds: number;
  readonly set: string | null;
  exposure: number;
}

/** Items equal in everything a blueprint counts. */
export interface Kind {
  readonly key: string;
  readonly cell: Cell;
  readonly skill: string;
  readonly level: string;
  readonly tag: string;
  readonly use: PoolItem["use"];
  readonly anchor: boolean;
  /** Numbers that stand for the names: `Pool.subSkillNames`, `Pool.topicNames`. */
  readonly subSkill: number;
  readonly topic: number;
  /** The exposures that occur, ascending; `buckets[i]` holds the items of `exposures[i]` in the order of their ids. */
  readonly exposures: number[];
  readonly buckets: Entry[][];
  /** Its place in the cell. */
  index: number;
}

/** All items that fit one slot. */
export interface Cell {
  /** In the order of their keys: a form must not depend on the order in which items came in. */
  readonly kinds: Kind[];
  /** The least exposure in each kind, Infinity in an empty one: side by side, so that all can be read in one sweep. */
  readonly least: number[];
  /** What its kinds are about, empty ones included. */
  readonly subSkills: Set<number>;
  readonly topics: Set<number>;
  count: number;
  /** How many of them belong to a set. */
  inSets: number;
  allotted: number;
}

const noEntries: readonly Entry[] = [];
const noIds: ReadonlySet<string> = new Set();

/**
 * An index of the bank for assembly: kinds of items, each ordered by exposure. It is changed item by item, never
 * rebuilt, and what it holds depends on the items alone, not on the order in which they came and changed.
 */
export class Pool {
  readonly subSkillNames: string[] = [];
  readonly topicNames: string[] = [];
  readonly #subSkills = new Map<string, number>();
  readonly #topics = new Map<string, number>();
  readonly #entries = new Map<string, Entry>();
  readonly #cells = new Map<string, Cell>();
  readonly #kinds = new Map<string, Kind>();
  readonly #sets = new Map<string, Entry[]>();
  readonly #named = new Map<string, readonly string[]>();
  readonly #enemies = new Map<string, Set<string>>();
  #mostRelations = 0;

  get size(): number {
    return this.#entries.size;
  }

  find(id: string): Entry | undefined {
    return this.#entries.get(id);
  }

  entries(): IterableIterator<Entry> {
    return this.#entries.values();
  }

  cell(skill: string, level: string, tag: string, use: PoolItem["use"], anchor: boolean): Cell | undefined {
    return this.#cells.get(cellKey(skill, level, tag, use, anchor));
  }

  enemiesOf(id: string): ReadonlySet<string> {
    return this.#enemies.get(id) ?? noIds;
  }

  /** No item excludes more others than this. */
  get mostRelations(): number {
    return this.#mostRelations;
  }

  isRelated(entry: Entry): boolean {
    return entry.set !== null || (this.#enemies.size > 0 && (this.#enemies.get(entry.id)?.size ?? 0) > 0);
  }

  /** Every item of a set, or none. */
  setOf(set: string | null): readonly Entry[] {
    return set === null ? noEntries : (this.#sets.get(set) ?? noEntries);
  }

  /** All sets, in the order of their ids. Reads every set of the pool. */
  sets(): (readonly Entry[])[] {
    return [...this.#sets.keys()].sort().map((set) => this.setOf(set));
  }

  subSkill(name: string): number {
    return numberOf(this.#subSkills, this.subSkillNames, name);
  }

  /** Adds an item, or puts it in the place of what was known of it. */
  upsert(item: PoolItem): void {
    this.remove(item.id);
    const kind = this.#kindFor(item);
    const entry: Entry = {
      id: item.id,
      kind,
      difficulty: item.difficulty,
      discrimination: item.discrimination ?? 1,
      seconds: item.seconds ?? 0,
      set: item.set ?? null,
      exposure: item.exposure,
    };
    this.#entries.set(item.id, entry);
    joinBucket(entry);
    kind.cell.count += 1;
    kind.cell.allotted += item.exposure;
    if (entry.set !== null) {
      listAt(this.#sets, entry.set).push(entry);
      kind.cell.inSets += 1;
    }
    if (item.enemies !== undefined && item.enemies.length > 0) {
      this.#named.set(item.id, item.enemies);
      for (const enemy of item.enemies) {
        setAt(this.#enemies, item.id).add(enemy);
        setAt(this.#enemies, enemy).add(item.id);
        this.#noteRelations(enemy);
      }
    }
    this.#noteRelations(item.id);
  }

  /** Forgets an item. That others call it their enemy is kept: a candidate may have met it. */
  remove(id: string): void {
    const entry = this.#entries.get(id);
    if (!entry) return;
    this.#entries.delete(id);
    leaveBucket(entry);
    entry.kind.cell.count -= 1;
    entry.kind.cell.allotted -= entry.exposure;
    if (entry.set !== null) {
      entry.kind.cell.inSets -= 1;
      const mates = this.#sets.get(entry.set) ?? [];
      mates.splice(mates.indexOf(entry), 1);
      if (mates.length === 0) this.#sets.delete(entry.set);
    }
    for (const enemy of this.#named.get(id) ?? []) {
      if (this.#named.get(enemy)?.includes(id)) continue;
      this.#enemies.get(id)?.delete(enemy);
      this.#enemies.get(enemy)?.delete(id);
    }
    this.#named.delete(id);
  }

  /** Counts one more allotment of each; ids it does not hold are no concern of it. */
  recordAllotment(ids: Iterable<string>): void {
    for (const id of ids) this.addExposure(id, 1);
  }

  addExposure(id: string, allotments: number): void {
    const entry = this.#entries.get(id);
    if (!entry || allotments === 0) return;
    leaveBucket(entry);
    entry.exposure += allotments;
    entry.kind.cell.allotted += allotments;
    joinBucket(entry);
  }

  #noteRelations(id: string): void {
    const relations = this.enemiesOf(id).size + this.setOf(this.#entries.get(id)?.set ?? null).length;
    this.#mostRelations = Math.max(this.#mostRelations, relations);
  }

  #kindFor({ skill, level, tag, use, anchor, subSkill, topic }: PoolItem): Kind {
    const cellName = cellKey(skill, level, tag, use, anchor);
    const key = `${cellName}\n${subSkill}\n${topic}`;
    const known = this.#kinds.get(key);
    if (known) return known;
    const cell = this.#cells.get(cellName) ?? emptyCell();
    this.#cells.set(cellName, cell);
    const kind: Kind = {
      ...{ key, cell, skill, level, tag, use, anchor },
      subSkill: this.subSkill(subSkill),
      topic: numberOf(this.#topics, this.topicNames, topic),
      exposures: [],
      buckets: [],
      index: 0,
    };
    this.#kinds.set(key, kind);
    cell.subSkills.add(kind.subSkill);
    cell.topics.add(kind.topic);
    const place = cell.kinds.findIndex((other) => other.key > key);
    cell.kinds.splice(place < 0 ? cell.kinds.length : place, 0, kind);
    cell.least.splice(place < 0 ? cell.least.length : place, 0, Number.POSITIVE_INFINITY);
    for (const [index, other] of cell.kinds.entries()) other.index = index;
    return kind;
  }
}

/** The index of these items. */
export function createPool(items: Iterable<PoolItem>): Pool {
  const pool = new Pool();
  for (const item of items) pool.upsert(item);
  return pool;
}

/**
 * The `wanted` least exposed items of a kind that are not to be skipped; among equally exposed ones where `random` says,
 * so that candidates who start together draw different ones.
 */
export function leastExposed(
  kind: Kind,
  wanted: number,
  skip: (entry: Entry) => boolean,
  random: () => number,
): Entry[] {
  const taken: Entry[] = [];
  for (const bucket of kind.buckets) {
    const start = Math.floor(random() * bucket.length);
    for (let step = 0; step < bucket.length; step += 1) {
      const entry = bucket[(start + step) % bucket.length];
      if (entry === undefined || skip(entry)) continue;
      taken.push(entry);
      if (taken.length === wanted) return taken;
    }
  }
  return taken;
}

function cellKey(skill: string, level: string, tag: string, use: PoolItem["use"], anchor: boolean): string {
  return `${skill}\n${level}\n${tag}\n${use}\n${anchor ? "anchor" : ""}`;
}

function emptyCell(): Cell {
  return { kinds: [], least: [], subSkills: new Set(), topics: new Set(), count: 0, inSets: 0, allotted: 0 };
}

function numberOf(numbers: Map<string, number>, names: string[], name: string): number {
  const known = numbers.get(name);
  if (known !== undefined) return known;
  numbers.set(name, names.length);
  return names.push(name) - 1;
}

function listAt<V>(lists: Map<string, V[]>, key: string): V[] {
  const list = lists.get(key) ?? [];
  lists.set(key, list);
  return list;
}

function setAt(sets: Map<string, Set<string>>, key: string): Set<string> {
  const set = sets.get(key) ?? new Set();
  sets.set(key, set);
  return set;
}

function joinBucket(entry: Entry): void {
  const { exposures, buckets } = entry.kind;
  let index = 0;
  while (index < exposures.length && (exposures[index] ?? 0) < entry.exposure) index += 1;
  const bucket = exposures[index] === entry.exposure ? buckets[index] : undefined;
  if (bucket !== undefined) {
    bucket.splice(placeOf(bucket, entry.id), 0, entry);
    return;
  }
  exposures.splice(index, 0, entry.exposure);
  buckets.splice(index, 0, [entry]);
  noteLeast(entry.kind);
}

function leaveBucket(entry: Entry): void {
  const { exposures, buckets } = entry.kind;
  const index = exposures.indexOf(entry.exposure);
  const bucket = buckets[index];
  if (bucket === undefined) return;
  bucket.splice(placeOf(bucket, entry.id), 1);
  if (bucket.length > 0) return;
  exposures.splice(index, 1);
  buckets.splice(index, 1);
  noteLeast(entry.kind);
}

function noteLeast({ cell, index, exposures }: Kind): void {
  cell.least[index] = exposures[0] ?? Number.POSITIVE_INFINITY;
}

/** Where an id stands, or would stand, in an ordered bucket. */
function placeOf(bucket: readonly Entry[], id: string): number {
  const last = bucket.at(-1);
  // Items often come in the order of their ids.
  if (last !== undefined && last.id < id) return bucket.length;
  let low = 0;
  let high = bucket.length;
  while (low < high) {
    const middle = (low + high) >>> 1;
    if ((bucket[middle]?.id ?? "") < id) low = middle + 1;
    else high = middle;
  }
  return low;
}
