import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, describe, expect, it } from "vitest";
import golden from "../../../packages/psychometrics/fixtures/many-facet.json" with { type: "json" };
import { main } from "./main.ts";

const folder = mkdtempSync(join(tmpdir(), "bandwise-raters-"));
afterAll(() => rmSync(folder, { recursive: true, force: true }));

async function raters(input: string | Uint8Array, ...args: string[]) {
  let out = "";
  let err = "";
  async function* chunks() {
    // In two pieces, as a pipe may bring it.
    const bytes = typeof input === "string" ? new TextEncoder().encode(input) : input;
    yield bytes.subarray(0, 7);
    yield bytes.subarray(7);
  }
  const status = await main(["raters", ...(args[0]?.endsWith(".csv") ? args : ["-", ...args])], {
    input: chunks(),
    out: async (text) => {
      out += text;
    },
    err: (text) => {
      err += text;
    },
  });
  return { status, out, err };
}

const head = "script,rater,criterion,score\n";
const goldenCsv = `${head}${golden.marks.map(([s, r, c, x]) => `s${s},r${r},c${c},${x}`).join("\n")}\n`;
/** Shrout and Fleiss (1979), Table 2. */
const shroutFleiss = [
  [9, 2, 5, 8],
  [6, 1, 3, 2],
  [8, 4, 6, 8],
  [7, 1, 2, 6],
  [10, 5, 6, 9],
  [6, 2, 4, 7],
]
  .flatMap((row, script) => row.map((score, rater) => `target ${script},judge ${rater},overall,${score}\n`))
  .join("");

describe("bandwise raters --json", () => {
  it("prints agreement, coefficients and severities in their shape", async () => {
    const { status, out, err } = await raters(goldenCsv, "--json", "--min", "0", "--max", "4", "--step", "1");
    expect([status, err]).toEqual([0, ""]);
    const report = JSON.parse(out);
    expect(Object.keys(report)).toEqual(
      expect.arrayContaining(["agreement", "icc", "alpha", "manyFacet", "reasons", "warnings", "connected"]),
    );
    expect(Object.keys(report.agreement)).toEqual(["c0", "c1"]);
    expect(report.agreement.c0).toMatchObject({ n: 36, exact: expect.any(Number), quadratic: expect.any(Number) });
    expect(Object.keys(report.icc)).toEqual(["ICC(1,1)", "ICC(2,1)", "ICC(3,1)", "ICC(1,k)", "ICC(2,k)", "ICC(3,k)"]);
    expect(report.manyFacet.logLikelihood).toBeCloseTo(golden.scale.logLikelihood, 7);
    const { severity, se, ...rest } = report.manyFacet.raters.r3;
    expect(severity).toBeCloseTo(golden.scale.values[3] ?? 0, 5);
    expect(se).toBeCloseTo(golden.scale.errors[3] ?? 0, 5);
    expect(rest).toEqual({ infit: expect.any(Number), outfit: expect.any(Number), count: 36 });
    expect(report.manyFacet.criteria.c1.difficulty).toBeCloseTo(golden.scale.values[5] ?? 0, 5);
    expect(report.manyFacet.steps).toHaveLength(4);
    expect(report.manyFacet.steps[3]).toBeCloseTo(golden.scale.values[9] ?? 0, 5);
    expect(report.warnings).toEqual([]);
  });

  it("gives the six coefficients of Shrout and Fleiss, and alpha", async () => {
    const file = join(folder, "marks.csv");
    writeFileSync(file, head + shroutFleiss);
    const { out } = await raters("", file, "--json");
    const report = JSON.parse(out);
    const rounded = Object.entries<number>(report.icc).map(([form, value]) => `${form} ${value.toFixed(2)}`);
    expect(rounded).toEqual([
      ...["ICC(1,1) 0.17", "ICC(2,1) 0.29", "ICC(3,1) 0.71", "ICC(1,k) 0.44", "ICC(2,k) 0.62", "ICC(3,k) 0.91"],
    ]);
    expect(report.alpha.toFixed(4)).toBe("0.9093");
    expect(report.scale).toEqual({ min: 1, max: 10, step: 1 });
    expect(report.warnings[0]).toMatch(/^the scale 1 to 10 by 1 was read off the scores/);
  });

  it("rests on as many marks of each script where no one marked all, and says what it cannot know", async () => {
    const { out } = await raters(goldenCsv, "--json");
    const { icc, iccDetail, alpha, reasons } = JSON.parse(out);
    expect(iccDetail).toMatchObject({ matrix: "one-way", scripts: 36, raters: 2, left: 0 });
    expect(icc["ICC(1,1)"]).toBeGreaterThan(0);
    expect([icc["ICC(2,1)"], icc["ICC(3,k)"], alpha]).toEqual([null, null, null]);
    expect(reasons.alpha).toBe("0 of 36 scripts were marked by all 4 raters on every criterion; two are needed");
  });

  it("gives each criterion its own steps when asked", async () => {
    const { out } = await raters(goldenCsv, "--json", "--steps", "criterion");
    const { logLikelihood, steps } = JSON.parse(out).manyFacet;
    expect(logLikelihood).toBeCloseTo(golden.criterion.logLikelihood, 7);
    expect(steps.c1[0]).toBeCloseTo(golden.criterion.values[10] ?? 0, 5);
  });

  it("prints null with a reason, never NaN, on a table that says nothing", async () => {
    for (const rows of ["a,x,f,4\n", "a,x,f,4\na,y,f,4\n", "a,x,f,4\na,y,f,5\nb,x,f,4\nb,y,f,5\n"]) {
      const { status, out } = await raters(head + rows, "--json", "--min=0", "--max=9", "--step=0.5");
      expect(status).toBe(0);
      expect(out).not.toMatch(/NaN|Infinity/);
      const { icc, reasons } = JSON.parse(out);
      expect(icc["ICC(3,1)"]).toBeNull();
      expect(reasons["icc.ICC(3,1)"]).toBeTruthy();
    }
  });
});

