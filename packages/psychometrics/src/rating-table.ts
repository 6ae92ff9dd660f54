/** The scores a rater may give: `min`, `min + step`, … `max`. Bands in halves are `{ min: 0, max: 9, step: 0.5 }`. */
export interface ScoreScale {
  readonly min: number;
  readonly max: number;
  readonly step: number;
}

/** One score: what one rater gave one script on one criterion. */
export interface Mark {
  readonly script: string;
  readonly rater: string;
  readonly criterion: string;
  readonly score: number;
}

/**
 * Marks as columns of small integers, sorted by script, then rater, then criterion, so that nothing computed from them depends
 * on the order they came in. The marks of script `s` are `start[s]` to before `start[s + 1]`. Only marks that were given take room.
 */
export interface RatingTable {
  readonly scale: ScoreScale;
  /** How many scores the scale has, whether or not anyone gave them. */
  readonly categories: number;
  readonly scripts: readonly string[];
  readonly raters: readonly string[];
  readonly criteria: readonly string[];
  readonly start: Int32Array;
  readonly script: Int32Array;
  readonly rater: Int32Array;
  readonly criterion: Int32Array;
  /** `(score - min) / step`. */
  readonly category: Int16Array;
}

/** A mark that cannot stand in a table: its place in the list that was handed in, the field, and the rule it breaks. */
export class MarkError extends Error {
  readonly index: number;
  readonly field: keyof Mark;
  readonly rule: string;
  constructor(index: number, field: keyof Mark, rule: string) {
    super(`mark ${index + 1}: ${field}: ${rule}`);
    this.index = index;
    this.field = field;
    this.rule = rule;
  }
}

/** More would be a measurement, not a rating scale; it also keeps a mistyped step from asking for endless memory. */
export const categoriesMax = 201;

/** How many scores a scale has. Throws RangeError where its three numbers make no scale. */
export function categoryCount({ min, max, step }: ScoreScale): number {
  if (![min, max, step].every(Number.isFinite) || step <= 0 || max <= min)
    throw new RangeError("a score scale needs min below max and a step above 0");
  const steps = (max - min) / step;
  if (Math.abs(steps - Math.round(steps)) > 1e-6)
    throw new RangeError(`steps of ${step} do not lead from ${min} to ${max}`);
  if (steps + 1 > categoriesMax) throw new RangeError(`a score scale has ${categoriesMax} scores at most`);
  return Math.round(steps) + 1;
}

/** The score that a category stands for, without the last bits that adding steps of 0.1 leaves behind. */
export function scoreOf({ min, step }: ScoreScale, category: number): number {
  return Number((min + category * step).toFixed(9));
}

/** Throws MarkError for a score off the scale and for a second mark of one rater on one script and criterion. */
export function createRatingTable(marks: readonly Mark[], scale: ScoreScale): RatingTable {
  const categories = categoryCount(scale);
  const categoryOf = marks.map(({ score }, index) => {
    const category = Math.round((score - scale.min) / scale.step);
    const onScale = category >= 0 && category < categories && Math.abs(scoreOf(scale, category) - score) < 1e-6;
    if (onScale) return category;
    throw new MarkError(index, "score", `${score} is not on the scale ${scale.min} to ${scale.max} by ${scale.step}`);
  });
  const scripts = numbered(marks, "script");
  const raters = numbered(marks, "rater");
  const criteria = numbered(marks, "criterion");
  const order = Uint32Array.from(marks.keys()).sort(
    (a, b) =>
      at(scripts.of, a) - at(scripts.of, b) ||
      at(raters.of, a) - at(raters.of, b) ||
      at(criteria.of, a) - at(criteria.of, b) ||
      a - b,
  );
  const table: RatingTable = {
    scale,
    categories,
    scripts: scripts.ids,
    raters: raters.ids,
    criteria: criteria.ids,
    start: new Int32Array(scripts.ids.length + 1),
    script: Int32Array.from(order, (index) => at(scripts.of, index)),
    rater: Int32Array.from(order, (index) => at(raters.of, index)),
    criterion: Int32Array.from(order, (index) => at(criteria.of, index)),
    category: Int16Array.from(order, (index) => categoryOf[index] ?? 0),
  };
  for (let place = 1; place < order.length; place += 1) {
    const same = [table.script, table.rater, table.criterion].every((column) => column[place] === column[place - 1]);
    if (same) throw new MarkError(at(order, place), "rater", "has marked this script on this criterion already");
  }
  for (const script of table.script) table.start[script + 1] = at(table.start, script + 1) + 1;
  for (let script = 0; script < scripts.ids.length; script += 1)
    table.start[script + 1] = at(table.start, script + 1) + at(table.start, script);
  return table;
}

/** Names in the order of their code units, and each mark's place among them. */
function numbered(
  marks: readonly Mark[],
  field: "script" | "rater" | "criterion",
): { ids: readonly string[]; of: Int32Array } {
  const ids = [...new Set(marks.map((mark) => mark[field]))].sort((a, b) => (a < b ? -1 : 1));
  const places = new Map(ids.map((id, place) => [id, place]));
  return { ids, of: Int32Array.from(marks, (mark) => places.get(mark[field]) ?? 0) };
}

function at(column: Int32Array | Uint32Array, index: number): number {
  return column[index] ?? 0;
}
