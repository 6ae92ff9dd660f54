import type { Pcm } from "./wav.ts";

/** What is measured of a recording every ten milliseconds. */
export interface Frames {
  readonly stepSeconds: number;
  /** Level of the whole sound and of the band where vowels are loud, in dB below full scale. */
  readonly level: Float64Array;
  readonly sonority: Float64Array;
  /** In hertz; 0 where the sound is not voiced. */
  readonly pitch: Float64Array;
}

const stepSeconds = 0.01;
/** Half of a syllable at five a second: shorter windows follow single periods of a low voice, longer ones join syllables. */
const windowSeconds = 0.05;
/** First and second formants of vowels; fricatives lie above, hum and breath on the microphone below (after Pfitzinger, 1996). */
const sonorantBand = [300, 2500] as const;
/** From a low man's voice to a child's. */
const pitchRange = [70, 500] as const;
/** Above this normalised autocorrelation a frame counts as voiced (Praat's default: Boersma, 1993). */
const voicedFrom = 0.45;
const pitchWindowSeconds = 0.04;
/** Enough for a pitch of 500 Hz, and sixteen times cheaper than 16 kHz. */
const pitchRate = 4000;
const silence = -120;

export function framesOf({ samples, sampleRate }: Pcm): Frames {
  const count = Math.max(0, Math.floor(samples.length / sampleRate / stepSeconds));
  const band = lowPass(highPass(samples, sonorantBand[0], sampleRate), sonorantBand[1], sampleRate);
  return {
    stepSeconds,
    level: levels(samples, sampleRate, count),
    sonority: levels(band, sampleRate, count),
    pitch: pitchOf(samples, sampleRate, count),
  };
}

/** Mean power under a raised cosine around each frame's middle, in dB. */
function levels(samples: Float32Array, sampleRate: number, count: number): Float64Array {
  const half = Math.round((windowSeconds * sampleRate) / 2);
  const shape = Float64Array.from(
    { length: 2 * half + 1 },
    (_, at) => 0.5 + 0.5 * Math.cos((Math.PI * (at - half)) / (half + 1)),
  );
  const total = shape.reduce((sum, weight) => sum + weight, 0);
  const result = new Float64Array(count);
  for (let frame = 0; frame < count; frame += 1) {
    const middle = Math.round((frame + 0.5) * stepSeconds * sampleRate);
    let power = 0;
    for (let at = -half; at <= half; at += 1) {
      const value = samples[middle + at] ?? 0;
      power += value * value * (shape[at + half] ?? 0);
    }
    result[frame] = Math.max(silence, 10 * Math.log10(power / total + 1e-12));
  }
  return result;
}

function pitchOf(samples: Float32Array, sampleRate: number, count: number): Float64Array {
  const factor = Math.max(1, Math.floor(sampleRate / pitchRate));
  const rate = sampleRate / factor;
  const slow = decimate(lowPass(samples, 900, sampleRate), factor);
  const length = 2 * Math.round((pitchWindowSeconds * rate) / 2);
  const [shortest, longest] = [Math.floor(rate / pitchRange[1]), Math.ceil(rate / pitchRange[0])];
  // Padded on both sides, so that no window reaches over an end.
  const padded = new Float64Array(slow.length + 2 * (length + longest));
  padded.set(slow, length + longest);
  const energy = new Float64Array(padded.length + 1);
  for (let at = 0; at < padded.length; at += 1) energy[at + 1] = (energy[at] ?? 0) + (padded[at] ?? 0) ** 2;
  const energyFrom = (start: number): number => (energy[start + length] ?? 0) - (energy[start] ?? 0) + 1e-9;
  const result = new Float64Array(count);
  for (let frame = 0; frame < count; frame += 1) {
    const middle = Math.round((frame + 0.5) * stepSeconds * rate) + length + longest;
    const start = middle - length / 2 - Math.floor(longest / 2);
    const own = energyFrom(start);
    let bestLag = 0;
    let best = voicedFrom;
    for (let lag = shortest; lag <= longest; lag += 1) {
      let product = 0;
      for (let at = start; at < start + length; at += 1) product += (padded[at] ?? 0) * (padded[at + lag] ?? 0);
      const correlation = product / Math.sqrt(own * energyFrom(start + lag));
      // A longer lag must be clearly better: at twice the period the sound is nearly as like itself.
      if (correlation > best * (bestLag === 0 ? 1 : 1.05)) {
        bestLag = lag;
        best = correlation;
      }
    }
    result[frame] = bestLag === 0 ? 0 : rate / bestLag;
  }
  return result;
}

function decimate(samples: Float32Array, factor: number): Float32Array {
  return Float32Array.from({ length: Math.floor(samples.length / factor) }, (_, at) => samples[at * factor] ?? 0);
}

function highPass(samples: Float32Array, hertz: number, sampleRate: number): Float32Array {
  return biquad(samples, hertz, sampleRate, "high");
}

function lowPass(samples: Float32Array, hertz: number, sampleRate: number): Float32Array {
  return biquad(samples, Math.min(hertz, sampleRate * 0.45), sampleRate, "low");
}

/** Butterworth of the second order by the bilinear transform (R. Bristow-Johnson's cookbook). */
function biquad(samples: Float32Array, hertz: number, sampleRate: number, kind: "high" | "low"): Float32Array {
  const angle = (2 * Math.PI * hertz) / sampleRate;
  const [cosine, alpha] = [Math.cos(angle), Math.sin(angle) / Math.SQRT2];
  const edge = kind === "low" ? 1 - cosine : -(1 + cosine);
  const scale = 1 + alpha;
  const [b0, b1] = [Math.abs(edge) / 2 / scale, edge / scale];
  const [a1, a2] = [(-2 * cosine) / scale, (1 - alpha) / scale];
  const result = new Float32Array(samples.length);
  let x1 = 0;
  let x2 = 0;
  let y1 = 0;
  let y2 = 0;
  for (let at = 0; at < samples.length; at += 1) {
    const x = samples[at] ?? 0;
    const y = b0 * (x + x2) + b1 * x1 - a1 * y1 - a2 * y2;
    x2 = x1;
    x1 = x;
    y2 = y1;
    y1 = y;
    result[at] = y;
  }
  return result;
}
