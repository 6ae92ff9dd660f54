import { creditFor, creditToString } from "@bandwise/scoring/credit";
import { ScoringError } from "@bandwise/scoring/error";
import { scoreIelp } from "@bandwise/scoring/ielp";
import type { IelpScheme } from "@bandwise/scoring/ielp-scheme";
import { IELP, type IelpSection, ielpSections } from "@bandwise/scoring/schemes/ielp";
import { allowedAnswer } from "../bank/answer-space.ts";
import type { Interaction, ItemKey } from "../bank/schema.ts";
import { nearestStep } from "../marking/machine-rules.ts";
import { ielpResponses } from "../schemes/ielp-rules.ts";
import { scorerFor, summaryOf } from "../schemes/rules.ts";
import type { SchemeOutput, SchemeParts } from "../schemes/schema.ts";
import type { ResultInputs } from "./schema.ts";

/** A result as it is stored. */
export interface StoredResult {
  readonly attemptId: string;
  readonly scheme: { readonly id: string; readonly version: string; readonly hash: string };
  readonly inputs: ResultInputs;
  readonly output: unknown;
  /** What lists sort by, beside the output. */
  readonly overallHundredths: number;
  readonly cefr: string | null;
}

/** What results name and do not contain, each by its id. */
export interface Evidence {
  readonly items: ReadonlyMap<string, StoredItem>;
  readonly entries: ReadonlyMap<string, StoredEntry>;
  readonly ratings: ReadonlyMap<string, StoredRating>;
  readonly machineRatings: ReadonlyMap<string, StoredMachineRating>;
}

export interface StoredItem {
  /** As its content gives it now, not as it is written beside it. */
  readonly hash: string;
  readonly level: string;
  readonly subSkill: string;
  /** Null of a task, and where they cannot be read. */
  readonly scored: { readonly key: ItemKey; readonly interaction: Interaction } | null;
}

export interface StoredEntry {
  readonly attemptId: string;
  readonly attemptItemId: string;
  readonly value: unknown;
  /** Its value still has the hash that was written with it. */
  readonly intact: boolean;
}

export interface StoredRating {
  readonly attemptId: string | null;
  readonly scriptId: string;
  readonly rubricHash: string;
  readonly final: boolean;
  readonly scores: Readonly<Record<string, number>>;
}

/** Of the criteria it could measure. */
export interface StoredMachineRating {
  readonly attemptId: string | null;
  readonly scriptId: string;
  readonly validated: boolean;
  readonly scores: Readonly<Record<string, number>>;
}

/** What can disagree. The first ones leave something unproven, the others prove something wrong. */
const unproven = ["scheme-unknown", "item-gone", "entry-gone", "rating-gone"] as const;
const wrong = [
  "inputs-unreadable",
  "item-differs",
  "entry-differs",
  "credit-differs",
  "rating-differs",
  "counting-differs",
  "not-scorable",
  "output-differs",
] as const;

/** Never holds an answer, a name, or whose script was whose. */
export interface Finding {
  readonly kind: (typeof unproven)[number] | (typeof wrong)[number];
  /** `reading 4`, `writing 2 grammar`, `sections.reading.band`. */
  readonly where: string;
  readonly stored: string | null;
  readonly now: string | null;
}

export interface Rederived {
  readonly verdict: "equal" | "differs" | "unproven";
  readonly findings: readonly Finding[];
  /** What it was scored by and from; null where the scheme is unknown or takes the parts for no attempt. */
  readonly scored: { readonly parts: SchemeParts; readonly output: SchemeOutput } | null;
}

/**
 * Works a result out anew, from answers and ratings by the scheme it names, and compares every step with what is stored.
 * What is gone is never guessed: the frozen credit or rating stands in for it, so that the rest can be compared, and the
 * finding stays.
 */
