import { createHash } from "node:crypto";
import { existsSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { setTimeout as pause } from "node:timers/promises";
import { at, tool } from "./places.mjs";
import { must, serve } from "./processes.mjs";
import { hashOf } from "./staleness.mjs";
import { Failure, say, step } from "./terminal.mjs";

const readyLimitSeconds = 90;

/** Our TypeScript, in this process: Node 20 does not read it by itself, and before the install there is nothing that does. */
let registered = false;
async function ours(specifier) {
  if (!registered) {
    const { register } = await import("tsx/esm/api");
    register();
    registered = true;
  }
  return import(specifier);
}

/** Fails with one line per mistake in the settings. */
export async function checkSettings(env) {
  const { readSettings } = await ours("@bandwise/core/kernel/settings");
  const embedded = !env.DATABASE_URL;
  return readSettings({ ...env, ...(embedded && { DATABASE_URL: "postgresql://embedded", BANDWISE_EMBEDDED: "1" }) });
}

/** Starts the embedded database where none is given, and brings it up to date. Resolves with the environment of our programs. */
export async function startDatabase(env, { settings } = {}) {
  const { migrateDatabase } = await ours("@bandwise/db/migrate");
  let database = { stop: async () => undefined };
  const environment = { ...env, BANDWISE_EMBEDDED: "0" };
  const lines = [];
  try {
    if (!env.DATABASE_URL) {
      await step("Starting PostgreSQL", async () => {
        const { startEmbedded } = await ours("@bandwise/db/embedded");
        const directory = join(env.DATA_DIR, "postgres");
        database = await startEmbedded({ directory, settings, whenRunning: "refuse", say: (line) => lines.push(line) });
        Object.assign(environment, { DATABASE_URL: database.url, BANDWISE_EMBEDDED: "1" });
        return `port ${database.port}`;
      });
      for (const line of lines) say(line);
    }
    await step("Bringing the database up to date", async () => {
      const applied = await migrateDatabase(environment.DATABASE_URL);
      return applied.length === 0 ? "nothing to do" : `applied ${applied.join(", ")}`;
    });
  } catch (error) {
    await database.stop();
    throw error;
  }
  return { environment, stop: () => database.stop() };
}

/** The seed adds what is missing and changes nothing; it runs again only when its content or the database is another. */
export async function seed(env) {
  const { host, pathname } = new URL(env.DATABASE_URL);
  const database = env.BANDWISE_EMBEDDED === "1" ? "embedded" : host + pathname;
  // Who can reach the site decides whether demo people may be there.
  const place = [database, env.HOST, env.PUBLIC_URL, env.TRUSTED_PROXY].join(" ");
  const state = createHash("sha256")
    .update(`${hashOf(["prisma/seed"])} ${place}`)
    .digest("hex");
  const stamp = join(env.DATA_DIR, "seeded");
  if (existsSync(stamp) && readFileSync(stamp, "utf8") === state) return;
  await step("Filling the item bank", () =>
    must(
      process.execPath,
      ["--import", "tsx", "config/launch/seed.ts"],
      "The item bank could not be filled: see the lines above.",
      { env },
    ).then(() => undefined),
  );
  writeFileSync(stamp, state);
}

/** Starts the site and the worker and waits until the first page is served. `onEnd` hears when one of them ends by itself. */
export async function startPrograms(env, { dev = false, onEnd }) {
  const host = env.HOST || "127.0.0.1";
  const port = env.PORT || "3000";
  const common = { ...env, NODE_ENV: dev ? "development" : "production", NEXT_TELEMETRY_DISABLED: "1" };
  let ended;
  const hear = (line) => {
    ended ??= line;
    onEnd(line);
  };
  const web = serve(
    "web server",
    [tool("apps/web", "next", "dist/bin/next"), dev ? "dev" : "start", "-H", host, "-p", port],
    {
      cwd: at("apps/web"),
      env: common,
      onEnd: hear,
    },
  );
  const workerArguments = dev
    ? [tool(".", "tsx", "dist/cli.mjs"), "watch", "--clear-screen=false", "src/worker.ts"]
    : ["dist/worker.mjs"];
  const worker = serve("worker", ["--enable-source-maps", ...workerArguments], {
    cwd: at("apps/worker"),
    env: common,
    onEnd: hear,
  });
  const stop = async () => {
    await Promise.all([web.stop(), worker.stop()]);
  };
  try {
    await untilServed(`http://${reachable(host)}:${port}/`, () => ended);
  } catch (error) {
    await stop();
    throw error;
  }
  return { stop };
}

/** Where a program that listens on `host` is reached from this machine. */
function reachable(host) {
  if (host === "0.0.0.0") return "127.0.0.1";
  if (host === "::") return "[::1]";
  return host.includes(":") && !host.startsWith("[") ? `[${host}]` : host;
}

async function untilServed(url, ended) {
  const deadline = performance.now() + readyLimitSeconds * 1000;
  let last = "it does not answer";
  while (performance.now() < deadline) {
    if (ended()) throw new Failure(ended());
    try {
      const response = await fetch(url, { redirect: "manual", signal: AbortSignal.timeout(30_000) });
      if (response.status < 500) return;
      last = `it answers with status ${response.status}`;
    } catch {
      // Not listening yet.
    }
    await pause(100);
  }
  throw new Failure(`The site is not there after ${readyLimitSeconds} seconds (${last}): see its lines above.`);
}

/** The demo people with their passwords, where there are any: only on the embedded database and loopback. */
export function demoAccounts(env) {
  const file = join(env.DATA_DIR, "demo-accounts.json");
  return existsSync(file) ? JSON.parse(readFileSync(file, "utf8")) : [];
}
