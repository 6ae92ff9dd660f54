import type { SpeechVerdict } from "./speech-schema.ts";

/** What an examiner is asked for after the machine: the criteria without a score. */
export function missingCriteria(verdict: SpeechVerdict | null, all: readonly string[]): string[] {
  return all.filter((id) => (verdict?.criteria.find(({ criterion }) => criterion === id)?.score ?? null) === null);
}

/** A script is with the machine for seconds; after this long something has gone wrong, and people take it. */
export const stuckAfterMs = 15 * 60_000;