export function rederive(result: StoredResult, evidence: Evidence, options: { trace: boolean }): Rederived {
  const findings: Finding[] = [];
  const score = scorerFor(result.scheme);
  if (score === null) {
    const { id, version, hash } = result.scheme;
    findings.push({ kind: "scheme-unknown", where: "scheme", stored: `${id} ${version} ${hash}`, now: null });
    return { verdict: verdictOf(findings), findings, scored: null };
  }
  const parts = partsNow(result, evidence, findings);
  try {
    const output = score(parts, options);
    compareOutput(result, output, options, findings);
    return { verdict: verdictOf(findings), findings, scored: { parts, output } };
  } catch (error) {
    if (!(error instanceof ScoringError)) throw error;
    findings.push({ kind: "not-scorable", where: error.field, stored: null, now: error.rule });
    return { verdict: verdictOf(findings), findings, scored: null };
  }
}

/** Of a result whose inputs are not what inputs are. */
export function unreadable(where: string, rule: string): Rederived {
  return {
    verdict: "differs",
    findings: [{ kind: "inputs-unreadable", where, stored: null, now: rule }],
    scored: null,
  };
}

function verdictOf(findings: readonly Finding[]): Rederived["verdict"] {
  if (findings.length === 0) return "equal";
  return findings.every(({ kind }) => unproven.some((one) => one === kind)) ? "unproven" : "differs";
}

function partsNow(result: StoredResult, evidence: Evidence, findings: Finding[]): SchemeParts {
  const items: SchemeParts["items"][number][] = [];
  const tasks: SchemeParts["tasks"][number][] = [];
  for (const item of result.inputs.items) {
    const { skill, level, subSkill } = item;
    items.push({ skill, level, subSkill, credit: creditNow(result.attemptId, item, evidence, findings) });
  }
  for (const task of result.inputs.tasks) {
    const { skill, level, type, subSkill } = task;
    tasks.push({ skill, level, type, subSkill, ratings: ratingsNow(result.attemptId, task, evidence, findings) });
  }
  return { items, tasks };
}

type InputItem = ResultInputs["items"][number];
type InputTask = ResultInputs["tasks"][number];

/** Called for each of 33 parts of every result there is: it names a place only where there is something to say of it. */
function note(
  findings: Finding[],
  part: InputItem | InputTask,
  kind: Finding["kind"],
  stored: string | null,
  now: string | null,
): void {
  findings.push({ kind, where: `${part.skill} ${part.position}`, stored, now });
}

function creditNow(
  attemptId: string,
  item: InputItem,
  evidence: Evidence,
  findings: Finding[],
): SchemeParts["items"][number]["credit"] {
  const version = checkVersion(item, evidence, findings);
  if (version !== null && version.hash !== item.itemHash) {
    note(findings, item, "item-differs", item.itemHash, version.hash);
  }
  const entry = item.entryId === null ? undefined : evidence.entries.get(item.entryId);
  if (entry !== undefined) {
    if (entry.attemptId !== attemptId || entry.attemptItemId !== item.attemptItemId) {
      note(findings, item, "entry-differs", "an answer to this item", "an answer to something else");
    } else if (!entry.intact) {
      note(findings, item, "entry-differs", "the hash it was received with", "another");
    }
  } else if (item.entryId !== null) {
    note(findings, item, "entry-gone", item.entryId, null);
    return item.credit;
  }
  if (version === null) return item.credit;
  if (version.scored === null) {
    note(findings, item, "item-differs", "a key", "no key that can be read");
    return item.credit;
  }
  const { key, interaction } = version.scored;
  const credit = creditFor(key, allowedAnswer(interaction, entry?.value));
  const written = creditToString(credit);
  if (written !== item.credit) note(findings, item, "credit-differs", item.credit, written);
  return credit;
}

/** The level is the weight and the sub-skill the line of the breakdown: both are the version's, not the result's to say. */
function checkVersion(part: InputItem | InputTask, evidence: Evidence, findings: Finding[]): StoredItem | null {
  const version = evidence.items.get(part.itemVersionId);
  if (version === undefined) {
    note(findings, part, "item-gone", part.itemVersionId, null);
    return null;
  }
  if (version.level !== part.level) note(findings, part, "item-differs", part.level, version.level);
  if (version.subSkill !== part.subSkill) note(findings, part, "item-differs", part.subSkill, version.subSkill);
  return version;
}

