import { spawnSync } from "node:child_process";
import { readFileSync } from "node:fs";
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { pearson } from "../agreement.ts";
import { decodeSound } from "./decode.ts";
import { measureSpeech } from "./measures.ts";
import { createResampler, sampleRate } from "./resample.ts";
import { AudioError } from "./wav.ts";
import { wholePackets } from "./whole-packets.ts";

// Two runs of three swelling vowels, 2.3 s, made by a program; the same sound in every format.
const file = (name: string): Uint8Array =>
  new Uint8Array(readFileSync(new URL(`../../fixtures/${name}`, import.meta.url)));

/** Power in steps of 20 ms: codecs change phases and may shift the sound by a few milliseconds. */
function outline(samples: Float32Array): number[] {
  const step = sampleRate / 50;
  return Array.from({ length: Math.floor(samples.length / step) }, (_, at) =>
    samples.subarray(at * step, (at + 1) * step).reduce((sum, value) => sum + value * value, 0),
  );
}

describe("decodeSound", () => {
  const original = outline(readWavSamples());
  it.each(["voice.wav", "voice.webm", "voice-stereo.webm", "voice.ogg", "voice.mp3"])("reads %s", async (name) => {
    const { samples, durationSeconds } = await decodeSound(file(name), "audio/of-some-kind");
    expect(durationSeconds).toBeGreaterThan(2.25);
    expect(durationSeconds).toBeLessThan(2.45);
    const heard = outline(samples);
    const length = Math.min(heard.length, original.length);
    // An encoder's delay is at most three steps.
    const alike = [0, 1, 2, 3].map((shift) => pearson(heard.slice(shift, length), original.slice(0, length - shift)));
    expect(Math.max(...alike.map((value) => value ?? 0))).toBeGreaterThan(0.95);
    const spoken = measureSpeech({ sampleRate, samples });
    expect(spoken.syllables).toBe(6);
    expect(spoken.pauses).toHaveLength(1);
  });

  it("reads AAC where the machine has a decoder, and says what is missing where it has none", async () => {
    const hasFfmpeg = spawnSync("ffmpeg", ["-version"]).status === 0;
    if (hasFfmpeg) {
      const { samples } = await decodeSound(file("voice.m4a"), "audio/mp4");
      expect(measureSpeech({ sampleRate, samples }).syllables).toBe(6);
    }
    const path = process.env.PATH;
    process.env.PATH = "/nowhere";
    try {
      await expect(decodeSound(file("voice.m4a"), "audio/mp4")).rejects.toThrow(/neither ffmpeg nor/);
    } finally {
      process.env.PATH = path;
    }
  });

  it.each(["voice.webm", "voice-stereo.webm", "live.webm", "voice.ogg"])(
    "reads %s up to its last whole packet where its end never arrived, and says so",
    async (name) => {
      const bytes = file(name);
      const { durationSeconds: whole } = await decodeSound(bytes, "");
      for (const share of [0.5, 0.63, 0.77, 0.9]) {
        const part = await decodeSound(bytes.slice(0, Math.round(bytes.length * share)), "");
        expect(part.brokenOff).toBe(true);
        // Ogg keeps a second in a page; packets of WebM stand alone, and silence takes few bytes.
        expect(part.durationSeconds).toBeGreaterThan(whole * share - (name.endsWith("ogg") ? 1.2 : 0.5));
        expect(part.durationSeconds).toBeLessThan(whole);
      }
    },
  );

  it("reads a Safari's recording up to its last whole fragment where its end never arrived, and says so", async () => {
    const bytes = file("live.mp4");
    const ends = fragmentEnds(bytes);
    expect(ends.length).toBeGreaterThan(4);
    expect(wholePackets(bytes)).toEqual({ bytes, brokenOff: false });
    const [head = 0] = ends;
    // Every place at which a connection may end: what is left is the last end that lies before it.
    for (let length = head + 1; length < bytes.length; length += 1) {
      const { bytes: left, brokenOff } = wholePackets(bytes.slice(0, length));
      expect([left.length, brokenOff]).toEqual([ends.findLast((end) => end <= length), !ends.includes(length)]);
    }
    if (spawnSync("ffmpeg", ["-version"]).status !== 0) return;
    const { durationSeconds: whole } = await decodeSound(bytes, "audio/mp4");
    for (const share of [0.5, 0.63, 0.77, 0.9]) {
      const part = await decodeSound(bytes.slice(0, Math.round(bytes.length * share)), "audio/mp4");
      expect(part.brokenOff).toBe(true);
      expect(part.durationSeconds).toBeGreaterThan(whole * share - 0.7);
      expect(part.durationSeconds).toBeLessThan(whole);
    }
    await expect(decodeSound(bytes.slice(0, head + 20), "audio/mp4")).rejects.toThrow(AudioError);
  });

  it("refuses what is no sound, with an AudioError and never otherwise", async () => {
    await expect(decodeSound(new Uint8Array(0), "audio/webm")).rejects.toThrow(AudioError);
    await expect(decodeSound(new Uint8Array(64_000_001), "audio/webm")).rejects.toThrow("is larger than 64 MB");
    await expect(decodeSound(new TextEncoder().encode("<html>"), "")).rejects.toThrow("of no named type");
    const valid = [file("voice.webm"), file("live.mp4")];
    const [place, byte] = [fc.nat(9_000), fc.nat(255)];
    await fc.assert(
      fc.asyncProperty(fc.constantFrom(...valid), place, byte, fc.nat(12_000), async (given, at, value, length) => {
        const bytes = given.slice(0, length);
        if (at < bytes.length) bytes[at] = value;
        try {
          await decodeSound(bytes, "audio/webm");
        } catch (error) {
          expect(error).toBeInstanceOf(AudioError);
        }
      }),
      { numRuns: 60 },
    );
  });

  it("looks through two million empty boxes of MP4 in no time", () => {
    const bytes = new Uint8Array(16_000_000);
    const view = new DataView(bytes.buffer);
    for (let at = 0; at < bytes.length; at += 8) view.setUint32(at, 8);
    bytes.set(new TextEncoder().encode("ftyp"), 4);
    const begun = performance.now();
    expect(wholePackets(bytes).brokenOff).toBe(false);
    // Everybody's jobs wait meanwhile; a tenth of it is usual.
    expect(performance.now() - begun).toBeLessThan(300);
  });

  it("takes no WAV that claims a sound of hours", async () => {
    const seconds = 1801;
    const bytes = new Uint8Array(44 + seconds * 8000);
    bytes.set(file("voice.wav").subarray(0, 44));
    const view = new DataView(bytes.buffer);
    bytes.set(new TextEncoder().encode("RIFF....WAVEfmt "));
    view.setUint32(16, 16, true);
    view.setUint16(20, 1, true);
    view.setUint16(22, 1, true);
    view.setUint32(24, 8000, true);
    view.setUint32(28, 8000, true);
    view.setUint16(32, 1, true);
    view.setUint16(34, 8, true);
    bytes.set(new TextEncoder().encode("data"), 36);
    view.setUint32(40, seconds * 8000, true);
    await expect(decodeSound(bytes, "audio/wav")).rejects.toThrow("is longer than 30 minutes");
  });
});

