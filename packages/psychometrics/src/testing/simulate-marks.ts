import { seededRandom } from "../random.ts";
import type { Mark } from "../rating-table.ts";

export interface Simulation {
  readonly marks: readonly Mark[];
  /** By rater; they sum to 0. */
  readonly severities: ReadonlyMap<string, number>;
}

export interface SimulationPlan {
  readonly seed: string;
  readonly scripts: number;
  readonly raters: number;
  readonly criteria: number;
  /** Scores are 0 … top. */
  readonly top: number;
  /** Standard deviations in logits. */
  readonly scriptSd: number;
  readonly severitySd: number;
}

/** Marks as the many-facet Rasch model says, two random raters to a script, steps 0.8 logits apart, difficulties 0.3. */
export function simulateMarks(plan: SimulationPlan): Simulation {
  const random = seededRandom(plan.seed);
  const normal = (): number => Math.sqrt(-2 * Math.log(1 - random())) * Math.cos(2 * Math.PI * random());
  const drawn = Array.from({ length: plan.raters }, () => plan.severitySd * normal());
  const centre = drawn.reduce((sum, severity) => sum + severity, 0) / plan.raters;
  const severities = drawn.map((severity) => severity - centre);
  const name = (rater: number): string => `rater ${String(rater).padStart(4, "0")}`;
  const marks: Mark[] = [];
  for (let script = 0; script < plan.scripts; script += 1) {
    const place = plan.scriptSd * normal();
    const first = Math.floor(random() * plan.raters);
    const other = Math.floor(random() * (plan.raters - 1));
    for (const rater of [first, other < first ? other : other + 1]) {
      for (let criterion = 0; criterion < plan.criteria; criterion += 1) {
        const distance = place - (severities[rater] ?? 0) - 0.3 * (criterion - (plan.criteria - 1) / 2);
        const score = drawScore(distance, plan.top, random());
        marks.push({ script: `script ${script}`, rater: name(rater), criterion: `criterion ${criterion}`, score });
      }
    }
  }
  return { marks, severities: new Map(severities.map((severity, rater) => [name(rater), severity])) };
}

function drawScore(distance: number, top: number, share: number): number {
  const odds = [1];
  for (let score = 1; score <= top; score += 1) {
    odds.push((odds[score - 1] ?? 0) * Math.exp(distance - 0.8 * (score - (top + 1) / 2)));
  }
  let left = share * odds.reduce((sum, one) => sum + one, 0);
  let score = 0;
  while (score < top && left > (odds[score] ?? 0)) {
    left -= odds[score] ?? 0;
    score += 1;
  }
  return score;
}

/** Pearson's. */
export function correlation(a: readonly number[], b: readonly number[]): number {
  const mean = (values: readonly number[]): number => values.reduce((sum, value) => sum + value, 0) / values.length;
  const [meanA, meanB] = [mean(a), mean(b)];
  const product = (x: readonly number[], mx: number, y: readonly number[], my: number): number =>
    x.reduce((sum, value, index) => sum + (value - mx) * ((y[index] ?? 0) - my), 0);
  return product(a, meanA, b, meanB) / Math.sqrt(product(a, meanA, a, meanA) * product(b, meanB, b, meanB));
}
