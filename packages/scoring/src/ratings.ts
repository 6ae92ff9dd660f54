import { ScoringError } from "./error.ts";
import { type Rational, rational, roundHalfUp } from "./rational.ts";

/**
 * Criterion scores of markers, checked against their scheme's grid, and how several counting ratings of one script become one
 * score per criterion (domain.md, "Combining ratings").
 */
export type Ratings<Criterion extends string> = Readonly<Record<Criterion, number>>;

/** One rating, or all ratings of a script that count; at least one. */
export type CountingRatings<Criterion extends string> = Ratings<Criterion> | readonly Ratings<Criterion>[];

/** Which values a rating may take: 0 to `highest` in whole units of `1 / unitsPerPoint`. */
export interface RatingGrid {
  readonly highest: number;
  readonly unitsPerPoint: 2 | 100;
  readonly rule: string;
}

export const ielpGrid: RatingGrid = { highest: 10, unitsPerPoint: 2, rule: "must be from 0 to 10 in steps of 0.5" };
export const ieltsGrid: RatingGrid = { highest: 9, unitsPerPoint: 2, rule: "must be from 0 to 9 in steps of 0.5" };
export const ietGrid: RatingGrid = {
  highest: 100,
  unitsPerPoint: 100,
  rule: "must be from 0 to 100 with at most two decimals",
};

/** Checked ratings of one script: `units[rating][criterion]` and their sums per criterion, both in units of the grid. */
export interface ReadRatings {
  readonly units: readonly (readonly number[])[];
  readonly sums: readonly number[];
}

/** Ratings of one script that share its criteria among them: one may hold what another could not measure. */
export type SharedRatings<Criterion extends string> = Ratings<Criterion> | readonly Partial<Ratings<Criterion>>[];

/** As `ReadRatings`; a rating without a criterion has undefined there, and `counts` tells how many ratings have each. */
export interface ReadSharedRatings {
  readonly units: readonly (readonly (number | undefined)[])[];
  readonly sums: readonly number[];
  readonly counts: readonly number[];
}

/** More counting ratings than any marking policy asks for; bounds the common denominators. */
const MOST_RATINGS = 100;

/**
 * Checks the ratings of one script: every criterion of the scheme, no other, each on the grid. Throws ScoringError naming
 * `field.criterion` (`field[1].criterion` when a list was given).
 */
export function readRatings<Criterion extends string>(
  given: CountingRatings<Criterion>,
  criteria: readonly Criterion[],
  grid: RatingGrid,
  field: string,
): ReadRatings {
  if (!isList(given)) {
    const units = readOne(given, criteria, grid, field, undefined);
    return { units: [units], sums: units };
  }
  if (given.length === 0 || given.length > MOST_RATINGS) {
    throw new ScoringError(field, `needs 1 to ${MOST_RATINGS} ratings (has ${given.length})`);
  }
  if (given.length === 1 && given[0] !== undefined) {
    const units = readOne(given[0], criteria, grid, field, 0);
    return { units: [units], sums: units };
  }
  const units = given.map((one, index) => readOne(one, criteria, grid, field, index));
  return { units, sums: criteria.map((_, place) => units.reduce((sum, one) => sum + (one[place] ?? 0), 0)) };
}

/**
 * As `readRatings`, of ratings that may each lack criteria as long as together they have them all. Throws ScoringError naming
 * `field.criterion` that none of them has, `field[1].criterion` that lies off the grid or is unknown.
 */
export function readSharedRatings<Criterion extends string>(
  given: SharedRatings<Criterion>,
  criteria: readonly Criterion[],
  grid: RatingGrid,
  field: string,
): ReadSharedRatings {
  const isWhole = !Array.isArray(given) || given.every((one) => criteria.every((name) => one?.[name] !== undefined));
  if (isWhole || given.length > MOST_RATINGS) {
    const whole = readRatings(given as CountingRatings<Criterion>, criteria, grid, field);
    return { ...whole, counts: criteria.map(() => whole.units.length) };
  }
  const units = given.map((one, index) => {
    const held = criteria.filter((criterion) => one?.[criterion] !== undefined);
    const read = readOne(one as Ratings<Criterion>, held, grid, field, index);
    return criteria.map((criterion) => read[held.indexOf(criterion)]);
  });
  const counts = criteria.map((_, place) => units.filter((one) => one[place] !== undefined).length);
  const lacking = criteria[counts.indexOf(0)];
  if (lacking !== undefined) throw new ScoringError(`${field}.${lacking}`, "is missing");
  return { units, sums: criteria.map((_, place) => units.reduce((sum, one) => sum + (one[place] ?? 0), 0)), counts };
}

function readOne<Criterion extends string>(
  given: Ratings<Criterion>,
  criteria: readonly Criterion[],
  grid: RatingGrid,
  field: string,
  index: number | undefined,
): number[] {
  if (typeof given !== "object" || given === null) {
    throw new ScoringError(path(field, index), `must give a score for ${criteria.join(", ")}`);
  }
  const units: number[] = [];
  for (const criterion of criteria) {
    const value: unknown = given[criterion];
    const count = typeof value === "number" ? unitsOf(value, grid) : undefined;
    if (count === undefined) {
      const rule = value === undefined ? "is missing" : typeof value === "number" ? grid.rule : "must be a number";
      throw new ScoringError(path(field, index, criterion), rule);
    }
    units.push(count);
  }
  // Every criterion is there: only with more names than criteria is one of them unknown.
  const names = Object.keys(given);
  if (names.length !== criteria.length) {
    const unknown = names.find((name) => !criteria.some((criterion) => criterion === name)) ?? "";
    throw new ScoringError(path(field, index, unknown), `is not a criterion (${criteria.join(", ")})`);
  }
  return units;
}

/** The value in units of the grid, undefined when it lies off the grid. 65.1 × 100 is not whole in binary: rounding and dividing back tells. */
function unitsOf(value: number, grid: RatingGrid): number | undefined {
  const count = Math.round(value * grid.unitsPerPoint);
  const onGrid = count / grid.unitsPerPoint === value && value >= 0 && value <= grid.highest;
  return onGrid ? Math.abs(count) : undefined;
}

/** `iet-speaking`: the exact mean of each criterion over the ratings that have it, in points, in the order of `criteria`. */
export function exactMeans(ratings: ReadSharedRatings, grid: RatingGrid): Rational[] {
  return ratings.sums.map((sum, place) => rational(sum, (ratings.counts[place] ?? 1) * grid.unitsPerPoint));
}

/** `ielts-speaking`: the mean of each criterion to the nearest half band, ties up, counted in halves. */
export function nearestHalves(ratings: ReadRatings): number[] {
  return ratings.sums.map((sum) => Number(roundHalfUp(rational(sum, ratings.units.length))));
}

function path(field: string, index: number | undefined, criterion?: string): string {
  const rating = index === undefined ? field : `${field}[${index}]`;
  return criterion === undefined ? rating : `${rating}.${criterion}`;
}

function isList<Criterion extends string>(given: CountingRatings<Criterion>): given is readonly Ratings<Criterion>[] {
  return Array.isArray(given);
}
