import type { Sentence } from "./tokens.ts";
import {
  auxiliaries,
  determiners,
  isFunctionWord,
  modals,
  prepositions,
  subjectPronouns,
  subordinators,
} from "./word-lists.ts";

export interface SyntaxMeasures {
  /** Estimated: one per sentence, one per subordinator, one per coordinator or comma with a new subject. */
  readonly clauses: number;
  readonly subordinateClauses: number;
  readonly meanSentenceLength: number;
  /** Standard deviation of sentence length over its mean. */
  readonly sentenceLengthSpread: number;
  readonly wordsPerClause: number;
  readonly prepositionsPer100: number;
  /** Which of the structures below occur at least once. */
  readonly structures: readonly string[];
}

/**
 * Structures that learners come to use one after the other between A1 and C1 (after the criterial features of Hawkins & Filipović,
 * 2012, and the English Grammar Profile; our own choice and patterns). Patterns run over lower-case words joined by blanks.
 */
const irregular =
  "been|done|gone|seen|made|taken|given|known|shown|found|told|said|thought|brought|bought|taught|caught|built|kept|left|lost|met|paid|put|read|sent|spent|written|grown|become|begun|chosen|driven|eaten|fallen|felt|forgotten|gotten|got|had|heard|held|hurt|learnt|led|let|spoken|understood|won|worn|broken|come|run|drawn|thrown|hidden|proven";
const participle = `(?:\\w+ed|${irregular})`;
const adverb = "(?:(?:not|also|always|never|often|already|just|only|really|\\w+ly) )?";
const structurePatterns: readonly (readonly [string, RegExp])[] = [
  ["present perfect", new RegExp(`\\b(?:have|has|haven't|hasn't|i've|we've|they've|you've) ${adverb}${participle}\\b`)],
  ["past perfect", new RegExp(`\\b(?:had|hadn't) ${adverb}${participle}\\b`)],
  ["passive", new RegExp(`\\b(?:is|are|was|were|be|been|being|get|gets|got) ${adverb}${participle}\\b`)],
  [
    "passive after a modal",
    new RegExp(`\\b(?:can|could|will|would|should|must|may|might) ${adverb}be ${participle}\\b`),
  ],
  ["modal with perfect", /\b(?:could|would|should|might|must|may) (?:not )?have \w+(?:ed|en|one|ade|ought|een)\b/],
  [
    "progressive",
    new RegExp(`\\b(?:am|is|are|was|were|been|i'm|he's|she's|it's|we're|they're|you're) ${adverb}\\w{2,}ing\\b`),
  ],
  ["first conditional", /\bif \w+ (?:\w+ )?.{0,60}\b(?:will|can|may)\b/],
  ["second conditional", /\bif .{0,60}\b(?:would|could|might)\b/],
  ["relative with who", /\b(?!(?:know|ask|see|wonder|and|but))\w+ who (?:\w+ )?\w+/],
  ["relative with which", /\b(?:\w+ )(?:in |of |for |to |with )?which \w+/],
  ["relative with whose or whom", /\b(?:whose|whom)\b/],
  [
    "relative with where",
    /\b(?:place|school|country|city|world|situation|point|house|room|area|environment|time|way|home)s? where\b/,
  ],
  [
    "noun clause",
    /\b(?:think|believe|know|say|said|says|feel|agree|argue|show|shows|mean|means|realize|realise|understand|hope|suggest|fact|idea|opinion) that\b/,
  ],
  [
    "question clause",
    /\b(?:know|understand|learn|see|show|decide|wonder|ask|explain|matter|about|realize|discover) (?:how|what|why|where|whether|who|when)\b/,
  ],
  ["concession", /\b(?:although|though|even if|whereas|despite|in spite of|no matter)\b/],
  ["purpose", /\b(?:in order to|so as to|so that)\b/],
  ["result", /\b(?:so|such) \w+ (?:\w+ )?that\b/],
  [
    "gerund as subject or object",
    /(?:^|\. )\w{3,}ing (?:\w+ ){0,4}(?:is|was|can|will|helps|makes|gives|has|would)\b|\b(?:by|without|before|after|instead of|of|for|about) \w{3,}ing\b/,
  ],
  [
    "object and infinitive",
    /\b(?:want|wants|help|helps|allow|allows|encourage|encourages|tell|told|ask|asked|teach|enable|enables|expect|advise|force) (?:\w+ ){1,2}to \w+/,
  ],
  [
    "causative",
    /\b(?:make|makes|made|let|lets|help|helps|helped) (?:me|you|him|her|us|them|people|students|someone) \w{3,}\b/,
  ],
  ["comparative", /\b(?:more|less|better|worse|\w{3,}er) (?:\w+ )?than\b/],
  ["correlative comparative", /\bthe (?:more|less|better|\w{3,}er) .{1,50} the (?:more|less|better|\w{3,}er)\b/],
  ["superlative", /\bthe (?:most|least|best|worst|\w{3,}est) \w+/],
  ["equality", /\bas \w+ as\b/],
  ["correlative", /\b(?:not only .{1,80} but|both \w+ (?:\w+ )?and|either .{1,40} or|neither .{1,40} nor)\b/],
  [
    "cleft",
    /\b(?:what (?:i|we|you|they|people|matters|makes) .{1,40} is|it is \w+ (?:who|that)|the reason (?:why|that))\b/,
  ],
  ["existential", /\bthere (?:is|are|was|were|will be|has been|have been|would be)\b/],
  ["past habit", /\bused to \w+/],
  ["preference", /\b(?:would rather|had better|would prefer|would like to)\b/],
  [
    "temporal subordination",
    /\b(?:when|while|as soon as|until|before|after|once) (?:i|you|we|they|he|she|it|the|my|people|students)\b/,
  ],
  ["causal subordination", /\b(?:because|since) (?:i|you|we|they|he|she|it|the|my|people|students|there|if)\b/],
];

