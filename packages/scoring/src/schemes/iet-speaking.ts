import { defineScheme } from "../scheme.ts";

/** `iet-speaking`, version 1: machine-rated speaking, CEFR in minutes. Source: scoring.md, section 3. */
export const IET_SPEAKING = defineScheme({
  id: "iet-speaking",
  version: "1",
  name: "IET speaking test",
  /** In the order they are set and reported. */
  tasks: [
    { id: "introduce", title: "Introduce yourself" },
    { id: "describe", title: "Describe a picture or a situation" },
    { id: "opinion", title: "Express an opinion" },
    { id: "dialogue", title: "Take part in a dialogue" },
  ],
  criteria: ["fluency", "pronunciation", "grammar", "vocabulary"],
  criterionTitles: {
    fluency: "Fluency and coherence",
    pronunciation: "Pronunciation and intonation",
    grammar: "Grammar",
    vocabulary: "Vocabulary",
  },
  rating: { lowest: 0, highest: 100, decimals: 2 },
  combining: "exact-mean-per-criterion",
  rounding: { mode: "half-up", task: 2, overall: 2 },
  /** Upper ends in hundredths, after the speaking column of `ielp`. */
  levels: [
    { cefr: "A1", upperHundredths: 1630, descriptor: "Can introduce self, use basic phrases" },
    { cefr: "A2", upperHundredths: 2250, descriptor: "Can handle simple interactions" },
    { cefr: "B1", upperHundredths: 4630, descriptor: "Can talk about familiar topics in detail" },
    { cefr: "B2", upperHundredths: 5500, descriptor: "Can express opinions clearly and fluently" },
    { cefr: "C1", upperHundredths: 7750, descriptor: "Can speak confidently and spontaneously" },
    { cefr: "C2", upperHundredths: 10000, descriptor: "Can express complex ideas with ease" },
  ],
  belowTableHundredths: 100,
  belowTableDescriptor: "Does not yet show the speaking of level A1",
  independentUserFrom: "B1",
});

export type IetCriterion = (typeof IET_SPEAKING.criteria)[number];
export type IetTask = (typeof IET_SPEAKING.tasks)[number]["id"];
