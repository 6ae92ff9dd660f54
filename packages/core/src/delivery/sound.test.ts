import { readFile } from "node:fs/promises";
import { fileURLToPath } from "node:url";
import { wholePackets } from "@bandwise/evaluator/speech/whole-packets";
import { expect, test } from "vitest";
import { remuxRecording } from "./sound.ts";

const turn = fileURLToPath(new URL("../../../../prisma/seed/bank/media/iet-dialogue-01-1.mp3", import.meta.url));

test("the streams of several recorders, one after the other, become one sound without a gap", async () => {
  const once = await remuxRecording(await readFile(turn), wholePackets);
  const twice = await remuxRecording(Buffer.concat([once.content, once.content]), wholePackets);
  expect(twice.durationSeconds).toBeCloseTo(2 * once.durationSeconds, 1);
  expect(twice.mimeType).toBe(once.mimeType);
  expect(twice.brokenOff).toBe(false);
});

test("so does a Safari's: its last fragment is lost, the turns before and after it are kept whole", async () => {
  const live = await readFile(fileURLToPath(new URL("../../../evaluator/fixtures/live.mp4", import.meta.url)));
  const whole = await remuxRecording(live, wholePackets);
  const cut = live.subarray(0, Math.round(live.length * 0.7));
  const alone = await remuxRecording(cut, wholePackets);
  expect(alone).toMatchObject({ brokenOff: true, mimeType: whole.mimeType });
  expect(alone.durationSeconds).toBeGreaterThan(0.9);
  expect(alone.durationSeconds).toBeLessThan(whole.durationSeconds);
  const between = await remuxRecording(Buffer.concat([live, cut, live]), wholePackets);
  expect(between.brokenOff).toBe(true);
  expect(between.durationSeconds).toBeCloseTo(2 * whole.durationSeconds + alone.durationSeconds, 1);
  expect(await remuxRecording(between.content, wholePackets)).toMatchObject({ brokenOff: false });
});

test("a recorder that was cut off leaves what it had sent; the stretches before and after it are kept whole", async () => {
  // Two seconds of a browser's live recording, each in a cluster of a length nobody knew yet.
  const live = await readFile(fileURLToPath(new URL("../../../evaluator/fixtures/live.webm", import.meta.url)));
  const whole = await remuxRecording(live, wholePackets);
  const cut = live.subarray(0, Math.round(live.length * 0.8));
  const alone = await remuxRecording(cut, wholePackets);
  expect(alone.brokenOff).toBe(true);
  expect(alone.durationSeconds).toBeGreaterThan(1.3);
  expect(alone.durationSeconds).toBeLessThan(whole.durationSeconds);
  const between = await remuxRecording(Buffer.concat([live, cut, live.subarray(0, 100), live]), wholePackets);
  expect(between.brokenOff).toBe(true);
  expect(between.durationSeconds).toBeCloseTo(2 * whole.durationSeconds + alone.durationSeconds, 1);
  // What was written is a file like any other.
  expect(await remuxRecording(between.content, wholePackets)).toMatchObject({
    durationSeconds: between.durationSeconds,
    brokenOff: false,
  });
});
