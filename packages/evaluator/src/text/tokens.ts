/** A word with its place in the text, in UTF-16 units. */
export interface Word {
  readonly text: string;
  /** Lower case, with a straight apostrophe. */
  readonly plain: string;
  readonly start: number;
  readonly end: number;
}

export interface Sentence {
  readonly start: number;
  readonly end: number;
  readonly words: readonly Word[];
  /** Whether it ends in a full stop, question mark or exclamation mark. */
  readonly closed: boolean;
}

export interface Tokens {
  readonly text: string;
  readonly words: readonly Word[];
  readonly sentences: readonly Sentence[];
  readonly paragraphs: number;
}

const word = /\p{L}[\p{L}\p{M}]*(?:['’-]\p{L}[\p{L}\p{M}]*)*['’]?(?<=\p{L}|s['’])/gu;
/** A stop ends a sentence before white space, a closing quote, the end, or (a learner's missing space) a capital. */
const stop = /[.!?]+["”’')\]]*(?=\s|$|\p{Lu})|\n\s*/gu;
const abbreviation = /(?:^|[\s(.])(?:Mr|Mrs|Ms|Dr|St|Prof|vs|etc|No|e\.g|i\.e|[A-Za-z])\.$/;

/** Cuts a text into words, sentences and paragraphs. A line break ends a sentence, as headings and lists need it. */
export function tokenise(text: string): Tokens {
  const words = Array.from(text.matchAll(word), ({ 0: found, index }) => ({
    text: found,
    plain: found.toLowerCase().replaceAll("’", "'"),
    start: index,
    end: index + found.length,
  }));
  const sentences: Sentence[] = [];
  let start = 0;
  let next = 0;
  const close = (end: number, closed: boolean): void => {
    const first = next;
    while (next < words.length && (words[next]?.start ?? 0) < end) next += 1;
    if (next > first) sentences.push({ start, end, words: words.slice(first, next), closed });
    start = end;
  };
  for (const { 0: found, index } of text.matchAll(stop)) {
    const isBreak = found.startsWith("\n");
    if (!isBreak && found.startsWith(".") && abbreviation.test(text.slice(Math.max(0, index - 8), index + 1))) continue;
    close(index + found.length, !isBreak);
  }
  close(text.length, false);
  const paragraphs = text.split(/\n\s*/).filter((part) => /\p{L}/u.test(part)).length;
  return { text, words, sentences, paragraphs };
}
