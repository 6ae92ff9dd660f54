/** Every sound is measured at this rate: enough for speech, and what speech-to-text wants. */
export const sampleRate = 16_000;

/** Zero crossings of the sinc on each side; sixteen leave aliases some 60 dB down. */
const crossings = 16;

export interface Resampler {
  /** Channels of one piece, all of one length; gives what of the 16 kHz mono sound is ready. */
  push(channels: readonly Float32Array[]): Float32Array;
  /** The rest, after the last piece. */
  end(): Float32Array;
}

/** Mean of the channels, band-limited and brought to 16 kHz, piece by piece: a windowed sinc, one set of taps per phase. */
export function createResampler(from: number): Resampler {
  const divisor = greatestCommonDivisor(from, sampleRate);
  const [up, down] = [sampleRate / divisor, from / divisor];
  // In input samples: where 16 kHz is the lower rate the filter must cut below its half.
  const stretch = Math.max(1, from / sampleRate);
  const half = Math.ceil(crossings * stretch);
  const tapsOf = memo((phase: number) => tapsAt(phase / up, half, stretch));
  let held: Float32Array = new Float32Array(half);
  /** The input sample under the next output, counted from the start of `held`, and the phase after it. */
  let at = half;
  let phase = 0;
  const run = (input: Float32Array): Float32Array => {
    const joined = new Float32Array(held.length + input.length);
    joined.set(held);
    joined.set(input, held.length);
    const result = new Float32Array(Math.max(0, Math.ceil(((joined.length - half - at) * up) / down) + 1));
    let made = 0;
    while (at + half < joined.length) {
      const taps = tapsOf(phase);
      let sum = 0;
      const first = at - half + 1;
      for (let tap = 0; tap < taps.length; tap += 1) sum += (joined[first + tap] ?? 0) * (taps[tap] ?? 0);
      result[made] = sum;
      made += 1;
      phase += down;
      at += Math.floor(phase / up);
      phase %= up;
    }
    const drop = Math.max(0, at - half);
    held = joined.slice(drop);
    at -= drop;
    return result.subarray(0, made);
  };
  const mono = (channels: readonly Float32Array[]): Float32Array => {
    const [first] = channels;
    if (first === undefined) return new Float32Array(0);
    if (channels.length === 1) return first;
    return first.map((_, index) => channels.reduce((sum, channel) => sum + (channel[index] ?? 0), 0) / channels.length);
  };
  if (from === sampleRate) return { push: mono, end: () => new Float32Array(0) };
  return { push: (channels) => run(mono(channels)), end: () => run(new Float32Array(half)) };
}

/** Taps for an output that lies `offset` of a sample after an input: inputs from `half - 1` before it to `half` after. */
function tapsAt(offset: number, half: number, stretch: number): Float32Array {
  const taps = Float32Array.from({ length: 2 * half }, (_, tap) => {
    const distance = (tap - half + 1 - offset) / stretch;
    if (Math.abs(distance) >= crossings) return 0;
    const window = 0.5 + 0.5 * Math.cos((Math.PI * distance) / crossings);
    return distance === 0 ? 1 : (Math.sin(Math.PI * distance) / (Math.PI * distance)) * window;
  });
  const total = taps.reduce((sum, tap) => sum + tap, 0);
  return taps.map((tap) => tap / total);
}

function memo<T>(make: (key: number) => T): (key: number) => T {
  const kept = new Map<number, T>();
  return (key) => {
    const known = kept.get(key);
    if (known !== undefined) return known;
    const made = make(key);
    kept.set(key, made);
    return made;
  };
}

function greatestCommonDivisor(a: number, b: number): number {
  return b === 0 ? a : greatestCommonDivisor(b, a % b);
}
