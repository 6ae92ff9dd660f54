import { scoreIelp } from "@bandwise/scoring/ielp";
import { ielpSections } from "@bandwise/scoring/schemes/ielp";
import { expect, test } from "vitest";
import { packBlocks, rowEnds, tableRows, traceBlocks } from "./trace-geometry.ts";

const levels = ["A1", "A2", "B1", "B2", "C1", "C2"] as const;
const items = levels.flatMap((cefr, index) => [
  { cefr, credit: "1", subSkill: "gist" },
  { cefr, credit: index > 3 ? "1/4" : "1", subSkill: "detail" },
]);
const writing = { taskFulfilment: 5, coherence: 5, grammar: 5, vocabulary: 5, register: 5 };
const speaking = { fluency: 6.5, accuracy: 6.5, range: 6.5, interaction: 6.5 };
const { trace } = scoreIelp(
  {
    reading: items,
    listening: items,
    writing: (["A", "B", "C"] as const).map((level) => ({ level, ratings: [writing] as const })),
    speaking: (["A", "A", "B", "B", "C", "C"] as const).map((level) => ({ level, ratings: [speaking] as const })),
  },
  { trace: true },
);

test.each(ielpSections)("the blocks of %s fill the axis, their filled parts end at the raw score", (section) => {
  const part = trace?.sections[section];
  if (!part) throw new Error("no trace");
  const blocks = traceBlocks(part);
  const last = blocks.at(-1);
  expect((last?.start ?? 0) + (last?.width ?? 0)).toBeCloseTo(100, 6);
  const packed = packBlocks(blocks).at(-1);
  const raw = (((packed?.start ?? 0) + (packed?.width ?? 0)) * Number(part.max)) / 100;
  // The raw score was rounded to two decimals; the drawing is not.
  expect(Math.abs(raw - Number(part.raw))).toBeLessThan(0.0051);
});

test.each(ielpSections)("the rows of %s follow on each other up to the maximum", (section) => {
  const rows = tableRows(section, 7);
  rows.slice(1).forEach((row, index) => {
    expect(row.start).toBeCloseTo((rows[index]?.start ?? 0) + (rows[index]?.width ?? 0), 6);
  });
  const last = rows.at(-1);
  expect((last?.start ?? 0) + (last?.width ?? 0)).toBeCloseTo(100, 6);
  expect(rows.filter((row) => row.held)).toHaveLength(1);
});

test("both ends of the held row stay on a phone, and no figure comes too near another", () => {
  for (const section of ielpSections) {
    for (let held = 1; held <= 10; held += 1) {
      const ends = rowEnds(section, held).filter((end) => end.room === "all");
      expect(ends.filter((end) => end.held)).toHaveLength(2);
      const free = ends.filter((end) => !end.held);
      for (const end of free) {
        expect(ends.filter((other) => other !== end && Math.abs(other.at - end.at) < 14)).toEqual([]);
      }
    }
  }
  expect(rowEnds("reading", null).every((end) => !end.held)).toBe(true);
});