type Scores = Readonly<Record<string, number>>;

function ratingsNow(attemptId: string, task: InputTask, evidence: Evidence, findings: Finding[]): readonly Scores[] {
  checkVersion(task, evidence, findings);
  if (task.outcome !== null) {
    const { machine, machineMark: beside, counting: examiners } = task.outcome;
    const counting = [...(machine ? [machine] : []), ...(beside ? [beside.machineRatingId] : []), ...examiners];
    const counted = task.ratings.map(({ ratingId, machineRatingId }) => ratingId ?? machineRatingId);
    if (counting.length !== counted.length || counting.some((id) => !counted.includes(id))) {
      note(findings, task, "counting-differs", `${counting.length} by its outcome`, `${counted.length}, not the same`);
    }
  }
  const scores: Scores[] = [];
  for (const named of task.ratings) scores.push(scoresNow(attemptId, task, named, evidence, findings));
  return scores;
}

function scoresNow(
  attemptId: string,
  task: InputTask,
  named: InputTask["ratings"][number],
  evidence: Evidence,
  findings: Finding[],
): Scores {
  if (named.machineRatingId !== null) return measuredNow(attemptId, task, named, evidence, findings);
  if (named.ratingId === null) {
    // Nobody rated what was never given: nothing but 0 can stand there.
    const zeros = Object.fromEntries(Object.keys(named.scores).map((criterion) => [criterion, 0]));
    compareScores(task, named.scores, zeros, findings);
    return zeros;
  }
  const rating = evidence.ratings.get(named.ratingId);
  if (rating === undefined) {
    note(findings, task, "rating-gone", named.ratingId, null);
    return named.scores;
  }
  if (rating.scriptId !== task.scriptId || rating.attemptId !== attemptId) {
    note(findings, task, "rating-differs", "a rating of this response", "a rating of something else");
  }
  if (!rating.final) note(findings, task, "rating-differs", "a final rating", "a draft");
  if (named.rubricHash !== null && rating.rubricHash !== named.rubricHash) {
    note(findings, task, "rating-differs", `rubric ${named.rubricHash}`, `rubric ${rating.rubricHash}`);
  }
  compareScores(task, named.scores, rating.scores, findings);
  return rating.scores;
}

function measuredNow(
  attemptId: string,
  task: InputTask,
  named: InputTask["ratings"][number],
  evidence: Evidence,
  findings: Finding[],
): Scores {
  const rating = evidence.machineRatings.get(named.machineRatingId ?? "");
  if (rating === undefined) {
    note(findings, task, "rating-gone", named.machineRatingId, null);
    return named.scores;
  }
  if (rating.scriptId !== task.scriptId || rating.attemptId !== attemptId) {
    note(findings, task, "rating-differs", "a rating of this response", "a rating of something else");
  }
  if (rating.validated !== named.validated) {
    note(findings, task, "rating-differs", `validated: ${named.validated}`, `validated: ${rating.validated}`);
  }
  const isMark = task.outcome?.machineMark?.machineRatingId === named.machineRatingId;
  const scores = isMark ? onSteps(rating.scores) : rating.scores;
  compareScores(task, named.scores, scores, findings);
  return scores;
}

/** A machine's mark beside an examiner's, on the steps that hers lie on. */
function onSteps(scores: Scores): Scores {
  return Object.fromEntries(
    Object.entries(scores).map(([criterion, score]) => [criterion, nearestStep(ielpScale, score)]),
  );
}
const { lowest, highest, stepHalves } = IELP.rated.rating;
const ielpScale = { lowest, highest, step: stepHalves / 2 };

function compareScores(task: InputTask, stored: Scores, now: Scores, findings: Finding[]): void {
  for (const criterion in stored) {
    if (stored[criterion] !== now[criterion]) noteScore(task, criterion, stored, now, findings);
  }
  for (const criterion in now) if (!(criterion in stored)) noteScore(task, criterion, stored, now, findings);
}

function noteScore(task: InputTask, criterion: string, stored: Scores, now: Scores, findings: Finding[]): void {
  const where = `${task.skill} ${task.position} ${criterion}`;
  findings.push({ kind: "rating-differs", where, stored: short(stored[criterion]), now: short(now[criterion]) });
}

