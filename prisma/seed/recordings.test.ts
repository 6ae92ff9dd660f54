import { readFile } from "node:fs/promises";
import { mediaNames } from "@bandwise/core/bank/rules";
import { measureSound } from "@bandwise/core/bank/sound";
import { soundWarnings } from "@bandwise/core/bank/sound-rules";
import { expect, it } from "vitest";
import { readRecordingLevels, readStarterItems } from "./starter-bank.ts";

const levels = await readRecordingLevels();
const names = (await readStarterItems()).flatMap(mediaNames).map(({ name }) => name);
const recordings = [...new Set(names)].filter((name) => name.endsWith(".mp3")).sort();

it("every recording of the starter bank comes with its figures, and none is louder or quieter than the others", () => {
  expect(recordings.filter((name) => levels[name] === undefined)).toEqual([]);
  for (const [name, level] of Object.entries(levels)) expect([name, soundWarnings(level)]).toEqual([name, []]);
});

const sample = recordings.filter((_, index) => index % 24 === 0);

it.each(sample)("what is said of %s is what the bank measures", async (name) => {
  const sound = await measureSound(new Uint8Array(await readFile(new URL(`bank/media/${name}`, import.meta.url))));
  expect(sound?.loudness).toBeCloseTo(levels[name]?.loudness ?? Number.NaN, 1);
  expect(sound?.peak).toBeCloseTo(levels[name]?.peak ?? Number.NaN, 1);
});
