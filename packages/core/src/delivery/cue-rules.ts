/** Words of an answer, lower-case and without their punctuation; `o'clock` stays one. */
const wordPattern = /[\p{L}\p{N}]+(?:['’][\p{L}]+)*/gu;
/** Shorter cues stand for themselves alone: “six” is not the beginning of “sixty”. */
const stemLength = 4;

/**
 * Whether any of the words that a partner listens for was said. A longer one also stands for what begins with it (`repair`,
 * `repaired`); several words in one cue are looked for in a row.
 */
export function mentions(heard: string, cues: readonly string[]): boolean {
  const said = wordsIn(heard);
  return cues.some((cue) => {
    const wanted = wordsIn(cue);
    return said.some((_, from) => wanted.every((word, at) => fits(said[from + at], word)));
  });
}

const wordsIn = (text: string): string[] => text.toLowerCase().replaceAll("’", "'").match(wordPattern) ?? [];

function fits(word: string | undefined, cue: string): boolean {
  return word === cue || (cue.length >= stemLength && word !== undefined && word.startsWith(cue));
}
