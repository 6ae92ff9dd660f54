import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { measureSpeech } from "./measures.ts";
import { AudioError, type Pcm, readWav } from "./wav.ts";

const sampleRate = 16_000;

/** Buzzes of a voice, vowel after vowel, each with its own swell; silences between them. */
function voice(parts: readonly { seconds: number; level: number }[], hertz = 150): Pcm {
  const samples: number[] = [];
  for (const { seconds, level } of parts) {
    const count = Math.round(seconds * sampleRate);
    for (let at = 0; at < count; at += 1) {
      const time = at / sampleRate;
      const swell = Math.sin((Math.PI * at) / count) ** 2;
      let value = 0;
      for (let harmonic = 1; harmonic <= 8; harmonic += 1)
        value += Math.sin(2 * Math.PI * hertz * harmonic * time) / harmonic;
      samples.push(0.2 * level * swell * value);
    }
  }
  return { sampleRate, samples: Float32Array.from(samples) };
}
const syllable = { seconds: 0.2, level: 1 };
const pause = { seconds: 0.6, level: 0 };

function wav(samples: readonly number[], bits: 16 | 24, channels = 1): Uint8Array {
  const bytes = new Uint8Array(44 + samples.length * (bits / 8));
  const view = new DataView(bytes.buffer);
  const text = (at: number, value: string): void => bytes.set(new TextEncoder().encode(value), at);
  text(0, "RIFF");
  view.setUint32(4, bytes.length - 8, true);
  text(8, "WAVEfmt ");
  view.setUint32(16, 16, true);
  view.setUint16(20, 1, true);
  view.setUint16(22, channels, true);
  view.setUint32(24, sampleRate, true);
  view.setUint32(28, sampleRate * channels * (bits / 8), true);
  view.setUint16(32, channels * (bits / 8), true);
  view.setUint16(34, bits, true);
  text(36, "data");
  view.setUint32(40, samples.length * (bits / 8), true);
  samples.forEach((value, at) => {
    const place = 44 + at * (bits / 8);
    if (bits === 16) view.setInt16(place, Math.round(value * 32_768), true);
    else {
      const whole = Math.round(value * 8_388_608);
      view.setUint16(place, whole & 0xffff, true);
      view.setInt8(place + 2, whole >> 16);
    }
  });
  return bytes;
}

describe("speech measures", () => {
  it("counts syllables, pauses and runs of a voice that was made", () => {
    const run = [syllable, syllable, syllable, syllable];
    const spoken = measureSpeech(voice([pause, ...run, pause, ...run, pause]));
    expect(spoken.syllables).toBe(8);
    expect(spoken.pauses).toHaveLength(1);
    expect(spoken.meanLengthOfRun).toBe(4);
    expect(spoken.durationSeconds).toBeCloseTo(3.4, 6);
    // Eight syllables of 0.2 s; their faint ends belong to the pauses.
    expect(spoken.articulationRate).toBeGreaterThan(4.5);
    expect(spoken.articulationRate).toBeLessThan(6.5);
    expect(spoken.speechRate).toBeLessThan(spoken.articulationRate ?? 0);
    expect(spoken.medianPitch).toBeGreaterThan(140);
    expect(spoken.medianPitch).toBeLessThan(160);
  });

  it("does not count what is not voiced", () => {
    let state = 1;
    const noise = Float32Array.from({ length: sampleRate * 2 }, (_, at) => {
      state = (Math.imul(state, 1_103_515_245) + 12_345) & 0x7fffffff;
      return (state / 0x7fffffff - 0.5) * Math.sin((Math.PI * at) / 3200) ** 2;
    });
    expect(measureSpeech({ sampleRate, samples: noise }).syllables).toBeLessThanOrEqual(1);
  });

  it("finds nothing in silence, and says null instead of a rate", () => {
    for (const samples of [new Float32Array(0), new Float32Array(sampleRate)])
      expect(measureSpeech({ sampleRate, samples })).toMatchObject({
        ...{
          syllables: 0,
          pauses: [],
          speechRate: null,
          articulationRate: null,
          phonationRatio: null,
          medianPitch: null,
        },
      });
  });

  it("hears the same whatever the microphone's level", () => {
    const loud = voice([syllable, pause, syllable, syllable]);
    const quiet = { sampleRate, samples: loud.samples.map((value) => value / 20) };
    expect(measureSpeech(quiet).syllables).toBe(measureSpeech(loud).syllables);
    expect(measureSpeech(quiet).pauses).toEqual(measureSpeech(loud).pauses);
  });
});

describe("readWav", () => {
  it("reads 16 and 24 bits, and the mean of the channels", () => {
    expect([...readWav(wav([0, 0.5, -0.25], 16)).samples]).toEqual([0, 0.5, -0.25]);
    expect([...readWav(wav([0, 0.5, -0.25], 24)).samples]).toEqual([0, 0.5, -0.25]);
    expect([...readWav(wav([0.5, 0, -0.5, -0.25], 16, 2)).samples]).toEqual([0.25, -0.375]);
  });

  it("takes what is there when the header promises more", () => {
    const bytes = wav([0.5, 0.25], 16);
    new DataView(bytes.buffer).setUint32(40, 0xffffffff, true);
    expect(readWav(bytes).samples).toHaveLength(2);
  });

  it("refuses everything else with an AudioError, never otherwise", () => {
    expect(() => readWav(new Uint8Array(0))).toThrow(AudioError);
    const valid = wav([0.1, 0.2, 0.3, 0.4], 16);
    fc.assert(
      fc.property(fc.nat(43), fc.nat(255), fc.nat(valid.length), (at, value, length) => {
        const bytes = valid.slice(0, length);
        if (at < length) bytes[at] = value;
        try {
          measureSpeech(readWav(bytes));
        } catch (error) {
          expect(error).toBeInstanceOf(AudioError);
        }
      }),
    );
  });
});
