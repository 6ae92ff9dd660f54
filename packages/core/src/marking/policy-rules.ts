import { seededRandom } from "@bandwise/psychometrics/random";
import {
  type Difference,
  type PolicyData,
  type ScriptOutcome,
  type ScriptPolicy,
  type SecondReason,
  scriptOutcome,
  scriptPolicy,
  type Tolerance,
} from "./policy-schema.ts";
import type { CannotMarkReason, RatedSkill, Scores } from "./schema.ts";

/**
 * Blind double marking by qualified examiners, one script in ten a seed: what a programme is marked by in its first year,
 * and until somebody publishes another policy for it. The tolerances are a starting point, not a finding: neighbouring
 * descriptors lie two points apart, so a point and a half is still an argument about one of them. Each programme publishes
 * its own once its quality page shows how far its examiners lie apart.
 */
export const standardPolicy: PolicyData = {
  mode: "double",
  samplePercent: 10,
  targets: { jaggedBands: 2, boundaryBands: 0.2, newExaminerMarks: 50 },
  tolerance: { criterion: 1.5, mean: 0.75 },
  adjudicated: "senior",
  seeds: { every: 10, tolerance: { criterion: 2, mean: 1 }, misses: 2, window: 10, graceMarks: 10 },
  qualification: true,
  machine: "off",
};

/**
 * What a programme is marked by until somebody publishes a policy for it. Outside `ielp` one mark, by any examiner of the
 * skill: there are no benchmarks to qualify on and none to show as seeds. The tolerances, on each scheme's own scale, are a
 * starting point as above.
 */
export function standardPolicyOf(scheme: string): PolicyData {
  if (scheme === "ielp") return standardPolicy;
  const tolerance = scheme === "ielts-speaking" ? { criterion: 1, mean: 0.5 } : { criterion: 20, mean: 10 };
  const seeds = { ...standardPolicy.seeds, every: 0, tolerance };
  return { ...standardPolicy, mode: "single", tolerance, seeds, qualification: false };
}

/** The scheme a script is marked in; scripts from before there were policies are of `ielp`. */
export function schemeOf(policy: unknown): string {
  return scriptPolicy.nullable().parse(policy)?.scheme ?? "ielp";
}

/** Whether the machine rates beside the examiners of a script. */
export function asksMachine({ scheme, data }: ScriptPolicy, skill: string): boolean {
  return data.machine !== "off" && scheme === "ielp" && skill === "writing";
}

export interface StoredPolicy {
  readonly programme: string;
  readonly skill: string | null;
  readonly level: string | null;
  readonly version: number;
  readonly data: PolicyData;
}

/** Of policies that come newest first those in force: the first of each skill and level. */
export function inForce<P extends Pick<StoredPolicy, "skill" | "level">>(newestFirst: readonly P[]): P[] {
  return newestFirst.filter(
    (row, at) => newestFirst.findIndex(({ skill, level }) => skill === row.skill && level === row.level) === at,
  );
}

/** The newest version of the row that names the script most closely: skill and level, then skill, then level, then neither. */
export function policyFor(
  stored: readonly StoredPolicy[],
  script: { readonly programme: string; readonly scheme: string; readonly skill: RatedSkill; readonly level: string },
): ScriptPolicy {
  const { programme, scheme } = script;
  const fits = stored.filter(
    (row) =>
      row.programme === programme &&
      (row.skill === null || row.skill === script.skill) &&
      (row.level === null || row.level === script.level),
  );
  const closeness = (row: StoredPolicy) => (row.skill === null ? 0 : 2) + (row.level === null ? 0 : 1);
  const [best] = fits.toSorted((a, b) => closeness(b) - closeness(a) || b.version - a.version);
  return best
    ? { programme, scheme, version: best.version, data: best.data }
    : { programme, scheme, version: 0, data: standardPolicyOf(scheme) };
}

/** How many marks a script begins with. Which ones are sampled hangs on the script alone: nobody can choose or foresee it. */
export function marksAtFirst(
  { mode, samplePercent }: PolicyData,
  scriptId: string,
): { marks: 1 | 2; reason: SecondReason | null } {
  if (mode === "double") return { marks: 2, reason: null };
  if (mode === "single") return { marks: 1, reason: null };
  return seededRandom(`second:${scriptId}`)() * 100 < samplePercent
    ? { marks: 2, reason: "sampled" }
    : { marks: 1, reason: null };
}

