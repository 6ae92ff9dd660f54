import { connectives } from "./phrases.ts";
import { contentWords } from "./syntax.ts";
import type { Tokens } from "./tokens.ts";
import { stem } from "./word-lists.ts";

export interface CohesionMeasures {
  /** Different connectives, and how many in all. */
  readonly connectiveTypes: number;
  readonly connectivesPer100: number;
  /** Share of sentences that take up a content word of one of the two sentences before; null with fewer than three. */
  readonly overlap: number | null;
  /** `this`, `these` or `such` before a noun, a hundred words each: pointing back at what was said. */
  readonly referencePer100: number;
}

export function cohesionOf({ words, sentences }: Tokens): CohesionMeasures {
  const plain = words.map((word) => word.plain);
  const found = connectives.find(plain);
  const stems = sentences.map((sentence) => new Set(contentWords(sentence.words.map((word) => word.plain)).map(stem)));
  let linked = 0;
  for (let at = 1; at < stems.length; at += 1) {
    const before = [stems[at - 1], stems[at - 2]];
    if ([...(stems[at] ?? [])].some((word) => before.some((earlier) => earlier?.has(word)))) linked += 1;
  }
  const references = plain.filter(
    (word, at) =>
      (word === "this" || word === "these" || word === "such") && contentWords(plain.slice(at + 1, at + 2)).length > 0,
  ).length;
  const perHundred = 100 / Math.max(1, plain.length);
  return {
    connectiveTypes: new Set(found.map(({ phrase }) => phrase)).size,
    connectivesPer100: found.length * perHundred,
    overlap: stems.length < 3 ? null : linked / (stems.length - 1),
    referencePer100: references * perHundred,
  };
}
