import { mkdirSync, mkdtempSync, rmSync, symlinkSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, describe, expect, it } from "vitest";
import { main } from "./main.ts";

const folder = mkdtempSync(join(tmpdir(), "bandwise-paths-"));
afterAll(() => rmSync(folder, { recursive: true, force: true }));

async function bandwise(...args: readonly string[]): Promise<{ status: number; out: string; err: string }> {
  let [out, err] = ["", ""];
  const status = await main(args, {
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

describe("what a command is pointed at", () => {
  it("may be a link to a folder of items, whose names do nothing to a terminal", async () => {
    mkdirSync(join(folder, "items", "an\u001b[31mitem"), { recursive: true });
    writeFileSync(join(folder, "items", "an\u001b[31mitem", "item.xml"), "no XML");
    symlinkSync(join(folder, "items"), join(folder, "link"));
    const { status, out } = await bandwise("qti", "check", join(folder, "link"));
    expect(status).toBe(0);
    expect(out).toContain("rejected an [31mitem/item.xml: is not well-formed XML");
  });

  it.each([
    [["qti", "check", "/dev/null"], "bandwise qti check: /dev/null: there is no such file or folder\n"],
    [["import", "/dev/null", "--dry-run"], "bandwise import: there is no file /dev/null; usage: bandwise import FILE"],
    [["import", folder, "--dry-run"], `bandwise import: there is no file ${folder}; usage: bandwise import FILE`],
    [["evaluate", "essays", folder], `bandwise evaluate essays: ${folder}: it is a folder\n`],
    [["evaluate", "speech", "/dev/null"], "bandwise evaluate speech: there is no folder /dev/null\n"],
  ])("is refused in one line where it is of another kind: %j", async (args, line) => {
    const { status, out, err } = await bandwise(...args);
    expect({ status, out }).toEqual({ status: 2, out: "" });
    expect(err.startsWith(line)).toBe(true);
    expect(err.trimEnd().split("\n")).toHaveLength(1);
  });
});
