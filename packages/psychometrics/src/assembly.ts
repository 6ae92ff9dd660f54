import { seededRandom } from "./random.ts";

/** Written into every form: raise it whenever the same pool and seed could give another form. */
export const assemblyVersion = "1";

/** An item the candidate has never met, as far as assembly must know it. */
export interface PoolItem {
  readonly id: string;
  readonly level: string;
  /** A second demand a slot may make, e.g. `interactive`. */
  readonly tag: string;
  readonly subSkill: string;
  readonly topic: string;
  readonly anchor: boolean;
  /** How often it has been allotted so far. */
  readonly exposure: number;
}

export interface Slot {
  readonly level: string;
  readonly tag: string;
  readonly count: number;
}

export interface Pick {
  readonly item: PoolItem;
  readonly reason: string;
}

export interface Shortage {
  readonly level: string;
  readonly tag: string;
  readonly needed: number;
  readonly available: number;
}

export type Assembly =
  | { readonly ok: true; readonly picks: readonly Pick[]; readonly anchorsMissing: number }
  | { readonly ok: false; readonly shortages: readonly Shortage[] };

/**
 * How far above the least-exposed choice an item may lie and still be taken for the sake of spread. One allotment is
 * enough freedom for good spread, and keeps the exposure of any two interchangeable items within two of each other.
 */
const exposureSlack = 1;

/**
 * Picks a section's items: exactly `slot.count` per slot, `anchors` of them anchor items (at most one per slot, fewer
 * when the candidate has met them: `anchorsMissing` says how many), the others from outside the anchor pool. Among the
 * least exposed it takes the set that spreads best over sub-skills and topics. Same input and seed, same form.
 *
 * @returns the picks in slot order, or the slots that cannot be filled.
 */
export function assembleSection(input: {
  readonly slots: readonly Slot[];
  readonly anchors: number;
  readonly pool: readonly PoolItem[];
  readonly seed: string;
}): Assembly {
  const random = seededRandom(input.seed);
  // Sorted first, so that the order in which a database returns rows cannot change a form.
  const pool = [...input.pool].sort((a, b) => (a.id < b.id ? -1 : 1)).map((item) => ({ item, rank: random() }));
  const bySlot = input.slots.map((slot) => {
    const fitting = pool.filter(({ item }) => item.level === slot.level && item.tag === slot.tag);
    const ordered = fitting
      .sort((a, b) => a.item.exposure - b.item.exposure || a.rank - b.rank)
      .map(({ item }) => item);
    return { slot, anchors: ordered.filter((item) => item.anchor), plain: ordered.filter((item) => !item.anchor) };
  });

  const anchored = chooseAnchorSlots(bySlot, input.anchors, random);
  const places: Place[] = [];
  const shortages: Shortage[] = [];
  for (const [index, { slot, anchors, plain }] of bySlot.entries()) {
    const anchor = anchored.has(index) ? anchors[0] : undefined;
    const needed = slot.count - (anchor ? 1 : 0);
    if (plain.length < needed) {
      shortages.push({ level: slot.level, tag: slot.tag, needed, available: plain.length });
      continue;
    }
    if (anchor) places.push({ chosen: anchor, window: [anchor], slotSize: anchors.length });
    const limit = (plain[needed - 1]?.exposure ?? 0) + exposureSlack;
    const window = plain.filter((item) => item.exposure <= limit);
    for (const chosen of window.slice(0, needed)) places.push({ chosen, window, slotSize: plain.length });
  }
  if (shortages.length > 0) return { ok: false, shortages };

  improveSpread(places);
  return {
    ok: true,
    picks: places.map(({ chosen, slotSize }) => ({ item: chosen, reason: reasonFor(chosen, slotSize) })),
    anchorsMissing: input.anchors - anchored.size,
  };
}

interface Place {
  chosen: PoolItem;
  /** What may stand here instead. */
  readonly window: readonly PoolItem[];
  readonly slotSize: number;
}

interface SlotPool {
  readonly slot: Slot;
  readonly anchors: readonly PoolItem[];
  readonly plain: readonly PoolItem[];
}

/** The slots whose least-exposed anchor has been used least; ties fall by the seed. A slot that needs an anchor to be full comes first. */
function chooseAnchorSlots(slots: readonly SlotPool[], wanted: number, random: () => number): Set<number> {
  const candidates = slots
    .map(({ slot, anchors, plain }, index) => ({
      index,
      exposure: anchors[0]?.exposure,
      scarce: plain.length < slot.count,
      rank: random(),
    }))
    .filter((entry) => entry.exposure !== undefined)
    .sort((a, b) => Number(b.scarce) - Number(a.scarce) || (a.exposure ?? 0) - (b.exposure ?? 0) || a.rank - b.rank);
  return new Set(candidates.slice(0, wanted).map((entry) => entry.index));
}

/** Changes one pick at a time for the better until none helps: the cost is whole and falls with each change, so it ends. */
function improveSpread(places: readonly Place[]): void {
  const subSkills = new Map<string, number>();
  const topics = new Map<string, number>();
  const taken = new Set<PoolItem>();
  for (const { chosen } of places) {
    add(subSkills, chosen.subSkill, 1);
    add(topics, chosen.topic, 1);
    taken.add(chosen);
  }
  for (let improved = true; improved; ) {
    improved = false;
    for (const place of places) {
      const { chosen } = place;
      let best = chosen;
      let bestGain = 0;
      for (const other of place.window) {
        if (taken.has(other)) continue;
        const gain = spreadGain(subSkills, topics, chosen, other) * 1000 + (chosen.exposure - other.exposure);
        if (gain > bestGain) {
          best = other;
          bestGain = gain;
        }
      }
      if (best === chosen) continue;
      add(subSkills, chosen.subSkill, -1);
      add(topics, chosen.topic, -1);
      add(subSkills, best.subSkill, 1);
      add(topics, best.topic, 1);
      taken.delete(chosen);
      taken.add(best);
      place.chosen = best;
      improved = true;
    }
  }
}

/** By how much the sum of squared counts falls when `other` replaces `chosen`: fewer repeats, more spread. */
function spreadGain(
  subSkills: ReadonlyMap<string, number>,
  topics: ReadonlyMap<string, number>,
  chosen: PoolItem,
  other: PoolItem,
): number {
  return squareGain(subSkills, chosen.subSkill, other.subSkill) + squareGain(topics, chosen.topic, other.topic);
}

function squareGain(counts: ReadonlyMap<string, number>, from: string, to: string): number {
  if (from === to) return 0;
  const leaving = counts.get(from) ?? 0;
  const entering = counts.get(to) ?? 0;
  return leaving ** 2 - (leaving - 1) ** 2 + entering ** 2 - (entering + 1) ** 2;
}

function add(counts: Map<string, number>, name: string, change: number): void {
  counts.set(name, (counts.get(name) ?? 0) + change);
}

function reasonFor(item: PoolItem, slotSize: number): string {
  const kind = item.anchor ? "anchor, least exposed" : "least exposed with best spread";
  return `${kind} of ${slotSize} unseen at ${item.level}`;
}
