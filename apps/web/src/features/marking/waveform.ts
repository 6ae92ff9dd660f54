/** A stretch of the recording, in seconds. */
export interface Stretch {
  readonly from: number;
  readonly to: number;
}

/** Under this share of the loudest peak nothing is said: breath and room lie below it, quiet speech above. */
const silentShare = 0.06;
/** A pause shorter than this belongs to speech: markers judge it. */
const shortestSilence = 1;
/** So much of a skipped pause is heard at either end, so that words are not clipped and the pause is noticed. */
const keptAtEnds = 0.25;

/** `count` bars from 0 to 1, each the loudest of its stretch, relative to the loudest of all. */
export function barsOf(peaks: readonly number[], count: number): number[] {
  if (peaks.length === 0) return [];
  const loudest = Math.max(1, ...peaks);
  const bars = Math.min(count, peaks.length);
  return Array.from({ length: bars }, (_, bar) => {
    const from = Math.floor((bar * peaks.length) / bars);
    const to = Math.floor(((bar + 1) * peaks.length) / bars);
    return Math.max(...peaks.slice(from, to)) / loudest;
  });
}

/** Pauses of a second and more, read off the peaks. */
export function silencesOf(peaks: readonly number[], durationSeconds: number): Stretch[] {
  const limit = Math.max(1, ...peaks) * silentShare;
  const step = durationSeconds / Math.max(1, peaks.length);
  const found: Stretch[] = [];
  let start: number | null = null;
  for (let index = 0; index <= peaks.length; index += 1) {
    const peak = peaks[index];
    if (peak !== undefined && peak <= limit) {
      start ??= index;
      continue;
    }
    if (start !== null && (index - start) * step >= shortestSilence)
      found.push({ from: start * step, to: index * step });
    start = null;
  }
  return found;
}

/** Where to jump from `at` when pauses are skipped; null where something is said or the pause is nearly over. */
export function skipTo(silences: readonly Stretch[], at: number): number | null {
  const pause = silences.find(({ from, to }) => at >= from + keptAtEnds && at < to - keptAtEnds);
  return pause ? pause.to - keptAtEnds : null;
}

/** Seconds between two marks of the time line, so that four to eight fit. */
export function tickSeconds(durationSeconds: number): number {
  return [1, 2, 5, 10, 15, 20, 30, 60].find((step) => durationSeconds / step <= 8) ?? 120;
}

/** How much of the recording lies in what was played, counted once however often it was heard. */
export function heardSeconds(played: readonly Stretch[]): number {
  let total = 0;
  let until = 0;
  for (const { from, to } of played.toSorted((a, b) => a.from - b.from)) {
    total += Math.max(0, to - Math.max(from, until));
    until = Math.max(until, to);
  }
  return total;
}
