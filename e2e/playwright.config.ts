import { defineConfig } from "@playwright/test";
import { voicePath } from "./support/voice.ts";

/** What is no test and runs only when asked for: what a marker waits for (`ahead`), `pictures` of the README, the `speed` of the pages, the `wait` for a rating. */
const special = ["ahead", "pictures", "speed", "wait"];
const asked = special.find((name) => name === process.env.E2E_ONLY);
/** A run of their own, after the others: what is sat where there is no speech-to-text, and what needs the queue of writing to itself. */
const apart = ["unheard.spec.ts", "machine.spec.ts"];
const executablePath = process.env.PLAYWRIGHT_CHROMIUM;

/** Run by `config/launch/e2e.mjs`, which starts the production build on a database of its own and says where it is. */
export default defineConfig({
  testDir: ".",
  testMatch: asked ? `${asked}.spec.ts` : process.env.E2E_APART ? apart : "*.spec.ts",
  testIgnore: asked || process.env.E2E_APART ? [] : [...apart, ...special.map((name) => `${name}.spec.ts`)],
  globalSetup: "./support/global-setup.ts",
  workers: asked ? 1 : 3,
  forbidOnly: Boolean(process.env.CI),
  // A machine that others use may be late once, or twice. What needed another try is told as flaky.
  retries: process.env.CI ? 2 : 0,
  timeout: 60_000,
  expect: { timeout: 10_000 },
  reportSlowTests: null,
  use: {
    baseURL: process.env.E2E_BASE_URL ?? "http://localhost:3000",
    locale: "en-GB",
    timezoneId: "UTC",
    viewport: { width: 1440, height: 900 },
    actionTimeout: 10_000,
    navigationTimeout: 20_000,
    screenshot: "only-on-failure",
    launchOptions: {
      ...(executablePath && { executablePath }),
      args: [
        "--use-fake-ui-for-media-stream",
        "--use-fake-device-for-media-stream",
        `--use-file-for-fake-audio-capture=${voicePath()}`,
      ],
    },
  },
});
