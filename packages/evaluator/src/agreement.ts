/** How well two lists of numbers for the same responses agree. Null where a figure is not defined: too few, or no spread. */

/** Pearson's correlation. */
export function pearson(x: readonly number[], y: readonly number[]): number | null {
  if (x.length !== y.length) throw new Error("two lists of one length are compared");
  if (x.length < 3) return null;
  const [mx, my] = [mean(x), mean(y)];
  let [sxy, sxx, syy] = [0, 0, 0];
  x.forEach((value, at) => {
    const [dx, dy] = [value - mx, (y[at] ?? 0) - my];
    sxy += dx * dy;
    sxx += dx * dx;
    syy += dy * dy;
  });
  return sxx === 0 || syy === 0 ? null : sxy / Math.sqrt(sxx * syy);
}

/** Spearman's rank correlation, ties sharing their mean rank. */
export function spearman(x: readonly number[], y: readonly number[]): number | null {
  return pearson(ranks(x), ranks(y));
}

function ranks(values: readonly number[]): number[] {
  const order = values.map((_, at) => at).sort((a, b) => (values[a] ?? 0) - (values[b] ?? 0));
  const result = new Array<number>(values.length).fill(0);
  for (let from = 0; from < order.length; ) {
    let to = from;
    while (to < order.length && values[order[to] ?? 0] === values[order[from] ?? 0]) to += 1;
    for (let at = from; at < to; at += 1) result[order[at] ?? 0] = (from + to - 1) / 2 + 1;
    from = to;
  }
  return result;
}

export interface Scale {
  readonly lowest: number;
  readonly highest: number;
  readonly step: number;
}

/** Cohen's kappa with quadratic weights over the full scale, both lists taken to its nearest step. */
export function quadraticKappa(x: readonly number[], y: readonly number[], scale: Scale): number | null {
  const category = (value: number): number =>
    Math.round((Math.max(scale.lowest, Math.min(scale.highest, value)) - scale.lowest) / scale.step);
  const a = x.map(category);
  const b = y.map(category);
  if (a.length === 0) return null;
  // With quadratic weights the chance disagreement of the margins is what means and variances say.
  const observed = mean(a.map((value, at) => (value - (b[at] ?? 0)) ** 2));
  const expected = variance(a) + variance(b) + (mean(a) - mean(b)) ** 2;
  return expected === 0 ? null : 1 - observed / expected;
}

export function rootMeanSquareError(x: readonly number[], y: readonly number[]): number | null {
  return x.length === 0 ? null : Math.sqrt(mean(x.map((value, at) => (value - (y[at] ?? 0)) ** 2)));
}

/** Machine's mean minus human's, over the pooled standard deviation (Williamson, Xi & Breyer, 2012). */
export function standardisedDifference(machine: readonly number[], human: readonly number[]): number | null {
  if (machine.length < 2) return null;
  const pooled = Math.sqrt((variance(machine) + variance(human)) / 2);
  return pooled === 0 ? null : (mean(machine) - mean(human)) / pooled;
}

/** The straight line that gives the machine's scores the humans' mean and spread: it moves no rank and shrinks nothing. */
export function linearMapping(machine: readonly number[], human: readonly number[]): (score: number) => number {
  const [from, to] = [Math.sqrt(variance(machine)), Math.sqrt(variance(human))];
  const slope = from === 0 ? 0 : to / from;
  const [before, after] = [mean(machine), mean(human)];
  return (score) => after + slope * (score - before);
}

/** How machine and human scores of the same responses agree; null where a figure is not defined. */
export interface Agreement {
  readonly n: number;
  readonly spearman: number | null;
  readonly pearson: number | null;
  readonly qwk: number | null;
  readonly rmse: number | null;
  readonly standardisedDifference: number | null;
}

/** All figures, of scores on the same scale. */
export function agreementOf(machine: readonly number[], human: readonly number[], scale: Scale): Agreement {
  return {
    n: machine.length,
    spearman: spearman(machine, human),
    pearson: pearson(machine, human),
    qwk: quadraticKappa(machine, human, scale),
    rmse: rootMeanSquareError(machine, human),
    standardisedDifference: standardisedDifference(machine, human),
  };
}

/**
 * All figures, of scores on two scales: kappa after the machine's scores were given the humans' mean and spread, the error that of
 * the least-squares line. Both lines are taken from `reference`, the same responses unless others are given.
 */
export function mappedAgreement(
  machine: readonly number[],
  human: readonly number[],
  scale: Scale,
  reference: { readonly machine: readonly number[]; readonly human: readonly number[] } = { machine, human },
): Agreement {
  const map = linearMapping(reference.machine, reference.human);
  const mapped = machine.map(map);
  const r = pearson(reference.machine, reference.human) ?? 0;
  const middle = mean(reference.human);
  // The least-squares line is the same line with its slope shrunk by the correlation.
  const predicted = mapped.map((score) => middle + r * (score - middle));
  return { ...agreementOf(mapped, human, scale), rmse: rootMeanSquareError(predicted, human) };
}

export function mean(values: readonly number[]): number {
  return values.reduce((sum, value) => sum + value, 0) / Math.max(1, values.length);
}

export function variance(values: readonly number[]): number {
  const middle = mean(values);
  return mean(values.map((value) => (value - middle) ** 2));
}
