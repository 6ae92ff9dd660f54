import { describe, expect, it } from "vitest";
import { fromCell, fromLines, toCell, toLines } from "./csv-cells.ts";
import { passageText, readPassage } from "./csv-passage.ts";
import { readCsv } from "./csv-read.ts";
import { csvTemplate, writeCsv } from "./csv-write.ts";
import { differences, withFacts } from "./differences.ts";
import type { Block } from "./item-model.ts";
import { Refusal } from "./refusal.ts";
import type { ExportItem } from "./write-item.ts";

describe("cells", () => {
  it.each(["=1+1", "+SUM(A1)", "-cmd|' /C calc'!A0", "@x", "\tx", "'=x", "''=x"])(
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
    const [row] = readCsv(Buffer.from("id,type,stem,correct,colour\nab-1,choice,Which?,b,red\n"), "t.csv");
    expect(row?.draft.findings).toEqual([
      { level: "warning", path: "colour", message: "there is no such column; it was left out" },
    ]);
  });

  it.each([
    ["no table", "hello", /lacks the column/],
    ["an open quote", 'id,type,stem,correct\n"x', /is not CSV/],
    ["no text", "\uD800", /lacks the column/],
  ])("refuse %s", (_, text, says) => {
    expect(() => readCsv(Buffer.from(text), "t.csv")).toThrow(Refusal);
    expect(() => readCsv(Buffer.from(text), "t.csv")).toThrow(says);
  });

  it("have a template that can be read", () => {
    expect(readCsv(Buffer.from(csvTemplate), "t.csv").map(({ draft }) => draft.item.id)).toEqual([
      "my-item-01",
      "my-item-02",
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
