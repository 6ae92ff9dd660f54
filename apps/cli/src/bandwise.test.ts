import { spawn, spawnSync } from "node:child_process";
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { afterAll, describe, expect, it } from "vitest";
import { main } from "./main.ts";

const launcher = fileURLToPath(new URL("../bin/bandwise.mjs", import.meta.url));
const folder = mkdtempSync(join(tmpdir(), "bandwise-cli-"));
afterAll(() => rmSync(folder, { recursive: true, force: true }));

interface Outcome {
  readonly status: number | null;
  readonly out: string;
  readonly err: string;
}

/** A real child process, as other programs call it. */
function bandwise(args: readonly string[], input: string | Uint8Array = ""): Outcome {
  const { status, stdout, stderr } = spawnSync(process.execPath, [launcher, ...args], { input, encoding: "utf8" });
  return { status, out: stdout, err: stderr };
}

/** The same program inside this process: for the long lists. */
async function score(input: string | Uint8Array): Promise<Outcome> {
  let out = "";
  let err = "";
  async function* chunks() {
    yield typeof input === "string" ? new TextEncoder().encode(input) : input;
  }
  const status = await main(["score", "-"], {
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

const raw = { reading: "13.00", listening: "11.00", writing: "25.00", speaking: "65.00" };
const items = ["A1", "A2", "B1", "B2", "C1", "C2"].flatMap((cefr) => [
  { cefr, credit: 1 },
  { cefr, credit: 0.5 },
]);
const W = { taskFulfilment: 7, coherence: 6.5, grammar: 6, vocabulary: 7, register: 6.5 };
const S = { fluency: 7, accuracy: 6, range: 6.5, interaction: 7 };
const responses = {
  reading: items,
  listening: items,
  writing: ["A", "B", "C"].map((level) => ({ level, ratings: W })),
  speaking: ["C", "A", "B", "A", "B", "C"].map((level) => ({ level, ratings: S })),
};
const interview = { fluency: 7, vocabulary: 6.5, grammar: 6, pronunciation: 7 };
const task = { fluency: 70, pronunciation: 65.5, grammar: 60, vocabulary: 72 };
const tasks = [task, task, task, task];
const line = (value: unknown) => `${JSON.stringify(value)}\n`;
const ielp = (change: object) => line({ scheme: "ielp", raw: { ...raw, ...change } });
const answered = (change: object) => line({ scheme: "ielp", responses: { ...responses, ...change } });
const spoken = (change: object) => line({ scheme: "ielts-speaking", ratings: { ...interview, ...change } });
const firstItem = (change: object) => answered({ reading: [{ ...items[0], ...change }, ...items.slice(1)] });

/** scoring.md, "Worked example", section 2 "Golden vectors" and "The command-line face", character by character. */
const vectors = {
  input: [
    line({ scheme: "ielp", raw }),
    " \t\n",
    spoken({}),
    line({ scheme: "ielts-speaking", ratings: { fluency: 5, vocabulary: 7, grammar: 5, pronunciation: 4.5 } }),
    line({ scheme: "iet-speaking", tasks }).trimEnd(),
  ].join(""),
  out: [
    '{"scheme":"ielp","version":"1","sections":{"reading":{"raw":"13.00","max":"20.00","percent":"65.00","band":"7.00","cefr":"C1"},"listening":{"raw":"11.00","max":"20.00","percent":"55.00","band":"6.00","cefr":"B2"},"writing":{"raw":"25.00","max":"50.00","percent":"50.00","band":"6.00","cefr":"B2"},"speaking":{"raw":"65.00","max":"100.00","percent":"65.00","band":"7.00","cefr":"C1"}},"composites":{"literacy":67,"comprehension":63,"conversation":65,"production":63},"overall":{"band":"6.50","cefr":"C1"}}',
    '{"scheme":"ielts-speaking","version":"1","mean":"6.625","rounded":"6.5","penalty":"0.0","overall":"6.5","advisories":[]}',
    '{"scheme":"ielts-speaking","version":"1","mean":"5.375","rounded":"5.5","penalty":"0.5","overall":"5.0","advisories":[]}',
    '{"scheme":"iet-speaking","version":"1","tasks":["66.88","66.88","66.88","66.88"],"overall":"66.88","cefr":"C1","independentUser":true}',
    "",
  ].join("\n"),
};

describe("bandwise, as a program", () => {
  it("scores a file and standard input alike, within a second", () => {
    const file = join(folder, "vectors.jsonl");
    writeFileSync(file, vectors.input);
    const start = performance.now();
    expect(bandwise(["score", file])).toEqual({ status: 0, out: vectors.out, err: "" });
    // A second on a warm machine; the suite's other workers may hold both cores meanwhile.
    expect(performance.now() - start).toBeLessThan(3000);
    expect(bandwise(["score", "-"], vectors.input)).toEqual({ status: 0, out: vectors.out, err: "" });
  });

  it("answers one bad line with status 2, a bad line among others with 1", () => {
    const bad = spoken({ grammar: 7.3 });
    const rule = "ratings.grammar: must be from 0 to 9 in steps of 0.5";
    expect(bandwise(["score", "-"], bad)).toEqual({ status: 2, out: "", err: `line 1: ${rule}\n` });
    const good =
      '{"scheme":"ielts-speaking","version":"1","mean":"6.625","rounded":"6.5","penalty":"0.0","overall":"6.5","advisories":[]}\n';
    expect(bandwise(["score", "-"], spoken({}) + bad + spoken({}))).toEqual({
      status: 1,
      out: good + good,
      err: `line 2: ${rule}\n`,
    });
  });

  it.each([
    [["score", join(folder, "none")], `bandwise score: cannot read ${join(folder, "none")}: there is no such file\n`],
    [["score", folder], `bandwise score: cannot read ${folder}: it is a folder\n`],
    [["score"], "bandwise score: needs one FILE; usage: bandwise score FILE   (JSON Lines; - reads standard input)\n"],
    [
      ["score", "a", "b"],
      "bandwise score: needs one FILE; usage: bandwise score FILE   (JSON Lines; - reads standard input)\n",
    ],
    [
      ["score", "--fast"],
      "bandwise score: there is no option --fast; usage: bandwise score FILE   (JSON Lines; - reads standard input)\n",
    ],
    [["bake"], 'bandwise: there is no command "bake"; see bandwise help\n'],
    [["toString"], 'bandwise: there is no command "toString"; see bandwise help\n'],
  ])("says in one line what is wrong with %j", (args, err) => {
    expect(bandwise(args)).toEqual({ status: 2, out: "", err });
  });

  it("tells its commands", () => {
    expect(bandwise(["help"])).toMatchObject({ status: 0, err: "" });
    expect(bandwise(["help"]).out).toContain("score");
    expect(bandwise(["score", "--help"]).out).toContain("usage: bandwise score FILE");
    expect(bandwise([]).status).toBe(2);
  });

  it("answers each line as it comes", async () => {
    const child = spawn(process.execPath, [launcher, "score", "-"]);
    const answer = new Promise<string>((resolve) => child.stdout.once("data", (data) => resolve(String(data))));
    child.stdin.write(spoken({}));
    expect(await answer).toContain('"overall":"6.5"');
    child.stdin.end();
    expect(await new Promise((resolve) => child.once("exit", resolve))).toBe(0);
  });

  it("stays quiet when its reader leaves", async () => {
    const child = spawn(process.execPath, [launcher, "score", "-"]);
    let err = "";
    child.stderr.on("data", (data) => {
      err += data;
    });
    child.stdin.on("error", () => {});
    child.stdout.destroy();
    child.stdin.end(spoken({}).repeat(20_000));
    await new Promise((resolve) => child.once("close", resolve));
    expect(err).toBe("");
  });
});

describe("bandwise score", () => {
  it("scores responses: weights, means and one rounding", async () => {
    const { status, out, err } = await score(answered({}));
    expect({ status, err }).toEqual({ status: 0, err: "" });
    const { sections, overall } = JSON.parse(out);
    // Reading: half of each level's second item is missing: 15.00. Writing: mean 6.6 × 5. Speaking: mean 6.625 × 10 = 66.25.
    expect(sections.reading).toEqual({ raw: "15.00", max: "20.00", percent: "75.00", band: "8.00", cefr: "C1" });
    expect(sections.writing).toEqual({ raw: "33.00", max: "50.00", percent: "66.00", band: "7.10", cefr: "C1" });
    expect(sections.speaking).toEqual({ raw: "66.25", max: "100.00", percent: "66.25", band: "7.10", cefr: "C1" });
    expect(overall).toEqual({ band: "7.55", cefr: "C1" });
  });

  it.each([
    ["raw as numbers", ielp({ reading: 13, speaking: 65.0 })],
    ["raw with an exponent", `{"scheme":"ielp","raw":{"reading":1.3e1,"listening":11,"writing":25,"speaking":65}}`],
    ["white space, CRLF and escapes", ` {"sch\\u0065me" : "ielp",\t"raw":${JSON.stringify(raw)} }\r\n`],
    ["a byte order mark", `\uFEFF${ielp({})}`],
    ["keys in another order", line({ raw: Object.fromEntries(Object.entries(raw).reverse()), scheme: "ielp" })],
  ])("takes %s", async (_name, input) => {
    expect(await score(input)).toEqual({ status: 0, out: `${vectors.out.split("\n")[0]}\n`, err: "" });
  });

  it("reads a credit as the decimal that was written", async () => {
    const of = async (credit: string) =>
      JSON.parse((await score(answered({}).replace('"credit":1', `"credit":${credit}`))).out).sections.reading.raw;
    expect(await of("0.005")).toBe("14.01");
    expect(await of("0.00499999999999999999999999")).toBe("14.00");
    expect(await of("5e-3")).toBe("14.01");
    expect(await of("0.3333333333333333")).toBe("14.33");
  });

  const bad: [name: string, input: string | Uint8Array, err: string][] = [
    ["an empty file", "", "record: is missing: the input is empty"],
    ["blank lines only", "\n \n\t\n", "record: is missing: the input is empty"],
    ["no JSON", "reading 13", "record: is not JSON: expected a value at column 1"],
    [
      "half a line",
      '{"scheme":"ielp","raw":{"reading":',
      "raw.reading: is not JSON: expected a value at the end of the line",
    ],
    ["a trailing comma", '{"scheme":"ielp",}', "record: is not JSON: expected a key in quotation marks at column 18"],
    ["two values", "{} {}", "record: is not JSON: expected nothing more at column 4"],
    ["single quotes", "{'scheme':1}", "record: is not JSON: expected a key in quotation marks at column 2"],
    ["a leading zero", '{"scheme":01}', "record: is not JSON: expected a comma or } at column 12"],
    ["NaN", '{"scheme":NaN}', "scheme: is not JSON: expected a value at column 11"],
    ["a bare minus", '{"scheme":-}', "scheme: is not JSON: expected a value at column 11"],
    [
      "a raw tab in a string",
      '{"scheme":"a\tb"}',
      "scheme: is not JSON: expected a closing quotation mark at column 13",
    ],
    ["a bad escape", '{"scheme":"\\x"}', "scheme: is not JSON: expected an escape such as \\n at column 12"],
    [
      "a bad code",
      '{"scheme":"\\u12g4"}',
      "scheme: is not JSON: expected four hexadecimal digits after \\u at column 12",
    ],
    ["a comment", '{} // no"', "record: is not JSON: expected nothing more at column 4"],
    ["bytes that are not UTF-8", new Uint8Array([0x7b, 0xff, 0x7d]), "record: is not JSON: it is not UTF-8"],
    ["a deep nest", "[".repeat(100_000), `record${"[0]".repeat(65)}: is nested deeper than 64 levels`],
    ["a list", "[]", "record: must be an object"],
    ["null", "null", "record: must be an object"],
    ["text", '"ielp"', "record: must be an object"],
    ["a duplicate key", '{"scheme":"ielp","scheme":"ielp"}', "scheme: is a duplicate key"],
    [
      "a duplicate key deep inside",
      `{"scheme":"ielp","raw":{"reading":"1","reading":"1"}}`,
      "raw.reading: is a duplicate key",
    ],
    ["a duplicate key in other letters", '{"scheme":"ielp","sch\\u0065me":"ielp"}', "scheme: is a duplicate key"],
    [
      "a duplicate key in a list",
      '{"scheme":"iet-speaking","tasks":[{"fluency":1,"fluency":1}]}',
      "tasks[0].fluency: is a duplicate key",
    ],
    ["no scheme", "{}", "scheme: is missing"],
    ["an unknown scheme", line({ scheme: "toefl" }), 'scheme: must be one of "ielp", "ielts-speaking", "iet-speaking"'],
    [
      "a scheme that is no text",
      line({ scheme: 1 }),
      'scheme: must be one of "ielp", "ielts-speaking", "iet-speaking"',
    ],
    ["neither raw nor responses", line({ scheme: "ielp" }), "raw: is missing: give raw or responses"],
    [
      "both raw and responses",
      line({ scheme: "ielp", raw, responses }),
      "responses: must not stand beside raw: give one of the two",
    ],
    ["an unknown field", line({ scheme: "ielp", raw, note: 1 }), "note: is unknown: expected scheme, raw"],
    [
      "a field named __proto__",
      '{"scheme":"ielp","raw":{},"__proto__":{}}',
      "__proto__: is unknown: expected scheme, raw",
    ],
    [
      "an unknown section",
      ielp({ grammar: 1 }),
      "raw.grammar: is unknown: expected reading, listening, writing, speaking",
    ],
    ["a missing section", line({ scheme: "ielp", raw: { ...raw, speaking: undefined } }), "raw.speaking: is missing"],
    ["raw as a list", line({ scheme: "ielp", raw: [] }), "raw: must be an object"],
    ["a negative raw", ielp({ reading: "-0.01" }), "raw.reading: must be from 0.00 to 20.00"],
    ["a raw above the maximum", ielp({ writing: 50.01 }), "raw.writing: must be from 0.00 to 50.00"],
    ["a raw with three decimals", ielp({ reading: "13.005" }), "raw.reading: must have at most two decimals"],
    ["a raw number with three decimals", ielp({ reading: 13.005 }), "raw.reading: must have at most two decimals"],
    ["a raw that is no number", ielp({ speaking: "many" }), "raw.speaking: must be a decimal such as 13.00"],
    ["an empty raw", ielp({ speaking: "" }), "raw.speaking: must be a decimal such as 13.00"],
    [
      "a raw that is null",
      ielp({ speaking: null }),
      "raw.speaking: must be a decimal as text or number, such as 13.00",
    ],
    [
      "a raw that is true",
      ielp({ speaking: true }),
      "raw.speaking: must be a decimal as text or number, such as 13.00",
    ],
    [
      "an endless number",
      ielp({ reading: 1 }).replace('"reading":1', '"reading":1e999999999'),
      "raw.reading: must be a number of at most 400 digits",
    ],
    [
      "responses that miss a section",
      line({ scheme: "ielp", responses: { ...responses, writing: undefined } }),
      "responses.writing: is missing",
    ],
    [
      "11 items",
      answered({ reading: items.slice(1) }),
      "responses.reading: needs 12 items, 2 per CEFR level (has 11: A1 1, A2 2, B1 2, B2 2, C1 2, C2 2)",
    ],
    [
      "12 items, three of a level",
      firstItem({ cefr: "C2" }),
      "responses.reading: needs 12 items, 2 per CEFR level (has 12: A1 1, A2 2, B1 2, B2 2, C1 2, C2 3)",
    ],
    ["items that are no list", answered({ reading: {} }), "responses.reading: must be a list"],
    ["an item that is none", answered({ reading: [1] }), "responses.reading[0]: must be an object"],
    ["an unknown level", firstItem({ cefr: "A3" }), "responses.reading[0].cefr: must be one of A1, A2, B1, B2, C1, C2"],
    ["credit above 1", firstItem({ credit: 1.5 }), "responses.reading[0].credit: must be a number from 0 to 1"],
    ["negative credit", firstItem({ credit: -0.1 }), "responses.reading[0].credit: must be a number from 0 to 1"],
    [
      "credit just above 1",
      answered({}).replace('"credit":1', '"credit":1.00000000000000000000001'),
      "responses.reading[0].credit: must be a number from 0 to 1",
    ],
    ["credit as text", firstItem({ credit: "1" }), "responses.reading[0].credit: must be a number from 0 to 1"],
    ["no credit", firstItem({ credit: undefined }), "responses.reading[0].credit: is missing"],
    [
      "an item's unknown field",
      firstItem({ subSkill: "gist" }),
      "responses.reading[0].subSkill: is unknown: expected cefr, credit",
    ],
    [
      "a missing task",
      answered({ writing: responses.writing.slice(1) }),
      "responses.writing: needs the tasks A 1, B 1, C 1 (has A 0, B 1, C 1)",
    ],
    [
      "wrong speaking tasks",
      answered({
        speaking: [...responses.writing, ...responses.writing].map(({ level }) => ({
          level: level === "B" ? "A" : level,
          ratings: S,
        })),
      }),
      "responses.speaking: needs the tasks A 2, B 2, C 2 (has A 4, B 0, C 2)",
    ],
    [
      "a task of level D",
      answered({ writing: [{ level: "D", ratings: W }] }),
      "responses.writing[0].level: must be one of A, B, C",
    ],
    [
      "a rating off the half step",
      answered({ writing: [{ level: "A", ratings: { ...W, grammar: 7.3 } }] }),
      "responses.writing[0].ratings.grammar: must be from 0 to 10 in steps of 0.5",
    ],
    [
      "a rating above 10",
      answered({ speaking: [{ level: "A", ratings: { ...S, range: 10.5 } }] }),
      "responses.speaking[0].ratings.range: must be from 0 to 10 in steps of 0.5",
    ],
    [
      "a missing criterion",
      answered({ writing: [{ level: "A", ratings: { ...W, register: undefined } }] }),
      "responses.writing[0].ratings.register: is missing",
    ],
    [
      "an unknown criterion",
      answered({ writing: [{ level: "A", ratings: { ...W, style: 1 } }] }),
      "responses.writing[0].ratings.style: is unknown: expected taskFulfilment, coherence, grammar, vocabulary, register",
    ],
    [
      "several ratings",
      answered({ writing: [{ level: "A", ratings: [W, W] }] }),
      "responses.writing[0].ratings: must be an object",
    ],
    ["an interview without ratings", line({ scheme: "ielts-speaking" }), "ratings: is missing"],
    [
      "an interview with a field too many",
      line({ scheme: "ielts-speaking", ratings: interview, consistency: "more-than-1" }),
      "consistency: is unknown: expected scheme, ratings",
    ],
    ["a band of 9.5", spoken({ grammar: 9.5 }), "ratings.grammar: must be from 0 to 9 in steps of 0.5"],
    ["a band as text", spoken({ grammar: "7" }), "ratings.grammar: must be a number"],
    [
      "a band that only looks like 7",
      spoken({}).replace(":7,", ":7.00000000000000000001,"),
      "ratings.fluency: must be from 0 to 9 in steps of 0.5",
    ],
    [
      "an unknown criterion of an interview",
      spoken({ range: 1 }),
      "ratings.range: is unknown: expected fluency, vocabulary, grammar, pronunciation",
    ],
    ["three tasks", line({ scheme: "iet-speaking", tasks: [task, task, task] }), "tasks: needs 4 tasks (has 3)"],
    ["five tasks", line({ scheme: "iet-speaking", tasks: [...tasks, task] }), "tasks: needs 4 tasks (has 5)"],
    [
      "a score above 100",
      line({ scheme: "iet-speaking", tasks: [{ ...task, grammar: 100.01 }, task, task, task] }),
      "tasks[0].grammar: must be from 0 to 100 with at most two decimals",
    ],
    [
      "a score with three decimals",
      line({ scheme: "iet-speaking", tasks: [task, { ...task, grammar: 60.125 }, task, task] }),
      "tasks[1].grammar: must be from 0 to 100 with at most two decimals",
    ],
    [
      "a task without a criterion",
      line({ scheme: "iet-speaking", tasks: [task, task, task, { ...task, fluency: undefined }] }),
      "tasks[3].fluency: is missing",
    ],
    [
      "a key that would break the line",
      `{"scheme":"ielp","raw":{},"a\\nb\\u001b[31m\\u2028":1}`,
      "a\\u{a}b\\u{1b}[31m\\u{2028}: is unknown: expected scheme, raw",
    ],
  ];
  it.each(bad)("refuses %s", async (_name, input, message) => {
    const text = message.length > 200 ? message.replace(/^(.{200}).*?: /, "$1…: ") : message;
    expect(await score(input)).toEqual({ status: 2, out: "", err: `line 1: ${text}\n` });
  });

  it("numbers lines as the file does, blank ones counted, and goes on after each bad one", async () => {
    const { status, out, err } = await score(`\n${spoken({})}\n{\n${spoken({ grammar: 10 })}${spoken({})}`);
    expect(status).toBe(1);
    expect(out.trim().split("\n")).toHaveLength(2);
    expect(err.split("\n").map((text) => text.split(":")[0])).toEqual(["line 4", "line 5", ""]);
  });

  it("calls several bad lines 1, even when none is good", async () => {
    expect(await score("{\n{\n")).toMatchObject({ status: 1, out: "" });
  });

  it("puts lines together that arrive in pieces", async () => {
    const bytes = new TextEncoder().encode(vectors.input);
    let out = "";
    async function* oneByOne() {
      for (const byte of bytes) yield new Uint8Array([byte]);
    }
    const status = await main(["score", "-"], {
      input: oneByOne(),
      out: async (text) => {
        out += text;
      },
      err: () => {},
    });
    expect({ status, out }).toEqual({ status: 0, out: vectors.out });
  });
});