/** More differences of one output than these say nothing more. */
const mostDifferences = 20;

function compareOutput(
  { output: stored, overallHundredths, cefr }: StoredResult,
  now: SchemeOutput,
  { trace }: { trace: boolean },
  findings: Finding[],
): void {
  const differences: Finding[] = [];
  compareValues(stored, now, "", differences, trace ? undefined : "trace");
  const { overall } = summaryOf(now);
  if (overallHundredths !== overall.hundredths) {
    differ(differences, "overallHundredths", overallHundredths, overall.hundredths);
  }
  if (cefr !== overall.cefr) differ(differences, "cefr", cefr, overall.cefr);
  findings.push(...differences.slice(0, mostDifferences));
}

function differ(differences: Finding[], where: string, stored: unknown, now: unknown): void {
  differences.push({ kind: "output-differs", where: where || "output", stored: short(stored), now: short(now) });
}

/** Whether two values are the same JSON, whatever the order of fields; each leaf that is not is told. `except` is a field left out. */
function compareValues(stored: unknown, now: unknown, where: string, differences: Finding[], except?: string): void {
  if (stored === now) return;
  const parted = typeof stored === "object" && stored !== null && typeof now === "object" && now !== null;
  if (!parted || Array.isArray(now) !== Array.isArray(stored)) {
    differ(differences, where, stored, now);
    return;
  }
  const was = stored as Readonly<Record<string, unknown>>;
  const is = now as Readonly<Record<string, unknown>>;
  // Most leaves are equal: their place is put into words only where they are not.
  for (const name in is) {
    if (was[name] !== is[name])
      compareValues(was[name], is[name], where === "" ? name : `${where}.${name}`, differences);
  }
  for (const name in was) {
    if (!(name in is) && name !== except)
      differ(differences, where === "" ? name : `${where}.${name}`, was[name], null);
  }
}

function short(value: unknown): string | null {
  if (value === undefined || value === null) return null;
  const text = typeof value === "string" ? value : JSON.stringify(value);
  return text.length > 80 ? `${text.slice(0, 79)}…` : text;
}

export interface BandMove {
  readonly from: string;
  readonly to: string;
  /** With sign and two decimals; `0.00` where only the level changes. */
  readonly by: string;
  readonly fromCefr: string;
  readonly toCefr: string;
}

/** What another scheme would do to a result: the sections whose band or level it changes, and the overall band. */
export interface Move {
  readonly sections: Readonly<Partial<Record<IelpSection, BandMove>>>;
  readonly overall: BandMove;
}

/** The same answers and ratings under another version of `ielp`; null where no band and no level moves. Results of other schemes stay as they are. */
export function moveUnder(changed: IelpScheme, { parts, output }: NonNullable<Rederived["scored"]>): Move | null {
  if (output.scheme !== "ielp") return null;
  const now = scoreIelp(ielpResponses(parts), { scheme: changed });
  const overall = moveBetween(output.overall, now.overall);
  const sections: Partial<Record<IelpSection, BandMove>> = {};
  for (const section of ielpSections) {
    const move = moveBetween(output.sections[section], now.sections[section]);
    if (moves(move)) sections[section] = move;
  }
  return moves(overall) || Object.keys(sections).length > 0 ? { sections, overall } : null;
}

function moves({ from, to, fromCefr, toCefr }: BandMove): boolean {
  return from !== to || fromCefr !== toCefr;
}

function moveBetween(
  from: { readonly band: string; readonly cefr: string },
  to: { readonly band: string; readonly cefr: string },
): BandMove {
  const hundredths = Math.round(Number(to.band) * 100) - Math.round(Number(from.band) * 100);
  const sign = hundredths > 0 ? "+" : hundredths < 0 ? "-" : "";
  return {
    from: from.band,
    to: to.band,
    by: `${sign}${(Math.abs(hundredths) / 100).toFixed(2)}`,
    fromCefr: from.cefr,
    toCefr: to.cefr,
  };
}
