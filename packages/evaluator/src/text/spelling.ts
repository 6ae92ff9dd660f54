import dictionary from "dictionary-en";
import nspell from "nspell";

/** Whether words are English words, British spellings included, and what a misspelt one may have meant. */
export interface Speller {
  isWord(word: string): boolean;
  suggest(word: string): string | null;
}

/** British ending → American, as the dictionary has only these. */
const british: readonly (readonly [RegExp, string])[] = [
  [/our(?=s?$|ed$|ing$|able$|ful|ite|er|hood|ly$)/, "or"],
  [/is(?=e$|es$|ed$|ing$|er$|ers$|ation$|ations$|able$)/, "iz"],
  [/is(?=e$|es$|ed$|ing$)/, "ic"],
  [/ys(?=e$|es$|ed$|ing$)/, "yz"],
  [/re(?=s?$)/, "er"],
  [/ll(?=ed$|ing$|er$|ers$|ers'$)/, "l"],
  [/ence(?=s?$)/, "ense"],
  [/ogue(?=s?$)/, "og"],
  [/amme(?=s?$)/, "am"],
  [/ae|oe/, "e"],
  [/l(?=ment|ful)/, "ll"],
  [/grey/, "gray"],
  [/tyre/, "tire"],
  [/cheque/, "check"],
];
/** Words of our day that the dictionary lacks, and abbreviations that are no mistakes. */
const accepted = new Set(
  "online offline internet smartphone smartphones selfie app apps blog email emails wifi tv dvd pc usa uk etc vs covid".split(
    " ",
  ),
);

export function createSpeller(): Speller {
  const checker = nspell(Buffer.from(dictionary.aff), Buffer.from(dictionary.dic));
  const known = new Map<string, boolean>();
  /** Texts repeat their words; the bound keeps long runs flat in memory. */
  const most = 50_000;
  const isWord = (word: string): boolean => {
    let answer = known.get(word);
    if (answer === undefined) {
      answer =
        accepted.has(word.toLowerCase()) || checker.correct(word) || isBritish(word, (form) => checker.correct(form));
      if (known.size >= most) known.clear();
      known.set(word, answer);
    }
    return answer;
  };
  return {
    isWord: (word) => isWord(word.replaceAll("’", "'")) || isWord(word.replaceAll("’", "'").replace(/'s?$/, "")),
    suggest: (word) => nearest(word.replaceAll("’", "'"), (form) => checker.correct(form)),
  };
}

function isBritish(word: string, isKnown: (form: string) => boolean): boolean {
  return british.some(([ending, american]) => ending.test(word) && isKnown(word.replace(ending, american)));
}

const alphabet = "etaoinshrdlcumwfgypbvkjxqz'";

/** The first dictionary word one edit away, likelier slips first: no apostrophe, letters swapped, doubled, left out, wrong, one too many. */
function nearest(word: string, isKnown: (form: string) => boolean): string | null {
  const lower = word.toLowerCase();
  const isCapital = word !== lower;
  for (const form of edits(lower)) {
    if (form.length < 2 || !isKnown(form)) continue;
    return isCapital ? form.charAt(0).toUpperCase() + form.slice(1) : form;
  }
  return null;
}

function* edits(word: string): Generator<string> {
  yield word.replace(/(?=t$|m$|s$|re$|ve$|ll$)/, "'");
  for (let at = 0; at < word.length - 1; at += 1)
    yield word.slice(0, at) + word.charAt(at + 1) + word.charAt(at) + word.slice(at + 2);
  for (let at = 0; at < word.length; at += 1) yield word.slice(0, at + 1) + word.slice(at);
  for (let at = 1; at < word.length; at += 1)
    if (word.charAt(at) === word.charAt(at - 1)) yield word.slice(0, at) + word.slice(at + 1);
  for (let at = 1; at < word.length; at += 1)
    for (const vowel of "eaiou")
      if (/[aeiou]/.test(word.charAt(at))) yield word.slice(0, at) + vowel + word.slice(at + 1);
  for (let at = 1; at <= word.length; at += 1)
    for (const letter of alphabet) yield word.slice(0, at) + letter + word.slice(at);
  for (let at = 1; at < word.length; at += 1) yield word.slice(0, at) + word.slice(at + 1);
  for (let at = 0; at < word.length; at += 1)
    for (const letter of alphabet) yield word.slice(0, at) + letter + word.slice(at + 1);
}
