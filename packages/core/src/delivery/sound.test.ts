import { readFile } from "node:fs/promises";
import { fileURLToPath } from "node:url";
import { expect, test } from "vitest";
import { remuxRecording } from "./sound.ts";

const turn = fileURLToPath(new URL("../../../../prisma/seed/bank/media/iet-dialogue-01-1.mp3", import.meta.url));

test("the streams of several recorders, one after the other, become one sound without a gap", async () => {
  const once = await remuxRecording(await readFile(turn));
  const twice = await remuxRecording(Buffer.concat([once.content, once.content]));
  expect(twice.durationSeconds).toBeCloseTo(2 * once.durationSeconds, 1);
  expect(twice.mimeType).toBe(once.mimeType);
});
