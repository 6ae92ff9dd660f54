import { groupResidual } from "@bandwise/psychometrics/residual";
import { type CefrLevel, securedLevel } from "@bandwise/scoring/cefr";
import { type IelpSection, ielpSections } from "@bandwise/scoring/schemes/ielp";
import type { ObjectiveSectionTrace, RatedSectionTrace } from "@bandwise/scoring/trace";
import type { Advice } from "../schemes/advice.ts";
import { ielpAdvice } from "../schemes/ielp-advice-words.ts";
import { ielp } from "../schemes/ielp-rules.ts";
import { ieltsLaterFrom, ieltsSpeakingAdvice } from "../schemes/ielts-speaking-advice-words.ts";
import { ietSpeakingAdvice } from "../schemes/iet-speaking-advice-words.ts";
import { summaryOf } from "../schemes/rules.ts";
import { fractionValue } from "./range-rules.ts";
import type { IelpOutput, StoredOutput } from "./rules.ts";

/** With two items of a kind one slip more or less turns the picture: a sub-skill speaks from three on. */
export const fewestItems = 3;
/**
 * A sub-skill stands out when the credit lies this many standard errors of its items from what the rest leads to expect: by
 * chance alone one in ten would.
 */
const standsOut = 1.645;
/** On marks of 0 to 10 and on half bands: the step in which marks are given. */
const markStep = 0.5;
/** On scores of 0 to 100. */
const scoreStep = 5;
/** Bands by which a section lies below the mean of the others before it is named. */
const sectionStep = 1;

/**
 * Where items of a level lie, in logits, by the content specification. Not the items' own difficulty, which is estimated anew:
 * a report that was read once says the same ever after.
 */
const levelLogits: Readonly<Record<CefrLevel, number>> = { A1: -2.5, A2: -1.5, B1: -0.5, B2: 0.5, C1: 1.5, C2: 2.5 };

export interface Finding {
  /** “reading”, and of a single-skill scheme null. */
  readonly section: string | null;
  readonly id: string;
  readonly title: string;
  /** What it rests on: “3 of 3 items, where 1.8 were to be expected”. */
  readonly evidence: string;
  /** Of a strength what it is, of a next step what to do. */
  readonly words: string;
}

export interface Strengths {
  readonly strengths: readonly Finding[];
  /** Never empty: where nothing stands back, what helps the lowest part. */
  readonly next: readonly Finding[];
  /** Kinds of items that were too few to say anything. */
  readonly tooFew: readonly { readonly section: string; readonly title: string; readonly count: number }[];
  /** Nothing stands back from the rest. */
  readonly even: boolean;
}

/** What stands out in a result, up and down, and what to do next; from the frozen trace alone, so that it always says the same. */
export function strengthsOf(output: StoredOutput): Strengths {
  switch (output.scheme) {
    case "ielp":
      return ofSkills(output);
    case "ielts-speaking":
      return ofCriteria(
        output,
        ieltsSpeakingAdvice,
        markStep,
        Number(output.overall) >= ieltsLaterFrom,
        "One interview",
      );
    case "iet-speaking":
      return ofCriteria(output, ietSpeakingAdvice, scoreStep, isLater(output.cefr), "Four tasks");
  }
}

function isLater(cefr: string): boolean {
  return ["B2", "C1", "C2"].includes(cefr);
}

function ofCriteria(
  output: StoredOutput,
  advice: Readonly<Record<string, Advice>>,
  step: number,
  later: boolean,
  basis: string,
): Strengths {
  const { parts } = summaryOf(output);
  const mean = parts.reduce((sum, { score }) => sum + Number(score), 0) / parts.length;
  const finding = (id: string, title: string, score: string, words: (given: Advice) => string): Finding[] => {
    const given = advice[id];
    if (given === undefined) return [];
    return [
      {
        section: null,
        id,
        title,
        evidence: `${basis}: ${score}, the four on average ${mean.toFixed(2)}`,
        words: words(given),
      },
    ];
  };
  const help = (given: Advice) => (later ? given.later : given.early);
  const strengths = parts
    .filter(({ score }) => Number(score) - mean >= step)
    .flatMap(({ id, title, score }) => finding(id, title, score, ({ strength }) => strength));
  const behind = parts
    .filter(({ score }) => mean - Number(score) >= step)
    .flatMap(({ id, title, score }) => finding(id, title, score, help));
  const lowest = [...parts].sort((a, b) => Number(a.score) - Number(b.score)).slice(0, 1);
  return {
    strengths,
    next: behind.length > 0 ? behind : lowest.flatMap(({ id, title, score }) => finding(id, title, score, help)),
    tooFew: [],
    even: behind.length === 0,
  };
}

/** One thing that stands out, by how far. */
interface Ranked extends Finding {
  readonly by: number;
}

