import { spawn } from "node:child_process";
import { root } from "./places.mjs";
import { Failure } from "./terminal.mjs";

/** Everything we started and that still runs. Each is its own process group, so that Ctrl-C reaches us alone and we end them in order. */
const running = new Set();
const grouped = process.platform !== "win32";

function start(command, args, options) {
  const child = spawn(command, args, {
    cwd: root,
    detached: grouped,
    ...options,
    env: { ...process.env, ...options.env },
  });
  running.add(child);
  child.once("exit", () => running.delete(child));
  child.once("error", () => running.delete(child));
  return child;
}

/** Runs a command to its end, keeping its output; resolves with status and output. */
export function capture(command, args, options = {}) {
  return new Promise((resolve, reject) => {
    const child = start(command, args, { stdio: ["ignore", "pipe", "pipe"], ...options });
    let output = "";
    const collect = (chunk) => {
      output += chunk;
      if (options.echo) process.stdout.write(chunk);
    };
    child.stdout.on("data", collect);
    child.stderr.on("data", collect);
    child.once("error", reject);
    child.once("close", (status) => resolve({ status: status ?? 1, output }));
  });
}

/** Runs a command that must succeed; what it said is shown only when it did not. */
export async function must(command, args, remedy, options = {}) {
  const { status, output } = await capture(command, args, options);
  if (status === 0) return output;
  const tail = output.trimEnd().split("\n").slice(-25).join("\n");
  throw new Failure(`${tail}\n${remedy}`);
}

/** Starts a program that runs until we stop it. `onEnd` hears of an end that we did not ask for. */
export function serve(name, args, { cwd, env, onEnd, stdio = ["ignore", "inherit", "inherit"] }) {
  const child = start(process.execPath, args, { cwd, env, stdio });
  let asked = false;
  const ended = new Promise((resolve) => {
    child.once("exit", (status, signal) => {
      resolve();
      if (!asked) onEnd(`The ${name} ended unexpectedly (${signal ?? `status ${status}`}).`);
    });
    child.once("error", (error) => {
      resolve();
      if (!asked) onEnd(`The ${name} could not be started: ${error.message}`);
    });
  });
  return {
    pid: child.pid,
    async stop() {
      asked = true;
      endGroup(child, "SIGTERM");
      const patience = setTimeout(() => endGroup(child, "SIGKILL"), 15_000);
      await ended;
      clearTimeout(patience);
    },
  };
}

function endGroup(child, signal) {
  if (child.exitCode !== null || child.signalCode !== null || child.pid === undefined) return;
  try {
    process.kill(grouped ? -child.pid : child.pid, signal);
  } catch {
    // It has just ended by itself.
  }
}

/** Ends whatever still runs, e.g. a build cut short. */
export function endAll() {
  for (const child of running) endGroup(child, "SIGTERM");
}
