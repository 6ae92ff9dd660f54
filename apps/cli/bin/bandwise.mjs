#!/usr/bin/env node
// Runs the bundle when it serves the command and is not older than what it was made from, else the sources through tsx.
import { readdirSync, statSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { bundledCommands } from "../bundled.mjs";

const here = (path) => fileURLToPath(new URL(path, import.meta.url));
const bundle = here("../dist/bandwise.mjs");

function newestSource(folder) {
  let newest = 0;
  for (const entry of readdirSync(folder, { withFileTypes: true })) {
    const path = `${folder}/${entry.name}`;
    if (entry.isDirectory()) newest = Math.max(newest, newestSource(path));
    else if (!entry.name.endsWith(".test.ts")) newest = Math.max(newest, statSync(path).mtimeMs);
  }
  return newest;
}

function isFresh() {
  const made = statSync(bundle, { throwIfNoEntry: false })?.mtimeMs;
  if (made === undefined) return false;
  try {
    const sources = ["../src", "../../../packages/scoring/src", "../../../packages/psychometrics/src"];
    return made >= Math.max(...sources.map((folder) => newestSource(here(folder))));
  } catch {
    // No sources beside the bundle: it is all there is.
    return true;
  }
}

async function load() {
  if (bundledCommands.includes(process.argv[2] ?? "") && isFresh())
    return import(new URL("../dist/bandwise.mjs", import.meta.url));
  const { register } = await import("tsx/esm/api");
  register();
  return import(new URL("../src/main.ts", import.meta.url));
}

try {
  const { main } = await load();
  process.exitCode = await main(process.argv.slice(2));
} catch (error) {
  const cause = error instanceof Error ? error.message : String(error);
  process.stderr.write(`bandwise: ${cause.split("\n", 1)[0]}\n`);
  process.exitCode = 2;
}
