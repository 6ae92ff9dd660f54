/** Plain measures of English text, shared by the bank's lint and whoever wants to show a writer the same numbers. */

const abbreviations: readonly (readonly [RegExp, string])[] = [
  [/\b(Mr|Ms|Mrs|Dr|St|No)\./gi, "$1"],
  [/\b([ap])\.m\./gi, "$1m"],
];

/** Words as a reader counts them: `3.15`, `it's`, `well-known` and `£20` are one each. */
export function wordsOf(text: string): string[] {
  return text.match(/[\p{L}\p{N}$£€](?:[\p{L}\p{N}’'.:,%-]*[\p{L}\p{N}%])?/gu) ?? [];
}

/** Every passage ends a sentence, so that headings, list items and table rows do not run into each other. */
export function sentenceCount(passages: readonly string[]): number {
  return passages
    .map((passage) => abbreviations.reduce((text, [pattern, plain]) => text.replace(pattern, plain), passage))
    .flatMap((passage) => passage.split(/[.!?]+["”’)]*(?:\s|$)/))
    .filter((sentence) => wordsOf(sentence).length > 0).length;
}

/** Syllables by spelling; within one of the dictionary's count for ordinary words. Numbers count as one. */
export function syllablesIn(word: string): number {
  const letters = word
    .toLowerCase()
    .replace(/[’']s?$/, "")
    .replace(/[^a-z]/g, "");
  if (letters.length <= 3) return 1;
  const spoken = letters
    .replace(/(?:[^laeiouy]es|[^dt]ed|[^laeiouy]e)$/, (ending) =>
      /[csxz]es$|[sc]hes$|ges$/.test(letters) ? ending : ending.charAt(0),
    )
    .replace(/^y/, "");
  const groups = spoken.match(/[aeiouy]+/g)?.length ?? 0;
  const parted = spoken.match(/[iu]a(?!i)|io(?!n|u)|eo|eum|iet|[^q]ui[^dlst]|[aeo]ing$|ism$/g)?.length ?? 0;
  return Math.max(1, groups + parted);
}

/** Flesch–Kincaid grade (Kincaid et al., 1975): 0.39 words per sentence + 11.8 syllables per word − 15.59. */
export function fleschKincaidGrade(passages: readonly string[]): number {
  const words = passages.flatMap(wordsOf);
  if (words.length === 0) return 0;
  const syllables = words.reduce((sum, word) => sum + (/\d/.test(word) ? 1 : syllablesIn(word)), 0);
  return (0.39 * words.length) / Math.max(1, sentenceCount(passages)) + (11.8 * syllables) / words.length - 15.59;
}

/** Lower case, letters and digits only, single spaces: two texts that differ in layout alone become equal. */
export function normalised(text: string): string {
  return text
    .toLowerCase()
    .replace(/[’']/g, "")
    .replace(/[^\p{L}\p{N}]+/gu, " ")
    .trim();
}

/** The distinct runs of `length` consecutive words. */
export function shingles(text: string, length: number): Set<string> {
  const words = normalised(text).split(" ");
  const runs = new Set<string>();
  for (let start = 0; start + length <= words.length; start += 1)
    runs.add(words.slice(start, start + length).join(" "));
  return runs;
}
