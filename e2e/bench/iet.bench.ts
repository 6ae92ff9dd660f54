/**
 * `pnpm bench iet`: how long a candidate of `iet-speaking` waits from handing in to the report, against a speech-to-text of a
 * stated latency on loopback. What is measured stands in e2e/wait.spec.ts.
 */
import { spawnSync } from "node:child_process";
import { fileURLToPath } from "node:url";

const launcher = fileURLToPath(new URL("../../config/launch/e2e.mjs", import.meta.url));
const { status } = spawnSync(process.execPath, [launcher], {
  env: { ...process.env, E2E_ONLY: "wait" },
  stdio: "inherit",
});
process.exitCode = status ?? 1;
