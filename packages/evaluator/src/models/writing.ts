import { type CriterionModel, type LinearModel, type Norm, type Transform, transformed } from "../model.ts";

/**
 * The writing model as shipped: a heuristic. Norms say what is usual in essays of learners between B1 and B2; weights say how much
 * each feature moves a criterion. Both are judgements from published findings, named in docs/evaluator.md; nothing in them was
 * fitted to scored essays. A change needs a new version.
 */
const norms: LinearModel["norms"] = {
  words: usual(150, 450, "log"),
  spelling: usual(0.5, 5, "root"),
  grammar: usual(0.01, 0.1, "root"),
  agreement: usual(0, 0.08, "root"),
  wordChoice: usual(0, 0.06, "root"),
  punctuation: usual(0.3, 3, "root"),
  capitals: usual(0, 2.5, "root"),
  runOn: usual(0, 0.4),
  cleanStretches: usual(0.35, 0.8),
  mtld: usual(40, 90, "log"),
  hdd: usual(0.74, 0.84),
  rareTypes: usual(5, 30, "log"),
  rareShare: usual(0.06, 0.22),
  wordLength: usual(5, 6.2),
  types: usual(80, 200, "log"),
  longWords: usual(8, 20),
  density: usual(0.36, 0.46),
  derived: usual(3, 9),
  formulas: usual(0.25, 0.85),
  structures: usual(8, 18),
  sentenceLength: usual(12, 26, "log"),
  clauseLength: usual(6, 9),
  subordination: usual(0.2, 0.45),
  prepositions: usual(8, 13),
  articles: usual(3, 8),
  longestSentence: usual(25, 70, "log"),
  sentenceSpread: usual(0.3, 0.7),
  connectiveTypes: usual(5, 16),
  overlap: usual(0.5, 0.95),
  reference: usual(0.3, 1.6),
  paragraphs: usual(1, 5, "log"),
  informal: usual(0.1, 2, "root"),
  formal: usual(0.2, 2, "root"),
  commas: usual(2, 7),
  personal: usual(2, 12),
  plainLinks: usual(4, 9),
  pointsAddressed: usual(0.5, 1),
  promptOverlap: usual(0.2, 0.7),
  lengthFit: usual(0.7, 1),
};

/** A norm from the values that lie one standard deviation below and above the middle. */
function usual(low: number, high: number, transform: Transform = "linear"): Norm {
  const [from, to] = [transformed(low, transform), transformed(high, transform)];
  return { transform, middle: round((from + to) / 2), deviation: round((to - from) / 2) };
}

const base = 0.55;
/** Of a scale of ten 1.5 points: about what single raters differ by (1.0) and what a heuristic's level may be off (1.1), together. */
const standardError = 0.15;
const criterion = (weights: CriterionModel["weights"]): CriterionModel => ({ base, standardError, weights });

const coherence = criterion({
  ...{ words: 0.035, connectiveTypes: 0.03, paragraphs: 0.025, overlap: 0.015, reference: 0.01, sentenceSpread: 0.01 },
  ...{ runOn: -0.02, punctuation: -0.015, cleanStretches: 0.02, mtld: 0.015, formulas: 0.015 },
});
const grammar = criterion({
  ...{
    grammar: -0.02,
    agreement: -0.015,
    cleanStretches: 0.03,
    structures: 0.025,
    words: 0.015,
    clauseLength: 0.01,
    mtld: 0.01,
  },
  ...{ wordChoice: -0.015, spelling: -0.02, runOn: -0.015, punctuation: -0.01, capitals: -0.01 },
});
const vocabulary = criterion({
  ...{ mtld: 0.03, rareTypes: 0.03, hdd: 0.015, rareShare: 0.01, wordLength: 0.015, derived: 0.015, formulas: 0.02 },
  ...{ words: 0.015, spelling: -0.025, wordChoice: -0.015 },
});
const syntax = criterion({
  ...{
    structures: 0.035,
    words: 0.025,
    cleanStretches: 0.025,
    clauseLength: 0.015,
    prepositions: 0.015,
    subordination: 0.01,
  },
  ...{ mtld: 0.015, runOn: -0.03, grammar: -0.012, agreement: -0.008, punctuation: -0.015 },
});
const phraseology = criterion({
  ...{
    formulas: 0.03,
    wordChoice: -0.025,
    mtld: 0.02,
    rareTypes: 0.02,
    words: 0.02,
    structures: 0.02,
    cleanStretches: 0.02,
  },
  ...{ grammar: -0.012, agreement: -0.008, spelling: -0.015 },
});
const conventions = criterion({
  ...{
    spelling: -0.04,
    capitals: -0.03,
    punctuation: -0.03,
    runOn: -0.03,
    cleanStretches: 0.03,
    grammar: -0.005,
    agreement: -0.005,
  },
  ...{ words: 0.01, paragraphs: 0.01 },
});

export const writingModel: LinearModel = {
  id: "writing-heuristic",
  version: "1",
  basis: "heuristic",
  norms,
  criteria: {
    taskFulfilment: criterion({
      ...{
        pointsAddressed: 0.06,
        lengthFit: 0.05,
        promptOverlap: 0.03,
        structures: 0.02,
        connectiveTypes: 0.02,
        mtld: 0.02,
      },
      ...{ spelling: -0.01, grammar: -0.005, agreement: -0.005 },
    }),
    coherence,
    grammar,
    vocabulary,
    register: criterion({
      ...{ informal: -0.04, formal: 0.03, capitals: -0.02, derived: 0.02, wordLength: 0.015, clauseLength: 0.01 },
      ...{ punctuation: -0.01, spelling: -0.01 },
    }),
    syntax,
    phraseology,
    conventions,
    overall: meanOf([coherence, grammar, vocabulary, syntax, phraseology, conventions]),
  },
};

/** The overall score is the mean of the criteria that need no task, so that its parts add up. */
function meanOf(criteria: readonly CriterionModel[]): CriterionModel {
  const weights: Record<string, number> = {};
  for (const { weights: own } of criteria)
    for (const [feature, weight] of Object.entries(own))
      weights[feature] = (weights[feature] ?? 0) + weight / criteria.length;
  return criterion(Object.fromEntries(Object.entries(weights).map(([feature, weight]) => [feature, round(weight)])));
}

function round(value: number): number {
  return Math.round(value * 1e5) / 1e5;
}
