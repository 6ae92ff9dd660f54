import type { SoundMeasures } from "./loudness.ts";
import type { BankItem } from "./schema.ts";

/** LUFS: what the starter bank is made to; two recordings further apart than a few LU make a candidate reach for the volume. */
const targetLoudness = -16;
const loudnessTolerance = 3;
const tooQuiet = -30;
/** One sample in ten thousand at full scale is heard as crackle. */
const mostClipped = 1 / 10_000;
const longestSeconds = 600;

/** Why a sound may not enter the bank, or null. */
export function soundProblem(sound: SoundMeasures | null): string | null {
  if (!sound || sound.durationSeconds === 0) return "holds no sound that can be decoded";
  if (sound.durationSeconds > longestSeconds) return `is longer than ${longestSeconds / 60} minutes`;
  if (sound.loudness === null) return "is silent";
  if (sound.loudness < tooQuiet) {
    return `is too quiet: ${lufs(sound.loudness)}, where ${lufs(targetLoudness)} is asked for. Make it louder and send it again`;
  }
  if (sound.clipped > mostClipped) {
    return `is clipped: ${(sound.clipped * 100).toFixed(2)} % of it lies at full scale. Record or level it lower`;
  }
  return null;
}

/** What to look at again before the sound is used; it may stay. */
export function soundWarnings(sound: Pick<SoundMeasures, "loudness" | "peak">): string[] {
  const { loudness, peak } = sound;
  return [
    ...(loudness !== null && Math.abs(loudness - targetLoudness) > loudnessTolerance
      ? [
          `${lufs(loudness)}: ${loudness < targetLoudness ? "quieter" : "louder"} than ${lufs(targetLoudness)} ± ${loudnessTolerance}`,
        ]
      : []),
    ...(peak !== null && peak > -1 ? [`Peaks reach ${decibels(peak)} dBTP: some players will clip them`] : []),
  ];
}

function lufs(value: number): string {
  return `${decibels(value)} LUFS`;
}

function decibels(value: number): string {
  return value.toFixed(1).replace("-", "−");
}

/** Words a minute below or above which no recording of speech lies: the transcript belongs to another, or lacks a part. */
const plausiblePace = [60, 230] as const;
/** What the starter bank's recordings of each level keep to (122–204 words a minute, pauses apart), with room at both ends. */
const levelPace: Readonly<Record<string, readonly [number, number]>> = {
  A1: [70, 165],
  A2: [80, 180],
  B1: [90, 200],
  B2: [100, 205],
  C1: [110, 215],
  C2: [110, 225],
};
const durationTolerance = 1;

export interface TranscriptFindings {
  /** field → rule broken: the item is refused. */
  readonly problems: Readonly<Record<string, string>>;
  readonly warnings: readonly string[];
}

/** Holds a listening item's transcript against its recording. `measuredSeconds` is null where nobody has measured it. */
export function transcriptFindings(item: BankItem, measuredSeconds: number | null): TranscriptFindings {
  if (item.skill !== "listening") return { problems: {}, warnings: [] };
  const { turns, durationSeconds } = item.content.stimulus;
  const problems: Record<string, string> = {};
  const warnings: string[] = [];
  const voices = new Map<string, string>();
  for (const [index, { speaker, voice }] of turns.entries()) {
    const before = voices.get(speaker);
    if (before !== undefined && before !== voice) {
      problems[`content.stimulus.turns.${index}.voice`] = `is not the voice that ${speaker} had before`;
    }
    voices.set(speaker, voice);
  }
  const shared = [...new Set(voices.values())].filter(
    (voice) => [...voices.values()].filter((other) => other === voice).length > 1,
  );
  if (shared.length > 0) warnings.push("Two speakers share one voice: candidates cannot tell them apart");
  if (measuredSeconds !== null) {
    if (Math.abs(measuredSeconds - durationSeconds) > durationTolerance) {
      problems["content.stimulus.durationSeconds"] =
        `says ${durationSeconds} s, and the recording lasts ${measuredSeconds.toFixed(1)} s`;
    }
    const words = turns.reduce((sum, turn) => sum + turn.text.split(/\s+/).filter(Boolean).length, 0);
    const pauses = turns.reduce((sum, turn) => sum + turn.pauseAfterMs, 0) / 1000;
    const pace = (60 * words) / Math.max(1, measuredSeconds - pauses);
    const [slowest, fastest] = plausiblePace;
    if (pace < slowest || pace > fastest) {
      problems["content.stimulus.turns"] =
        `has ${words} words for ${measuredSeconds.toFixed(1)} s of sound, ${Math.round(pace)} a minute: the transcript is not that of the recording`;
    } else {
      const [slow, fast] = levelPace[item.level] ?? plausiblePace;
      if (pace < slow || pace > fast) {
        warnings.push(`Spoken at ${Math.round(pace)} words a minute, where ${item.level} keeps to ${slow}–${fast}`);
      }
    }
  }
  return { problems, warnings };
}
