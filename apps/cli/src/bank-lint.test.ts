import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, expect, test } from "vitest";
import { main } from "./main.ts";

const folder = mkdtempSync(join(tmpdir(), "bandwise-bank-"));
afterAll(() => rmSync(folder, { recursive: true, force: true }));

async function lint(...args: string[]): Promise<{ status: number; out: string; err: string }> {
  let out = "";
  let err = "";
  const status = await main(["bank", "lint", ...args], {
    input: (async function* () {})(),
    out: async (text) => {
      out += text;
    },
    err: (text) => {
      err += text;
    },
  });
  return { status, out, err };
}

// Hundreds of items compared with each other: seconds on a busy machine.
test("the starter bank has nothing to find", { timeout: 30_000 }, async () => {
  expect(await lint()).toMatchObject({ status: 0, out: expect.stringContaining("nothing found"), err: "" });
});

test("whatever is wrong is named by file or item, and the exit status says so", async () => {
  const bank = join(folder, "bank");
  mkdirSync(bank);
  writeFileSync(join(bank, "broken.json"), "[");
  writeFileSync(join(bank, "empty.json"), "[{}]");
  const { status, out } = await lint(bank);
  expect(status).toBe(1);
  expect(out).toContain("broken.json: is not JSON");
  expect(out).toContain("empty.json: entry 1: skill");
  expect(out).toContain("bank: enough-items");
});

test("a folder that is not there or holds no items costs one line", async () => {
  const empty = join(folder, "empty");
  mkdirSync(empty);
  expect(await lint(join(folder, "none"))).toMatchObject({ status: 2, err: expect.stringContaining("no such folder") });
  expect(await lint(empty)).toMatchObject({ status: 2, err: expect.stringContaining("holds no .json file") });
  expect(await lint("a", "b")).toMatchObject({ status: 2, err: expect.stringContaining("usage: bandwise bank lint") });
});
