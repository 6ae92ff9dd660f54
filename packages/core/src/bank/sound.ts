import { MPEGDecoder } from "mpg123-decoder";
import { createLoudnessMeter, type LoudnessMeter, type SoundMeasures } from "./loudness.ts";

/** Decoded between two breaths: other requests of the process wait no longer than for this much. */
const pieceBytes = 32_768;

/**
 * Decodes an MP3 and measures it, piece by piece.
 *
 * @returns null where the bytes hold no sound that can be decoded.
 */
export async function measureSound(content: Uint8Array): Promise<SoundMeasures | null> {
  const decoder = new MPEGDecoder();
  await decoder.ready;
  let meter: LoudnessMeter | null = null;
  try {
    for (let start = 0; start < content.length; start += pieceBytes) {
      const { channelData, samplesDecoded, sampleRate } = decoder.decode(content.subarray(start, start + pieceBytes));
      if (samplesDecoded > 0) {
        meter ??= createLoudnessMeter(sampleRate);
        meter.push(channelData);
      }
      await new Promise((resolve) => setImmediate(resolve));
    }
  } finally {
    decoder.free();
  }
  return meter?.measure() ?? null;
}
