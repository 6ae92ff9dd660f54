/** `pnpm bench NAME`: measures one thing. Each measurement is a file `bench/NAME.ts` of the package it belongs to. */
import { existsSync, readdirSync } from "node:fs";
import { join } from "node:path";
import { fileURLToPath, pathToFileURL } from "node:url";

const root = fileURLToPath(new URL("../..", import.meta.url));
const folders = [
  ...["packages", "apps"].flatMap((kind) => readdirSync(join(root, kind)).map((name) => join(root, kind, name, "bench"))),
  join(root, "e2e", "bench"),
].filter((folder) => existsSync(folder));
const benches = new Map(
  folders.flatMap((folder) =>
    readdirSync(folder)
      .filter((file) => file.endsWith(".ts"))
      .map((file): [string, string] => [file.slice(0, -3), join(folder, file)]),
  ),
);

const name = process.argv[2] ?? "";
const file = benches.get(name);
if (file === undefined) {
  console.error(`Which one? pnpm bench ${[...benches.keys()].sort().join(" | ")}`);
  process.exit(1);
}
await import(pathToFileURL(file).href);
