import { readFileSync } from "node:fs";
import { beforeAll, describe, expect, it } from "vitest";
import { captureQuality } from "./capture.ts";
import { decodeSound } from "./decode.ts";

let voice: Float32Array;
beforeAll(async () => {
  const bytes = new Uint8Array(readFileSync(new URL("../../fixtures/voice.wav", import.meta.url)));
  voice = (await decodeSound(bytes, "audio/wav")).samples;
});

function noise(length: number, level: number): Float32Array {
  let state = 7;
  return Float32Array.from({ length }, () => {
    state = (Math.imul(state, 1_103_515_245) + 12_345) & 0x7fffffff;
    return (state / 0x3fffffff - 1) * level;
  });
}

describe("capture quality", () => {
  it("finds nothing wrong with a clean voice", () => {
    const quality = captureQuality(voice);
    expect(quality.problems).toEqual([]);
    expect(quality.clippingShare).toBe(0);
    expect(quality.silenceShare).toBeGreaterThan(0.3);
    expect(quality.silenceShare).toBeLessThan(0.8);
  });

  it("hears silence, the hum of a muted microphone and nothing at all as silent", () => {
    for (const samples of [new Float32Array(0), new Float32Array(16_000), noise(16_000, 0.0005)])
      expect(captureQuality(samples).problems).toEqual(["silent"]);
  });

  it("hears a voice over full scale as clipped", () => {
    expect(captureQuality(voice.map((value) => Math.max(-1, Math.min(1, value * 12)))).problems).toContain("clipped");
  });

  it("hears a loud room as noisy and a far voice as too quiet", () => {
    const room = noise(voice.length, 0.1);
    expect(captureQuality(voice.map((value, at) => value + (room[at] ?? 0))).problems).toEqual(["noisy"]);
    expect(captureQuality(voice.map((value) => value / 60)).problems).toEqual(["too-quiet"]);
  });

  it("hears a loud room though the browser's gain was high in the beginning", () => {
    const length = 10 * 16_000;
    const room = noise(length, 0.05);
    const speech = Float32Array.from({ length }, (_, at) => 0.6 * (voice[at % voice.length] ?? 0) + (room[at] ?? 0));
    const turnedDown = speech.map((value, at) => value * (at < 2 * 16_000 ? 1 : 0.2));
    expect(captureQuality(turnedDown.map((value, at) => value + (room[at] ?? 0) * 2)).problems).toEqual(["noisy"]);
  });

  it("takes any rate: a browser measures at its own", () => {
    const twice = Float32Array.from({ length: voice.length * 2 }, (_, at) => voice[at >> 1] ?? 0);
    const [slow, fast] = [captureQuality(voice), captureQuality(twice, 32_000)];
    expect(fast.levelDb).toBeCloseTo(slow.levelDb, 1);
    expect(fast.noiseFloorDb).toBeCloseTo(slow.noiseFloorDb, 1);
  });
});
