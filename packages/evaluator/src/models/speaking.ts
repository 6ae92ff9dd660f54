import { type CriterionModel, type LinearModel, type Norm, type Transform, transformed } from "../model.ts";

/**
 * The speaking model as shipped: a heuristic, as the writing model is. Norms say what is usual in monologues of learners between
 * B1 and B2, weights how much a feature moves a criterion: judgements from the findings named in docs/evaluator.md, fitted to no
 * scores. Nothing in it depends on the microphone: no level, no noise, no pitch. A change needs a new version.
 */
const norms: LinearModel["norms"] = {
  // Syllables a second, pauses included and left out.
  speechRate: usual(2, 3.2),
  articulationRate: usual(3.2, 4.4),
  phonationRatio: usual(0.6, 0.82),
  pausesPerMinute: usual(18, 36),
  meanPauseSeconds: usual(0.45, 1.1, "log"),
  meanLengthOfRun: usual(4, 9.5, "log"),
  fillersPerMinute: usual(2, 12, "root"),
  repairsPerMinute: usual(0.5, 5, "root"),
  pausesInside: usual(0.35, 0.7),

  // The same measures as in writing; speech is shorter and plainer.
  words: usual(50, 160, "log"),
  types: usual(35, 90, "log"),
  mtld: usual(28, 65, "log"),
  hdd: usual(0.68, 0.8),
  rareTypes: usual(2, 12, "log"),
  rareShare: usual(0.04, 0.16),
  wordLength: usual(4.6, 5.6),
  derived: usual(1.5, 6),
  formulas: usual(0.2, 0.8),
  grammar: usual(0.01, 0.1, "root"),
  agreement: usual(0, 0.08, "root"),
  wordChoice: usual(0, 0.06, "root"),
  cleanStretches: usual(0.4, 0.85),
  structures: usual(5, 13),
  clauseLength: usual(5, 8),
  subordination: usual(0.15, 0.42),
  prepositions: usual(6, 12),

  // 0 to 100 as cloud assessments give them; 0 to 1 as recognisers do.
  phoneAccuracy: usual(68, 90),
  weakPhones: usual(0.05, 0.3, "root"),
  wordConfidence: usual(0.72, 0.92),
  unsureWords: usual(0.06, 0.3, "root"),
};

function usual(low: number, high: number, transform: Transform = "linear"): Norm {
  const [from, to] = [transformed(low, transform), transformed(high, transform)];
  return { transform, middle: round((from + to) / 2), deviation: round((to - from) / 2) };
}

/** As in writing: what single raters differ by and what a heuristic's level may be off. */
const standardError = 0.15;
const criterion = (weights: CriterionModel["weights"], error = standardError): CriterionModel => ({
  base: 0.55,
  standardError: error,
  weights,
});

export const speakingModel: LinearModel = {
  id: "speaking-heuristic",
  version: "1",
  basis: "heuristic",
  norms,
  criteria: {
    // Speech rate, phonation and runs carry most, place of pauses more than their number (Kormos & Dénes 2004; Suzuki, Kormos &
    // Uchihara 2021; De Jong 2016); fillers and repairs little, because speakers differ in them in their first language too.
    fluency: criterion({
      ...{ speechRate: 0.06, articulationRate: 0.02, phonationRatio: 0.03, meanLengthOfRun: 0.045 },
      ...{ pausesPerMinute: -0.02, meanPauseSeconds: -0.02 },
      ...{ pausesInside: -0.03, fillersPerMinute: -0.015, repairsPerMinute: -0.015 },
    }),
    vocabulary: criterion({
      ...{ types: 0.04, mtld: 0.03, hdd: 0.015, rareTypes: 0.035, rareShare: 0.01, wordLength: 0.015, derived: 0.015 },
      ...{ formulas: 0.025, wordChoice: -0.015 },
    }),
    grammar: criterion({
      ...{ grammar: -0.03, agreement: -0.02, wordChoice: -0.01, cleanStretches: 0.03 },
      ...{ structures: 0.035, clauseLength: 0.02, subordination: 0.02, prepositions: 0.01, words: 0.02 },
    }),
    pronunciation: criterion({ phoneAccuracy: 0.1, weakPhones: -0.05 }),
  },
};

/** Pronunciation where no sound was scored: how sure a recogniser was says how easily it understood, and errs more. */
export const intelligibility: CriterionModel = criterion({ wordConfidence: 0.08, unsureWords: -0.05 }, 0.2);

function round(value: number): number {
  return Math.round(value * 1e5) / 1e5;
}
