import {
  ALL_FORMATS,
  type AudioCodec,
  BufferSource,
  BufferTarget,
  EncodedAudioPacketSource,
  type EncodedPacket,
  EncodedPacketSink,
  Input,
  Mp4OutputFormat,
  Output,
  type OutputFormat,
  WebMOutputFormat,
} from "mediabunny";
import { OpusDecoder } from "opus-decoder";
import type { MachineRater } from "../kernel/context.ts";
import { peaksFromPacketSizes, peaksOf } from "./rules.ts";
import { waveHeader } from "./wave.ts";

export interface Sound {
  readonly content: Uint8Array;
  readonly mimeType: string;
  readonly durationSeconds: number;
  readonly peaks: number[];
  /** A stretch of it ends in the middle of a packet: its recorder was cut off. */
  readonly brokenOff: boolean;
}

const peakCount = 600;

/**
 * Rewrites a browser's recording into one seekable file with its duration, without transcoding, and measures its
 * waveform. Opus and Vorbis land in WebM, AAC in MP4. Peaks come from the decoded sound for Opus; for other codecs packet
 * sizes stand in, which is an approximation. The answers to the turns of a dialogue are so many streams, one after the
 * other: in the file they follow each other without a gap. A stream that breaks off is kept up to its last whole packet,
 * which `wholePackets` finds.
 *
 * @throws where the bytes hold no sound track that can be read.
 */
export async function remuxRecording(joined: Uint8Array, wholePackets: MachineRater["wholePackets"]): Promise<Sound> {
  const found = splitStreams(joined).map(wholePackets);
  const read = await Promise.all(
    found.map(({ bytes, brokenOff }) =>
      readStream(bytes).catch((error: unknown) => {
        // Closed before its first sound, a recorder leaves no more than a head: the others are still heard.
        if (brokenOff && found.length > 1) return null;
        throw error;
      }),
    ),
  );
  const streams = read.flatMap((stream) => (stream !== null && stream.packets.length > 0 ? [stream] : []));
  const [opening] = streams;
  if (!opening) throw new Error("holds no sound");
  const { codec, decoderConfig } = opening;
  const packets = streams.reduce<EncodedPacket[]>((all, stream) => {
    const end = all.at(-1);
    const from = end ? end.timestamp + end.duration : 0;
    // Time starts at zero: a recorder that was running before the first piece would otherwise leave a silent lead.
    const lead = stream.packets[0]?.timestamp ?? 0;
    const shifted = stream.packets.map((packet) => packet.clone({ timestamp: packet.timestamp - lead + from }));
    return stream.codec === codec ? all.concat(shifted) : all;
  }, []);
  const last = packets.at(-1);
  if (!last) throw new Error("holds no sound");

  const format: OutputFormat =
    codec === "aac" || codec === "mp3" ? new Mp4OutputFormat({ fastStart: "in-memory" }) : new WebMOutputFormat();
  const target = new BufferTarget();
  const output = new Output({ format, target });
  if (!format.getSupportedAudioCodecs().includes(codec))
    throw new Error(`is in ${codec}, which no browser here records`);
  const source = new EncodedAudioPacketSource(codec);
  output.addAudioTrack(source);
  await output.start();
  for (const packet of packets) await source.add(packet, { decoderConfig });
  await output.finalize();
  if (!target.buffer) throw new Error("could not be rewritten");

  return {
    content: new Uint8Array(target.buffer),
    mimeType: format.mimeType.replace("video/", "audio/"),
    durationSeconds: Math.round((last.timestamp + last.duration) * 1000) / 1000,
    brokenOff: found.some(({ brokenOff }) => brokenOff),
    peaks:
      codec === "opus"
        ? await opusPeaks(packets)
        : peaksFromPacketSizes(
            packets.map((packet) => packet.byteLength),
            peakCount,
          ),
  };
}

/** Of decoded sound, 16 kHz and one channel. */
const plainRate = 16_000;

/** A WAV file of these sounds, one after the other: what every browser plays, where no codec holds them all. */
export function plainSound(sounds: readonly Float32Array[]): Sound {
  const samples = new Float32Array(sounds.reduce((sum, { length }) => sum + length, 0));
  let at = 0;
  for (const sound of sounds) {
    samples.set(sound, at);
    at += sound.length;
  }
  const content = Buffer.alloc(samples.length * 2);
  for (const [index, sample] of samples.entries()) {
    content.writeInt16LE(Math.round(Math.max(-1, Math.min(1, sample)) * 32_767), index * 2);
  }
  return {
    content: Buffer.concat([waveHeader(content.length, plainRate), content]),
    mimeType: "audio/wav",
    durationSeconds: Math.round((samples.length / plainRate) * 1000) / 1000,
    peaks: peaksOf(samples, peakCount),
    brokenOff: false,
  };
}

interface Stream {
  readonly codec: AudioCodec;
  readonly decoderConfig: AudioDecoderConfig;
  readonly packets: readonly EncodedPacket[];
}

async function readStream(content: Uint8Array): Promise<Stream> {
  const input = new Input({ source: new BufferSource(content), formats: ALL_FORMATS });
  const track = await input.getPrimaryAudioTrack();
  if (!track) throw new Error("holds no sound track");
  const codec = track.codec;
  const decoderConfig = await track.getDecoderConfig();
  if (!codec || !decoderConfig) throw new Error("holds a sound track of an unknown kind");
  const packets: EncodedPacket[] = [];
  for await (const packet of new EncodedPacketSink(track).packets()) packets.push(packet);
  return { codec, decoderConfig, packets };
}

/** What a recorder writes first: the EBML head of a WebM file with its document type, or the type box of an MP4 file. */
const heads = [
  { starts: [0x1a, 0x45, 0xdf, 0xa3], names: "webm", within: 48, before: 0 },
  { starts: [0x66, 0x74, 0x79, 0x70], names: "ftyp", within: 4, before: 4 },
] as const;

/** Cuts where a new recorder began. Ogg needs no cut: chained streams are part of the format. */
function splitStreams(joined: Uint8Array): Uint8Array[] {
  const buffer = Buffer.from(joined.buffer, joined.byteOffset, joined.byteLength);
  const head = heads.find(({ starts, before }) => buffer.subarray(before, before + 4).equals(Uint8Array.from(starts)));
  if (!head) return [joined];
  const starts = Uint8Array.from(head.starts);
  const cuts: number[] = [];
  for (let at = buffer.indexOf(starts); at >= 0; at = buffer.indexOf(starts, at + 4)) {
    // The same four bytes may stand in the sound by chance: a head also says its type at once.
    if (buffer.subarray(at, at + head.within).includes(head.names)) cuts.push(at - head.before);
  }
  return cuts.map((cut, index) => joined.subarray(cut, cuts[index + 1]));
}

async function opusPeaks(packets: readonly EncodedPacket[]): Promise<number[]> {
  // 8 kHz mono shows the same outline for a fraction of the work.
  const decoder = new OpusDecoder({ sampleRate: 8000, channels: 1, streamCount: 1, coupledStreamCount: 0 });
  await decoder.ready;
  try {
    const { channelData } = decoder.decodeFrames(packets.map((packet) => packet.data));
    const [samples] = channelData;
    return samples ? peaksOf(samples, peakCount) : [];
  } finally {
    decoder.free();
  }
}