describe("bandwise raters, reading", () => {
  it("takes columns in any order, other columns, other separators, a byte order mark and names that mean something in JavaScript", async () => {
    const plain = await raters(goldenCsv.replaceAll("r1", "__proto__"), "--json");
    const [, ...lines] = goldenCsv.replaceAll("r1", "__proto__").trimEnd().split("\n");
    const moved = lines.map((line) => {
      const [script, rater, criterion, score] = line.split(",");
      return `"${score}";note;${rater};${script};${criterion}\r\n`;
    });
    const other = await raters(`\uFEFFSCORE;x; Rater ;script;criterion\r\n${moved.reverse().join("\r\n")}`, "--json");
    expect(other.err).toBe("");
    expect(other.out).toBe(plain.out);
    expect(Object.keys(JSON.parse(plain.out).manyFacet.raters)).toContain("__proto__");
  });

  it.each([
    ["", "line 1: table: is missing: the input is empty"],
    [head, "line 2: table: is missing: there are no scores below the first line"],
    [
      "script,rater,score\na,x,4\n",
      "line 1: criterion: is missing: the first line names the columns script, rater, criterion, score",
    ],
    ["script,rater,criterion,score,rater\na,x,f,4,y\n", "line 1: rater: is there twice"],
    [`${head}a,x,f,4\nb,,f,4\n`, "line 3: rater: is empty"],
    [`${head}a,x,f\n`, "line 2: score: is empty"],
    [`${head}a,x,f,four\n`, 'line 2: score: "four" is not a number'],
    [`${head}a,x,f,4\n\na,y,f,7.3\n`, "line 4: score: 7.3 is not on the scale 0 to 9 by 0.5"],
    [`${head}a,x,f,4\nb,x,f,5\na,x,f,6\n`, "line 4: rater: has marked this script on this criterion already"],
    [`${head}a,"x\ny",f,4\nb,x,f,11\n`, "line 4: score: 11 is not on the scale 0 to 9 by 0.5"],
    [new Uint8Array([0x61, 0xff]), "line 1: table: is not UTF-8 text"],
  ])("refuses %j in one line", async (input, message) => {
    const { status, out, err } = await raters(input, "--min", "0", "--max", "9", "--step", "0.5");
    expect({ status, out, err }).toEqual({ status: 2, out: "", err: `${message}\n` });
  });

  it.each([
    [["--min", "low"], "--min takes a number, not low"],
    [["--min", "5", "--max", "4"], "--max is above --min"],
    [["--min", "0", "--max", "9", "--step", "2"], "steps of 2 do not lead from 0 to 9"],
    [["--steps", "each"], "--steps is scale or criterion"],
    [["--colour"], "Unknown option '--colour'"],
    [["another"], "takes one FILE"],
  ])("refuses the call %j", async (args, message) => {
    const { status, err } = await raters(goldenCsv, ...args);
    expect(status).toBe(2);
    expect(err).toMatch(/^bandwise raters: .*; usage: bandwise raters FILE .*\n$/);
    expect(err).toContain(message);
  });

  it("says that a file is not there", async () => {
    const { status, err } = await raters("", join(folder, "no.csv"));
    expect(status).toBe(2);
    expect(err).toMatch(/^bandwise raters: cannot read .*no\.csv: there is no such file\n$/);
  });
});

describe("bandwise raters, as a table", () => {
  it("is readable and harmless to a terminal", async () => {
    const { status, out } = await raters(goldenCsv.replaceAll("r1", "r\u001b[2Jx"));
    expect(status).toBe(0);
    expect(out).not.toContain("\u001b");
    expect(out).toContain("marks 144, scripts 36, raters 4, criteria 2; scores 0 to 4 by 1");
    expect(out).toMatch(/^r3 +0\.88 +0\.25 /m);
    expect(out).toMatch(/^steps {2}-1\.37 {2}-0\.60 {2}0\.52 {2}1\.46$/m);
    expect(out).toContain("no alpha: 0 of 36 scripts were marked by all 4 raters on every criterion; two are needed");
    for (const line of out.split("\n")) expect(line.length).toBeLessThan(160);
  });
});
