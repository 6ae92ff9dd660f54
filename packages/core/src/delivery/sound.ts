import {
  ALL_FORMATS,
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
import { peaksFromPacketSizes, peaksOf } from "./rules.ts";

export interface Sound {
  readonly content: Uint8Array;
  readonly mimeType: string;
  readonly durationSeconds: number;
  readonly peaks: number[];
}

const peakCount = 600;

/**
 * Rewrites a browser's recording into one seekable file with its duration, without transcoding, and measures its
 * waveform. Opus and Vorbis land in WebM, AAC in MP4. Peaks come from the decoded sound for Opus; for other codecs packet
 * sizes stand in, which is an approximation.
 *
 * @throws where the bytes hold no sound track that can be read.
 */
export async function remuxRecording(joined: Uint8Array): Promise<Sound> {
  const input = new Input({ source: new BufferSource(joined), formats: ALL_FORMATS });
  const track = await input.getPrimaryAudioTrack();
  if (!track) throw new Error("holds no sound track");
  const codec = track.codec;
  const decoderConfig = await track.getDecoderConfig();
  if (!codec || !decoderConfig) throw new Error("holds a sound track of an unknown kind");
  const packets: EncodedPacket[] = [];
  for await (const packet of new EncodedPacketSink(track).packets()) packets.push(packet);
  const [first] = packets;
  const last = packets.at(-1);
  if (!first || !last) throw new Error("holds no sound");

  const format: OutputFormat =
    codec === "aac" || codec === "mp3" ? new Mp4OutputFormat({ fastStart: "in-memory" }) : new WebMOutputFormat();
  const target = new BufferTarget();
  const output = new Output({ format, target });
  if (!format.getSupportedAudioCodecs().includes(codec))
    throw new Error(`is in ${codec}, which no browser here records`);
  const source = new EncodedAudioPacketSource(codec);
  output.addAudioTrack(source);
  await output.start();
  for (const packet of packets) {
    // Time starts at zero: a recorder that was running before the first piece would otherwise leave a silent lead.
    const shifted = packet.clone({ timestamp: packet.timestamp - first.timestamp });
    await source.add(shifted, { decoderConfig });
  }
  await output.finalize();
  if (!target.buffer) throw new Error("could not be rewritten");

  return {
    content: new Uint8Array(target.buffer),
    mimeType: format.mimeType.replace("video/", "audio/"),
    durationSeconds: Math.round((last.timestamp + last.duration - first.timestamp) * 1000) / 1000,
    peaks:
      codec === "opus"
        ? await opusPeaks(packets)
        : peaksFromPacketSizes(
            packets.map((packet) => packet.byteLength),
            peakCount,
          ),
  };
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
