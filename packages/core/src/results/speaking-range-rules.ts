import type { IeltsSpeakingResult } from "@bandwise/scoring/ielts-speaking";
import type { IetSpeakingResult } from "@bandwise/scoring/iet-speaking";
import { IELTS_SPEAKING } from "@bandwise/scoring/schemes/ielts-speaking";
import { IET_SPEAKING } from "@bandwise/scoring/schemes/iet-speaking";
import { fractionValue, type MarkErrorFound } from "./range-rules.ts";
import type { ScoreRange } from "./range-schema.ts";
import type { ResultInputs } from "./schema.ts";

/** What one examiner's marks are worth: on each criterion, and the mean of all of them. */
export interface CriterionErrors {
  criterion(id: string): MarkErrorFound;
  readonly mean: MarkErrorFound;
}

/** One standard error of a machine's score as the machine states it; null where it states none. */
export type StatedError = (machineRatingId: string, criterion: string) => number | null;

type Rating = ResultInputs["tasks"][number]["ratings"][number];
const two = (value: number) => value.toFixed(2);
const between = (value: number, highest: number) => Math.min(highest, Math.max(0, value));
const byPerson = ({ ratingId }: Rating) => ratingId !== null;

/** To the nearest half, ties up, as the scheme rounds. */
const toHalf = (band: number) => Math.floor(band * 2 + 0.5) / 2;

/**
 * The range of an interview: each criterion's mean one standard error down and up, to the half band as the scheme rounds; the
 * overall band from the mean of the four in the same way, less what consistency took off, that being kept. The mean has its own
 * error, found from the means of pairs of marks: an examiner who is severe is so on all four.
 */
export function ieltsRange(
  { tasks }: ResultInputs,
  { trace, mean, penalty, overall }: IeltsSpeakingResult,
  marks: CriterionErrors,
): ScoreRange {
  const { lowest, highest } = IELTS_SPEAKING.rating;
  const given = tasks[0]?.ratings.filter(byPerson).length ?? 0;
  const spread = (error: number) => (given === 0 ? 0 : error / Math.sqrt(given));
  const at = (exactScore: number, band: number, error: number, less: number) => ({
    low: Math.min(band, Math.max(lowest, toHalf(between(exactScore - error, highest)) - less)).toFixed(1),
    high: Math.max(band, Math.min(highest, toHalf(between(exactScore + error, highest)) - less)).toFixed(1),
    error: two(error),
  });
  const sections: ScoreRange["sections"] = {};
  for (const criterion of trace?.criteria ?? []) {
    const { error, ...how } = marks.criterion(criterion.criterion);
    const own = spread(error);
    sections[criterion.criterion] = {
      ...how,
      rawError: two(own),
      ...at(fractionValue(criterion.mean), Number(criterion.band), own, 0),
    };
  }
  return {
    format: 1,
    sections,
    overall: at(Number(mean), Number(overall), spread(marks.mean.error), Number(penalty)),
  };
}

/** What is unsure about one score: what repeats itself in every answer of the same voice, and what does not. */
interface Unsure {
  readonly shared: number;
  readonly own: number;
}

/**
 * The range of a spoken test. A machine's error counts as the same on every answer, for one voice is heard by one machine:
 * nothing of it averages out, which makes the range as wide as it can be. People's marks of different answers err each for
 * themselves; those of one answer err alike on its criteria, unless all of them were given, whose mean has an error of its own.
 */
export function ietRange(
  { tasks }: ResultInputs,
  { trace, overall }: IetSpeakingResult,
  marks: CriterionErrors,
  stated: StatedError,
): ScoreRange {
  const one = (criterion: string) => marks.criterion(criterion);
  const criteria = IET_SPEAKING.criteria;
  const table = tasks.map(({ ratings }) => ({
    whole: ratings.every((rating) => byPerson(rating) && criteria.every((criterion) => criterion in rating.scores)),
    people: ratings.filter(byPerson).length,
    unsure: criteria.map((criterion): Unsure => {
      const having = ratings.filter(({ scores }) => criterion in scores);
      const machines = having.filter(({ machineRatingId }) => machineRatingId !== null);
      const people = having.filter(byPerson).length;
      const sum = machines.reduce(
        (total, { machineRatingId }) => total + (stated(machineRatingId ?? "", criterion) ?? one(criterion).error),
        0,
      );
      const count = Math.max(1, having.length);
      return { shared: sum / count, own: (Math.sqrt(people) * one(criterion).error) / count };
    }),
  }));
  const total = (values: readonly number[]) => values.reduce((sum, value) => sum + value, 0);
  const together = (shared: readonly number[], own: readonly number[]) =>
    Math.hypot(total(shared), Math.hypot(...own)) / Math.max(1, tasks.length);
  const at = (score: number, error: number) => ({
    low: two(between(score - error, 100)),
    high: two(between(score + error, 100)),
    error: two(error),
  });
  const sections: ScoreRange["sections"] = {};
  for (const [place, criterion] of criteria.entries()) {
    const unsure = table.map((task) => task.unsure[place] ?? { shared: 0, own: 0 });
    const error = together(
      unsure.map(({ shared }) => shared),
      unsure.map(({ own }) => own),
    );
    const score = Number(trace?.criteria.find((line) => line.criterion === criterion)?.mean ?? 0);
    sections[criterion] = { ...howKnown(unsure, one(criterion)), rawError: two(error), ...at(score, error) };
  }
  const error = together(
    table.map(({ unsure }) => total(unsure.map(({ shared }) => shared)) / criteria.length),
    table.map(({ unsure, whole, people }) =>
      whole && people > 0
        ? marks.mean.error / Math.sqrt(people)
        : total(unsure.map(({ own }) => own)) / criteria.length,
    ),
  );
  return { format: 1, sections, overall: at(Number(overall), error) };
}

function howKnown(
  unsure: readonly Unsure[],
  { method, scripts }: MarkErrorFound,
): Pick<ScoreRange["sections"][string], "method" | "scripts"> {
  const machine = unsure.some(({ shared }) => shared > 0);
  if (machine) return { method: unsure.some(({ own }) => own > 0) ? "machine-and-marks" : "machine" };
  return { method, ...(scripts !== undefined && { scripts }) };
}
