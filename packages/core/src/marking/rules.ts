import { levelBands } from "@bandwise/scoring/cefr";
import { formatHalfUp, mean, multiply, type Rational, rational } from "@bandwise/scoring/rational";
import { IELP } from "@bandwise/scoring/schemes/ielp";
import type { RatedSkill, RatingScale, RubricFile, Scores } from "./schema.ts";

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

/** Whether a score is one of the scale's. Steps are halves or wholes: sums of them are exact in binary. */
export function isOnScale({ lowest, highest, step }: RatingScale, score: number): boolean {
  return score >= lowest && score <= highest && Number.isInteger((score - lowest) / step);
}

/** The criteria of a rubric that an examiner is asked for; none named: all. */
export function criteriaAsked(rubric: RubricFile, asked: readonly string[]): RubricFile["criteria"] {
  return asked.length === 0 ? rubric.criteria : rubric.criteria.filter(({ id }) => asked.includes(id));
}

/** Scores that do not belong to the rubric or lie off its scale, and of a `final` rating the criteria asked for that lack one: field → rule. */
export function scoreProblems(
  rubric: RubricFile,
  given: Scores,
  { asked = [], final }: { readonly asked?: readonly string[]; readonly final: boolean },
): Record<string, string> {
  const wanted = criteriaAsked(rubric, asked).map((criterion) => criterion.id);
  const { lowest, highest, step } = rubric.scale;
  return Object.fromEntries([
    ...wanted.filter((id) => final && given[id] === undefined).map((id) => [`scores.${id}`, "needs a score"]),
    ...Object.entries(given).flatMap(([id, score]) => {
      if (!wanted.includes(id)) return [[`scores.${id}`, "is not a criterion that this rubric asks for here"]];
      return isOnScale(rubric.scale, score)
        ? []
        : [[`scores.${id}`, `must be from ${lowest} to ${highest} in steps of ${step}`]];
    }),
  ]);
}

/** What a response earns that cannot be marked: the lowest score of the scale on every criterion asked for. */
export function zeroScores(rubric: RubricFile, asked: readonly string[] = []): Scores {
  return Object.fromEntries(criteriaAsked(rubric, asked).map((criterion) => [criterion.id, rubric.scale.lowest]));
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

/** Null for tasks without a weight of their own: those that are put to everybody. */
export function contributionOf(skill: RatedSkill, level: string, scores: Scores): Contribution | null {
  const band = levelBands.find((known) => known === level);
  if (!band) return null;
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

/** The mean of the marks given, exact where the task has a weight, else with two decimals; null until there is one. */
export function meanOf(skill: RatedSkill, level: string, scores: Scores): string | null {
  const added = contributionOf(skill, level, scores);
  if (added) return added.mean;
  const given = Object.values(scores);
  return given.length === 0 ? null : formatHalfUp(mean(given.map((score) => rational(score * 2, 2))), 2);
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
