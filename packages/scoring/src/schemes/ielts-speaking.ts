import { defineScheme } from "../scheme.ts";

/**
 * `ielts-speaking`, version 1: one interview, four criteria, bands 0–9. Sources: scoring.md, section 2 (arithmetic) and
 * ielts-speaking-descriptors.md (wording). Bands are counted in halves: 13 is band 6.5.
 */
export const IELTS_SPEAKING = defineScheme({
  id: "ielts-speaking",
  version: "1",
  name: "IELTS-style speaking interview",
  criteria: ["fluency", "vocabulary", "grammar", "pronunciation"],
  criterionTitles: {
    fluency: "Fluency and coherence",
    vocabulary: "Vocabulary (lexical resource)",
    grammar: "Grammar (range and accuracy)",
    pronunciation: "Pronunciation",
  },
  rating: { lowest: 0, highest: 9, stepHalves: 1 },
  combining: "mean-to-nearest-half-ties-up",
  rounding: "decimal part 0.00–0.24 down, 0.25–0.74 to .5, 0.75–0.99 up",
  /**
   * The source's sentence says "more than 1 level below", its worked example takes the penalty at exactly 1.0. The example is
   * the test; the sentence stays here as the other option.
   */
  consistency: "at-least-1" as ConsistencyRule,
  consistencyOptions: ["at-least-1", "more-than-1"],
  penaltyHalves: 1,
  /**
   * Overall descriptors, highest first, with the bounds they state on a single criterion: `noneBelow` and `noneAbove` in
   * halves, and `atMost` criteria below a band. Only what the wording bounds by a number is checked ("most", "several" and
   * "near" are left to the examiner). Levels without wording (2.5, 1.5, 0.5) have no row.
   */
  overall: [
    level(18, "Outstanding across all criteria; one minor weakness possible, none below 8", {
      noneBelow: 16,
      atMost: { criteria: 1, below: 18 },
    }),
    level(17, "Very strong; most at 8+, one may be 7.5", { noneBelow: 15, atMost: { criteria: 1, below: 16 } }),
    level(16, "High, consistent; majority at 8, occasional 7.5 or 7", { noneBelow: 14 }),
    level(15, "Clear upper-intermediate/advanced; most 7–8, none below 6.5", { noneBelow: 13 }),
    level(14, "Strong intermediate control; several at 7, variation 6.5–7.5", { noneBelow: 13, noneAbove: 15 }),
    level(13, "Above intermediate; 7s balanced by 6s, nothing below 5.5", { noneBelow: 11 }),
    level(12, "Solid intermediate; some 6.5–7, weaknesses near 5.5", {}),
    level(11, "Nearing consistency; most 5.5–6, none below 4.5", { noneBelow: 9 }),
    level(10, "Clear lower-intermediate; mostly 5, occasional 4.5", { noneBelow: 9 }),
    level(9, "Basic user with partial ability; 4.5–5, occasional 4", { noneBelow: 8, noneAbove: 10 }),
    level(8, "Basic; frequent limitations; most around 4, nothing above 5", { noneAbove: 10 }),
    level(7, "Partial control at basic level; typically 3–4", {}),
    level(6, "Limited; most at 3, occasional 3.5 or 2.5", { noneBelow: 5, noneAbove: 7 }),
    level(4, "Very limited; at or near 2", {}),
    level(2, "No functional communication, isolated words or sounds", {}),
    level(0, "No intelligible attempt or no response", {}),
  ],
  /** Per criterion, whole bands 9 to 1; a half band lies between its neighbours. */
  descriptors: {
    fluency: {
      9: "smooth, natural flow; fully coherent; pauses only for complex idea planning",
      8: "smooth and well-paced; occasional hesitation, ideas well organised",
      7: "speaks at length; some pauses, ideas generally clear and connected",
      6: "speaks at length, rhythm varies; linkers inconsistent; some loss of flow",
      5: "continues with repetition or slow pacing; coherence uneven",
      4: "frequent breaks, short turns, basic linking; coherence weak",
      3: "long pauses; difficulty producing more than simple statements",
      2: "mostly isolated words or fragments",
      1: "barely any intelligible words",
    },
    vocabulary: {
      9: "very wide, precise word choice; conveys subtle meaning",
      8: "broad, flexible; minor errors",
      7: "good everyday vocabulary; occasional errors, meaning clear",
      6: "enough for familiar and abstract topics; simplification noticeable",
      5: "familiar topics, relies on general words; rephrasing may fail",
      4: "limited range; frequent word-choice errors",
      3: "very restricted; basic personal information only",
      2: "tiny set of basic words or memorised phrases",
      1: "one-word attempts only",
    },
    grammar: {
      9: "complex structures with natural control; rare slips",
      8: "frequent accurate complex forms; few errors",
      7: "mix of simple/complex structures; errors present, meaning clear",
      6: "simple structures controlled; complex forms attempted with noticeable errors",
      5: "simple sentences mostly accurate; complex often inaccurate",
      4: "mostly simple and repetitive; many errors beyond basics",
      3: "frequent errors even in simple structures",
      2: "almost no sentence structure; mostly fragments",
      1: "no systematic grammar",
    },
    pronunciation: {
      9: "clear, natural, highly intelligible; excellent stress/intonation control",
      8: "highly intelligible; strong control of rhythm and stress",
      7: "mostly clear; some problematic sounds, rarely impede understanding",
      6: "understandable with little effort; some sound or stress problems",
      5: "understandable with frequent sound/stress errors",
      4: "issues cause loss of clarity at times",
      3: "many words hard to recognise; communication difficult",
      2: "mostly unintelligible sounds",
      1: "speech largely unintelligible",
    },
  },
});

export type IeltsSpeakingScheme = typeof IELTS_SPEAKING;
export type IeltsCriterion = (typeof IELTS_SPEAKING.criteria)[number];
export type ConsistencyRule = "at-least-1" | "more-than-1";

/** Bounds in half bands. */
export interface ProfileLimits {
  readonly noneBelow?: number;
  readonly noneAbove?: number;
  readonly atMost?: { readonly criteria: number; readonly below: number };
}

interface OverallLevel {
  readonly halves: number;
  readonly descriptor: string;
  readonly limits: ProfileLimits;
}

function level(halves: number, descriptor: string, limits: ProfileLimits): OverallLevel {
  return { halves, descriptor, limits };
}
