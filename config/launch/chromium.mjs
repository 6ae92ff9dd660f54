import { existsSync } from "node:fs";
import { createRequire } from "node:module";
import { at } from "./places.mjs";
import { must } from "./processes.mjs";
import { Failure } from "./terminal.mjs";

const systemPaths = ["/usr/bin/chromium", "/usr/bin/chromium-browser", "/usr/bin/google-chrome", "/snap/bin/chromium"];

/** A Chromium to test in: null for Playwright's own, else the path of the system's, which is installed when there is none. */
export async function findChromium() {
  const { chromium } = createRequire(at("e2e", "package.json"))("@playwright/test");
  if (existsSync(chromium.executablePath())) return null;
  const present = () => systemPaths.find((path) => existsSync(path));
  const found = process.env.PLAYWRIGHT_CHROMIUM ?? present();
  if (found) return found;
  const remedy =
    "There is no Chromium and it could not be installed: run `npx playwright install chromium`, or install your system's.";
  if (process.platform !== "linux" || process.getuid?.() !== 0) throw new Failure(remedy);
  await must("apt-get", ["update"], remedy);
  await must("apt-get", ["install", "-y", "--no-install-recommends", "chromium"], remedy, {
    env: { DEBIAN_FRONTEND: "noninteractive" },
  });
  const installed = present();
  if (!installed) throw new Failure(remedy);
  return installed;
}