function ofSkills(output: IelpOutput): Strengths {
  const found: Ranked[] = [];
  const tooFew: { section: string; title: string; count: number }[] = [];
  for (const section of ielpSections) {
    const trace = output.trace.sections[section];
    if (trace.kind === "objective") {
      for (const group of groupsOf(trace)) {
        if (group.items.length < fewestItems) {
          tooFew.push({ section, title: titleOf(group.subSkill), count: group.items.length });
          continue;
        }
        const line = outstanding(section, group.subSkill, group.items, trace, output);
        if (line !== null) found.push(line);
      }
    }
    if (trace.kind === "rated") found.push(...ofTasks(section, trace, output));
  }
  const behind = [...found.filter(({ by }) => by < 0), ...lowSections(output)].sort((a, b) => a.by - b.by);
  return {
    strengths: found
      .filter(({ by }) => by > 0)
      .sort((a, b) => b.by - a.by)
      .map(plain),
    next: (behind.length > 0 ? behind : [lowestSection(output)]).map(plain),
    tooFew,
    even: behind.length === 0,
  };
}

function plain({ by: _by, ...finding }: Ranked): Finding {
  return finding;
}

type Item = ObjectiveSectionTrace["items"][number];

function groupsOf({ items }: ObjectiveSectionTrace): { subSkill: string; items: Item[] }[] {
  const groups = new Map<string, Item[]>();
  for (const item of items) groups.set(item.subSkill ?? "", [...(groups.get(item.subSkill ?? "") ?? []), item]);
  return [...groups].map(([subSkill, mine]) => ({ subSkill, items: mine })).filter(({ subSkill }) => subSkill !== "");
}

/** Against what the rest of the section leads to expect: harder items are not held against a sub-skill. */
function outstanding(
  section: IelpSection,
  subSkill: string,
  mine: readonly Item[],
  { items }: ObjectiveSectionTrace,
  output: IelpOutput,
): Ranked | null {
  const scored = ({ level, credit, weight }: Item) => ({
    difficulty: levelLogits[level],
    weight: Number(weight),
    credit: fractionValue(credit),
  });
  const { won, expected, standardised } = groupResidual(items.map(scored), mine.map(scored));
  const advice = ielpAdvice[section][subSkill];
  if (advice === undefined || Math.abs(standardised) < standsOut) return null;
  return {
    section,
    id: subSkill,
    title: titleOf(subSkill),
    evidence: `${short(won)} of ${mine.length} items, where ${short(expected)} were to be expected`,
    words: standardised > 0 ? advice.strength : helpFor(advice, section, output),
    by: standardised,
  };
}

function ofTasks(section: IelpSection, { tasks }: RatedSectionTrace, output: IelpOutput): Ranked[] {
  const given = new Map<string, number[]>();
  for (const { criteria } of tasks) {
    for (const { criterion, meanDecimal } of criteria) {
      given.set(criterion, [...(given.get(criterion) ?? []), Number(meanDecimal)]);
    }
  }
  const mean = (values: readonly number[]) =>
    values.reduce((sum, value) => sum + value, 0) / Math.max(1, values.length);
  const all = mean([...given.values()].flat());
  return [...given].flatMap(([criterion, marks]): Ranked[] => {
    const own = mean(marks);
    const advice = ielpAdvice[section][criterion];
    if (advice === undefined || Math.abs(own - all) < markStep) return [];
    return [
      {
        section,
        id: criterion,
        title: titleOf(criterion),
        evidence: `${own.toFixed(1)} of 10 over ${tasks.length} tasks, the section’s mean is ${all.toFixed(1)}`,
        words: own > all ? advice.strength : helpFor(advice, section, output),
        // In steps of marks, beside standard errors of items: enough to sort by.
        by: (own - all) / markStep,
      },
    ];
  });
}

function lowSections(output: IelpOutput): Ranked[] {
  return ielpSections.flatMap((section) => {
    const line = sectionFinding(section, output);
    return line.by <= -sectionStep ? [line] : [];
  });
}

function lowestSection(output: IelpOutput): Ranked {
  const lines = ielpSections.map((section) => sectionFinding(section, output));
  return lines.reduce((lowest, line) => (line.by < lowest.by ? line : lowest));
}

function sectionFinding(section: IelpSection, output: IelpOutput): Ranked {
  const band = Number(output.sections[section].band);
  const others = ielpSections.filter((other) => other !== section);
  const mean = others.reduce((sum, other) => sum + Number(output.sections[other].band), 0) / others.length;
  const advice = ielpAdvice[section].whole;
  return {
    section,
    id: "whole",
    title: `${ielp.partTitles[section]} as a whole`,
    evidence: `Band ${output.sections[section].band}, the other three on average ${mean.toFixed(2)}`,
    words: advice === undefined ? "" : helpFor(advice, section, output),
    by: band - mean,
  };
}

function helpFor(advice: Advice, section: IelpSection, output: IelpOutput): string {
  return isLater(securedLevel(output.sections[section].cefr)) ? advice.later : advice.early;
}

/** `vocabulary-in-context` → “Vocabulary in context”, `taskFulfilment` → “Task fulfilment”. */
function titleOf(id: string): string {
  const words = id
    .replace("attitude-purpose", "attitude and purpose")
    .replace(/([a-z])([A-Z])/g, "$1 $2")
    .replace(/-/g, " ")
    .toLowerCase();
  return words.charAt(0).toUpperCase() + words.slice(1);
}

const short = (value: number) => (Number.isInteger(value) ? String(value) : value.toFixed(1));
