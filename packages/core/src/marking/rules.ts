import { levelBands } from "@bandwise/scoring/cefr";
import { mean, multiply, type Rational, rational } from "@bandwise/scoring/rational";
import { IELP } from "@bandwise/scoring/schemes/ielp";
import type { RatedSkill, RubricFile, Scores } from "./schema.ts";

/**
 * Renewed while the marking page is open, so that a closed laptop or a crashed browser gives its script back by itself and
 * a working one never loses it. With the sweep that frees what has lapsed, every 15 s, it is two minutes at most.
 */
export const leaseSeconds = 105;
export const leaseRenewSeconds = 30;

export function leaseEnd(now: Date): Date {
  return new Date(now.getTime() + leaseSeconds * 1000);
}

/** Why an admin may not send a script back to be marked; null where nothing stands against it. */
export function reopenObstacle(script: {
  readonly status: string;
  readonly attemptStatus: string;
  readonly rated: boolean;
  /** One of its ratings judged something else than the answer is now. */
  readonly outdated: boolean;
  readonly inReview: boolean;
}): string | null {
  if (script.attemptStatus !== "marking" && script.attemptStatus !== "marked") {
    return "Its attempt is not being marked now.";
  }
  if (script.status === "cannot_be_marked") return null;
  if (script.status === "leased") return "An examiner has it just now.";
  if (!script.rated) return "Nobody has marked it yet.";
  // Marks are never sent back because somebody does not like them.
  return script.inReview && script.outdated
    ? null
    : "Its marks stand: only where a late answer is being reviewed can they be given anew.";
}

/** What a live script has and one that shows a benchmark lacks. @throws where a caller asked for live ones and got another. */
export function liveOnly<T>(value: T | null): T {
  if (value === null) throw new Error("a script without an attempt is not live");
  return value;
}

/** What an answer is at this moment, by its id: what a rating judged, and what a result can be traced to. */
export interface AnswerId {
  readonly entryId: string | null;
  readonly recordingId: string | null;
}

/** What `answerId` asks of an attempt's item. */
export const answerSelect = {
  id: true,
  response: { select: { value: true, entryId: true } },
  recordings: { select: { id: true, status: true, take: true } },
} as const;

export function answerId(item: {
  readonly skill: string;
  readonly response: { readonly value: unknown; readonly entryId: bigint } | null;
  readonly recordings: readonly { readonly id: string; readonly take: number; readonly status: string }[];
}): AnswerId {
  const entryId = item.response ? String(item.response.entryId) : null;
  if (item.skill === "writing") return { entryId, recordingId: null };
  return { entryId, recordingId: markedRecording(item.recordings, item.response?.value)?.id ?? null };
}

/** What a stored rating says it judged. */
export function judgedBy(rating: { readonly entryId: bigint | null; readonly recordingId: string | null }): AnswerId {
  return { entryId: rating.entryId === null ? null : String(rating.entryId), recordingId: rating.recordingId };
}

/** Whether a rating judged something else than the answer is now. */
export function isOutdated(skill: string, judged: AnswerId, answer: AnswerId): boolean {
  return skill === "writing" ? judged.entryId !== answer.entryId : judged.recordingId !== answer.recordingId;
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

/** Takes a page hands in after it lost the writer's place carry numbers above these. */
const ownTakes = 2;

/**
 * The recording that is marked: the one the answer names; where that one cannot be heard, the last take of the page that
 * wrote. A take from beside comes last: it never silently wins.
 */
export function markedRecording<R extends { readonly id: string; readonly take: number; readonly status: string }>(
  recordings: readonly R[],
  answer: unknown,
): R | null {
  const named = answer !== null && typeof answer === "object" && "recordingId" in answer ? answer.recordingId : null;
  const rank = (recording: R): number =>
    (recording.status === "processed" ? 0 : 4) + (recording.id === named ? 0 : recording.take <= ownTakes ? 1 : 2);
  const known = recordings.filter(({ status }) => status === "processed" || status === "failed");
  return known.toSorted((a, b) => rank(a) - rank(b) || b.take - a.take)[0] ?? null;
}

/** Whether there is anything to judge: words, or a recording that arrived. */
export function isAnswered(item: {
  readonly skill: string;
  readonly value: unknown;
  readonly recordings: readonly { readonly status: string }[];
}): boolean {
  if (item.skill === "writing") return !isEmptyText(item.value);
  return item.recordings.some(({ status }) => status === "processed" || status === "failed");
}

/** What a script adds to its section's raw score, written out exactly: mean of the criteria × weight of the level. */
export interface Contribution {
  /** Null until every criterion has its score. */
  readonly mean: string | null;
  readonly weight: string;
  readonly raw: string | null;
  readonly maximum: string;
}

/** @throws for a level that rated tasks do not have. */
export function contributionOf(skill: RatedSkill, level: string, scores: Scores): Contribution {
  const band = levelBands.find((known) => known === level);
  if (!band) throw new Error(`rated tasks have no level ${level}`);
  const weight = rational(IELP.rated.weightThousandths[band], 1000);
  const given = IELP.sections[skill].criteria.map((criterion) => scores[criterion]);
  const complete = given.every((score) => score !== undefined);
  const average = complete ? mean(given.map((score) => rational(score * 2, 2))) : null;
  return {
    mean: average && exactDecimal(average),
    weight: exactDecimal(weight),
    raw: average && exactDecimal(multiply(average, weight)),
    maximum: exactDecimal(multiply(rational(IELP.rated.rating.highest), weight)),
  };
}

/** A fraction whose denominator divides a power of ten, with every digit it has and two at least: 53/8 → "6.625". */
export function exactDecimal(value: Rational): string {
  for (let places = 2; places <= 15; places += 1) {
    const scaled = value.num * 10n ** BigInt(places);
    if (scaled % value.den !== 0n) continue;
    const digits = (scaled / value.den).toString().padStart(places + 1, "0");
    return `${digits.slice(0, -places)}.${digits.slice(-places)}`;
  }
  throw new Error(`${value.num}/${value.den} has no short decimal`);
}