/** Marks lie on halves and criteria are few: sums of doubles are exact here, only the division may not be. */
function meanOf(scores: Scores): number {
  const given = Object.values(scores);
  return given.length === 0 ? 0 : given.reduce((sum, score) => sum + score, 0) / given.length;
}

/** How far two sets of marks on the same criteria lie apart. */
export function differenceBetween(one: Scores, other: Scores): Difference {
  let widest = { criterion: 0, on: Object.keys(one)[0] ?? "" };
  for (const [on, score] of Object.entries(one)) {
    const apart = Math.abs(score - (other[on] ?? 0));
    if (apart > widest.criterion) widest = { criterion: apart, on };
  }
  return { ...widest, mean: Math.round(Math.abs(meanOf(one) - meanOf(other)) * 1000) / 1000 };
}

export function isWithin(difference: Difference, limit: Tolerance): boolean {
  return difference.criterion <= limit.criterion && difference.mean <= limit.mean;
}

/** How each scheme makes one score of several; the arithmetic itself is the scheme's. */
export function combineRule(scheme: string): ScriptOutcome["combine"] {
  return scheme === "ielts-speaking" ? "mean-to-nearest-half" : "exact-mean";
}

export interface GivenRating {
  readonly id: string;
  readonly role: "mark" | "adjudication";
  readonly scores: Scores;
  readonly cannotMark: CannotMarkReason | null;
}

/** The machine's mark on the script, complete and on the rubric's own steps. */
export interface MachineMark {
  readonly machineRatingId: string;
  readonly scores: Scores;
  /** Its version has passed the gate on this installation's data and is in use: it may count. */
  readonly counts: boolean;
}

export type AfterRating =
  | { readonly script: "waiting"; readonly ratingsNeeded: number; readonly second: SecondReason | null }
  | { readonly script: "adjudication"; readonly difference: Difference }
  | { readonly script: "cannot_be_marked" }
  | { readonly script: "settled"; readonly outcome: ScriptOutcome };

/** Noise is nobody's fault: an admin looks before anything counts. Every other reason earns nothing and counts as it is. */
export function isHeld(reason: CannotMarkReason | null): boolean {
  return reason === "noise";
}

/**
 * What a final rating does to its script. A response that is silent, in another language or about something else earns
 * nothing, which is a mark like any other; noise is nobody's fault, so an admin decides before anything counts. Two marks
 * within tolerance both count; further apart, a senior examiner decides, and no mark is ever thrown away.
 *
 * @param given the final ratings so far, oldest first, the new one last
 */
