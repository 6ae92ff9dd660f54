import { readdirSync, readFileSync } from "node:fs";
import { fileURLToPath } from "node:url";

const bank = fileURLToPath(new URL("../../../prisma/seed/bank/reading", import.meta.url));

function random(seed: number): () => number {
  let state = seed;
  return () => {
    state = (state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32;
  };
}

/**
 * Texts of so many words, as many as asked for, made of the starter bank's sentences. In each sentence words are exchanged and
 * slips made, so that no sentence comes twice: the grammar checker remembers those it has seen.
 */
export function* madeEssays(count: number, words: number, seed = 1): Generator<string> {
  const next = random(seed);
  const pick = <T>(items: readonly T[]): T => items[Math.floor(next() * items.length)] as T;
  const sentences = readdirSync(bank).flatMap((file) =>
    sentencesIn(JSON.parse(readFileSync(`${bank}/${file}`, "utf8"))),
  );
  const vocabulary = [...new Set(sentences.flat())].filter((word) => /^[a-z]{4,}$/.test(word)).sort();
  for (let made = 0; made < count; made += 1) {
    const essay: string[] = [];
    while (essay.length < words) {
      const sentence = pick(sentences).map((word) => {
        if (/^[a-z]{4,}$/.test(word) && next() < 0.25) return pick(vocabulary);
        return word.length > 4 && next() < 0.03 ? word.slice(0, 2) + word.slice(3) : word;
      });
      essay.push(...sentence);
    }
    yield essay.join(" ");
  }
}

function sentencesIn(value: unknown): string[][] {
  if (typeof value === "string")
    return value
      .split(/(?<=[.!?])\s+/)
      .map((sentence) => sentence.split(/\s+/))
      .filter((sentence) => sentence.length >= 8 && sentence.length <= 30);
  if (typeof value !== "object" || value === null) return [];
  return Object.values(value).flatMap(sentencesIn);
}
