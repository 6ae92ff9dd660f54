import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { fromCell, fromLines, toCell, toLines } from "./csv-cells.ts";
import { columnsOf, csvSkills } from "./csv-columns.ts";
import { passageText, readPassage } from "./csv-passage.ts";
import { readCsv } from "./csv-read.ts";
import { csvTemplate } from "./csv-template.ts";
import { readTurns, turnsText } from "./csv-turns.ts";
import { writeCsv } from "./csv-write.ts";
import { differences, withFacts } from "./differences.ts";
import type { Block } from "./item-model.ts";
import { Refusal } from "./refusal.ts";
import type { ExportItem } from "./write-item.ts";

describe("cells", () => {
  it.each(["=1+1", "+SUM(A1)", "-cmd|' /C calc'!A0", "@x", "\tx", "\nx", "＝1+1", "'=x", "''=x"])(
    "%j runs nowhere and comes back",
    (text) => {
      expect(toCell(text)).toMatch(/^'/);
      expect(fromCell(toCell(text))).toBe(text);
    },
  );

  it.each(["-0.5", "it's", "'quoted'", "a=b", ""])("%j stays as it is", (text) => {
    expect(toCell(text)).toBe(text);
    expect(fromCell(text)).toBe(text);
  });

  it("entries have a line each", () => {
    expect(
      fromLines(
        toLines([
          ["a", "An apple"],
          ["1:b", "Two (of them)"],
        ]),
      ),
    ).toEqual([
      ["a", "An apple"],
      ["1:b", "Two (of them)"],
    ]);
  });
});

it("a passage is typed as plain text", () => {
  const blocks: Block[] = [
    { type: "heading", text: "The *last* bus" },
    { type: "heading", text: "Times", level: 3 },
    { type: "paragraph", text: "It leaves at **nine**." },
    { type: "list", ordered: true, items: ["Wait", "Get in"] },
    { type: "table", header: ["Day", "Hour"], rows: [["Monday", ""]] },
    { type: "image", media: "bus.svg", alternative: "A bus", caption: "Bus 14" },
  ];
  expect(readPassage(passageText(blocks))).toEqual(blocks);
});

const item = (stem: string): ExportItem => ({
  ...{ id: "x-1", skill: "reading", level: "B1", subSkill: "detail", topic: "travel", difficulty: -0.5, anchor: false },
  content: {
    stimulus: { kind: "notice", blocks: [{ type: "paragraph", text: '=HYPERLINK("http://example.org")' }] },
    interaction: {
      type: "choice",
      stem,
      options: [
        { id: "a", text: "-1" },
        { id: "b", text: "+2" },
      ],
    },
  },
  key: { type: "choice", correct: "a" },
  rationale: { key: "@home", distractors: { b: "=no" } },
});

describe("tables", () => {
  it("bring items back the same, formulas as text", () => {
    const { csv, leftOut } = writeCsv([item('He said "now", then left.')]);
    expect(leftOut).toEqual([]);
    expect(csv).toContain("'=HYPERLINK");
    expect(readCsv(Buffer.from(csv), "t.csv").map(({ draft }) => draft.item)).toEqual([
      item('He said "now", then left.'),
    ]);
  });

  it("name what they cannot carry", () => {
    expect(writeCsv([item("two\nlines   wide ")]).leftOut).toEqual([
      { id: "x-1", reason: "/content/interaction/stem would not come back the same" },
    ]);
  });

  it("are read with semicolons, as some spreadsheets save them", () => {
    const [row] = readCsv(
      Buffer.from('\uFEFFid;type;stem;correct;options\r\nab-1;choice;Which?;b;"a) one\nb) two"\r\n'),
      "t.csv",
    );
    expect(row?.draft.item).toMatchObject({ id: "ab-1", key: { type: "choice", correct: "b" } });
  });

  it("say which column they do not know", () => {
    const [row] = readCsv(
      Buffer.from("id,type,stem,correct,colour,difficulty,rationale\nab-1,choice,Which?,b,red,0,x\n"),
      "t.csv",
    );
    expect(row?.draft.findings).toEqual([
      { level: "warning", path: "colour", message: "there is no such column; it was left out" },
    ]);
  });

  it("say what was taken for granted", () => {
    const [row] = readCsv(Buffer.from("id,type,stem,correct\nab-1,choice,Which?,b\n"), "t.csv");
    expect(row?.draft.findings).toEqual([
      { level: "warning", path: "difficulty", message: "not said in the table: 0 assumed" },
      { level: "warning", path: "rationale", message: "not said in the table: to be written" },
    ]);
  });

  it.each([
    ["no table", "hello", /lacks the columns/],
    ["an open quote", 'id,type,stem,correct\n"x', /is not CSV/],
    ["no text", "\uD800", /lacks the columns/],
  ])("refuse %s", (_, text, says) => {
    expect(() => readCsv(Buffer.from(text), "t.csv")).toThrow(Refusal);
    expect(() => readCsv(Buffer.from(text), "t.csv")).toThrow(says);
  });

  it.each(csvSkills)("have a template of %s whose rows say all and nothing needless", (skill) => {
    const [head = ""] = csvTemplate(skill).replace("\uFEFF", "").split("\r\n", 1);
    expect(head.split(",")).toEqual(columnsOf[skill]);
    const rows = readCsv(Buffer.from(csvTemplate(skill)), "t.csv");
    expect(rows.length).toBeGreaterThan(0);
    for (const { draft } of rows) {
      expect(draft.item).toMatchObject({ id: expect.stringContaining(`my-${skill}`), skill });
      expect(draft.findings).toEqual([]);
    }
  });

  it("drop nothing that was typed: what has no use is told, what is not understood keeps the item out", () => {
    const rows = readCsv(
      Buffer.from(
        'id,skill,type,title,stem,options,correct,part_1,reader,difficulty,rationale\nab-1,reading,choice,,Which?,"An apple\nb) A pear",b,,My aunt,0,x\nab-2,speaking,interview,Home,,,,"seconds: 240-300\nfrme: Food\nask: Why?",,0,x\n',
      ),
      "t.csv",
    );
    expect(rows[0]?.draft.item).toMatchObject({
      content: {
        interaction: {
          options: [
            { id: "", text: "An apple" },
            { id: "b", text: "A pear" },
          ],
        },
      },
    });
    expect(rows[0]?.draft.findings).toEqual([
      { level: "warning", path: "reader", message: "such an item has no use for it; it was left out" },
    ]);
    expect(rows[1]?.draft.findings).toEqual([
      { level: "rejected", path: "part_1", message: "“frme: Food” is not understood here" },
      { level: "rejected", path: "part_1", message: "“ask: Why?” is not understood here" },
    ]);
  });

  it("say in each gap how its answers are compared where the gaps differ", () => {
    const gaps = {
      1: { accepted: ["two"], spellingTolerance: 1 },
      2: { accepted: ["2"], spellingTolerance: 0, numeric: true as const },
    };
    const cloze = { type: "cloze" as const, stem: "Fill in.", text: "[[1]] and [[2]]" };
    const own = {
      ...item("x"),
      content: {
        stimulus: { kind: "notice", blocks: [] },
        interaction: { ...cloze, gaps: [1, 2].map((id) => ({ id: String(id), maxLength: 9 })) },
      },
      key: { type: "cloze", gaps },
    } as ExportItem;
    const { csv, leftOut } = writeCsv([own]);
    expect(leftOut).toEqual([]);
    expect(csv).toContain("1) 1\n2) 0");
    expect(readCsv(Buffer.from(csv), "t.csv").map(({ draft }) => draft.item)).toEqual([own]);
  });
});

describe("turns", () => {
  it("come back with voice, pause, recording and time to answer", () => {
    const turns = [
      { speaker: "Anna", voice: "slt", text: "Is it 5: or 6:30 (or so)?", pauseAfterMs: 300 },
      { speaker: "Mr B.", voice: "rms", media: "b-1.mp3", durationSeconds: 2.5, answerSeconds: 20, text: "Yes." },
      {
        ...{ speaker: "Anna", voice: "slt", text: "When?" },
        listensFor: { words: ["at six", "o'clock"], otherwise: "So: when?" },
      },
    ];
    expect(readTurns(turnsText(turns))).toEqual(turns);
  });

  it("keep what they do not understand where the schema finds it", () => {
    expect(readTurns("Good morning\nAnna (slt, soon): Hello\nthere")).toEqual([
      { speaker: "", text: "Good morning" },
      { speaker: "Anna", voice: "slt, soon", text: "Hello there" },
    ]);
  });
});

it("facts turn one value into another", () => {
  const from = { a: [1, 2], b: { c: "x", "d/e~f": 1 }, g: 1 };
  const to = { a: [1, 3], b: { c: "x", "d/e~f": 2, h: [] }, i: null };
  expect(withFacts(from, differences(from, to))).toEqual(to);
  expect(withFacts({}, [{ place: "/__proto__/polluted", value: 1 }])).not.toHaveProperty("polluted");
  expect({}).not.toHaveProperty("polluted");
});

it("whatever stands in an item comes back the same, or the item is named", () => {
  const piece = fc.constantFrom(
    "a",
    " ",
    "\n",
    "\r",
    "\t",
    '"',
    "'",
    "=",
    "+",
    "|",
    ";",
    ",",
    ")",
    "(",
    ":",
    "#",
    "- ",
    "1. ",
    "x) ",
    "é",
    "𝄞",
  );
  const words = fc.array(piece, { minLength: 1, maxLength: 12 }).map((pieces) => pieces.join(""));
  const task: ExportItem = {
    ...{ id: "w-1", skill: "writing", level: "B", subSkill: "message", topic: "travel", difficulty: 0, anchor: false },
    content: {
      ...{ title: "T", situation: "S", reader: "R", purpose: "P", instruction: "I", points: ["1", "2", "3"] },
      ...{ minWords: 80, maxWords: 120, suggestedMinutes: 20 },
    },
    rationale: { markerNotes: "M" },
  };
  fc.assert(
    fc.property(words, words, fc.array(words, { minLength: 3, maxLength: 3 }), (situation, markerNotes, points) => {
      const own: ExportItem = { ...task, content: { ...task.content, situation, points }, rationale: { markerNotes } };
      const { csv, carried, leftOut } = writeCsv([own, item(situation)]);
      expect(carried.length + leftOut.length).toBe(2);
      expect(readCsv(Buffer.from(csv), "t.csv").map(({ draft }) => draft.item)).toEqual(carried);
    }),
    { numRuns: 2000 },
  );
});
