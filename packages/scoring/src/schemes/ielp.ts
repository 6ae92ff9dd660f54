import { defineScheme } from "../scheme.ts";

/**
 * `ielp`, version 1: four skills, band 0.00–10.00. Source of every number: scoring.md, section 1. The names of the rules say
 * which of its settled readings apply; the functions in ../ielp.ts carry them out.
 */
export const IELP = defineScheme({
  id: "ielp",
  version: "1",
  name: "IELP four-skill proficiency test",
  sections: {
    reading: { kind: "objective", minutes: 25, maximumHundredths: 2000 },
    listening: { kind: "objective", minutes: 25, maximumHundredths: 2000 },
    writing: {
      kind: "rated",
      minutes: 20,
      maximumHundredths: 5000,
      tasks: { A: 1, B: 1, C: 1 },
      criteria: ["taskFulfilment", "coherence", "grammar", "vocabulary", "register"],
    },
    speaking: {
      kind: "rated",
      minutes: 20,
      maximumHundredths: 10000,
      tasks: { A: 2, B: 2, C: 2 },
      criteria: ["fluency", "accuracy", "range", "interaction"],
    },
  },
  objective: {
    itemsPerLevel: 2,
    /** The ends are published; the four between are derived so that two items each sum to the table's level boundaries. */
    weightHundredths: { A1: 100, A2: 125, B1: 150, B2: 175, C1: 200, C2: 250 },
  },
  rated: {
    /** The means of the pairs of item weights: A1/A2, B1/B2, C1/C2. */
    weightThousandths: { A: 1125, B: 1625, C: 2250 },
    rating: { lowest: 0, highest: 10, stepHalves: 1 },
  },
  combining: "exact-mean-per-criterion",
  rounding: { mode: "half-up", sectionRaw: 2, percent: 2, overallBand: 2, composite: 0 },
  /**
   * Printed ends in hundredths of a raw score, lowest row first. Where two rows print the same value (Writing 5.00,
   * Speaking 87.50) the upper end of the lower row wins.
   */
  rows: [
    row("A1", [100, 200], [100, 200], [100, 1130], [100, 500]),
    row("A1/A2", [201, 330], [201, 330], [1131, 1630], [500, 800]),
    row("A2", [331, 450], [331, 450], [1631, 2250], [801, 1150]),
    row("B1", [451, 750], [451, 750], [2251, 3880], [1151, 1550]),
    row("B1/B2", [751, 930], [751, 930], [3881, 4630], [1551, 2000]),
    row("B2", [931, 1100], [931, 1100], [4631, 5500], [2001, 2500]),
    row("C1", [1101, 1300], [1101, 1300], [5501, 6500], [2501, 3250]),
    row("C1", [1301, 1500], [1301, 1500], [6501, 7750], [3251, 3750]),
    row("C2", [1501, 1750], [1501, 1750], [7751, 8750], [3751, 4500]),
    row("C2", [1751, 2000], [1751, 2000], [8750, 10000], [4501, 5000]),
  ],
  rules: {
    withinRow: "step = clamp(ceil(10 × (raw − lower) / (upper − lower)), 1, 10); band = rowIndex + step / 10",
    lowerOfRow: "the upper end of the row before; 1.00 for the first row",
    overlap: "upper-end-belongs-to-lower-row",
    belowTableHundredths: 100,
    overall: "mean of the four section bands; its level is the row whose band range holds it",
    doubleLevels: "reported as printed; the lower is the secured one",
  },
  composites: {
    literacy: ["reading", "writing", "speaking"],
    comprehension: ["reading", "writing", "listening"],
    conversation: ["listening", "speaking"],
    production: ["speaking", "writing", "listening"],
  },
  /** What a level means, in words for candidates and certificates; written for this scheme after the CEFR's global scale. */
  levels: {
    "below A1": "Does not yet use English for simple everyday needs; may know single words and set phrases.",
    A1: "Can understand and use familiar everyday expressions and very simple phrases, and can introduce themselves.",
    "A1/A2":
      "Is secure in familiar everyday expressions (A1) and is beginning to handle short, routine exchanges on everyday matters (A2).",
    A2: "Can understand common expressions and handle short, routine exchanges about immediate, everyday matters.",
    B1: "Can follow the main points of clear language on familiar matters, deal with most situations while travelling, and give reasons briefly.",
    "B1/B2":
      "Is secure on familiar matters (B1) and is beginning to follow and discuss more complex and abstract topics (B2).",
    B2: "Can understand the main ideas of complex texts, interact fluently without strain, and argue a point of view in detail.",
    C1: "Can understand demanding, longer texts, express ideas fluently and spontaneously, and use language flexibly for study and work.",
    C2: "Can understand virtually everything heard or read and express themselves precisely, separating finer shades of meaning.",
  },
});

export const ielpSections = ["reading", "listening", "writing", "speaking"] as const;
export type IelpSection = (typeof ielpSections)[number];

export const ielpComposites = ["literacy", "comprehension", "conversation", "production"] as const;
export type IelpComposite = (typeof ielpComposites)[number];

export type WritingCriterion = (typeof IELP.sections.writing.criteria)[number];
export type SpeakingCriterion = (typeof IELP.sections.speaking.criteria)[number];

type Ends = readonly [lower: number, upper: number];

function row<const Level extends string>(cefr: Level, listening: Ends, reading: Ends, speaking: Ends, writing: Ends) {
  return { cefr, listening, reading, speaking, writing };
}
