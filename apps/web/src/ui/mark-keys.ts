/** A mark is 0 to 10 (or 9) in halves; `typed` is what the hand has begun, with the time of its last key. */
export type MarkEntry = { value: number | null; typed: string; atMs: number };

/** A pause longer than this ends a number: “1”, pause, “0” is 0, while “10” typed in one go is 10. */
export const pauseMs = 1200;

/**
 * What a key does to a mark: digits set it, “10” in one go is ten, “.” adds the half (a “5” after it is taken as said).
 * Returns null when the key means nothing here, so that the browser may have it.
 */
export function typeMark(entry: MarkEntry, key: string, nowMs: number, highest = 10): MarkEntry | null {
  const typed = nowMs - entry.atMs <= pauseMs ? entry.typed : "";
  if (/^[0-9]$/.test(key)) {
    if (typed === "1" && key === "0" && highest >= 10) return { value: 10, typed: "10", atMs: nowMs };
    if (typed.endsWith(".")) {
      if (key === "5") return { value: entry.value, typed: "", atMs: nowMs };
      if (key === "0") return { value: wholeOf(entry.value), typed: "", atMs: nowMs };
    }
    return { value: Number(key), typed: key, atMs: nowMs };
  }
  if (key === "." || key === ",") {
    if (entry.value === null) return null;
    return { value: Math.min(highest, (wholeOf(entry.value) ?? 0) + 0.5), typed: `${entry.value}.`, atMs: nowMs };
  }
  return null;
}

function wholeOf(value: number | null): number | null {
  return value === null ? null : Math.floor(value);
}
