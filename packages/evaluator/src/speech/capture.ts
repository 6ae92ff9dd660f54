export type CaptureProblem = "silent" | "clipped" | "noisy" | "too-quiet";

/** How well a recording was captured: told to the speaker while it can be mended, never part of a score. */
export interface CaptureQuality {
  /** Share of samples at full scale. */
  readonly clippingShare: number;
  /** Share of the time without speech. */
  readonly silenceShare: number;
  /** Level of the loud parts, and of the quietest tenth, in dB below full scale. */
  readonly levelDb: number;
  readonly noiseFloorDb: number;
  readonly problems: readonly CaptureProblem[];
}

const frameSeconds = 0.02;
/** Four seconds: longer than a breath, shorter than it takes to move closer to the microphone. */
const stretchFrames = 200;
const fullScale = 0.985;
const floor = -100;
const limits = {
  /** Nothing louder than this is anyone speaking into a working microphone. */
  silent: -55,
  quiet: -42,
  /** One sample in two thousand is heard as crackle. */
  clipped: 1 / 2000,
  /** Speech less than this above the room cannot be parted from it: 15 dB is where understanding begins to suffer. */
  signalToNoise: 15,
  /** A room that is quieter than this disturbs nobody, however quiet the speaker was. */
  quietRoom: -60,
} as const;

/** Measures a sound of one channel, 16 kHz unless told otherwise. Pure, so that a browser may ask while it records. */
export function captureQuality(samples: Float32Array, sampleRate = 16_000): CaptureQuality {
  const length = Math.max(1, Math.round(frameSeconds * sampleRate));
  const count = Math.floor(samples.length / length);
  const levels = new Float64Array(count);
  let clipped = 0;
  for (let frame = 0; frame < count; frame += 1) {
    let power = 0;
    for (let at = frame * length; at < (frame + 1) * length; at += 1) {
      const value = samples[at] ?? 0;
      power += value * value;
      if (Math.abs(value) >= fullScale) clipped += 1;
    }
    levels[frame] = Math.max(floor, 10 * Math.log10(power / length + 1e-12));
  }
  const { levelDb, noiseFloorDb } = extremesOf(levels);
  const threshold = Math.max(limits.silent, levelDb - 25);
  const silentFrames = levels.filter((level) => level < threshold).length;
  const clippingShare = count === 0 ? 0 : clipped / (count * length);
  return {
    clippingShare,
    silenceShare: count === 0 ? 1 : silentFrames / count,
    ...{ levelDb, noiseFloorDb },
    problems: problemsOf({ levelDb, clippingShare, noisy: isNoisy(levels) }),
  };
}

interface Extremes {
  readonly levelDb: number;
  readonly noiseFloorDb: number;
}

function extremesOf(levels: Float64Array): Extremes {
  const sorted = Float64Array.from(levels).sort();
  const quantile = (share: number): number =>
    sorted[Math.min(sorted.length - 1, Math.floor(share * sorted.length))] ?? floor;
  return { levelDb: quantile(0.98), noiseFloorDb: quantile(0.1) };
}

/**
 * Whether speech does not stand out from the room in half of the time or more. Judged by the stretch: browsers turn gain and
 * noise suppression up and down, most of all in the first two seconds, and over a whole recording that looks like loud speech.
 */
function isNoisy(levels: Float64Array): boolean {
  const stretches: Extremes[] = [];
  for (let from = 0; from === 0 || from + stretchFrames <= levels.length; from += stretchFrames / 2)
    stretches.push(extremesOf(levels.subarray(from, from + stretchFrames)));
  const heard = stretches.filter(({ levelDb }) => levelDb >= limits.silent);
  const noisy = heard.filter(
    ({ levelDb, noiseFloorDb }) => levelDb - noiseFloorDb < limits.signalToNoise && noiseFloorDb > limits.quietRoom,
  );
  return noisy.length > 0 && noisy.length >= heard.length / 2;
}

function problemsOf({
  levelDb,
  clippingShare,
  noisy,
}: {
  readonly levelDb: number;
  readonly clippingShare: number;
  readonly noisy: boolean;
}): CaptureProblem[] {
  if (levelDb < limits.silent) return ["silent"];
  const problems: CaptureProblem[] = [];
  if (clippingShare > limits.clipped) problems.push("clipped");
  if (noisy) problems.push("noisy");
  if (levelDb < limits.quiet) problems.push("too-quiet");
  return problems;
}
