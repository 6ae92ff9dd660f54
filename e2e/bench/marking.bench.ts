/**
 * `pnpm bench marking`: milliseconds between an examiner's submission and the next script, in a real browser against the
 * production build on an installation of its own. What is measured stands in e2e/ahead.spec.ts.
 */
import { spawnSync } from "node:child_process";
import { fileURLToPath } from "node:url";

const launcher = fileURLToPath(new URL("../../config/launch/e2e.mjs", import.meta.url));
const { status } = spawnSync(process.execPath, [launcher], {
  env: { ...process.env, E2E_ONLY: "ahead" },
  stdio: "inherit",
});
process.exitCode = status ?? 1;
