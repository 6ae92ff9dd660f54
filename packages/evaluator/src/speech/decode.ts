import {
  ALL_FORMATS,
  BufferSource,
  type EncodedPacket,
  EncodedPacketSink,
  Input,
  type InputAudioTrack,
} from "mediabunny";
import { MPEGDecoder } from "mpg123-decoder";
import { OpusDecoder } from "opus-decoder";
import { decodeAac } from "./aac.ts";
import { createResampler, type Resampler, sampleRate } from "./resample.ts";
import { AudioError, readWav } from "./wav.ts";
import { wholePackets } from "./whole-packets.ts";

/** A recording as it is measured: 16 kHz, one channel, full scale at ±1. */
export interface Sound {
  readonly samples: Float32Array;
  readonly durationSeconds: number;
  /** Its end, or that of a stretch of it, never arrived: this is what came before. */
  readonly brokenOff: boolean;
}

/** What no honest answer passes: half an hour, and its size as 16 kHz WAV. A lying file ends here, not in memory. */
export const soundLimits = { bytes: 64_000_000, seconds: 1800 } as const;

const packetsAtOnce = 50;

/**
 * Decodes a recording: Opus in WebM or Ogg, AAC in MP4, MP3, WAV. What the bytes are is told by the bytes; the type that was
 * claimed only helps with the message.
 *
 * @throws AudioError where there is no sound, it is of a kind that is not read here, or beyond the limits
 */
export async function decodeSound(bytes: Uint8Array, mimeType: string): Promise<Sound> {
  if (bytes.byteLength > soundLimits.bytes) throw new AudioError(`is larger than ${soundLimits.bytes / 1e6} MB`);
  const samples = collector();
  const whole = wholePackets(bytes);
  try {
    if (isWav(bytes)) decodeWav(bytes, samples);
    else await decodeTrack(whole.bytes, samples);
  } catch (error) {
    if (error instanceof AudioError) throw error;
    throw new AudioError(`is no sound that can be decoded (${mimeType || "of no named type"})`, { cause: error });
  }
  const joined = samples.joined();
  if (joined.length === 0) throw new AudioError("holds no sound");
  return { samples: joined, durationSeconds: joined.length / sampleRate, brokenOff: whole.brokenOff };
}

function isWav(bytes: Uint8Array): boolean {
  return (
    String.fromCharCode(...bytes.subarray(0, 4)) === "RIFF" && String.fromCharCode(...bytes.subarray(8, 12)) === "WAVE"
  );
}

interface Collector {
  push(piece: Float32Array): void;
  joined(): Float32Array;
}

function collector(): Collector {
  const pieces: Float32Array[] = [];
  let length = 0;
  return {
    push(piece) {
      length += piece.length;
      if (length > soundLimits.seconds * sampleRate)
        throw new AudioError(`is longer than ${soundLimits.seconds / 60} minutes`);
      // A decoder may use its memory again.
      pieces.push(piece.slice());
    },
    joined() {
      const all = new Float32Array(length);
      let at = 0;
      for (const piece of pieces) {
        all.set(piece, at);
        at += piece.length;
      }
      return all;
    },
  };
}

function decodeWav(bytes: Uint8Array, out: Collector): void {
  const sound = readWav(bytes);
  const resampler = createResampler(sound.sampleRate);
  for (let at = 0; at < sound.samples.length; at += sound.sampleRate)
    out.push(resampler.push([sound.samples.subarray(at, at + sound.sampleRate)]));
  out.push(resampler.end());
}

async function decodeTrack(bytes: Uint8Array, out: Collector): Promise<void> {
  const input = new Input({ source: new BufferSource(bytes), formats: ALL_FORMATS });
  const track = await input.getPrimaryAudioTrack();
  if (!track) throw new AudioError("holds no sound track");
  const channels = track.numberOfChannels;
  if (channels < 1 || channels > 2) throw new AudioError(`has ${channels} channels; one or two are read`);
  if (track.codec === "opus") return decodeOpus(track, out);
  if (track.codec === "mp3") return decodeMp3(track, out);
  if (track.codec === "aac") return decodeAac(track, out.push);
  throw new AudioError(`is in ${track.codec ?? "an unknown codec"}, which is not read here`);
}

async function* packetsOf(track: InputAudioTrack): AsyncGenerator<EncodedPacket[]> {
  let packets: EncodedPacket[] = [];
  for await (const packet of new EncodedPacketSink(track).packets()) {
    packets.push(packet);
    if (packets.length < packetsAtOnce) continue;
    yield packets;
    packets = [];
  }
  if (packets.length > 0) yield packets;
}

/** Opus decodes to any of its rates and to one channel by itself. */
async function decodeOpus(track: InputAudioTrack, out: Collector): Promise<void> {
  const decoder = new OpusDecoder({ sampleRate, channels: 1, streamCount: 1, coupledStreamCount: 0 });
  await decoder.ready;
  try {
    for await (const packets of packetsOf(track)) {
      const { channelData } = decoder.decodeFrames(packets.map(({ data }) => data));
      if (channelData[0]) out.push(channelData[0]);
    }
  } finally {
    decoder.free();
  }
}

async function decodeMp3(track: InputAudioTrack, out: Collector): Promise<void> {
  const decoder = new MPEGDecoder();
  await decoder.ready;
  let resampler: Resampler | null = null;
  try {
    for await (const packets of packetsOf(track)) {
      const { channelData, samplesDecoded, sampleRate: rate } = decoder.decode(joinedBytes(packets));
      if (samplesDecoded === 0) continue;
      resampler ??= createResampler(rate);
      out.push(resampler.push(channelData));
    }
    if (resampler) out.push(resampler.end());
  } finally {
    decoder.free();
  }
}

function joinedBytes(packets: readonly EncodedPacket[]): Uint8Array {
  const all = new Uint8Array(packets.reduce((sum, { data }) => sum + data.length, 0));
  let at = 0;
  for (const { data } of packets) {
    all.set(data, at);
    at += data.length;
  }
  return all;
}