/** Behind the head, and behind each fragment. */
function fragmentEnds(bytes: Uint8Array): number[] {
  const view = new DataView(bytes.buffer, bytes.byteOffset);
  const ends: number[] = [];
  for (let at = 0; at < bytes.length; ) {
    const name = String.fromCharCode(...bytes.subarray(at + 4, at + 8));
    at += view.getUint32(at);
    if (name === "moov" || name === "mdat") ends.push(at);
  }
  return ends;
}

function readWavSamples(): Float32Array {
  const bytes = file("voice.wav");
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  return Float32Array.from({ length: (bytes.length - 44) / 2 }, (_, at) => view.getInt16(44 + at * 2, true) / 32_768);
}

describe("the resampler", () => {
  const tone = (rate: number, hertz: number): Float32Array =>
    Float32Array.from({ length: rate }, (_, at) => Math.sin((2 * Math.PI * hertz * at) / rate));
  const power = (samples: Float32Array): number =>
    samples.subarray(400, -400).reduce((sum, value) => sum + value * value, 0) / (samples.length - 800);

  it.each([8000, 22_050, 44_100, 48_000])("keeps a tone of 1000 Hz from %i Hz, in pieces of any size", (rate) => {
    const run = (size: number): Float32Array => {
      const resampler = createResampler(rate);
      const input = tone(rate, 1000);
      const pieces: number[] = [];
      for (let at = 0; at < input.length; at += size) pieces.push(...resampler.push([input.subarray(at, at + size)]));
      pieces.push(...resampler.end());
      return Float32Array.from(pieces);
    };
    const whole = run(rate);
    expect(Math.abs(whole.length - sampleRate)).toBeLessThanOrEqual(2);
    expect(power(whole)).toBeCloseTo(0.5, 2);
    expect(run(777)).toEqual(whole);
    const expected = tone(sampleRate, 1000);
    for (let at = 400; at < whole.length - 400; at += 97) expect(whole[at]).toBeCloseTo(expected[at] ?? 2, 1);
  });

  it("lets nothing through that 16 kHz cannot carry", () => {
    const resampler = createResampler(48_000);
    const out = resampler.push([tone(48_000, 12_000)]);
    expect(power(out)).toBeLessThan(1e-4);
  });
});
