import { createHash } from "node:crypto";
import { existsSync, mkdirSync, readdirSync, readFileSync, writeFileSync } from "node:fs";
import { dirname, join, relative } from "node:path";
import { at, root } from "./places.mjs";

const skipped = new Set(["node_modules", ".next", ".turbo", "dist", "generated", "test-results"]);
const irrelevant = /\.(test|spec)\.tsx?$|\.tsbuildinfo$|\.md$|^next-env\.d\.ts$/;

/** Hash of the contents and names of files and folders (as deep as they go), given relative to the root. */
export function hashOf(paths) {
  const hash = createHash("sha256");
  const visit = (path) => {
    if (!existsSync(path)) return;
    hash.update(`${relative(root, path)}\0`).update(readFileSync(path));
  };
  const walk = (folder) => {
    for (const entry of readdirSync(folder, { withFileTypes: true }).sort((a, b) => (a.name < b.name ? -1 : 1))) {
      if (entry.isDirectory() && !skipped.has(entry.name)) walk(join(folder, entry.name));
      else if (entry.isFile() && !irrelevant.test(entry.name)) visit(join(folder, entry.name));
    }
  };
  for (const path of paths) {
    const full = at(path);
    if (existsSync(full) && readdirSafe(full)) walk(full);
    else visit(full);
  }
  // What another Node or system made is not ours to reuse.
  return hash.update(`${process.version} ${process.platform} ${process.arch}`).digest("hex");
}

function readdirSafe(path) {
  try {
    readdirSync(path);
    return true;
  } catch {
    return false;
  }
}

/** What this working copy remembers of earlier runs. */
export const stampOf = (name) => at("node_modules", ".cache", "bandwise", name);

/** Runs `work` unless it ran before over the same inputs and left its output. Resolves with what to say. */
export async function whenStale(name, inputs, output, work) {
  const before = hashOf(inputs);
  const stamp = stampOf(name);
  if (existsSync(at(output)) && existsSync(stamp) && readFileSync(stamp, "utf8") === before) return "up to date";
  await work();
  remember(name, before);
  return "done";
}

export function remember(name, content) {
  const stamp = stampOf(name);
  mkdirSync(dirname(stamp), { recursive: true });
  writeFileSync(stamp, content);
}
