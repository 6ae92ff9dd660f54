import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import type { Rescored } from "@bandwise/core/results/rescore-queries";
import { readIelpScheme } from "@bandwise/scoring/ielp-scheme";
import { IELP } from "@bandwise/scoring/schemes/ielp";
import { afterAll, describe, expect, it } from "vitest";
import { main } from "./main.ts";
import { countIn, emptyTotals, isAllEqual, textOf, totalsText } from "./rescore-report.ts";

const folder = mkdtempSync(join(tmpdir(), "bandwise-rescore-"));
afterAll(() => rmSync(folder, { recursive: true, force: true }));

async function rescore(...args: string[]): Promise<{ status: number; out: string; err: string }> {
  let out = "";
  let err = "";
  async function* input() {
    yield new Uint8Array();
  }
  const status = await main(["rescore", ...args], {
    input: input(),
    out: async (text) => {
      out += text;
    },
    err: (text) => {
      err += text;
    },
  });
  return { status, out, err };
}

describe("bandwise rescore, called wrongly", () => {
  it.each([
    [["--all"], "only --dry-run exists: a result is never edited"],
    [["--dry-run"], "takes --all or at least one ATTEMPT"],
    [["--all", "K7Q4-M2PX", "--dry-run"], "takes --all or at least one ATTEMPT"],
    [["--all", "--dry-run", "--force"], "there is no option --force"],
    [["--all", "--dry-run", "--scheme"], "--scheme takes a FILE.json"],
    [["--all", "--dry-run", "--scheme", join(folder, "none.json")], "there is no file"],
  ])("%j", async (args, words) => {
    const { status, out, err } = await rescore(...args);
    expect([status, out]).toEqual([2, ""]);
    expect(err).toContain(words);
  });

  it("names field and rule of a bad scheme, before any database is asked", async () => {
    const file = join(folder, "bad.json");
    writeFileSync(file, JSON.stringify({ ...IELP, version: "2" }));
    expect((await rescore("--all", "--dry-run", "--scheme", file)).err).toContain("hash: is not that of these data");
    writeFileSync(file, '{"id":"ielp","id":"ielp"}');
    expect(await rescore("--all", "--dry-run", "--scheme", file)).toMatchObject({ status: 2 });
  });
});

it("prints a scheme that it reads again", async () => {
  expect(readIelpScheme(JSON.parse((await rescore("--print-scheme")).out))).toEqual(IELP);
});

const equal: Rescored = {
  attemptId: "0198",
  version: 1,
  status: "released",
  verdict: "equal",
  findings: [],
  move: null,
  compared: true,
};
const moved: Rescored = {
  ...equal,
  move: {
    sections: { reading: { from: "9.20", to: "8.80", by: "-0.40", fromCefr: "C2", toCefr: "C2" } },
    overall: { from: "8.05", to: "7.95", by: "-0.10", fromCefr: "C2", toCefr: "C1" },
  },
};

describe("the report", () => {
  it("counts who moves, by how much and to which level", () => {
    const totals = emptyTotals(true);
    for (const result of [equal, moved, moved]) countIn(totals, result);
    expect(totals).toMatchObject({
      results: 3,
      equal: 3,
      changed: {
        compared: 3,
        moved: 2,
        overall: { up: 0, down: 2, same: 1 },
        sections: { reading: { up: 0, down: 2 }, writing: { up: 0, down: 0 } },
        distribution: { "-0.24 to -0.10": 2, "0.00": 1, "-0.09 to -0.01": 0 },
        levels: { "C2 → C1": 2 },
      },
    });
    expect(isAllEqual(totals)).toBe(false);
    expect(totalsText(totals)).toContain("2 would move; overall 0 up, 2 down, 1 the same; 2 would change level");
    expect(textOf(moved)).toContain("  overall   8.05 → 7.95 (-0.10), C2 → C1\n");
  });

  it("is all equal only where everything could be worked out", () => {
    const totals = emptyTotals(false);
    countIn(totals, equal);
    expect(isAllEqual(totals)).toBe(true);
    countIn(totals, {
      ...equal,
      verdict: "unproven",
      findings: [{ kind: "entry-gone", where: "reading 4", stored: "17", now: null }],
    });
    expect(isAllEqual(totals)).toBe(false);
  });

  it("keeps control characters of stored data off the terminal", () => {
    const finding = { kind: "output-differs" as const, where: "overall.band", stored: "\u001b[2J", now: "6.50" };
    expect(textOf({ ...equal, verdict: "differs", findings: [finding] })).not.toContain("\u001b");
  });
});
