import { mkdtempSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { pnpm, tool } from "./places.mjs";
import { capture } from "./processes.mjs";
import { describeError, say, seconds } from "./terminal.mjs";

/** A stage that is one check: passed or failed as a whole. */
const check = (title, command, args, options) => ({
  title,
  async run() {
    const { status, output } = await capture(command, args, options);
    return status === 0 ? { passed: 1, failed: 0, output: "" } : { passed: 0, failed: 1, output };
  },
});

const node = process.execPath;

/** Work that prepares later stages: it counts only when it fails. */
export const preparation = (title, work) => ({
  title,
  async run() {
    const result = await work();
    return { passed: 0, failed: 0, output: "", note: result };
  },
});

export const format = check("Format and lint", node, [
  tool(".", "@biomejs/biome", "bin/biome"),
  "check",
  "--error-on-warnings",
]);

export const importRules = check("Import rules", node, [
  tool(".", "dependency-cruiser", "bin/dependency-cruise.mjs"),
  "--config",
  "config/import-rules/rules.mjs",
  "--output-type",
  "err",
  "apps",
  "packages",
  "prisma",
]);

export const unusedCode = check("Unused code", node, [
  tool(".", "knip", "bin/knip.js"),
  "--config",
  "config/knip.json",
  "--no-progress",
]);

export const types = check("Types", ...pnpm("exec", "turbo", "run", "typecheck", "--output-logs=errors-only"), {
  env: { TURBO_TELEMETRY_DISABLED: "1", DO_NOT_TRACK: "1" },
});

/** The tools and the seed belong to no package. */
export const toolTypes = check("Types of tools and seed", node, [tool(".", "typescript", "bin/tsc"), "-p", "config"]);

/** Unit, property and database tests in one run; counts come from the run's own report. `since`: only what changes after this commit can reach. */
export const tests = (since = null) => ({
  title: since === null ? "Unit and database tests" : `Tests that changes since ${since.slice(0, 7)} reach`,
  async run() {
    return withReport(async (report) => {
      const { status, output } = await capture(node, [
        tool(".", "vitest", "vitest.mjs"),
        "run",
        "--reporter=dot",
        "--reporter=json",
        `--outputFile.json=${report}`,
        ...(since === null ? [] : [`--changed=${since}`, "--passWithNoTests"]),
      ]);
      const { numPassedTests, numFailedTests, testResults } = JSON.parse(readFileSync(report, "utf8"));
      // A file that cannot even be loaded has no tests to count, and yet it failed.
      const brokenFiles = testResults.filter(
        (file) => file.status === "failed" && !file.assertionResults.some((test) => test.status === "failed"),
      );
      const failed = numFailedTests + brokenFiles.length;
      return {
        passed: numPassedTests,
        failed: status !== 0 && failed === 0 ? 1 : failed,
        output: status === 0 ? "" : output,
      };
    });
  },
});

/** Gives `work` the path of a file to report to, and removes it afterwards. */
export async function withReport(work) {
  const folder = mkdtempSync(join(tmpdir(), "bandwise-report-"));
  try {
    return await work(join(folder, "report.json"));
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

/**
 * Runs stages: one after the other, those of an inner list side by side. A failure hides nothing that comes later, but for a
 * `required` one. Prints each with its time, and last the totals; resolves with the exit status.
 */
export async function runStages(plan) {
  const totals = { passed: 0, failed: 0 };
  for (const entry of plan) {
    const results = await Promise.all([entry].flat().map(runStage));
    for (const { passed, failed } of results) {
      totals.passed += passed;
      totals.failed += failed;
    }
    if ([entry].flat().some((stage, index) => stage.required && results[index].failed > 0)) break;
  }
  say(`${totals.passed} passed, ${totals.failed} failed`);
  return totals.failed === 0 ? 0 : 1;
}

async function runStage(stage) {
  const from = performance.now();
  const result = await stage.run().catch((error) => ({ passed: 0, failed: 1, output: describeError(error) }));
  const verdict = result.failed > 0 ? `${result.failed} FAILED` : (result.note ?? "ok");
  const count = result.passed > 1 ? `${result.passed} passed, ` : "";
  if (result.failed > 0 && result.output) say(`${result.output.trimEnd()}\n`);
  say(`${`${stage.title} `.padEnd(46, ".")} ${count}${verdict}, ${seconds(from)}`);
  return result;
}
