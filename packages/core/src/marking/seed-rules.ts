import { seededRandom } from "@bandwise/psychometrics/random";
import { differenceBetween, isWithin } from "./policy-rules.ts";
import type { Difference, PolicyData, Tolerance } from "./policy-schema.ts";
import type { Scores } from "./schema.ts";

type SeedPolicy = PolicyData["seeds"];

/**
 * Whether the next script is a seed. Of each run of `every` scripts exactly one is, at a place that hangs on the examiner
 * and the run: the share is kept from the first day, and counting does not give the place away.
 *
 * @param given how many scripts of the skill, seeds among them, the examiner has had so far
 */
export function isSeedDue(examiner: string, every: number, given: number): boolean {
  if (every <= 0) return false;
  const place = Math.floor(seededRandom(`seed:${examiner}:${every}:${Math.floor(given / every)}`)() * every);
  return given % every === place;
}

export function judgeSeed(given: Scores, model: Scores, limit: Tolerance): { missed: boolean; difference: Difference } {
  const difference = differenceBetween(model, given);
  return { missed: !isWithin(difference, limit), difference };
}

export interface MarkedSeed {
  readonly scriptId: string;
  readonly at: Date;
  readonly missed: boolean;
}

/**
 * What the newest seed leads to. `told`: a miss in the grace period, which the lead sees and nothing follows from.
 *
 * @param seeds since the examiner last qualified or was let go on, oldest first, the newest last
 * @param liveMarks how many live marks she has given since then
 * @param startedAt when that was
 */
export function decideAfterSeed(
  policy: SeedPolicy,
  seeds: readonly MarkedSeed[],
  liveMarks: number,
  startedAt: Date,
): { kind: "good" | "told" } | { kind: "hold"; missed: readonly string[]; goodUntil: Date } {
  const newest = seeds.at(-1);
  if (!newest?.missed) return { kind: "good" };
  const missed = seeds.slice(-policy.window).filter((seed) => seed.missed);
  if (missed.length < policy.misses || liveMarks < policy.graceMarks) return { kind: "told" };
  return {
    kind: "hold",
    missed: missed.map(({ scriptId }) => scriptId),
    goodUntil: seeds.findLast((seed) => !seed.missed)?.at ?? startedAt,
  };
}
