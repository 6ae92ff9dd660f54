import type { Entry, Pool } from "./pool.ts";

/** What the candidate has met, with set mates and enemies. Ids that the pool does not hold may still have enemies in it. */
export function blockedBy(pool: Pool, met: Iterable<string>): Set<Entry> {
  const blocked = new Set<Entry>();
  for (const id of met) {
    const entry = pool.find(id);
    if (entry) {
      blocked.add(entry);
      for (const mate of pool.setOf(entry.set)) blocked.add(mate);
    }
    for (const enemy of pool.enemiesOf(id)) {
      const other = pool.find(enemy);
      if (other) blocked.add(other);
    }
  }
  return blocked;
}
