import type { AnswerValue } from "@bandwise/core/delivery/schema";

/** Whether there is anything in it: what the item squares and the summary count. */
export function isAnswered(value: AnswerValue | undefined): boolean {
  if (value === null || value === undefined) return false;
  if (typeof value === "string") return value.trim() !== "";
  if (Array.isArray(value)) return value.length > 0;
  if ("text" in value && typeof value.text === "string") return value.text.trim() !== "";
  return Object.keys(value).length > 0;
}

export function isSameAnswer(one: AnswerValue, other: AnswerValue): boolean {
  return JSON.stringify(sorted(one)) === JSON.stringify(sorted(other));
}

/** Places in the order of their names, the parts of an answer included. */
function sorted(value: unknown): unknown {
  if (value === null || typeof value !== "object" || Array.isArray(value)) return value;
  return Object.entries(value)
    .sort(([a], [b]) => (a < b ? -1 : 1))
    .map(([place, inner]) => [place, sorted(inner)]);
}

/** Words as a reader counts them: runs of letters or digits, with hyphens and apostrophes inside. */
export function countWords(text: string): number {
  return text.match(/[\p{L}\p{N}]+(?:['’-][\p{L}\p{N}]+)*/gu)?.length ?? 0;
}

export function moved<T>(list: readonly T[], from: number, to: number): T[] {
  const copy = [...list];
  const [item] = copy.splice(from, 1);
  if (item !== undefined) copy.splice(Math.max(0, Math.min(to, copy.length)), 0, item);
  return copy;
}
