/** Sound as numbers: one channel, full scale at ±1. */
export interface Pcm {
  readonly sampleRate: number;
  readonly samples: Float32Array;
}

/** Why a file is no sound that can be measured. */
export class AudioError extends Error {
  override readonly name = "AudioError";
}

/** An hour of 48 kHz stereo is 700 MB; nobody speaks for an hour in one response. */
const mostSeconds = 3600;

/**
 * Reads a RIFF/WAVE file: PCM of 8, 16, 24 or 32 bits or 32-bit float, any number of channels (their mean is taken). Sizes are
 * checked against the bytes that are there, so that a lying header costs nothing.
 *
 * @throws AudioError
 */
export function readWav(bytes: Uint8Array): Pcm {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  if (bytes.byteLength < 12 || tag(view, 0) !== "RIFF" || tag(view, 8) !== "WAVE")
    throw new AudioError("is no WAV file");
  let format: Format | null = null;
  for (let at = 12; at + 8 <= bytes.byteLength; ) {
    const size = view.getUint32(at + 4, true);
    const start = at + 8;
    if (tag(view, at) === "fmt ") format = readFormat(view, start, size);
    if (tag(view, at) === "data") {
      if (format === null) throw new AudioError("has sound before its format");
      // Recorders that stream write 0 or the largest size: what follows is the sound.
      return readSamples(view, start, Math.min(size, bytes.byteLength - start), format);
    }
    at = start + size + (size % 2);
  }
  throw new AudioError("holds no sound");
}

interface Format {
  readonly float: boolean;
  readonly channels: number;
  readonly sampleRate: number;
  readonly bytesPerSample: number;
}

function readFormat(view: DataView, at: number, size: number): Format {
  if (size < 16 || at + size > view.byteLength) throw new AudioError("has a broken format");
  const code = view.getUint16(at, true);
  // Extensible: the true code stands in the first bytes of the sub-format.
  const kind = code === 0xfffe && size >= 26 ? view.getUint16(at + 24, true) : code;
  const channels = view.getUint16(at + 2, true);
  const sampleRate = view.getUint32(at + 4, true);
  const bits = view.getUint16(at + 14, true);
  const isKnown = (kind === 1 && [8, 16, 24, 32].includes(bits)) || (kind === 3 && bits === 32);
  if (!isKnown) throw new AudioError(`has samples of a kind that is not read (${kind}, ${bits} bits)`);
  if (channels < 1 || channels > 32 || sampleRate < 8000 || sampleRate > 192_000)
    throw new AudioError("has a broken format");
  return { float: kind === 3, channels, sampleRate, bytesPerSample: bits / 8 };
}

function readSamples(view: DataView, start: number, size: number, format: Format): Pcm {
  const { channels, sampleRate, bytesPerSample } = format;
  const frames = Math.floor(size / (channels * bytesPerSample));
  if (frames > mostSeconds * sampleRate) throw new AudioError(`is longer than ${mostSeconds} seconds`);
  const samples = new Float32Array(frames);
  const read = sampleReader(view, format);
  for (let frame = 0; frame < frames; frame += 1) {
    let sum = 0;
    for (let channel = 0; channel < channels; channel += 1)
      sum += read(start + (frame * channels + channel) * bytesPerSample);
    const value = sum / channels;
    samples[frame] = Number.isFinite(value) ? Math.max(-1, Math.min(1, value)) : 0;
  }
  return { sampleRate, samples };
}

function sampleReader(view: DataView, { float, bytesPerSample }: Format): (at: number) => number {
  if (float) return (at) => view.getFloat32(at, true);
  if (bytesPerSample === 1) return (at) => (view.getUint8(at) - 128) / 128;
  if (bytesPerSample === 2) return (at) => view.getInt16(at, true) / 32_768;
  if (bytesPerSample === 3) return (at) => (view.getUint16(at, true) | (view.getInt8(at + 2) << 16)) / 8_388_608;
  return (at) => view.getInt32(at, true) / 2_147_483_648;
}

function tag(view: DataView, at: number): string {
  return String.fromCharCode(view.getUint8(at), view.getUint8(at + 1), view.getUint8(at + 2), view.getUint8(at + 3));
}
