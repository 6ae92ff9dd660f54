import { type Frames, framesOf } from "./frames.ts";
import type { Pcm } from "./wav.ts";

/** How someone spoke, from the sound alone. Rates are null where there is no speech to have one. */
export interface SpeechMeasures {
  readonly durationSeconds: number;
  /** From the first sound of speech to the last. */
  readonly spokenSeconds: number;
  /** Without pauses. */
  readonly phonationSeconds: number;
  readonly phonationRatio: number | null;
  readonly syllables: number;
  /** Syllables a second, pauses included and left out. */
  readonly speechRate: number | null;
  readonly articulationRate: number | null;
  readonly pauses: readonly Span[];
  readonly pausesPerMinute: number | null;
  readonly meanPauseSeconds: number | null;
  /** Syllables between two pauses. */
  readonly meanLengthOfRun: number | null;
  /** Reported, never scored: a voice is no achievement. Hertz, and semitones between the 5th and the 95th hundredth. */
  readonly medianPitch: number | null;
  readonly pitchRangeSemitones: number | null;
}

export interface Span {
  readonly startSeconds: number;
  readonly endSeconds: number;
}

/** Shorter silences belong to articulation, `p` and `t` among them (De Jong & Bosker, 2013: 250 ms). */
const shortestPause = 0.25;
/** Speech lies less than this below the loudest hundredth (De Jong & Wempe, 2009). */
const speechRange = 25;
/** Between two syllables the level dips by so many decibels: De Jong & Wempe (2009) say 2, and 4 where the sound is filtered, as here. */
const dip = 4;
/** Quieter than this nothing is speech, whatever the loudest moment was: a silent recording has no syllables. */
const quietest = -65;

/** Measures a recording; the same samples give the same numbers. */
export function measureSpeech(sound: Pcm): SpeechMeasures {
  const frames = framesOf(sound);
  const speech = speechFrames(frames);
  const nuclei = syllableNuclei(frames);
  const first = speech.indexOf(1);
  const last = speech.lastIndexOf(1);
  const pauses = first === -1 ? [] : silences(speech, first, last);
  const spoken = first === -1 ? 0 : (last - first + 1) * frames.stepSeconds;
  const paused = pauses.reduce((sum, { startSeconds, endSeconds }) => sum + endSeconds - startSeconds, 0);
  const phonation = spoken - paused;
  const rate = (amount: number, seconds: number): number | null => (seconds > 0 ? amount / seconds : null);
  const pitches = [...frames.pitch].filter((hertz, at) => hertz > 0 && speech[at] === 1).sort((a, b) => a - b);
  return {
    durationSeconds: sound.samples.length / sound.sampleRate,
    ...{ spokenSeconds: spoken, phonationSeconds: phonation },
    phonationRatio: rate(phonation, spoken),
    syllables: nuclei.length,
    speechRate: rate(nuclei.length, spoken),
    articulationRate: rate(nuclei.length, phonation),
    pauses,
    pausesPerMinute: rate(pauses.length * 60, spoken),
    meanPauseSeconds: rate(paused, pauses.length),
    meanLengthOfRun: spoken > 0 ? nuclei.length / (pauses.length + 1) : null,
    medianPitch: pitches.length === 0 ? null : quantile(pitches, 0.5),
    pitchRangeSemitones: pitches.length < 20 ? null : 12 * Math.log2(quantile(pitches, 0.95) / quantile(pitches, 0.05)),
  };
}

function thresholdOf(level: Float64Array): number {
  const sorted = Float64Array.from(level).sort();
  return Math.max(quietest, quantile(sorted, 0.99) - speechRange);
}

/** 1 where there is speech, 0 where there is none. */
function speechFrames({ level }: Frames): Uint8Array {
  const threshold = thresholdOf(level);
  return Uint8Array.from(level, (value) => (value >= threshold ? 1 : 0));
}

function silences(speech: Uint8Array, first: number, last: number): Span[] {
  const found: Span[] = [];
  for (let at = first; at <= last; at += 1) {
    if (speech[at] === 1) continue;
    const start = at;
    while (at <= last && speech[at] === 0) at += 1;
    // Frames are ten milliseconds; rounding keeps 25 of them a quarter of a second.
    const [startSeconds, endSeconds] = [seconds(start), seconds(at)];
    if (endSeconds - startSeconds >= shortestPause - 1e-9) found.push({ startSeconds, endSeconds });
  }
  return found;
}

function seconds(frame: number): number {
  return Math.round(frame) / 100;
}

/**
 * Frames in the middle of syllables: peaks of the vowels' band that are voiced, loud enough, and parted from the peak before by a
 * dip. The idea is De Jong & Wempe's (2009); the band is there so that `s` and `sh` make no peaks and sonorants fewer.
 */
function syllableNuclei({ sonority, pitch }: Frames): number[] {
  const threshold = thresholdOf(sonority);
  const nuclei: number[] = [];
  let peak = -1;
  let valley = Number.POSITIVE_INFINITY;
  for (let at = 0; at < sonority.length; at += 1) {
    const value = sonority[at] ?? 0;
    if (peak === -1) {
      valley = Math.min(valley, value);
      if (value >= threshold && value - valley >= dip) peak = at;
      continue;
    }
    if (value > (sonority[peak] ?? 0)) peak = at;
    else if ((sonority[peak] ?? 0) - value >= dip) {
      if (isVoiced(pitch, peak)) nuclei.push(peak);
      peak = -1;
      valley = value;
    }
  }
  if (peak !== -1 && isVoiced(pitch, peak)) nuclei.push(peak);
  return nuclei;
}

/** At the peak or one frame beside it: a single frame may fail in a creaky voice. */
function isVoiced(pitch: Float64Array, at: number): boolean {
  return [at - 1, at, at + 1].some((frame) => (pitch[frame] ?? 0) > 0);
}

function quantile(sorted: ArrayLike<number>, share: number): number {
  return sorted[Math.min(sorted.length - 1, Math.floor(share * sorted.length))] ?? 0;
}
