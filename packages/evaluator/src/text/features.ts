import type { ErrorKind, FeatureVector, Mistake, Response, Task } from "../rating.ts";
import { cohesionOf } from "./cohesion.ts";
import { hdd, mtld } from "./diversity.ts";
import type { GrammarChecker } from "./grammar.ts";
import { findMistakes } from "./mistakes.ts";
import { formal, formulas, informal } from "./phrases.ts";
import type { Speller } from "./spelling.ts";
import { syntaxOf } from "./syntax.ts";
import { type TaskMeasures, taskFit } from "./task-fit.ts";
import { type Tokens, tokenise } from "./tokens.ts";
import { vocabularyOf } from "./vocabulary.ts";
import { auxiliaries, functionWords, isFunctionWord, stem } from "./word-lists.ts";

/** Every feature of a text, in the order they are shown. */
export const textFeatures = [
  ...["words", "spelling", "grammar", "agreement", "wordChoice", "punctuation", "capitals", "runOn", "cleanStretches"],
  ...["mtld", "hdd", "rareTypes", "rareShare", "types", "wordLength", "longWords", "derived", "density", "formulas"],
  ...[
    "structures",
    "sentenceLength",
    "clauseLength",
    "subordination",
    "prepositions",
    "articles",
    "sentenceSpread",
    "longestSentence",
  ],
  ...["connectiveTypes", "overlap", "reference", "paragraphs"],
  ...["informal", "formal", "commas", "personal", "plainLinks"],
  ...["pointsAddressed", "promptOverlap", "lengthFit"],
] as const;
export type TextFeature = (typeof textFeatures)[number];

export interface TextAnalysis {
  readonly tokens: Tokens;
  readonly features: FeatureVector;
  /** How often each function word is used, `word:which` and so on, a hundred words each: features for local calibration only. */
  readonly profile: Readonly<Record<string, number>>;
  readonly mistakes: readonly Mistake[];
  readonly task: TaskMeasures;
  /** Share of words that are English, by dictionary and by closed classes. */
  readonly englishShare: number;
}

export interface Checkers {
  readonly grammar: GrammarChecker;
  readonly speller: Speller;
}

/** Measures a response once, whatever will be made of it. */
export async function analyseText(response: Response, task: Task, checkers: Checkers): Promise<TextAnalysis> {
  const tokens = tokenise(response.text.normalize("NFC"));
  const mistakes = await findMistakes(tokens, response.kind, checkers.grammar, checkers.speller);
  const fit = taskFit(tokens, task);
  return {
    tokens,
    features: featuresOf(tokens, mistakes, fit, response.kind, checkers.speller),
    profile: profileOf(tokens),
    mistakes,
    task: fit,
    englishShare: englishShare(tokens, checkers.speller),
  };
}

function featuresOf(
  tokens: Tokens,
  mistakes: readonly Mistake[],
  fit: TaskMeasures,
  kind: Response["kind"],
  speller: Speller,
): Record<TextFeature, number | null> {
  const plain = tokens.words.map((word) => word.plain);
  const total = Math.max(1, plain.length);
  const syntax = syntaxOf(tokens.sentences);
  const vocabulary = vocabularyOf(tokens.words, speller);
  const cohesion = cohesionOf(tokens);
  const count = (...kinds: readonly ErrorKind[]): number =>
    mistakes.filter((mistake) => kinds.includes(mistake.kind)).length;
  const per100 = (found: number): number => (100 * found) / total;
  const perClause = (found: number): number => found / Math.max(1, syntax.clauses);
  // A speaker has no spelling, no marks and no paragraphs, and where a transcript ends its sentences is the writer's choice.
  const written = (value: number | null): number | null => (kind === "text" ? value : null);
  return {
    words: plain.length,
    spelling: written(per100(count("spelling"))),
    grammar: perClause(count("grammar")),
    agreement: perClause(count("agreement")),
    wordChoice: perClause(count("word-choice")),
    punctuation: written(per100(count("punctuation"))),
    capitals: written(per100(count("capitalisation"))),
    runOn: written(runOnShare(tokens, mistakes)),
    cleanStretches: cleanShare(tokens, mistakes),
    mtld: mtld(plain),
    hdd: hdd(plain),
    ...{ rareTypes: vocabulary.rareTypes, rareShare: vocabulary.rareShare, wordLength: vocabulary.wordLength },
    types: new Set(plain.map(stem)).size,
    longWords: per100(plain.filter((word) => word.length >= 7 && speller.isWord(word)).length),
    derived: vocabulary.derivedPer100,
    density: 1 - plain.filter(isFunctionWord).length / total,
    formulas: new Set(formulas.find(plain).map(({ phrase }) => phrase)).size / Math.sqrt(total),
    structures: syntax.structures.length,
    sentenceLength: written(syntax.meanSentenceLength),
    clauseLength: syntax.wordsPerClause,
    subordination: syntax.subordinateClauses / Math.max(1, syntax.clauses),
    prepositions: syntax.prepositionsPer100,
    articles: per100(plain.filter((word) => word === "the" || word === "a" || word === "an").length),
    sentenceSpread: written(tokens.sentences.length < 3 ? null : syntax.sentenceLengthSpread),
    longestSentence: written(Math.max(0, ...tokens.sentences.map(({ words }) => words.length))),
    connectiveTypes: cohesion.connectiveTypes,
    overlap: written(cohesion.overlap),
    reference: cohesion.referencePer100,
    paragraphs: written(tokens.paragraphs),
    informal: per100(informal.find(plain).length + plain.filter(isContraction).length / 2),
    formal: per100(formal.find(plain).length),
    commas: written(per100(tokens.text.split(",").length - 1)),
    personal: per100(plain.filter((word) => personal.has(word)).length),
    plainLinks: per100(plain.filter((word) => plainLinks.has(word)).length),
    ...{ pointsAddressed: fit.pointsAddressed, promptOverlap: fit.promptOverlap, lengthFit: fit.lengthFit },
  };
}

