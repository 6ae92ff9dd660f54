import type { CannotMarkReason, RubricFile, Scores } from "./schema.ts";

/**
 * A lease lasts two minutes and is renewed while the marking page is open, so that a closed laptop or a crashed browser
 * gives its script back by itself, soon, and a working one never loses it.
 */
export const leaseSeconds = 120;
export const leaseRenewSeconds = 30;

export function leaseEnd(now: Date): Date {
  return new Date(now.getTime() + leaseSeconds * 1000);
}

/**
 * What a final rating does to its script. A response that is silent, in another language or about something else earns
 * nothing, which is a mark like any other; noise is nobody's fault, so an admin decides before anything counts.
 */
export function decideAfterRating(input: {
  ratingsNeeded: number;
  finalRatings: number;
  cannotMark: CannotMarkReason | null;
}): "waiting" | "settled" | "cannot_be_marked" {
  if (input.cannotMark === "noise") return "cannot_be_marked";
  return input.finalRatings >= input.ratingsNeeded ? "settled" : "waiting";
}

/** The criteria that still lack a score or do not belong to the rubric: criterion → rule. */
export function scoreProblems(rubric: RubricFile, given: Scores): Record<string, string> {
  const wanted = rubric.criteria.map((criterion) => criterion.id);
  return Object.fromEntries([
    ...wanted.filter((id) => given[id] === undefined).map((id) => [`scores.${id}`, "needs a score"]),
    ...Object.keys(given)
      .filter((id) => !wanted.includes(id))
      .map((id) => [`scores.${id}`, "is not a criterion of this rubric"]),
  ]);
}

export function zeroScores(rubric: RubricFile): Scores {
  return Object.fromEntries(rubric.criteria.map((criterion) => [criterion.id, 0]));
}

/** A writing answer with no word in it, or none at all. */
export function isEmptyText(value: unknown): boolean {
  return readText(value).trim() === "";
}

export function readText(value: unknown): string {
  if (value === null || typeof value !== "object" || !("text" in value)) return "";
  return typeof value.text === "string" ? value.text : "";
}
