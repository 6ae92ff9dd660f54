/** `pnpm bench NAME`: measures one thing. Each measurement is a file `bench/NAME.bench.ts` of the package it belongs to. */
import { spawnSync } from "node:child_process";
import { existsSync, readdirSync } from "node:fs";
import { join } from "node:path";
import { fileURLToPath } from "node:url";

const root = fileURLToPath(new URL("../..", import.meta.url));
const folders = [
  ...["packages", "apps"].flatMap((kind) =>
    readdirSync(join(root, kind)).map((name) => join(root, kind, name, "bench")),
  ),
  join(root, "e2e", "bench"),
].filter((folder) => existsSync(folder));
const benches = new Map(
  folders.flatMap((folder) =>
    readdirSync(folder)
      .filter((file) => file.endsWith(".bench.ts"))
      .map((file): [string, string] => [file.slice(0, -".bench.ts".length), join(folder, file)]),
  ),
);

const name = process.argv[2] ?? "";
const file = benches.get(name);
if (file === undefined) {
  console.error(`Which one? pnpm bench ${[...benches.keys()].sort().join(" | ")}`);
  process.exit(1);
}
const { status } = spawnSync(process.execPath, ["--import", "tsx", file, ...process.argv.slice(3)], {
  cwd: root,
  stdio: "inherit",
});
process.exitCode = status ?? 1;
