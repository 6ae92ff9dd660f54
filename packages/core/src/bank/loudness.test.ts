import { expect, test } from "vitest";
import { createLoudnessMeter } from "./loudness.ts";

const rate = 48_000;

/** Stretches of a stereo sine of 1 kHz, each `[seconds, dBFS of its peak]`, pushed in uneven pieces. */
function measure(stretches: readonly (readonly [number, number])[], sampleRate = 16_000) {
  const meter = createLoudnessMeter(sampleRate);
  for (const [seconds, level] of stretches) {
    const length = Math.round(seconds * sampleRate);
    const size = 10 ** (level / 20);
    for (let start = 0; start < length; start += 7919) {
      const piece = new Float32Array(Math.min(7919, length - start));
      for (let index = 0; index < piece.length; index += 1) {
        piece[index] = size * Math.sin((2 * Math.PI * 1000 * (start + index)) / sampleRate);
      }
      meter.push([piece, piece]);
    }
  }
  return meter.measure();
}

// EBU Tech 3341 (2016), table 1: minimum requirements, tolerance ±0.1 LU. At 16 kHz: the filters follow the sample rate.
test.each([
  ["case 1: 20 s at −23 dBFS", [[20, -23]], -23],
  ["case 2: 20 s at −33 dBFS", [[20, -33]], -33],
  [
    "case 3: quiet before and after is gated",
    [
      [10, -36],
      [60, -23],
      [10, -36],
    ],
    -23,
  ],
  [
    "case 4: so is what lies below −70",
    [
      [10, -72],
      [10, -36],
      [60, -23],
      [10, -36],
      [10, -72],
    ],
    -23,
  ],
  [
    "case 5: the mean of loud and less loud",
    [
      [20, -26],
      [20.1, -20],
      [20, -26],
    ],
    -23,
  ],
] as const)("%s", (_name, stretches, expected) => {
  const { loudness } = measure(stretches);
  expect(Math.abs((loudness ?? 0) - expected)).toBeLessThan(0.1);
});

test("the same at the sample rates that MP3 knows", () => {
  for (const other of [22_050, 32_000, 44_100, 48_000]) {
    expect(Math.abs((measure([[3, -23]], other).loudness ?? 0) + 23)).toBeLessThan(0.1);
  }
});

test("silence has no loudness and no peak", () => {
  const meter = createLoudnessMeter(rate);
  meter.push([new Float32Array(rate * 2)]);
  expect(meter.measure()).toEqual({ durationSeconds: 2, loudness: null, peak: null, clipped: 0 });
  expect(createLoudnessMeter(rate).measure().loudness).toBeNull();
});

// EBU Tech 3341, case 15: a quarter of the sampling rate, sampled 45° beside its peaks: −6 dBTP, samples show −9 dBFS.
test("a peak between two samples is found", () => {
  const meter = createLoudnessMeter(rate);
  meter.push([Float32Array.from({ length: rate }, (_, index) => 0.5 * Math.sin((Math.PI / 2) * index + Math.PI / 4))]);
  expect(meter.measure().peak).toBeGreaterThan(-6.4);
  expect(meter.measure().peak).toBeLessThan(-5.8);
});

test("clipping is counted, length is measured", () => {
  const meter = createLoudnessMeter(rate);
  meter.push([Float32Array.from({ length: rate }, (_, index) => (index % 100 === 0 ? 1 : 0.1))]);
  expect(meter.measure().clipped).toBeCloseTo(0.01, 3);
  expect(meter.measure().durationSeconds).toBe(1);
});