/** Grammar and register show in the small words (Biber, 1988); which of them matter, only scored responses can say. */
function profileOf({ words }: Tokens): Record<string, number> {
  const counts = new Map<string, number>();
  for (const { plain } of words) counts.set(plain, (counts.get(plain) ?? 0) + 1);
  const unit = 100 / Math.max(1, words.length);
  const profile: Record<string, number> = {};
  for (const [word, name] of profileNames) profile[name] = (counts.get(word) ?? 0) * unit;
  return profile;
}

/** Made once: a name put together anew for each of 200 words of each text costs more than the counting. */
const profileNames: readonly (readonly [word: string, feature: string])[] = functionWords.map((word) => [
  word,
  `word:${word}`,
]);

/** Talk of oneself and to the reader: more of it in speech and in simple texts than in formal ones (Biber, 1988). */
const personal = new Set(
  "i me my mine myself you your yours yourself i'm i've i'd i'll you're you've you'll".split(" "),
);
/** The first links a learner has, and overuses. */
const plainLinks = new Set(["and", "but", "so", "because", "then"]);

/** Half a mark of talk: many teachers accept `don't` in an essay, none asks for it. */
function isContraction(plain: string): boolean {
  return plain.includes("'") && (auxiliaries.has(plain) || plain.endsWith("n't"));
}

function runOnShare({ sentences, words }: Tokens, mistakes: readonly Mistake[]): number {
  const places = mistakes.filter(({ kind }) => kind === "run-on");
  const inside = sentences.filter(({ start, end }) =>
    places.some((place) => place.start >= start && place.start < end),
  );
  return inside.reduce((sum, sentence) => sum + sentence.words.length, 0) / Math.max(1, words.length);
}

/**
 * Share of stretches of twelve words without any mistake: error-free units (Wolfe-Quintero, Inagaki & Kim, 1998) of equal
 * length, because a learner who leaves out full stops would otherwise have few units to make mistakes in.
 */
function cleanShare({ words }: Tokens, mistakes: readonly Mistake[]): number | null {
  const stretch = 12;
  const units = Math.floor(words.length / stretch);
  if (units < 2) return null;
  let clean = 0;
  for (let unit = 0; unit < units; unit += 1) {
    const from = words[unit * stretch]?.start ?? 0;
    const to = words[unit * stretch + stretch - 1]?.end ?? 0;
    if (!mistakes.some(({ start, end, kind }) => kind !== "run-on" && start < to && end > from)) clean += 1;
  }
  return clean / units;
}

function englishShare({ words }: Tokens, speller: Speller): number {
  if (words.length === 0) return 0;
  const english = words.filter(({ text }) => speller.isWord(text)).length / words.length;
  const grammatical = words.filter(({ plain }) => isFunctionWord(plain)).length / words.length;
  // Names and loans are in the dictionary, so that other languages reach a share of words; of grammar they have none.
  return Math.min(english, grammatical * 2.5);
}
