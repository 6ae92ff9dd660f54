/**
 * Programme loudness after ITU-R BS.1770-5 and EBU R 128: K-weighted, in blocks of 400 ms that overlap by three quarters, gated
 * at −70 LUFS and 10 LU below the ungated mean; and the true peak, found between the samples by fourfold oversampling.
 * Sound is pushed piece by piece, so that an hour of it needs no more memory than a second.
 */
export interface LoudnessMeter {
  /** One array per channel, all of one length, full scale at ±1. */
  push(channels: readonly Float32Array[]): void;
  measure(): SoundMeasures;
}

export interface SoundMeasures {
  readonly durationSeconds: number;
  /** LUFS; null where no block is louder than −70. */
  readonly loudness: number | null;
  /** dBTP; null for digital silence. */
  readonly peak: number | null;
  /** Share of samples at full scale or beyond. */
  readonly clipped: number;
}

const absoluteGate = -70;
const relativeGate = -10;
const stepsPerBlock = 4;
const stepSeconds = 0.1;
const fullScale = 0.999;

/** @param sampleRate in hertz. Coefficients follow from it by the bilinear transform of the standard's analogue filters. */
export function createLoudnessMeter(sampleRate: number): LoudnessMeter {
  const filters: KWeighting[] = [];
  const peaks: PeakFinder[] = [];
  const stepLength = Math.round(sampleRate * stepSeconds);
  const steps: number[] = [];
  let stepEnergy = 0;
  let inStep = 0;
  let samples = 0;
  let clipped = 0;
  let channelCount = 1;
  return {
    push(channels) {
      channelCount = Math.max(channelCount, channels.length);
      while (filters.length < channels.length) {
        filters.push(kWeighting(sampleRate));
        peaks.push(peakFinder());
      }
      const length = channels[0]?.length ?? 0;
      for (let index = 0; index < length; index += 1) {
        for (let channel = 0; channel < channels.length; channel += 1) {
          const sample = channels[channel]?.[index] ?? 0;
          if (Math.abs(sample) >= fullScale) clipped += 1;
          peaks[channel]?.push(sample);
          const weighted = filters[channel]?.(sample) ?? 0;
          stepEnergy += weighted * weighted;
        }
        inStep += 1;
        if (inStep === stepLength) {
          steps.push(stepEnergy / stepLength);
          stepEnergy = 0;
          inStep = 0;
        }
      }
      samples += length;
    },
    measure() {
      const peak = Math.max(0, ...peaks.map((finder) => finder.highest()));
      return {
        durationSeconds: samples / sampleRate,
        loudness: gated(blocksOf(steps)),
        peak: peak === 0 ? null : 20 * Math.log10(peak),
        clipped: samples === 0 ? 0 : clipped / (samples * channelCount),
      };
    },
  };
}

/** Mean square of each block: four steps, one further each time. A sound shorter than a block is one. */
function blocksOf(steps: readonly number[]): number[] {
  const mean = (some: readonly number[]): number => some.reduce((sum, energy) => sum + energy, 0) / some.length;
  if (steps.length < stepsPerBlock) return steps.length === 0 ? [] : [mean(steps)];
  return Array.from({ length: steps.length - stepsPerBlock + 1 }, (_, start) =>
    mean(steps.slice(start, start + stepsPerBlock)),
  );
}

function gated(blocks: readonly number[]): number | null {
  const loudnessOf = (energy: number): number => -0.691 + 10 * Math.log10(energy);
  const mean = (some: readonly number[]): number => some.reduce((sum, energy) => sum + energy, 0) / some.length;
  const heard = blocks.filter((energy) => energy > 0 && loudnessOf(energy) > absoluteGate);
  if (heard.length === 0) return null;
  const threshold = loudnessOf(mean(heard)) + relativeGate;
  return loudnessOf(mean(heard.filter((energy) => loudnessOf(energy) > threshold)));
}

type KWeighting = (sample: number) => number;

/** The standard's two filters, a shelf for the head and a high-pass, as parametric designs that give its 48 kHz coefficients. */
function kWeighting(sampleRate: number): KWeighting {
  const shelf = { frequency: 1681.974450955533, gain: 3.999843853973347, quality: 0.7071752369554196 };
  const pass = { frequency: 38.13547087602444, quality: 0.5003270373238773 };
  const k = Math.tan((Math.PI * shelf.frequency) / sampleRate);
  const high = 10 ** (shelf.gain / 20);
  const band = high ** 0.4996667741545416;
  const a0 = 1 + k / shelf.quality + k * k;
  const first = biquad(
    [
      (high + (band * k) / shelf.quality + k * k) / a0,
      (2 * (k * k - high)) / a0,
      (high - (band * k) / shelf.quality + k * k) / a0,
    ],
    [(2 * (k * k - 1)) / a0, (1 - k / shelf.quality + k * k) / a0],
  );
  const p = Math.tan((Math.PI * pass.frequency) / sampleRate);
  const c0 = 1 + p / pass.quality + p * p;
  const second = biquad([1, -2, 1], [(2 * (p * p - 1)) / c0, (1 - p / pass.quality + p * p) / c0]);
  return (sample) => second(first(sample));
}

function biquad(b: readonly [number, number, number], a: readonly [number, number]): KWeighting {
  let x1 = 0;
  let x2 = 0;
  let y1 = 0;
  let y2 = 0;
  return (x) => {
    const y = b[0] * x + b[1] * x1 + b[2] * x2 - a[0] * y1 - a[1] * y2;
    x2 = x1;
    x1 = x;
    y2 = y1;
    y1 = y;
    return y;
  };
}

interface PeakFinder {
  push(sample: number): void;
  highest(): number;
}

const oversampling = 4;
const tapsPerPhase = 12;
/** Only where a sample comes this near to full scale can the wave between samples matter; elsewhere samples suffice. */
const worthLooking = 0.3;

const phases: readonly Float64Array[] = Array.from({ length: oversampling }, (_, phase) =>
  Float64Array.from({ length: tapsPerPhase }, (_value, tap) => {
    const at = tap - tapsPerPhase / 2 + 1 - phase / oversampling;
    const sinc = at === 0 ? 1 : Math.sin(Math.PI * at) / (Math.PI * at);
    // Hann: the tails of so short a sinc would ring.
    return sinc * (0.5 + 0.5 * Math.cos((Math.PI * at) / (tapsPerPhase / 2)));
  }),
);

function peakFinder(): PeakFinder {
  const recent = new Float64Array(tapsPerPhase);
  let position = 0;
  let highest = 0;
  return {
    push(sample) {
      recent[position] = sample;
      position = (position + 1) % tapsPerPhase;
      const size = Math.abs(sample);
      if (size > highest) highest = size;
      if (size < worthLooking) return;
      for (const taps of phases) {
        let sum = 0;
        for (let tap = 0; tap < tapsPerPhase; tap += 1) {
          sum += (taps[tap] ?? 0) * (recent[(position + tap) % tapsPerPhase] ?? 0);
        }
        if (Math.abs(sum) > highest) highest = Math.abs(sum);
      }
    },
    highest: () => highest,
  };
}
