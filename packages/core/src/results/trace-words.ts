import { IELTS_SPEAKING, type IeltsCriterion } from "@bandwise/scoring/schemes/ielts-speaking";
import type { BandPlace, IelpTrace, SectionTrace } from "@bandwise/scoring/trace";
import { ieltsSpeaking } from "../schemes/ielts-speaking-rules.ts";
import {
  bandSpan,
  exactText,
  ordinal,
  ordinalWord,
  overallArithmetic,
  sectionNames,
  trimDecimals,
} from "./report-words.ts";
import type { IeltsSpeakingOutput, IetSpeakingOutput } from "./rules.ts";

// “Why this band” in words and figures, as the page and the document say it beside their drawings.

interface TraceStep<Id extends string = string> {
  readonly id: Id;
  readonly title: string;
  readonly text: string;
  readonly figure: string;
  readonly unit: string;
}

/** One section from its items or tasks to its band; a section of which only the raw score is known begins there. */
export function sectionSteps(trace: SectionTrace): readonly TraceStep<"parts" | "raw" | "row" | "step" | "band">[] {
  const { place, raw, max, section } = trace;
  return [
    ...partsStep(trace),
    { id: "raw", title: "Raw score", text: rawText(trace), figure: raw, unit: `of ${max}` },
    {
      id: "row",
      title: "Row of the table",
      text: rowText(place),
      figure: place.below ? "none" : ordinal(place.row),
      unit: "of ten rows",
    },
    {
      id: "step",
      title: "Step within the row",
      text: stepText(place),
      figure: place.band,
      unit: place.below ? "no step" : `${place.row - 1} + ${place.step} × 0.10`,
    },
    {
      id: "band",
      title: "Band and level",
      text: bandText(place),
      figure: levelText(place),
      unit: sectionNames[section],
    },
  ];
}

function partsStep(trace: SectionTrace): readonly TraceStep<"parts">[] {
  if (trace.kind === "raw") return [];
  const objective = trace.kind === "objective";
  return [
    {
      id: "parts",
      title: objective ? "Items, weighed by level" : "Tasks, weighed by level",
      text: objective
        ? "Two items at each level, A1 to C2. A block is as wide as its weight; the filled part is the credit earned."
        : "A block is as wide as its weight and filled up to the mean of the criteria, each marked from 0 to 10.",
      figure: String(objective ? trace.items.length : trace.tasks.length),
      unit: `${objective ? "items" : "tasks"}, ${trace.max} possible`,
    },
  ];
}

function rawText(trace: SectionTrace): string {
  if (trace.kind === "raw") return "Given as a raw score.";
  // The exact sum may need a rounding to two decimals; it is said only where it happened.
  const exact = exactText(trace.exactRaw);
  const rounded = trimDecimals(trace.raw) !== exact;
  return rounded
    ? `The filled parts, put end to end: ${exact}, rounded once to two decimals.`
    : "The filled parts, put end to end.";
}

function rowText(place: BandPlace): string {
  if (place.below) return `${place.raw} lies below the table, which begins at 1.00.`;
  if (place.raw === place.upper) return `${place.raw} is the upper end of the row ${place.lower}–${place.upper}.`;
  return `${place.raw} lies in the row ${place.lower}–${place.upper}.`;
}

function stepText(place: BandPlace): string {
  if (place.below) return "Without a row there are no steps: the band is 0.00.";
  const range = place.stepLower === place.stepUpper ? place.stepLower : `${place.stepLower}–${place.stepUpper}`;
  return `The row has ten steps of 0.10. ${place.raw} lies in the ${ordinalWord(place.step)}, ${range}.`;
}

function bandText(place: BandPlace): string {
  if (place.below) return "Band 0.00 is below A1.";
  const span = bandSpan(place.cefr);
  const sentence =
    span === null
      ? `The band is ${place.cefr}.`
      : span.above === "0.00"
        ? `Bands up to ${span.upTo} are ${place.cefr}.`
        : `Bands above ${span.above} and up to ${span.upTo} are ${place.cefr}.`;
  const [secured, next] = place.cefr.split("/");
  return next === undefined ? sentence : `${sentence} ${secured} is secured, ${next} has begun.`;
}

function levelText(place: BandPlace): string {
  return place.cefr === "below A1" ? "Below A1" : place.cefr;
}

/** From the four sections to the overall band: what stands before the band, and what the band leads to. */
export function overallWords({ overall }: IelpTrace): { readonly arithmetic: string; readonly place: string } {
  const span = bandSpan(overall.cefr);
  return {
    arithmetic: overallArithmetic(overall.bands, overall.band),
    place:
      span === null
        ? "which lies below the table"
        : span.above === "0.00"
          ? `which lies at or below ${span.upTo}`
          : `which lies above ${span.above} and up to ${span.upTo}`,
  };
}

/** From four criteria to the band of an interview; `at`: where the step stands on the scale. */
export function interviewSteps(
  output: IeltsSpeakingOutput,
): readonly (Omit<TraceStep, "unit"> & { readonly at: string })[] {
  const { trace, mean, rounded, penalty, overall } = output;
  const [, taken = ""] = ieltsSpeaking.workings(output, "none").notes;
  return [
    {
      id: "mean",
      title: "Mean of the four criteria",
      text: `${trace.criteria.map(({ band }) => band).join(" + ")} = ${trace.sum}, divided by 4`,
      figure: mean,
      at: mean,
    },
    { id: "rounded", title: "To the half band", text: IELTS_SPEAKING.rounding, figure: rounded, at: rounded },
    {
      id: "consistency",
      title: "Consistency",
      text: taken,
      figure: penalty === "0.0" ? overall : `−${penalty}`,
      at: overall,
    },
    { id: "overall", title: "Overall", text: `${rounded} − ${penalty}`, figure: overall, at: overall },
  ];
}

/** What a spoken test's score leads to: “lies above 55.00 and up to 77.50, so C1”. */
export function spokenPlace({ trace, cefr }: IetSpeakingOutput): string {
  return trace.row === null
    ? "lies below the table"
    : `lies above ${trace.row.above} and up to ${trace.row.upper}, so ${cefr}`;
}

/** Each criterion of an interview with what its band says; `marks`: how several examiners' marks became one. */
export function interviewCriteria({ trace }: IeltsSpeakingOutput) {
  return trace.criteria.map(({ criterion, band, scores, mean }) => ({
    criterion,
    band,
    words: wordsAt(criterion, Number(band)),
    marks:
      scores.length < 2 ? null : `${scores.join(" and ")}: mean ${exactText(mean)}, to the nearest half band ${band}`,
  }));
}

/** A whole band has its own words; a half lies between its neighbours; 0 has the overall level's. */
function wordsAt(criterion: IeltsCriterion, band: number): { at: number; words: string }[] {
  const known: Readonly<Record<number, string>> = IELTS_SPEAKING.descriptors[criterion];
  return [...new Set([Math.ceil(band), Math.floor(band)])].map((at) => ({
    at,
    words: known[at] ?? "no intelligible attempt, or no response",
  }));
}
