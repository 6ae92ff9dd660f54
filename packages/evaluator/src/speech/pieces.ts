import { sampleRate } from "./resample.ts";

export interface SoundPiece {
  readonly startSeconds: number;
  readonly samples: Float32Array;
}

const windowSeconds = 0.2;

/** Cuts a sound into pieces of at most so many seconds, each cut where the last quarter of a piece is quietest. */
export function piecesOf(samples: Float32Array, mostSeconds: number): SoundPiece[] {
  const pieces: SoundPiece[] = [];
  const most = Math.floor(mostSeconds * sampleRate);
  let from = 0;
  while (samples.length - from > most) {
    const to = quietest(samples, from + Math.floor(most * 0.75), from + most);
    pieces.push({ startSeconds: from / sampleRate, samples: samples.subarray(from, to) });
    from = to;
  }
  return [...pieces, { startSeconds: from / sampleRate, samples: samples.subarray(from) }];
}

function quietest(samples: Float32Array, first: number, last: number): number {
  const length = Math.floor(windowSeconds * sampleRate);
  let best = last;
  let least = Number.POSITIVE_INFINITY;
  for (let start = first; start + length <= last; start += length / 2) {
    let power = 0;
    for (let at = start; at < start + length; at += 1) power += (samples[at] ?? 0) ** 2;
    if (power < least) {
      least = power;
      best = start + length / 2;
    }
  }
  return best;
}

/** 16 kHz, 16 bits, one channel: what every recogniser reads. */
export function encodeWav(samples: Float32Array): Uint8Array<ArrayBuffer> {
  const header = 44;
  const bytes = new Uint8Array(header + samples.length * 2);
  const view = new DataView(bytes.buffer);
  const tag = (at: number, text: string): void => bytes.set(new TextEncoder().encode(text), at);
  tag(0, "RIFF");
  view.setUint32(4, bytes.length - 8, true);
  tag(8, "WAVEfmt ");
  view.setUint32(16, 16, true);
  view.setUint16(20, 1, true);
  view.setUint16(22, 1, true);
  view.setUint32(24, sampleRate, true);
  view.setUint32(28, sampleRate * 2, true);
  view.setUint16(32, 2, true);
  view.setUint16(34, 16, true);
  tag(36, "data");
  view.setUint32(40, samples.length * 2, true);
  samples.forEach((value, at) => {
    view.setInt16(header + at * 2, Math.round(Math.max(-1, Math.min(1, value)) * 32_767), true);
  });
  return bytes;
}
