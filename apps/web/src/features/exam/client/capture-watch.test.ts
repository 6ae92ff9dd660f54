import { captureQuality } from "@bandwise/evaluator/speech/capture";
import { describe, expect, it } from "vitest";
import { CaptureWatch } from "./capture-watch.ts";
import { watchedEveryMs } from "./recorder.ts";

const sampleRate = 48_000;
const momentLength = 1024;

/** A voice that rises and falls four times a second, with a breath every other second. */
function voiceAt(index: number): number {
  const at = index / sampleRate;
  const spoken = Math.floor(at) % 2 === 0 ? Math.sin(Math.PI * ((at * 4) % 1)) : 0;
  return 0.4 * spoken * Math.sin(2 * Math.PI * 180 * at);
}
let state = 7;
function hiss(): number {
  state = (Math.imul(state, 1_103_515_245) + 12_345) & 0x7fffffff;
  return state / 0x3fffffff - 1;
}
const rooms = {
  quiet: (index: number) => voiceAt(index) + 0.0004 * hiss(),
  dead: () => 0.0004 * hiss(),
  close: (index: number) => Math.max(-1, Math.min(1, 12 * voiceAt(index))),
  loud: (index: number) => 0.5 * voiceAt(index) + 0.15 * hiss(),
};

/** What a page sees of `seconds` of sound: a moment every 80 ms. */
function watched(watch: CaptureWatch, sound: (index: number) => number, seconds: number, from = 0) {
  const said: (string | null)[] = [];
  for (let ms = 0; ms < seconds * 1000; ms += watchedEveryMs) {
    const first = Math.round(((from * 1000 + ms) * sampleRate) / 1000);
    const samples = Float32Array.from({ length: momentLength }, (_, at) => sound(first + at));
    said.push(watch.hear({ samples, sampleRate }));
  }
  return said;
}

describe("what is told while it is recorded", () => {
  it.each([
    ["quiet", null],
    ["dead", "silent"],
    ["close", "clipped"],
    ["loud", "noisy"],
  ] as const)(
    "a %s room: %s, within five seconds, and the whole recording is judged alike here and on the server",
    (room, problem) => {
      const watch = new CaptureWatch();
      const said = watched(watch, rooms[room], 8);
      expect(said.slice(0, 3_900 / watchedEveryMs).every((one) => one === null)).toBe(true);
      expect(said.slice(Math.ceil(5_000 / watchedEveryMs)).every((one) => one === problem)).toBe(true);
      expect(watch.whole()).toBe(problem);
      const whole = Float32Array.from({ length: 8 * sampleRate }, (_, index) => rooms[room](index));
      expect(captureQuality(whole, sampleRate).problems[0] ?? null).toBe(problem);
    },
  );

  it("lets who has spoken think before it takes silence for a fault", () => {
    const watch = new CaptureWatch();
    watched(watch, rooms.quiet, 6);
    expect(watched(watch, rooms.dead, 10).every((one) => one === null)).toBe(true);
    expect(watched(watch, rooms.dead, 3).at(-1)).toBe("silent");
    expect(watched(watch, rooms.quiet, 5).at(-1)).toBe(null);
  });
});
