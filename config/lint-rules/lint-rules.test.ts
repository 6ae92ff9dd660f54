import { spawnSync } from "node:child_process";
import { cpSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { createRequire } from "node:module";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, expect, it } from "vitest";

/** Rules that protect the design, each of which must fire on the bad example. */
const guarded = ["noExplicitAny", "noBarrelFile", "noReExportAll", "noNonNullAssertion", "noRestrictedImports"];

// Apart from the repository, whose configuration leaves the fixtures out.
const folder = mkdtempSync(join(tmpdir(), "bandwise-lint-"));
afterAll(() => rmSync(folder, { recursive: true, force: true }));
const configuration = JSON.parse(readFileSync(new URL("../../biome.json", import.meta.url), "utf8"));
writeFileSync(join(folder, "biome.json"), JSON.stringify({ linter: configuration.linter }));
cpSync(new URL("fixtures/bad.ts", import.meta.url), join(folder, "bad.ts"));

const biome = createRequire(import.meta.url).resolve("@biomejs/biome/bin/biome");
const { stdout } = spawnSync(process.execPath, [biome, "lint", "--reporter=json", "."], {
  cwd: folder,
  encoding: "utf8",
});

it.each(guarded)("%s fires on a bad example", (rule) => {
  expect(stdout).toContain(`/${rule}"`);
});
