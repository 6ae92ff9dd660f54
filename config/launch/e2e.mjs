// `pnpm e2e [playwright arguments]`: the production build on a fresh database with the seed, and Playwright against it.
import { randomBytes } from "node:crypto";
import { chmodSync, existsSync, mkdtempSync, readFileSync, rmSync } from "node:fs";
import { createServer } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { findChromium } from "./chromium.mjs";
import { at, tool } from "./places.mjs";
import { buildCli, buildWeb, buildWorker, checkMachine, generate, install } from "./prepare.mjs";
import { capture, endAll } from "./processes.mjs";
import { seed, startDatabase, startPrograms } from "./serve.mjs";
import { describeError, say, step } from "./terminal.mjs";

/** The stage of `npm test`. */
export function journeys(playwrightArguments = []) {
  return {
    title: "Journeys in a browser",
    run: () =>
      withInstallation(async (env) => {
        const run = (own) => withPrograms(own, () => runPlaywright(own, playwrightArguments));
        const first = await run(env);
        if (process.env.E2E_ONLY !== undefined) return orNothing(first);
        const { SPEECH_TO_TEXT, SPEECH_TO_TEXT_URL, LLM_PARTNER_URL, PARTNER_VOICE_URL, ...unheard } = env;
        const second = await run({ ...unheard, E2E_APART: "1" });
        return orNothing({
          passed: first.passed + second.passed,
          failed: first.failed + second.failed,
          output: `${first.output}${second.output}`,
        });
      }),
  };
}

/** A name that no test has is a mistake, not a success. */
const orNothing = (result) =>
  result.passed + result.failed > 0 ? result : { ...result, failed: 1, output: "There is no such test." };

/** Runs `work` against an installation of its own, with the demonstration's people, that leaves nothing behind. */
async function withInstallation(work) {
  const folder = mkdtempSync(join(tmpdir(), "bandwise-e2e-"));
  chmodSync(folder, 0o711);
  const port = String(await freePort());
  const partner = `http://127.0.0.1:${await freePort()}/v1`;
  const env = {
    DATA_DIR: folder,
    HOST: "127.0.0.1",
    PORT: port,
    PUBLIC_URL: `http://localhost:${port}`,
    AUTH_SECRET: randomBytes(48).toString("base64url"),
    LOG_LEVEL: "warn",
    // Nothing answers there until a journey that speaks starts a server of its own.
    SPEECH_TO_TEXT: "openai",
    SPEECH_TO_TEXT_URL: `http://127.0.0.1:${await freePort()}/v1`,
    // Nor there: a partner whose model is away asks back by the words of its task.
    LLM_PARTNER_URL: partner,
    LLM_PARTNER_MODEL: "a-model",
    LLM_PARTNER_PROGRAMMES: "iet-speaking-short",
    PARTNER_VOICE_URL: partner,
  };
  let database;
  try {
    database = await startDatabase(env, { settings: { fsync: "off" } });
    await seed(database.environment);
    return await work(database.environment);
  } finally {
    await database?.stop();
    rmSync(folder, { recursive: true, force: true });
  }
}

/** Runs `work` while the site and the worker run with these settings; one that ends by itself is a failure. */
async function withPrograms(env, work) {
  let unexpected;
  const programs = await startPrograms(env, { onEnd: (line) => (unexpected = line) });
  try {
    const result = await work();
    if (unexpected) return { ...result, failed: result.failed + 1, output: `${result.output}\n${unexpected}` };
    return result;
  } finally {
    await programs.stop();
  }
}

async function runPlaywright(env, playwrightArguments) {
  const chromium = await findChromium();
  const report = join(env.DATA_DIR, "playwright.json");
  const { status, output } = await capture(
    process.execPath,
    [
      tool("e2e", "@playwright/test", "cli.js"),
      "test",
      "-c",
      at("e2e", "playwright.config.ts"),
      "--reporter=list,json",
      // Each run has files that the other leaves out.
      "--pass-with-no-tests",
      ...playwrightArguments,
    ],
    {
      cwd: at("e2e"),
      echo: true,
      env: {
        ...env,
        E2E_BASE_URL: env.PUBLIC_URL,
        E2E_DATA_DIR: env.DATA_DIR,
        PLAYWRIGHT_JSON_OUTPUT_NAME: report,
        ...(chromium && { PLAYWRIGHT_CHROMIUM: chromium }),
      },
    },
  );
  // Playwright that could not even begin leaves no report; what it said stands above.
  if (!existsSync(report)) return { passed: 0, failed: 1, output };
  const { stats } = JSON.parse(readFileSync(report, "utf8"));
  const failed = stats.unexpected + (status !== 0 && stats.unexpected === 0 ? 1 : 0);
  return { passed: stats.expected + stats.flaky, failed, output: failed > 0 && stats.unexpected === 0 ? output : "" };
}

async function freePort() {
  const server = createServer();
  await new Promise((resolve) => server.listen(0, "127.0.0.1", resolve));
  const { port } = server.address();
  await new Promise((resolve) => server.close(resolve));
  return port;
}

if (process.argv[1] === at("config", "launch", "e2e.mjs")) {
  for (const signal of ["SIGINT", "SIGTERM"]) process.on(signal, endAll);
  try {
    checkMachine();
    await step("Installing packages", install);
    await step("Generating the database client", generate);
    await step("Building the command line", buildCli);
    await step("Building the worker", buildWorker);
    await step("Building the site", buildWeb);
    const { runStages } = await import("./stages.mjs");
    process.exitCode = await runStages([journeys(process.argv.slice(2))]);
  } catch (error) {
    say(describeError(error));
    process.exitCode = 1;
  }
}
