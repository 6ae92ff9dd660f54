import type { Places } from "./improve.ts";
import { relax } from "./relaxation.ts";
import { problemOf, type SectionProblem } from "./section-problem.ts";
import { type SectionCounts, type Selection, spreadOf } from "./selection.ts";
import type { Unit } from "./units.ts";

/** Rounds of prices: some milliseconds where a section stays unproved to the last. */
const roundsMax = 300;
const roundsQuick = 6;

/**
 * Fills a section of single items with the best that its places hold, given what is chosen for the other sections; with
 * as many anchors as now.
 *
 * @param quick Gives up early: the places may not be all there are.
 * @returns `best`: nothing better exists. `good`: mostly nothing does. `open`: exchanges may still find something.
 */
export function chooseBest(
  selection: Selection,
  index: number,
  places: Places,
  quick: boolean,
): "best" | "good" | "open" {
  const section = selection.section(index);
  if (section.targets.length > 0 || section.plan.sets === "whole") return "open";
  const problem = problemOf(section, places);
  const current = [...section.chosen];
  const cost = (sum: number, unit: Unit): number => sum + (problem.costs[problem.units.indexOf(unit)] ?? 0);
  const broken = selection.brokenIn(index) > 0;
  const known = broken ? Number.POSITIVE_INFINITY : current.reduce(cost, problem.square * spreadOf(section));
  for (const unit of current) selection.drop(unit);
  const unitsOf = (form: readonly number[]): Unit[] => form.flatMap((number) => problem.units[number] ?? []);
  const accept = (form: readonly number[]): boolean => keepsAll(selection, section, unitsOf(form));
  const { form, bound, upper } = relax(problem, known, quick ? roundsQuick : roundsMax, accept);
  for (const unit of form ? unitsOf(form) : current) selection.add(unit);
  if (bound > upper - problem.margin) return "best";
  return isWhole(section, problem) && (form !== null || !broken) ? "good" : "open";
}

/** Whether the problem says all: every choice that fills the slots and keeps the counts, with so many anchors, is a form. */
function isWhole({ plan, timed }: SectionCounts, { units, anchors }: SectionProblem): boolean {
  // Of a level with several slots only one may carry an anchor.
  const ownLevels = anchors === 0 || plan.levels.length === plan.slots.length;
  return ownLevels && !timed && !units.some(({ related }) => related);
}

/** Whether these units, in an empty section, keep every constraint. */
function keepsAll(selection: Selection, { plan, subSkills }: SectionCounts, units: readonly Unit[]): boolean {
  let added = 0;
  for (const unit of units) {
    if (!selection.fits(unit)) break;
    selection.add(unit);
    added += 1;
  }
  const kept =
    added === units.length && plan.subSkillBounds.every(({ subSkill, min }) => (subSkills[subSkill] ?? 0) >= min);
  for (const unit of units.slice(0, added)) selection.drop(unit);
  return kept;
}
