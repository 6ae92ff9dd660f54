import { belowA1, isIndependentUser, type SingleLevel } from "./cefr.ts";
import { ScoringError } from "./error.ts";
import { exactMeans, ietGrid, readSharedRatings, type SharedRatings } from "./ratings.ts";
import { formatHalfUp, formatScaled, mean, type Rational, roundHalfUp, toFraction, ZERO } from "./rational.ts";
import { type SchemeStamp, stampOf } from "./scheme.ts";
import { IET_SPEAKING, type IetCriterion, type IetTask } from "./schemes/iet-speaking.ts";

export interface IetSpeakingResult {
  readonly scheme: "iet-speaking";
  readonly version: string;
  readonly hash: string;
  /** Task scores in the order given, two decimals. */
  readonly tasks: readonly string[];
  readonly overall: string;
  readonly cefr: SingleLevel;
  readonly independentUser: boolean;
  /** The level's words for certificate and report. */
  readonly descriptor: string;
  readonly trace?: IetSpeakingTrace;
}

export interface IetSpeakingTrace {
  readonly scheme: SchemeStamp;
  readonly tasks: readonly {
    readonly task: IetTask;
    readonly criteria: readonly {
      readonly criterion: IetCriterion;
      /** Each counting rating that has the criterion, two decimals. */
      readonly scores: readonly string[];
      readonly mean: string;
      readonly meanDecimal: string;
    }[];
    readonly exactScore: string;
    readonly score: string;
  }[];
  /** Each criterion over the tasks: what a profile shows; nothing is worked out from it. */
  readonly criteria: readonly { readonly criterion: IetCriterion; readonly exactMean: string; readonly mean: string }[];
  readonly exactOverall: string;
  readonly overall: string;
  /** Scores above `above` and up to `upper` are this level; null below the table. */
  readonly row: { readonly above: string; readonly upper: string } | null;
  readonly cefr: SingleLevel;
}

/**
 * Scores a machine-rated speaking test (scoring.md, 3): four tasks in the scheme's order, each with one rating or all that
 * count (those may share the criteria among them), criteria 0–100 with at most two decimals. Means stay exact up to the one rounding of each printed number. Throws
 * ScoringError naming the bad field.
 */
export function scoreIetSpeaking(
  tasks: readonly SharedRatings<IetCriterion>[],
  options: { readonly trace?: boolean } = {},
): IetSpeakingResult {
  if (!Array.isArray(tasks)) throw new ScoringError("tasks", tasks === undefined ? "is missing" : "must be a list");
  if (tasks.length !== IET_SPEAKING.tasks.length) {
    throw new ScoringError("tasks", `needs ${IET_SPEAKING.tasks.length} tasks (has ${tasks.length})`);
  }
  const read = IET_SPEAKING.tasks.map((task, index) => {
    const ratings = readSharedRatings(tasks[index] ?? [], IET_SPEAKING.criteria, ietGrid, `tasks[${index}]`);
    const means = exactMeans(ratings, ietGrid);
    return { task: task.id, ratings, means, score: mean(means) };
  });
  const exact = mean(read.map((task) => task.score));
  const place = levelOf(exact);
  const result: IetSpeakingResult = {
    scheme: "iet-speaking",
    version: IET_SPEAKING.version,
    hash: IET_SPEAKING.hash,
    tasks: read.map((task) => formatHalfUp(task.score, 2)),
    overall: formatHalfUp(exact, 2),
    cefr: place?.cefr ?? belowA1,
    independentUser: isIndependentUser(place?.cefr ?? belowA1),
    descriptor: place?.descriptor ?? IET_SPEAKING.belowTableDescriptor,
  };
  if (options.trace !== true) return result;
  return {
    ...result,
    trace: {
      scheme: stampOf(IET_SPEAKING),
      tasks: read.map(({ task, ratings, means, score }) => ({
        task,
        criteria: IET_SPEAKING.criteria.map((criterion, place) => {
          const criterionMean = means[place] ?? ZERO;
          return {
            criterion,
            scores: ratings.units.flatMap((rating) => {
              const units = rating[place];
              return units === undefined ? [] : [formatScaled(units, 2)];
            }),
            mean: toFraction(criterionMean),
            meanDecimal: formatHalfUp(criterionMean, 3),
          };
        }),
        exactScore: toFraction(score),
        score: formatHalfUp(score, 2),
      })),
      criteria: IET_SPEAKING.criteria.map((criterion, place) => {
        const over = mean(read.map((task) => task.means[place] ?? ZERO));
        return { criterion, exactMean: toFraction(over), mean: formatHalfUp(over, 2) };
      }),
      exactOverall: toFraction(exact),
      overall: result.overall,
      row: place === undefined ? null : { above: place.above, upper: place.upper },
      cefr: result.cefr,
    },
  };
}

/** The level is read off the rounded score, as printed: 16.304 is 16.30 and A1. */
function levelOf(exact: Rational) {
  const hundredths = Number(roundHalfUp(exact, 100));
  if (hundredths < IET_SPEAKING.belowTableHundredths) return undefined;
  let above: number = IET_SPEAKING.belowTableHundredths;
  for (const level of IET_SPEAKING.levels) {
    if (hundredths <= level.upperHundredths) {
      const { cefr, descriptor, upperHundredths } = level;
      return { cefr, descriptor, above: formatScaled(above, 2), upper: formatScaled(upperHundredths, 2) };
    }
    above = level.upperHundredths;
  }
  return undefined;
}
