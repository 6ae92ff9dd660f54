import type { ScoreMatrix } from "./intraclass.ts";
import { type RatingTable, scoreOf } from "./rating-table.ts";

/** A matrix without holes, and what of the table went into it. */
export interface CompleteScores extends ScoreMatrix {
  /** Scripts of the table that are not in the matrix. */
  readonly left: number;
}

/**
 * Scripts × raters, for the scripts that every rater of the table marked on every criterion asked for; a score is the mean over
 * those criteria, because a script's mark is what reliability is asked of.
 */
export function scriptsMarkedByAll(table: RatingTable, criterion?: string): CompleteScores {
  return withMarks(table, criterion, table.raters.length);
}

/**
 * Scripts × marks, for the scripts marked (on every criterion asked for) by exactly as many raters as most scripts with at
 * least two are, whoever they are: what the one-way coefficients of a double-marked design rest on.
 */
export function scriptsMarkedAlike(table: RatingTable, criterion?: string): CompleteScores {
  const sizes = new Map<number, number>();
  for (const scores of scriptScores(table, criterion)) {
    if (scores.length >= 2) sizes.set(scores.length, (sizes.get(scores.length) ?? 0) + 1);
  }
  const usual = [...sizes].reduce((best, size) => (size[1] > best[1] ? size : best), [0, 0])[0];
  return withMarks(table, criterion, usual);
}

function withMarks(table: RatingTable, criterion: string | undefined, raters: number): CompleteScores {
  const rows = raters === 0 ? [] : scriptScores(table, criterion).filter((scores) => scores.length === raters);
  return {
    targets: rows.length,
    raters,
    scores: Float64Array.from(rows.flat()),
    left: table.scripts.length - rows.length,
  };
}

/** Per script the mean scores of its raters, in the raters' order; a rater who left a criterion out is left out. */
function scriptScores(table: RatingTable, criterion: string | undefined): number[][] {
  const wanted = criterion === undefined ? null : table.criteria.indexOf(criterion);
  const perRater = wanted === null ? table.criteria.length : 1;
  return table.scripts.map((_, script) => {
    const scores: number[] = [];
    const to = table.start[script + 1] ?? 0;
    for (let mark = table.start[script] ?? 0; mark < to; ) {
      const rater = table.rater[mark];
      let sum = 0;
      let count = 0;
      for (; mark < to && table.rater[mark] === rater; mark += 1) {
        if (wanted !== null && table.criterion[mark] !== wanted) continue;
        sum += scoreOf(table.scale, table.category[mark] ?? 0);
        count += 1;
      }
      if (count === perRater) scores.push(sum / count);
    }
    return scores;
  });
}
