import { isFrequentWord } from "./frequent-words.ts";
import type { Speller } from "./spelling.ts";
import type { Word } from "./tokens.ts";
import { isFunctionWord, stem } from "./word-lists.ts";

export interface VocabularyMeasures {
  /** Different content words, by stem, that are English and lie beyond the frequent families; and their share of all of them. */
  readonly rareTypes: number;
  readonly rareShare: number | null;
  /** Mean letters of content words. */
  readonly wordLength: number | null;
  /** Words built with endings of abstract nouns, adjectives and verbs (`-tion`, `-ity`, `-ive` …), a hundred words each. */
  readonly derivedPer100: number;
}

const derived =
  /(?:tion|sion|ment|ness|ity|ance|ence|ship|hood|ism|ist|ure|acy|able|ible|ive|ous|ful|ical|ial|ual|ary|ory|ify|ize|ise|ate|ally|fully|ingly|ively|ously)s?$/;

/** Measures of how far the vocabulary reaches. Words that are no English words count for nothing: a slip is not a rare word. */
export function vocabularyOf(words: readonly Word[], speller: Speller): VocabularyMeasures {
  const content = words.filter((word, at) => isContent(word, words[at - 1])).map(({ plain }) => plain);
  const english = content.filter((plain) => speller.isWord(plain));
  const types = new Map(english.map((plain) => [stem(plain), plain]));
  const rare = [...types.values()].filter((plain) => !isFrequentWord(plain.replace(/'s?$/, "")));
  const letters = english.reduce((sum, plain) => sum + plain.length, 0);
  return {
    rareTypes: rare.length,
    rareShare: types.size < 10 ? null : rare.length / types.size,
    wordLength: english.length < 10 ? null : letters / english.length,
    derivedPer100:
      (100 * english.filter((plain) => plain.length >= 6 && derived.test(plain)).length) / Math.max(1, words.length),
  };
}

/** A capital in the middle of a sentence makes a name: names are neither easy nor hard. */
function isContent({ text, plain }: Word, before: Word | undefined): boolean {
  if (plain.length < 3 || isFunctionWord(plain)) return false;
  return before === undefined || text.charAt(0) === plain.charAt(0);
}
