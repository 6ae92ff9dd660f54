import { writeFileSync } from "node:fs";
import { makeVoice } from "@bandwise/core/testing/voice";
import { type Browser, expect } from "@playwright/test";
import { test } from "./support/test.ts";
import { Visitors } from "./support/visitors.ts";
import { voicePath } from "./support/voice.ts";

/**
 * A microphone that hears nothing, distorts or stands in a noisy room is told of while it can be mended: in the lobby, while an
 * answer is recorded, and by the server once more. Each is a browser of its own with a file for a microphone.
 */

test.describe.configure({ timeout: 120_000 });

const rate = 48_000;
const seconds = 12;

type Sound = (at: number) => number;
const header = 44;
const voice = makeVoice(seconds, rate);
const said: Sound = (at) => voice.readInt16LE(header + (at % (seconds * rate)) * 2) / 32_768;
/** Voices all around, each at its own pace: what no browser can take for the hum of a machine. */
const crowd = Array.from({ length: 12 }, (_, one) => ({ from: 9_000 + 47_123 * one, pace: 0.85 + 0.05 * one }));

const microphones = [
  { name: "silent", sound: () => 0, told: /^We hear nothing/, flag: "No speech can be heard." },
  {
    name: "clipped",
    sound: (at) => Math.max(-1, Math.min(1, 12 * said(at))),
    told: /^Too loud: the sound is distorted/,
    flag: "The recording is distorted: the microphone was too loud.",
  },
  {
    name: "noisy",
    sound: (at) =>
      0.2 * said(at) + crowd.reduce((sum, { from, pace }) => sum + 0.14 * said(Math.floor(at * pace) + from), 0),
    told: /^There is much noise around you/,
    flag: "The recording is noisy.",
  },
] as const satisfies readonly { name: string; sound: Sound; told: RegExp; flag: string }[];

function fileOf(name: string, sound: Sound): string {
  const wave = Buffer.from(voice);
  for (let at = 0; at < seconds * rate; at += 1)
    wave.writeInt16LE(Math.round(Math.max(-1, Math.min(1, sound(at))) * 32_767), header + at * 2);
  const path = voicePath().replace(/\.wav$/, `-${name}.wav`);
  writeFileSync(path, wave);
  return path;
}

for (const { name, sound, told, flag } of microphones) {
  test(`a ${name} microphone`, async ({ arrange, playwright, launchOptions }) => {
    const file = fileOf(name, sound);
    const args = (launchOptions.args ?? []).filter((one) => !one.startsWith("--use-file-for-fake-audio-capture"));
    const browser: Browser = await playwright.chromium.launch({
      ...launchOptions,
      args: [...args, `--use-file-for-fake-audio-capture=${file}`],
    });
    const visitors = new Visitors(browser);
    try {
      const candidate = await arrange.person();
      const page = await visitors.open(candidate);

      await test.step("in the lobby", async () => {
        await page.goto(`/attempts/${await arrange.checkedIn(candidate, "iet-speaking-short")}/lobby`);
        await page.getByRole("button", { name: "Play the tones" }).click();
        await page.getByRole("button", { name: "I heard all three" }).click();
        await page.getByRole("button", { name: "Record the sentence" }).click();
        await expect(page.getByText(told), "while it records").toBeVisible({ timeout: 9_000 });
        await page.getByRole("button", { name: "Stop and listen" }).click();
        await expect(page.getByText(told), "and of the sample").toBeVisible();
        await expect(page.getByText("Good level")).toHaveCount(0);
      });

      await test.step("while an answer is recorded, and once more by the server", async () => {
        await page.goto("/practice");
        await page.getByRole("listitem").filter({ hasText: "Introduce yourself" }).getByRole("link").click();
        await page.getByRole("button", { name: "Start to prepare" }).click();
        await page.getByRole("button", { name: "Answer now" }).click();
        await expect(page.getByText("Recording", { exact: true })).toBeVisible();
        await expect(page.getByText(told)).toBeVisible({ timeout: 9_000 });
        await page.waitForTimeout(4_000);
        await page.getByRole("button", { name: "Finish early" }).click();
        await expect(page.getByText("The sound of this recording")).toBeVisible();
        await page.getByRole("button", { name: "See feedback" }).click();
        await expect(page.getByText(flag, { exact: true })).toBeVisible({ timeout: 60_000 });
      });
    } finally {
      await visitors.close();
      await browser.close();
    }
  });
}
