import { existsSync } from "node:fs";
import { createRequire } from "node:module";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";

export const root = dirname(dirname(dirname(fileURLToPath(import.meta.url))));
export const at = (...parts) => join(root, ...parts);

/** The script of an installed tool, run with our own Node: works where `node_modules/.bin` or a shell would not. */
export function tool(from, packageName, script) {
  const folder = at(from, "node_modules", packageName);
  if (existsSync(folder)) return join(folder, script);
  return join(dirname(createRequire(at(from, "package.json")).resolve(`${packageName}/package.json`)), script);
}

/** pnpm in the version this repository is locked with; a bare `pnpm` may be a shim that does not work. */
export const pnpm = (...args) => [process.platform === "win32" ? "npx.cmd" : "npx", ["--yes", "pnpm@12.21.0", ...args]];
