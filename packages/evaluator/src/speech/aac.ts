import { spawn } from "node:child_process";
import {
  AdtsOutputFormat,
  BufferTarget,
  EncodedAudioPacketSource,
  EncodedPacketSink,
  type InputAudioTrack,
  Output,
} from "mediabunny";
import { createResampler, type Resampler, sampleRate } from "./resample.ts";
import { AudioError } from "./wav.ts";

/** What the decoder's package gives: sound of one or more access units. */
interface AacDecoder {
  decode(units: Uint8Array): { channelData: Float32Array[]; sampleRate: number };
  free(): void;
}
interface AacPackage {
  decoder(options: { asc: Uint8Array }): Promise<AacDecoder>;
}

/**
 * AAC, as Safari records it. There is no decoder of a licence that can be shipped here, so it is the operator's: the package
 * @audio/decode-aac (GPL) where it is installed, else the system's ffmpeg.
 */
export async function decodeAac(track: InputAudioTrack, push: (samples: Float32Array) => void): Promise<void> {
  const installed = await findPackage();
  if (installed) await decodeByPackage(installed, track, push);
  else await decodeByFfmpeg(await adtsOf(track), push);
}

async function findPackage(): Promise<AacPackage | null> {
  // Not a literal: nobody who bundles this may look for a package that is not in the lockfile.
  const name = "@audio/decode-aac";
  try {
    return await import(/* turbopackIgnore: true */ /* webpackIgnore: true */ name);
  } catch {
    return null;
  }
}

async function decodeByPackage(
  installed: AacPackage,
  track: InputAudioTrack,
  push: (samples: Float32Array) => void,
): Promise<void> {
  const description = (await track.getDecoderConfig())?.description;
  if (!description) throw new AudioError("does not say how its AAC is to be read");
  const asc = ArrayBuffer.isView(description)
    ? new Uint8Array(description.buffer, description.byteOffset, description.byteLength)
    : new Uint8Array(description);
  const decoder = await installed.decoder({ asc });
  let resampler: Resampler | null = null;
  try {
    for await (const { data } of new EncodedPacketSink(track).packets()) {
      const { channelData, sampleRate: rate } = decoder.decode(data);
      if ((channelData[0]?.length ?? 0) === 0) continue;
      resampler ??= createResampler(rate);
      push(resampler.push(channelData));
    }
    if (resampler) push(resampler.end());
  } finally {
    decoder.free();
  }
}

/** Bare frames without a container: all that is handed to another program is what a decoder of AAC must read. */
async function adtsOf(track: InputAudioTrack): Promise<Uint8Array> {
  const decoderConfig = await track.getDecoderConfig();
  if (!decoderConfig) throw new AudioError("does not say how its AAC is to be read");
  const target = new BufferTarget();
  const output = new Output({ format: new AdtsOutputFormat(), target });
  const source = new EncodedAudioPacketSource("aac");
  output.addAudioTrack(source);
  await output.start();
  for await (const packet of new EncodedPacketSink(track).packets()) await source.add(packet, { decoderConfig });
  await output.finalize();
  if (!target.buffer) throw new AudioError("holds no sound");
  return new Uint8Array(target.buffer);
}

function decodeByFfmpeg(adts: Uint8Array, push: (samples: Float32Array) => void): Promise<void> {
  return new Promise((resolve, reject) => {
    const child = spawn(
      "ffmpeg",
      [
        ...["-v", "error", "-nostdin", "-protocol_whitelist", "pipe", "-f", "aac", "-i", "pipe:0"],
        ...["-map", "0:a:0", "-ac", "1", "-ar", String(sampleRate), "-f", "f32le", "pipe:1"],
      ],
      { stdio: ["pipe", "pipe", "ignore"] },
    );
    const fail = (error: Error): void => {
      child.kill("SIGKILL");
      reject(error);
    };
    let rest = Buffer.alloc(0);
    child.on("error", () =>
      fail(
        new AudioError("is in AAC, and neither ffmpeg nor the package @audio/decode-aac is installed on the server"),
      ),
    );
    child.stdout.on("data", (piece: Buffer) => {
      const joined = Buffer.concat([rest, piece]);
      const whole = joined.length - (joined.length % 4);
      rest = joined.subarray(whole);
      const samples = Float32Array.from({ length: whole / 4 }, (_, at) => joined.readFloatLE(at * 4));
      try {
        push(samples);
      } catch (error) {
        fail(error instanceof Error ? error : new Error(String(error)));
      }
    });
    child.on("close", (code) => (code === 0 ? resolve() : reject(new AudioError("holds AAC that cannot be decoded"))));
    // It may end before it has read everything; its status says why.
    child.stdin.on("error", () => undefined);
    child.stdin.end(adts);
  });
}