/** Measures of clause and phrase from closed classes of words, without a parser: estimates, the same for the same text always. */
export function syntaxOf(sentences: readonly Sentence[]): SyntaxMeasures {
  let clauses = 0;
  let subordinate = 0;
  let prepositionCount = 0;
  const lengths = sentences.map(({ words }) => words.length);
  const found = new Set<string>();
  for (const sentence of sentences) {
    const words = sentence.words.map(({ plain }) => plain);
    const opened = subordinatorsIn(words);
    subordinate += opened;
    clauses += 1 + opened + newSubjects(words);
    prepositionCount += words.filter((plain) => prepositions.has(plain)).length;
    const joined = words.join(" ");
    for (const [name, pattern] of structurePatterns) if (!found.has(name) && pattern.test(joined)) found.add(name);
  }
  const words = lengths.reduce((sum, length) => sum + length, 0);
  const mean = words / Math.max(1, lengths.length);
  const variance = lengths.reduce((sum, length) => sum + (length - mean) ** 2, 0) / Math.max(1, lengths.length);
  return {
    clauses,
    subordinateClauses: subordinate,
    meanSentenceLength: mean,
    sentenceLengthSpread: mean === 0 ? 0 : Math.sqrt(variance) / mean,
    wordsPerClause: words / Math.max(1, clauses),
    prepositionsPer100: (100 * prepositionCount) / Math.max(1, words),
    structures: structurePatterns.map(([name]) => name).filter((name) => found.has(name)),
  };
}

/** `after`, `before`, `since`, `until` and `than` open a clause only where a subject follows; `that` after a word that is no determiner's noun. */
function subordinatorsIn(words: readonly string[]): number {
  let count = 0;
  words.forEach((plain, at) => {
    const following = words[at + 1] ?? "";
    const isDoubtful = prepositions.has(plain) || plain === "once" || plain === "that" || plain === "as";
    if (!subordinators.has(plain) && plain !== "that" && plain !== "as" && plain !== "how" && plain !== "what") return;
    if (isDoubtful && !startsClause(words, at + 1)) return;
    if (following === "" || at === words.length - 1) return;
    count += 1;
  });
  return count;
}

/** A subject and, within the next words, an auxiliary or another word of content. */
function startsClause(words: readonly string[], at: number): boolean {
  const first = words[at] ?? "";
  if (subjectPronouns.has(first) && first !== "that" && first !== "this") return true;
  if (!determiners.has(first)) return false;
  return words.slice(at + 1, at + 5).some((plain) => auxiliaries.has(plain) || modals.has(plain));
}

/** Main clauses joined on: `…, and she …`, `… so it …`. */
function newSubjects(words: readonly string[]): number {
  let count = 0;
  for (let at = 1; at < words.length - 1; at += 1) {
    const joins = words[at] === "and" || words[at] === "but" || words[at] === "or" || words[at] === "so";
    if (joins && startsClause(words, at + 1)) count += 1;
  }
  return count;
}

/** Words of content of a sentence. */
export function contentWords(words: readonly string[]): string[] {
  return words.filter((plain) => plain.length > 2 && !isFunctionWord(plain));
}
