import { existsSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { afterAll, describe, expect, it } from "vitest";
import { agreementByColumn, humanScale, type RatedEssay, tryCalibration } from "./essay-agreement.ts";
import { type Essay, readEssays, type ScoreColumn } from "./essays-csv.ts";
import { main } from "./main.ts";

const folder = mkdtempSync(join(tmpdir(), "bandwise-evaluate-"));
afterAll(() => rmSync(folder, { recursive: true, force: true }));

async function bandwise(args: readonly string[], input = ""): Promise<{ status: number; out: string; err: string }> {
  let [out, err] = ["", ""];
  const status = await main(args, {
    input: bytes(input),
    out: async (text) => {
      out += text;
    },
    err: (text) => {
      err += text;
    },
  });
  return { status, out, err };
}

async function* bytes(text: string, size = 7): AsyncGenerator<Uint8Array> {
  const all = new TextEncoder().encode(text);
  for (let at = 0; at < all.length; at += size) yield all.slice(at, at + size);
}

const known = ["overall", "coherence", "grammar"];
async function read(csv: string): Promise<{ essays: Essay[]; columns: readonly ScoreColumn[] }> {
  let columns: readonly ScoreColumn[] = [];
  const essays: Essay[] = [];
  for await (const essay of readEssays(bytes(csv), known, (found) => {
    columns = found;
  }))
    essays.push(essay);
  return { essays, columns };
}

describe("a table of essays", () => {
  it("is read whatever its columns are called, in whatever pieces it arrives", async () => {
    const { essays, columns } = await read(
      '\uFEFFtext_id,prompt,full_text,Overall,Cohesion,shoe_size\na,"One, two","Line one.\n\nLine ""two"".",3.5,,44\nb,,Other,4,2,\n',
    );
    expect(columns).toEqual([
      { name: "Overall", criterion: "overall" },
      { name: "Cohesion", criterion: "coherence" },
    ]);
    expect(essays).toMatchObject([
      {
        line: 2,
        id: "a",
        candidate: "a",
        prompt: "One, two",
        text: 'Line one.\n\nLine "two".',
        scores: { Overall: 3.5, Cohesion: null },
      },
      { line: 5, id: "b", prompt: null, scores: { Overall: 4, Cohesion: 2 } },
    ]);
  });

  it("listens once however long the table is: a listener for each piece once was a leak", async () => {
    const warnings: Error[] = [];
    const keep = (warning: Error): void => void warnings.push(warning);
    process.on("warning", keep);
    const { essays } = await read(
      `id,text\n${Array.from({ length: 3000 }, (_, at) => `e${at},"${"word ".repeat(40)}"\n`).join("")}`,
    );
    await new Promise((resolve) => setImmediate(resolve));
    process.off("warning", keep);
    expect(essays).toHaveLength(3000);
    expect(warnings).toEqual([]);
  });

  it("is refused where it is not UTF-8: a letter misread would count against its writer", async () => {
    async function* latin(): AsyncGenerator<Uint8Array> {
      yield Uint8Array.from([...new TextEncoder().encode("text\nThe caf"), 0xe9, 0x0a]);
    }
    const rows = readEssays(latin(), known, () => undefined);
    await expect(rows.next()).rejects.toThrow("is not UTF-8 text; save it as CSV UTF-8");
  });

  it.each([
    ["id,words\na,b\n", "line 1: there is no column text"],
    ["text,overall\nA text,good\n", 'line 2: overall: "good" is not a number'],
    ["id,text\nx,One\nx,Two\n", 'line 3: id: "x" stands twice'],
    ["text,Overall,overall\nA text,1,2\n", "line 1: overall: this column is there twice"],
    ["text\n", "holds no essay"],
    ["", "holds no essay"],
    ['text\n"never closed\n', "is not CSV"],
  ])("is refused in one sentence: %j", async (csv, sentence) => {
    await expect(read(csv)).rejects.toThrow(sentence);
  });
});

/** Essays whose human scores follow the machine's but for a step up and down in turn. */
function rated(count: number): RatedEssay[] {
  return Array.from({ length: count }, (_, at) => {
    const machine = 3 + ((at * 7) % 40) / 10;
    return {
      ...{ id: `e${at}`, candidate: `c${at}`, prompt: `p${at % 4}` },
      machine: { Overall: machine },
      human: { Overall: Math.round(machine / 2 + (at % 2)) },
      features: { mtld: 40 + 10 * machine, words: 200 + (at % 17) },
    };
  });
}
const columns = [{ name: "Overall", criterion: "overall" }];

describe("agreement and calibration", () => {
  it("is told over all essays and for every prompt by the other prompts' lines", () => {
    const essays = rated(80);
    const { Overall } = agreementByColumn(essays, columns, humanScale(essays));
    expect(Overall?.n).toBe(80);
    expect(Object.values(Overall?.byPrompt ?? {}).map(({ n }) => n)).toEqual([20, 20, 20, 20]);
    expect(Overall?.spearman).toBeGreaterThan(0.5);
  });

  it("tests a calibration on candidates it did not learn from, the same ones for the same seed", () => {
    const essays = rated(400);
    const trial = (seed: string) => tryCalibration(essays, columns, humanScale(essays), { seed, share: 0.7 });
    const { learnedFrom, testedOn, calibrated, shipped, gate } = trial("1");
    expect([learnedFrom, testedOn]).toEqual([280, 120]);
    expect(calibrated.Overall?.n).toBe(120);
    expect(calibrated.Overall?.spearman).toBeGreaterThan(0.5);
    expect(shipped.Overall?.n).toBe(120);
    expect(gate.Overall?.passed).toBe(false);
    expect(JSON.stringify(trial("1"))).toBe(JSON.stringify(trial("1")));
    expect(JSON.stringify(trial("2"))).not.toBe(JSON.stringify(trial("1")));
  });
});

describe("bandwise evaluate", () => {
  const good =
    "However, schools should open later in the morning because pupils who have slept well learn more, and their teachers agree with them.";
  const weak =
    "i think school are bad becuase we was tired and the teacher dont know it so we can to sleep in the class every days.";

  it("rates essays in their order, as lines and as JSON", async () => {
    const csv = `id,text,overall\ngood,"${good}",5\nweak,"${weak}",2\nempty,,1\n`;
    const { status, out } = await bandwise(["evaluate", "essays", "-", "--json", "--threads", "1"], csv);
    expect(status).toBe(0);
    const report = JSON.parse(out);
    expect(report).toMatchObject({ essays: 3, humanScale: { lowest: 1, highest: 5 }, calibration: null });
    const overall = report.predictions.map(
      ({ id, criteria }: { id: string; criteria: { criterion: string; score: number | null }[] }) =>
        [id, criteria.find(({ criterion }) => criterion === "overall")?.score] as const,
    );
    expect(overall.map(([id]: [string]) => id)).toEqual(["good", "weak", "empty"]);
    expect(overall[0][1]).toBeGreaterThan(overall[1][1]);
    expect(overall[2][1]).toBeNull();
    expect(report.agreement.overall.n).toBe(2);
    const lines = await bandwise(["evaluate", "essays", "-", "--threads", "1"], csv);
    expect(lines.out).toMatch(/^good {2}\d\.\d\d \[.*\n^weak {2}.*\n^empty {2}– {2}there is nothing to rate\n/m);
  }, 60_000);

  it("says in one line what is wrong, exit status 2", async () => {
    const missing = await bandwise(["evaluate", "essays", join(folder, "none.csv")]);
    expect(missing).toMatchObject({ status: 2, out: "" });
    expect(missing.err).toContain("there is no such file");
    for (const args of [[], ["a", "b"], ["a", "--share", "2"], ["a", "--threads", "0"], ["a", "--what"]])
      expect(await bandwise(["evaluate", "essays", ...args])).toMatchObject({ status: 2, out: "" });
    const few = await bandwise(
      ["evaluate", "essays", "-", "--calibrate", "--threads", "1"],
      `text,overall\n"${good}",3\n`,
    );
    expect(few.status).toBe(2);
    expect(few.err).toContain("calibration needs 200");
  }, 60_000);

  it("measures recordings, and refuses what is none", async () => {
    expect(await bandwise(["evaluate", "speech", folder])).toMatchObject({ status: 2 });
    writeFileSync(join(folder, "broken.wav"), "no sound");
    expect(await bandwise(["evaluate", "speech", folder])).toMatchObject({
      status: 1,
      err: expect.stringContaining("is no WAV file"),
    });
  });

  // Material that many projects share lies beside this one, or where BANDWISE_SHARED says.
  const shared = join(
    process.env.BANDWISE_SHARED ?? fileURLToPath(new URL("../../../../shared", import.meta.url)),
    "data",
    "speech",
  );
  it.skipIf(!existsSync(shared))(
    "finds the syllables that learners read, r at least 0.75",
    async () => {
      const { status, out } = await bandwise(["evaluate", "speech", shared, "--json"]);
      expect(status).toBe(0);
      const { syllables } = JSON.parse(out);
      expect(syllables.n).toBe(45);
      expect(syllables.pearson).toBeGreaterThan(0.75);
      expect(Math.abs(syllables.meanError)).toBeLessThan(1);
    },
    30_000,
  );
});