export function decideAfterRating(input: {
  readonly policy: ScriptPolicy | null;
  readonly ratingsNeeded: number;
  readonly second: SecondReason | null;
  /** Live marks that the examiner of the newest rating has given in this skill. */
  readonly marksOfExaminer: number;
  /** Null where it gave none: too little to measure, no answer in time, another answer than the one marked. */
  readonly machineMark?: MachineMark | null;
  readonly given: readonly GivenRating[];
  /** The machine rating beside which people were asked for some criteria only. */
  readonly machine?: string | null;
}): AfterRating {
  const { policy, given } = input;
  const newest = given.at(-1);
  if (!newest) throw new Error("nothing was rated");
  if (isHeld(newest.cannotMark)) return { script: "cannot_be_marked" };
  const marks = given.filter(({ role }) => role === "mark");
  const [first, second] = marks;
  const difference = first && second ? differenceBetween(first.scores, second.scores) : null;
  const settle = (
    counting: readonly GivenRating[],
    rule: ScriptOutcome["rule"],
    besides: Partial<ScriptOutcome> = {},
  ): AfterRating => ({
    script: "settled",
    outcome: {
      counting: counting.map(({ id }) => id),
      ...(input.machine && { machine: input.machine }),
      rule,
      combine: combineRule(policy?.scheme ?? "ielp"),
      difference,
      policy: policy && { programme: policy.programme, version: policy.version },
      second: input.second,
      ...besides,
    },
  });
  const senior = given.findLast(({ role }) => role === "adjudication");
  if (senior) {
    if (policy?.data.adjudicated !== "senior-and-nearest") return settle([senior], "adjudicated");
    const [nearest] = marks.toSorted((a, b) => apartFrom(senior, a) - apartFrom(senior, b));
    return nearest ? settle([nearest, senior], "adjudicated-with-nearest") : settle([senior], "adjudicated");
  }
  if (marks.length < input.ratingsNeeded) {
    return { script: "waiting", ratingsNeeded: input.ratingsNeeded, second: input.second };
  }
  const limit = policy?.data.tolerance ?? standardPolicy.tolerance;
  if (marks.length === 1 && policy?.data.machine === "second" && newest.cannotMark === null) {
    const machine = input.machineMark ?? null;
    const apart = machine && differenceBetween(newest.scores, machine.scores);
    // More of people's attention, never less: a mark it could not give is given by a second examiner.
    if (machine === null || apart === null || !isWithin(apart, limit))
      return { script: "waiting", ratingsNeeded: 2, second: "machine" };
    if (machine.counts) {
      const { machineRatingId, scores } = machine;
      return settle(marks, "with-machine", { difference: apart, machineMark: { machineRatingId, scores } });
    }
  }
  if (marks.length === 1) {
    const enough = policy?.data.mode === "targeted" ? policy.data.targets.newExaminerMarks : null;
    return enough !== null && input.marksOfExaminer < enough
      ? { script: "waiting", ratingsNeeded: 2, second: "new-examiner" }
      : settle(marks, "single");
  }
  if (difference && !isWithin(difference, limit)) return { script: "adjudication", difference };
  return settle(marks, "within-tolerance");
}

/** Of two marks the one nearer to the senior's, by the sum of differences over the criteria; the earlier where both are as near. */
function apartFrom(senior: GivenRating, mark: GivenRating): number {
  return Object.entries(senior.scores).reduce((sum, [on, score]) => sum + Math.abs(score - (mark.scores[on] ?? 0)), 0);
}

/** The upper ends of the CEFR rows, in bands (`scoring.md`): 1, 2, … 6, 8; the ends at 7, 9 and 10 part nothing. */
const rowEnds = [1, 2, 3, 4, 5, 6, 8] as const;

/**
 * Which rated sections of an attempt deserve a second mark, now that every section has a band: a band near the end of its
 * CEFR row, where half a mark decides the level, or one far from what the person did elsewhere.
 */
export function sectionsInDoubt(
  { mode, targets }: PolicyData,
  bands: Readonly<Record<string, number>>,
): Partial<Record<RatedSkill, SecondReason>> {
  if (mode !== "targeted") return {};
  const doubts: Partial<Record<RatedSkill, SecondReason>> = {};
  for (const skill of ["writing", "speaking"] as const) {
    const band = bands[skill];
    if (band === undefined) continue;
    const others = Object.entries(bands).flatMap(([name, other]) => (name === skill ? [] : [other]));
    const usual = others.reduce((sum, other) => sum + other, 0) / others.length;
    // Bands come in tenths: compared in hundredths, so that 6.2 − 6 is 0.2.
    const near = (end: number) => Math.round(Math.abs(band - end) * 100) / 100;
    if (targets.boundaryBands !== null && rowEnds.some((end) => near(end) <= (targets.boundaryBands ?? 0))) {
      doubts[skill] = "boundary";
    } else if (targets.jaggedBands !== null && others.length > 0 && near(usual) >= targets.jaggedBands) {
      doubts[skill] = "jagged";
    }
  }
  return doubts;
}

/** Of a script's final ratings those that its result rests on; all of them where it was settled before outcomes were kept. */
export function countingRatings<R extends { readonly id: string }>(script: {
  readonly outcome: unknown;
  readonly ratings: readonly R[];
}): readonly R[] {
  const outcome = scriptOutcome.safeParse(script.outcome);
  if (!outcome.success) return script.ratings;
  const counting = new Set(outcome.data.counting);
  return script.ratings.filter(({ id }) => counting.has(id));
}
