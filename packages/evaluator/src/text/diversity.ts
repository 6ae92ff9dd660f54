/** Below so many words both measures depend on length more than on vocabulary (McCarthy & Jarvis, 2010). */
const fewest = 50;
/** The type–token ratio at which a factor is complete (McCarthy & Jarvis, 2010). */
const threshold = 0.72;
/** HD-D asks how many types 42 words drawn at random would hold (McCarthy & Jarvis, 2007). */
const sample = 42;

/**
 * The measure of textual lexical diversity: mean number of words that keep the type–token ratio above 0.72, read forwards and
 * backwards. Null under 50 words. Source: McCarthy & Jarvis (2010), Behavior Research Methods 42.
 */
export function mtld(words: readonly string[]): number | null {
  if (words.length < fewest) return null;
  return (factorLength(words) + factorLength([...words].reverse())) / 2;
}

function factorLength(words: readonly string[]): number {
  let factors = 0;
  let tokens = 0;
  let types = new Set<string>();
  for (const word of words) {
    tokens += 1;
    types.add(word);
    if (types.size / tokens < threshold) {
      factors += 1;
      tokens = 0;
      types = new Set();
    }
  }
  if (tokens > 0) factors += (1 - types.size / tokens) / (1 - threshold);
  // A text without one repeated word has no factor: its length is the least it could be.
  return factors === 0 ? words.length : words.length / factors;
}

/**
 * HD-D: the sum over types of the chance to meet the type among 42 words drawn without replacement, each worth 1/42; so 0 to 1.
 * Null under 50 words. Source: McCarthy & Jarvis (2007), Language Testing 24.
 */
export function hdd(words: readonly string[]): number | null {
  const total = words.length;
  if (total < fewest) return null;
  const counts = new Map<string, number>();
  for (const word of words) counts.set(word, (counts.get(word) ?? 0) + 1);
  const missedAt = new Map<number, number>();
  let sum = 0;
  for (const count of counts.values()) {
    let missed = missedAt.get(count);
    if (missed === undefined) {
      missed = 1;
      // Hypergeometric chance of none: C(total − count, 42) / C(total, 42).
      for (let drawn = 0; drawn < sample; drawn += 1) missed *= Math.max(0, total - count - drawn) / (total - drawn);
      missedAt.set(count, missed);
    }
    sum += (1 - missed) / sample;
  }
  return sum;
}
