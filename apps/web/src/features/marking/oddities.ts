import type { Scores } from "@bandwise/core/marking/schema";
import { formatClock, formatCount } from "../../ui/format.ts";

/** Faster than anybody reads for marking; under it the page asks once more. */
const wordsPerMinute = 500;
const shortestReadingSeconds = 8;

/** What the hand has had in front of it since this script was opened; null where it was begun at an earlier time. */
export type Attention =
  | { readonly skill: "writing"; readonly words: number; readonly openSeconds: number }
  | { readonly skill: "speaking"; readonly durationSeconds: number; readonly heardSeconds: number };

/** What is odd about marks that are about to be submitted, in words for the examiner. Nothing odd: nothing to ask. */
export function odditiesOf(scores: Scores, attention: Attention | null): string[] {
  const given = Object.values(scores);
  const odd: string[] = [];
  if (given.length > 0 && given.every((score) => score === 0)) odd.push("Every criterion is at 0.");
  if (attention?.skill === "writing") {
    const seconds = Math.max(shortestReadingSeconds, (attention.words / wordsPerMinute) * 60);
    if (attention.openSeconds < seconds) {
      const words = formatCount(attention.words, "word", "words");
      odd.push(`You had ${words} in front of you for ${Math.round(attention.openSeconds)} s.`);
    }
  }
  if (attention?.skill === "speaking" && attention.heardSeconds < attention.durationSeconds / 2) {
    odd.push(
      `You have heard ${formatClock(Math.floor(attention.heardSeconds))} of ${formatClock(Math.round(attention.durationSeconds))}.`,
    );
  }
  return odd;
}
