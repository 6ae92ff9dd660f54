/**
 * What every rater takes and gives back, be it a linear model over measured features, a language model or another program.
 * A rater never invents: a criterion it cannot measure has the score null and says why.
 */
export interface Rater {
  /** What it is and which version: same input and same version, same rating, byte for byte. */
  readonly version: RaterVersion;
  evaluate(response: Response, task: Task, rubric: Rubric): Promise<Evaluation>;
}

export interface RaterVersion {
  readonly id: string;
  readonly version: string;
  /** SHA-256 of all that decides a score: weights, norms, features' version, versions of the checkers. */
  readonly hash: string;
}

/** What the candidate gave. `transcript` is speech written down: it has no spelling and no punctuation of the candidate's own. */
export interface Response {
  readonly kind: "text" | "transcript";
  readonly text: string;
}

/** What was asked. Leave out what the task does not say; the features that would need it are then not measured. */
export interface Task {
  readonly prompt?: string;
  /** Things the answer must speak of, one sentence or phrase each. */
  readonly points?: readonly string[];
  readonly minWords?: number;
  readonly maxWords?: number;
}

export interface Rubric {
  readonly criteria: readonly string[];
  readonly lowest: number;
  readonly highest: number;
  /** By criterion: what the scale's fixed scores look like. Read by language models alone. */
  readonly descriptors?: Readonly<Record<string, readonly { readonly score: number; readonly text: string }[]>>;
}

export const bases = ["calibrated-model", "heuristic", "llm", "none"] as const;
export type Basis = (typeof bases)[number];

/** Features by name; null where one could not be measured. */
export type FeatureVector = Readonly<Record<string, number | null>>;

/** One feature's share in a score: the score is the model's base plus the sum of the effects, held inside the scale. */
export interface Contribution {
  readonly feature: string;
  /** As measured, in the feature's own unit; null where it could not be measured and so has no effect. */
  readonly value: number | null;
  /** Points of the rubric's scale for one standard deviation above the norm. */
  readonly weight: number;
  readonly effect: number;
}

export interface CriterionRating {
  readonly criterion: string;
  /** On the rubric's scale, two decimals, not rounded to its steps: that is the scheme's business. */
  readonly score: number | null;
  /** Why there is no score; null where there is one. */
  readonly reason: string | null;
  /** 90 of 100 human scores are expected inside; null without a score. */
  readonly interval: readonly [number, number] | null;
  /** 0 to 1: how far the score may be relied on. A heuristic never passes 0.5. */
  readonly confidence: number;
  readonly basis: Basis;
  readonly base: number;
  readonly contributions: readonly Contribution[];
}

export const errorKinds = [
  "spelling",
  "grammar",
  "agreement",
  "word-choice",
  "punctuation",
  "capitalisation",
  "run-on",
] as const;
export type ErrorKind = (typeof errorKinds)[number];

/** What is shown of speech beside mistakes: no error of itself, but what a score rests on. */
export type SpeechSign = "filler" | "repair" | "long-pause" | "unclear-word" | "quote";

/** A place in the response. */
export interface Evidence {
  /** In UTF-16 units from the start of the text or transcript; a pause lies between words and has no length there. */
  readonly start: number;
  readonly end: number;
  /** In the recording, where the recogniser gives times. */
  readonly startSeconds?: number;
  readonly endSeconds?: number;
  readonly kind: ErrorKind | SpeechSign;
  readonly message: string;
  readonly suggestion: string | null;
}

/** A mistake in the language itself. */
export interface Mistake extends Evidence {
  readonly kind: ErrorKind;
}

export const flags = [
  ...(["empty", "too-short", "off-language", "copied-prompt", "off-topic", "repetitive"] as const),
  ...(["silence", "noise", "clipping", "broken-off"] as const),
] as const;
export type Flag = (typeof flags)[number];

/** Everything but the time it took, so that two runs can be compared byte for byte. */
export interface Rating {
  readonly rater: RaterVersion;
  /** SHA-256 of response, task and rubric. */
  readonly inputHash: string;
  readonly criteria: readonly CriterionRating[];
  readonly evidence: readonly Evidence[];
  readonly flags: readonly Flag[];
}

export interface Evaluation {
  readonly rating: Rating;
  readonly durationMilliseconds: number;
}
