import { type Agreement, agreementOf, mappedAgreement, type Scale } from "@bandwise/evaluator/agreement";
import { type CalibrationRow, type CriterionReport, calibrate } from "@bandwise/evaluator/calibration";
import { decideGate, type GateDecision } from "@bandwise/evaluator/gate";
import { predict } from "@bandwise/evaluator/model";
import { writingModel } from "@bandwise/evaluator/models/writing";
import type { FeatureVector } from "@bandwise/evaluator/rating";
import { seededRandom } from "@bandwise/psychometrics/random";
import type { ScoreColumn } from "./essays-csv.ts";

/** What is kept of an essay after it was rated: numbers only, so that ten thousand weigh little. */
export interface RatedEssay {
  readonly id: string;
  readonly candidate: string;
  readonly prompt: string | null;
  readonly human: Readonly<Record<string, number | null>>;
  /** By column, like the human scores. */
  readonly machine: Readonly<Record<string, number | null>>;
  /** Kept for calibration only. */
  readonly features: FeatureVector | null;
}

export type ColumnAgreement = Agreement & { readonly byPrompt: Readonly<Record<string, Agreement>> };

/** The scale the humans used, as far as their scores show it: ends and the smallest step. */
export function humanScale(essays: readonly RatedEssay[]): Scale {
  const values = [
    ...new Set(essays.flatMap(({ human }) => Object.values(human).filter((score) => score !== null))),
  ].sort((a, b) => a - b);
  const steps = values.slice(1).map((value, at) => value - (values[at] ?? 0));
  return { lowest: values[0] ?? 0, highest: values.at(-1) ?? 1, step: Math.max(1e-3, Math.min(...steps, 1)) };
}

/**
 * Per column, over all essays and for each prompt alone. The lines that take the rater's scale to the humans' are drawn, for a
 * prompt, through the other prompts' essays: nothing of the prompt itself is used.
 */
export function agreementByColumn(
  essays: readonly RatedEssay[],
  columns: readonly ScoreColumn[],
  scale: Scale,
  agreement: typeof mappedAgreement = mappedAgreement,
): Record<string, ColumnAgreement> {
  return Object.fromEntries(
    columns.map(({ name }) => {
      const pairs = essays.flatMap(({ prompt, human, machine }) => {
        const [score, expected] = [machine[name], human[name]];
        return typeof score === "number" && typeof expected === "number"
          ? [{ prompt, machine: score, human: expected }]
          : [];
      });
      const prompts = [...new Set(pairs.map(({ prompt }) => prompt))].filter((prompt) => prompt !== null).sort();
      const byPrompt =
        prompts.length < 2
          ? []
          : prompts.map((prompt): [string, Agreement] => {
              const own = columnsOf(pairs.filter((pair) => pair.prompt === prompt));
              const others = columnsOf(pairs.filter((pair) => pair.prompt !== prompt));
              return [prompt, agreement(own.machine, own.human, scale, others)];
            });
      const all = columnsOf(pairs);
      return [name, { ...agreement(all.machine, all.human, scale), byPrompt: Object.fromEntries(byPrompt) }];
    }),
  );
}

function columnsOf(pairs: readonly { readonly machine: number; readonly human: number }[]) {
  return { machine: pairs.map(({ machine }) => machine), human: pairs.map(({ human }) => human) };
}

export interface CalibrationOutcome {
  readonly seed: string;
  readonly learnedFrom: number;
  readonly testedOn: number;
  /** On the essays nothing was learned from: the model as shipped, and the calibrated one. */
  readonly shipped: Readonly<Record<string, ColumnAgreement>>;
  readonly calibrated: Readonly<Record<string, ColumnAgreement>>;
  /** Cross-validation inside the essays learned from, by unseen prompt where there are several. */
  readonly crossValidation: readonly Omit<CriterionReport, "predictions">[];
  /** What the gate would say of it; agreement between humans is not in the table. */
  readonly gate: Readonly<Record<string, GateDecision>>;
}

/** Calibrates on a share of the candidates and tries the result on the others; the model is thrown away. */
export function tryCalibration(
  essays: readonly RatedEssay[],
  columns: readonly ScoreColumn[],
  scale: Scale,
  options: { readonly seed: string; readonly share: number },
): CalibrationOutcome {
  const learning = learners(essays, options);
  const learned = essays.filter(({ candidate }) => learning.has(candidate));
  const rest = essays.filter(({ candidate }) => !learning.has(candidate));
  const rows = learned.flatMap(({ candidate, prompt, human, features }): CalibrationRow[] =>
    features === null ? [] : [{ candidate, prompt: prompt ?? "", features, scores: human }],
  );
  const names = columns.map(({ name }) => name);
  const { model, report } = calibrate(writingModel, rows, names, scale, "trial");
  const range = scale.highest - scale.lowest;
  const rated = rest.map((essay): RatedEssay => {
    const scores = names.map((name) => {
      const criterion = model.criteria[name];
      const known = criterion !== undefined && essay.features !== null && essay.machine[name] !== null;
      const share = known ? predict(model, criterion, essay.features).share : null;
      return [name, share === null ? null : scale.lowest + range * Math.max(0, Math.min(1, share))] as const;
    });
    return { ...essay, machine: Object.fromEntries(scores) };
  });
  // It speaks the humans' scale already: nothing is mapped, so that a wrong level shows.
  const calibrated = agreementByColumn(rated, columns, scale, agreementOf);
  return {
    ...{ seed: options.seed, learnedFrom: learned.length, testedOn: rest.length },
    shipped: agreementByColumn(rest, columns, scale),
    calibrated,
    crossValidation: report.map(({ predictions: _, ...rest }) => rest),
    gate: Object.fromEntries(
      report.map(({ criterion, agreement }) => [
        criterion,
        decideGate({ machine: agreement, humanKappa: null, subgroups: [] }),
      ]),
    ),
  };
}

function learners(essays: readonly RatedEssay[], { seed, share }: { seed: string; share: number }): Set<string> {
  const random = seededRandom(seed);
  const candidates = [...new Set(essays.map(({ candidate }) => candidate))].sort();
  const drawn = candidates.map((candidate) => ({ candidate, place: random() })).sort((a, b) => a.place - b.place);
  return new Set(drawn.slice(0, Math.round(share * drawn.length)).map(({ candidate }) => candidate));
}
