import type { CriterionModel, LinearModel } from "../model.ts";

/**
 * The writing model as shipped: a heuristic. Norms say what is usual in essays of learners between B1 and B2; weights say how much
 * each feature moves a criterion. Both are judgements from published findings, named in docs/evaluator.md; nothing in them was
 * fitted to scored essays. A change needs a new version.
 */
const norms: LinearModel["norms"] = {
  words: { transform: "log", low: 150, high: 450 },
  spelling: { transform: "root", low: 0.5, high: 5 },
  grammar: { transform: "root", low: 0.02, high: 0.15 },
  wordChoice: { transform: "root", low: 0, high: 0.06 },
  punctuation: { transform: "root", low: 0.3, high: 3 },
  capitals: { transform: "root", low: 0, high: 2.5 },
  runOn: { transform: "linear", low: 0, high: 0.4 },
  cleanClauses: { transform: "linear", low: 0.35, high: 0.8 },
  mtld: { transform: "log", low: 40, high: 90 },
  hdd: { transform: "linear", low: 0.74, high: 0.84 },
  rareTypes: { transform: "log", low: 5, high: 30 },
  rareShare: { transform: "linear", low: 0.06, high: 0.22 },
  wordLength: { transform: "linear", low: 5, high: 6.2 },
  derived: { transform: "linear", low: 3, high: 9 },
  formulas: { transform: "linear", low: 0.25, high: 0.85 },
  structures: { transform: "linear", low: 8, high: 18 },
  sentenceLength: { transform: "log", low: 12, high: 26 },
  clauseLength: { transform: "linear", low: 6, high: 9 },
  subordination: { transform: "linear", low: 0.2, high: 0.45 },
  prepositions: { transform: "linear", low: 8, high: 13 },
  sentenceSpread: { transform: "linear", low: 0.3, high: 0.7 },
  connectiveTypes: { transform: "linear", low: 5, high: 16 },
  overlap: { transform: "linear", low: 0.5, high: 0.95 },
  reference: { transform: "linear", low: 0.3, high: 1.6 },
  paragraphs: { transform: "log", low: 1, high: 5 },
  informal: { transform: "root", low: 0.1, high: 2 },
  formal: { transform: "root", low: 0.2, high: 2 },
  pointsAddressed: { transform: "linear", low: 0.5, high: 1 },
  promptOverlap: { transform: "linear", low: 0.2, high: 0.7 },
  lengthFit: { transform: "linear", low: 0.7, high: 1 },
};

const base = 0.55;
/** Of a scale of ten 1.5 points: about what single raters differ by (1.0) and what a heuristic's level may be off (1.1), together. */
const standardError = 0.15;
const criterion = (weights: CriterionModel["weights"]): CriterionModel => ({ base, standardError, weights });

const coherence = criterion({
  ...{ words: 0.035, connectiveTypes: 0.03, paragraphs: 0.025, overlap: 0.015, reference: 0.01, sentenceSpread: 0.01 },
  ...{ runOn: -0.02, punctuation: -0.015, cleanClauses: 0.02, mtld: 0.015, formulas: 0.015 },
});
const grammar = criterion({
  ...{ grammar: -0.035, cleanClauses: 0.03, structures: 0.025, words: 0.015, clauseLength: 0.01, mtld: 0.01 },
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
    cleanClauses: 0.025,
    clauseLength: 0.015,
    prepositions: 0.015,
    subordination: 0.01,
  },
  ...{ mtld: 0.015, runOn: -0.03, grammar: -0.02, punctuation: -0.015 },
});
const phraseology = criterion({
  ...{
    formulas: 0.03,
    wordChoice: -0.025,
    mtld: 0.02,
    rareTypes: 0.02,
    words: 0.02,
    structures: 0.02,
    cleanClauses: 0.02,
  },
  ...{ grammar: -0.02, spelling: -0.015 },
});
const conventions = criterion({
  ...{ spelling: -0.04, capitals: -0.03, punctuation: -0.03, runOn: -0.03, cleanClauses: 0.03, grammar: -0.01 },
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
      ...{ spelling: -0.01, grammar: -0.01 },
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
